"""Trials: trainings of a series, each in a folder of its own, gone on with where they were stopped, never repeated."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model.errors import NegatoscopeError
from model.net.architecture import FilmNetwork
from training import checkpoint
from training import config as settings
from training.config import Config
from training.fit import CONFIG_FILE, Run
from training.store import Store

NUMBERS_FILE = "numbers.json"
PROCESSOR_FILE = "processor.json"
Numbers = dict[str, Any]
"""What was measured of one trial: plain values for JSON."""


class TrialError(NegatoscopeError):
    """A trial was stopped before its end, or its folder holds another."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One training: its settings and the folder that it lives in."""

    config: Config
    folder: Path


def numbers(trial: Trial, train: Callable[[], Store], measure: Callable[[FilmNetwork], Numbers]) -> Numbers:
    """Return what was measured of a trial; train it first, or go on with it, where that is not done yet.

    Parameters
    ----------
    trial
        Settings and folder.
    train
        Gives the films to learn from; asked only when there is something to train or to measure.
    measure
        Measures the averaged network.

    Raises
    ------
    TrialError
        When the training was stopped (Ctrl-C, or a stop file); what it has learned so far is kept. When the folder
        holds a trial of other settings.
    """
    _same(trial)
    done = trial.folder / NUMBERS_FILE
    if done.is_file():
        return _read(done)
    found = measure(_trained(trial, train()))
    done.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def processor_ms(folder: Path) -> float:
    """Return the processor time that training took a film, in milliseconds, batches and all."""
    spent = _read(folder / PROCESSOR_FILE)
    return float(1000 * spent["seconds"] / spent["films"])


def _same(trial: Trial) -> None:
    """Refuse to take the numbers or weights of other settings for those of this trial."""
    kept = trial.folder / CONFIG_FILE
    if kept.is_file() and settings.load(str(kept)) != trial.config:
        text = f"{trial.folder} holds a training with other settings; name another folder for these."
        raise TrialError("settings", text)


def _trained(trial: Trial, train: Store) -> FilmNetwork:
    own = replace(train, marked=train.marked.copy(), taught=None)  # a run marks lungs in its films
    run, first = Run(trial.config, own, None, trial.folder), 0
    if (trial.folder / checkpoint.FILE).is_file():
        state = checkpoint.load(trial.folder)
        run.resume(state)
        first = state.step
    began = time.process_time()
    finished = run.go()
    _note(trial, time.process_time() - began, checkpoint.load(trial.folder).step - first)
    if not finished:
        raise TrialError("stopped", f"The run in {trial.folder} was stopped; give the same command again to go on.")
    return run.averaged()


def _note(trial: Trial, seconds: float, steps: int) -> None:
    """Add to the processor time of this trial."""
    path = trial.folder / PROCESSOR_FILE
    before = _read(path) if path.is_file() else {"seconds": 0.0, "films": 0}
    spent = {"seconds": before["seconds"] + seconds, "films": before["films"] + steps * trial.config.batch}
    if steps:
        path.write_text(json.dumps(spent) + "\n", encoding="utf-8")


def _read(path: Path) -> Numbers:
    found: Numbers = json.loads(path.read_text(encoding="utf-8"))
    return found
