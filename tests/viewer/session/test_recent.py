"""What was opened of late: newest first, once each, gone when it is gone, and kept over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.session.recent import FILM, KEPT, KIND, MOST_PATHS, Recent
from viewer.session.store import Store


@pytest.fixture
def store() -> Store:
    return Store(None)


def _files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.dcm" for number in range(count)]
    for path in paths:
        path.touch()
    return paths


def test_the_newest_stands_first_and_each_once(store: Store, tmp_path: Path) -> None:
    one, two, three = _files(tmp_path, 3)
    recent = Recent(store)
    for paths in ((one,), (two, three), (one,)):
        recent.add(paths)
    assert recent.studies == ((one,), (two, three))
    assert Recent(store).studies == recent.studies


def test_no_more_than_a_menu_holds(store: Store, tmp_path: Path) -> None:
    paths = _files(tmp_path, KEPT + 3)
    recent = Recent(store)
    for path in paths:
        recent.add((path,))
    assert recent.studies == tuple((path,) for path in paths[::-1][:KEPT])


def test_what_is_gone_is_forgotten_for_good(store: Store, tmp_path: Path) -> None:
    one, two, three = _files(tmp_path, 3)
    recent = Recent(store)
    recent.add((one, two))
    recent.add((three,))
    three.unlink()
    two.unlink()
    assert recent.studies == ((one,),)
    two.touch()
    assert Recent(store).studies == ((one,),)


def test_a_crowd_is_kept_as_its_folder(store: Store, tmp_path: Path) -> None:
    recent = Recent(store)
    recent.add(_files(tmp_path, MOST_PATHS + 1))
    assert recent.studies == ((tmp_path,),)


def test_clearing_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    recent = Recent(store)
    recent.add(_files(tmp_path, 1))
    recent.clear()
    assert recent.studies == ()
    assert store.choices(FILM) == {}


@pytest.mark.parametrize("raw", ["x", [1], [[]], [[1]], {"a": 1}])
def test_what_cannot_be_understood_is_nothing(store: Store, raw: object) -> None:
    store.keep_choice(FILM, KIND, raw)
    assert Recent(store).studies == ()
