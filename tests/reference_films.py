"""One table of films with known pixel values: every way greys are stored, every way pixels are compressed.

``GREY_FILMS`` crosses photometric interpretation, bit depth, sign, grey-scale transform and presentation
LUT shape in small uncompressed films. ``SYNTAX_FILMS`` has every transfer syntax with the depths and signs
it allows, ``COLOUR_FILMS`` colour in its layouts, ``FRAME_FILMS`` several frames. Each film is made in
memory when asked for and knows the modality values that opening it must give.

Run as a program it writes the films bundled for the self-test: ``python tests/reference_films.py FOLDER``.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import imagecodecs
import jpeg_ls
import numpy as np
from numpy.typing import NDArray
from openjpeg.utils import encode_array as encode_jpeg_2000
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID, generate_uid

from model.film.film import VoiTable, Window

Array = NDArray[Any]

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
DEFLATED = "1.2.840.10008.1.2.1.99"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
RLE = "1.2.840.10008.1.2.5"
HTJ2K = "1.2.840.10008.1.2.4.201"
NATIVE = (IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN)

DX_FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.1"
"""SOP class of the reference films."""


@dataclass(frozen=True, eq=False)
class ReferenceFilm:
    """One film: what is stored, how it is written and what opening it must give.

    ``stored``: values as stored, shape (rows, columns) or (frames, rows, columns) or with samples last.
    ``modality``: expected ``Film.pixels`` of frame 0 as float64. ``tolerance``: largest difference allowed
    (0 for lossless syntaxes). ``window``/``table``: the film's own VOI transform, None when it has none.
    """

    name: str
    stored: Array
    modality: Array
    low_is_white: bool = False
    window: Window | None = None
    table: VoiTable | None = None
    tolerance: float = 0
    syntax: str = EXPLICIT
    bits: int = 8
    signed: bool = False
    photometric: str = "MONOCHROME2"
    tags: dict[str, Any] = field(default_factory=dict)
    encode: Callable[[Array, int], bytes] | None = None

    def __str__(self) -> str:
        return self.name

    def data(self) -> bytes:
        """Return the film as the bytes of a DICOM file."""
        return to_bytes(self.dataset())

    def write(self, folder: Path) -> Path:
        """Write the film into a folder and return its path."""
        path = folder / f"{self.name}.dcm"
        path.write_bytes(self.data())
        return path

    def dataset(self) -> Dataset:
        """Return the film as a pydicom data set with file meta information."""
        colour = self.photometric not in ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
        frames = self.stored if self.stored.ndim == (4 if colour else 3) else self.stored[np.newaxis]
        dataset = blank(self.syntax, self.name)
        dataset.SamplesPerPixel = 3 if colour else 1
        dataset.PhotometricInterpretation = self.photometric
        if colour:
            dataset.PlanarConfiguration = 0
        if len(frames) > 1:
            dataset.NumberOfFrames = len(frames)
        dataset.Rows, dataset.Columns = frames.shape[1:3]
        dataset.BitsAllocated = 8 if self.bits <= 8 else 16
        dataset.BitsStored, dataset.HighBit = self.bits, self.bits - 1
        dataset.PixelRepresentation = int(self.signed)
        for keyword, value in self.tags.items():
            setattr(dataset, keyword, value)
        set_pixels(dataset, frames, self.encode)
        return dataset


def blank(syntax: str, name: str) -> Dataset:
    """Return a data set with everything but pixels; its UIDs depend on ``name`` alone."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(DX_FOR_PRESENTATION)
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[name, "instance"])
    meta.TransferSyntaxUID = UID(syntax)
    meta.ImplementationClassUID = UID("1.2.826.0.1.3680043.8.498.1")
    dataset = Dataset()
    dataset.file_meta = meta
    dataset.SOPClassUID = meta.MediaStorageSOPClassUID
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.StudyInstanceUID = generate_uid(entropy_srcs=[name, "study"])
    dataset.SeriesInstanceUID = generate_uid(entropy_srcs=[name, "series"])
    dataset.Modality = "DX"
    dataset.PatientName = "Reference^Film"
    dataset.PatientID = "reference"
    return dataset


