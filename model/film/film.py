"""The film: one frame of grey levels in modality values, with all that is needed to show it right."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

VoiFunction = Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]
SpacingSource = Literal["patient", "detector", "magnified", "raster", "hand"]


@dataclass(frozen=True, slots=True)
class Window:
    """One value-of-interest window of the film (PS3.3 C.11.2.1.2), in modality values.

    ``width`` is positive; LINEAR needs at least 1.
    """

    center: float
    width: float
    function: VoiFunction = "LINEAR"
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class VoiTable:
    """One VOI LUT (PS3.3 C.11.2.1.1): modality value ``first + i`` maps to ``values[i]``.

    ``values`` is uint16, shape (n,), read-only; output range is ``0 .. 2**bits - 1``.
    Inputs below and above the table take its first and last value.
    """

    first: int
    bits: int
    values: NDArray[np.uint16]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distance between pixel centres in mm: down a column (``row_mm``) and along a row (``column_mm``).

    ``source`` is what the distance holds for: "patient" (PixelSpacing, calibrated), "detector"
    (ImagerPixelSpacing at the detector face), "magnified" (ImagerPixelSpacing divided by
    EstimatedRadiographicMagnificationFactor), "raster" (resolution stored in a raster file), "hand"
    (a line of known length that the reader drew).
    Only films with a positive, finite spacing carry one at all.
    """

    row_mm: float
    column_mm: float
    source: SpacingSource


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file says of itself: container, coding and bit depth (for ``info`` and exports)."""

    format: str
    """"DICOM", "PNG", "JPEG", "TIFF", "BMP" or "WebP"."""
    transfer_syntax: str | None
    """Transfer Syntax UID, None for raster files."""
    photometric: str
    """DICOM Photometric Interpretation; raster files use MONOCHROME2 or RGB."""
    bits_stored: int
    signed: bool


@dataclass(frozen=True, slots=True)
class Description:
    """Words about patient and study; every field may be empty. All of it is hidden when anonymised."""

    patient_name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    age: str = ""
    study_date: str = ""
    study_time: str = ""
    study_description: str = ""
    series_description: str = ""
    modality: str = ""
    body_part: str = ""
    view: str = ""
    """View Position (0018,5101), e.g. "PA", "AP", "LL"."""
    laterality: str = ""
    institution: str = ""
    study_uid: str = ""
    series_uid: str = ""


@dataclass(frozen=True, slots=True)
class FilmWarning:
    """Something in the header that was not usable; the pixels are shown all the same."""

    code: str
    message: str
    """One sentence naming the tag."""


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """One frame of one film.

    ``pixels``: shape (rows, columns), read-only, modality values (PS3.3 C.11.1 applied), dtype
    uint8, uint16, int16, int32 or float32. Film coordinates are (row, column); pixel (0, 0) is the
    top left one and its centre lies at (0, 0), so the film spans -0.5 .. rows - 0.5.
    """

    key: str
    """Identity: SOP Instance UID, else "sha256:" and the content hash. Survives moving the file."""
    path: Path
    pixels: NDArray[np.generic]
    low_is_white: bool
    """True when low values are to be shown white (MONOCHROME1, or Presentation LUT Shape INVERSE)."""
    origin: Origin
    description: Description = field(default_factory=Description)
    windows: tuple[Window, ...] = ()
    tables: tuple[VoiTable, ...] = ()
    spacing: Spacing | None = None
    orientation: tuple[str, str] | None = None
    """Patient Orientation (0020,0020): directions of increasing column and of increasing row, e.g. ("L", "F")."""
    padding: NDArray[np.bool_] | None = None
    """True where a pixel is padding (PS3.3 C.7.5.1.1.2), shape (rows, columns); None when there is none."""
    frame: int = 0
    frames: int = 1
    frame_seconds: float | None = None
    warnings: tuple[FilmWarning, ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.pixels.shape[0])

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self.pixels.shape[1])
