"""A run learns, ends in time, stops when asked, and goes on bit for bit."""

from __future__ import annotations

import csv
import signal
import time
from pathlib import Path

import pytest
import torch
from drawn_films import write_rows

from training import checkpoint as keeping
from training import descent, fit, monitor, store
from training.checkpoint import CheckpointError
from training.config import Config, ConfigError, load
from training.fit import Run
from training.reports import LOG_FILE, Report


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def stored(root: Path, config: Config, count: int = 12) -> store.Store:
    return store.build(root, write_rows(root, count), store.side_for(config.size), None, lambda share: None)


def test_a_run_cut_short_ends_with_the_same_weights(films: Path, tmp_path: Path) -> None:
    config = load("tiny")
    assert config.mixing.mark_lungs_at == (0.5,)
    through = Run(config, stored(films, config), stored(films, config, 6), tmp_path / "through")
    assert through.go()

    def stop(report: Report) -> None:
        if report.step >= 4:
            (tmp_path / "cut" / fit.STOP_FILE).touch()

    cut = Run(config, stored(films, config), stored(films, config, 6), tmp_path / "cut", stop)
    assert not cut.go()
    state = keeping.load(tmp_path / "cut")
    assert 4 <= state.step < 12
    (tmp_path / "cut" / fit.STOP_FILE).unlink()
    again = Run(state.config, stored(films, config), stored(films, config, 6), tmp_path / "cut")
    again.resume(state)
    assert again.go()

    first, second = keeping.load(tmp_path / "through"), keeping.load(tmp_path / "cut")
    assert first.step == second.step == config.steps
    assert first.progress == second.progress
    for mine, other in ((first.network, second.network), (first.average, second.average)):
        assert all(torch.equal(mine[name], other[name]) for name in mine)
    assert (first.marked == second.marked).all()


def test_a_run_learns_to_see_lungs(films: Path, tmp_path: Path) -> None:
    config = load(
        "tiny", ["steps=150", "batch=8", "rate=0.004", "validate_every=1000", "save_every=1000", "average=0.9"]
    )
    last: dict[str, float] = {}

    def tell(report: Report) -> None:
        if report.validation:
            last.update(report.values)

    Run(config, stored(films, config, 24), stored(films, config, 12), tmp_path, tell).go()
    assert last["dice_lungs"] > 0.8


def test_the_minutes_are_kept_and_the_schedule_ends(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["steps=100000", "max_minutes=0.07", "validate_every=100000"])
    began = time.monotonic()
    run = Run(config, stored(films, config), None, tmp_path)
    assert run.go()
    assert time.monotonic() - began < 30
    assert 20 < keeping.load(tmp_path).step < 100_000
    assert keeping.load(tmp_path).progress == pytest.approx(1, abs=0.02)


def test_ctrl_c_leaves_a_checkpoint_and_the_handler_as_it_was(films: Path, tmp_path: Path) -> None:
    config = load("tiny")
    before = signal.getsignal(signal.SIGINT)
    run = Run(config, stored(films, config), None, tmp_path, lambda report: signal.raise_signal(signal.SIGINT))
    assert not run.go()
    assert 2 <= keeping.load(tmp_path).step < config.steps
    assert signal.getsignal(signal.SIGINT) == before


def test_the_log_holds_every_part(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["steps=4"])
    Run(config, stored(films, config), stored(films, config), tmp_path).go()
    with (tmp_path / LOG_FILE).open(encoding="utf-8") as stream:
        entries = list(csv.DictReader(stream))
    assert {entry["step"] for entry in entries} == {"2", "4"}
    assert {"lungs", "opacity", "covid19", "norm"} <= {entry["name"] for entry in entries if entry["part"] == "train"}
    assert "dice_lungs" in {entry["name"] for entry in entries if entry["part"] == "validation"}
    assert load(str(tmp_path / fit.CONFIG_FILE)) == config
    assert list((tmp_path / "tensorboard").iterdir())


def test_other_films_are_refused(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["steps=2"])
    Run(config, stored(films, config), None, tmp_path).go()
    with pytest.raises(CheckpointError, match="other films"):
        Run(config, stored(films, config, 11), None, tmp_path).resume(keeping.load(tmp_path))


def test_a_checkpoint_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no checkpoint at"):
        keeping.load(tmp_path)
    (tmp_path / keeping.FILE).write_bytes(b"PK\x03\x04 not whole")
    with pytest.raises(CheckpointError, match="cut short"):
        keeping.load(tmp_path)
    torch.save({"schema": "other"}, tmp_path / keeping.FILE)
    with pytest.raises(CheckpointError, match="schema"):
        keeping.load(tmp_path)


