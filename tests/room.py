"""The whole window with a network that can be held still, for tests of lanes, panels and journeys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from predictions import prediction_for

from model.film.film import Film
from model.findings.prediction import Prediction
from model.net.atlas import Atlas
from viewer.jobs import Report, Token

WAIT_MS = 10_000


class HandAnalyst:
    """Stands in for the network: answers each film by ``answer``, and only while ``free`` is set."""

    def __init__(self, answer: Callable[[Film, bool], Prediction] | None = None) -> None:
        self.answer = answer or (lambda film, force: prediction_for(film, forced=force))
        self.put_right: Callable[[Film], Prediction] | None = None
        self.asked: list[tuple[str, bool]] = []
        self.free = threading.Event()
        self.free.set()
        self.loads = 0
        self.card = None
        self.atlas: Atlas | None = None

    def use(self, device: str) -> None:
        """Remember the device wished for."""
        self.device = device

    def load(self) -> None:
        """Count the wakings."""
        self.loads += 1

    def analyse(
        self,
        film: Film,
        token: Token | None = None,
        report: Report = lambda *_: None,
        *,
        force: bool = False,
        correct: bool = False,
        admission: object = None,
    ) -> Prediction:
        """Answer once free, unless told to stop before."""
        del admission
        token = token or Token()
        self.asked.append((film.key, force))
        report("network", 0.5)
        while not self.free.wait(0.005):
            token.check()
        token.check()
        return self.put_right(film) if correct and self.put_right else self.answer(film, force)


def write_films(folder: Path, count: int, size: tuple[int, int] = (120, 100)) -> list[Path]:
    """Write so many different 16-bit PNG films and return their paths."""
    paths = []
    for number in range(count):
        pixels = np.add.outer(np.arange(size[0]) * 150, np.arange(size[1]) * 90) + 700 * number
        paths.append(folder / f"film {number + 1}.png")
        Image.fromarray(pixels.astype(np.uint16)).save(paths[-1])
    return paths


def names_of(paths: Sequence[Path]) -> list[str]:
    """Return file names."""
    return [path.name for path in paths]
