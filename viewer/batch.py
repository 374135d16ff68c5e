"""Many films one after the other: read, ask the network, write each answer at once, lose none."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import Progress

from model.errors import NegatoscopeError
from model.film import open_film
from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.display.look import Look
from viewer.display.presets import default_grey
from viewer.export.caption import answer_line
from viewer.export.picture import Layer, Overlays, drawn, save_png
from viewer.export.table import Answer, CsvLines, answered, failed, json_line, path_text

OVERLAY_LAYERS: tuple[Layer, ...] = ("smoothed", "lungs", "boxes")
OVERLAY_SIDE = 1200

log = logging.getLogger(__name__)


class Asked(Protocol):
    """Whoever answers for a film."""

    def analyse(self, film: Film) -> Prediction:
        """Return everything the network says about a film."""


def answer_of(path: Path, analyst: Asked) -> Answer:
    """Return what came of one path; nothing that goes wrong with one film stops the others."""
    started, film, read_seconds = perf_counter(), None, None
    try:
        film = open_film(path)
        read_seconds = perf_counter() - started
        return answered(path, film, analyst.analyse(film), read_seconds)
    except NegatoscopeError as error:
        return failed(path, error, film, read_seconds)
    except MemoryError:
        return failed(path, NegatoscopeError("out_of_memory", "There was not enough memory."), film, read_seconds)
    except Exception as error:
        log.exception("A film could not be analysed")
        surprise = NegatoscopeError(
            "internal_error", f"An unexpected {type(error).__name__} stopped this film; please report it."
        )
        return failed(path, surprise, film, read_seconds)


@dataclass(slots=True)
class Tally:
    """How many paths came to what end; the parts always add up to ``found``."""

    found: int = 0
    analysed: int = 0
    not_assessable: int = 0
    failed: int = 0

    def add(self, answer: Answer) -> None:
        """Count one more answer."""
        self.found += 1
        setattr(self, answer.status, getattr(self, answer.status) + 1)

    def line(self) -> str:
        """Return the sum as a sentence."""
        if not self.found:
            return "No files were found there; give films, or folders that hold some."
        return (
            f"{self.found} found: {self.analysed} analysed, {self.not_assessable} not assessable, {self.failed} failed"
        )


class Overlaid:
    """Saves a picture of every film that was answered for into one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._taken: set[str] = set()

    def write(self, answer: Answer) -> None:
        """Save ``<name of the film>.png``; a number is added when two films have one name."""
        if answer.film is None or answer.prediction is None:
            return
        film = answer.film
        overlays = Overlays(answer.prediction, OVERLAY_LAYERS)
        image = drawn(film, Look(default_grey(film)), OVERLAY_SIDE, overlays)
        save_png(self._folder / self._free_name(answer.path.name), image, answer.prediction)

    def _free_name(self, name: str) -> str:
        stem, number = name.rsplit(".", 1)[0] or name, 1
        free = f"{stem}.png"
        while free.casefold() in self._taken:
            number += 1
            free = f"{stem}-{number}.png"
        self._taken.add(free.casefold())
        return free


Write = Callable[[Answer], None]


@contextmanager
def writers(json: str | None, csv: str | None, overlays: Path | None) -> Iterator[list[Write]]:
    """Open what answers are written to, and close it at the end; without JSON or CSV, lines for people are printed.

    Parameters
    ----------
    json, csv
        A file, "-" for standard output, or None.
    overlays
        A folder for pictures, made when missing, or None.

    Raises
    ------
    OSError
        When one of them cannot be written.
    """
    with ExitStack() as stack:
        chosen: list[Write] = []
        if json is not None:
            chosen.append(_json_writer(_opened(stack, json)))
        if csv is not None:
            chosen.append(_csv_writer(_opened(stack, csv)))
        if not chosen:
            chosen.append(_print_answer)
        if overlays is not None:
            chosen.append(Overlaid(overlays).write)
        yield chosen


def _opened(stack: ExitStack, name: str) -> TextIO:
    if name == "-":
        return sys.stdout
    return stack.enter_context(Path(name).open("w", encoding="utf-8", newline=""))


def _json_writer(stream: TextIO) -> Write:
    def write(answer: Answer) -> None:
        print(json_line(answer), file=stream, flush=True)

    return write


def _csv_writer(stream: TextIO) -> Write:
    lines = CsvLines(stream)

    def write(answer: Answer) -> None:
        lines.write(answer)
        stream.flush()

    return write


def _print_answer(answer: Answer) -> None:
    words = (
        answer_line(answer.prediction) if answer.prediction else f"Failed: {answer.reason and answer.reason.message}"
    )
    print(f"{path_text(answer.path)}: {words}", flush=True)


@contextmanager
def progress() -> Iterator[Callable[[Sequence[Path]], Iterable[Path]]]:
    """Show on a terminal how far the paths given to the yielded function have come; nowhere else."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        yield lambda paths: bar.track(paths, description="analysing")


def analyse_all(paths: Iterable[Path], analyst: Asked, write_to: Iterable[Write]) -> Tally:
    """Answer for every path in turn and write each answer as soon as it is there."""
    tally, chosen = Tally(), list(write_to)
    for path in paths:
        answer = answer_of(path, analyst)
        for write in chosen:
            write(answer)
        tally.add(answer)
    return tally
