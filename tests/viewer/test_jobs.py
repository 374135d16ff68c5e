"""The jobs: torch waits behind one door, tokens stop the work, and results are the predictor's."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from chests import draw_chest
from PIL import Image
from tiny_model import write_tiny

from model.errors import Cancelled, FilmError, WeightsError
from viewer.jobs import Analyst, ReadRequest, Token, read


@pytest.mark.parametrize("module", ["viewer.jobs", "model", "model.card", "model.card_page", "viewer"])
def test_importing_loads_neither_torch_nor_qt(module: str) -> None:
    heavy = "{'torch', 'PySide6', 'pyqtgraph'}"
    code = f"import sys, {module}; sys.exit(not {heavy}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_the_wait_policy_is_set_before_torch_is_loaded(tmp_path: Path) -> None:
    write_tiny(tmp_path)
    code = (
        "import os, sys, pathlib; os.environ.pop('OMP_WAIT_POLICY', None); from viewer.jobs import Analyst\n"
        f"a = Analyst('cpu', pathlib.Path({str(tmp_path / 'tiny.safetensors')!r}))\n"
        "assert not a.loaded and a.device is None and 'torch' not in sys.modules\n"
        "a.load(); assert os.environ['OMP_WAIT_POLICY'] == 'PASSIVE' and 'torch' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.fixture
def analyst(tmp_path: Path) -> Analyst:
    return Analyst("cpu", write_tiny(tmp_path))


def test_the_atlas_is_read_without_torch() -> None:
    code = (
        "import sys; from viewer.jobs import Analyst; atlas = Analyst().atlas\n"
        "assert atlas is not None and len(atlas.points) and 'torch' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_network_without_an_atlas_says_none(analyst: Analyst) -> None:
    assert analyst.atlas is None


def test_an_analysis(analyst: Analyst) -> None:
    stages: list[str] = []
    film = draw_chest(spots=((170.0, 95.0),))
    answer = analyst.analyse(film, report=lambda stage, _: stages.append(stage))
    assert answer.film_key == film.key
    assert stages == ["load", "prepare", "network", "maps", "done"]
    assert analyst.loaded
    assert analyst.device == answer.device
    assert analyst.card.name == "tiny"
    stages.clear()
    analyst.analyse(film, report=lambda stage, _: stages.append(stage))
    assert stages[0] == "prepare"


def test_a_cancelled_token_stops_everything(analyst: Analyst) -> None:
    token = Token()
    token.check()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.check()
    with pytest.raises(Cancelled):
        analyst.analyse(draw_chest(), token)
    assert not analyst.loaded


def test_cancelling_while_the_network_runs(analyst: Analyst) -> None:
    token = Token()

    def report(stage: str, _: float) -> None:
        if stage == "network":
            token.cancel()

    with pytest.raises(Cancelled):
        analyst.analyse(draw_chest(), token, report)
    assert analyst.analyse(draw_chest()).findings


def test_several_threads_take_turns_and_load_once(analyst: Analyst) -> None:
    films = [draw_chest(spots=((170.0, 60.0 + 10 * i),)) for i in range(6)]
    answers: dict[str, str] = {}

    def work(index: int) -> None:
        answers[films[index].key] = analyst.analyse(films[index]).film_key

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(films))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {film.key: film.key for film in films}


def test_reading_a_film(tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    Image.fromarray(np.arange(300 * 320, dtype=np.uint16).reshape(300, 320)).save(path)
    film = read(ReadRequest(path), Token())
    assert (film.rows, film.columns) == (300, 320)
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        read(ReadRequest(path), token)
    with pytest.raises(FilmError):
        read(ReadRequest(tmp_path / "none.png"), Token())


def test_weights_without_a_card_are_refused(tmp_path: Path) -> None:
    path = write_tiny(tmp_path)
    path.with_suffix(".json").unlink()
    with pytest.raises(WeightsError, match="no model card"):
        Analyst("cpu", path).load()
