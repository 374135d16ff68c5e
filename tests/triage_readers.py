"""Readers for the triage engine that misbehave on purpose; worker processes import them by name."""

from __future__ import annotations

import os
import signal
import threading

from viewer.triage.intake import Taken, Task, take_in


def deadly(task: Task) -> Taken:
    """Read like the real one, but die without a word on films named so."""
    if "deadly" in task.path.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return take_in(task)


def endless(task: Task) -> Taken:
    """Read like the real one, but come to no end on films named so."""
    if "endless" in task.path.name:
        threading.Event().wait()
    return take_in(task)


def gone_already(task: Task) -> Taken:
    """Read like the real one, but files named so are taken away just before."""
    if "fleeting" in task.path.name:
        task.path.unlink()
    return take_in(task)
