"""Readers of collections: on made copies of each published layout, full-size endings and faults included."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.datasets import (
    coronahack,
    covid_chestxray,
    covid_cxnet,
    covid_segmentations,
    darkcovidnet,
    nih,
    own_csv,
)
from training.datasets.collection import DatasetError, host, stem, years


def picture(path: Path, size: tuple[int, int] = (80, 60)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.zeros((size[1], size[0]), np.uint8)).save(path)


def table(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_covid_chestxray(tmp_path: Path) -> None:
    folder = tmp_path / covid_chestxray.NAME
    lines = [
        "7,M,65,COVID-19,PA,X-ray,a.jpeg,https://www.eurorad.org/case/1,fever",
        "7,M,65,COVID-19,Axial,CT,slice.jpg,https://www.eurorad.org/case/1,",
        "8,F,12,todo,PA,X-ray,todo.jpg,,",
        "9,F,,Streptococcus,APS,X-ray,gone.png,,",
        "10,,,Klebsiella,L,X-ray,b.png,https://radiopaedia.org/x,",
        '11,,40,COVID-19,AP,X-ray,c.jpg,,"The chest x-ray was normal on day 1"',
        "12,F,17,No Finding,AP Supine,X-ray,d.jpg,,",
        "13,F,17,No Finding,PA,X-ray,e.jpg,,",
    ]
    table(
        folder / "metadata.csv",
        "patientid,sex,age,finding,view,modality,filename,url,clinical_notes\n" + "\n".join(lines) + "\n",
    )
    table(
        folder / "annotations/covid-severity-scores.csv",
        "## Licence,,\nfilename,geographic_mean,opacity_mean\nd.png,0.0,0.0\n",
    )
    for name in ("a.png", "slice.jpg", "todo.jpg", "b.png", "c.jpg", "d.jpg", "e.jpg"):
        picture(folder / "images" / name)
    picture(folder / "lung-masks" / "a.png", (40, 30))
    rows, refused = covid_chestxray.read(tmp_path)
    found = {row.path.rsplit("/", 1)[1]: row for row in rows}
    assert {(item.name, item.reason) for item in refused} == {
        ("todo.jpg", "label still to be given (todo)"),
        ("gone.png", "file missing"),
    }
    a = found["a.png"]
    assert (a.view, a.frontal, a.site, a.patient, a.opacity, a.covid) == (
        "PA", True, "eurorad.org", "covid-chestxray:7", True, True,
    )  # fmt: skip
    assert (a.adult, a.age, a.sex, a.masked) == (True, 65.0, "M", ("lungs",))
    assert (a.masks[0].film_height, a.masks[0].film_width) == (30, 40)
    assert (found["slice.jpg"].view, found["slice.jpg"].frontal) == ("CT", False)
    assert (found["b.png"].frontal, found["b.png"].covid, found["b.png"].opacity) == (False, False, True)
    assert found["c.jpg"].opacity is None
    assert (found["e.jpg"].opacity, found["e.jpg"].covid) == (None, False)
    assert (found["d.jpg"].opacity, found["d.jpg"].severity, found["d.jpg"].adult) == (False, 0.0, False)


@pytest.mark.parametrize(("severity", "expected"), [(0.0, False), (0.3, None), (0.5, True), (None, True)])
def test_the_raters_decide_on_opacity(severity: float | None, expected: bool | None) -> None:
    assert covid_chestxray.opacity_of("COVID-19", "", severity) is expected


def test_covid_segmentations(tmp_path: Path) -> None:
    folder = tmp_path / covid_segmentations.NAME
    table(
        folder / "structure.csv",
        "Template Name,Filename,Image,Mask,Resolution,Top,Left,Width,Height\n"
        "Left Lung,a.jpeg,images/ff.jpg,masks/m1.png,1000x800,10,20,300,400\n"
        "Consolidation,a.jpeg,images/ff.jpg,masks/m2.png,1000x800,50,60,70,80\n"
        "Tubings,a.jpeg,images/ff.jpg,,1000x800,0,0,1000,800\n"
        "Left Lung,b.jpeg,images/ee.jpg,masks/m3.png,500x500,0,0,5,5\n"
        "Left Lung,c.jpeg,images/dd.jpg,masks/none.png,500x500,0,0,5,5\n",
    )
    table(
        folder / "metadata.csv",
        "patientid,sex,age,finding,view,modality,filename,url\n"
        "1,M,50,COVID-19,PA,X-ray,a.jpeg,\n2,F,60,SARS,AP,X-ray,b.jpeg,\n3,F,60,SARS,AP,X-ray,c.jpeg,\n",
    )
    for name in ("images/a.png", "images/ee.jpg", "images/c.jpg", "masks/m1.png", "masks/m2.png", "masks/m3.png"):
        picture(folder / name)
    rows, refused = covid_segmentations.read(tmp_path)
    assert [(row.opacity, row.covid, row.patient) for row in rows] == [
        (True, True, "covid-chestxray:1"),
        (False, False, "covid-chestxray:2"),
    ]
    part = rows[0].masks[1]
    assert (part.kind, part.top, part.left, part.height, part.width) == ("opacity", 50, 60, 80, 70)
    assert (part.film_height, part.film_width) == (800, 1000)
    assert "none.png" in refused[0].reason


def test_nih(tmp_path: Path) -> None:
    folder = tmp_path / nih.NAME
    head = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position\n"
    lines = [f"{name}.png,{label},0,{name},{age},M,PA" for name, label, age in (
        ("1", "Pneumonia", 40), ("2", "No Finding", 9), ("3", "Pneumonia|Effusion", 50),
        ("4", "No Finding", 50), ("5", "Pneumonia", 50), ("6", "Pneumonia", 414),
    )]  # fmt: skip
    table(folder / "Data_Entry_2017_v2020.csv", head + "\n".join(lines) + "\n")
    table(
        folder / "rsna_boxes.csv",
        "Image Index,patientId,class,x,y,width,height,Target\n"
        "1.png,p,Lung Opacity,512.0,256.0,128.0,64.0,1\n1.png,p,Lung Opacity,0.0,0.0,1024.0,1024.0,1\n"
        "3.png,q,No Lung Opacity / Not Normal,,,,,0\n",
    )
    table(
        folder / "BBox_List_2017.csv",
        "Image Index,Finding Label,Bbox [x,y,w,h],,,\n5.png,Pneumonia,102.4,204.8,51.2,51.2\n1.png,Infiltrate,1,1,1,1",
    )
    for number in range(1, 6):
        picture(folder / "images_001" / "images" / f"{number}.png")
    rows, refused = nih.read(tmp_path)
    assert [row.opacity for row in rows] == [True, False, False, False, True]
    assert [row.boxed for row in rows] == [True, False, True, False, False]
    assert [row.site for row in rows] == ["rsna", "nih", "rsna", "nih", "nih"]
    assert rows[2].label == "RSNA: No Lung Opacity / Not Normal"
    first = rows[0].boxes[0]
    assert (first.row, first.column, first.height, first.width) == (0.25, 0.5, 0.0625, 0.125)
    assert len(rows[0].boxes) == 2
    assert rows[4].boxes[0].column == pytest.approx(0.1)
    assert rows[1].adult is False
    assert refused[0].name == "6.png"


def test_an_age_beyond_120_is_not_believed() -> None:
    assert [years(text) for text in ("414", "65", "0.03", "7Y", "", "old")] == [None, 65.0, 0.03, 7.0, None, None]


def test_coronahack(tmp_path: Path) -> None:
    folder = tmp_path / coronahack.NAME
    table(
        folder / "Chest_xray_Corona_Metadata.csv",
        ",X_ray_image_name,Label,Dataset_type,Label_2_Virus_category,Label_1_Virus_category\n"
        "0,IM-0001-0001.jpeg,Normal,TRAIN,,\n1,person3_bacteria_9.jpeg,Pnemonia,TRAIN,,bacteria\n"
        "2,person3_virus_8.jpeg,Pnemonia,TRAIN,,Virus\n3,adult.jpeg,Pnemonia,TRAIN,COVID-19,Virus\n",
    )
    for name in ("IM-0001-0001", "person3_bacteria_9", "person3_virus_8", "adult"):
        picture(folder / "train" / f"{name}.jpeg")
    rows, _ = coronahack.read(tmp_path)
    assert [(row.opacity, row.covid, row.adult) for row in rows] == [
        (False, False, False), (True, False, False), (None, False, False), (None, True, None),
    ]  # fmt: skip
    assert rows[1].patient == rows[2].patient == "coronahack:person3"


def test_covid_cxnet(tmp_path: Path) -> None:
    folder = tmp_path / covid_cxnet.NAME
    table(
        folder / "metadata.csv",
        "filename,patient_id,sex,age,view,location,opacification,url\n"
        "1.png,5,female,30,AP,Spain,1,https://twitter.com/x\n2-.png,5,,,PA,,0,\n9.png,6,,,,,,\n",
    )
    for name in ("1.jpg", "2-.jpg", "3.jpg"):
        picture(folder / "images" / name)
    rows, refused = covid_cxnet.read(tmp_path)
    assert [(row.opacity, row.patient) for row in rows] == [
        (True, "covid-cxnet:5"),
        (False, "covid-cxnet:5"),
        (True, "covid-cxnet:film-3"),
    ]
    assert (rows[0].site, rows[0].sex, rows[0].adult) == ("twitter.com", "F", True)
    assert [item.name for item in refused] == ["9"]


def test_darkcovidnet(tmp_path: Path) -> None:
    for folder in ("Covid-19", "No_findings", "Pneumonia"):
        picture(tmp_path / darkcovidnet.NAME / folder / "x.png")
    rows, _ = darkcovidnet.read(tmp_path)
    assert [(row.opacity, row.covid) for row in rows] == [(None, True), (False, False), (None, False)]
    assert len({row.patient for row in rows}) == 3
    (tmp_path / "other" / darkcovidnet.NAME).mkdir(parents=True)
    with pytest.raises(DatasetError, match="none of the folders"):
        darkcovidnet.read(tmp_path / "other")


def test_own_films(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    table(tmp_path / "own.csv", "path,label,view,patient\na.png,COVID opacity,PA,1\ngone.png,normal,,\na.png,todo,,\n")
    rows, refused = own_csv.read(tmp_path / "own.csv")
    assert [(row.opacity, row.covid, row.frontal, row.patient) for row in rows] == [(True, True, True, "own:1")]
    assert [item.reason for item in refused] == ["file missing", "label still to be given (todo)"]
    table(tmp_path / "bad.csv", "path,label\na.png,pneumothorax\n")
    with pytest.raises(DatasetError, match="pneumothorax"):
        own_csv.read(tmp_path / "bad.csv")


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="missing"):
        nih.read(tmp_path)
    table(tmp_path / "nih/Data_Entry_2017_v2020.csv", "a,b\n1,2\n")
    with pytest.raises(DatasetError, match="no column Image Index"):
        nih.read(tmp_path)


def test_names_and_hosts() -> None:
    assert stem("images/41591_Fig1.webp-day5.jpg") == "41591_Fig1.webp-day5"
    assert stem("main.pdf-001") == "main.pdf-001"
    assert host("https://www.NEJM.org/doi/1") == "nejm.org"
    assert host("Cho Ray Hospital") == ""