def test_the_averaged_network_answers(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["steps=2"])
    run = Run(config, stored(films, config), None, tmp_path)
    run.go()
    image = torch.randn(1, 1, 64, 64)
    with torch.inference_mode():
        kept, live = keeping.averaged_network(tmp_path)(image), run.averaged()(image)
    torch.testing.assert_close(kept.findings, live.findings)


def test_the_rate_rises_and_falls() -> None:
    config = Config(warm_up=0.1, rate=1.0)
    rates = [descent.rate(config, step / 100) for step in range(101)]
    assert max(rates) == pytest.approx(1.0, abs=1e-6)
    assert rates.index(max(rates)) == 10
    assert rates[0] == pytest.approx(0.04)
    assert rates[-1] == pytest.approx(0.001)


def test_patience_ends_a_run_and_keeps_the_weights_of_the_best_look(
    films: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load("tiny", ["steps=100", "validate_every=2", "stopping.patience=3", "stopping.measure=dice_lungs"])
    looks = iter([0.3, 0.5, 0.4, 0.5, 0.2, 0.9, 0.9])
    monkeypatch.setattr(monitor, "summarise", lambda *args: {"dice_lungs": next(looks)})
    kept: dict[int, torch.Tensor] = {}

    def tell(report: Report) -> None:
        if report.validation:
            kept[report.step] = run._state.average["stem.convolution.weight"].clone()

    run = Run(config, stored(films, config), stored(films, config, 6), tmp_path, tell)
    assert run.go()
    state = keeping.load(tmp_path)
    assert (state.step, next(looks)) == (10, 0.9)  # 3 looks after that of step 4, none of them better
    assert state.best is not None
    assert (state.best.step, state.best.value, state.best.since) == (4, 0.5, 3)
    for network in (run.averaged(), keeping.averaged_network(tmp_path)):
        assert torch.equal(network.state_dict()["stem.convolution.weight"], kept[4])
    again = Run(config, stored(films, config), stored(films, config, 6), tmp_path)
    again.resume(state)
    assert again.go()
    assert keeping.load(tmp_path).step == 10


def test_a_run_that_stops_by_a_look_goes_on_bit_for_bit(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["validate_every=3", "stopping.patience=9", "stopping.measure=dice_lungs"])
    Run(config, stored(films, config), stored(films, config, 6), tmp_path / "through").go()
    stop = tmp_path / "cut" / fit.STOP_FILE
    Run(config, stored(films, config), stored(films, config, 6), tmp_path / "cut", lambda report: stop.touch()).go()
    stop.unlink()
    state = keeping.load(tmp_path / "cut")
    again = Run(config, stored(films, config), stored(films, config, 6), tmp_path / "cut")
    again.resume(state)
    assert again.go()
    first, second = keeping.load(tmp_path / "through").best, keeping.load(tmp_path / "cut").best
    assert first is not None
    assert second is not None
    assert (first.step, first.value, first.since) == (second.step, second.value, second.since)
    assert all(torch.equal(first.average[name], second.average[name]) for name in first.average)


def test_a_measure_that_no_look_gives_is_named(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["stopping.patience=1", "stopping.measure=beauty"])
    run = Run(config, stored(films, config), stored(films, config, 6), tmp_path)
    with pytest.raises(ConfigError, match=r"no beauty; stopping\.measure can be dice_lungs"):
        run.go()


def test_what_is_drawn_by_lot_within_a_step_is_drawn_again_after_a_resume(films: Path, tmp_path: Path) -> None:
    config = load("tiny", ["backbone=efficientnet-lite0", "steps=4", "save_every=2", "mixing.mark_lungs_at=[]"])
    Run(config, stored(films, config), None, tmp_path / "through").go()
    stop = tmp_path / "cut" / fit.STOP_FILE
    Run(config, stored(films, config), None, tmp_path / "cut", lambda report: stop.touch()).go()
    stop.unlink()
    torch.manual_seed(99)
    again = Run(config, stored(films, config), None, tmp_path / "cut")
    again.resume(keeping.load(tmp_path / "cut"))
    assert again.go()
    first, second = keeping.load(tmp_path / "through"), keeping.load(tmp_path / "cut")
    assert all(torch.equal(first.network[name], second.network[name]) for name in first.network)
