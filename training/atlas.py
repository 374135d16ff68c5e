"""The atlas of a network: its training films laid on the plane on which their answers part best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from model.errors import NegatoscopeError
from model.film import open_film
from model.net.atlas import UNKNOWN, Atlas
from model.net.predictor import Predictor
from training.datasets.row import Row
from training.samples import usable

USUAL_SHARE = 0.99
"""Of the training films, how many have another one within ``Atlas.gap``."""


class AtlasError(NegatoscopeError):
    """The training films do not span a plane."""


def fit(
    predictor: Predictor, root: Path, rows: Sequence[Row], tell: Callable[[float], None] = lambda share: None
) -> Atlas:
    """Lay the training films out.

    Linear discriminant analysis of the lung-pooled features with a shrunken covariance (Ledoit and Wolf 2004), between
    films without opacity, with opacity that is not COVID-19, and with COVID-19: three kinds part on two axes. Clear
    films lie to the right of COVID-19, and other opacities below both.

    Parameters
    ----------
    predictor
        The network whose features are used.
    root
        What the rows' paths are relative to.
    rows
        Training films only; those that teach the network nothing are left out.
    tell
        Called with the share done.

    Raises
    ------
    AtlasError
        When one of the three kinds has no film, or the network tells no films apart.
    """
    kept = usable(rows)
    kinds = np.array([_kind(row) for row in kept])
    if missing := [name for number, name in enumerate(_KINDS) if number not in kinds]:
        raise AtlasError("kinds", f"No training film is {', none is '.join(missing)}: there will be no feature map.")
    features = np.stack(list(_features(predictor, root, kept, tell)))
    axes, offset = _plane(features[kinds != UNKNOWN], kinds[kinds != UNKNOWN])
    points = (features @ axes.T + offset).astype(np.float32)
    sources = tuple(sorted({row.source for row in kept}))
    order = np.lexsort((points[:, 1], points[:, 0]))
    return Atlas(
        axes=axes.astype(np.float32),
        offset=offset.astype(np.float32),
        points=points[order],
        source=np.array([sources.index(row.source) for row in kept], np.uint8)[order],
        opacity=np.array([_as_number(row.opacity) for row in kept], np.int8)[order],
        covid19=np.array([_as_number(row.covid) for row in kept], np.int8)[order],
        gap=_usual_gap(points),
        sources=sources,
    )


_KINDS = ("clear", "opaque without COVID-19", "of COVID-19")


def _kind(row: Row) -> int:
    if row.covid:
        return 2
    return UNKNOWN if row.opacity is None else int(row.opacity)


def _as_number(answer: bool | None) -> int:
    return UNKNOWN if answer is None else int(answer)


def _features(
    predictor: Predictor, root: Path, rows: Sequence[Row], tell: Callable[[float], None]
) -> list[NDArray[np.float64]]:
    found = []
    for number, row in enumerate(rows):
        found.append(predictor.read(open_film(root / row.path)).features().astype(np.float64))
        tell((number + 1) / len(rows))
    return found


def _plane(features: NDArray[np.float64], kinds: NDArray[np.int_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return axes (2, features) and offset (2,), turned so that the kinds always lie the same way."""
    if not np.ptp(features, axis=0).any():
        raise AtlasError("flat", "The network gives all training films the same features: no feature map.")
    fitted = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto"))
    fitted.fit(features, kinds)
    offset = fitted.transform(np.zeros((1, features.shape[1])))[0]
    axes = (fitted.transform(np.eye(features.shape[1])) - offset).T
    clear, other, _ = (features[kinds == kind].mean(axis=0) @ axes.T + offset for kind in range(3))
    signs = np.where([clear[0] < 0, other[1] > 0], -1.0, 1.0)
    return axes * signs[:, None], offset * signs


def _usual_gap(points: NDArray[np.float32]) -> float:
    away, _ = NearestNeighbors(n_neighbors=2).fit(points).kneighbors(points)
    return float(np.quantile(away[:, 1], USUAL_SHARE))
