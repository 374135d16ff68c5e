"""The command line: what it prints and writes, its exit status, and what it does not load."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from chests import draw_chest
from PIL import Image
from predictions import prediction_for
from reference_films import film_named
from tiny_model import write_tiny

from model.film import open_film
from model.findings.prediction import Prediction
from model.net import gate
from viewer import __main__ as door
from viewer import jobs
from viewer.cli import app, run
from viewer.display.look import Look
from viewer.display.presets import default_grey, presets
from viewer.display.render import render
from viewer.export.caption import DISCLAIMER
from viewer.export.table import answered, as_object
from viewer.outputs import answer_words
from viewer.settings import places

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., int]


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep answers apart from the user's own."""
    data = tmp_path_factory.mktemp("data")
    monkeypatch.setattr(places, "store_file", lambda: data / "store.sqlite")
    monkeypatch.setenv("XDG_DATA_HOME", str(data))


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the network be the tiny one; return its weights."""
    folder = tmp_path / "weights"
    folder.mkdir()
    weights = write_tiny(folder)
    monkeypatch.setattr(jobs, "Analyst", lambda device="auto": Analyst("cpu", weights))
    return weights


Analyst = jobs.Analyst


@pytest.fixture
def chest(tmp_path: Path) -> Path:
    """Return a drawn chest film as PNG."""
    path = tmp_path / "грудь 1.png"
    Image.fromarray((draw_chest().pixels >> 4).astype(np.uint8)).save(path)
    return path


def front(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, without a display."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "viewer", *map(str, arguments)]
    options = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 120, "env": environment}
    return subprocess.run(command, check=False, cwd=ROOT, **{**options, **more})


def test_the_door_knows_every_command() -> None:
    assert {command.callback.__name__ for command in app.registered_commands} == set(door.COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["a.dcm", "b"], True),
        (["./info"], True),
        (["--", "-x.dcm"], True),
        (["--demo"], True),
        (["info", "a"], False),
        (["--help"], False),
        (["--version"], False),
        (["a.dcm", "--frob"], False),
    ],
)
def test_what_opens_the_window(arguments: list[str], window: bool) -> None:
    assert door.wants_window(arguments) is window


def test_the_demonstration_film_can_be_asked_for() -> None:
    demonstration, other = door.films_in(["--demo", "--", "-x.dcm"])
    assert demonstration.name == "demonstration.dcm"
    assert demonstration.is_file()
    assert other == Path("-x.dcm")


def test_films_go_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[Path]] = []
    window = type(sys)("viewer.app")
    window.main = lambda paths: given.append(paths) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "viewer.app", window)
    assert door.main(["./info", "плёнка.dcm"]) == 0
    assert given == [[Path("info"), Path("плёнка.dcm")]]


def test_analyse_prints_one_object_a_line(
    tiny: Path, chest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.dcm"
    broken.write_text("nothing")
    assert run(["analyse", str(chest), str(broken), str(tmp_path / "missing"), "--json", "-"]) == 3
    out, err = capsys.readouterr()
    said = [json.loads(line) for line in out.splitlines()]
    assert [one["path"] for one in said] == [str(chest), str(broken), str(tmp_path / "missing")]
    assert [one["status"] for one in said] == ["analysed", "failed", "failed"]
    assert said[0]["model"]["name"] == "tiny"
    assert said[0]["film"]["format"] == "PNG"
    assert said[0]["seconds"]["read"] > 0
    assert [one["counted_as"] for one in said] == ["opened", "other", "failed"]
    counted = "3 found = 1 opened + 0 duplicate + 1 other + 1 failed: 1 analysed, 0 not assessable"
    assert counted in err


def test_analyse_writes_table_pictures_and_lines_of_the_same_numbers(tiny: Path, chest: Path, tmp_path: Path) -> None:
    lines, table, folder = tmp_path / "a.jsonl", tmp_path / "a.csv", tmp_path / "new" / "pictures"
    twin, copy = tmp_path / "twin" / chest.name, tmp_path / "copy.png"
    twin.parent.mkdir()
    Image.fromarray((draw_chest(spots=((200.0, 90.0),)).pixels >> 4).astype(np.uint8)).save(twin)
    copy.write_bytes(chest.read_bytes())
    wanted = ["--json", str(lines), "--csv", str(table), "--overlays", str(folder), "--device", "cpu"]
    assert run(["analyse", str(chest), str(twin), str(copy), *wanted]) == 0
    said = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert [one["status"] for one in said] == ["analysed"] * 3
    assert [one["reason"] and one["reason"]["code"] for one in said] == [None, None, "duplicate"]
    assert [row["counted_as"] for row in rows] == ["opened", "opened", "duplicate"]
    assert said[0]["findings"] == said[2]["findings"] != said[1]["findings"]
    probabilities = [str(one["findings"][0]["probability"]) for one in said]
    assert probabilities == [row["lung_opacity_probability"] for row in rows]
    assert sorted(file.name for file in folder.iterdir()) == [f"{chest.stem}-2.png", f"{chest.stem}.png"]
    assert Image.open(folder / f"{chest.stem}.png").text["Disclaimer"] == DISCLAIMER


def test_going_on_with_another_network_s_answers_says_so(
    tiny: Path, chest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "a.jsonl"
    assert run(["analyse", str(chest), "--json", str(lines)]) == 0
    said = json.loads(lines.read_text("utf-8"))
    assert "another network" not in capsys.readouterr().err
    said["model"] |= {"version": "0.0.0", "sha256": "e" * 64}
    lines.write_text(json.dumps(said) + "\n", "utf-8")
    assert run(["analyse", str(chest), "--json", str(lines), "--resume"]) == 0
    assert "answered by another network: 1" in capsys.readouterr().err
    assert json.loads(lines.read_text("utf-8"))["model"]["version"] == "0.0.0"
    assert run(["analyse", str(chest), "--json", str(lines)]) == 0
    assert json.loads(lines.read_text("utf-8"))["model"]["version"] == "0.0.1"


def test_analyse_without_a_table_prints_for_people(tiny: Path, chest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", str(chest)]) == 0
    assert f"{chest}: Lung opacity 0." in capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")


def test_analyse_finds_nothing_in_an_empty_folder(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["analyse", str(tmp_path / "empty")]) == 3


def test_a_fault_of_the_program_stops_one_film_only(
    chest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Faulty(Analyst):
        def analyse(self, *_arguments: object, **_named: object) -> Prediction:
            raise ZeroDivisionError

    monkeypatch.setattr(jobs, "Analyst", Faulty)
    assert run(["analyse", str(chest), str(chest), "--json", "-"]) == 3
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["reason"]["code"] for one in said] == ["internal_error", "duplicate"]
    assert said[0]["film"] is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse"],
        ["analyse", "x", "--device", "abacus"],
        ["analyse", "x", "--json", "-", "--csv", "-"],
        ["analyse", "x", "--json", "/nowhere/at/all.json"],
        ["render", "x"],
        ["render", "x", "-o", "y.png", "--size", "0"],
        ["render", "x", "-o", "y.png", "--size", "big"],
        ["render", "x", "-o", "y.png", "--layers", "bones"],
        ["render", "x", "-o", "y.png", "--opacity", "2"],
        ["frob"],
        ["info", "--frob"],
    ],
)
def test_wrong_usage_is_2_and_says_why(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "Error" in capsys.readouterr().err


@pytest.mark.parametrize("window", ["lungs", "0,100", "100", "a,b", "1,nan", "inf,5"])
def test_impossible_windows_are_2(window: str, chest: Path, tmp_path: Path) -> None:
    assert run(["render", str(chest), "-o", str(tmp_path / "o.png"), "--window", window]) == 2
    assert not (tmp_path / "o.png").exists()


def test_render_native_is_what_the_window_shows(tmp_path: Path) -> None:
    path, output = film_named("MONOCHROME1-u12-rescaled-window").write(tmp_path), tmp_path / "o.png"
    assert run(["render", str(path), "-o", str(output)]) == 0
    film = open_film(path)
    np.testing.assert_array_equal(np.asarray(Image.open(output)), render(film, Look(default_grey(film))).pixels)


def test_render_takes_presets_and_numbers(chest: Path, tmp_path: Path) -> None:
    film, output = open_film(chest), tmp_path / "o.png"
    for preset in presets(film):
        assert run(["render", str(chest), "-o", str(output), "--window", preset.id, "--size", "100"]) == 0
        np.testing.assert_array_equal(np.asarray(Image.open(output)), render(film, Look(preset.grey), 100).pixels)
    assert run(["render", str(chest), "-o", str(output), "--window", "80,-3.5"]) == 0


def test_render_with_layers_asks_the_network(tiny: Path, chest: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.png"
    assert run(["render", str(chest), "-o", str(output), "--layers", "smoothed,boxes,lungs", "--opacity", "0.7"]) == 0
    picture = Image.open(output)
    assert picture.mode == "RGB"
    assert picture.text["Model"].startswith("tiny ")


def test_render_of_something_else_is_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(ROOT / "pyproject.toml"), "-o", str(tmp_path / "o.png")]) == 3
    assert "text file" in capsys.readouterr().err


def test_info_tells_format_and_reason_but_no_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = film_named("MONOCHROME1-u12-rescaled-window").write(tmp_path)
    assert run(["info", str(path), str(ROOT / "pyproject.toml")]) == 3
    out = capsys.readouterr().out
    for word in ("Explicit VR Little Endian", "MONOCHROME1", "12 unsigned", "spacing", "warnings", "text file"):
        assert word in out


def test_selftest_passes_with_a_network_and_names_versions(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["selftest"]) == 0
    out = capsys.readouterr().out
    assert "ok    JPEG Lossless, First-Order Prediction" in out
    assert "ok    network tiny" in out
    assert "ok    translations: negatoscope_ru" in out
    assert f"numpy {np.__version__}" in out


def test_info_and_render_load_neither_torch_nor_qt(chest: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from viewer.__main__ import main\n"
        "status = main(sys.argv[1:])\n"
        "loaded = {'torch', 'PySide6', 'pyqtgraph', 'viewer.app'} & set(sys.modules)\n"
        "sys.exit(repr(loaded) if loaded else status)"
    )
    for arguments in (["info", str(chest)], ["render", str(chest), "-o", str(tmp_path / "o.png")], ["--help"]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr


def test_analyse_loads_no_qt(chest: Path, tiny: Path) -> None:
    code = (
        "import sys, pathlib; from viewer import jobs; from functools import partial\n"
        "jobs.Analyst = partial(jobs.Analyst, weights=pathlib.Path(sys.argv.pop()))\n"
        "from viewer.__main__ import main; status = main(sys.argv[1:])\n"
        "loaded = {'PySide6', 'pyqtgraph', 'viewer.app'} & set(sys.modules)\n"
        "sys.exit(repr(loaded) if loaded else status)"
    )
    command = [sys.executable, "-c", code, "analyse", str(chest), "--json", "-", str(tiny)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "analysed"


def test_a_reader_that_leaves_early_ends_it_quietly(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text("x")
    command = f'"{sys.executable}" -m viewer info "{tmp_path}" | head -n 1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.stderr == ""
    assert done.stdout.strip().endswith("0.txt")


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "never.dcm"
    pipe.mkdir()
    for number in range(3000):
        (pipe / f"{number}.txt").write_text("x")
    command = [sys.executable, "-u", "-m", "viewer", "info", str(pipe)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_paths_in_any_script_are_printed_even_to_an_ascii_terminal(chest: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = front("info", chest, env=environment)
    assert done.returncode == 0, done.stderr
    assert str(chest) in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_never_among_the_answers(tmp_path: Path) -> None:
    import pty

    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("x")
    screen, stderr = pty.openpty()
    done = front("analyse", tmp_path, "--json", "-", capture_output=False, stdout=subprocess.PIPE, stderr=stderr)
    os.close(stderr)
    shown = os.read(screen, 100_000).decode()
    os.close(screen)
    assert done.returncode == 3
    assert "analysing" in shown
    assert "3 found" in shown
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["failed"] * 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "arguments", [["info", "pyproject.toml"], ["analyse", "pyproject.toml", "--json", "-"], ["--help"]]
)
def test_full_disk_gives_one_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = front(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert "cannot be written (No space left on device)" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_film_that_can_be_put_right_comes_with_a_hint() -> None:
    film = draw_chest()
    refused = as_object(answered(Path("x"), film, prediction_for(film, refusal=gate.curable("invert")), 0.1))
    assert answer_words(refused).startswith("Not assessable: The greys seem to be inverted")
    assert "--correct" in answer_words(refused)
    prediction = prediction_for(film, refusal=gate.cured("invert"), corrected="invert")
    words = answer_words(as_object(answered(Path("x"), film, prediction, 0.1))).replace("\N{NO-BREAK SPACE}", " ")
    assert words.endswith("black and white exchanged.")
    assert "although" not in words
