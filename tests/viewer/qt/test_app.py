import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton
from room import WAIT_MS, HandAnalyst, write_films
from tiny_model import tiny_card

from viewer import app
from viewer.qt.dialogs.card import card_markdown
from viewer.qt.dialogs.first_run import FirstRunDialog
from viewer.settings import places, storage
from viewer.settings.options import NOTICE, Options

ROOT = Path(app.__file__).parents[1]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "options_file", lambda: tmp_path / "options.json")
    monkeypatch.setattr(places, "crash_folder", lambda: tmp_path / "crashes")
    monkeypatch.setattr(places, "store_file", lambda: tmp_path / "store.sqlite")
    monkeypatch.setattr(app, "Analyst", lambda device: HandAnalyst())
    return tmp_path


def run(dressed, monkeypatch, act, paths=()):
    """Run main with ``act`` in place of the event loop."""
    windows = []
    build = app.build
    monkeypatch.setattr(app, "build", lambda *args: windows.append(build(*args)) or windows[-1])
    monkeypatch.setattr(type(dressed), "exec", lambda *args: act(windows[0]) or 0)
    status = app.main(list(paths))
    windows[0].close()
    return status


def test_habits_are_kept_from_one_sitting_to_the_next(dressed, home, monkeypatch):
    storage.save(Options(accepted_notice=NOTICE), home / "options.json")

    def act(window):
        window.desk.set_anonymous(True)
        window.close()

    assert run(dressed, monkeypatch, act) == 0
    assert storage.load(home / "options.json").anonymous


def test_a_yes_and_habits_outlast_a_program_that_is_killed(dressed, home, monkeypatch, qtbot):
    def act(window):
        window.findChild(FirstRunDialog).accept()
        window.desk.set_text_mode("minimal")
        qtbot.waitUntil((home / "options.json").exists, timeout=WAIT_MS)
        kept = storage.load(home / "options.json")
        assert (kept.accepted_notice, kept.text_mode) == (NOTICE, "minimal")
        window.close()

    run(dressed, monkeypatch, act)


def test_films_named_on_the_command_line_are_opened(dressed, home, monkeypatch, qtbot, tmp_path):
    storage.save(Options(accepted_notice=NOTICE), home / "options.json")
    (tmp_path / "films").mkdir()
    films = write_films(tmp_path / "films", 2)

    def act(window):
        qtbot.waitUntil(lambda: window.desk.film_count == 2, timeout=WAIT_MS)
        window.close()

    run(dressed, monkeypatch, act, films)


def test_the_first_run_asks_remembers_a_yes_and_shows_the_demonstration(dressed, home, monkeypatch, qtbot):
    def act(window):
        notice = window.findChild(FirstRunDialog)
        begin = next(button for button in notice.findChildren(QPushButton) if button.text() == "Begin")
        assert not begin.isEnabled()
        notice.findChild(QCheckBox).click()
        begin.click()
        assert window.isVisible()
        qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
        assert window.desk.film.path.name == "demonstration.dcm"
        window.close()

    run(dressed, monkeypatch, act)
    assert storage.load(home / "options.json").accepted_notice == NOTICE


def test_no_film_is_judged_before_the_notice_is_accepted(dressed, home, monkeypatch, qtbot, tmp_path):
    (tmp_path / "films").mkdir()
    films = write_films(tmp_path / "films", 1)

    def act(window):
        qtbot.wait(50)
        assert window.desk.film_count == 0
        window.findChild(FirstRunDialog).accept()
        qtbot.waitUntil(lambda: window.desk.film_count == 1, timeout=WAIT_MS)
        window.close()

    run(dressed, monkeypatch, act, films)


def test_a_no_at_the_first_run_ends_the_program(dressed, home, monkeypatch):
    def act(window):
        window.findChild(FirstRunDialog).reject()
        assert not window.isVisible()

    run(dressed, monkeypatch, act)
    assert storage.load(home / "options.json").accepted_notice == 0


def test_damaged_options_are_told_and_replaced(dressed, home, monkeypatch):
    (home / "options.json").write_text("{")

    def act(window):
        assert "damaged" in window.notices.notices[0].message.values["reason"]
        window.close()

    run(dressed, monkeypatch, act)
    assert storage.load(home / "options.json").geometry


def test_options_that_cannot_be_written_do_not_stop_the_close(dressed, home, monkeypatch, capsys):
    monkeypatch.setattr(places, "options_file", lambda: home / "file" / "options.json")
    (home / "file").write_text("in the way")
    run(dressed, monkeypatch, lambda window: window.close() and None)
    assert "cannot be written" in capsys.readouterr().err


def test_the_card_is_that_of_the_network_that_runs(dressed):
    assert "no network" in card_markdown(None)
    assert tiny_card().name in card_markdown(tiny_card())


CODE = """
import sys
from pathlib import Path
from viewer import app
from viewer.settings.options import NOTICE, Options
from PySide6.QtCore import QTimer
app.application()
class Analyst:
    card = None
    def load(self):
        seen.append("torch" in sys.modules)
    analyse = None
seen = []
window = app.build(Options(accepted_notice=NOTICE), Analyst())
assert not {"torch", "pydicom", "PIL", "imagecodecs"} & sys.modules.keys()
painted = []
app.FirstPaint(window.canvas).painted.connect(lambda: painted.append("torch" in sys.modules))
window.show()
QTimer.singleShot(1500, window.close)
app.QApplication.instance().exec()
assert painted == [False], painted
assert seen == [False], seen
assert not [name for name in sys.modules if name.startswith("matplotlib")]
"""


def test_the_window_is_painted_before_torch_is_imported():
    subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, check=True, timeout=60)


def test_without_a_place_to_keep_choices_the_program_works_and_says_so(dressed, home, monkeypatch, qtbot, tmp_path):
    storage.save(Options(accepted_notice=NOTICE), home / "options.json")
    (home / "store.sqlite").write_text("no database, whatever its name says; long enough to be looked at as one" * 20)
    (tmp_path / "films").mkdir()
    films = write_films(tmp_path / "films", 1)

    def act(window):
        assert ["not kept beyond this sitting" in str(n.message.values) for n in window.notices.notices] == [True]
        qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
        window.desk.set_look(window.desk.look)
        window.close()

    assert run(dressed, monkeypatch, act, films) == 0
