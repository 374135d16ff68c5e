"""The worker processes: they read and draw, may die without harm, and never outlive their owner."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import cv2

from model.findings.prediction import Prediction
from viewer.triage.intake import Task, open_whole


class Pool(Protocol):
    """Whoever does tasks elsewhere."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Let somebody do this."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End it."""


def start_workers(count: int) -> Pool:
    """Return a pool of so many processes, each started when it is first needed."""
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    """Use one core, leave Ctrl-C to the owner, and end when the owner is gone, however it went."""
    cv2.setNumThreads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
