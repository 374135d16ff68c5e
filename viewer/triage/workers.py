"""The worker processes: they read and draw, may die or hang without harm, and never outlive their owner."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Protocol

import cv2
from pebble import ProcessExpired, ProcessPool

from model.findings.prediction import Prediction
from viewer.triage.intake import Task, open_whole


class Pool(Protocol):
    """Whoever does tasks elsewhere.

    Attributes
    ----------
    losses
        The errors of a task whose worker died over it or was ended because it came to no end.
    """

    losses: tuple[type[BaseException], ...]

    @property
    def whole(self) -> bool:
        """Whether it can do tasks; once it cannot, what it was given will never be done."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Let somebody do this."""

    def end(self) -> None:
        """Give up what is not done."""


class Workers:
    """Processes of this machine, all started when they are first needed; a lost one is replaced.

    Parameters
    ----------
    count
        How many.
    patience_s
        Seconds after which a worker that is still at one task is ended: its decoder hangs.
    """

    losses: tuple[type[BaseException], ...] = (ProcessExpired, TimeoutError, BrokenProcessPool)

    def __init__(self, count: int, patience_s: float) -> None:
        self._patience_s = patience_s
        self._pool = ProcessPool(count, initializer=_settle_in, context=multiprocessing.get_context("spawn"))

    @property
    def whole(self) -> bool:
        """Whether its processes can be kept alive."""
        return self._pool.active

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Let one process do this."""
        return self._pool.schedule(function, args=arguments, timeout=self._patience_s)

    def end(self) -> None:
        """End the processes, whatever they are at."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _settle_in() -> None:
    """Use one core, leave Ctrl-C to the owner, end at once when told to or when the owner is gone."""
    cv2.setNumThreads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_owner, daemon=True).start()


def _end_with_owner() -> None:
    owner = multiprocessing.parent_process()
    if owner is not None:
        owner.join()
        os._exit(1)


def draw(task: Task, prediction: Prediction, picture: Path) -> None:
    """Save a picture of a film with what the network says; one that is cut short leaves no file.

    Raises
    ------
    NegatoscopeError, OSError
        When the film cannot be opened any more or the picture cannot be written.
    """
    from viewer.export.overlay import save_overlay

    save_overlay(open_whole(task), prediction, picture)
