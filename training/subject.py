"""The network under judgement: exported weights with their card, or a checkpoint with a card made for the occasion."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from model.card import (
    DISCLAIMER,
    FORMAT,
    WEIGHTS_SUFFIX,
    BoxRule,
    FindingRule,
    GateRule,
    MapScale,
    ModelCard,
    PixelRule,
)
from model.findings.calibration import Calibration
from model.net import weights
from model.net.architecture import FINDINGS, FilmNetwork
from model.net.device import choose
from model.net.predictor import Predictor
from training import checkpoint

OPEN_GATE = GateRule(area=(0.0, 1.0), certainty=0.0, balance=0.0, contrast=-10.0, tallness=(0.0, 100.0))
"""Lets every film with lungs through, for judging before the limits are known."""
UNCALIBRATED = Calibration(temperature=1.0, offset=0.0, threshold=0.5, lower=0.5, upper=0.5)
PLAIN_PIXELS = PixelRule(lungs=0.5, opacity=0.5, heart=0.5)
PLAIN_BOXES = BoxRule(threshold=0.4, minimum_area=0.01, minimum_score=0.0, gap=0.0)
PLAIN_MAPS = (
    *(MapScale("class", finding, -4.0, 4.0, 0.0, None) for finding in FINDINGS),
    MapScale("opacity", FINDINGS[0], 0.0, 1.0, 0.5, None),
    *(MapScale(kind, None, 0.0, 100.0, None, "positive") for kind in ("intensity", "smoothed")),
)


def load(path: Path | None, device: str = "auto") -> Predictor:
    """Load what is to be judged.

    Parameters
    ----------
    path
        Exported weights (``.safetensors`` with their card), a checkpoint or the folder of a run; None for the
        bundled network.
    device
        See ``model.net.device.choose``.

    Raises
    ------
    WeightsError, CheckpointError
        When it cannot be read.
    """
    if path is None or path.suffix == WEIGHTS_SUFFIX:
        return Predictor.load(path, device)
    file = path / checkpoint.FILE if path.is_dir() else path
    size = checkpoint.load(file).config.size
    card = provisional_card(checkpoint.averaged_network(file), size, file.parent.name, file)
    return Predictor(checkpoint.averaged_network(file), card, choose(device))


def provisional_card(network: FilmNetwork, size: int, name: str, file: Path | None = None) -> ModelCard:
    """Return a card for weights that have none yet: uncalibrated, with the gate open.

    ``file`` is what the hash is taken of; without one it is that of the architecture.
    """
    plan = network.architecture.as_dict()
    content = file.read_bytes() if file else json.dumps(plan, sort_keys=True).encode()
    return ModelCard(
        format=FORMAT,
        name=name,
        version="checkpoint",
        created=datetime.now(UTC).date().isoformat(),
        sha256=sha256(content).hexdigest(),
        size=len(content),
        architecture=plan,
        architecture_version=weights.ARCHITECTURE_VERSION,
        input_size=size,
        findings=tuple(FindingRule(finding, UNCALIBRATED) for finding in FINDINGS),
        pixels=PLAIN_PIXELS,
        boxes=PLAIN_BOXES,
        gate=OPEN_GATE,
        maps=PLAIN_MAPS,
        smoothing_sigma=8.0,
        summary="A checkpoint of a training run.",
        training_data=(),
        figures=(),
        limits=("Not calibrated.",),
        disclaimer=DISCLAIMER,
    )
