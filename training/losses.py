"""The loss: masks first, weak boxes, image findings over the lungs, and agreement of a film with its lungs alone."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from model.net.architecture import FINDINGS, PIXEL_CLASSES, Output
from training.config import Weights
from training.samples import Batch


def parts(output: Output, batch: Batch, smoothing: float, opacity_in_covid: float) -> dict[str, Tensor]:
    """Return every part of the loss by its name in ``Weights``, as scalars.

    Parameters
    ----------
    smoothing
        Label smoothing of the image findings: 0.05 asks for 0.025 and 0.975.
    opacity_in_covid
        How much of the opacity's log-odds stands in those of COVID-19 (``Architecture.opacity_in_covid``).
    """
    logits = output.pixels.float()
    values = {kind: _pixel_loss(logits, batch, channel) for channel, kind in enumerate(PIXEL_CLASSES)}
    findings = output.findings.float()
    answers = batch.findings * (1 - smoothing) + smoothing / 2
    for channel, name in enumerate(FINDINGS):
        each = functional.binary_cross_entropy_with_logits(findings[:, channel], answers[:, channel], reduction="none")
        values[name] = _mean(each, batch.finding_weight[:, channel])
    values["agreement"] = _agreement(findings, batch.twin)
    values["reserve"] = _reserve(findings, batch, opacity_in_covid)
    return values


def total(values: dict[str, Tensor], weights: Weights) -> Tensor:
    """Return the weighted sum of the parts."""
    return torch.stack([value * float(getattr(weights, name)) for name, value in values.items()]).sum()


def _pixel_loss(logits: Tensor, batch: Batch, channel: int) -> Tensor:
    """Cross entropy over all cells that are known, and 1 - Dice over films with a drawn mask."""
    logit, target, weight = logits[:, channel], batch.pixels[:, channel], batch.pixel_weight[:, channel]
    entropy = _mean(functional.binary_cross_entropy_with_logits(logit, target, reduction="none"), weight)
    share = torch.sigmoid(logit)
    overlap = (share * target).sum((1, 2))
    dice = (2 * overlap + 1) / (share.sum((1, 2)) + target.sum((1, 2)) + 1)
    return entropy + _mean(1 - dice, batch.masked[:, channel])


def _agreement(findings: Tensor, twin: Tensor) -> Tensor:
    """How far the findings of lungs-only copies are from those of the same films shown whole."""
    copies = torch.nonzero(twin >= 0).flatten()
    if not len(copies):
        return findings.sum() * 0
    return functional.smooth_l1_loss(findings[copies], findings[twin[copies]])


def _reserve(findings: Tensor, batch: Batch, opacity_in_covid: float) -> Tensor:
    """How much is said of COVID-19, beyond what follows from opacity, on films where nothing is known of it."""
    opacity, covid = FINDINGS.index("lung_opacity"), FINDINGS.index("covid19")
    own = findings[:, covid] - opacity_in_covid * findings[:, opacity].detach()
    return _mean(own.square(), 1 - batch.finding_weight[:, covid])


def _mean(values: Tensor, weight: Tensor) -> Tensor:
    return (values * weight).sum() / weight.sum().clamp_min(1e-6)
