"""Choices come back as they were made, whatever happens to the process that made them."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from greys import film_of
from hypothesis import given, settings
from hypothesis import strategies as st

from model.film.film import Spacing, Window
from model.findings.prediction import Box
from viewer.display.look import Aids, GreyTable, Look, Pose
from viewer.display.pose import ALL_POSES
from viewer.display.view import View
from viewer.measure.geometry import length
from viewer.measure.shapes import KINDS, ORIGINS, POINTS, Measurement
from viewer.session.edits import EditBook, Edits
from viewer.session.keeping import Keeper, KeptError
from viewer.session.store import Store
from viewer.session.verdicts import JUDGEMENTS, Verdict, judged, shape_id, shape_of, verdict_on

FIRST = Look(Window(500, 1000))
FILM = film_of(np.zeros((40, 50), np.uint16))
ROOT = Path(__file__).parents[3]

numbers = st.floats(-10, 5000)
points = st.tuples(numbers, numbers)


@st.composite
def shapes(draw):
    kind = draw(st.sampled_from(KINDS))
    count = POINTS[kind] or draw(st.integers(3, 8))
    drawn = draw(st.lists(points, min_size=count, max_size=count))
    return Measurement(draw(st.uuids()).hex, kind, tuple(drawn), draw(st.text()), draw(st.sampled_from(ORIGINS)))


looks = st.builds(
    Look,
    st.builds(Window, numbers, st.floats(1, 5000), st.sampled_from(["LINEAR", "LINEAR_EXACT", "SIGMOID"]), st.text()),
    st.booleans(),
    st.sampled_from(ALL_POSES),
    st.builds(Aids, st.floats(0, 1), st.floats(0, 1)),
)
boxes = st.builds(
    Box, st.sampled_from(["lung_opacity", "covid19"]), st.floats(0, 1), numbers, numbers, numbers, numbers
)
verdicts = st.builds(Verdict, boxes, st.text(max_size=8), st.sampled_from(JUDGEMENTS))
spacings = st.none() | st.builds(Spacing, st.floats(0.01, 1), st.floats(0.01, 1), st.just("hand"))
edits = st.builds(
    Edits, looks, st.lists(shapes(), max_size=4).map(tuple), st.lists(verdicts, max_size=3).map(tuple), spacings
)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "store.sqlite")
    yield store
    store.close()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """One store for all examples of a property; every film has its own key."""
    store = Store(tmp_path_factory.mktemp("kept") / "store.sqlite")
    yield store
    store.close()


@settings(max_examples=50)
@given(made=st.lists(edits, min_size=1, max_size=4), key=st.uuids())
def test_the_last_choices_come_back(lasting, made, key):
    film = replace(FILM, key=key.hex)
    keeper = Keeper(lasting)
    keeper.kept(film, FIRST)
    for choice in made:
        keeper.keep(film.key, choice, FIRST)
    assert Keeper(lasting).kept(film, FIRST) == made[-1]


def test_going_back_to_the_first_look_leaves_nothing_behind(store):
    keeper = Keeper(store)
    keeper.keep(FILM.key, Edits(replace(FIRST, inverted=True), (Measurement("a", "text", ((1, 1),), "x"),)), FIRST)
    assert set(store.choices(FILM.key)) == {"look", "drawings"}
    keeper.keep(FILM.key, Edits(FIRST), FIRST)
    assert store.choices(FILM.key) == {}


def test_a_look_of_the_films_own_table_comes_back_while_the_film_has_it(store):
    look = replace(FIRST, grey=GreyTable(0))
    Keeper(store).keep(FILM.key, Edits(look), FIRST)
    with pytest.raises(KeptError, match="no such table"):
        Keeper(store).kept(FILM, FIRST)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("look", {"grey": {"center": 1, "width": -1}, "inverted": False, "pose": {}, "aids": {}}),
        ("look", {"inverted": False}),
        ("look", []),
        ("drawings", {"shapes": [{"id": "a"}], "verdicts": [], "calibration": None}),
        ("drawings", {"shapes": [], "verdicts": [{"box": [1]}], "calibration": None}),
        ("drawings", {"shapes": [], "verdicts": [], "calibration": [0, 1]}),
    ],
)
def test_what_cannot_be_understood_is_told(store, kind, value):
    store.keep_choice(FILM.key, kind, value)
    with pytest.raises(KeptError, match="hangs as if it were new"):
        Keeper(store).kept(FILM, FIRST)


steps = st.lists(
    st.one_of(edits.map(lambda e: ("do", e)), st.just(("undo", None)), st.just(("redo", None))), max_size=30
)


@given(steps)
def test_undo_and_redo_go_through_exactly_what_was_chosen(done):
    book = EditBook()
    past, future = [book.open("a", FIRST)], []
    for deed, choice in done:
        if deed == "do":
            if choice != past[-1]:
                past.append(choice)
                future.clear()
            book.record("a", choice)
        elif deed == "undo":
            if len(past) > 1:
                future.append(past.pop())
            book.history("a").undo()
        else:
            if future:
                past.append(future.pop())
            book.history("a").redo()
        assert book.history("a").present == past[-1]
        assert book.history("a").can_undo == (len(past) > 1)
        assert book.history("a").can_redo == bool(future)


def test_fifty_steps_and_more_can_be_taken_back():
    book = EditBook()
    book.open("a", FIRST)
    for number in range(60):
        book.record("a", Edits(FIRST, (Measurement(str(number), "text", ((number, 0),), "x"),)))
    for _ in range(60):
        book.history("a").undo()
    assert book.history("a").present == Edits(FIRST)


@given(points, points, st.sampled_from(ALL_POSES), st.sampled_from(ALL_POSES), st.floats(0.1, 8))
def test_a_shape_drawn_in_one_pose_lies_there_in_any_other(start, end, pose: Pose, other: Pose, zoom):
    """Points go from the screen to the film and back by the view alone; turning the film moves no drawing."""
    view = replace(View.fitted(3000, 2500, 900, 700, pose=pose), zoom=zoom)
    drawn = tuple(view.to_film(*view.to_screen(*point)) for point in (start, end))
    for there, back in zip((start, end), drawn, strict=True):
        assert back == pytest.approx(there, abs=1e-6)
    turned = view.laid(other)
    seen = [turned.to_screen(*point) for point in drawn]
    apart = np.hypot(*np.subtract(*seen)) / turned.zoom
    assert apart == pytest.approx(length(start, end, None).value, abs=1e-6)


def test_a_verdict_is_on_one_box_of_one_network():
    from predictions import prediction_for

    prediction = prediction_for(FILM)
    (box,) = prediction.boxes
    said = judged(box, prediction, "accepted", ())
    assert verdict_on(box, prediction, said).judgement == "accepted"
    other = replace(prediction, model=replace(prediction.model, sha256="1" * 64))
    assert verdict_on(box, other, said) is None
    changed = judged(box, prediction, "rejected", said)
    assert [verdict.judgement for verdict in changed] == ["rejected"]
    assert judged(box, prediction, None, changed) == ()
    assert shape_of(box).id == shape_id(box)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the reader is killed as a forked process")
def test_nothing_that_was_kept_is_lost_when_the_reader_is_killed_200_times(tmp_path):
    run = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "killed_reader.py"), str(tmp_path / "store.sqlite"), "200"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    kills, drawn = (int(word) for word in run.stdout.split())
    assert kills == 200
    assert drawn > 200
