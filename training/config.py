"""The settings of a training run: presets in TOML, ``key=value`` on top, all of it saved with the run."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from model.errors import NegatoscopeError
from model.net.architecture import STRIDE, Architecture

READY_STRIDE = 32
"""Height and width that the ready network takes must be multiples of this."""
Precision = Literal["bf16", "f16", "f32"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
CONFIGS = files("training.configs")


class ConfigError(NegatoscopeError):
    """A setting is unknown or impossible."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """What a batch is made of: shares of films shown whole, with only the lungs, and without the lungs."""

    lungs_only: float = 0.33
    lungs_out: float = 0.14
    mark_lungs_at: tuple[float, ...] = (0.12, 0.5)
    """Progress of the run (0 .. 1) at which the network marks the lungs of films without lung masks."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far films are changed; probabilities are per film."""

    rotate_degrees: float = 12.0
    scale: float = 0.25
    """Films are scaled by up to 1 / (1 + scale) and 1 + scale."""
    stretch: float = 0.1
    shift: float = 0.08
    mirror: float = 0.25
    crop_to_lungs: float = 0.3
    gamma: float = 0.6
    """Largest natural logarithm of the gamma exponent."""
    local_contrast: float = 0.1
    sharpen: float = 0.15
    blur: float = 0.15
    resample: float = 0.2
    jpeg: float = 0.25
    noise: float = 0.15
    shade: float = 0.2
    erase_border: float = 0.35
    letters: float = 0.35


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the loss counts for."""

    lungs: float = 1.0
    opacity: float = 1.0
    heart: float = 0.5
    marked_lungs: float = 0.2
    """Weight of a pixel of lungs that the network marked itself, against 1 for a pixel of a mask."""
    taught: float = 0.5
    """Weight of a pixel that teachers marked where nobody drew a mask, against 1 for a pixel of a mask."""
    weak_box: float = 0.4
    """Weight of a pixel inside a radiologist's box against 1 for a pixel of a mask."""
    lung_opacity: float = 0.3
    covid19: float = 0.2
    agreement: float = 0.2
    reserve: float = 0.05
    """Of the square of the COVID-19 evidence beyond that of opacity, on films that teach nothing about COVID-19."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """When a run ends before its steps, and which of its averaged weights are kept."""

    patience: int = 0
    """Looks at the validation films without a better ``measure`` after which the run ends, keeping the averaged
    weights of the best look; 0: the run goes to its end and keeps the last."""
    measure: str = "auc_opacity"
    """One of the numbers of a look, such as dice_lungs, dice_opacity or auc_opacity; more is better."""


@dataclass(frozen=True, slots=True)
class Config:
    """One run of ``fit``."""

    name: str = "bundled"
    seed: int = 0
    size: int = 256
    batch: int = 16
    steps: int = 8000
    max_minutes: float | None = None
    rate: float = 1.5e-3
    weight_decay: float = 0.05
    warm_up: float = 0.08
    clip: float = 1.0
    average: float = 0.998
    smoothing: float = 0.05
    precision: Precision | Literal["auto"] = "auto"
    """Of the forward pass; weights are always kept in f32. "auto" is bf16 where the processor computes in it."""
    log_every: int = 20
    save_every: int = 200
    validate_every: int = 600
    backbone: Literal["own", "efficientnet-lite0"] = "own"
    """What is trained: the network of ``architecture``, or a ready one with its heads, fine-tuned."""
    pretrained: bool = True
    """Whether a ready network begins with its ImageNet weights; else with random ones, to see what they are worth."""
    start: str = ""
    """Folder of a finished run, or exported weights, that this one begins with."""
    teachers: tuple[str, ...] = ()
    """Finished runs, or exported weights, whose answers are learned where nobody drew a mask; unlabelled films join."""
    architecture: Architecture = field(default_factory=Architecture)
    mixing: Mixing = field(default_factory=Mixing)
    augmentation: Augmentation = field(default_factory=Augmentation)
    weights: Weights = field(default_factory=Weights)
    stopping: Stopping = field(default_factory=Stopping)

    def __post_init__(self) -> None:
        if self.size % STRIDE or self.size < 2 * STRIDE:
            raise ConfigError("size", f"size is {self.size}; it must be a multiple of {STRIDE}, at least {2 * STRIDE}.")
        if self.batch < 1 or self.steps < 1:
            raise ConfigError("length", f"batch is {self.batch} and steps is {self.steps}; both must be at least 1.")
        if self.max_minutes is not None and self.max_minutes <= 0:
            raise ConfigError("max_minutes", f"max_minutes is {self.max_minutes:g}; give more than 0, or leave it out.")
        if self.backbone not in ("own", "efficientnet-lite0"):
            raise ConfigError("backbone", f"backbone is {self.backbone!r}; it can be 'own' or 'efficientnet-lite0'.")
        if self.backbone != "own" and self.size % READY_STRIDE:
            raise ConfigError("size", f"size is {self.size}; {self.backbone} takes multiples of {READY_STRIDE}.")
        if self.precision not in ("auto", *PRECISIONS):
            raise ConfigError(
                "precision", f"precision is {self.precision!r}; it can be 'auto', 'bf16', 'f16' or 'f32'."
            )


def presets() -> tuple[str, ...]:
    """Return the names of the presets that come with the package."""
    return tuple(sorted(Path(entry.name).stem for entry in CONFIGS.iterdir() if entry.name.endswith(".toml")))


def load(name: str, overrides: Iterable[str] = ()) -> Config:
    """Read a preset by name or a TOML file by path, and put ``key=value`` settings on top.

    Parameters
    ----------
    name
        A preset ("bundled") or the path of a TOML file.
    overrides
        Settings such as ``size=320`` or ``weights.opacity=2``; values are TOML, bare words are text.

    Raises
    ------
    ConfigError
        When the file, a key or a value is not known or not possible.
    """
    values = _read(name)
    for text in overrides:
        key, equals, value = text.partition("=")
        if not equals:
            raise ConfigError("override", f"{text!r} is no setting; write key=value, such as size=320.")
        _put(values, key.strip(), _value(value.strip()))
    return from_dict(values)


def from_dict(values: Mapping[str, Any]) -> Config:
    """Build a config from nested plain values.

    Raises
    ------
    ConfigError
        When a key or a value is not known or not possible.
    """
    built: Config = _build(Config, values, "")
    return built


def as_dict(config: Config) -> dict[str, Any]:
    """Return nested plain values, None left out."""
    values: dict[str, Any] = _plain(config)
    return values


def as_toml(config: Config) -> str:
    """Return the config as TOML text that ``load`` reads back to the same config."""
    values = as_dict(config)
    tables = {key: value for key, value in values.items() if isinstance(value, dict)}
    lines = [f"{key} = {_toml(value)}" for key, value in values.items() if key not in tables]
    for key, table in tables.items():
        lines += ["", f"[{key}]", *(f"{name} = {_toml(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def _read(name: str) -> dict[str, Any]:
    path = Path(name)
    if name in presets():
        text = (CONFIGS / f"{name}.toml").read_text(encoding="utf-8")
    elif path.suffix == ".toml" and path.is_file():
        text = path.read_text(encoding="utf-8")
    else:
        raise ConfigError("preset", f"{name} is no preset ({', '.join(presets())}) and no TOML file.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("toml", f"{name} is not TOML: {error}.") from error


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    *tables, last = key.split(".")
    for table in tables:
        values = values.setdefault(table, {})
    values[last] = value


def _build(kind: type, values: Mapping[str, Any], where: str) -> Any:
    hints = get_type_hints(kind)
    arguments: dict[str, Any] = {}
    for key, value in values.items():
        if key not in hints:
            raise ConfigError("key", f"There is no setting {where}{key}; known are {', '.join(sorted(hints))}.")
        if is_dataclass(hints[key]) and isinstance(value, Mapping):
            arguments[key] = _build(hints[key], value, f"{where}{key}.")
        else:
            arguments[key] = _checked(hints[key], value, f"{where}{key}")
    try:
        return kind(**arguments)
    except ValueError as error:
        raise ConfigError("value", f"{where.rstrip('.')}: {error}") from error


def _checked(hint: Any, value: Any, key: str) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, list):
        return tuple(value)
    if hint is float or hint == float | None:
        if not number:
            raise ConfigError("value", f"{key} is {value!r}; it must be a number.")
        return float(value)
    if hint is int and (not number or isinstance(value, float)):
        raise ConfigError("value", f"{key} is {value!r}; it must be a whole number.")
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        named = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {name: _plain(part) for name, part in named if part is not None}
    return list(value) if isinstance(value, tuple) else value


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)
