"""Photographed films: a film on a wall, a desk or a screen as a telephone sees it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.negatives.picture import Grey

SIDE = 384
Plane = NDArray[np.float32]


def photographed(film: Grey, random: Generator) -> Grey:
    """Return a photograph, uint8, ``SIDE`` pixels on its longer side, of a film hanging aslant before something else.

    Perspective, what stands behind, the screen's moiré, uneven light, glare and a soft lens are drawn by chance.
    """
    shape = (SIDE, round(SIDE * random.uniform(0.7, 1.0)))[:: 1 if random.random() < 0.5 else -1]
    corners = _corners(film.shape, shape, random)
    rows, columns = film.shape
    own = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(own, corners)
    seen = cv2.warpPerspective(film, matrix, shape[::-1], flags=cv2.INTER_AREA).astype(np.float32)
    where = cv2.warpPerspective(np.full_like(film, 255), matrix, shape[::-1]).astype(np.float32) / 255
    if random.random() < 0.5:
        seen *= _moire(shape, random)
    light = random.uniform(0.5, 0.95) * seen + random.uniform(5, 60)
    whole = where * light + (1 - where) * _behind(shape, random)
    whole = whole * _shading(shape, random) + _glare(shape, corners, random)
    return np.clip(cv2.GaussianBlur(whole, (0, 0), random.uniform(0.4, 1.2)), 0, 255).astype(np.uint8)


def _corners(film: tuple[int, ...], shape: tuple[int, ...], random: Generator) -> Plane:
    """Return where the film's corners lie in the photograph, (4, 2) as x, y: tilted, turned and off the middle."""
    half = min(shape[0] / film[0], shape[1] / film[1]) * random.uniform(0.55, 0.85) / 2
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([film[1], film[0]]) * half
    square *= random.uniform(0.82, 1.0, (4, 2))
    angle = np.deg2rad(random.uniform(2, 12)) * random.choice([-1, 1])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = np.array([shape[1], shape[0]]) * random.uniform(0.45, 0.55, 2)
    return np.asarray(square @ turn + middle, np.float32)


def _behind(shape: tuple[int, ...], random: Generator) -> Plane:
    """Return what the film hangs before: a light box, a wall, a frame around a screen, something with a grain."""
    plain = np.full(shape, random.uniform(15, 250), np.float32)
    coarse = random.normal(0, random.uniform(0, 60), (int(random.integers(2, 8)),) * 2).astype(np.float32)
    grain = random.normal(0, random.uniform(1, 8), shape).astype(np.float32)
    return plain + cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC) + grain


def _moire(shape: tuple[int, ...], random: Generator) -> Plane:
    """Return the beat between the screen's pixels and the camera's: bent stripes around 1."""
    rows, columns = np.indices(shape, np.float32)
    across = random.normal(0, 1, 2) * random.uniform(0.1, 0.9)
    bend = random.uniform(-2e-3, 2e-3) * rows * columns / 40
    wave = np.sin(across[0] * rows + across[1] * columns + bend)
    return np.asarray(1 + random.uniform(0.04, 0.15) * wave, np.float32)


def _shading(shape: tuple[int, ...], random: Generator) -> Plane:
    coarse = random.uniform(0.7, 1.1, (2, 2)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def _glare(shape: tuple[int, ...], corners: Plane, random: Generator) -> Plane:
    """Return the reflections of lamps on the film, grey levels to be added."""
    rows, columns = np.indices(shape, np.float32)
    glare = np.zeros(shape, np.float32)
    for _ in range(int(random.integers(0, 3))):
        weights = random.dirichlet(np.ones(4))
        x, y = weights @ corners
        wide, high = random.uniform(8, 50, 2)
        glare += random.uniform(60, 220) * np.exp(-(((columns - x) / wide) ** 2) - ((rows - y) / high) ** 2)
    return glare
