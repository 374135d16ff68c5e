"""The phantom's film: a projection as a DX image For Presentation (PS3.3 A.26), with every attribute it needs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    generate_uid,
)

from training.phantom.geometry import SOURCE_TO_DETECTOR_MM, ViewName
from training.phantom.marker import field
from training.phantom.processing import BITS, presented
from training.phantom.projection import Projection

Photometric = Literal["MONOCHROME1", "MONOCHROME2"]

_DATE, _TIME = "20200101", "120000"
_VIEW_CODES: dict[ViewName, tuple[str, str]] = {
    "PA": ("272479007", "postero-anterior"),
    "AP": ("399348003", "antero-posterior"),
    "LL": ("399173006", "left lateral"),
}
# Name, centre and width as shares of the full range of grey levels.
WINDOWS = (("STANDARD", 0.52, 0.92), ("LUNG", 0.38, 0.52), ("MEDIASTINUM", 0.66, 0.42))


def grey_levels(
    projection: Projection, bits: int = BITS, photometric: Photometric = "MONOCHROME2"
) -> NDArray[np.uint16]:
    """Return the stored values, shape (rows, columns), 0 .. 2**bits - 1; outside the collimator black."""
    shown = presented(projection.intensity, projection.exposure.spacing_mm)
    opened = field(projection.intensity.shape, projection.exposure.spacing_mm)
    levels = np.where(opened, np.rint(shown * np.float32(2**bits - 1)), 0).astype(np.uint16)
    return levels if photometric == "MONOCHROME2" else np.asarray(np.uint16(2**bits - 1) - levels)


def film(projection: Projection, photometric: Photometric = "MONOCHROME2", bits: int = BITS) -> Dataset:
    """Return ``projection`` as an uncompressed DX image For Presentation.

    Patient and study are plainly synthetic; the UIDs follow from the pixels, so that equal films are
    the same object. ``PixelSpacing`` is calibrated to the middle of the body (PS3.3 10.7.1.1, GEOMETRY).
    """
    levels = grey_levels(projection, bits, photometric)
    stored = levels.astype(np.uint8 if bits <= 8 else "<u2")
    digest = hashlib.sha256(stored.tobytes() + photometric.encode()).hexdigest()
    dataset = FileDataset("", {}, preamble=b"\0" * 128)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=["instance", digest])
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    _describe_patient_and_study(dataset, projection, digest)
    _describe_acquisition(dataset, projection)
    _describe_pixels(dataset, photometric, bits, levels.shape)
    dataset.PixelData = stored.tobytes() + b"\0" * (stored.nbytes % 2)
    dataset["PixelData"].VR = "OB" if bits <= 8 else "OW"
    return dataset


def write(path: Path, projection: Projection, photometric: Photometric = "MONOCHROME2") -> Dataset:
    """Write the film to ``path`` as JPEG 2000 lossless and return what was written."""
    dataset = film(projection, photometric)
    dataset.compress(JPEG2000Lossless, encoding_plugin="pylibjpeg", generate_instance_uid=False)
    dataset.save_as(path, enforce_file_format=True)
    return dataset


def _describe_patient_and_study(dataset: Dataset, projection: Projection, digest: str) -> None:
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID
    dataset.PatientName = "Phantom^Demonstration"
    dataset.PatientID = f"PHANTOM-{projection.exposure.seed}"
    dataset.PatientBirthDate = ""
    dataset.PatientSex = "O"
    dataset.StudyInstanceUID = generate_uid(entropy_srcs=["study", digest])
    dataset.SeriesInstanceUID = generate_uid(entropy_srcs=["series", digest])
    dataset.StudyDate = dataset.SeriesDate = dataset.AcquisitionDate = dataset.ContentDate = _DATE
    dataset.StudyTime = dataset.SeriesTime = dataset.AcquisitionTime = dataset.ContentTime = _TIME
    dataset.ReferringPhysicianName = ""
    dataset.AccessionNumber = ""
    dataset.StudyID = "1"
    dataset.StudyDescription = "Synthetic chest phantom"
    dataset.SeriesDescription = f"Chest {projection.exposure.view}, computed"
    dataset.SeriesNumber = dataset.InstanceNumber = 1
    dataset.Modality = "DX"
    dataset.PresentationIntentType = "FOR PRESENTATION"
    dataset.Manufacturer = "Negatoscope"
    dataset.ManufacturerModelName = "Torso phantom"
    dataset.ImageType = ["DERIVED", "PRIMARY", ""]
    dataset.DerivationDescription = "Computed from a mathematical torso; no person was exposed."
    dataset.ImageComments = "Synthetic image"


def _describe_acquisition(dataset: Dataset, projection: Projection) -> None:
    dataset.BodyPartExamined = "CHEST"
    dataset.AnatomicRegionSequence = Sequence([_code("816094009", "Chest")])
    dataset.ImageLaterality = "U"
    dataset.PatientOrientation = list(projection.orientation)
    dataset.ViewPosition = projection.exposure.view
    dataset.ViewCodeSequence = Sequence([_code(*_VIEW_CODES[projection.exposure.view])])
    dataset.ViewCodeSequence[0].ViewModifierCodeSequence = Sequence()
    dataset.AcquisitionContextSequence = Sequence()
    dataset.DetectorType = "SCINTILLATOR"
    dataset.KVP = "120"
    dataset.Grid = ["FOCUSED"]
    patient_mm = projection.exposure.spacing_mm / projection.magnification
    dataset.ImagerPixelSpacing = [f"{projection.exposure.spacing_mm:.6f}"] * 2
    dataset.PixelSpacing = [f"{patient_mm:.6f}"] * 2
    dataset.PixelSpacingCalibrationType = "GEOMETRY"
    dataset.PixelSpacingCalibrationDescription = "Middle of the body, from source and detector distance"
    dataset.DistanceSourceToDetector = f"{SOURCE_TO_DETECTOR_MM:.1f}"
    dataset.DistanceSourceToPatient = f"{SOURCE_TO_DETECTOR_MM / projection.magnification:.1f}"
    dataset.EstimatedRadiographicMagnificationFactor = f"{projection.magnification:.6f}"
    opened = field(projection.intensity.shape, projection.exposure.spacing_mm)
    rows, columns = np.flatnonzero(opened.any(axis=1)), np.flatnonzero(opened.any(axis=0))
    dataset.CollimatorShape = "RECTANGULAR"
    dataset.CollimatorUpperHorizontalEdge, dataset.CollimatorLowerHorizontalEdge = int(rows[0]), int(rows[-1]) + 2
    dataset.CollimatorLeftVerticalEdge, dataset.CollimatorRightVerticalEdge = int(columns[0]), int(columns[-1]) + 2


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "SCT", meaning
    return item


def _describe_pixels(dataset: Dataset, photometric: Photometric, bits: int, shape: tuple[int, ...]) -> None:
    inverted = photometric == "MONOCHROME1"
    top = 2**bits - 1
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = photometric
    dataset.Rows, dataset.Columns = shape
    dataset.BitsAllocated = 8 if bits <= 8 else 16
    dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = bits, bits - 1, 0
    dataset.PixelIntensityRelationship = "LOG"
    dataset.PixelIntensityRelationshipSign = 1 if inverted else -1
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = "0", "1", "US"
    dataset.PresentationLUTShape = "INVERSE" if inverted else "IDENTITY"
    dataset.LossyImageCompression = "00"
    dataset.BurnedInAnnotation = "NO"
    centres = [round(share * top) for _, share, _ in WINDOWS]
    # LINEAR windows are centred on c - 0.5 (PS3.3 C.11.2.1.2.1): a mirrored scale moves c to top - c + 1.
    dataset.WindowCenter = [str(top - c + 1 if inverted else c) for c in centres]
    dataset.WindowWidth = [str(round(share * top)) for _, _, share in WINDOWS]
    dataset.WindowCenterWidthExplanation = [name for name, _, _ in WINDOWS]
    dataset.VOILUTFunction = "LINEAR"
