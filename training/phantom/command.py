"""The command that writes a phantom film, and the demonstration film the application carries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from training.phantom.anatomy import DEMONSTRATION, Opacity, OpacityKind
from training.phantom.film import write
from training.phantom.projection import Exposure, project

_FIELD_MM = Exposure().columns * Exposure().spacing_mm


def phantom(
    out: Annotated[Path, typer.Argument(metavar="OUT.dcm", help="The DICOM file to write.")],
    opacity: Annotated[
        list[str] | None,
        typer.Option(
            help="An opacity as X,Y,Z,RADIUS[,ground_glass|consolidation] in mm: X to the patient's left, Y to the "
            "back, Z to the head. Repeatable; 'none' for healthy lungs; without it the demonstration's opacities."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Grows another person of the same build.", min=0)] = DEMONSTRATION.seed,
    size: Annotated[int, typer.Option(help="Pixels on a side.", min=64, max=4096)] = Exposure().columns,
) -> None:
    """Write a synthetic chest film (DX, JPEG 2000 lossless); the same options write the same file.

    Example: negatoscope-train phantom phantom.dcm --opacity 80,20,-30,25,consolidation --seed 3
    """
    opacities = DEMONSTRATION.opacities if opacity is None else tuple(_opacity(o) for o in opacity if o != "none")
    person = replace(DEMONSTRATION, opacities=opacities, seed=seed)
    written = project(person, Exposure(size, size, _FIELD_MM / size))
    write(out, written)
    typer.echo(f"{out}: {size} × {size} pixels, {len(opacities)} opacities")
    for one in written.truth.opacities:
        box = one.box
        typer.echo(f"  {one.opacity.kind}: row {box.row}, column {box.column}, {box.height} × {box.width} pixels")


def _opacity(text: str) -> Opacity:
    parts = text.split(",")
    kinds = get_args(OpacityKind)
    kind = parts[4] if len(parts) == 5 else kinds[0]
    try:
        x, y, z, radius = (float(part) for part in parts[:4])
    except ValueError:
        radius = 0.0
    if len(parts) > 5 or kind not in kinds or not radius > 0:
        raise typer.BadParameter(f"{text!r} is not X,Y,Z,RADIUS[,{'|'.join(kinds)}] with a radius above 0 mm.")
    return Opacity(x, y, z, (radius, radius, radius), cast(OpacityKind, kind))
