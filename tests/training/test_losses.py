"""The loss is nothing for the right answer, ignores what is not known, and asks twins to agree."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from model.net.architecture import FINDINGS, PIXEL_CLASSES, Output
from training import losses
from training.config import Weights
from training.samples import Batch


def case(pixels: Tensor, findings: Tensor, twin: Tensor) -> tuple[Output, Batch]:
    count = len(findings)
    truth = torch.zeros(count, 3, 4, 4)
    truth[:, :, :2] = 1
    batch = Batch(
        image=torch.zeros(count, 1, 16, 16),
        pixels=truth,
        pixel_weight=torch.ones(count, 3, 4, 4),
        masked=torch.ones(count, 3),
        findings=torch.ones(count, 2),
        finding_weight=torch.ones(count, 2),
        twin=twin,
    )
    nothing = torch.zeros(count, 1, 2, 2)
    return Output(pixels, nothing, nothing, findings, nothing, nothing), batch


def right(count: int) -> Tensor:
    logits = torch.full((count, 3, 4, 4), -20.0)
    logits[:, :, :2] = 20.0
    return logits


def test_the_right_answer_costs_nothing() -> None:
    values = losses.parts(*case(right(2), torch.full((2, 2), 20.0), torch.tensor([-1, 0])), 0.0, 1.0)
    assert set(values) == {*PIXEL_CLASSES, *FINDINGS, "agreement", "reserve"}
    for name, value in values.items():
        assert value.item() == pytest.approx(0, abs=1e-6), name


def test_even_odds_cost_log_two_and_half_the_overlap() -> None:
    values = losses.parts(*case(torch.zeros(1, 3, 4, 4), torch.zeros(1, 2), torch.tensor([-1])), 0.0, 1.0)
    dice = 1 - (2 * 4 + 1) / (8 + 8 + 1)
    assert values["lungs"].item() == pytest.approx(math.log(2) + dice)
    assert values["covid19"].item() == pytest.approx(math.log(2))


def test_what_is_not_known_has_no_gradient() -> None:
    logits = torch.zeros(1, 3, 4, 4, requires_grad=True)
    findings = torch.zeros(1, 2, requires_grad=True)
    output, batch = case(logits, findings, torch.tensor([-1]))
    batch.pixel_weight[:, 1] = 0
    batch.masked[:, 1] = 0
    batch.finding_weight[:, 1] = 0
    losses.total(losses.parts(output, batch, 0.05, 1.0), Weights()).backward()
    assert logits.grad is not None
    assert findings.grad is not None
    assert (logits.grad[:, 1] == 0).all()
    assert (logits.grad[:, 0] != 0).all()
    assert findings.grad[0, 1] == 0
    assert findings.grad[0, 0] != 0


def test_twins_are_pulled_together() -> None:
    findings = torch.tensor([[3.0, 0.0], [0.0, 0.0]], requires_grad=True)
    output, batch = case(right(2), findings, torch.tensor([-1, 0]))
    value = losses.parts(output, batch, 0.0, 1.0)["agreement"]
    assert value.item() == pytest.approx((2.5 + 0) / 2)
    value.backward()
    assert findings.grad is not None
    assert findings.grad[0, 0] > 0 > findings.grad[1, 0]


def test_reserve_is_asked_where_nothing_is_known_of_covid() -> None:
    findings = torch.tensor([[2.0, 5.0], [2.0, 5.0]])
    output, batch = case(right(2), findings, torch.tensor([-1, -1]))
    assert losses.parts(output, batch, 0.0, 1.0)["reserve"].item() == 0
    batch.finding_weight[1, 1] = 0
    assert losses.parts(output, batch, 0.0, 1.0)["reserve"].item() == pytest.approx(9)
    assert losses.parts(output, batch, 0.0, 2.5)["reserve"].item() == pytest.approx(0)


def test_weights_scale_the_parts() -> None:
    values = {"lungs": torch.tensor(2.0), "covid19": torch.tensor(3.0)}
    assert losses.total(values, Weights(lungs=0.5, covid19=2.0)).item() == pytest.approx(7)
