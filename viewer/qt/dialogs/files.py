"""The system's own dialogs for choosing files and folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from viewer.qt.words import tr


def ask_files(window: QWidget, folder: str) -> tuple[Path, ...]:
    """Return the films chosen; none when the user turned back."""
    kinds = ";;".join(
        (
            tr("Files", "All files (*)"),
            tr("Files", "Films (*.dcm *.dicom *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)"),
        )
    )
    names, _ = QFileDialog.getOpenFileNames(window, tr("Files", "Open films"), folder, kinds)
    return tuple(Path(name) for name in names)


def ask_folder(window: QWidget, folder: str) -> tuple[Path, ...]:
    """Return the folder chosen; none when the user turned back."""
    name = QFileDialog.getExistingDirectory(window, tr("Files", "Open a folder of films"), folder)
    return (Path(name),) if name else ()


def ask_picture(window: QWidget, folder: str) -> Path | None:
    """Return where to save a picture; None when the user turned back."""
    start = str(Path(folder) / tr("Files", "film.png"))
    name, _ = QFileDialog.getSaveFileName(
        window, tr("Files", "Save picture"), start, tr("Files", "PNG picture (*.png)")
    )
    if not name:
        return None
    return Path(name) if name.lower().endswith(".png") else Path(f"{name}.png")
