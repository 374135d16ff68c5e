"""Panes with films of one patient, in both languages; each picture says what to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from likeness import Gallery
from phantoms import Pose, phantom_file
from pydicom import dcmread
from pydicom.uid import generate_uid
from PySide6.QtWidgets import QApplication
from room import WAIT_MS

from viewer.qt.window import Window

LANGUAGES = ["en", "ru"]
FILMS = (("20240301", "PA", 320), ("20240212", "AP", 300), ("20220704", "PA", 320), ("20240301", "LL", 320))


def write(folder: Path, number: int) -> Path:
    day, view, size = FILMS[number]
    path = phantom_file(folder / f"{number}.dcm", Pose(view=view, size=size))
    dataset = dcmread(path)
    dataset.StudyDate, dataset.PatientID, dataset.PatientName = day, "7", "Doe^Jane"
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[str(number)])
    dataset.save_as(path)
    return path


@pytest.fixture
def hang(qtbot, make_room, tmp_path):
    """Open the patient's films and part the light box; return the window once every film is read and analysed."""

    def go(language: str, rows: int, columns: int) -> Window:
        window = make_room(language)
        window.open([write(tmp_path, number) for number in range(len(FILMS))])
        qtbot.waitUntil(lambda: window.desk.film_count == len(FILMS), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
        window.desk.panes.arrange(rows, columns)
        qtbot.waitUntil(lambda: all(sheet.answer not in ("none", "running") for sheet in hung(window)), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: len(window.findings.course.plot._points) > 2, timeout=WAIT_MS)
        qtbot.wait(200)
        QApplication.processEvents()
        return window

    return go


def hung(window: Window):
    return [window._sitting.table.get(pane.sheet.id) for pane in window.box.panes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prior_beside(gallery: Gallery, hang, language):
    window = hang(language, 1, 2)
    look_at = "a frame around the pane in front; date, view, interval, link and the AP warning above the other one."
    gallery.show(f"panes two {language}", look_at, window.box.grab().toImage())


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_panes(gallery: Gallery, hang, language):
    window = hang(language, 2, 2)
    look_at = "four films with their own marks; the lateral one says that it moves alone."
    gallery.show(f"panes four {language}", look_at, window.box.grab().toImage())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_course(gallery: Gallery, hang, language):
    window = hang(language, 1, 2)
    look_at = "extent above, score with its threshold below, days at the foot, the film in front ringed, nothing cut."
    gallery.show(f"course {language}", look_at, window.findings.course.grab().toImage())
