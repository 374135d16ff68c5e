"""Size and orientation: millimetres between pixels and where they hold, and which way the patient faces."""

from __future__ import annotations

import numpy as np

from model.film.film import Spacing, SpacingSource
from model.film.header import Header, name_of

FINEST_MM = 0.005
"""Finer pixels than 5 µm exist on no detector."""
COARSEST_MM = 10.0
"""Coarser pixels than 10 mm show no chest."""
LARGEST_MAGNIFICATION = 5.0
"""Source-to-detector over source-to-patient distance; chest films have 1.02 to 1.3."""

PROJECTION_MODALITIES = frozenset({"CR", "DX", "RG", "DR", "XA", "RF", "MG", "IO", "PX", "RTIMAGE"})
_OPPOSITES = {"A": "P", "P": "A", "L": "R", "R": "L", "H": "F", "F": "H"}


def read_spacing(header: Header, modality: str) -> Spacing | None:
    """Read the distance between pixel centres and what it holds for (PS3.3 10.7.1).

    In a projection radiograph Pixel Spacing is a distance within the patient only when it was calibrated:
    Pixel Spacing Calibration Type says so, or it differs from Imager Pixel Spacing. Otherwise it is the
    distance at the detector, which Estimated Radiographic Magnification Factor brings to the patient.

    Parameters
    ----------
    header
        The data set.
    modality
        Modality (0008,0060).
    """
    plain = _pair(header, "PixelSpacing")
    imager = _pair(header, "ImagerPixelSpacing") or _pair(header, "NominalScannedPixelSpacing")
    if plain and modality not in PROJECTION_MODALITIES and not imager:
        return _spacing(plain, "patient")
    if plain and (header.word("PixelSpacingCalibrationType") or (imager and not np.allclose(plain, imager, rtol=1e-4))):
        return _spacing(plain, "patient")
    at_detector = imager or plain
    if at_detector is None:
        _warn_of_shape(header)
        return None
    factor = _magnification(header)
    if factor is None:
        return _spacing(at_detector, "detector")
    return _spacing((at_detector[0] / factor, at_detector[1] / factor), "magnified")


def _pair(header: Header, keyword: str) -> tuple[float, float] | None:
    values = header.numbers(keyword)
    if not values:
        return None
    if len(values) != 2 or not all(FINEST_MM <= value <= COARSEST_MM for value in values):
        shown = "\\".join(f"{value:g}" for value in values)
        header.warn(
            "spacing_invalid", f"{name_of(keyword)} is {shown} mm, which cannot be; it is not used for measuring."
        )
        return None
    return values[0], values[1]


def _spacing(pair: tuple[float, float], source: SpacingSource) -> Spacing:
    return Spacing(row_mm=pair[0], column_mm=pair[1], source=source)


def _magnification(header: Header) -> float | None:
    factor = header.number("EstimatedRadiographicMagnificationFactor")
    if factor is None:
        return None
    if not 1 <= factor <= LARGEST_MAGNIFICATION:
        header.warn(
            "magnification_invalid",
            f"{name_of('EstimatedRadiographicMagnificationFactor')} is {factor:g}, which cannot be; lengths "
            "hold at the detector.",
        )
        return None
    return factor


def _warn_of_shape(header: Header) -> None:
    ratio = header.numbers("PixelAspectRatio")
    if len(ratio) == 2 and ratio[0] > 0 and ratio[1] > 0 and ratio[0] != ratio[1]:
        header.warn(
            "aspect",
            f"{name_of('PixelAspectRatio')} says the pixels are not square ({ratio[0]:g}:{ratio[1]:g}); "
            "they are shown square.",
        )


def read_orientation(header: Header) -> tuple[str, str] | None:
    """Read the directions of increasing column and of increasing row (PS3.3 C.7.6.1.1.1).

    Falls back to Image Orientation (Patient) where there is one. None when missing; None with a warning
    when it is none of the patient directions.
    """
    value = header.get("PatientOrientation")
    if value is not None:
        parts = [value] if isinstance(value, str) else [str(part) for part in value]
        directions = [part.strip().upper() for part in parts]
        if any(directions):
            return _checked(header, directions)
    return _from_cosines(header.numbers("ImageOrientationPatient"))


def _checked(header: Header, directions: list[str]) -> tuple[str, str] | None:
    if len(directions) == 2 and all(map(_is_direction, directions)):
        along, down = directions
        if along[0] not in (down[0], _OPPOSITES[down[0]]):
            return along, down
    header.warn(
        "orientation_invalid",
        f"{name_of('PatientOrientation')} does not name two directions of the patient; the orientation is unknown.",
    )
    return None


def _is_direction(text: str) -> bool:
    """Tell whether the letters are patient directions, no axis twice."""
    axes = [min(letter, _OPPOSITES.get(letter, "~")) for letter in text]
    return 1 <= len(text) <= 3 and all(letter in _OPPOSITES for letter in text) and len(set(axes)) == len(axes)


def _from_cosines(cosines: tuple[float, ...]) -> tuple[str, str] | None:
    if len(cosines) != 6:
        return None
    along, down = _letter(cosines[:3]), _letter(cosines[3:])
    return (along, down) if along and down and along not in (down, _OPPOSITES[down]) else None


def _letter(direction: tuple[float, ...]) -> str:
    axis = int(np.argmax(np.abs(direction)))
    return "" if not direction[axis] else "LPH"[axis] if direction[axis] > 0 else "RAF"[axis]
