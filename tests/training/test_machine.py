"""Where a run computes: two processes that share every batch learn what one learns alone, and only one writes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from drawn_films import write_rows
from typer.testing import CliRunner

from training import checkpoint as keeping
from training import fit, machine, store
from training import manifest as manifests
from training.cli import app
from training.config import ConfigError, load
from training.fit import Run
from training.manifest import Manifest
from training.reports import LOG_FILE
from training.samples import Sampler, Share

SETTINGS = ["batch=6", "steps=8", "validate_every=4", "weights.agreement=1.0"]


@pytest.fixture
def films(tmp_path: Path) -> store.Store:
    return store.build(tmp_path, write_rows(tmp_path, 12), 80, None, lambda share: None)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_shares_hold_every_film_of_the_batch_once_and_twins_together(films: store.Store, count: int) -> None:
    config = load("tiny", ["batch=9"])
    whole = Sampler(films, config).batch(5)
    shares = [Sampler(films, config, Share(number, count)).batch(5) for number in range(count)]
    together = torch.cat([share.image for share in shares])
    assert len(together) == len(whole.image)
    for image in whole.image:
        assert sum(torch.equal(image, other) for other in together) == 1
    assert sum(int((share.twin >= 0).sum()) for share in shares) == int((whole.twin >= 0).sum()) > 0
    for share in shares:
        for copy, place in enumerate(share.twin.tolist()):
            if place >= 0:
                assert torch.equal(share.findings[copy], share.findings[place])


def test_a_batch_too_small_to_share_is_refused(films: store.Store) -> None:
    with pytest.raises(ConfigError, match="there are 4 processes; enlarge the batch"):
        Sampler(films, load("tiny"), Share(0, 4))


def test_two_processes_learn_what_one_does(tmp_path: Path) -> None:
    rows = write_rows(tmp_path, 12)
    split = [*rows[:9], *(replace(row, split="validation") for row in rows[9:])]
    manifests.write(Manifest(tmp_path, tuple(split), (), (), 0), tmp_path / "films.json")
    changes = [part for text in SETTINGS for part in ("-s", text)]
    fitted = ["fit", str(tmp_path / "films.json"), "-c", "tiny", *changes, "--accelerator", "cpu", "-o"]
    assert CliRunner().invoke(app, [*fitted, str(tmp_path / "one")]).exit_code == 0
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    arguments = [*torchrun, "-m", "training", *fitted, str(tmp_path / "two")]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=250, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("8 steps, ") == 1  # one process tells
    one, two = keeping.load(tmp_path / "one"), keeping.load(tmp_path / "two")
    assert (one.step, one.progress) == (two.step, two.progress)
    assert (one.marked == two.marked).all()
    for name, value in one.average.items():
        torch.testing.assert_close(two.average[name], value, rtol=2e-3, atol=2e-5)
    assert _log(tmp_path / "two").keys() == _log(tmp_path / "one").keys()
    for key, value in _log(tmp_path / "one").items():
        assert _log(tmp_path / "two")[key] == pytest.approx(value, rel=2e-3, abs=2e-4), key


def test_what_the_machine_cannot_do_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="the CPU does not train"):
        machine.start(machine.Machine("cpu"), "f16")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    with pytest.raises(ConfigError, match="2 cuda devices on 1 machines cannot be had"):
        machine.start(machine.Machine("cuda", 2), "f32")


def test_a_run_says_what_it_cost(films: store.Store, tmp_path: Path) -> None:
    run = Run(load("tiny", ["steps=4"]), films, None, tmp_path / "run")
    assert run.go()
    assert run.cost.steps == 4
    assert run.cost.films_per_second > 0
    assert 0.1 < (run.cost.peak_gib or 0.0) < 64


def test_a_loss_that_is_not_finite_ends_the_run_in_a_sentence(films: store.Store, tmp_path: Path) -> None:
    run = Run(load("tiny", ["rate=1e30", "warm_up=0.01"]), films, None, tmp_path / "run")
    with pytest.raises(fit.FitError, match="no longer finite at step"):
        run.go()


def _log(run: Path) -> dict[tuple[str, ...], float]:
    lines = (run / LOG_FILE).read_text(encoding="utf-8").splitlines()[1:]
    parts = [line.split(",") for line in lines]
    return {(step, part, name): float(value) for step, _, _, _, part, name, value in parts}
