"""The phantom's DICOM file: every attribute a DX film needs, and the same picture in every photometric."""

from __future__ import annotations

import numpy as np
import pydicom
import pytest
from phantoms import Pose, phantom_file, phantom_film, phantom_projection
from pydicom.uid import UID, JPEG2000Lossless

from model.film.opening import open_film
from training.phantom import film, grey_levels, write

# Type 1 and 2 attributes of the DX Image For Presentation IOD (PS3.3 A.26 and the modules it names).
TYPE_1 = [
    "SOPClassUID",
    "SOPInstanceUID",
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "Modality",
    "PresentationIntentType",
    "ImageType",
    "PatientOrientation",
    "SamplesPerPixel",
    "PhotometricInterpretation",
    "BitsAllocated",
    "BitsStored",
    "HighBit",
    "PixelRepresentation",
    "PixelIntensityRelationship",
    "PixelIntensityRelationshipSign",
    "RescaleIntercept",
    "RescaleSlope",
    "RescaleType",
    "PresentationLUTShape",
    "LossyImageCompression",
    "BurnedInAnnotation",
    "ImageLaterality",
    "ImagerPixelSpacing",
    "Rows",
    "Columns",
    "PixelData",
    "WindowCenter",
    "WindowWidth",
]
TYPE_2 = [
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyDate",
    "StudyTime",
    "ReferringPhysicianName",
    "StudyID",
    "AccessionNumber",
    "SeriesNumber",
    "InstanceNumber",
    "Manufacturer",
    "AnatomicRegionSequence",
    "AcquisitionContextSequence",
    "DetectorType",
]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return pydicom.dcmread(phantom_file(tmp_path_factory.mktemp("film") / "phantom.dcm"))


def test_all_required_attributes_are_there(dataset):
    missing = [name for name in TYPE_1 if dataset.get(name) in (None, "")] + [n for n in TYPE_2 if n not in dataset]
    assert missing == []


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
