"""The network: a fully convolutional ELU network with per-pixel, evidence and image answers, its layers numbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

PIXEL_CLASSES = ("lungs", "opacity", "heart")
"""What each channel of ``Output.pixels`` marks, in order."""
FINDINGS = ("lung_opacity", "covid19")
"""What each channel of ``Output.evidence`` and of ``Output.findings`` speaks for, in order."""
STRIDE = 16
"""Height and width of the input must be multiples of this."""
LAYER_19 = 19
"""Number of the layer whose output is shown as "intensity after layer 19"."""
LAYER_19_STRIDE = 8
"""Input pixels per cell of the layer-19 map, the evidence maps too."""
PIXEL_STRIDE = 4
"""Input pixels per cell of the pixel logits."""

_ELU_GAIN = 1.55
_RELU_GAIN = 2.0
_POOL_FLOOR = 1e-6
_OPACITY_SCALE = (15.0, -2.0)
"""Evidence per share of opacity, and of none, before training: even odds when an eighth of the lungs is opaque."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a network is built from; stored in the model card so that weights can be loaded without code of their own.

    ``widths`` are the channels at strides 1, 2, 4, 8 and 16; ``blocks`` the residual blocks (two convolutions
    each) at strides 2, 4, 8 and 16, so that layer 19 lies at stride 8; ``decoder`` the channels of the maps that
    the heads read, at strides 8 and 4.
    """

    channels_in: Literal[1, 3] = 1
    widths: tuple[int, int, int, int, int] = (8, 16, 32, 80, 160)
    blocks: tuple[int, int, int, int] = (1, 2, 5, 2)
    decoder: tuple[int, int] = (64, 48)
    activation: Literal["elu", "relu"] = "elu"
    normalisation: Literal["none", "batch"] = "none"
    evidence: Literal["opacity", "free"] = "opacity"
    """Where image findings come from: "opacity" reads lung opacity off the opacity pixels alone and COVID-19 off
    ``opacity_in_covid`` times that plus an evidence map of its own; "free" gives both an evidence map of their own."""
    opacity_in_covid: float = 1.0
    """How much of the opacity's evidence counts as evidence of COVID-19, so that clear lungs speak against it."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values (lists, strings, integers) for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Architecture:
        """Build from what ``as_dict`` gave.

        Raises
        ------
        ValueError
            If a name is unknown or a value cannot belong to an architecture.
        """
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"The architecture knows no {', '.join(unknown)}; it takes {', '.join(sorted(known))}.")
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        return cls(**plain)

    def __post_init__(self) -> None:
        if self.channels_in not in (1, 3):
            raise ValueError(f"channels_in is {self.channels_in}; a film has 1 channel, or 3 equal ones.")
        if self.activation not in ("elu", "relu"):
            raise ValueError(f"activation is {self.activation!r}; it can be 'elu' or 'relu'.")
        if self.normalisation not in ("none", "batch"):
            raise ValueError(f"normalisation is {self.normalisation!r}; it can be 'none' or 'batch'.")
        if self.evidence not in ("opacity", "free"):
            raise ValueError(f"evidence is {self.evidence!r}; it can be 'opacity' or 'free'.")
        if not 0 <= self.opacity_in_covid <= 10:
            raise ValueError(f"opacity_in_covid is {self.opacity_in_covid:g}; it must lie between 0 and 10.")
        if len(self.widths) != 5 or len(self.blocks) != 4 or len(self.decoder) != 2:
            raise ValueError("An architecture has five widths, four counts of blocks and two decoder widths.")


class Output(NamedTuple):
    """Everything one forward pass gives, all float tensors.

    ``pixels``: logits (B, 3, H/4, W/4), channels as in ``PIXEL_CLASSES``.
    ``evidence``: (B, 2, H/8, W/8), channels as in ``FINDINGS``; its mean weighted by ``lungs`` is ``findings``.
    ``lungs``: probability that a cell of ``evidence`` lies in the lungs, (B, 1, H/8, W/8): the pooling weights.
    ``findings``: logits (B, 2).
    ``layer19``: post-activation output of layer 19, (B, C, H/8, W/8).
    ``features``: lung-pooled output of the deepest layer, (B, D), for maps of the feature space.
    """

    pixels: Tensor
    evidence: Tensor
    lungs: Tensor
    findings: Tensor
    layer19: Tensor
    features: Tensor


