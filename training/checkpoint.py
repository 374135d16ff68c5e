"""The checkpoint: all that a run needs to go on as if it had never stopped, in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model.errors import NegatoscopeError
from model.net.architecture import FilmNetwork
from training import config as settings
from training import networks
from training.config import Config
from training.stopping import Best

FILE = "checkpoint.pt"
_SCHEMA = "negatoscope-checkpoint-1"


class CheckpointError(NegatoscopeError):
    """A checkpoint is missing, damaged or belongs to another run."""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """The state of a run after ``step`` steps.

    Batches follow from seed and step, so no random state and no sampler position need keeping. ``progress`` is the
    share of the schedule done, ``seconds`` the time trained, ``marked`` the lungs marked so far (n, h, w), 0 or 255,
    ``films`` a fingerprint of the films trained on, ``average`` the running average of the weights, ``best`` the best
    look at the validation films, where the run stops by it.
    """

    config: Config
    step: int
    progress: float
    seconds: float
    network: Mapping[str, Tensor]
    average: Mapping[str, Tensor]
    optimiser: Mapping[str, Any]
    marked: NDArray[np.uint8]
    films: str
    best: Best | None = None


def save(checkpoint: Checkpoint, folder: Path) -> Path:
    """Write the checkpoint into the run's folder; a checkpoint there is replaced only once the new one is whole."""
    path = folder / FILE
    partial = path.with_suffix(".partial")
    document = {
        "schema": _SCHEMA,
        "config": settings.as_dict(checkpoint.config),
        "step": checkpoint.step,
        "progress": checkpoint.progress,
        "seconds": checkpoint.seconds,
        "network": dict(checkpoint.network),
        "average": dict(checkpoint.average),
        "optimiser": dict(checkpoint.optimiser),
        "marked": torch.from_numpy(np.packbits(checkpoint.marked > 0)),
        "marked_shape": list(checkpoint.marked.shape),
        "films": checkpoint.films,
        "best": None if checkpoint.best is None else _plain(checkpoint.best),
    }
    torch.save(document, partial)
    partial.replace(path)
    return path


def load(path: Path) -> Checkpoint:
    """Read a checkpoint; ``path`` is the file or its run folder. Nothing in it is executed.

    Raises
    ------
    CheckpointError
        When there is none or it is none of ours.
    """
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise CheckpointError("missing", f"There is no checkpoint at {file}; give a run's folder or its {FILE}.")
    try:
        document = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:
        raise CheckpointError("damaged", f"{file} cannot be read as a checkpoint; it may be cut short.") from error
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        raise CheckpointError("schema", f"{file} is no checkpoint of schema {_SCHEMA}.")
    shape = document["marked_shape"]
    bits = np.unpackbits(document["marked"].numpy(), count=int(np.prod(shape)))
    return Checkpoint(
        config=settings.from_dict(document["config"]),
        step=document["step"],
        progress=document["progress"],
        seconds=document["seconds"],
        network=document["network"],
        average=document["average"],
        optimiser=document["optimiser"],
        marked=bits.reshape(shape) * np.uint8(255),
        films=document["films"],
        best=None if document.get("best") is None else Best(**document["best"]),
    )


def _plain(best: Best) -> dict[str, Any]:
    return {"step": best.step, "value": best.value, "average": dict(best.average), "since": best.since}


def averaged_network(path: Path) -> FilmNetwork:
    """Return the network of a checkpoint with its averaged weights, those of the best look where one is kept."""
    checkpoint = load(path)
    network = networks.build(checkpoint.config)
    network.load_state_dict(dict(checkpoint.average if checkpoint.best is None else checkpoint.best.average))
    return network.eval()
