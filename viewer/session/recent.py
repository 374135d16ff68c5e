"""What was opened of late: files and folders, newest first, kept in the store and forgotten once they are gone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from viewer.session.store import Store

FILM = "recent"
"""The place of what was opened among the store's films; no film has this key."""
KIND = "paths"
KEPT = 10
MOST_PATHS = 100
"""Of one opening: more than a menu entry has to bring back; what lies in one folder is kept as that folder."""

Study = tuple[Path, ...]
"""What was opened together."""


class Recent:
    """The studies opened of late. Every method may raise StoreError when nothing can be written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._studies = _studies(store.choices(FILM).get(KIND))

    @property
    def studies(self) -> tuple[Study, ...]:
        """What is still there, the newest first."""
        there = tuple(left for study in self._studies if (left := tuple(path for path in study if path.exists())))
        if there != self._studies:
            self._keep(there)
        return there

    def add(self, paths: Iterable[Path]) -> None:
        """Put what was opened at the top; the same once more moves up."""
        study = tuple(dict.fromkeys(paths))
        if len(study) > MOST_PATHS:
            study = tuple(dict.fromkeys(path.parent for path in study))[:MOST_PATHS]
        if study:
            self._keep((study, *(other for other in self._studies if other != study))[:KEPT])

    def clear(self) -> None:
        """Forget everything."""
        self._keep(())

    def _keep(self, studies: tuple[Study, ...]) -> None:
        self._studies = studies
        plain = [[str(path) for path in study] for study in studies]
        self._store.keep_choice(FILM, KIND, plain or None)


def _studies(raw: object) -> tuple[Study, ...]:
    """Return what was kept; nothing where nothing was, or nothing that can be understood."""
    if not isinstance(raw, list) or not all(isinstance(study, list) and study for study in raw):
        return ()
    if not all(isinstance(path, str) for study in raw for path in study):
        return ()
    return tuple(tuple(Path(path) for path in study) for study in raw[:KEPT])
