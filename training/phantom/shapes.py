"""Implicit solids: signed distances in mm, negative inside, for arrays that broadcast against each other."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float32]
Point: TypeAlias = tuple[float, float, float]


class At(NamedTuple):
    """Places in the patient frame (x left, y back, z head; mm): three arrays that broadcast together."""

    x: Array
    y: Array
    z: Array


FAR_MM = 30.0
"""Beyond this distance solids do not touch each other's fillets."""


def ellipsoid(at: At, centre: Point, radii: Point) -> Array:
    """Return the approximate signed distance to an axis-parallel ellipsoid.

    Exact on the surface and to first order near it, which is where occupancy is decided. A sheet that
    passes the ellipsoid by ``FAR_MM`` or more gets that distance as one number.
    """
    for position, middle, radius in zip(at, centre, radii, strict=True):
        if position.size == 1 and abs(float(position.flat[0]) - middle) - radius > FAR_MM:
            return np.full((1, 1), FAR_MM, dtype=np.float32)
    a, b, c = (at.x - centre[0]) / radii[0], (at.y - centre[1]) / radii[1], (at.z - centre[2]) / radii[2]
    level = np.sqrt(a * a + b * b + c * c)
    a, b, c = a / radii[0], b / radii[1], c / radii[2]
    slope = np.sqrt(a * a + b * b + c * c) + 1e-6
    return np.asarray(level * (level - 1) / slope, dtype=np.float32)


def capsule(at: At, start: Point, end: Point, radius: float) -> Array:
    """Return the signed distance to a cylinder with round ends."""
    ax, ay, az = (end[i] - start[i] for i in range(3))
    length = ax * ax + ay * ay + az * az
    px, py, pz = at.x - start[0], at.y - start[1], at.z - start[2]
    along = np.clip((px * ax + py * ay + pz * az) / length, 0, 1)
    dx, dy, dz = px - along * ax, py - along * ay, pz - along * az
    return np.asarray(np.sqrt(dx * dx + dy * dy + dz * dz) - radius, dtype=np.float32)


def squircle(u: Array, v: Array) -> Array:
    """Return the norm of (u, v) whose unit circle lies midway between an ellipse and a rounded box."""
    p, q = u * u, v * v
    return np.asarray(0.5 * (np.sqrt(p + q) + np.sqrt(np.sqrt(p * p + q * q))), dtype=np.float32)


def column(x: Array, y: Array, half_width: Array, half_depth: Array, back: Array) -> Array:
    """Return the radial signed distance to an upright column of squircle section.

    ``half_width``, ``half_depth`` and ``back`` (the y of the axis) may change with height.
    """
    depth = y - back
    level = squircle(x / half_width, depth / half_depth) + 1e-6
    return np.asarray(np.sqrt(x * x + depth * depth) * (1 - 1 / level), dtype=np.float32)


def union(first: Array, second: Array, blend: float) -> Array:
    """Return the union of two solids with a fillet of about ``blend`` mm."""
    h = np.maximum(blend - np.abs(first - second), 0) / blend
    return np.asarray(np.minimum(first, second) - h * h * (blend / 4), dtype=np.float32)


def inside(distance: Array, edge: float) -> Array:
    """Return how much of a cell lies inside, 0 .. 1, with a ramp ``edge`` mm wide."""
    return np.asarray(np.clip(0.5 - distance / edge, 0, 1), dtype=np.float32)
