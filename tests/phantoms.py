"""Phantom films for tests: small, quick, cached, with the truth about what lies where on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian

from model.film.film import Film
from model.film.opening import open_film
from training.phantom import DEMONSTRATION, Exposure, Phantom, Projection, Truth, film, project
from training.phantom.film import Photometric
from training.phantom.geometry import ViewName

FIELD_MM = 403.2


@dataclass(frozen=True, slots=True)
class Pose:
    """Which phantom, and how: with or without opacities, from which side, how large a person, how many pixels."""

    size: int = 256
    opacities: bool = True
    view: ViewName = "PA"
    scale: float = 1.0


@lru_cache(maxsize=24)
def phantom_projection(pose: Pose = Pose()) -> Projection:
    """Return the exposure of the demonstration phantom, ``size`` pixels on a side."""
    person = replace(DEMONSTRATION if pose.opacities else Phantom(), scale=pose.scale)
    return project(person, Exposure(pose.size, pose.size, FIELD_MM * pose.scale / pose.size, pose.view))


def phantom_truth(pose: Pose = Pose()) -> Truth:
    """Return what is known of the film of the same pose: masks, boxes and widths."""
    return phantom_projection(pose).truth


@lru_cache(maxsize=24)
def phantom_film(pose: Pose = Pose(), photometric: Photometric = "MONOCHROME2", bits: int = 14) -> Film:
    """Return the film that ``open_film`` gives for the phantom's DICOM file."""
    with TemporaryDirectory() as folder:
        return open_film(phantom_file(Path(folder) / "phantom.dcm", pose, photometric, bits))


def phantom_file(
    path: Path,
    pose: Pose = Pose(),
    photometric: Photometric = "MONOCHROME2",
    bits: int = 14,
    syntax: UID = ExplicitVRLittleEndian,
) -> Path:
    """Write the film to ``path`` in any transfer syntax that pydicom can write and return the path."""
    dataset = film(phantom_projection(pose), photometric, bits)
    if syntax.is_compressed and syntax != DeflatedExplicitVRLittleEndian:
        dataset.compress(syntax, generate_instance_uid=False)
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.save_as(path, implicit_vr=syntax.is_implicit_VR, little_endian=True, enforce_file_format=True)
    return path
