"""The network's numbers as text: the same digits in panel, list, picture and files."""

from __future__ import annotations


def probability_text(probability: float) -> str:
    """Return a probability or threshold with three decimals."""
    return f"{probability:.3f}"


def extent_text(extent: float) -> str:
    """Return the opacity extent as per cent of the lung area, with one decimal."""
    return f"{100 * extent:.1f} %"


def seconds_text(seconds: float) -> str:
    """Return a duration in seconds with two decimals."""
    return f"{seconds:.2f} s"
