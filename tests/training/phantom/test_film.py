"""The phantom's DICOM file: every attribute a DX film needs, and the same picture in every photometric."""

from __future__ import annotations

import numpy as np
import pydicom
import pytest
from highdicom._standard_utils import get_iod_module_map, get_module_attribute_map, get_sop_class_iod_map
from phantoms import Pose, phantom_file, phantom_film, phantom_projection
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from model.film.opening import open_film
from training.phantom import film, grey_levels, write


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return pydicom.dcmread(phantom_file(tmp_path_factory.mktemp("film") / "phantom.dcm"))


def test_every_mandatory_module_of_the_dx_object_is_complete(dataset):
    """The tables of PS3.3 that highdicom carries name what must be there (type 1, 2) and filled (type 1)."""
    modules = get_module_attribute_map()
    mandatory = [
        m["key"] for m in get_iod_module_map()[get_sop_class_iod_map()[dataset.SOPClassUID]] if m["usage"] == "M"
    ]
    wanted = [a for key in mandatory for a in modules[key] if not a["path"] and a["type"] in ("1", "2")]
    assert len(wanted) > 40
    assert [a["keyword"] for a in wanted if a["keyword"] not in dataset] == []
    assert [a["keyword"] for a in wanted if a["type"] == "1" and dataset[a["keyword"]].is_empty] == []


def test_uids_are_valid_and_deterministic(dataset):
    again = film(phantom_projection())
    for name in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        assert UID(dataset[name].value).is_valid
        assert dataset[name].value == again[name].value
    assert dataset.SOPInstanceUID != film(phantom_projection(Pose(opacities=False))).SOPInstanceUID


def test_the_person_is_plainly_synthetic(dataset):
    assert str(dataset.PatientName) == "Phantom^Demonstration"
    assert "Synthetic" in dataset.StudyDescription


def test_spacing_is_that_of_the_middle_of_the_body(dataset):
    factor = float(dataset.EstimatedRadiographicMagnificationFactor)
    assert factor == pytest.approx(float(dataset.DistanceSourceToDetector) / float(dataset.DistanceSourceToPatient))
    assert float(dataset.PixelSpacing[0]) * factor == pytest.approx(float(dataset.ImagerPixelSpacing[0]))


@pytest.mark.parametrize(("view", "letters"), [("PA", ("L", "F")), ("AP", ("L", "F")), ("LL", ("P", "F"))])
def test_orientation_follows_the_view(view, letters):
    assert phantom_film(Pose(size=128, view=view)).orientation == letters


def test_the_letter_is_on_the_patients_left_side():
    pixels = phantom_film().pixels.astype(float)
    corner = pixels[10:45, 225:250]
    assert corner.max() > 0.95 * (2**14 - 1)
    assert corner.max() > pixels[10:45, 6:31].max() + 2000


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_monochrome1_is_the_exact_complement(bits):
    low, high = (phantom_film(photometric=p, bits=bits) for p in ("MONOCHROME1", "MONOCHROME2"))
    assert low.low_is_white and not high.low_is_white
    assert np.array_equal(low.pixels, 2**bits - 1 - high.pixels.astype(int))


def test_both_photometrics_render_the_same_through_every_window():
    low, high = (phantom_film(photometric=p) for p in ("MONOCHROME1", "MONOCHROME2"))
    for first, second in zip(low.windows, high.windows, strict=True):
        assert first.name == second.name

        def ramp(film, window):
            return np.clip((film.pixels - (window.center - 0.5)) / (window.width - 1) + 0.5, 0, 1)

        assert np.allclose(1 - ramp(low, first), ramp(high, second), atol=1e-9)


def test_compression_loses_nothing(tmp_path):
    write(tmp_path / "small.dcm", phantom_projection())
    small = open_film(tmp_path / "small.dcm")
    assert small.origin.transfer_syntax == JPEG2000Lossless
    assert np.array_equal(small.pixels, grey_levels(phantom_projection()))
    assert small.warnings == ()


def test_outside_the_collimator_is_black():
    pixels = phantom_film().pixels
    assert pixels[0].max() == pixels[-1].max() == pixels[:, 0].max() == pixels[:, -1].max() == 0


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize("bits", [8, 12, 16])
@pytest.mark.parametrize(
    "syntax",
    [ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, RLELossless, JPEGLSLossless, JPEG2000Lossless],
    ids=lambda uid: uid.name.split(" (")[0],
)
def test_every_lossless_syntax_brings_back_the_same_pixels(tmp_path, photometric, bits, syntax):
    path = phantom_file(tmp_path / "phantom.dcm", Pose(size=128), photometric, bits, syntax)
    film = open_film(path)
    assert film.origin.transfer_syntax == syntax
    assert np.array_equal(film.pixels, grey_levels(phantom_projection(Pose(size=128)), bits, photometric))
