"""The fit: trains a network within steps and minutes, can be stopped at any step and goes on bit for bit."""

from __future__ import annotations

import csv
import hashlib
import math
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import torch
from torch import Tensor, nn

from model.net.architecture import PIXEL_CLASSES, FilmNetwork
from training import checkpoint as keeping
from training import config as settings
from training import losses, monitor, networks, subject, teaching
from training.checkpoint import Checkpoint, CheckpointError
from training.config import Config
from training.datasets.row import Row
from training.samples import Ahead, Batch, Sampler
from training.store import Store

STOP_FILE = "stop"
LOG_FILE = "log.csv"
CONFIG_FILE = "config.toml"
_SETTLE_STEPS = 20
"""Steps after which the speed of the run is believed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What happened up to a step: mean loss parts since the last report, or a look at the validation films."""

    step: int
    progress: float
    seconds: float
    rate: float
    values: Mapping[str, float]
    validation: bool


@dataclass(slots=True)
class _State:
    network: FilmNetwork
    average: dict[str, Tensor]
    optimiser: torch.optim.AdamW
    step: int = 0
    progress: float = 0.0
    seconds: float = 0.0


class Run:
    """One training run in one folder.

    Parameters
    ----------
    config
        The settings; with ``steps`` alone the run repeats exactly, with ``max_minutes`` its schedule follows the clock.
    train, validation
        The films to learn from and those to look at meanwhile (None: never looked at).
    folder
        Where config, log, TensorBoard events and checkpoint go.
    tell
        Called with every report.
    """

    def __init__(
        self,
        config: Config,
        train: Store,
        validation: Store | None,
        folder: Path,
        tell: Callable[[Report], None] = lambda report: None,
    ) -> None:
        self._config, self._train, self._validation, self._folder, self._tell = config, train, validation, folder, tell
        torch.manual_seed(config.seed)
        network = networks.build(config).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._state = _State(network, _copy(network), _optimiser(network, config))
        self._sampler = Sampler(train, config)
        self._films = films_fingerprint(train.rows)
        self._cast = precision_of(config.precision)
        self._stopping = False

    def resume(self, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint of the same run.

        Raises
        ------
        CheckpointError
            When it was made with other films.
        """
        if checkpoint.films != self._films:
            raise CheckpointError("films", "The checkpoint was made with other films; use the run's own manifest.")
        state = self._state
        state.network.load_state_dict(dict(checkpoint.network))
        state.average = {name: value.clone() for name, value in checkpoint.average.items()}
        state.optimiser.load_state_dict(dict(checkpoint.optimiser))
        state.step, state.progress, state.seconds = checkpoint.step, checkpoint.progress, checkpoint.seconds
        self._train.marked[:] = checkpoint.marked
        self._sampler.refresh()

    def go(self) -> bool:
        """Train to the end, a stop file or Ctrl-C; it leaves a checkpoint. True when it got to the end."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / CONFIG_FILE).write_text(settings.as_toml(self._config), encoding="utf-8")
        self._learn_from_others()
        with _interruptible(self._stop), _log(self._folder) as log:
            while not self._done and not self._stopping:
                self._stretch(log)
            self._save()
            if self._done:
                self._look(log)
        return self._done

    def averaged(self) -> FilmNetwork:
        """Return a copy of the network with its averaged weights, ready to answer."""
        network = networks.build(self._config)
        network.load_state_dict(self._state.average)
        return network.to(memory_format=torch.channels_last).eval()  # type: ignore[call-overload,no-any-return]

    def _learn_from_others(self) -> None:
        """Begin with the weights of another run, and hear the teachers, where the settings name them."""
        config, state = self._config, self._state
        if config.start and state.step == 0:
            state.network.load_state_dict(subject.load(Path(config.start), "cpu").network.state_dict())
            state.average = _copy(state.network)
        if config.teachers:
            self._train = teaching.taught(self._train, config.teachers, self._folder, self._cast)
            self._sampler = Sampler(self._train, config)

    @property
    def _done(self) -> bool:
        return self._state.step >= self._config.steps or self._state.progress >= 1

    def _stop(self) -> None:
        self._stopping = True

    def _stretch(self, log: _Log) -> None:
        """Train until the lungs are to be marked, the run is done or it is to stop."""
        state, config = self._state, self._config
        ahead = Ahead(self._sampler, state.step, config.steps)
        sums = _Means()
        state.network.train()
        began, before, first = time.monotonic(), state.seconds, state.step
        try:
            for batch in ahead:
                sums.add(self._step(batch))
                state.seconds = before + time.monotonic() - began
                marking = self._advance(state.step - first)
                self._regular(log, sums)
                if marking or self._done or self._stopping:
                    break
        finally:
            ahead.close()
        if marking and not self._stopping:
            self._mark()
        state.seconds = before + time.monotonic() - began

    def _regular(self, log: _Log, sums: _Means) -> None:
        """Do what is due every so many steps."""
        config, step = self._config, self._state.step
        if step % config.log_every == 0:
            self._report(log, sums.take(), validation=False)
            self._stopping = self._stopping or (self._folder / STOP_FILE).exists()
        if step % config.validate_every == 0 and not self._done:
            self._look(log)
        if step % config.save_every == 0:
            self._save()

    def _step(self, batch: Batch) -> dict[str, float]:
        state, config = self._state, self._config
        for group in state.optimiser.param_groups:
            group["lr"] = _rate(config, state.progress)
        with self._cast():
            output = state.network(batch.image.contiguous(memory_format=torch.channels_last))
        values = losses.parts(output, batch, config.smoothing, config.architecture.opacity_in_covid)
        state.optimiser.zero_grad(set_to_none=True)
        losses.total(values, config.weights).backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(state.network.parameters(), config.clip)
        state.optimiser.step()
        state.step += 1
        _follow(state.average, state.network, min(config.average, state.step / (state.step + 9)))
        return {name: value.item() for name, value in values.items()} | {"norm": norm.item()}

    def _advance(self, steps: int) -> bool:
        """Move along the schedule so that it ends with the steps or the minutes; True when lungs are to be marked."""
        state, config = self._state, self._config
        left = float(config.steps - state.step + 1)
        if config.max_minutes is not None and steps > _SETTLE_STEPS:
            speed = state.step / state.seconds
            left = min(left, max(1.0, (config.max_minutes * 60 - state.seconds) * speed))
        before = state.progress
        state.progress += (1 - before) / left
        return any(before < place <= state.progress for place in config.mixing.mark_lungs_at)

    def _mark(self) -> None:
        """Let the averaged network mark the lungs of the training films that have no lung mask."""
        network = self.averaged()
        answers = monitor.answer(network, self._train, self._config.size, self._cast)
        for index, pixels in enumerate(answers.pixels):
            self._train.mark(index, pixels[PIXEL_CLASSES.index("lungs")])
        self._sampler.refresh()
        self._save()

    def _look(self, log: _Log) -> None:
        if self._validation is not None:
            answers = monitor.answer(self.averaged(), self._validation, self._config.size, self._cast)
            self._report(log, monitor.summarise(answers, self._validation, self._config.size), validation=True)

    def _report(self, log: _Log, values: Mapping[str, float], validation: bool) -> None:
        state = self._state
        rate = _rate(self._config, state.progress)
        report = Report(state.step, state.progress, state.seconds, rate, values, validation)
        log(report)
        self._tell(report)

    def _save(self) -> None:
        state = self._state
        keeping.save(
            Checkpoint(
                config=self._config,
                step=state.step,
                progress=state.progress,
                seconds=state.seconds,
                network=state.network.state_dict(),
                average=state.average,
                optimiser=state.optimiser.state_dict(),
                marked=self._train.marked,
                films=self._films,
            ),
            self._folder,
        )


class _Means:
    """Running means of the loss parts."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._count = 0

    def add(self, values: Mapping[str, float]) -> None:
        for name, value in values.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._count += 1

    def take(self) -> dict[str, float]:
        means = {name: value / self._count for name, value in self._sums.items()}
        self._sums, self._count = {}, 0
        return means


_Log = Callable[[Report], None]


def films_fingerprint(rows: Sequence[Row]) -> str:
    """Return a short name for exactly these films in this order with what is said of them."""
    return hashlib.sha256("\n".join(repr(row) for row in rows).encode()).hexdigest()[:20]


@contextmanager
def _interruptible(stop: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C end the run after the step in hand; a second Ctrl-C ends it at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop()

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not in the main thread, where no signal arrives either
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _log(folder: Path) -> Iterator[_Log]:
    """Write reports to a CSV of (step, progress, seconds, rate, name, value) and to TensorBoard."""
    from torch.utils.tensorboard import SummaryWriter  # slow to import, and only needed once a run begins

    path = folder / LOG_FILE
    fresh = not path.exists()
    writer = SummaryWriter(str(folder / "tensorboard"))
    with path.open("a", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        if fresh:
            table.writerow(["step", "progress", "seconds", "rate", "part", "name", "value"])

        def write(report: Report) -> None:
            part = "validation" if report.validation else "train"
            for name, value in report.values.items():
                where = [report.step, f"{report.progress:.5f}", f"{report.seconds:.1f}", f"{report.rate:.3e}"]
                table.writerow([*where, part, name, f"{value:.6g}"])
                writer.add_scalar(f"{part}/{name}", value, report.step)
            stream.flush()

        try:
            yield write
        finally:
            writer.close()


def _rate(config: Config, progress: float) -> float:
    """Return the learning rate: a linear rise, then half a cosine down to a thousandth."""
    if progress < config.warm_up:
        return config.rate * (0.04 + 0.96 * progress / config.warm_up)
    down = min(1.0, (progress - config.warm_up) / (1 - config.warm_up))
    return config.rate * (0.001 + 0.999 * (1 + math.cos(math.pi * down)) / 2)


def _optimiser(network: FilmNetwork, config: Config) -> torch.optim.AdamW:
    """Return AdamW; biases and scales do not decay."""
    decaying = [parameter for parameter in network.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in network.parameters() if parameter.ndim <= 1]
    groups = [{"params": decaying, "weight_decay": config.weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=config.rate, betas=(0.9, 0.99))


def precision_of(precision: str) -> Callable[[], torch.autocast]:
    """Return what makes the context that a forward pass runs in."""
    half = precision == "bf16" or (precision == "auto" and torch.cpu._is_avx512_bf16_supported())
    return lambda: torch.autocast("cpu", torch.bfloat16, enabled=half)


def _copy(network: FilmNetwork) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in network.state_dict().items()}


def _follow(average: dict[str, Tensor], network: FilmNetwork, share: float) -> None:
    """Move the averaged weights towards the present ones, keeping ``share`` of what they were."""
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                average[name].lerp_(value, 1 - share)
            else:
                average[name].copy_(value)
