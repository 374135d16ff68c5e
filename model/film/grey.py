"""Grey-scale mathematics: from modality values to grey, the same for the screen and for the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film, VoiTable, Window

Grey = Window | VoiTable
"""What maps modality values to grey."""

SAMPLE_SIDE = 512
"""Films are sampled to about this many lines a side before statistics are taken."""


def apply_window(values: NDArray[Any], window: Window) -> NDArray[np.float32]:
    """Map modality values through a window to 0 .. 1 (PS3.3 C.11.2.1.2.1, C.11.2.1.3.1, C.11.2.1.3.2).

    Parameters
    ----------
    values
        Modality values, any shape, any integer or floating dtype.
    window
        LINEAR needs a width of at least 1; with exactly 1 it is a step above ``center - 0.5``.

    Returns
    -------
    numpy.ndarray
        float32, shape of ``values``.

    Raises
    ------
    ValueError
        When the width is not allowed for the window's function.
    """
    least = 1 if window.function == "LINEAR" else 0
    if not window.width >= least or window.width == 0:
        raise ValueError(f"A {window.function} window needs a width of at least 1, or above 0; got {window.width}.")
    if window.function == "SIGMOID":
        return _sigmoid(values, window)
    if window.function == "LINEAR":
        return _ramp(values, window.center - 0.5, window.width - 1)
    return _ramp(values, window.center, window.width)


def _working(values: NDArray[Any]) -> np.dtype[Any]:
    """Return the floating dtype that holds these values without loss."""
    return np.dtype(np.float32 if values.dtype.itemsize <= 2 or values.dtype == np.float32 else np.float64)


def _ramp(values: NDArray[Any], center: float, span: float) -> NDArray[np.float32]:
    work = _working(values)
    if span == 0:
        return (values > center).astype(np.float32)
    grey = values.astype(work)
    grey -= work.type(center - span / 2)
    grey *= work.type(1 / span)
    return np.clip(grey, 0, 1, out=grey).astype(np.float32, copy=False)


def _sigmoid(values: NDArray[Any], window: Window) -> NDArray[np.float32]:
    exponent = values.astype(_working(values))
    exponent -= exponent.dtype.type(window.center)
    exponent *= exponent.dtype.type(-4 / window.width)
    np.clip(exponent, -80, 80, out=exponent)
    np.exp(exponent, out=exponent)
    exponent += 1
    return np.asarray(np.reciprocal(exponent, out=exponent), dtype=np.float32)


def apply_table(values: NDArray[Any], table: VoiTable) -> NDArray[np.float32]:
    """Map modality values through a VOI LUT to 0 .. 1 of its output range (PS3.3 C.11.2.1.1).

    Parameters
    ----------
    values
        Modality values, any shape; fractions are rounded to the nearest entry.
    table
        The VOI LUT; values beyond its ends take its first or last entry.

    Returns
    -------
    numpy.ndarray
        float32, shape of ``values``.
    """
    grey = table.values.astype(np.float32) / np.float32(2**table.bits - 1)
    np.clip(grey, 0, 1, out=grey)
    entries = values if np.issubdtype(values.dtype, np.integer) else np.rint(values)
    places = np.clip(entries, table.first, table.first + len(grey) - 1).astype(np.int64) - table.first
    return np.asarray(grey[places], dtype=np.float32)


def apply_grey(values: NDArray[Any], grey: Grey) -> NDArray[np.float32]:
    """Map modality values through a window or a VOI LUT to 0 .. 1."""
    return apply_window(values, grey) if isinstance(grey, Window) else apply_table(values, grey)


def domain(dtype: np.dtype[Any]) -> NDArray[Any] | None:
    """Return every value of an integer dtype of at most 16 bits in the order of its unsigned bytes, else None.

    A look-up table made over this array is indexed by the values seen as unsigned of the same size.
    """
    if not np.issubdtype(dtype, np.integer) or dtype.itemsize > 2:
        return None
    return np.arange(2 ** (8 * dtype.itemsize), dtype=f"u{dtype.itemsize}").view(dtype)


def film_grey(film: Film, grey: Grey | None = None) -> NDArray[np.float32]:
    """Return a film as grey levels in its own polarity: 0 is black, 1 is white.

    Parameters
    ----------
    film
        The film; MONOCHROME1 and Presentation LUT Shape are honoured by ``film.low_is_white``. Padding
        becomes 0 (black) either way.
    grey
        Window or VOI LUT; None takes :func:`auto_window`.

    Returns
    -------
    numpy.ndarray
        float32, shape (rows, columns).
    """
    chosen = auto_window(film) if grey is None else grey
    every = domain(film.pixels.dtype)
    if every is None:
        shown = apply_grey(film.pixels, chosen)
    else:
        shown = apply_grey(every, chosen)[film.pixels.view(f"u{film.pixels.dtype.itemsize}")]
    if film.low_is_white:
        np.subtract(1, shown, out=shown)
    if film.padding is not None:
        shown[film.padding] = 0
    return shown


def auto_window(film: Film) -> Window:
    """Return a window computed from the film's own values, whatever its header says.

    Padding, constant borders (letterbox, shutters) and saturated values are left out; the window then
    spans the 0.5th to the 99.5th percentile of what remains.

    Returns
    -------
    Window
        LINEAR_EXACT, named "auto".
    """
    return sample_window(exposed_sample(film))


def sample_window(sample: Sample) -> Window:
    """Return the window of :func:`auto_window` from a sample of the film."""
    low, high = np.percentile(sample.values[sample.inside], (0.5, 99.5))
    return span_window(float(low), float(high), "auto")


def span_window(low: float, high: float, name: str) -> Window:
    """Return the LINEAR_EXACT window that maps ``low`` to 0 and ``high`` to 1; an empty span is widened."""
    width = high - low
    if width <= 0:
        width = 1.0
    return Window((low + high) / 2, width, "LINEAR_EXACT", name)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A film thinned out to few lines: enough for statistics, quick to take.

    ``values``: modality values, shape (rows, columns). ``inside``: bool of the same shape, True where
    the patient is pictured; never all False.
    """

    values: NDArray[Any]
    inside: NDArray[np.bool_]


