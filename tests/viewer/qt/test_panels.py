from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from predictions import prediction_for, refused
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QPushButton, QSlider
from tiny_model import tiny_card

from model.card import Figure
from viewer.qt.panels.findings import FindingsPanel
from viewer.qt.panels.overlays import OverlaysPanel
from viewer.session.overlays import OverlayChoice
from viewer.session.state import Sheet


@pytest.fixture
def sheet(png_film):
    return Sheet(1, Path("film.png"), 0, reading="ready", key=png_film.key)


@pytest.fixture
def findings(dressed, qtbot):
    panel = FindingsPanel(tiny_card, lambda command_id: "")
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    yield panel
    panel.close()


@pytest.fixture
def overlays(dressed, qtbot, png_film):
    keys = {"findings.heatmap": "M", "findings.boxes": "O", "findings.lungs": "L"}
    panel = OverlaysPanel(tiny_card, keys.__getitem__)
    qtbot.addWidget(panel)
    panel.show_prediction(prediction_for(png_film))
    return panel


def answered(sheet, film, **changes):
    return replace(sheet, answer="analysed", prediction=prediction_for(film, **changes))


def words(panel):
    from PySide6.QtWidgets import QLabel

    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown + [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()])


def test_the_answer_is_one_line_with_three_decimals(findings, sheet, png_film):
    findings.show_sheet(answered(sheet, png_film, probabilities=(0.8764, 0.34)))
    text = words(findings)
    for part in ("Lung opacity", "0.876", "Above threshold", "threshold 0.500", "COVID-19", "0.340", "Below threshold"):
        assert part in text
    assert "12.0 %" in text
    assert "synthetic 0.0.1" in text
    assert "CPU (1 thread)" in text
    assert "a film alone never settles the cause" in text


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"answer": "none"}, "Not analysed yet"),
        ({"answer": "running"}, "Analysing"),
        ({"answer": "cancelled"}, "cancelled"),
        ({"answer": "failed", "answer_error": "No memory; close other programs."}, "No memory"),
        ({"reading": "failed"}, "Nothing to analyse"),
        ({"reading": "waiting"}, "Nothing to analyse"),
    ],
)
def test_every_state_says_what_it_is(findings, sheet, changes, part):
    findings.show_sheet(replace(sheet, **changes))
    assert part in words(findings)
    assert "Not for diagnosis" in words(findings)


def test_a_film_that_is_not_assessable_has_no_number(findings, sheet, png_film):
    findings.show_sheet(replace(sheet, answer="not_assessable", prediction=refused(png_film)))
    text = words(findings)
    assert "Not assessable" in text
    assert "Analyse anyway" in text
    assert "0." not in text.replace("0.0.1", "").replace("0.05 s", "")


def test_a_forced_answer_is_stamped(findings, sheet, png_film):
    prediction = replace(prediction_for(png_film), refusal=refused(png_film).refusal, forced=True)
    findings.show_sheet(replace(sheet, answer="analysed", prediction=prediction))
    assert "although not assessable" in words(findings)
    assert "0.870" in words(findings)


def test_going_to_a_film_without_answer_clears_the_last_one(findings, sheet, png_film):
    findings.show_sheet(answered(sheet, png_film))
    findings.show_sheet(sheet)
    assert "0.870" not in words(findings)
    findings.show_sheet(None)
    assert "No film" in words(findings)


def test_clicking_a_box_names_its_place(qtbot, findings, sheet, png_film):
    findings.show_sheet(answered(sheet, png_film))
    with qtbot.waitSignal(findings.box_chosen) as caught:
        qtbot.mouseClick(findings.boxes.buttons[0], Qt.MouseButton.LeftButton)
    assert caught.args == [0]


def test_what_the_network_saw_unfolds(qtbot, findings, sheet, png_film):
    findings.show_sheet(answered(sheet, png_film))
    assert not findings.behind.seen.isVisible()
    findings.behind.fold._button.click()
    assert findings.behind.seen.isVisible()
    assert findings.behind.seen.pixmap().width() > 100


def test_switches_and_sliders_make_a_choice(qtbot, overlays):
    choices = []
    overlays.choice_changed.connect(choices.append)
    overlays._heatmap.click()
    overlays._lungs.click()
    overlays._boxes.click()
    opacity, sigma = overlays.findChildren(QSlider)
    opacity.setValue(75)
    sigma.setValue(12)
    assert choices[-1] == OverlayChoice(heatmap=True, boxes=False, lungs=True, opacity=0.75, sigma=12)
    sigma.setValue(0)
    assert choices[-1].sigma is None


def test_every_map_of_the_model_can_be_chosen(qtbot, overlays):
    choices = []
    overlays.choice_changed.connect(choices.append)
    box = overlays.findChild(QComboBox)
    for place in range(box.count()):
        box.activated.emit(place)
    chosen = [(choice.map, choice.finding) for choice in choices]
    assert chosen == [
        ("intensity", None),
        ("smoothed", None),
        ("class", "lung_opacity"),
        ("class", "covid19"),
        ("opacity", "lung_opacity"),
    ]
    assert box.currentIndex() == 4


def test_showing_a_choice_is_not_choosing(qtbot, overlays):
    with qtbot.assertNotEmitted(overlays.choice_changed):
        overlays.show_choice(OverlayChoice(heatmap=True, map="class", finding="covid19", opacity=0.1))
    assert overlays.findChild(QComboBox).currentText().endswith("COVID-19")


def test_without_an_answer_nothing_can_be_chosen(overlays):
    overlays.show_prediction(None)
    assert not overlays.isEnabled()


def test_tooltips_tell_the_keys(overlays):
    assert "(M)" in overlays._heatmap.toolTip()
    assert "(O)" in overlays._boxes.toolTip()
    assert "(L)" in overlays._lungs.toolTip()


@pytest.mark.parametrize(("value", "told"), [(0.09, "Sanity check passed: 0.09"), (0.71, "Sanity check failed: 0.71")])
def test_the_panel_says_whether_the_chosen_map_passes_its_sanity_check(dressed, qtbot, png_film, value, told):
    figure = Figure("class map, rank correlation with random weights", value, None, None, 12, "films with opacity")
    panel = OverlaysPanel(lambda: replace(tiny_card(), figures=(figure,)), lambda command_id: "")
    qtbot.addWidget(panel)
    panel.show_prediction(prediction_for(png_film))
    panel.show_choice(OverlayChoice(heatmap=True, map="class", finding="lung_opacity"))
    assert panel._sanity.text().startswith(told)
    assert (panel._sanity.property("band") == "error") == (value > 0.5)
    panel.show_choice(OverlayChoice(heatmap=True, map="smoothed"))
    assert panel._sanity.text() == "Sanity check: not made for this map."


def test_the_inset_is_the_very_image_the_network_was_given(findings, sheet, png_film):
    told = answered(sheet, png_film)
    findings.show_sheet(told)
    image = findings.behind.seen._picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    np.testing.assert_array_equal(rows[:, : image.width()], told.prediction.seen)
