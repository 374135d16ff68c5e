import sys
import threading

import pytest
from PySide6.QtWidgets import QMessageBox

from model.errors import FilmError
from viewer.qt.crash import KEPT, CrashGuard, report_text, write_report

PATIENT = "DOE^JANE 1950-01-01"


def failed(name=PATIENT):
    try:
        try:
            raise KeyError(name)
        except KeyError as cause:
            raise FilmError("broken", f"{name} cannot be opened") from cause
    except FilmError as error:
        return error


def test_a_report_names_the_place_and_no_patient():
    text = report_text(failed())
    assert "model.errors.FilmError" in text
    assert "builtins.KeyError" in text
    assert "qt/test_crash.py" in text
    assert PATIENT not in text


def test_only_the_newest_reports_are_kept(tmp_path):
    for _ in range(KEPT + 5):
        newest = write_report(failed(), tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT
    assert newest.exists()


@pytest.fixture
def guard(dressed, tmp_path, monkeypatch):
    guard = CrashGuard(tmp_path / "crashes", lambda: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    guard.install()
    yield guard
    guard.remove()


def close_boxes(qtbot, guard):
    qtbot.waitUntil(lambda: guard._box is not None)
    box = guard._box
    text = box.text() + box.informativeText() + box.detailedText()
    box.button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: guard._box is None)
    return text


def test_an_uncaught_error_writes_a_report_and_says_so(qtbot, guard, tmp_path, capsys):
    error = failed()
    sys.excepthook(type(error), error, error.__traceback__)
    text = close_boxes(qtbot, guard)
    (report,) = (tmp_path / "crashes").iterdir()
    assert str(report) in text
    assert PATIENT not in text + report.read_text() + capsys.readouterr().err


def test_an_error_on_another_thread_is_told_on_the_main_one(qtbot, guard, tmp_path):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    close_boxes(qtbot, guard)
    assert len(list((tmp_path / "crashes").iterdir())) == 1


def test_many_errors_make_one_dialog(qtbot, guard, tmp_path):
    for _ in range(3):
        error = failed()
        sys.excepthook(type(error), error, error.__traceback__)
    close_boxes(qtbot, guard)
    assert len(list((tmp_path / "crashes").iterdir())) == 3


def test_a_folder_that_cannot_be_written_is_no_second_crash(qtbot, guard, tmp_path):
    (tmp_path / "crashes").write_text("in the way")
    error = failed()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "cannot be written" in close_boxes(qtbot, guard)


def test_an_interrupt_is_not_a_crash(qtbot, guard, tmp_path, capsys):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.wait(20)
    assert guard._box is None