def exposed_sample(film: Film) -> Sample:
    """Return a sample of the part of a film that was exposed: no constant border, padding or saturation."""
    step = max(1, film.rows // SAMPLE_SIDE), max(1, film.columns // SAMPLE_SIDE)
    values: NDArray[Any] = film.pixels[:: step[0], :: step[1]]
    valid = np.ones(values.shape, dtype=bool)
    if film.padding is not None and not film.padding.all():
        valid = ~film.padding[:: step[0], :: step[1]]
    content = _content(values)
    if valid[content].any():
        values, valid = values[content], valid[content]
    return Sample(values, _unsaturated(values, valid))


def _content(values: NDArray[Any]) -> tuple[slice, slice]:
    """Return rows and columns without the lines at the edges that hold one value."""
    low, high = np.percentile(values, (1, 99))
    tolerance = 0.02 * float(high - low)
    down, across = (_varied(np.percentile(values, (5, 95), axis=axis), tolerance) for axis in (1, 0))
    return down, across


def _varied(ends: NDArray[np.float64], tolerance: float) -> slice:
    lines = np.flatnonzero(ends[1] - ends[0] > tolerance)
    if len(lines) < 0.3 * ends.shape[1]:
        return slice(None)
    return slice(int(lines[0]), int(lines[-1]) + 1)


def _unsaturated(values: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Leave out the lowest and the highest hundredth of the range where more than 3 % of the pixels lie there."""
    low, high = float(values[valid].min()), float(values[valid].max())
    margin = 0.01 * (high - low)
    kept = valid.copy()
    for at_end in (values <= low + margin, values >= high - margin):
        if np.count_nonzero(at_end & valid) > 0.03 * np.count_nonzero(valid):
            kept &= ~at_end
    return kept if kept.any() else valid