def set_pixels(dataset: Dataset, frames: Array, encode: Callable[[Array, int], bytes] | None) -> None:
    """Put frames into a data set: native, or each encoded and encapsulated."""
    if encode is not None:
        dataset.PixelData = encapsulate([encode(frame, dataset.BitsStored) for frame in frames])
        dataset["PixelData"].VR = "OB"
        dataset["PixelData"].is_undefined_length = True
        return
    order = ">" if dataset.file_meta.TransferSyntaxUID == BIG_ENDIAN else "<"
    size = dataset.BitsAllocated // 8
    raw = unsigned(frames, dataset.BitsStored).astype(f"{order}u{size}").tobytes()
    dataset.PixelData = raw + b"\0" * (len(raw) % 2)
    dataset["PixelData"].VR = "OB" if size == 1 and dataset.file_meta.TransferSyntaxUID != IMPLICIT else "OW"


def to_bytes(dataset: Dataset) -> bytes:
    """Return a data set as the bytes of a DICOM file in its own transfer syntax.

    pydicom does not know JPEG XL: such a file is written under a UID of the same length, then renamed.
    """
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    known = UID(syntax).is_transfer_syntax
    dataset.file_meta.TransferSyntaxUID = UID(syntax if known else HTJ2K)
    buffer = BytesIO()
    dcmwrite(buffer, dataset, enforce_file_format=True)
    dataset.file_meta.TransferSyntaxUID = UID(syntax)
    return buffer.getvalue() if known else buffer.getvalue().replace(HTJ2K.encode(), syntax.encode(), 1)


def unsigned(values: Array, bits: int) -> Array:
    """Return two's complement of ``bits`` bits as unsigned integers."""
    return (values.astype(np.int64) & ((1 << bits) - 1)).astype(np.uint8 if bits <= 8 else np.uint16)


def stored_range(bits: int, signed: bool) -> tuple[int, int]:
    """Return the lowest and highest stored value."""
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)


def ramp(bits: int, signed: bool, rows: int = 24, columns: int = 40) -> Array:
    """Return stored values from the lowest to the highest that fit, both included."""
    low, high = stored_range(bits, signed)
    return np.rint(np.linspace(low, high, rows * columns)).astype(np.int32).reshape(rows, columns)


# -- grey-scale transforms ------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Transform:
    """Tags of one grey-scale transform, what it makes of stored values, and the VOI it leaves."""

    tags: dict[str, Any]
    modality: Array
    window: Window | None = None
    table: VoiTable | None = None


def _plain(stored: Array, bits: int, signed: bool) -> _Transform:
    return _Transform({}, stored)


def _rescale(slope: float, intercept: float) -> Callable[[Array, int, bool], _Transform]:
    def transform(stored: Array, bits: int, signed: bool) -> _Transform:
        tags = {"RescaleSlope": slope, "RescaleIntercept": intercept, "RescaleType": "US"}
        return _Transform(tags, stored * slope + intercept)

    return transform


def _modality_lut(stored: Array, bits: int, signed: bool) -> _Transform:
    """A square-root table over the middle of the range: values beyond its ends take its ends."""
    low, high = stored_range(bits, signed)
    first, last = low + (high - low) // 8, high - (high - low) // 8
    curve = np.rint(np.sqrt(np.linspace(0, 1, last - first + 1)) * 65535).astype(np.uint16)
    item = lut_item(curve, first, 16, signed)
    item.ModalityLUTType = "US"
    modality = curve[np.clip(stored, first, last) - first]
    return _Transform({"ModalityLUTSequence": [item]}, modality)


def _window(function: str) -> Callable[[Array, int, bool], _Transform]:
    def transform(stored: Array, bits: int, signed: bool) -> _Transform:
        low, high = stored_range(bits, signed)
        center, width = (low + high) // 2 + (high - low) // 10, (high - low) // 3
        tags: dict[str, Any] = {"WindowCenter": center, "WindowWidth": width, "WindowCenterWidthExplanation": "BONE"}
        if function != "LINEAR":
            tags["VOILUTFunction"] = function
        return _Transform(tags, stored, Window(center, width, function, "BONE"))  # type: ignore[arg-type]

    return transform


def _rescale_and_window(stored: Array, bits: int, signed: bool) -> _Transform:
    """A window is given in modality values, not in stored ones."""
    modality = stored * 2.0 - 100
    low, high = float(modality.min()), float(modality.max())
    center, width = (low + high) / 2, (high - low) / 2
    tags = {"RescaleSlope": 2, "RescaleIntercept": -100, "WindowCenter": center, "WindowWidth": width}
    return _Transform(tags, modality, Window(center, width))


