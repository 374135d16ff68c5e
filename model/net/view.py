"""The view: what kind of picture this is, read off the network's own features by one linear layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from model.net.architecture import LAYER_19_STRIDE
from model.net.reading import Reading

View = Literal[
    "frontal",
    "lateral",
    "cross_section",
    "not_chest",
    "photograph",
    "child",
    "inverted",
    "turned_90",
    "turned_180",
    "turned_270",
]
"""A frontal chest film of an adult, upright and of right polarity; or what else.

``not_chest`` are radiographs of other parts, ``photograph`` is whatever is no radiograph. Turns are clockwise.
"""
VIEWS: tuple[View, ...] = get_args(View)
PLAN_SIDE = 8
"""The marks of the network are told as a plan of this many cells a side."""


@dataclass(frozen=True, slots=True, eq=False)
class ViewHead:
    """The linear layer: ``weight`` (views, descriptors) and ``bias`` (views,), float32, rows as ``VIEWS``."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.weight.ndim != 2 or self.weight.shape[0] != len(VIEWS) or self.bias.shape != (len(VIEWS),):
            raise ValueError(f"the view layer must have {len(VIEWS)} rows")

    def probabilities(self, described: NDArray[np.float32]) -> dict[View, float]:
        """Return the probability of every view."""
        odds = self.weight.astype(np.float64) @ described + self.bias
        raised = np.exp(odds - odds.max())
        return dict(zip(VIEWS, (raised / raised.sum()).tolist(), strict=True))


def describe(reading: Reading) -> NDArray[np.float32]:
    """Return what the view is told from: float32, shape (descriptors,).

    Lung-pooled features of the deepest layer, mean and spread of every channel of layer 19 over the film, and coarse
    plans of lungs, heart and opacity over the square input.
    """
    output = reading.output
    inside = reading.prepared.inside[LAYER_19_STRIDE // 2 :: LAYER_19_STRIDE, LAYER_19_STRIDE // 2 :: LAYER_19_STRIDE]
    layer = _array(output.layer19[0])[:, inside]
    plans = [_plan(reading.pixels(kind)) for kind in ("lungs", "heart", "opacity")]
    return np.concatenate([reading.features(), layer.mean(axis=1), layer.std(axis=1), *plans])


def _plan(values: NDArray[np.float32]) -> NDArray[np.float32]:
    small = cv2.resize(values, (PLAN_SIDE, PLAN_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32).ravel()


def _array(tensor: Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.float().numpy(), dtype=np.float32)
