"""Settings: presets load, overrides are checked, a saved config reads back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.config import Config, ConfigError, as_dict, as_toml, from_dict, load, presets


@pytest.mark.parametrize("name", ["bundled", "first", "paper", "teacher", "tiny"])
def test_presets_load_and_survive_toml(name: str, tmp_path: Path) -> None:
    assert name in presets()
    config = load(name)
    assert config.name == name
    path = tmp_path / "config.toml"
    path.write_text(as_toml(config), encoding="utf-8")
    assert load(str(path)) == config
    assert from_dict(as_dict(config)) == config


def test_settings_are_put_on_top() -> None:
    config = load("tiny", ["size=96", "weights.opacity=2", "precision=bf16", "mixing.mark_lungs_at=[0.3, 0.6]"])
    assert config.size == 96
    assert config.weights.opacity == 2.0
    assert config.precision == "bf16"
    assert config.mixing.mark_lungs_at == (0.3, 0.6)
    assert config.architecture == load("tiny").architecture


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("colour=1", "no setting colour"),
        ("weights.colour=1", "no setting weights.colour"),
        ("size", "write key=value"),
        ("size=100", "multiple of 16"),
        ("size=big", "whole number"),
        ("rate=fast", "must be a number"),
        ("max_minutes=0", "more than 0"),
        ("precision=f8", "'auto', 'bf16', 'f16' or 'f32'"),
        ("steps=0", "at least 1"),
        ("architecture.activation=gelu", "'elu' or 'relu'"),
    ],
)
def test_impossible_settings_are_named(text: str, word: str) -> None:
    with pytest.raises(ConfigError, match=word):
        load("tiny", [text])


def test_an_unknown_preset_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="bundled, first, paper, teacher, tiny"):
        load("huge")


def test_defaults_are_the_bundled_network() -> None:
    assert load("bundled").architecture == Config().architecture