class Layer(nn.Module):
    """One numbered convolution with its normalisation and, unless a sum follows, its activation."""

    def __init__(self, shape: tuple[int, int, int], architecture: Architecture, activated: bool = True) -> None:
        super().__init__()
        channels_in, channels_out, kernel = shape
        normalised = architecture.normalisation == "batch"
        self.convolution = nn.Conv2d(channels_in, channels_out, kernel, padding=kernel // 2, bias=not normalised)
        self.normalisation: nn.Module = nn.BatchNorm2d(channels_out) if normalised else nn.Identity()
        self.activation: nn.Module = _activation(architecture) if activated else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        """Map (B, C, H, W) to (B, C', H, W)."""
        result: Tensor = self.activation(self.normalisation(self.convolution(x)))
        return result


class Block(nn.Module):
    """A residual block: two layers, their sum with the input activated."""

    def __init__(self, width: int, architecture: Architecture) -> None:
        super().__init__()
        self.first = Layer((width, width, 3), architecture)
        self.second = Layer((width, width, 3), architecture, activated=False)
        self.activation = _activation(architecture)

    def forward(self, x: Tensor) -> Tensor:
        """Map (B, C, H, W) to the same shape."""
        return self.both(x)[0]

    def both(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return the block's output and the output of its first layer."""
        inner = self.first(x)
        return self.activation(x + self.second(inner)), inner


class FilmNetwork(nn.Module):
    """Any network that answers for prepared films with an ``Output``, whatever it is built from."""

    architecture: Architecture

    def forward(self, x: Tensor) -> Output:
        """Answer for standardised films, (B, channels_in, H, W)."""
        raise NotImplementedError


class Network(FilmNetwork):
    """The network of the bundled edition: layers 1 to 25 go down to stride 16, then a decoder and the heads.

    With the default architecture the layers are: 1 at full size, 2-4 at stride 2, 5-9 at stride 4, 10-20 at
    stride 8, 21-25 at stride 16, 26-30 the decoder, 31 the pixel classes, 32 the evidence. Sizes are halved by
    averaging 2 x 2 cells, which keeps fine lines from folding into coarse ones.
    """

    def __init__(self, architecture: Architecture | None = None) -> None:
        super().__init__()
        self.architecture = plan = architecture or Architecture()
        self.stem = Layer((plan.channels_in, plan.widths[0], 3), plan)
        self.stage_2, self.stage_4, self.stage_8, self.stage_16 = (
            _stage(before, width, count, plan)
            for before, width, count in zip(plan.widths[:-1], plan.widths[1:], plan.blocks, strict=True)
        )
        eighth, quarter = plan.decoder
        self.deep = Layer((plan.widths[4], eighth, 1), plan, activated=False)
        self.across_eighth = Layer((plan.widths[3], eighth, 1), plan)
        self.fuse_eighth = Layer((eighth, quarter, 3), plan)
        self.across_quarter = Layer((plan.widths[2], quarter, 1), plan)
        self.fuse_quarter = Layer((quarter, quarter, 3), plan)
        self.pixel_head = Layer((quarter, len(PIXEL_CLASSES), 1), _plain(plan), activated=False)
        free = plan.evidence == "free"
        self.evidence_head = Layer((quarter, len(FINDINGS) if free else 1, 1), _plain(plan), activated=False)
        self.opacity_scale = None if free else opacity_scale()
        self._layers: tuple[Layer, ...] = tuple(module for module in self.modules() if isinstance(module, Layer))
        if not self.stem.convolution.weight.is_meta:  # a skeleton that weights are put into draws none of its own
            self._initialise()

    def convolution(self, number: int) -> Layer:
        """Return layer ``number``, counted from the input, the first being 1."""
        return self._layers[number - 1]

    @property
    def layers(self) -> int:
        """How many numbered convolutions there are."""
        return len(self._layers)

    @property
    def parameter_count(self) -> int:
        """How many numbers are learned."""
        return sum(parameter.numel() for parameter in self.parameters())

    def forward(self, x: Tensor) -> Output:
        """Answer for prepared films.

        Parameters
        ----------
        x
            Standardised films, (B, channels_in, H, W), H and W multiples of 16.
        """
        if x.shape[-2] % STRIDE or x.shape[-1] % STRIDE:
            raise ValueError(f"The input is {x.shape[-2]} x {x.shape[-1]}; both must be multiples of {STRIDE}.")
        quarter = self.stage_4(_halve(self.stage_2(_halve(self.stem(x)))))
        before = self.stage_8[:-1](_halve(quarter))
        eighth, layer19 = _last_block(self.stage_8).both(before)
        deep = self.stage_16(_halve(eighth))
        at_eighth = self.fuse_eighth(self.across_eighth(eighth) + _double(self.deep(deep)))
        at_quarter = self.fuse_quarter(self.across_quarter(quarter) + _double(at_eighth))
        pixels = self.pixel_head(at_quarter)
        return read_out(
            pixels=pixels,
            own=self.evidence_head(at_eighth),
            scale=self.opacity_scale,
            opacity_in_covid=self.architecture.opacity_in_covid,
            layer19=layer19,
            deep=deep,
        )

    def _initialise(self) -> None:
        """Draw weights that keep the variance through the depth; residual branches start at nothing."""
        gain = _ELU_GAIN if self.architecture.activation == "elu" else _RELU_GAIN
        for layer in self._layers:
            weight = layer.convolution.weight
            nn.init.normal_(weight, std=(gain / weight[0].numel()) ** 0.5)
            if layer.convolution.bias is not None:
                nn.init.zeros_(layer.convolution.bias)
        for head in (self.pixel_head, self.evidence_head):
            nn.init.normal_(head.convolution.weight, std=0.01)
        for module in self.modules():
            if isinstance(module, Block):
                _silence(module.second)


def opacity_scale() -> nn.Parameter:
    """Return what turns the share of opacity into evidence, as it is before training: slope and offset, (2,)."""
    return nn.Parameter(torch.tensor(_OPACITY_SCALE))


def read_out(  # noqa: PLR0913, PLR0917 - what heads give, each by its name
    pixels: Tensor, own: Tensor, scale: Tensor | None, opacity_in_covid: float, layer19: Tensor, deep: Tensor
) -> Output:
    """Read all answers off what the heads give.

    Parameters
    ----------
    pixels
        Logits of the pixel classes, (B, 3, H/4, W/4).
    own
        The evidence head's own maps at stride 8: of COVID-19 (B, 1, h, w), or of both findings (B, 2, h, w).
    scale
        Slope and offset from share of opacity to evidence, (2,); None when ``own`` speaks for both findings.
    opacity_in_covid
        See ``Architecture``.
    layer19, deep
        Outputs of layer 19 and of the deepest layer, (B, C, h, w) each.
    """
    shares = functional.avg_pool2d(torch.sigmoid(pixels[:, :2].float()), 2)
    lungs, evidence = shares[:, :1].detach(), own.float()
    if scale is not None:
        of_opacity = scale[0] * shares[:, 1:] + scale[1]
        evidence = torch.cat([of_opacity, evidence + opacity_in_covid * of_opacity.detach()], dim=1)
    return Output(
        pixels=pixels,
        evidence=evidence,
        lungs=lungs,
        findings=lung_mean(evidence, lungs),
        layer19=layer19,
        features=lung_mean(deep.float(), functional.adaptive_avg_pool2d(lungs, (deep.shape[-2], deep.shape[-1]))),
    )


def lung_mean(values: Tensor, lungs: Tensor) -> Tensor:
    """Average (B, C, h, w) over the cells, weighted by ``lungs`` (B, 1, h, w): (B, C)."""
    weight = lungs.sum(dim=(2, 3)).clamp_min(_POOL_FLOOR)
    return (values * lungs).sum(dim=(2, 3)) / weight


def _stage(before: int, width: int, blocks: int, plan: Architecture) -> nn.Sequential:
    return nn.Sequential(Layer((before, width, 3), plan), *(Block(width, plan) for _ in range(blocks)))


def _last_block(stage: nn.Sequential) -> Block:
    block = stage[-1]
    if not isinstance(block, Block):
        raise TypeError("The stage at stride 8 has no residual block, so it has no layer 19.")
    return block


def _silence(layer: Layer) -> None:
    if isinstance(layer.normalisation, nn.BatchNorm2d):
        nn.init.zeros_(layer.normalisation.weight)
    else:
        nn.init.zeros_(layer.convolution.weight)


def _plain(plan: Architecture) -> Architecture:
    """Heads are never normalised: their answers are logits."""
    return replace(plan, normalisation="none")


def _activation(plan: Architecture) -> nn.Module:
    return nn.ELU() if plan.activation == "elu" else nn.ReLU()


def _halve(x: Tensor) -> Tensor:
    return functional.avg_pool2d(x, 2)


def _double(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
