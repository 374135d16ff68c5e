"""Evaluation from end to end on made films, and on answers whose judgement is known beforehand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from sklearn import metrics
from training_rows import make_row
from typer.testing import CliRunner

from model.net.architecture import Architecture, Network
from model.net.device import choose
from model.net.predictor import Predictor
from model.net.view import VIEWS
from training import evaluate, explain, seen, subject
from training import manifest as manifests
from training.answers import SHOWN, Answer, gather
from training.cli import app
from training.datasets.row import MaskPart, Row
from training.drawing import style
from training.export import read_figures
from training.judging import carrying, entrance, findings, operating, pages, pixels, sanity, shortcuts
from training.judging.lines import Goal
from training.judging.report import judge
from training.metrics.boxes import BoxedFilm

SIDE = 96
SMALL = Architecture(widths=(4, 4, 4, 8, 8), decoder=(8, 8))
NOTHING = BoxedFilm(np.empty((0, 4)), np.empty(0), np.empty((0, 4)))


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    torch.manual_seed(0)
    network = Network(SMALL).eval()
    with torch.no_grad():  # dark is lung, bright in it is opacity: enough for masks and boxes to exist
        network.pixel_head.convolution.bias[:] = torch.tensor([1.0, 0.0, -1.0])
    return Predictor(network, subject.provisional_card(network, 64, "made"), choose("cpu"))


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    root = tmp_path_factory.mktemp("films")
    generator = np.random.default_rng(0)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[20:70, 10:40] = 255
    cv2.imwrite(str(root / "mask.png"), mask)
    part = MaskPart("mask.png", "lungs", 0, 0, SIDE, SIDE, SIDE, SIDE)
    rows = []
    for number in range(12):
        picture = generator.integers(40, 200, (SIDE, SIDE)).astype(np.uint8)
        cv2.imwrite(str(root / f"{number}.png"), cv2.GaussianBlur(picture, (0, 0), 3))
        masks = (part, replace(part, kind="opacity"), replace(part, kind="heart"))
        extra = {"masked": ("lungs", "opacity", "heart"), "masks": masks} if number < 3 else {}
        rows.append(
            make_row(
                f"{number}.png",
                opacity=number % 2 == 0,
                covid=number % 4 == 0,
                severity=float(number % 5) if number < 6 else None,
                boxed=number > 8,
                source="covid-chestxray",
                **extra,
            )
        )
    return root, [*rows, make_row("0.png", frontal=False, view="L")]


def made_answer(opacity: bool, covid: bool, logit: float, out: float, patient: str) -> Answer:
    row = make_row(f"{patient}.png", patient=patient, opacity=opacity, covid=covid, source="covid-chestxray")
    views = {"whole": logit, "lungs only": logit, "lungs out": out, "border only": out}
    logits = {view: {"lung_opacity": value, "covid19": value} for view, value in views.items()}
    return Answer(row, logits, {}, 0.5, (0.25, 0.75), NOTHING, None, np.empty((0, 4)), {})  # type: ignore[arg-type]


def lines_of(section: object) -> dict[tuple[str, str], float]:
    return {(line.name, line.measured_on): line.estimate.value for line in section.lines}  # type: ignore[attr-defined]


def test_a_perfect_and_a_blind_answer_are_judged_so(predictor: Predictor) -> None:
    answers = [made_answer(n < 20, n < 10, 3.0 - n / 10, 0.0, f"p:{n}") for n in range(40)]
    ranked = lines_of(findings.ranking_section(answers))
    assert ranked["Lung opacity, ROC AUC", "all adult frontal films"] == 1.0
    assert ranked["COVID-19, ROC AUC", "pneumonias within covid-chestxray"] == 1.0
    assert ranked["Other pneumonias called COVID-19 at sensitivity .80", "pneumonias within covid-chestxray"] == 0.0
    hidden = lines_of(shortcuts.shortcut_section(answers, predictor.card, []))
    assert hidden["Lung opacity, lungs out, ROC AUC", "all adult frontal films"] == 0.5
    assert hidden["Lung opacity, lungs out, called above threshold", "all adult frontal films"] == 1.0
    calibrated = lines_of(findings.calling_section(answers, predictor.card))
    assert calibrated["Lung opacity, sensitivity (recall)", "all adult frontal films, threshold 0.50"] == 1.0


def test_file_labels_alone_give_a_confounded_answer_away() -> None:
    rows = [make_row(f"{n}.png", site="a" if n % 2 else "b", covid=bool(n % 2)) for n in range(60)]
    scores = shortcuts.metadata_scores("covid19", rows[:40], rows[40:])
    assert min(scores[1::2]) > max(scores[::2])


def test_the_extent_follows_the_raters_scale() -> None:
    answer = made_answer(True, True, 0.0, 0.0, "p:1")
    assert pixels.extent_score(answer) == pytest.approx(1.5 + 3.5)
    assert pixels.extent_score(replace(answer, lung_extents=(0.0, 1.0))) == 4.0


def test_goals_are_met_or_missed() -> None:
    assert Goal(least=0.8).met(0.8)
    assert not Goal(most=0.3).met(0.31)
    assert str(Goal(most=0.3)) == "≤ 0.3"


def test_answers_hold_every_view_and_measure(predictor: Predictor, films: tuple[Path, list[Row]]) -> None:
    root, rows = films
    answers = gather(predictor, root, rows[:3], SHOWN)
    for answer in answers:
        assert set(answer.logits) == {"whole", *SHOWN}
        assert 0 <= (answer.extent or 0) <= 1
        assert 0 <= answer.measures["dice lungs"] <= 1
        assert answer.measures["pointing random lung pixel"] == 1.0
        assert answer.boxes is not None
        np.testing.assert_allclose(answer.boxes.true, [[20 / SIDE, 10 / SIDE, 50 / SIDE, 30 / SIDE]], atol=0.03)
    shown = answers[0].logits
    assert shown["whole"] != shown["lungs out"]


def test_a_report_is_written_whole(predictor: Predictor, films: tuple[Path, list[Row]], tmp_path: Path) -> None:
    root, rows = films
    report = evaluate.run(predictor, evaluate.ChosenFilms(root, tuple(rows), "Made films", tuple(rows)))
    paths = pages.write(report, tmp_path)
    document = json.loads(paths[0].read_text(encoding="utf-8"))
    assert document["films"] == "Made films, 12 frontal films"
    assert sum(count["films"] for count in document["counts"]) == 12
    titles = {section["title"] for section in document["sections"]}
    assert {"Masks", "Boxes", "Shortcuts", "Heat maps", "Opacity extent"} <= titles
    assert all(figure["n"] > 0 for figure in document["figures"])
    assert paths[2].read_text(encoding="utf-8").count("data:image/png") >= 6
    text = paths[1].read_text(encoding="utf-8")
    assert "| Dice of lungs |" in text
    assert text.count("rule out, ") == len(document["operating_points"]) / 3


def test_nothing_frontal_is_refused(predictor: Predictor, films: tuple[Path, list[Row]]) -> None:
    root, rows = films
    with pytest.raises(evaluate.EvaluationError, match="no frontal film"):
        evaluate.run(predictor, evaluate.ChosenFilms(root, tuple(rows[-1:]), "laterals"))


def test_own_films_and_unknown_splits_from_the_command_line(films: tuple[Path, list[Row]], tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "path,label\n" + "".join(f"{films[0] / f'{n}.png'},{'opacity' if n % 2 else 'normal'}\n" for n in range(4))
    )
    found = evaluate.chosen_films(table, "test")
    assert [row.opacity for row in found.rows] == [False, True, False, True]
    assert all((found.root / row.path).is_file() for row in found.rows)
    assert (found.words, found.refused) == ("Films of own.csv", ())
    result = CliRunner().invoke(app, ["evaluate", "--help"])
    assert result.exit_code == 0


def test_a_hospital_tests_its_own_dicom_and_16_bit_films(
    films: tuple[Path, list[Row]], shared_films: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ward"
    folder.mkdir()
    grey = cv2.imread(str(films[0] / "0.png"), cv2.IMREAD_GRAYSCALE)
    assert grey is not None
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), grey.astype(np.uint16) * 16 + number)
    (folder / "cut.dcm").write_bytes((shared_films / "RG1_JLSN.dcm").read_bytes()[:4000])
    chest = shared_films / "rsna-chest-mono2.dcm"
    entries = ["0.png,normal,PA,a", "1.png,opacity,PA,b", "2.png,opacity,L,b", f"{chest},covid opacity,AP,c"]
    entries += ["cut.dcm,normal,,", "gone.png,normal,,", "2.png,todo,,"]
    (folder / "ward.csv").write_text("path,label,view,patient\n" + "\n".join(entries) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(folder / "ward.csv"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    document = json.loads((tmp_path / "out" / "evaluation.json").read_text(encoding="utf-8"))
    assert document["films"] == "Films of ward.csv (3 left out), 3 frontal films"
    assert {Path(item["name"]).name for item in document["left_out"]} == {"cut.dcm", "gone.png", "2.png"}
    assert {(item["opacity"], item["films"]) for item in document["counts"]} == {("yes", 1), ("no", 1)}
    assert "gone.png: file missing" in (tmp_path / "out" / "evaluation.md").read_text(encoding="utf-8")


def test_what_cannot_be_told_is_left_out(predictor: Predictor) -> None:
    answers = [made_answer(True, True, float(n), 0.0, f"p:{n}") for n in range(5)]
    report = judge(predictor.card, answers, "only ill")
    assert "How well the answers rank films" not in {section.title for section in report.sections}
    assert report.operating == ()


def test_the_card_gets_each_figure_once(predictor: Predictor, films: tuple[Path, list[Row]], tmp_path: Path) -> None:
    root, rows = films
    report = evaluate.run(predictor, evaluate.ChosenFilms(root, tuple(rows), "Made films"))
    paths = pages.write(report, tmp_path)
    listed = json.loads(paths[0].read_text(encoding="utf-8"))["figures"]
    names = [(figure["name"], figure["measured_on"]) for figure in listed]
    assert len(names) == len(set(names))
    assert ("Dice of lungs", "masked films of covid-chestxray") in names
    assert len(read_figures(paths[0])) == len(listed)


def test_a_map_of_an_untrained_network_fails_the_check_against_itself(
    predictor: Predictor, films: tuple[Path, list[Row]]
) -> None:
    path = films[0] / "0.png"
    same = sanity.compare(predictor, predictor, path)
    assert all(value == pytest.approx(1.0) for value in same.values())
    other = sanity.compare(predictor, sanity.untrained(predictor, 7), path)
    assert set(other) == set(pixels.MAPS)
    assert min(other.values()) < 0.9
    section = sanity.sanity_section(predictor, films[0], films[1])
    assert len(section.lines) == 4


def test_a_film_is_explained(films: tuple[Path, list[Row]], predictor: Predictor, tmp_path: Path) -> None:
    figure = explain.drawn(predictor, films[0] / "0.png")
    titled = [axes for axes in figure.axes if axes.get_title()]
    assert len(titled) == 1 + len(predictor.card.maps)
    ends = [laid.get_clim() for axes in titled for laid in axes.images[1:]]
    assert ends == [
        (scale.low if scale.kind != "class" else scale.threshold, scale.high) for scale in predictor.card.maps
    ]
    path = style.save(figure, tmp_path, "maps")
    assert path.stat().st_size > 5000


def test_films_that_the_weights_were_trained_on_are_left_out_of_the_test(tmp_path: Path) -> None:
    rows = tuple(make_row(f"{n}.png", split="test", group=f"g{n}") for n in range(5))
    manifests.write(manifests.Manifest(tmp_path, rows, (), (), 0), tmp_path / "manifest.json")
    weights = tmp_path / "network.safetensors"
    judged = evaluate.chosen_films(tmp_path / "manifest.json", "test", weights)
    assert (len(judged.rows), judged.words) == (5, "The test films of manifest.json")
    seen.write(rows[:2], weights)
    judged = evaluate.chosen_films(tmp_path / "manifest.json", "test", weights)
    assert [row.path for row in judged.rows] == ["2.png", "3.png", "4.png"]
    assert judged.words == "The test films of manifest.json (2 left out: trained on)"
    with pytest.raises(evaluate.EvaluationError, match="holdout"):
        evaluate.chosen_films(tmp_path / "manifest.json", "holdout", weights)


def test_what_calling_gives_agrees_with_scikit_learn(predictor: Predictor) -> None:
    generator = np.random.default_rng(3)
    answers = [made_answer(bool(generator.random() < 0.4), False, generator.normal(), 0.0, f"p:{n}") for n in range(60)]
    truth = np.array([answer.row.opacity for answer in answers])
    called = np.array([answer.logits["whole"]["lung_opacity"] >= 0 for answer in answers])
    section = findings.calling_section(answers, predictor.card)
    found = {line.name.partition(", ")[2]: line.estimate for line in section.lines if line.name.startswith("Lung")}
    assert found["sensitivity (recall)"].value == pytest.approx(metrics.recall_score(truth, called))
    assert found["specificity"].value == pytest.approx(metrics.recall_score(~truth, ~called))
    assert found["precision"].value == pytest.approx(metrics.precision_score(truth, called))
    assert found["accuracy"].value == pytest.approx(metrics.accuracy_score(truth, called))
    assert found["F1"].value == pytest.approx(metrics.f1_score(truth, called))
    assert [found["sensitivity (recall)"].n, found["specificity"].n] == [truth.sum(), (~truth).sum()]
    assert found["precision of no"].value == pytest.approx(metrics.precision_score(~truth, ~called))
    assert found["F1 of no"].value == pytest.approx(metrics.f1_score(~truth, ~called))
    always = np.ones_like(truth)
    assert found["accuracy of always yes (no network)"].value == pytest.approx(metrics.accuracy_score(truth, always))
    assert found["F1 of always yes (no network)"].value == pytest.approx(metrics.f1_score(truth, always))
    assert all(each.low < each.value < each.high for each in found.values())


def test_operating_points_agree_with_scikit_learn(predictor: Predictor) -> None:
    generator = np.random.default_rng(4)
    answers = [made_answer(bool(generator.random() < 0.4), False, generator.normal(), 0.0, f"p:{n}") for n in range(60)]
    rule = replace(predictor.card.findings[0].calibration, lower=0.3, upper=0.7)
    card = replace(
        predictor.card, findings=(replace(predictor.card.findings[0], calibration=rule), *predictor.card.findings[1:])
    )
    truth = np.array([answer.row.opacity for answer in answers])
    said = np.array([rule.probability(answer.logits["whole"]["lung_opacity"]) for answer in answers])
    points = [point for point in operating.operating_points(answers, card) if point.finding == "lung_opacity"]
    assert [(point.point, point.level) for point in points] == [("rule out", 0.3), ("threshold", 0.5), ("rule in", 0.7)]
    for point in points:
        expected = metrics.precision_recall_fscore_support(truth, said >= point.level, labels=[True, False])
        found = [[each.precision, each.recall, each.f1, each.support] for each in point.classes]
        np.testing.assert_allclose(np.transpose(found), expected)
        assert [share for share, _, _ in point.predictive] == [0.01, 0.05, 0.20]
    assert points[0].sensitivity.value > points[2].sensitivity.value
    never = replace(points[0].classes[0], precision=float("nan"))
    cells = pages.operating_cells(replace(points[0], classes=(never, points[0].classes[1])))
    assert len(cells) == len(pages.OPERATING_HEAD)
    assert cells[4].startswith("–, ")


def test_the_gate_is_asked_about_every_kind_of_film(predictor: Predictor, films: tuple[Path, list[Row]]) -> None:
    root, rows = films
    every = [*rows, replace(rows[0], adult=False), replace(rows[1], frontal=False, view="CT")]
    section = entrance.entrance_section(predictor, root, every)
    counts = {(line.name, line.measured_on): line.estimate for line in section.lines}
    asked = {words: found.n for (name, words), found in counts.items() if name == "Let in"}
    assert asked["lateral films"] == asked["CT slices"] == asked["children"] == 1
    assert asked["frontal films inverted"] == 3
    assert asked["drawings"] == asked["limbs"] == 3
    assert asked["all that is to be kept out, children aside"] == sum(asked.values()) // 2 - asked["children"] // 2
    assert counts["Refused", "frontal films of adults"].n == 12
    assert counts["Refused", "frontal films of adults"].value == 1.0  # 96 px are too few for the gate
    assert counts["Let in", "lateral films"].value == 0.0
    assert counts["Refused with the right reason", "lateral"].value == 0.0


def test_every_view_has_its_code() -> None:
    codes = {view: entrance.code_of(view) for view in VIEWS}
    assert codes["frontal"] == ""
    assert codes["inverted"] == "inverted"
    assert {codes[view] for view in VIEWS if view.startswith("turned")} == {"rotated"}


def test_what_was_not_taught_is_asked_about(predictor: Predictor, films: tuple[Path, list[Row]]) -> None:
    root, rows = films
    section = carrying.carrying_section(predictor, root, tuple(rows))
    words = {line.measured_on: line.estimate for line in section.lines}
    assert words["limbs, taught without any"].n == 3
    assert words["photographs, taught without any"].n > 20
    assert not any("without made" in each for each in words)  # one collection alone cannot be left out
