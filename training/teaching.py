"""Teaching: what finished networks say of the films of a run, as soft masks for films that nobody drew masks on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from model.net.architecture import PIXEL_CLASSES
from training import monitor, subject
from training.monitor import Cast
from training.store import Store

LUNGS = PIXEL_CLASSES.index("lungs")
TAUGHT_FILE = "taught.npz"
"""What the teachers said, kept in the run's folder so that a resumed run learns the very same."""


def taught(store: Store, teachers: Sequence[str], folder: Path, cast: Cast) -> Store:
    """Return the store with the mean answer of the teachers, to each film and its mirror image, beside its films.

    Films without a lung mask also get their lungs marked by it.

    Parameters
    ----------
    store
        The training films.
    teachers
        Folders of finished runs, or exported weights.
    folder
        The run that learns from them.
    cast
        The context that a forward pass runs in.

    Raises
    ------
    CheckpointError, WeightsError
        When a teacher cannot be read.
    """
    kept = folder / TAUGHT_FILE
    if kept.is_file():
        with np.load(kept) as arrays:
            answers = arrays["taught"]
    else:
        answers = _asked(store, teachers, cast)
        np.savez_compressed(kept, taught=answers)
    for index, answer in enumerate(answers):
        store.mark(index, answer[..., LUNGS].astype(np.float32) / 255)
    return replace(store, taught=answers)


def _asked(store: Store, teachers: Sequence[str], cast: Cast) -> NDArray[np.uint8]:
    """Return the mean probabilities of all teachers, uint8 of 0 .. 255, (n, side // 4, side // 4, 3)."""
    small = store.side // 4
    total = np.zeros((len(store.rows), small, small, 3), np.float32)
    for teacher in teachers:
        asked = subject.load(Path(teacher), "cpu")
        for mirrored in (False, True):
            pixels = monitor.answer(asked.network, store, asked.card.input_size, cast, mirrored).pixels
            for index, said in enumerate(pixels):
                total[index] += cv2.resize(said.transpose(1, 2, 0), (small, small), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.rint(total * (255 / (2 * len(teachers)))), dtype=np.uint8)
