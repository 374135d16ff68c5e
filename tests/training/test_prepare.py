"""prepare on what people have: full-size originals, spoilt files, films and boxes of their own, boxes to the viewer."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from phantoms import Pose, phantom_file, phantom_film
from typer.testing import CliRunner

from model.errors import NegatoscopeError
from model.film.film import Window
from training import manifest as manifests
from training.cli import app
from training.datasets.row import BoxPart
from viewer.display.look import Look
from viewer.export import coco as viewer_coco
from viewer.export.coco import Boxed
from viewer.measure.shapes import Measurement
from viewer.session.edits import Edits

NIH_HEAD = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position\n"


def texture(seed: int, rows: int = 220, columns: int = 180) -> NDArray[np.uint8]:
    noise = np.random.default_rng(seed).integers(0, 255, (12, 12)).astype(np.uint8)
    return np.asarray(cv2.resize(noise, (columns, rows), interpolation=cv2.INTER_CUBIC), np.uint8)


def test_full_size_originals_are_read_whatever_their_ending_and_depth(tmp_path: Path) -> None:
    folder = tmp_path / "nih" / "images_001" / "images"
    folder.mkdir(parents=True)
    cv2.imwrite(str(folder / "plain.png"), texture(1))
    cv2.imwrite(str(folder / "photo.jpeg"), texture(2))
    cv2.imwrite(str(folder / "twelve.png"), texture(3).astype(np.uint16) * 16)
    cv2.imwrite(str(folder / "wide.tiff"), texture(4).astype(np.uint16) * 257)
    phantom_file(folder / "header.dcm")
    phantom_file(folder / "inverse.dcm", Pose(opacities=False), "MONOCHROME1")
    cv2.imwrite(str(folder / "share.png"), (texture(5) > 99).astype(np.uint8))
    cv2.imwrite(str(folder / "mask.png"), (texture(6) > 99).astype(np.uint8) * 255)
    cv2.imwrite(str(folder / "scaled.tiff"), texture(7).astype(np.float32) / 255)
    cv2.imwrite(str(folder / "blank.png"), np.full((100, 100), 7, np.uint8))
    (folder / "cut.dcm").write_bytes((folder / "header.dcm").read_bytes()[:900])
    good = ("plain", "photo", "twelve", "wide", "scaled", "header", "inverse")
    bad = ("share", "mask", "blank", "cut", "gone")
    lines = [f"{name}.png,Pneumonia,0,{name},40,M,PA" for name in (*good, *bad)]
    (tmp_path / "nih" / "Data_Entry_2017_v2020.csv").write_text(NIH_HEAD + "\n".join(lines) + "\n")
    built = manifests.build(tmp_path)
    assert {Path(row.path).stem for row in built.rows} == set(good)
    reasons = {Path(item.name).stem: item.reason for item in built.refused}
    assert set(reasons) == set(bad)
    assert all(reasons[name].startswith("wrong pixel range") for name in ("share", "mask"))
    assert (reasons["blank"], reasons["gone"]) == ("blank", "file missing")
    assert "DICOM object without an image" in reasons["cut"]


def test_the_polarity_of_a_film_is_that_of_its_header(tmp_path: Path) -> None:
    one, other = (phantom_file(tmp_path / f"{kind}.dcm", Pose(), kind) for kind in ("MONOCHROME1", "MONOCHROME2"))
    first, second = (manifests._picture(path).astype(int) for path in (one, other))
    assert np.abs(first - second).mean() < 2


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for number in range(4):
        cv2.imwrite(str(tmp_path / f"{number}.png"), texture(number))
    phantom_file(tmp_path / "film.dcm")
    (tmp_path / "own.csv").write_text(
        "path,label,patient,boxes\n"
        "0.png,opacity,a,18 22 36 44; 90 110 18 11\n1.png,normal,b,none\n2.png,covid,c,\n3.png,todo,,\n"
        "film.dcm,opacity,d,64 32 128 16\n"
    )
    return tmp_path


def test_boxes_of_ones_own_go_out_for_the_viewer(own: Path) -> None:
    arguments = ["prepare", str(own), "--own", str(own / "own.csv"), "-o", str(own / "m.json")]
    result = CliRunner().invoke(app, [*arguments, "--coco", str(own / "out" / "boxes.json")])
    assert result.exit_code == 0, result.output
    rows = {Path(row.path).name: row for row in manifests.read(own / "m.json").rows}
    assert rows["0.png"].boxes[0] == BoxPart("lung_opacity", 0.1, 0.1, 0.2, 0.2)
    assert rows["film.dcm"].boxes == (BoxPart("lung_opacity", 0.125, 0.25, 0.0625, 0.5),)
    assert [(rows[name].boxed, rows[name].opacity) for name in ("1.png", "2.png")] == [(True, False), (False, None)]
    found, left_out = viewer_coco.load(own / "out" / "boxes.json")
    assert left_out == 0
    shapes = {film.name: [shape.points for shape in film.shapes] for film in found}
    assert set(shapes) == {"0.png", "1.png", "film.dcm"}
    np.testing.assert_allclose(shapes["film.dcm"], [[(32, 64), (48, 192)]])
    np.testing.assert_allclose(shapes["0.png"], [[(22, 18), (66, 54)], [(110, 90), (121, 108)]])
    files = [image["file_name"] for image in json.loads((own / "out" / "boxes.json").read_text())["images"]]
    assert all((own / "out" / name).is_file() for name in files)


def test_boxes_drawn_in_the_viewer_are_trained_on(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    drawn = phantom_file(tmp_path / "films" / "drawn.dcm")
    clear = phantom_file(tmp_path / "films" / "clear.dcm", Pose(opacities=False))
    box = Measurement("1", "box", ((20.0, 30.0), (84.0, 62.0)), "lung_opacity")
    ruler = Measurement("2", "ruler", ((0.0, 0.0), (9.0, 9.0)))
    films = [
        Boxed(film.key, path, film.rows, film.columns, Edits(Look(Window(1000, 2000)), shapes), None)
        for path, film, shapes in (
            (drawn, phantom_film(), (box, ruler)),
            (clear, phantom_film(Pose(opacities=False)), ()),
        )
    ]
    viewer_coco.save(tmp_path / "desk.json", films)
    built = manifests.build(tmp_path, own=[tmp_path / "desk.json"])
    rows = {Path(row.path).name: row for row in built.rows}
    assert (rows["drawn.dcm"].opacity, rows["clear.dcm"].opacity, rows["clear.dcm"].boxed) == (True, False, True)
    (part,) = rows["drawn.dcm"].boxes
    size = np.array(films[0].rows)
    np.testing.assert_allclose(np.array([part.row, part.column, part.height, part.width]) * size, [20, 30, 64, 32])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("0.png,opacity,1 2 3", "line 2: box '1 2 3' is not four numbers"),
        ("0.png,normal,1 2 3 4", "contradict"),
        ("0.png,opacity,none", "contradict"),
        ("0.png,pneumothorax,", "line 2: label 'pneumothorax' is not known"),
    ],
)
def test_a_mistake_in_ones_table_is_named_with_its_line(own: Path, line: str, words: str) -> None:
    (own / "bad.csv").write_text(f"path,label,boxes\n{line}\n")
    with pytest.raises(NegatoscopeError, match=words):
        manifests.build(own, own=[own / "bad.csv"])
