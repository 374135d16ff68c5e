"""The loss: masks first, weak boxes, image findings over the lungs, and agreement of a film with its lungs alone."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from model.net.architecture import FINDINGS, PIXEL_CLASSES, Output
from training.config import Weights
from training.samples import Batch

_OPACITY, _COVID = FINDINGS.index("lung_opacity"), FINDINGS.index("covid19")


def counted(batch: Batch) -> Tensor:
    """Return what the means of the loss are taken over: sums of weights and counts of films, float32, (10,).

    Processes that share a batch take the mean of theirs: parts divided by it have gradients whose mean over the
    processes is the gradient of the whole batch.
    """
    cells, drawn, answers = batch.pixel_weight.sum((0, 2, 3)), batch.masked.sum(0), batch.finding_weight.sum(0)
    twins = (batch.twin >= 0).sum() * len(FINDINGS)
    silent = (1 - batch.finding_weight[:, _COVID]).sum()
    return torch.cat([cells, drawn, answers, torch.stack([twins.to(cells.dtype), silent])])


def parts(
    output: Output, batch: Batch, smoothing: float, opacity_in_covid: float, over: Tensor | None = None
) -> dict[str, Tensor]:
    """Return every part of the loss by its name in ``Weights``, as scalars.

    Parameters
    ----------
    smoothing
        Label smoothing of the image findings: 0.05 asks for 0.025 and 0.975.
    opacity_in_covid
        How much of the opacity's log-odds stands in those of COVID-19 (``Architecture.opacity_in_covid``).
    over
        What the means are taken over (``counted``); None for those of this batch alone.
    """
    kinds = len(PIXEL_CLASSES)
    sums = counted(batch) if over is None else over
    cells, drawn, known, twins, silent = torch.split(sums, [kinds, kinds, len(FINDINGS), 1, 1])
    logits = output.pixels.float()
    values = {
        kind: _pixel_loss(logits, batch, channel, (cells[channel], drawn[channel]))
        for channel, kind in enumerate(PIXEL_CLASSES)
    }
    findings = output.findings.float()
    answers = batch.findings * (1 - smoothing) + smoothing / 2
    for channel, name in enumerate(FINDINGS):
        each = functional.binary_cross_entropy_with_logits(findings[:, channel], answers[:, channel], reduction="none")
        values[name] = _mean(each, batch.finding_weight[:, channel], known[channel])
    values["agreement"] = _agreement(findings, batch.twin, twins[0])
    values["reserve"] = _reserve(findings, batch, opacity_in_covid, silent[0])
    return values


def total(values: dict[str, Tensor], weights: Weights) -> Tensor:
    """Return the weighted sum of the parts."""
    return torch.stack([value * float(getattr(weights, name)) for name, value in values.items()]).sum()


def _pixel_loss(logits: Tensor, batch: Batch, channel: int, over: tuple[Tensor, Tensor]) -> Tensor:
    """Cross entropy over all cells that are known, and 1 - Dice over films with a drawn mask."""
    logit, target, weight = logits[:, channel], batch.pixels[:, channel], batch.pixel_weight[:, channel]
    entropy = functional.binary_cross_entropy_with_logits(logit, target, reduction="none")
    share = torch.sigmoid(logit)
    overlap = (share * target).sum((1, 2))
    dice = (2 * overlap + 1) / (share.sum((1, 2)) + target.sum((1, 2)) + 1)
    return _mean(entropy, weight, over[0]) + _mean(1 - dice, batch.masked[:, channel], over[1])


def _agreement(findings: Tensor, twin: Tensor, over: Tensor) -> Tensor:
    """How far the findings of lungs-only copies are from those of the same films shown whole."""
    copies = torch.nonzero(twin >= 0).flatten()
    apart = functional.smooth_l1_loss(findings[copies], findings[twin[copies]], reduction="sum")
    return apart / over.clamp_min(1e-6)


def _reserve(findings: Tensor, batch: Batch, opacity_in_covid: float, over: Tensor) -> Tensor:
    """How much is said of COVID-19, beyond what follows from opacity, on films where nothing is known of it."""
    own = findings[:, _COVID] - opacity_in_covid * findings[:, _OPACITY].detach()
    return _mean(own.square(), 1 - batch.finding_weight[:, _COVID], over)


def _mean(values: Tensor, weight: Tensor, over: Tensor) -> Tensor:
    return (values * weight).sum() / over.clamp_min(1e-6)
