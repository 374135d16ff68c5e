"""Keeping the reader's choices on disk, film by film, and taking them up again."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import Any

from model.errors import NegatoscopeError
from model.film.film import Film, Spacing, Window
from viewer.display.look import Aids, GreyTable, Look, Pose
from viewer.measure import shapes
from viewer.session import verdicts
from viewer.session.edits import Edits
from viewer.session.store import Store


class KeptError(NegatoscopeError):
    """What was kept for a film cannot be understood; the next choice replaces it."""


class Keeper:
    """Writes down choices as they are made; every kind of choice in one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._written: dict[str, Edits] = {}

    def kept(self, film: Film, first: Look) -> Edits:
        """Return what was chosen for this film before, starting from the look ``first``.

        Raises
        ------
        KeptError
            When something was kept that cannot be understood.
        """
        choices = self._store.choices(film.key)
        try:
            look = look_from(choices["look"], film) if "look" in choices else first
            edits = drawings_from(choices["drawings"], look) if "drawings" in choices else Edits(look)
        except (ValueError, KeyError, TypeError) as error:
            raise KeptError(
                "kept_unusable",
                f"What was kept for this film cannot be understood ({error}); it hangs as if it were new.",
            ) from error
        self._written[film.key] = edits
        return edits

    def keep(self, key: str, edits: Edits, first: Look) -> None:
        """Write down what is chosen for a film now, when it differs from what is written.

        Raises
        ------
        StoreError
            When nothing can be written.
        """
        written = self._written.get(key, Edits(first))
        if edits.look != written.look:
            self._store.keep_choice(key, "look", None if edits.look == first else look_record(edits.look))
        bare = replace(edits, look=written.look)
        if bare != written:
            self._store.keep_choice(key, "drawings", drawings_record(edits))
        self._written[key] = edits


def look_record(look: Look) -> dict[str, Any]:
    """Return a look as plain values for JSON."""
    grey = {"table": look.grey.index} if isinstance(look.grey, GreyTable) else asdict(look.grey)
    return {"grey": grey, "inverted": look.inverted, "pose": asdict(look.pose), "aids": asdict(look.aids)}


def look_from(record: dict[str, Any], film: Film) -> Look:
    """Return the look that ``look_record`` wrote down.

    Raises
    ------
    ValueError, KeyError, TypeError
        When it is no look of this film.
    """
    raw = record["grey"]
    grey: Window | GreyTable
    if "table" in raw:
        grey = GreyTable(int(raw["table"]))
        if not 0 <= grey.index < len(film.tables):
            raise ValueError("the film has no such table")
    else:
        grey = Window(**raw)
        usable = math.isfinite(grey.center) and math.isfinite(grey.width) and grey.width > 0
        if not usable or grey.function not in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
            raise ValueError("the window is not usable")
    pose = Pose(**record["pose"])
    if pose.quarter_turns not in (0, 1, 2, 3):
        raise ValueError("there is no such pose")
    return Look(grey, bool(record["inverted"]), pose, Aids(**record["aids"]))


def drawings_record(edits: Edits) -> dict[str, Any] | None:
    """Return drawings, verdicts and calibration as plain values for JSON; None when there are none."""
    if not (edits.shapes or edits.verdicts or edits.calibration):
        return None
    calibration = edits.calibration
    return {
        "shapes": [shapes.to_record(shape) for shape in edits.shapes],
        "verdicts": [verdicts.to_record(verdict) for verdict in edits.verdicts],
        "calibration": None if calibration is None else [calibration.row_mm, calibration.column_mm],
    }


def drawings_from(record: dict[str, Any], look: Look) -> Edits:
    """Return the choices that ``drawings_record`` wrote down, with a look.

    Raises
    ------
    ValueError, KeyError, TypeError
        When the record is not usable.
    """
    spacing = None
    if record["calibration"] is not None:
        row_mm, column_mm = (float(mm) for mm in record["calibration"])
        if not (0 < row_mm < math.inf and 0 < column_mm < math.inf):
            raise ValueError("the calibration is not usable")
        spacing = Spacing(row_mm, column_mm, "hand")
    return Edits(
        look,
        tuple(shapes.from_record(shape) for shape in record["shapes"]),
        tuple(verdicts.from_record(verdict) for verdict in record["verdicts"]),
        spacing,
    )
