"""A reader who draws without pause and is killed at random moments; every drawing told as kept must be there."""

import os
import random
import signal
import sys
import time
from pathlib import Path

import numpy as np
from greys import film_of

from model.film.film import Window
from viewer.display.look import Look
from viewer.measure.shapes import Measurement
from viewer.session.keeping import Keeper
from viewer.session.store import Store

FILM = film_of(np.zeros((40, 50), np.uint16))
FIRST = Look(Window(500, 1000))


def draw_on(file: Path, kill: int, told: int) -> None:
    """Add one drawing after another, telling the id of each as soon as it is kept."""
    store = Store(file)
    keeper = Keeper(store)
    edits = keeper.kept(FILM, FIRST)
    for number in range(10_000):
        edits = edits.with_shape(Measurement(f"{kill}-{number}", "ruler", ((kill, number), (number, kill + 1.5))))
        keeper.keep(FILM.key, edits, FIRST)
        os.write(told, f"{kill}-{number}\n".encode())


def main() -> int:
    """Kill so many readers and return 0 when nothing that they kept is missing."""
    file, kills = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(4)
    expected: set[str] = set()
    for kill in range(kills):
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            draw_on(file, kill, told)
        os.close(told)
        time.sleep(chance.uniform(0.004, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(heard, encoding="utf-8") as words:
            expected |= set(words.read().split())
        store = Store(file)
        there = {shape.id for shape in Keeper(store).kept(FILM, FIRST).shapes}
        store.close()
        if expected - there:
            print(f"lost after kill {kill}: {sorted(expected - there)}")
            return 1
    print(kills, len(expected))
    return 0


if __name__ == "__main__":
    sys.exit(main())
