"""The device: which processor the network runs on, by a name for people, and why when it is not the one wished for."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch

Wish = Literal["auto", "cpu", "cuda", "mps", "xpu"]
WISHES: tuple[Wish, ...] = ("auto", "cpu", "cuda", "mps", "xpu")
_NAMES = {"cuda": "CUDA", "mps": "Apple MPS", "xpu": "Intel XPU"}


@dataclass(frozen=True, slots=True)
class Device:
    """Where the network runs. ``label`` is for people; after a fallback it says why."""

    torch: torch.device
    label: str

    @property
    def on_cpu(self) -> bool:
        """Whether this is the processor itself."""
        return self.torch.type == "cpu"


def choose(wish: str = "auto") -> Device:
    """Return the best device for a wish; a wish that cannot be met gives the CPU with the reason in its label.

    Parameters
    ----------
    wish
        "auto" takes the first of CUDA, MPS and XPU that works, else the CPU.

    Raises
    ------
    ValueError
        When the wish is none of ``WISHES``.
    """
    if wish not in WISHES:
        raise ValueError(f"The device {wish!r} is not known; choose one of {', '.join(WISHES)}.")
    if wish == "cpu":
        return cpu()
    if wish != "auto":
        return _accelerator(wish) or cpu(f"no {_NAMES[wish]} device was found")
    for kind in _NAMES:
        if (found := _accelerator(kind)) is not None:
            return found
    return cpu()


def cpu(reason: str = "") -> Device:
    """Return the processor, set to leave one core to the window; ``reason`` is why a wish was not met."""
    count = threads()
    torch.set_num_threads(count)
    label = f"CPU ({count} thread{'s' if count > 1 else ''})"
    return Device(torch.device("cpu"), f"{label}: {reason}" if reason else label)


def threads() -> int:
    """Return how many threads the network takes: one core less than there are, or what OMP_NUM_THREADS says."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return max(1, _cores() - 1)


def _cores() -> int:
    if platform.system() == "Linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _accelerator(kind: str) -> Device | None:
    """Return the device of this kind, None when there is none; one that is there but fails gives the CPU and why."""
    if not _is_there(kind):
        return None
    device = torch.device(kind)
    try:
        probe = torch.nn.functional.conv2d(torch.ones(1, 1, 4, 4, device=device), torch.ones(1, 1, 3, 3, device=device))
        works = float(probe.sum().cpu()) == 36.0
    except (RuntimeError, NotImplementedError) as error:
        return cpu(f"{_NAMES[kind]} failed ({type(error).__name__})")
    return Device(device, _label(kind)) if works else cpu(f"{_NAMES[kind]} computed wrong numbers")


def _is_there(kind: str) -> bool:
    asked: dict[str, Callable[[], bool]] = {
        "cuda": torch.cuda.is_available,
        "mps": torch.backends.mps.is_available,
        "xpu": torch.xpu.is_available,
    }
    return asked[kind]()


def _label(kind: str) -> str:
    if kind == "cuda":
        return f"{torch.cuda.get_device_name()} (CUDA)"
    if kind == "xpu":
        return f"{torch.xpu.get_device_name()} (XPU)"
    return f"{platform.processor() or 'Apple'} GPU (MPS)"
