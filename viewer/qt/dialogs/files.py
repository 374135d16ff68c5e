"""The system's own dialogs for choosing files and folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from viewer.qt.words import translate


def ask_files(window: QWidget, folder: str) -> tuple[Path, ...]:
    """Return the films chosen; none when the user turned back."""
    kinds = ";;".join(
        (
            translate("Files", "All files (*)"),
            translate("Files", "Films (*.dcm *.dicom *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)"),
        )
    )
    names, _ = QFileDialog.getOpenFileNames(window, translate("Files", "Open films"), folder, kinds)
    return tuple(Path(name) for name in names)


def ask_folder(window: QWidget, folder: str) -> tuple[Path, ...]:
    """Return the folder chosen; none when the user turned back."""
    name = QFileDialog.getExistingDirectory(window, translate("Files", "Open a folder of films"), folder)
    return (Path(name),) if name else ()


def ask_boxes_to_read(window: QWidget, folder: str) -> Path | None:
    """Return a file of boxes to read; None when the user turned back."""
    kind = translate("Files", "Boxes in COCO JSON (*.json)")
    name, _ = QFileDialog.getOpenFileName(window, translate("Files", "Read boxes"), folder, kind)
    return Path(name) if name else None


def ask_boxes_to_write(window: QWidget, folder: str) -> Path | None:
    """Return where to save boxes; None when the user turned back."""
    start = str(Path(folder) / translate("Files", "boxes.json"))
    kind = translate("Files", "Boxes in COCO JSON (*.json)")
    name, _ = QFileDialog.getSaveFileName(window, translate("Files", "Save boxes"), start, kind)
    if not name:
        return None
    return Path(name) if name.lower().endswith(".json") else Path(f"{name}.json")


def ask_table(window: QWidget, folder: str) -> Path | None:
    """Return where to save a table; None when the user turned back. CSV unless the name says otherwise."""
    start = str(Path(folder) / translate("Files", "worklist.csv"))
    kinds = ";;".join((translate("Files", "CSV table (*.csv)"), translate("Files", "JSON lines (*.jsonl *.json)")))
    name, _ = QFileDialog.getSaveFileName(window, translate("Files", "Save the list"), start, kinds)
    return Path(name) if name else None


def ask_agreement(window: QWidget) -> Path | None:
    """Return where to save the agreement; None when the user turned back."""
    name, _ = QFileDialog.getSaveFileName(
        window,
        translate("Files", "Save the agreement"),
        translate("Files", "agreement.csv"),
        translate("Files", "CSV table (*.csv)"),
    )
    if not name:
        return None
    return Path(name) if name.lower().endswith(".csv") else Path(f"{name}.csv")


def ask_picture(window: QWidget, folder: str) -> Path | None:
    """Return where to save a picture; None when the user turned back."""
    start = str(Path(folder) / translate("Files", "film.png"))
    name, _ = QFileDialog.getSaveFileName(
        window, translate("Files", "Save picture"), start, translate("Files", "PNG picture (*.png)")
    )
    if not name:
        return None
    return Path(name) if name.lower().endswith(".png") else Path(f"{name}.png")


def ask_key_card(window: QWidget, folder: str) -> Path | None:
    """Return where to save the key card; None when the user turned back."""
    start = str(Path(folder) / translate("Files", "negatoscope keys.pdf"))
    name, _ = QFileDialog.getSaveFileName(
        window, translate("Files", "Save key card"), start, translate("Files", "PDF document (*.pdf)")
    )
    if not name:
        return None
    return Path(name) if name.lower().endswith(".pdf") else Path(f"{name}.pdf")
