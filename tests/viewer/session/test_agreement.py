"""Reader and network: what each said first is kept, and how far they agree comes out as written in the books."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from chests import draw_chest
from hypothesis import given
from hypothesis import strategies as st
from predictions import prediction_for, refused
from sklearn.metrics import cohen_kappa_score

from model.findings.prediction import ModelIdentity
from viewer.session import agreement as agreeing
from viewer.session.agreement import agreement, cases, cohens_kappa, write_csv
from viewer.session.impressions import Impression, Impressions, Word
from viewer.session.store import MIGRATIONS, Store

FILM = draw_chest(64, 48)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "store.sqlite")
    yield made
    made.close()


def _read(store: Store, film: str, words: tuple[Word, Word], said: tuple[float, float], remark: str = "") -> None:
    log = Impressions(store)
    log.keep(film, Path("/films") / f"{film}.dcm", Impression(*words, remark))
    log.keep_answer(replace(prediction_for(FILM, probabilities=said), film_key=film))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_kappa_is_that_of_an_independent_implementation(pairs: list[tuple[bool, bool]]) -> None:
    ours = cohens_kappa(pairs)
    if len({answer for pair in pairs for answer in pair}) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), abs=1e-12)


def test_kappa_of_a_worked_example() -> None:
    """Cohen's formula by hand: 20 both yes, 5 and 10 apart, 15 both no gives p_o 0.7, p_e 0.5, kappa 0.4."""
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)
    assert cohens_kappa([]) is None


def test_agreement_counts_yes_and_no_and_lists_what_differs(store: Store) -> None:
    _read(store, "a", ("yes", "no"), (0.9, 0.1))
    _read(store, "b", ("no", "no"), (0.9, 0.6), remark="scar")
    _read(store, "c", ("unsure", "yes"), (0.2, 0.7))
    _read(store, "d", ("no", "unsure"), (0.2, 0.2))
    opacity = agreement(store, "lung_opacity")
    assert (opacity.films, opacity.agreed, opacity.unsure) == (3, 2, 1)
    assert [(case.film, case.remark, case.place.name) for case in opacity.disagreements] == [("b", "scar", "b.dcm")]
    assert opacity.kappa == pytest.approx(cohen_kappa_score([1, 0, 0], [1, 1, 0]))
    covid = agreement(store, "covid19")
    assert (covid.films, covid.agreed, covid.unsure) == (3, 2, 1)
    of_batch = agreement(store, "lung_opacity", {"a", "c", "never read"})
    assert (of_batch.films, of_batch.agreed, of_batch.unsure, of_batch.kappa) == (1, 1, 1, None)


def test_a_probability_at_the_threshold_is_called(store: Store) -> None:
    _read(store, "a", ("yes", "yes"), (0.5, 0.49999))
    assert [case.agreed for case in cases(store)] == [False, True]


def test_films_that_either_has_not_judged_do_not_count(store: Store) -> None:
    log = Impressions(store)
    log.keep_answer(replace(prediction_for(FILM), film_key="answered only"))
    log.keep("read only", Path("x"), Impression("yes", "no"))
    log.keep("refused", Path("y"), Impression("yes", "no"))
    log.keep_answer(replace(refused(FILM), film_key="refused"))
    assert cases(store) == []
    assert agreement(store, "lung_opacity").films == 0


def test_the_first_impression_stands_and_the_last_network(store: Store) -> None:
    _read(store, "a", ("yes", "no"), (0.9, 0.1))
    log = Impressions(store)
    log.keep("a", Path("z"), Impression("no", "yes"))
    newer = ModelIdentity("negatoscope", "9.9", "f" * 64)
    log.keep_answer(replace(prediction_for(FILM, probabilities=(0.1, 0.1)), film_key="a", model=newer))
    (case, _) = (case for case in sorted(cases(store), key=lambda case: case.question, reverse=True))
    assert (case.word, case.probability, case.network) == ("yes", 0.1, "negatoscope 9.9")


def test_impressions_are_known_again_after_reopening(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    Impressions(store).keep("a", Path("a"), Impression("yes", "no"))
    store.close()
    again = Store(tmp_path / "store.sqlite")
    assert "a" in Impressions(again)
    assert "b" not in Impressions(again)
    again.close()


def test_a_store_from_before_is_brought_up_and_keeps_what_it_held(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1;")
    connection.execute("INSERT INTO reading VALUES ('film', 1, 0.0)")
    connection.commit()
    connection.close()
    store = Store(path)
    assert store.reviewed(["film"]) == {"film"}
    _read(store, "film", ("yes", "no"), (0.9, 0.1))
    assert agreement(store, "lung_opacity").agreed == 1
    assert store.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
    store.close()


def test_the_table_hides_films_places_and_remarks_with_the_names(store: Store) -> None:
    _read(store, "1.2.3", ("no", "no"), (0.9, 0.1), remark="Mr Smith, again")
    _read(store, "1.2.4", ("unsure", "no"), (0.9, 0.1))
    open_, hidden = io.StringIO(), io.StringIO()
    write_csv(agreeing.cases(store), open_, anonymous=False)
    write_csv(agreeing.cases(store), hidden, anonymous=True)
    rows = list(csv.DictReader(io.StringIO(open_.getvalue())))
    first = next(row for row in rows if row["film"] == "1.2.3" and row["question"] == "lung_opacity")
    assert (first["reader"], first["probability"], first["threshold"], first["agreed"]) == (
        "no",
        "0.900",
        "0.500",
        "no",
    )
    assert (first["path"], first["remark"]) == ("/films/1.2.3.dcm", "Mr Smith, again")
    unsure = next(row for row in rows if row["reader"] == "unsure")
    assert unsure["agreed"] == ""
    assert not any(word in hidden.getvalue() for word in ("1.2.3", "Smith", "films"))
    assert len(hidden.getvalue().splitlines()) == 5