def _voi_lut(stored: Array, bits: int, signed: bool) -> _Transform:
    """A gamma table over the middle of the range, ten bits out."""
    low, high = stored_range(bits, signed)
    first, last = low + (high - low) // 16, high - (high - low) // 16
    curve = np.rint(np.linspace(0, 1, last - first + 1) ** 1.5 * 1023).astype(np.uint16)
    item = lut_item(curve, first, 10, signed)
    item.LUTExplanation = "GAMMA"
    return _Transform({"VOILUTSequence": [item]}, stored, table=VoiTable(first, 10, curve, "GAMMA"))


def lut_item(values: Array, first: int, bits: int, signed: bool) -> Dataset:
    """Return one item of a modality or VOI LUT sequence."""
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if signed else "US", [len(values) & 0xFFFF, first, bits])
    item.add_new("LUTData", "OW", values.astype("<u2").tobytes())
    return item


TRANSFORMS: dict[str, Callable[[Array, int, bool], _Transform]] = {
    "none": _plain,
    "rescale": _rescale(2, -1024),
    "fraction": _rescale(0.25, -3.5),
    "negative": _rescale(-1, 4095),
    "modality-lut": _modality_lut,
    "window": _window("LINEAR"),
    "exact": _window("LINEAR_EXACT"),
    "sigmoid": _window("SIGMOID"),
    "rescaled-window": _rescale_and_window,
    "voi-lut": _voi_lut,
}
PHOTOMETRICS = ("MONOCHROME1", "MONOCHROME2")
BITS = (8, 10, 12, 14, 15, 16)
SHAPES = ("", "IDENTITY", "INVERSE")


def _grey_films() -> Iterator[ReferenceFilm]:
    crossed = itertools.product(PHOTOMETRICS, BITS, (False, True), TRANSFORMS, SHAPES)
    for photometric, bits, signed, transform, shape in crossed:
        stored = ramp(bits, signed)
        made = TRANSFORMS[transform](stored, bits, signed)
        tags = {**made.tags, **({"PresentationLUTShape": shape} if shape else {})}
        yield ReferenceFilm(
            name="-".join(filter(None, (photometric, f"{'s' if signed else 'u'}{bits}", transform, shape.lower()))),
            stored=stored,
            modality=made.modality.astype(np.float64),
            low_is_white=photometric == "MONOCHROME1" or shape == "INVERSE",
            window=made.window,
            table=made.table,
            bits=bits,
            signed=signed,
            photometric=photometric,
            tags=tags,
        )


# -- transfer syntaxes ----------------------------------------------------------------------------


def hill(bits: int, signed: bool = False, rows: int = 48, columns: int = 64) -> Array:
    """Return a smooth picture over the full range of stored values, kind to lossy compression."""
    low, high = stored_range(bits, signed)
    down, across = np.mgrid[0:rows, 0:columns]
    height = np.sin(np.pi * (down + 0.5) / rows) * np.sin(np.pi * (across + 0.5) / columns)
    return np.rint(low + height * (high - low)).astype(np.int32)


def _jpeg(frame: Array, bits: int) -> bytes:
    if frame.ndim == 3:
        return bytes(imagecodecs.jpeg8_encode(frame.astype(np.uint8), 98, subsampling="444"))
    return bytes(imagecodecs.jpeg8_encode(unsigned(frame, bits), 98, bitspersample=bits))


def _jpeg_422(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(frame.astype(np.uint8), 98, subsampling="422"))


def _jpeg_lossless(predictor: int) -> Callable[[Array, int], bytes]:
    def encode(frame: Array, bits: int) -> bytes:
        values = unsigned(frame, bits)
        return bytes(imagecodecs.jpeg8_encode(values, lossless=True, predictor=predictor, bitspersample=bits))

    return encode


def _jpeg_ls(loss: int) -> Callable[[Array, int], bytes]:
    def encode(frame: Array, bits: int) -> bytes:
        rows, columns = frame.shape[:2]
        raw = unsigned(frame, bits).tobytes()
        return bytes(jpeg_ls.encode_buffer(raw, rows, columns, 1, bits, loss, 0))

    return encode


