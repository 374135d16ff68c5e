"""The manifest: written and read, twins merged, faults refused in a sentence; masks painted where they were drawn."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.console import Console
from training_rows import make_row

from training import duplicates
from training import manifest as manifests
from training.datasets import coco
from training.datasets.collection import DatasetError, Refused
from training.datasets.row import BoxPart, MaskPart
from training.duplicates import find_pairs, shrink
from training.groups import Join
from training.manifest import Manifest, ManifestError
from training.masks import paint
from training.prepare import report


@pytest.fixture
def made() -> Manifest:
    mask = MaskPart("m.png", "lungs", 1, 2, 3, 4, 100, 200)
    box = BoxPart("lung_opacity", 0.1, 0.2, 0.3, 0.4)
    rows = (
        make_row("a.png", masks=(mask,), masked=("lungs",), group="g1", split="train", covid=True),
        make_row("b.png", boxes=(box,), boxed=True, group="g2", split="test", covid=None, severity=2.5),
        make_row("c.png", group="g3", split="validation", opacity=True),
    )
    joins = (Join("a.png", "b.png", ("made:1", "made:2"), "picture", 0.91),)
    return Manifest(Path("/films"), rows, (Refused("made", "x.png", "file missing"),), joins, 3)


def test_written_and_read_unchanged(made: Manifest, tmp_path: Path) -> None:
    path = tmp_path / "runs" / "manifest.json"
    manifests.write(made, path)
    assert manifests.read(path) == made
    assert manifests.read(path, tmp_path).root == tmp_path
    assert [row.path for row in made.of("train", "test")] == ["a.png", "b.png"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda document: document.update(schema="other-1"), "schema"),
        (lambda document: document["rows"][0].pop("covid"), "covid"),
        (lambda document: document["rows"][0].update(split="holdout"), "holdout"),
        (lambda document: document["rows"][0]["masks"][0].update(depth=1), "depth"),
    ],
)
def test_another_schema_is_refused(made: Manifest, tmp_path: Path, change: object, words: str) -> None:
    path = tmp_path / "manifest.json"
    manifests.write(made, path)
    document = json.loads(path.read_text())
    change(document)  # type: ignore[operator]
    path.write_text(json.dumps(document))
    with pytest.raises(ManifestError, match=words):
        manifests.read(path)


def test_what_is_no_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{")
    for name in ("x.json", "none.json"):
        with pytest.raises(ManifestError, match="run prepare again"):
            manifests.read(tmp_path / name)


def test_a_masked_film_takes_over_what_its_twin_knows() -> None:
    twin = make_row("covid-chestxray/images/f.jpg", source="covid-chestxray", severity=4.0)
    other = make_row("covid-chestxray/images/g.jpg", source="covid-chestxray", severity=1.0)
    masked = make_row("covid-segmentations/images/f.png", source="covid-segmentations")
    assert manifests.merge_twins([twin, other, masked]) == [other, replace(masked, severity=4.0)]


def test_building_from_made_films_groups_and_refuses(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    folder = tmp_path / "darkcovidnet" / "Covid-19"
    folder.mkdir(parents=True)
    for number in range(6):
        noise = generator.integers(0, 255, (12, 12)).astype(np.uint8)
        cv2.imwrite(str(folder / f"{number}.png"), cv2.resize(noise, (200, 220), interpolation=cv2.INTER_CUBIC))
    whole = cv2.imread(str(folder / "0.png"), cv2.IMREAD_GRAYSCALE)
    assert whole is not None
    cv2.imwrite(str(folder / "copy.jpg"), cv2.resize(whole[10:200, 8:190], (300, 310)))
    cv2.imwrite(str(folder / "blank.png"), np.full((100, 100), 7, np.uint8))
    cv2.imwrite(str(folder / "tiny.png"), whole[:20, :20])
    (folder / "broken.png").write_bytes(b"no picture")
    built = manifests.build(tmp_path)
    groups = {row.path.rsplit("/", 1)[1]: row.group for row in built.rows}
    assert groups["copy.jpg"] == groups["0.png"]
    assert len(set(groups.values())) == 6
    assert {item.name.rsplit("/", 1)[1] for item in built.refused} == {"blank.png", "tiny.png", "broken.png"}
    with pytest.raises(ManifestError, match="no collection nih"):
        manifests.build(tmp_path, ["nih"])
    with pytest.raises(ManifestError, match="no usable film"):
        manifests.build(tmp_path / "darkcovidnet")


def test_dicom_films_and_drawn_boxes_of_ones_own(tmp_path: Path, shared_films: Path) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (80, 100)).astype(np.uint8)
    cv2.imwrite(str(tmp_path / "a.png"), picture)
    film = next(iter(sorted(shared_films.glob("*.dcm"))))
    document = {
        "images": [
            {"id": 1, "file_name": "a.png", "width": 100, "height": 80},
            {"id": 2, "file_name": str(film), "width": 100, "height": 100},
            {"id": 3, "file_name": "gone.png", "width": 1, "height": 1},
            {"id": 4, "file_name": "../wide.png", "width": 10, "height": 10},
        ],
        "annotations": [
            {"image_id": 1, "category_id": 7, "bbox": [10, 20, 30, 40]},
            {"image_id": 1, "category_id": 8, "bbox": [0, 0, 1, 1]},
            {"image_id": 4, "category_id": 7, "bbox": [5, 5, 9, 9]},
        ],
        "categories": [{"id": 7, "name": "Opacity"}, {"id": 8, "name": "Pacemaker"}],
    }
    (tmp_path / "own").mkdir()
    cv2.imwrite(str(tmp_path / "wide.png"), picture[::-1])
    document["images"][0]["file_name"] = "../a.png"
    (tmp_path / "own" / "ward.json").write_text(json.dumps(document))
    built = manifests.build(tmp_path / "own", own=[tmp_path / "own" / "ward.json"])
    found = {Path(row.path).name: row for row in built.rows}
    assert set(found) == {"a.png", film.name}
    assert (found["a.png"].opacity, found["a.png"].boxed, found[film.name].opacity) == (True, True, False)
    assert found["a.png"].boxes == (BoxPart("lung_opacity", 0.25, 0.1, 0.5, 0.3),)
    assert {item.reason for item in built.refused} == {"file missing", "a box reaches beyond the film"}


def test_boxes_come_back_from_coco_as_they_went(made: Manifest, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "b.png"), np.zeros((50, 40), np.uint8))
    coco.write(made.rows, tmp_path, tmp_path / "boxes.json")
    rows, refused = coco.read(tmp_path / "boxes.json")
    assert refused == []
    assert [Path(row.path).name for row in rows] == ["b.png"]
    box = rows[0].boxes[0]
    assert (box.row, box.column, box.height, box.width) == pytest.approx((0.1, 0.2, 0.3, 0.4))


@pytest.mark.parametrize(
    "text",
    ["{", "{}", '{"images": [], "annotations": [{"image_id": 9, "category_id": 1, "bbox": []}], "categories": []}'],
)
def test_what_is_no_coco_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(DatasetError, match=r"x\.json"):
        coco.read(tmp_path / "x.json")


def test_noise_has_no_duplicates() -> None:
    generator = np.random.default_rng(1)
    pictures = [shrink(generator.integers(0, 255, (200, 200)).astype(np.uint8)) for _ in range(8)]
    assert find_pairs(pictures) == []
    assert find_pairs(pictures[:1]) == []
    assert [(pair.first, pair.second) for pair in find_pairs([*pictures, pictures[2]])] == [(2, 8)]


def test_among_very_many_films_whole_copies_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "MOST", 5)
    generator = np.random.default_rng(1)
    pictures = [cv2.resize(generator.integers(0, 255, (12, 12)).astype(np.uint8), (160, 160)) for _ in range(8)]
    assert [(pair.first, pair.second) for pair in find_pairs([*pictures, pictures[3]])] == [(3, 8)]


def test_masks_are_painted_where_they_were_drawn(tmp_path: Path) -> None:
    colour = np.zeros((10, 10, 4), np.uint8)
    colour[..., 3] = 255
    colour[:, :5, 2] = 33
    cv2.imwrite(str(tmp_path / "m.png"), colour)
    part = MaskPart("m.png", "opacity", 20, 40, 40, 80, 200, 400)
    row = make_row("f.png", masked=("opacity", "heart"), masks=(part,))
    painted = paint(tmp_path, row, "opacity", (100, 100))
    assert painted is not None
    rows, columns = np.nonzero(painted)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (10, 29, 10, 19)
    heart = paint(tmp_path, row, "heart", (100, 100))
    assert heart is not None
    assert not heart.any()
    assert paint(tmp_path, row, "lungs", (100, 100)) is None
    (tmp_path / "m.png").unlink()
    with pytest.raises(DatasetError, match="run prepare again"):
        paint(tmp_path, row, "opacity", (100, 100))


def test_the_report_names_what_matters(made: Manifest) -> None:
    console = Console(record=True, width=200, file=io.StringIO())
    report(made, console)
    text = console.export_text()
    for words in (
        "0 groups span two splits",
        "made:1",
        "same picture (0.910)",
        "file missing",
        "RSNA verdicts",
        "Leak",
    ):
        assert words in text
