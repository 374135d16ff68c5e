"""Forty hostile and honest things in one folder: each is one row, and the ledger is the one expected."""

from __future__ import annotations

import os
import shutil
import struct
import zipfile
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
import pyzipper
from chests import draw_chest
from phantoms import Pose, phantom_file
from PIL import Image
from pydicom import dcmread
from pydicom.fileset import FileSet
from pydicom.uid import EncapsulatedPDFStorage, generate_uid
from tiny_model import write_tiny

from viewer.jobs import Analyst
from viewer.triage.answers import Wishes
from viewer.triage.engine import Engine

EXPECTED = Counter(opened=17, duplicate=5, other=10, failed=8)


def _grey(number: int) -> np.ndarray:
    greys = (draw_chest(spots=((120.0 + number, 90.0),)).pixels >> 4).astype(np.uint8)
    greys[0, :8] = number
    return greys


def _films(folder: Path) -> None:
    """Films in every raster format and as DICOM, under names of every kind, and two copies."""
    for number, suffix in enumerate(("png", "jpg", "tif", "bmp", "webp")):
        Image.fromarray(_grey(number)).save(folder / f"raster.{suffix}")
    Image.fromarray(_grey(5).astype(np.uint16) * 200).save(folder / "deep.png")
    cv2.imwrite(str(folder / "plain.png"), _grey(6))
    (folder / "plain.png").rename(folder / "without an extension")
    cv2.imwrite(str(folder / "плёнка.png"), _grey(7))
    long = folder / ("n" * 120) / ("m" * 120)
    long.mkdir(parents=True)
    cv2.imwrite(str(folder / "x.png"), _grey(8))
    (folder / "x.png").rename(long / ("o" * 100 + ".png"))
    phantom_file(folder / "phantom.dcm", Pose(size=256))
    shutil.copy(phantom_file(folder / "upper.DCM", Pose(size=260)), folder / "upper copy.DCM")
    cv2.imwrite(str(folder / "really.png"), _grey(9))
    (folder / "really.png").rename(folder / "letter.txt")


def _archives(folder: Path, scratch: Path) -> None:
    """Archives nested, encrypted, climbing out, blown up, empty, and one that is a document."""
    inner = scratch / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep inside.png", cv2.imencode(".png", _grey(20))[1].tobytes())
    with zipfile.ZipFile(folder / "outer.zip", "w") as archive:
        archive.write(inner, "inner.zip")
        archive.writestr("a.png", cv2.imencode(".png", _grey(21))[1].tobytes())
        archive.writestr("twin of letter.png", cv2.imencode(".png", _grey(9))[1].tobytes())
        archive.writestr("../../climber.png", b"x" * 100)
    with pyzipper.AESZipFile(folder / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.writestr("locked.png", cv2.imencode(".png", _grey(22))[1].tobytes())
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.dcm", b"\0" * (1 << 20))
    packed = bytearray((folder / "bomb.zip").read_bytes())
    struct.pack_into("<I", packed, packed.index(b"PK\x01\x02") + 24, 1 << 30)
    (folder / "bomb.zip").write_bytes(packed)
    with zipfile.ZipFile(folder / "letter.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    with zipfile.ZipFile(folder / "empty.zip", "w"):
        pass


def _medium(folder: Path, scratch: Path) -> None:
    """A medium with two films and a table of contents; a third it names is missing."""
    medium = FileSet()
    for size in (264, 268, 272):
        dataset = dcmread(phantom_file(scratch / f"{size}.dcm", Pose(size=size)))
        dataset.PatientID, dataset.StudyInstanceUID = "1", generate_uid()
        dataset.StudyID, dataset.SeriesNumber, dataset.InstanceNumber = "1", 1, 1
        medium.add(dataset)
    staged = medium._stage["t"]
    medium.write(folder / "cd")
    staged.cleanup()
    medium._stage["t"].cleanup()
    sorted(path for path in (folder / "cd").rglob("*") if path.is_file() and path.name != "DICOMDIR")[0].unlink()


def _others(folder: Path) -> None:
    """What is sound but no film."""
    (folder / "report.pdf").write_bytes(b"%PDF-1.4\n" + b"x" * 500)
    (folder / "readme").write_text("Dear colleague")
    (folder / "notes.xml").write_text("<?xml version='1.0'?><notes/>")
    (folder / "page.html").write_text("<html></html>")
    (folder / "empty.dcm").write_bytes(b"")
    (folder / "music.gz").write_bytes(b"\x1f\x8b" + b"x" * 300)
    structured = dcmread(folder / "phantom.dcm")
    for name in ("PixelData", "Rows", "Columns"):
        delattr(structured, name)
    structured.SOPClassUID = structured.file_meta.MediaStorageSOPClassUID = EncapsulatedPDFStorage
    structured.SOPInstanceUID = structured.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    structured.save_as(folder / "encapsulated.dcm")


def _broken(folder: Path) -> None:
    """What is damaged, gone, or leads nowhere."""
    (folder / "cut.png").write_bytes((folder / "raster.png").read_bytes()[:300])
    whole = (folder / "phantom.dcm").read_bytes()
    (folder / "cut.dcm").write_bytes(whole[: len(whole) // 2])
    (folder / "cut.zip").write_bytes((folder / "outer.zip").read_bytes()[:200])
    (folder / "nowhere").symlink_to(folder / "gone")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_forty_things_have_the_expected_ledger(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "morning", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    _films(folder)
    _archives(folder, scratch)
    _medium(folder, scratch)
    _others(folder)
    _broken(folder)
    shutil.copy(folder / "phantom.dcm", folder / "phantom again.dcm")
    shutil.copy(folder / "raster.png", folder / "raster again.png")
    shutil.copy(folder / "readme", folder / "readme again")
    with Engine(Analyst("cpu", write_tiny(scratch)), lambda news: None, Wishes(jobs=2)) as engine:
        engine.add([folder], lambda path, name: "secret")
        engine.run()
    rows = {entry.name: (entry.status, entry.reason_code) for entry in engine.ledger.entries}
    assert all(entry.reason for entry in engine.ledger.entries if entry.status != "done"), rows
    count = engine.ledger.count()
    told = {name: getattr(count, name) for name in EXPECTED}
    assert told == EXPECTED, rows
    assert count.found == sum(EXPECTED.values()) == len(engine.ledger) == 40
