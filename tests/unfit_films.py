"""Films no network should answer for: from the side, turned, inverted, blank, a limb, a test pattern."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from phantoms import Pose, phantom_film

from model.film.film import Film
from training.phantom.crossing import areal_density
from training.phantom.detector import primary, read_out
from training.phantom.geometry import RayGrid, beam
from training.phantom.processing import presented
from training.phantom.tubes import chain, join, shell

TOP = 2**14 - 1


def with_pixels(levels: NDArray[np.generic], name: str) -> Film:
    """Return a film of these grey levels (0 .. 1), upright as the phantom's, with its own identity."""
    pixels = np.rint(np.clip(levels, 0, 1) * TOP).astype(np.uint16)
    pixels.flags.writeable = False
    return replace(phantom_film(), key=f"test:{name}", pixels=pixels, windows=(), orientation=None, spacing=None)


def _levels(film: Film) -> NDArray[np.float64]:
    return film.pixels / TOP


def lateral() -> Film:
    """Return the phantom from its left side, a healthy film."""
    return phantom_film(Pose(view="LL", opacities=False))


def inverted() -> Film:
    """Return the frontal phantom with white lungs, as a file with the wrong photometric would show it."""
    return with_pixels(1 - _levels(phantom_film()), "inverted")


def turned(quarters: int) -> Film:
    """Return the frontal phantom turned counter-clockwise."""
    return with_pixels(np.rot90(_levels(phantom_film()), quarters), f"turned {quarters}")


def upside_down() -> Film:
    """Return the frontal phantom standing on its head."""
    return turned(2)


def lying() -> Film:
    """Return the frontal phantom lying on its side."""
    return turned(1)


def child() -> Film:
    """Return a frontal film of a person half as tall."""
    return phantom_film(Pose(scale=0.5))


def abdomen() -> Film:
    """Return the lower quarter of the frontal phantom: no lung but the lowest recess."""
    part = _levels(phantom_film(Pose(size=512)))[392:502, 100:412]
    return with_pixels(np.kron(part, np.ones((3, 3))), "abdomen")


def blank(level: float = 0.5, size: int = 256) -> Film:
    """Return a film of one grey level with faint noise."""
    noise = np.random.default_rng(1).normal(0, 0.004, (size, size))
    return with_pixels(level + noise, f"blank {level}")


def noise(size: int = 256) -> Film:
    """Return a film of nothing but noise."""
    return with_pixels(np.random.default_rng(2).random((size, size)), "noise")


def limb(size: int = 256) -> Film:
    """Return a lower leg: two long bones in soft tissue."""
    grid, rays = RayGrid(size, size, 1.0), beam("PA")
    z = np.linspace(-180, 180, 60)

    def along(x: float, bow: float) -> NDArray[np.float64]:
        return np.stack([x + bow * np.cos(z / 115), np.zeros_like(z), z], axis=1)

    def round_section(radius: NDArray[np.float64] | float) -> NDArray[np.float64]:
        return np.repeat(np.broadcast_to(radius, z.shape)[:, None], 2, axis=1)

    facing = np.array([0.0, 1.0, 0.0])
    flesh = chain(along(0, 0), round_section(46 + 14 * np.sin(z / 150 + 0.5)), facing, 1.05)
    shin = shell(along(12, 3), round_section(13 + 9 * (np.abs(z) / 180) ** 6), facing, 4.0, (1.8, 0.1))
    calf = shell(along(-24, -5), round_section(6.5), facing, 2.2, (1.8, 0.1))
    soft, bone = areal_density(flesh, rays, grid), areal_density(join([shin, calf]), rays, grid)
    signal = read_out(primary(soft, np.zeros_like(soft), bone), 1.0, np.random.default_rng(3))
    return with_pixels(presented(signal, 1.0), "limb")


def smpte(size: int = 256) -> Film:
    """Return a drawn test pattern after SMPTE RP 133: grey patches, 5 % and 95 % insets, bars, grid, border."""
    levels = np.full((size, size), 0.5)
    cell = size // 16
    levels[::cell], levels[:, ::cell] = 0.75, 0.75
    shades = np.concatenate([np.linspace(0, 1, 11)])
    for i, shade in enumerate(shades):
        column = (2 + i) * cell
        levels[7 * cell : 8 * cell, column : column + cell] = shade
    levels[8 * cell : 10 * cell, 4 * cell : 6 * cell] = 0.0
    levels[8 * cell + cell // 2 : 9 * cell + cell // 2, 4 * cell + cell // 2 : 5 * cell + cell // 2] = 0.05
    levels[8 * cell : 10 * cell, 10 * cell : 12 * cell] = 1.0
    levels[8 * cell + cell // 2 : 9 * cell + cell // 2, 10 * cell + cell // 2 : 11 * cell + cell // 2] = 0.95
    pairs = np.arange(2 * cell) // 2 % 2
    for corner in ((cell, cell), (cell, 13 * cell), (13 * cell, cell), (13 * cell, 13 * cell), (3 * cell, 7 * cell)):
        window = (slice(corner[0], corner[0] + 2 * cell), slice(corner[1], corner[1] + 2 * cell))
        levels[window] = pairs[None] if corner[0] < 8 * cell else pairs[:, None]
    levels[11 * cell : 12 * cell, 2 * cell : 14 * cell] = np.linspace(0, 1, 12 * cell)
    levels[[0, 1, -2, -1]], levels[:, [0, 1, -2, -1]] = 1.0, 1.0
    return with_pixels(levels, "smpte")


UNFIT: dict[str, Callable[[], Film]] = {
    "lateral": lateral,
    "inverted": inverted,
    "upside down": upside_down,
    "lying": lying,
    "abdomen": abdomen,
    "blank": blank,
    "noise": noise,
    "limb": limb,
    "smpte": smpte,
}
"""Films that are to be refused, by name."""