def _jpeg_2000(ratio: float) -> Callable[[Array, int], bytes]:
    def encode(frame: Array, bits: int) -> bytes:
        low = int(frame.min())
        kind = ("u1" if bits <= 8 else "u2") if low >= 0 else ("i1" if bits <= 8 else "i2")
        options = {"compression_ratios": [ratio]} if ratio else {}
        values = np.ascontiguousarray(frame.astype(kind))
        return bytes(encode_jpeg_2000(values, bits_stored=bits, photometric_interpretation=2, **options))

    return encode


def _jpeg_2000_unsigned(frame: Array, bits: int) -> bytes:
    """Write negative values as their bits, as some senders do."""
    values = unsigned(frame, bits)
    return bytes(encode_jpeg_2000(values, bits_stored=bits, photometric_interpretation=2))


def _htj2k(reversible: bool) -> Callable[[Array, int], bytes]:
    def encode(frame: Array, bits: int) -> bytes:
        kind = ("u1" if bits <= 8 else "u2") if int(frame.min()) >= 0 else ("i1" if bits <= 8 else "i2")
        return bytes(imagecodecs.htj2k_encode(frame.astype(kind), reversible=reversible, tlm=not reversible))

    return encode


def _jpeg_xl(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpegxl_encode(unsigned(frame, bits), lossless=True, bitspersample=bits))


def _jpeg_xl_lossy(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpegxl_encode(unsigned(frame, bits), distance=0.3, bitspersample=bits))


def _jpeg_xl_of_jpeg(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpegxl_encode_jpeg(_jpeg(frame, bits)))


def _rle(frame: Array, bits: int) -> bytes:
    import rle.utils

    values = unsigned(frame, bits)
    samples = values.shape[2] if values.ndim == 3 else 1
    raw = values.astype(f"<u{values.dtype.itemsize}").tobytes()
    return bytes(
        rle.utils.encode_pixel_data(
            raw,
            rows=values.shape[0],
            columns=values.shape[1],
            samples_per_pixel=samples,
            bits_allocated=8 * values.dtype.itemsize,
            byteorder="<",
        )
    )


@dataclass(frozen=True)
class Coding:
    """One transfer syntax with an encoder, the depths and signs it is tried with and the loss it may have.

    ``loss`` is a part of the range.
    """

    syntax: str
    encode: Callable[[Array, int], bytes] | None
    depths: tuple[int, ...]
    signs: tuple[bool, ...] = (False, True)
    loss: float = 0.0
    variant: str = ""


_J = "1.2.840.10008.1.2.4."
CODINGS: tuple[Coding, ...] = (
    *(Coding(syntax, None, BITS) for syntax in NATIVE),
    Coding(RLE, _rle, BITS),
    Coding(_J + "50", _jpeg, (8,), (False,), 0.02),
    Coding(_J + "51", _jpeg, (8, 12), (False,), 0.02),
    *(Coding(_J + "57", _jpeg_lossless(number), (8, 12, 16), variant=f"p{number}") for number in (4, 1, 2, 3, 5, 6, 7)),
    Coding(_J + "70", _jpeg_lossless(1), BITS),
    Coding(_J + "80", _jpeg_ls(0), BITS),
    Coding(_J + "81", _jpeg_ls(2), BITS, (False,), 0.01),
    Coding(_J + "90", _jpeg_2000(0), BITS),
    Coding(_J + "90", _jpeg_2000_unsigned, (12, 16), (True,), variant="sign-lost"),
    Coding(_J + "91", _jpeg_2000(4), BITS, loss=0.02),
    Coding(_J + "201", _htj2k(True), (8, 16)),
    Coding(_J + "202", _htj2k(True), (8, 16)),
    Coding(_J + "203", _htj2k(False), (8, 16), loss=0.02),
    Coding(_J + "110", _jpeg_xl, BITS),
    Coding(_J + "111", _jpeg_xl_of_jpeg, (8,), (False,), 0.02),
    Coding(_J + "112", _jpeg_xl_lossy, (8, 12, 16), (False,), 0.02),
)


def _syntax_films() -> Iterator[ReferenceFilm]:
    for coding in CODINGS:
        for bits, signed in itertools.product(coding.depths, coding.signs):
            stored = hill(bits, signed)
            depth = f"{'s' if signed else 'u'}{bits}"
            yield ReferenceFilm(
                name="-".join(filter(None, (coding.syntax, coding.variant, depth))),
                stored=stored,
                modality=stored.astype(np.float64),
                tolerance=coding.loss * (1 << bits),
                syntax=coding.syntax,
                bits=bits,
                signed=signed,
                encode=coding.encode,
            )


