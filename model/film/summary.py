"""What a film says of itself, as labelled lines for people and for programs."""

from __future__ import annotations

from model.film.decoders import syntax_name
from model.film.film import Film, Spacing, Window

_SOURCES = {
    "patient": "in the patient (calibrated)",
    "detector": "at the detector (not corrected for magnification)",
    "magnified": "in the patient (detector spacing divided by the magnification)",
    "raster": "stored in the image file",
}


def describe(film: Film) -> dict[str, str]:
    """Describe format, grey levels and geometry of a film; no patient data.

    Parameters
    ----------
    film
        An open film.

    Returns
    -------
    dict
        Label to text, in the order to be printed; warnings come last, one sentence a line.
    """
    return {
        "format": film.origin.format,
        "syntax": _syntax(film.origin.transfer_syntax),
        "size": f"{film.columns} x {film.rows} pixels"
        + (f", frame {film.frame + 1} of {film.frames}" if film.frames > 1 else ""),
        "photometric": film.origin.photometric + (", low values white" if film.low_is_white else ""),
        "bits": f"{film.origin.bits_stored} {'signed' if film.origin.signed else 'unsigned'}",
        "values": f"{_short(film.pixels.min())} to {_short(film.pixels.max())} ({film.pixels.dtype})",
        "windows": "; ".join(map(_window, film.windows)) or "none",
        "VOI tables": str(len(film.tables)) if film.tables else "none",
        "padding": "none" if film.padding is None else f"{film.padding.mean():.1%} of the pixels",
        "spacing": describe_spacing(film.spacing),
        "orientation": "\\".join(film.orientation) if film.orientation else "unknown",
        "modality": film.description.modality or "unknown",
        "view": film.description.view or "unknown",
        "warnings": "\n".join(warning.message for warning in film.warnings) or "none",
    }


def describe_spacing(spacing: Spacing | None) -> str:
    """Describe the distance between pixels and what it holds for."""
    if spacing is None:
        return "unknown, lengths are in pixels"
    return f"{spacing.row_mm:.4g} x {spacing.column_mm:.4g} mm {_SOURCES[spacing.source]}"


def _syntax(uid: str | None) -> str:
    if uid is None:
        return "none"
    return f"{syntax_name(uid)} ({uid})"


def _window(window: Window) -> str:
    return f"{_short(window.center)}/{_short(window.width)} {window.function} {window.name}".rstrip()


def _short(value: object) -> str:
    return f"{float(value):g}"  # type: ignore[arg-type]
