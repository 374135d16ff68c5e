"""The device: what is chosen, what it is called, and that a fallback is never silent."""

from __future__ import annotations

import pytest
import torch

from model.net import device
from model.net.device import choose, cpu, threads


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_is_there", lambda kind: False)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_auto_without_accelerator_is_the_cpu_and_needs_no_excuse() -> None:
    found = choose("auto")
    assert found.on_cpu
    assert found.label in (f"CPU ({threads()} threads)", "CPU (1 thread)")


@pytest.mark.parametrize(("wish", "name"), [("cuda", "CUDA"), ("mps", "Apple MPS"), ("xpu", "Intel XPU")])
def test_a_wish_that_cannot_be_met_is_told(wish: str, name: str) -> None:
    found = choose(wish)
    assert found.on_cpu
    assert found.label.endswith(f": no {name} device was found")


def test_an_unknown_wish_is_refused() -> None:
    with pytest.raises(ValueError, match="tpu"):
        choose("tpu")


def test_a_broken_accelerator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_is_there", lambda kind: kind == "cuda")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no kernel image")

    monkeypatch.setattr(torch, "ones", broken)
    assert choose("auto").label.endswith(": CUDA failed (RuntimeError)")


@pytest.mark.parametrize(("cores", "expected"), [(1, 1), (2, 1), (8, 7)])
def test_one_core_is_left_to_the_window(monkeypatch: pytest.MonkeyPatch, cores: int, expected: int) -> None:
    monkeypatch.setattr(device, "_cores", lambda: cores)
    assert threads() == expected
    cpu()
    assert torch.get_num_threads() == expected


def test_the_users_own_setting_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert threads() == 3
