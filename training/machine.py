"""The machine: which processors a training runs on, with what precision, in how many processes, by Lightning Fabric."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import torch

from training.config import ConfigError, Precision

if TYPE_CHECKING:
    from lightning_fabric import Fabric

Accelerator = Literal["auto", "cpu", "cuda", "mps"]
ACCELERATORS: tuple[Accelerator, ...] = get_args(Accelerator)
_FABRIC: dict[Precision, Any] = {"f32": "32-true", "bf16": "bf16-mixed", "f16": "16-mixed"}
_MOST_THREADS = 8
"""Threads that make batches for one GPU."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What to train on: ``devices`` on each of ``nodes`` machines, one process each.

    Under ``torchrun`` the number of both is what it says; these two are then not looked at.
    """

    accelerator: Accelerator = "auto"
    devices: int = 1
    nodes: int = 1


HERE = Machine()


def start(machine: Machine, precision: Precision | Literal["auto"]) -> Fabric:
    """Get the processors ready; with several, start the other processes, which run the same command.

    Raises
    ------
    ConfigError
        When there are no such processors or they do not compute with this precision.
    """
    from lightning_fabric import Fabric  # takes seconds to import, and only training needs it

    logging.getLogger("lightning_fabric").setLevel(logging.WARNING)
    accelerator = machine.accelerator if machine.accelerator != "auto" else _best()
    devices, nodes = _launched() or (machine.devices, machine.nodes)
    chosen = _precision(precision, accelerator)
    strategy = "ddp" if devices * nodes > 1 else "auto"
    try:
        fabric = Fabric(
            accelerator=accelerator, devices=devices, num_nodes=nodes, strategy=strategy, precision=_FABRIC[chosen]
        )
    except (RuntimeError, ValueError) as error:
        words = f"{devices} {accelerator} devices on {nodes} machines cannot be had here: {error}"
        raise ConfigError("machine", words) from error
    fabric.launch()
    return fabric


def precision_of(precision: Precision | Literal["auto"]) -> Callable[[], torch.autocast]:
    """Return what makes the context that a forward pass runs in on the CPU."""
    half = _precision(precision, "cpu") == "bf16"
    return lambda: torch.autocast("cpu", torch.bfloat16, enabled=half)


def threads(fabric: Fabric) -> int:
    """Return how many threads make batches: one beside a CPU that computes, several for a GPU that waits."""
    if fabric.device.type == "cpu":
        return 1
    beside = int(os.environ.get("LOCAL_WORLD_SIZE", fabric.world_size))
    return max(1, min(_MOST_THREADS, (os.cpu_count() or 1) // beside))


def peak_gib(fabric: Fabric | None = None) -> float | None:
    """Return the most memory that this process has held so far, on its GPU where it computes there, in GiB.

    None where the system does not tell (Windows, MPS).
    """
    if fabric is not None and fabric.device.type == "cuda":
        return torch.cuda.max_memory_reserved(fabric.device) / 1024**3
    if sys.platform == "win32" or (fabric is not None and fabric.device.type == "mps"):
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**3 if sys.platform == "darwin" else 1024**2)


def memory_words(peak: float | None) -> str:
    """Return a peak of memory in words."""
    return "peak memory not told by this system" if peak is None else f"peak memory {peak:.1f} GiB"


def _best() -> Accelerator:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _launched() -> tuple[int, int] | None:
    """Return processes on each machine and machines, when ``torchrun`` has started this process."""
    if "TORCHELASTIC_RUN_ID" not in os.environ:
        return None
    local = int(os.environ["LOCAL_WORLD_SIZE"])
    return local, int(os.environ["WORLD_SIZE"]) // local


def _precision(wish: Precision | Literal["auto"], accelerator: str) -> Precision:
    if wish == "auto":
        return _fastest(accelerator)
    if wish == "f16" and accelerator == "cpu":
        raise ConfigError("precision", "precision is 'f16', in which the CPU does not train; use 'bf16' or 'f32'.")
    return wish


def _fastest(accelerator: str) -> Precision:
    if accelerator == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "f16"
    return "bf16" if accelerator == "cpu" and torch.cpu._is_avx512_bf16_supported() else "f32"
