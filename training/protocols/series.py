"""The series: trainings on chosen films and what each says of the films it is judged on, kept run by run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from model import card as cards
from model.errors import NegatoscopeError
from model.net import weights
from model.net.architecture import PIXEL_CLASSES, FilmNetwork
from training import config as settings
from training import monitor, store, trials
from training.answers import GROWN
from training.config import Config
from training.datasets.row import Row
from training.fit import films_fingerprint
from training.machine import precision_of
from training.store import Store
from training.trials import Numbers, Trial

Shown = Literal["whole", "lungs out"]
Finding = Literal["opacity", "covid"]


class SeriesError(NegatoscopeError):
    """The films do not suffice for a protocol, or what was kept of a run belongs to others."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Films that a training is judged on, and whether they are shown whole or with the lungs blacked out."""

    rows: tuple[Row, ...]
    shown: Shown = "whole"


@dataclass(frozen=True, slots=True)
class Plan:
    """One training of a protocol: in which way, with which seed, what it learns from and, by name, is judged on.

    What the rows say counts, also where a protocol gives films other answers than the manifest. ``changes`` are
    settings as ``config.load`` takes them.
    """

    protocol: str
    way: str
    seed: int
    train: tuple[Row, ...]
    judged: Mapping[str, Judged]
    changes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its folder below that of all runs."""
        return f"{self.protocol}/{self.way.replace(' ', '-')}/{self.seed}"


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What one network says of films. All (n,): ``opacity`` and ``covid`` raw logits, ``extent`` opacity over lungs."""

    rows: tuple[Row, ...]
    opacity: NDArray[np.float64]
    covid: NDArray[np.float64]
    extent: NDArray[np.float64]

    def truth(self, finding: Finding) -> NDArray[np.bool_]:
        """Return what is true of each film; all must be known."""
        return np.array([getattr(row, finding) for row in self.rows], dtype=bool)

    @property
    def groups(self) -> list[str]:
        """The group of each film."""
        return [row.group or row.patient for row in self.rows]


class Pool:
    """All films of a manifest, decoded when they are first asked for.

    Parameters
    ----------
    root
        What paths are relative to.
    rows
        The films, whatever a protocol may say of them later.
    size
        Side of the networks' input.
    cache
        Folder for decoded films; None keeps them in memory only.
    """

    def __init__(self, root: Path, rows: Sequence[Row], size: int, cache: Path | None) -> None:
        self._root, self._rows, self._size, self._cache = root, tuple(rows), size, cache
        self._places = {row.path: place for place, row in enumerate(rows)}
        self._marked: dict[str, NDArray[np.bool_]] = {}

    def films(self, judged: Judged) -> Store:
        """Return these films with what these rows say of them."""
        kept = self._shown(self._store, judged.rows)
        if judged.shown == "whole":
            return kept
        lungs = self._lungs(judged.rows)
        return replace(kept, grey=np.where(lungs, 0, kept.grey).astype(np.uint8))

    @cached_property
    def _store(self) -> Store:
        return store.build(self._root, self._rows, store.side_for(self._size), self._cache)

    def _shown(self, whole: Store, rows: Sequence[Row]) -> Store:
        return replace(store.chosen(whole, [self._places[row.path] for row in rows]), rows=tuple(rows))

    def _lungs(self, rows: Sequence[Row]) -> NDArray[np.bool_]:
        """Return where the bundled network sees the lungs, widened as in every judging, (n, side, side)."""
        unmarked = [row for row in rows if row.path not in self._marked]
        if unmarked:
            network, card, _ = weights.read(cards.bundled())
            films = store.build(self._root, unmarked, store.side_for(card.input_size))
            said = monitor.answer(network, films, card.input_size, precision_of("auto"))
            lungs = said.pixels[:, PIXEL_CLASSES.index("lungs")] >= card.pixels.lungs
            marked = (_widened(mask, self._store.side) for mask in lungs)
            self._marked.update(zip((row.path for row in unmarked), marked, strict=True))
        return np.stack([self._marked[row.path] for row in rows])


def _widened(lungs: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    large = cv2.resize(lungs.astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR) >= 0.5
    radius = max(1, round(side * GROWN))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate(large.astype(np.uint8), kernel) > 0)


def run(
    plans: Sequence[Plan],
    base: tuple[str, tuple[str, ...]],
    pool: Pool,
    out: Path,
    tell: Callable[[str], None] = lambda text: None,
) -> dict[str, dict[str, Said]]:
    """Train every plan, or read what was kept of it, and return what was said: by plan, by set of judged films.

    Parameters
    ----------
    base
        Preset or TOML file, and settings for all runs; those of a plan come on top.
    out
        Folder of the runs.
    tell
        Called with a line after each run.
    """
    found = {}
    for number, plan in enumerate(plans, 1):
        config = settings.load(base[0], [*base[1], *plan.changes, f"seed={plan.seed}"])
        kept = _kept(plan, config, pool, out / plan.name)
        found[plan.name] = {name: _read(plan, name, kept) for name in plan.judged}
        tell(f"{plan.name}: {number} of {len(plans)} done")
    return found


def _kept(plan: Plan, config: Config, pool: Pool, folder: Path) -> Numbers:
    def measure(network: FilmNetwork) -> Numbers:
        return {name: _ask(network, judged, pool, config) for name, judged in plan.judged.items()}

    return trials.numbers(Trial(config, folder), lambda: pool.films(Judged(plan.train)), measure)


def _ask(network: FilmNetwork, judged: Judged, pool: Pool, config: Config) -> Numbers:
    said = monitor.answer(network, pool.films(judged), config.size, precision_of(config.precision))
    return {
        "films": films_fingerprint(judged.rows),
        "opacity": said.findings[:, 0].tolist(),
        "covid": said.findings[:, 1].tolist(),
        "extent": said.extent.tolist(),
    }


def _read(plan: Plan, name: str, kept: Numbers) -> Said:
    rows, said = plan.judged[name].rows, kept.get(name, {})
    if said.get("films") != films_fingerprint(rows):
        text = f"The run {plan.name} was judged on other films than it would be now; move its folder away."
        raise SeriesError("films", text)
    values = (np.array(said[column], np.float64) for column in ("opacity", "covid", "extent"))
    return Said(rows, *values)
