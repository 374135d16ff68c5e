"""Last time: which films lay on the table and which hung in which pane, kept as it changes, hung again when asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.hanger import Hanger
from viewer.qt.sitting import Sitting
from viewer.session.hanging import Hanging
from viewer.session.store import Store, StoreError

FILM = "sitting"
"""The place of sittings among the store's films; no film has this key."""
KIND = "films"
SETTLE_MS = 400
"""How long the table rests before it is kept, so that leafing through films costs nothing."""


@dataclass(frozen=True, slots=True)
class Films:
    """The films of a sitting in their order, how they hung, by their places in it, and the frame in front."""

    paths: tuple[Path, ...]
    hanging: Hanging
    frame: int


class LastTime(QObject):
    """Keeps the films of this sitting; looks and drawings are kept film by film elsewhere."""

    def __init__(self, sitting: Sitting, panes: Hanger, store: Store) -> None:
        super().__init__(sitting)
        self._sitting = sitting
        self._panes = panes
        self._store = store
        self._kept = _films(store.choices(FILM).get(KIND))
        self._used = False
        self._wanted: Films | None = None
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self.keep)
        sitting.table_changed.connect(self._on_table_changed)
        panes.changed.connect(self._timer.start)

    @property
    def films(self) -> Films | None:
        """The films that can be hung again, None when there are none."""
        return self._kept

    def resume(self) -> None:
        """Lay the films of last time on the table and hang the one that hung."""
        if self._kept is not None:
            self._wanted = self._kept
            self._sitting.open(self._kept.paths)

    def keep(self) -> None:
        """Keep the table as it is now; one that was cleared is forgotten."""
        self._timer.stop()
        if not self._used:
            return
        sheets = list(self._sitting.table)
        current = self._sitting.table.current
        self._kept = None
        if sheets:
            places = {sheet.id: place for place, sheet in enumerate(sheets)}
            hanging = self._panes.hanging.renamed(places)
            self._kept = Films(tuple(sheet.path for sheet in sheets), hanging, 0 if current is None else current.frame)
        try:
            self._store.keep_choice(FILM, KIND, None if self._kept is None else _plain(self._kept))
        except StoreError as error:
            self._used = False
            self._sitting.told.emit(
                Message("warning", QT_TRANSLATE_NOOP("Messages", "{reason}"), {"reason": error.message})
            )

    def _on_table_changed(self) -> None:
        if len(self._sitting.table):
            self._used = True
            self._hang_wanted()
        self._timer.start()

    def _hang_wanted(self) -> None:
        """Hang what hung last time, once the films are on the table again."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            QTimer.singleShot(0, self, lambda: self._hang(wanted))

    def _hang(self, wanted: Films) -> None:
        """Hang the films in their panes, unless the table was cleared meanwhile."""
        if not len(self._sitting.table):
            return
        seats = {place: self._sitting.table.seat(wanted.paths[place]).id for place in wanted.hanging.hung}
        self._panes.restore(wanted.hanging.renamed(seats))
        current = self._sitting.table.current
        if current is not None and current.frame != wanted.frame:
            self._sitting.hang(current.id, wanted.frame)


def _plain(films: Films) -> dict[str, Any]:
    hanging = films.hanging
    panes = {"layout": list(hanging.layout), "panes": list(hanging.sheets), "front": hanging.front}
    return {"paths": [str(path) for path in films.paths], **panes, "frame": films.frame}


def _films(raw: Any) -> Films | None:
    """Return films from what was kept; None when nothing was, or nothing that can be understood."""
    try:
        rows, columns = raw["layout"]
        hanging = Hanging(rows, columns, tuple(raw["panes"]), raw["front"])
        films = Films(tuple(Path(path) for path in raw["paths"]), hanging, int(raw["frame"]))
    except (TypeError, KeyError, ValueError):
        return None
    known = all(0 <= place < len(films.paths) for place in hanging.hung)
    return films if films.paths and known and films.frame >= 0 else None
