"""Readers for the triage engine that misbehave on purpose; worker processes import them by name."""

from __future__ import annotations

import os
import signal

from viewer.triage.intake import Taken, Task, take_in


def deadly(task: Task) -> Taken:
    """Read like the real one, but die without a word on films named so."""
    if "deadly" in task.path.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return take_in(task)