# -- colour and frames ----------------------------------------------------------------------------


def _rainbow() -> Array:
    """Return RGB samples, shape (48, 64, 3), smooth in every channel."""
    grey = hill(8)
    return np.stack([grey, grey[::-1, ::-1] // 2 + 60, np.full_like(grey, 90)], axis=-1).astype(np.uint8)


def _luminance(rgb: Array) -> Array:
    """ITU-R BT.601 luminance, as JPEG and DICOM define Y."""
    return rgb.astype(np.float64) @ np.array([0.299, 0.587, 0.114])


def _ybr(rgb: Array) -> Array:
    """PS3.3 C.7.6.3.1.2, full range."""
    matrix = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
    return np.clip(np.rint(rgb.astype(np.float64) @ matrix.T + [0, 128, 128]), 0, 255).astype(np.uint8)


def _colour_films() -> Iterator[ReferenceFilm]:
    rgb = _rainbow()
    grey = _luminance(rgb)
    codings: tuple[tuple[str, str, str, Array, Callable[[Array, int], bytes] | None, float], ...] = (
        ("rgb", EXPLICIT, "RGB", rgb, None, 0.51),
        ("ybr", EXPLICIT, "YBR_FULL", _ybr(rgb), None, 0.51),
        ("rgb-rle", RLE, "RGB", rgb, _rle, 0.51),
        ("ybr-jpeg", _J + "50", "YBR_FULL", rgb, _jpeg, 4),
        ("ybr-422-jpeg", _J + "50", "YBR_FULL_422", rgb, _jpeg_422, 4),
        ("rgb-jpeg-2000", _J + "90", "YBR_RCT", rgb, _jpeg_2000_colour, 0.51),
    )
    for name, syntax, photometric, samples, encode, tolerance in codings:
        yield ReferenceFilm(
            name=name,
            stored=samples,
            modality=grey,
            tolerance=tolerance,
            syntax=syntax,
            photometric=photometric,
            encode=encode,
        )


def _jpeg_2000_colour(frame: Array, bits: int) -> bytes:
    return bytes(
        encode_jpeg_2000(np.ascontiguousarray(frame), bits_stored=bits, photometric_interpretation=1, use_mct=True)
    )


def _frame_films() -> Iterator[ReferenceFilm]:
    frames = np.stack([np.roll(hill(12), 5 * number, axis=1) for number in range(3)])
    for name, syntax, encode in (
        ("frames-native", EXPLICIT, None),
        ("frames-deflated", DEFLATED, None),
        ("frames-big-endian", BIG_ENDIAN, None),
        ("frames-rle", RLE, _rle),
        ("frames-jpeg-lossless", _J + "70", _jpeg_lossless(1)),
        ("frames-jpeg-2000", _J + "90", _jpeg_2000(0)),
    ):
        yield ReferenceFilm(
            name=name,
            stored=frames,
            modality=frames[0].astype(np.float64),
            syntax=syntax,
            bits=12,
            encode=encode,
            tags={"FrameTime": 40},
        )


GREY_FILMS = tuple(_grey_films())
SYNTAX_FILMS = tuple(_syntax_films())
COLOUR_FILMS = tuple(_colour_films())
FRAME_FILMS = tuple(_frame_films())
FILMS = (*GREY_FILMS, *SYNTAX_FILMS, *COLOUR_FILMS, *FRAME_FILMS)


def film_named(name: str) -> ReferenceFilm:
    """Return the film of that name."""
    return next(film for film in FILMS if film.name == name)


def write_selftest_films(folder: Path) -> None:
    """Write the films bundled with the application: one of every transfer syntax, a few kilobytes each."""
    from model.film.selftest import bits_of, pattern

    folder.mkdir(parents=True, exist_ok=True)
    for syntax, coding in {coding.syntax: coding for coding in reversed(CODINGS)}.items():
        bits = bits_of(syntax)
        stored = pattern(bits)
        film = ReferenceFilm(syntax, stored, stored, syntax=syntax, bits=bits, encode=coding.encode)
        film.write(folder)


if __name__ == "__main__":
    write_selftest_films(Path(sys.argv[1]))
