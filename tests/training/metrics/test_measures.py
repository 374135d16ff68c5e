"""Measures against scikit-learn, against cases worked by hand, and their intervals against simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn import metrics as reference

from training.metrics import boxes, calibration, classes, intervals, maps, ranking

ONE = np.ones((1, 200))


@pytest.fixture
def answers() -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(5)
    truth = generator.random(200) < 0.4
    scores = np.round(np.clip(generator.normal(0.4 + 0.2 * truth, 0.2), 0, 1), 2)
    return truth, scores


def test_ranking_agrees_with_scikit_learn(answers: tuple[np.ndarray, np.ndarray]) -> None:
    truth, scores = answers
    assert ranking.roc_auc(truth, scores)(ONE)[0] == pytest.approx(reference.roc_auc_score(truth, scores))
    assert ranking.average_precision(truth, scores)(ONE)[0] == pytest.approx(
        reference.average_precision_score(truth, scores)
    )
    curve = ranking.roc_curve(truth, scores)
    false, true, _ = reference.roc_curve(truth, scores, drop_intermediate=False)
    np.testing.assert_allclose(curve.x, false)
    np.testing.assert_allclose(curve.y, true)


def test_answers_drawn_by_lot_rank_by_luck_alone_and_more_widely_on_fewer_patients(
    answers: tuple[np.ndarray, np.ndarray],
) -> None:
    truth, scores = answers
    single = ranking.chance(truth, scores, [str(n) for n in range(200)])
    few = ranking.chance(truth, np.repeat(scores[::10], 10), [str(n // 10) for n in range(200)])
    assert single.value == pytest.approx(0.5, abs=0.01)
    assert (single.n, single.clusters, few.clusters) == (200, 200, 20)
    # Under the null, Mann and Whitney: the standard deviation of the area is sqrt((n + m + 1) / (12 n m)).
    positive = truth.sum()
    spread = math.sqrt(201 / (12 * positive * (200 - positive)))
    assert (single.high - single.low) / (2 * 1.96) == pytest.approx(spread, rel=0.15)
    assert few.high - few.low > 2 * (single.high - single.low)


def test_weights_are_repetitions(answers: tuple[np.ndarray, np.ndarray]) -> None:
    truth, scores = answers
    weights = np.random.default_rng(1).integers(0, 4, (1, 200)).astype(float)
    repeated = np.repeat(np.arange(200), weights[0].astype(int))
    many = np.ones((1, len(repeated)))
    for measure in (ranking.roc_auc, ranking.average_precision, calibration.brier, calibration.expected_error):
        assert measure(truth, scores)(weights)[0] == pytest.approx(measure(truth[repeated], scores[repeated])(many)[0])


def test_classes_agree_with_scikit_learn(answers: tuple[np.ndarray, np.ndarray]) -> None:
    truth, scores = answers
    called = scores >= 0.5
    assert classes.f1(truth, called)(ONE)[0] == pytest.approx(reference.f1_score(truth, called))
    counts = classes.confusion(truth, called)
    expected = reference.confusion_matrix(truth, called)
    assert [counts.true_negative, counts.false_positive, counts.false_negative, counts.true_positive] == list(
        expected.ravel()
    )
    assert calibration.brier(truth, scores)(ONE)[0] == pytest.approx(reference.brier_score_loss(truth, scores))


def test_calibration_error_by_hand() -> None:
    truth = np.array([True, False, True, True])
    probability = np.array([0.15, 0.15, 0.95, 1.0])
    weights = np.ones((1, 4))
    assert calibration.expected_error(truth, probability)(weights)[0] == pytest.approx((0.7 + 0.05) / 4)
    bars = calibration.reliability(truth, probability)
    assert (bars[1].n, bars[1].said, bars[1].seen) == (2, pytest.approx(0.15), 0.5)
    assert bars[9].n == 2
    assert math.isnan(bars[5].said)


def test_thresholds_and_predictive_values_by_hand() -> None:
    truth = np.array([False, False, True, False, True, True, True])
    scores = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    assert ranking.youden_threshold(truth, scores) == 0.5
    assert ranking.threshold_at_sensitivity(truth, scores, 0.9) == 0.3
    assert ranking.threshold_at_specificity(truth, scores, 1.0) == 0.5
    assert ranking.false_alarms_at(truth, scores, 1.0)(np.ones((1, 7)))[0] == pytest.approx(1 / 3)
    assert classes.predictive_values(0.9, 0.9, 0.01) == (pytest.approx(0.009 / 0.108), pytest.approx(0.891 / 0.892))
    assert classes.net_benefit(truth, scores, np.array([0.45]))[0] == pytest.approx(3 / 7)


def film(found: list[list[float]], scores: list[float], true: list[list[float]]) -> boxes.BoxedFilm:
    return boxes.BoxedFilm(
        np.array(found, float).reshape(-1, 4), np.array(scores, float), np.array(true, float).reshape(-1, 4)
    )


def test_overlap_by_hand() -> None:
    pairs = boxes.overlap(np.array([[0.0, 0, 2, 2]]), np.array([[1.0, 1, 2, 2], [5, 5, 1, 1], [0, 0, 2, 2]]))
    np.testing.assert_allclose(pairs, [[1 / 7, 0, 1]])


def test_boxes_by_hand() -> None:
    films = [
        film([[0, 0, 10, 10], [50, 50, 10, 10]], [0.9, 0.6], [[0, 0, 10, 10]]),
        film([[0, 0, 10, 5]], [0.8], [[0, 0, 10, 10], [30, 30, 5, 5]]),
        film([[1, 1, 3, 3]], [0.7], []),
    ]
    weights = np.ones((1, 3))
    # By falling score: right, right (overlap .5), false, false; three true boxes.
    assert boxes.average_precision(films, 0.5)(weights)[0] == pytest.approx(2 / 3)
    assert boxes.average_precision(films, 0.6)(weights)[0] == pytest.approx(1 / 3)
    assert boxes.sensitivity_at(films, 0.0)(weights)[0] == pytest.approx(2 / 3)
    assert boxes.sensitivity_at(films, np.inf, 0.6)(weights)[0] == pytest.approx(1 / 3)
    assert boxes.false_boxes(films)(weights)[0] == pytest.approx(2 / 3)
    assert boxes.false_boxes(films[2:])(np.ones((1, 1)))[0] == 1
    rsna = [(1 / 2), (np.mean([1 / 2] * 3 + [0.0] * 5)), 0.0]
    assert boxes.rsna_mean(films)(weights)[0] == pytest.approx(np.mean(rsna))
    false, sensitivity = boxes.froc(films)
    np.testing.assert_allclose(false, [0, 0, 1 / 3, 2 / 3])
    np.testing.assert_allclose(sensitivity, [1 / 3, 2 / 3, 2 / 3, 2 / 3])


def test_a_true_box_counts_once() -> None:
    twice = film([[0, 0, 10, 10], [0, 0, 10, 9]], [0.9, 0.8], [[0, 0, 10, 10]])
    assert list(boxes.hits(twice, 0.5)) == [True, False]


def test_films_without_boxes_give_no_precision_and_no_score() -> None:
    empty = [film([], [], [])]
    weights = np.ones((1, 1))
    assert math.isnan(boxes.average_precision(empty, 0.5)(weights)[0])
    assert math.isnan(boxes.rsna_mean(empty)(weights)[0])
    assert boxes.false_boxes(empty)(weights)[0] == 0


def test_boxes_must_come_surest_first() -> None:
    with pytest.raises(ValueError, match="surest"):
        film([[0, 0, 1, 1], [0, 0, 1, 1]], [0.1, 0.2], [])


def test_maps_by_hand() -> None:
    mask = np.array([[True, False], [False, False]])
    heat = np.array([[3.0, 1.0], [-5.0, 0.0]])
    assert maps.dice(mask, np.array([[True, True], [False, False]])) == pytest.approx(2 / 3)
    assert math.isnan(maps.dice(~np.ones((2, 2), bool), np.zeros((2, 2), bool)))
    assert maps.energy_inside(heat, mask) == pytest.approx(0.75)
    assert maps.points_inside(heat, mask) == 1.0
    assert maps.points_inside(np.ones((2, 2)), mask) == 0.25
    first, second = np.array([1.0, 2, 4, 3]), np.array([2.0, 1, 5, 4])
    assert maps.correlation(first, second)(np.ones((1, 4)))[0] == pytest.approx(np.corrcoef(first, second)[0, 1])


def test_wilson_by_hand() -> None:
    assert intervals.wilson(15, 18) == (pytest.approx(0.6078, abs=1e-3), pytest.approx(0.9416, abs=1e-3))
    assert intervals.wilson(0, 10)[0] == 0
    assert all(math.isnan(end) for end in intervals.wilson(0, 0))


def test_a_share_of_nothing_has_an_upper_end_that_patients_set() -> None:
    found = intervals.proportion([False] * 40, [str(number // 4) for number in range(40)])
    assert (found.value, found.low, found.n, found.clusters) == (0, 0, 40, 10)
    assert found.high == pytest.approx(intervals.wilson(0, 10)[1])


def test_intervals_cover_the_truth_when_patients_have_several_films() -> None:
    generator = np.random.default_rng(2)
    covered = 0
    for seed in range(150):
        patients = generator.normal(0.3, 1.0, 60)
        values = np.repeat(patients, 4) + generator.normal(0, 0.1, 240)
        groups = [str(number // 4) for number in range(240)]
        found = intervals.estimate(intervals.weighted_mean(values), groups, rounds=400, seed=seed)
        covered += found.low <= 0.3 <= found.high
    assert 0.88 <= covered / 150 <= 0.99


def test_a_cluster_bootstrap_is_wider_than_one_of_films() -> None:
    values = np.repeat(np.random.default_rng(0).normal(size=40), 10)
    clustered = intervals.estimate(intervals.weighted_mean(values), [str(n // 10) for n in range(400)])
    single = intervals.estimate(intervals.weighted_mean(values), [str(n) for n in range(400)])
    assert clustered.high - clustered.low > 2 * (single.high - single.low)
    assert (clustered.n, clustered.clusters) == (400, 40)


def test_one_patient_gives_no_interval() -> None:
    found = intervals.estimate(intervals.weighted_mean(np.array([1.0, 3.0])), ["a", "a"])
    assert found.value == 2.0
    assert math.isnan(found.low)


def test_an_undefined_measure_says_so() -> None:
    found = intervals.estimate(ranking.roc_auc(np.ones(5, bool), np.arange(5.0)), list("abcde"))
    assert math.isnan(found.value)
    assert "not defined" in str(found)
    assert intervals.estimate(intervals.weighted_mean(np.empty(0)), []).n == 0
