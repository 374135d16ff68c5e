"""The command line: analyse, render, info and selftest, without a display and without Qt."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from model.errors import NegatoscopeError
from model.film import describe, find_films, open_film
from viewer.batch import Batch, progress
from viewer.display.look import Aids, Look
from viewer.export.caption import DISCLAIMER
from viewer.export.picture import LAYERS, Overlays, drawn, png_bytes
from viewer.export.table import path_text
from viewer.outputs import outputs
from viewer.session.store import Store
from viewer.settings import places
from viewer.triage.answers import Wishes
from viewer.triage.cluster import cluster
from viewer.versions import own_version
from viewer.wishes import WINDOW_NAMES, wanted_grey, wanted_layers, wanted_size

DONE, USAGE, SOME_FAILED = 0, 2, 3

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="A light box for chest films that also shows what a network sees. `negatoscope [PATH]...` opens the window "
    "with these films; a film that is named like a command is given as ./info.",
    epilog=f"For {DISCLAIMER}. Exit status: 0 every path got an answer, 3 some failed, 2 wrong usage.",
)


class DeviceWish(StrEnum):
    """Where the network is to run."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"
    XPU = "xpu"


Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Films, or folders to search for films.")]
Device = Annotated[DeviceWish, typer.Option(help="Where the network runs.")]


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status: 0 done, 3 some films failed, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s: %(message)s")
    try:
        app(list(arguments), prog_name="negatoscope")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    except NegatoscopeError as error:
        typer.echo(f"Error: {error.message}", err=True)
        return SOME_FAILED
    except OSError as error:
        typer.echo(f"Error: {_unwritable('Standard output', error)}", err=True)
        return USAGE
    finally:
        _give_up_rest()
    return DONE


def _give_up_rest() -> None:
    """Let what could not be written go nowhere, or Python would try it again at its end and spoil the status."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritable(place: str, error: OSError) -> str:
    return f"{place} cannot be written ({error.strerror}); choose another place."


@contextmanager
def _writing(to: str) -> Iterator[None]:
    """Turn trouble with writing into one sentence and the status for wrong usage; a closed pipe passes."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        typer.echo(f"Error: {_unwritable(to, error)}", err=True)
        raise typer.Exit(USAGE) from error


@app.callback(invoke_without_command=True)
def _front(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if show_version:
        typer.echo(f"negatoscope {own_version()}")
        raise typer.Exit(DONE)


@app.command()
def analyse(
    paths: Paths,
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="One JSON object a line.")] = None,
    csv: Annotated[str | None, typer.Option(metavar="FILE|-", help="The same numbers as a table.")] = None,
    overlays: Annotated[Path | None, typer.Option(metavar="DIR", help="A picture of every film with its maps.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read films.")] = Wishes().jobs,
    correct: Annotated[bool, typer.Option("--correct", help="Put inverted and turned films right.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was cut short.")] = False,
    dask: Annotated[str, typer.Option(metavar="SCHEDULER", help="Dask cluster that reads the films instead.")] = "",
    device: Device = DeviceWish.AUTO,
) -> None:
    """Ask the network about films, in folders and ZIP archives too."""
    from viewer.jobs import Analyst

    if json == "-" and csv == "-":
        raise typer.BadParameter("Only one of --json and --csv can go to standard output.")
    with ExitStack() as stack:
        stack.enter_context(_writing("An output"))
        pool = stack.enter_context(cluster(dask)) if dask else None
        chosen = stack.enter_context(outputs(json, csv, overlays, resume))
        wishes = Wishes(jobs=pool[1] if pool else jobs, correct=correct, remember=resume)
        show, store = stack.enter_context(progress()), stack.enter_context(_store())
        batch = Batch(Analyst(device=device.value), chosen, wishes, store, show)
        if pool:
            batch.engine.crew.start = pool[0]
        tally = batch.run([path.absolute() for path in paths] if pool else paths, _ask_password)
    typer.echo(tally.line(), err=True)
    raise typer.Exit(DONE if tally.whole else SOME_FAILED)


@contextmanager
def _store() -> Iterator[Store]:
    """Open the store in the user's data folder; where that cannot be, one that lasts for this run."""
    try:
        store = Store(places.store_file())
    except (OSError, NegatoscopeError) as error:
        typer.echo(f"Warning: answers are not kept for another run ({error}).", err=True)
        store = Store(None)
    try:
        yield store
    finally:
        store.close()


def _ask_password(path: Path, name: str) -> str | None:
    """Ask for a password where somebody can answer."""
    if not (sys.stdin and sys.stdin.isatty()):
        return None
    return getpass(f"Password of {name} in {path.parent} (empty to leave it): ") or None


@app.command()
def render(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The film.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="PNG", help="Where to write; - is standard output.")],
    window: Annotated[str, typer.Option(metavar="|".join(WINDOW_NAMES), help="Grey scale.")] = "film",
    layers: Annotated[str, typer.Option(metavar=",".join(LAYERS), help="What to draw of the answer.")] = "",
    opacity: Annotated[float, typer.Option(min=0, max=1, help="Of the maps.")] = 0.5,
    size: Annotated[str, typer.Option(metavar="native|PIXELS", help="Longer side of the picture.")] = "native",
    local_contrast: Annotated[float, typer.Option(min=0, max=1, help="Image aid; 0 is off.")] = 0.0,
    sharpen: Annotated[float, typer.Option(min=0, max=1, help="Image aid; 0 is off.")] = 0.0,
    device: Device = DeviceWish.AUTO,
) -> None:
    """Save a film as it is seen, with what the network sees if wanted."""
    chosen, longest = wanted_layers(layers), wanted_size(size)
    film = open_film(path)
    look = Look(wanted_grey(film, window), aids=Aids(local_contrast, sharpen))
    overlays = None
    if chosen:
        from viewer.jobs import Analyst

        overlays = Overlays(Analyst(device=device.value).analyse(film), chosen, opacity)
    data = png_bytes(drawn(film, look, longest, overlays), overlays.prediction if overlays else None)
    with _writing("Standard output" if output == "-" else output):
        if output == "-":
            _pour(data)
        else:
            Path(output).write_bytes(data)


def _pour(data: bytes) -> None:
    """Write bytes to standard output, which may have been closed before the program began."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@app.command()
def info(paths: Paths) -> None:
    """Tell what films are: format, syntax, grey levels, geometry, warnings; nothing about the patient."""
    found = failed = 0
    for path in find_films(paths):
        found += 1
        typer.echo(path_text(path))
        try:
            said = describe(open_film(path))
        except NegatoscopeError as error:
            failed += 1
            said = {"failed": error.message}
        for label, text in said.items():
            typer.echo(f"  {label:<12} " + text.replace("\n", "\n" + " " * 15))
    if not found:
        typer.echo("No files were found there; give films, or folders that hold some.", err=True)
    raise typer.Exit(DONE if found and not failed else SOME_FAILED)


@app.command()
def selftest(device: Device = DeviceWish.AUTO) -> None:
    """Decode one tiny film of every syntax, run the network once, print versions; for fault reports."""
    from viewer.selftest import selftest as lines

    failed = 0
    for line in lines(device.value):
        typer.echo(str(line))
        failed += line.ok is False
    raise typer.Exit(SOME_FAILED if failed else DONE)
