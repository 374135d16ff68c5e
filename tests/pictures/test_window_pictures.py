"""The whole window, its panels and its dialogs, in both languages; each picture says what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from atlases import scattered
from likeness import Gallery
from phantoms import Pose, phantom_file
from predictions import prediction_for, refused
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QTabWidget, QWidget
from room import WAIT_MS, HandAnalyst, write_films
from tiny_model import tiny_card

from model.errors import NetworkError
from model.film.film import Film
from viewer.measure.shapes import Measurement
from viewer.qt.crash import CrashGuard
from viewer.qt.dialogs.first_run import FirstRunDialog
from viewer.qt.dialogs.page import PageDialog
from viewer.qt.dialogs.summary import summary_html
from viewer.qt.palette import Palette
from viewer.qt.window import Window
from viewer.triage.ledger import Count
from viewer.triage.report import Summary
from viewer.versions import Part

LANGUAGES = ["en", "ru"]
COMPLAINT = "There is not enough memory for the network; close other programs and retry."


def fail(film: Film, force: bool) -> None:
    raise NetworkError("too_large", COMPLAINT)


ANSWERS: dict[str, tuple[str, Callable[[Film, bool], object]]] = {
    "above": (
        "lung opacity above its threshold with probability and bar, its box, then COVID-19 and its caveat.",
        lambda film, _force: prediction_for(film),
    ),
    "uncertain": (
        "the band of doubt: neither above nor below.",
        lambda film, _force: prediction_for(film, probabilities=(0.5, 0.45)),
    ),
    "below": (
        "nothing called, and no box listed.",
        lambda film, _force: prediction_for(film, probabilities=(0.08, 0.03), boxes=()),
    ),
    "refused": (
        "why the film was not judged, no score, and the way to have it judged all the same.",
        lambda film, _force: refused(film),
    ),
    "forced": (
        "the stamp that the film was judged although it was refused.",
        lambda film, _force: replace(refused(film), forced=True, findings=prediction_for(film).findings),
    ),
    "failed": ("what went wrong and what to do, with a button to try again.", fail),
}

DIALOGS = {
    "tools.tags": "every tag with its name and value, nothing cut, the search field ready to be written in.",
    "help.keys": "every gesture and key in a table.",
    "help.about": "the version, what the program is not for, and whose work it stands on.",
    "help.model_card": "what the network is, learned from and is worth, as one page.",
    "tools.settings": "fields in line with their names, nothing cut.",
}


@pytest.fixture
def film_path(tmp_path: Path) -> Path:
    return phantom_file(tmp_path / "chest.dcm", Pose(size=256))


def settled(qtbot, window: Window, path: Path) -> Window:
    """Open a film and wait until the network has answered or refused to."""
    window.open([path])
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window._sitting.table.current.answer not in ("none", "running"), timeout=WAIT_MS)
    rest(qtbot)
    return window


def rest(qtbot) -> None:
    qtbot.wait(150)
    QApplication.processEvents()


def picture(widget: QWidget):
    return widget.grab().toImage()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window(qtbot, gallery: Gallery, make_room, film_path, language):
    window = settled(qtbot, make_room(language), film_path)
    look_at = "the film in the middle with its box, films at the left, answer and overlays at the right; nothing cut."
    gallery.show(f"window {language}", look_at, picture(window))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ANSWERS)
def test_the_answer(qtbot, gallery: Gallery, make_room, film_path, *, language, state):
    look_at, answer = ANSWERS[state]
    window = settled(qtbot, make_room(language, HandAnalyst(answer)), film_path)
    gallery.show(f"findings {state} {language}", look_at, picture(window._docks["findings"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_panels(qtbot, gallery: Gallery, make_room, film_path, *, language):
    analyst = HandAnalyst()
    analyst.atlas = scattered()
    window = make_room(language, analyst)
    window.open([film_path, *write_films(film_path.parent, 2)])
    qtbot.waitUntil(lambda: len(window._sitting.table) == 3, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    shapes = (
        Measurement("1", "ruler", ((60, 30), (60, 200))),
        Measurement("2", "ellipse", ((90, 60), (160, 120)), "scar"),
    )
    edits = window._sitting.edits
    window._sitting.set_edits(replace(edits, shapes=shapes))
    looks = {
        "films": "three films with thumbnail, name and what the network said; the first one is in front.",
        "overlays": "what lies over the film: heat map and which, smoothing, opacity, boxes, lungs.",
        "drawings": "each drawing with its result, millimetres with their source.",
        "feature_map": "green and red points, the film among them, and the nearest of them in words.",
    }
    for name, look_at in looks.items():
        window._docks[name].show()
        window._docks[name].raise_()
        rest(qtbot)
        gallery.show(f"panel {name} {language}", look_at, picture(window._docks[name]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_palette(qtbot, gallery: Gallery, make_room, film_path, language):
    window = settled(qtbot, make_room(language), film_path)
    window.actions_["tools.palette"].trigger()
    window.findChild(Palette).findChild(QLineEdit).setText({"en": "flip", "ru": "отразить"}[language])
    rest(qtbot)
    palette = window.findChild(Palette)
    gallery.show(
        f"palette {language}",
        "the two commands that were looked for, with their keys, the first one chosen.",
        picture(palette),
    )


@pytest.fixture
def same_everywhere(monkeypatch) -> Iterator[None]:
    """Let the pages tell one version of everything."""
    parts = (Part("numpy", "2.0", "BSD-3-Clause"), Part("torch", "2.6", "BSD-3-Clause"))
    monkeypatch.setattr("viewer.qt.dialogs.about.parts", lambda: parts)
    monkeypatch.setattr("viewer.qt.dialogs.about.own_version", lambda: "0.1.0 (source)")
    monkeypatch.setattr("viewer.qt.dialogs.about.qVersion", lambda: "6.8.0")
    monkeypatch.setattr("viewer.qt.dialogs.about.platform.python_version", lambda: "3.11.0")
    monkeypatch.setattr("viewer.qt.dialogs.about.platform.system", lambda: "System")
    monkeypatch.setattr("viewer.qt.dialogs.about.platform.machine", lambda: "machine")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", DIALOGS)
def test_the_dialogs(qtbot, gallery: Gallery, make_room, film_path, same_everywhere, *, language, command):
    analyst = HandAnalyst()
    analyst.card = tiny_card()
    window = settled(qtbot, make_room(language, analyst), film_path)
    window.actions_[command].trigger()
    dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    tabs = dialog.findChild(QTabWidget)
    for page in range(tabs.count() if tabs else 1):
        if tabs:
            tabs.setCurrentIndex(page)
        rest(qtbot)
        name = f"dialog {command} {page + 1}" if tabs else f"dialog {command}"
        gallery.show(f"{name} {language}", DIALOGS[command], picture(dialog))
    dialog.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_of_the_first_run(qtbot, gallery: Gallery, make_room, language):
    notice = FirstRunDialog(make_room(language))
    qtbot.addWidget(notice)
    notice.show()
    rest(qtbot)
    look_at = "what the program is not for; Begin is faint until the line above it is ticked."
    gallery.show(f"dialog first run {language}", look_at, picture(notice))
    notice.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary(qtbot, gallery: Gallery, make_room, language):
    summary = Summary(
        Count(15, 2, 2, 1, 0), 3, 2, 9, 1, 4, (0, 4, 3, 2, 1, 1, 0, 2, 1, 1), (("broken.dcm", "The file is empty."),)
    )
    page = PageDialog(lambda: "", make_room(language))
    qtbot.addWidget(page)
    page.page.setHtml(summary_html(summary, "20", (), anonymous=False))
    page.show()
    rest(qtbot)
    page.page.clearFocus()
    gallery.show(
        f"dialog summary {language}", "counts, a bar for each tenth of the score, and what failed.", picture(page)
    )
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_of_something_unforeseen(qtbot, gallery: Gallery, make_room, language):
    window = make_room(language)
    guard = CrashGuard(Path("reports"), lambda: window)
    guard._tell("RuntimeError\n", "reports/crash.txt")
    rest(qtbot)
    box = window.findChild(QMessageBox)
    look_at = "that films are untouched, where the report lies, and that it holds no patient data."
    gallery.show(f"dialog unforeseen {language}", look_at, picture(box))
    box.close()
