"""Weights: what was written comes back, and whatever was tampered with is refused before it is parsed."""

from __future__ import annotations

import hashlib
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_model import tiny_network, write_tiny

from model import card as cards
from model.errors import WeightsError
from model.net import weights
from model.net.architecture import Architecture, Network


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_tiny(tmp_path)


def _edit_card(path: Path, **values: Any) -> None:
    card = path.with_suffix(".json")
    card.write_text(json.dumps({**json.loads(card.read_text()), **values}))


def _bless(path: Path) -> None:
    """Make the card vouch for whatever the file holds now."""
    content = path.read_bytes()
    _edit_card(path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def _code(path: Path) -> str:
    with pytest.raises(WeightsError) as caught:
        weights.read(path)
    assert path.name.split(".")[0] in caught.value.message
    return caught.value.code


def test_weights_come_back_exactly(tiny: Path) -> None:
    network, card, view = weights.read(tiny)
    assert view is None
    expected = tiny_network().state_dict()
    assert card.name == "tiny"
    assert not network.training
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, expected[name])
    assert not any(parameter.requires_grad for parameter in network.parameters())


def test_batch_normalised_weights_come_back(tmp_path: Path) -> None:
    plan = Architecture(widths=(2, 2, 2, 2, 2), decoder=(2, 2), normalisation="batch")
    path = write_tiny(tmp_path)
    weights.write(Network(plan), path)
    _edit_card(path, architecture=plan.as_dict())
    _bless(path)
    assert weights.read(path).network.architecture == plan


def test_one_flipped_bit_is_noticed(tiny: Path) -> None:
    content = bytearray(tiny.read_bytes())
    content[-5] ^= 1
    tiny.write_bytes(content)
    assert _code(tiny) == "weights_hash"


def test_truncated(tiny: Path) -> None:
    tiny.write_bytes(tiny.read_bytes()[:-1])
    assert _code(tiny) == "weights_size"


def test_missing_card(tiny: Path) -> None:
    tiny.with_suffix(".json").unlink()
    assert _code(tiny) == "card_missing"


def test_missing_weights(tiny: Path) -> None:
    tiny.unlink()
    assert _code(tiny) == "weights_missing"


def test_card_of_another_network(tmp_path: Path) -> None:
    first, second = write_tiny(tmp_path, "first"), write_tiny(tmp_path, "second")
    content = bytearray(second.read_bytes())
    content[-1] ^= 1
    second.write_bytes(content)
    _bless(second)
    first.with_suffix(".json").write_text(second.with_suffix(".json").read_text())
    assert _code(first) == "weights_hash"


def test_unknown_architecture_version(tiny: Path) -> None:
    _edit_card(tiny, architecture_version=99)
    assert _code(tiny) == "architecture_version"


@pytest.mark.parametrize(
    "architecture",
    [
        {},
        {"depth": 3},
        {"widths": [2, 2, 2, 2, 10**9]},
        {"blocks": [1, 2, 10**9, 2]},
        {"blocks": [1, 2, 1, 2]},
        {"widths": "aaaaa"},
        {"widths": [2, 2, 2, 2, -1]},
        {"activation": "tanh"},
        {"channels_in": 3},
    ],
)
def test_architectures_that_do_not_fit(tiny: Path, architecture: dict[str, Any]) -> None:
    plan = json.loads(tiny.with_suffix(".json").read_text())["architecture"]
    _edit_card(tiny, architecture={**plan, **architecture} if architecture else {})
    assert _code(tiny) in ("architecture_invalid", "weights_layout")


def test_pickles_are_never_opened(tiny: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"

    class Payload:
        def __reduce__(self) -> Any:
            return Path.touch, (mark,)

    tiny.write_bytes(pickle.dumps(Payload()))
    _bless(tiny)
    assert _code(tiny) == "weights_format"
    with zipfile.ZipFile(tiny, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Payload()))
    _bless(tiny)
    assert _code(tiny) == "weights_format"
    assert not mark.exists()


@pytest.mark.parametrize("header", [b"", b"\xff" * 8, (10**12).to_bytes(8, "little") + b"{}"])
def test_hostile_headers(tiny: Path, header: bytes) -> None:
    tiny.write_bytes(header)
    _edit_card(tiny, size=max(1, len(header)))
    if header:
        _bless(tiny)
        assert _code(tiny) == "weights_format"
    else:
        assert _code(tiny) == "weights_size"


def test_tensors_that_do_not_fit(tiny: Path) -> None:
    good = load_file(tiny)
    name = next(iter(good))
    for wrong in (
        {key: value for key, value in good.items() if key != name},
        {**good, "extra": torch.zeros(1)},
        {**good, name: good[name][..., :1].contiguous().repeat(2, 1, 1, 1)},
        {**good, name: good[name].double()},
        {**good, name: torch.full_like(good[name], float("nan"))},
    ):
        save_file(wrong, tiny)
        _bless(tiny)
        assert _code(tiny) == "weights_layout"


def test_a_huge_file_is_refused_unread(tiny: Path) -> None:
    with tiny.open("wb") as file:
        file.truncate(1 << 40)
    _edit_card(tiny, size=1 << 40)
    assert _code(tiny) == "weights_size"


def test_of_several_bundled_networks_the_newest_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.ROOT", tmp_path)
    with pytest.raises(WeightsError, match="no network"):
        cards.bundled()
    (tmp_path / "models").mkdir()
    newer, older = (write_tiny(tmp_path / "models", name) for name in ("a", "b"))
    _edit_card(newer, created="2026-02-01")
    assert cards.bundled() == newer
    assert older.exists()
