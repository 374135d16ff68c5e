"""Stopping: which look at the validation films was the best, and whether it is worth going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor

from training.config import ConfigError, Stopping


@dataclass(slots=True, eq=False)
class Best:
    """The best look so far, ``since`` looks ago: its step, its value and the averaged weights it was taken with."""

    step: int
    value: float
    average: Mapping[str, Tensor]
    since: int = 0


def seen(
    settings: Stopping, best: Best | None, look: tuple[int, Mapping[str, float]], average: Mapping[str, Tensor]
) -> Best | None:
    """Return the best look, now that there is another one (step and numbers); None where none is kept.

    Raises
    ------
    ConfigError
        When the look does not give the measure to stop by.
    """
    step, values = look
    if not settings.patience:
        return None
    if settings.measure not in values:
        known = ", ".join(values)
        raise ConfigError(
            "stopping", f"The validation films give no {settings.measure}; stopping.measure can be {known}."
        )
    value = values[settings.measure]
    if best is None or value > best.value:
        return Best(step, value, {name: weight.detach().clone() for name, weight in average.items()})
    best.since += 1
    return best


def enough(settings: Stopping, best: Best | None) -> bool:
    """Tell whether so many looks were no better that the run ends."""
    return best is not None and best.since >= settings.patience
