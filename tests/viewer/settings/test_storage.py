import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from viewer.session.overlays import OverlayChoice
from viewer.session.own_windows import OwnWindow
from viewer.settings import storage
from viewer.settings.options import Options
from viewer.settings.places import crash_folder, options_file

KEPT = Options(
    accepted_notice=1,
    geometry="00ff",
    overlays=OverlayChoice(heatmap=True, map="class", finding="covid19", opacity=0.7, sigma=12.0),
    text_mode="minimal",
    anonymous=True,
    own_windows={"2": OwnWindow(0.25, 1.5, "SIGMOID")},
)


def test_what_was_saved_comes_back(tmp_path):
    file = tmp_path / "new" / "options.json"
    storage.save(KEPT, file)
    assert storage.load(file) == KEPT


def test_no_file_means_the_defaults(tmp_path):
    assert storage.load(tmp_path / "none.json") == Options()


def test_a_file_of_a_later_edition_is_read_as_far_as_it_is_known(tmp_path):
    file = tmp_path / "options.json"
    storage.save(KEPT, file)
    raw = json.loads(file.read_text())
    raw["colour_of_the_moon"] = "blue"
    raw["overlays"]["ribs"] = True
    file.write_text(json.dumps(raw))
    assert storage.load(file) == KEPT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "\x00",
        '{"text_mode": "some"}',
        '{"accepted_notice": "yes"}',
        '{"anonymous": 1}',
        '{"overlays": {"opacity": 7}}',
        '{"overlays": {"opacity": "high"}}',
        '{"overlays": {"map": "ribs"}}',
        '{"overlays": 3}',
    ],
)
def test_a_damaged_file_is_named_not_guessed_at(tmp_path, text):
    file = tmp_path / "options.json"
    file.write_text(text)
    with pytest.raises(storage.OptionsError, match="defaults are used") as caught:
        storage.load(file)
    assert str(file) in caught.value.message


def test_a_file_that_is_no_text_is_named(tmp_path):
    file = tmp_path / "options.json"
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(storage.OptionsError, match="cannot be read"):
        storage.load(file)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(storage.OptionsError, match="cannot be written"):
        storage.save(KEPT, tmp_path / "file" / "options.json")


def test_nothing_is_left_beside_when_writing_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda number: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(storage.OptionsError):
        storage.save(KEPT, tmp_path / "options.json")
    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from viewer.settings import storage
from viewer.settings.options import Options
file = Path(sys.argv[1])
for number in range(10**9):
    storage.save(replace(Options(), last_folder="x" * (number % 5000), accepted_notice=number), file)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path):
    file = tmp_path / "options.json"
    storage.save(Options(), file)
    for wait in (0.0, 0.007, 0.019):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], cwd=Path(storage.__file__).parents[2]
        ) as writer:
            while storage.load(file).accepted_notice == 0 and writer.poll() is None:
                time.sleep(0.01)
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
        assert storage.load(file).accepted_notice > 0
        storage.save(replace(Options(), accepted_notice=0), file)


def test_places_are_the_users_own():
    assert options_file().name == "options.json"
    assert "egatoscope" in str(options_file().parent)
    assert crash_folder().name == "crashes"
