"""The store: one SQLite file in the user's data folder that keeps what must survive a power cut; no Qt."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.errors import NegatoscopeError

MIGRATIONS = (
    """
    CREATE TABLE answer (
        content TEXT NOT NULL, model TEXT NOT NULL, settings TEXT NOT NULL, answer TEXT NOT NULL,
        made REAL NOT NULL,
        PRIMARY KEY (content, model, settings)
    ) WITHOUT ROWID;
    CREATE TABLE reading (film TEXT PRIMARY KEY, reviewed INTEGER NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE choice (
        film TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (film, kind)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE impression (
        film TEXT PRIMARY KEY, place TEXT NOT NULL, opacity TEXT NOT NULL, covid19 TEXT NOT NULL, remark TEXT NOT NULL,
        at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE network_answer (
        film TEXT NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL, finding TEXT NOT NULL,
        probability REAL NOT NULL, threshold REAL NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (film, model, finding)
    ) WITHOUT ROWID;
    """,
)
"""One script a schema version, applied in order; never edited once released."""

_BUSY_SECONDS = 30.0


class StoreError(NegatoscopeError):
    """The store cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What an answer depends on: the film's content, the network's weights and the settings of the run."""

    content: str
    """SHA-256 of the file's bytes, hexadecimal."""
    model: str
    """SHA-256 of the weights, hexadecimal."""
    settings: str
    """Settings that change the answer, as canonical JSON."""


class Store:
    """Answers, reading marks and choices on disk. Every method is one transaction; threads may share a store.

    Writes are durable when the method returns (write-ahead log, full synchronisation), so that killing the
    process at any moment loses nothing that was reported as kept.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the store in this file, made when missing; None keeps everything in memory."""
        self.path = path or Path(":memory:")
        self._lock = threading.RLock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path or ":memory:", timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._migrate()
        except (sqlite3.Error, StoreError) as error:
            self._connection.close()
            if isinstance(error, StoreError):
                raise
            raise StoreError(
                "store_unusable",
                f"The file {self.path.name} in {self.path.parent} cannot be used ({error}); move it away and restart.",
            ) from error

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def keep_answer(self, key: AnswerKey, answer: dict[str, Any]) -> None:
        """Keep the answer of one run; an answer under the same key is replaced."""
        with self.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)",
                (key.content, key.model, key.settings, json.dumps(answer), time.time()),
            )

    def answer(self, key: AnswerKey) -> dict[str, Any] | None:
        """Return what ``keep_answer`` kept under this key, else None."""
        with self._lock:
            row = self._connection.execute(
                "SELECT answer FROM answer WHERE content = ? AND model = ? AND settings = ?",
                (key.content, key.model, key.settings),
            ).fetchone()
        return json.loads(row[0]) if row else None

    def older_answers(self, content: str, model: str) -> list[dict[str, Any]]:
        """Return the answers other networks gave for this content, newest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT answer FROM answer WHERE content = ? AND model <> ? ORDER BY made DESC", (content, model)
            ).fetchall()
        return [json.loads(row[0]) for row in rows]

    def mark_reviewed(self, film: str, reviewed: bool) -> None:
        """Mark a film (by its key) as reviewed or unread."""
        with self.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO reading (film, reviewed, at) VALUES (?, ?, ?)",
                (film, int(reviewed), time.time()),
            )

    def reviewed(self, films: Iterable[str]) -> set[str]:
        """Return which of these films are marked as reviewed."""
        with self._lock:
            find = "SELECT 1 FROM reading WHERE film = ? AND reviewed = 1"
            return {film for film in films if self._connection.execute(find, (film,)).fetchone()}

    def keep_choice(self, film: str, kind: str, value: Any) -> None:
        """Keep one choice of the reader's (plain JSON values) for a film; None forgets it."""
        with self.writing() as connection:
            if value is None:
                connection.execute("DELETE FROM choice WHERE film = ? AND kind = ?", (film, kind))
            else:
                connection.execute(
                    "INSERT OR REPLACE INTO choice (film, kind, value) VALUES (?, ?, ?)",
                    (film, kind, json.dumps(value)),
                )

    def choices(self, film: str) -> dict[str, Any]:
        """Return every choice kept for a film, by kind."""
        with self._lock:
            rows = self._connection.execute("SELECT kind, value FROM choice WHERE film = ?", (film,)).fetchall()
        return {kind: json.loads(value) for kind, value in rows}

    def rows(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a SELECT finds."""
        with self._lock:
            return self._connection.execute(question, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the lock over one transaction, committed at the end or rolled back whole.

        Raises
        ------
        StoreError
            When it cannot be written.
        """
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error as error:
                raise StoreError(
                    "store_unwritable",
                    f"Nothing could be kept in {self.path} ({error}); check that the disk is not full or read-only.",
                ) from error

    def _migrate(self) -> None:
        """Bring the schema to the newest version, one step a transaction."""
        (present,) = self._connection.execute("PRAGMA user_version").fetchone()
        if present > len(MIGRATIONS):
            raise StoreError(
                "store_newer",
                f"{self.path.name} was written by a newer version (schema {present}); update the application.",
            )
        for version in range(present, len(MIGRATIONS)):
            script = f"BEGIN IMMEDIATE; {MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;"
            self._connection.executescript(script)
