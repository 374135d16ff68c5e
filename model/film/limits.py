"""How large a film may be: bounds that are checked before any memory is taken."""

from __future__ import annotations

from model.errors import FilmError

MAX_SIDE = 65_535
"""Rows and Columns are 16-bit values in DICOM (PS3.3 C.7.6.3); no raster film is longer either."""

MAX_PIXELS = 1 << 27
"""134 megapixels of one frame: seven times the largest chest detector (4300 x 4300) and more than the
longest stitched spine film, yet below 1 GiB even while its grey levels are worked out in float32."""

SURELY_SMALL = 1 << 25
"""33 megapixels and below are decoded however small the compressed frame is: a blank film packs well."""

MAX_RATIO = 2_000
"""Pixels per compressed byte of a larger frame: films reach 100, a blank one with noise 1000; bombs a million."""

MAX_INFLATED = 1 << 28
"""256 MiB out of one deflated data set: a 14-bit film of the largest detector takes 37 MB."""

MAX_FRAMES = 1 << 20
"""More frames than any recording has; a larger Number of Frames is a damaged header."""

MAX_SAMPLES = 4
"""Grey has one sample per pixel, colour three, colour with a fourth plane four."""

LARGE_VALUE = 1 << 20
"""Header values above 1 MiB are left in the file: no tag a film is shown by is that long."""

MAX_NESTING = 64
"""Sequences nested deeper than this occur in no real object; reading them would exhaust the stack."""


def check_ratio(rows: int, columns: int, packed: int) -> None:
    """Refuse a compressed frame of ``packed`` bytes that claims far more pixels than it can hold.

    Raises
    ------
    FilmError
        ``too_large``.
    """
    if rows * columns > max(SURELY_SMALL, MAX_RATIO * packed):
        raise FilmError(
            "too_large",
            f"The image claims {columns} x {rows} pixels in {packed:,} bytes, which no film does; it was refused.",
        )


def check_size(rows: int, columns: int, samples: int = 1) -> None:
    """Refuse a film whose pixels could not be held.

    Parameters
    ----------
    rows, columns
        Declared size of one frame in pixels.
    samples
        Samples per pixel.

    Raises
    ------
    FilmError
        ``bad_size`` when a side is not positive, ``too_large`` beyond the bounds of this module.
    """
    if rows < 1 or columns < 1 or samples < 1:
        raise FilmError(
            "bad_size",
            f"The image says it is {columns} x {rows} pixels with {samples} samples each, so there is nothing to show; "
            "ask for the file to be sent again.",
        )
    if max(rows, columns) > MAX_SIDE or rows * columns > MAX_PIXELS or samples > MAX_SAMPLES:
        raise FilmError(
            "too_large",
            f"The image says it is {columns} x {rows} pixels with {samples} samples each, above the limit of "
            f"{MAX_PIXELS // 1_000_000} megapixels and {MAX_SAMPLES} samples; it is damaged or not a film.",
        )
