"""Rows for tests, with everything that a test does not care about filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from training.datasets.row import Row

_PLAIN = Row(
    path="",
    source="made",
    site="made",
    patient="",
    view="PA",
    frontal=True,
    adult=True,
    age=50.0,
    sex="F",
    opacity=False,
    covid=False,
    label="made",
)


def make_row(path: str, **changes: Any) -> Row:
    """Return a row for ``path``; its own patient unless told otherwise."""
    return replace(_PLAIN, **({"path": path, "patient": f"made:{path}"} | changes))
