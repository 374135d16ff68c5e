"""The fit: trains a network within steps and minutes, can be stopped at any step and goes on bit for bit."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from torch import Tensor, nn

from model.errors import NegatoscopeError
from model.net.architecture import PIXEL_CLASSES, FilmNetwork
from training import checkpoint as keeping
from training import config as settings
from training import descent, losses, machine, monitor, networks, stopping, subject, teaching
from training.ahead import Ahead
from training.checkpoint import Checkpoint, CheckpointError
from training.config import Config
from training.datasets.row import Row
from training.interrupting import interruptible
from training.reports import Log, Means, Report, log
from training.samples import Batch, Sampler, Share
from training.stopping import Best
from training.store import Store

if TYPE_CHECKING:
    from lightning_fabric import Fabric

STOP_FILE = "stop"
CONFIG_FILE = "config.toml"
_SETTLE_STEPS = 20
"""Steps after which the speed of the run is believed."""


class FitError(NegatoscopeError):
    """The training cannot go on."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took since it was begun or resumed: training steps, films a second, and memory at its highest."""

    steps: int
    films_per_second: float
    peak_gib: float | None


@dataclass(slots=True)
class _State:
    network: FilmNetwork
    average: dict[str, Tensor]
    optimiser: torch.optim.AdamW
    step: int = 0
    progress: float = 0.0
    seconds: float = 0.0
    best: Best | None = None


class Run:
    """One training run in one folder, in one process or shared by several.

    Several processes take a share of every batch each and stay alike to the last bit of float; only the first of them
    writes and tells. Whatever their number, the batch of a step is the same.

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
    fabric
        The processors (``machine.start``); None for one of this machine.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a run is made of
        self,
        config: Config,
        train: Store,
        validation: Store | None,
        folder: Path,
        tell: Callable[[Report], None] = lambda report: None,
        fabric: Fabric | None = None,
    ) -> None:
        self._config, self._train, self._validation, self._folder, self._tell = config, train, validation, folder, tell
        self._fabric = fabric or machine.start(machine.HERE, config.precision)
        torch.manual_seed(config.seed)
        network = networks.build(config).to(self._fabric.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if self._fabric.world_size > 1 and self._fabric.device.type == "cuda":
            network = nn.SyncBatchNorm.convert_sync_batchnorm(network)  # type: ignore[no-untyped-call]
        optimiser = descent.optimiser(network, config)
        self._state = _State(network, descent.copied(network), optimiser)
        self._model, self._optimiser = self._fabric.setup(network, optimiser)
        self._share = Share(self._fabric.global_rank, self._fabric.world_size)
        self._sampler = Sampler(train, config, self._share)
        self._films = films_fingerprint(train.rows)
        self._asked_to_stop = self._stopping = False
        self._first = (0, 0.0)

    def resume(self, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint of the same run.

        Raises
        ------
        CheckpointError
            When it was made with other films.
        """
        if checkpoint.films != self._films:
            raise CheckpointError("films", "The checkpoint was made with other films; use the run's own manifest.")
        state, device = self._state, self._fabric.device
        state.network.load_state_dict(dict(checkpoint.network))
        state.average = {name: value.to(device, copy=True) for name, value in checkpoint.average.items()}
        state.optimiser.load_state_dict(dict(checkpoint.optimiser))
        state.step, state.progress, state.seconds = checkpoint.step, checkpoint.progress, checkpoint.seconds
        state.best = checkpoint.best
        self._first = (state.step, state.seconds)
        self._train.marked[:] = checkpoint.marked
        self._sampler.refresh()

    def go(self) -> bool:
        """Train to the end, a stop file or Ctrl-C; it leaves a checkpoint. True when it got to the end.

        Raises
        ------
        FitError
            When the loss is no longer finite.
        """
        with self._fabric.rank_zero_first():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._learn_from_others()
        if self._fabric.is_global_zero:
            (self._folder / CONFIG_FILE).write_text(settings.as_toml(self._config), encoding="utf-8")
        with interruptible(self._ask_to_stop), self._log() as write:
            while not self._done and not self._stopping:
                self._stretch(write)
            self._save()
            if self._done and not stopping.enough(self._config.stopping, self._state.best):
                self._look(write)
                self._save()
        return self._done

    def averaged(self) -> FilmNetwork:
        """Return a copy of the network with its averaged weights, those of the best look where one is kept."""
        best = self._state.best
        return self._with(self._state.average if best is None else best.average)

    @property
    def cost(self) -> Cost:
        """What the run has taken since it was begun or resumed."""
        steps, seconds = self._state.step - self._first[0], self._state.seconds - self._first[1]
        speed = steps * self._config.batch / seconds if seconds else math.nan
        return Cost(steps, speed, machine.peak_gib(self._fabric))

    @property
    def best(self) -> Best | None:
        """The best look at the validation films, where one is kept."""
        return self._state.best

    def _with(self, weights: Mapping[str, Tensor]) -> FilmNetwork:
        network = networks.build(self._config)
        network.load_state_dict(dict(weights))
        return network.to(memory_format=torch.channels_last).eval()  # type: ignore[call-overload,no-any-return]

    def _log(self) -> Any:
        return log(self._folder) if self._fabric.is_global_zero else nullcontext(lambda report: None)

    def _learn_from_others(self) -> None:
        """Begin with the weights of another run, and hear the teachers, where the settings name them."""
        config, state = self._config, self._state
        if config.start and state.step == 0:
            state.network.load_state_dict(subject.load(Path(config.start), "cpu").network.state_dict())
            state.average = descent.copied(state.network)
        if config.teachers:
            self._train = teaching.taught(self._train, config.teachers, self._folder, self._fabric.autocast)
            self._sampler = Sampler(self._train, config, self._share)

    @property
    def _done(self) -> bool:
        state, config = self._state, self._config
        return state.step >= config.steps or state.progress >= 1 or stopping.enough(config.stopping, state.best)

    def _ask_to_stop(self) -> None:
        self._asked_to_stop = True

    def _stretch(self, write: Log) -> None:
        """Train until the lungs are to be marked, the run is done or it is to stop."""
        state, config = self._state, self._config
        ahead = Ahead(self._sampler, state.step, config.steps, machine.threads(self._fabric))
        sums = Means()
        state.network.train()
        began, before, first = time.monotonic(), state.seconds, state.step
        try:
            for batch in ahead:
                sums.add(self._agreed(self._step(batch), before + time.monotonic() - began))
                marking = self._advance(state.step - first)
                self._regular(write, sums)
                if marking or self._done or self._stopping:
                    break
        finally:
            ahead.close()
        if marking and not self._stopping:
            self._mark()
        state.seconds = self._of_first(before + time.monotonic() - began)

    def _regular(self, write: Log, sums: Means) -> None:
        """Do what is due every so many steps."""
        config, step = self._config, self._state.step
        if step % config.log_every == 0:
            self._report(write, sums.take(), validation=False)
        if step % config.validate_every == 0 and not self._done:
            self._look(write)
        if step % config.save_every == 0:
            self._save()

    def _step(self, batch: Batch) -> dict[str, float]:
        state, config, fabric = self._state, self._config, self._fabric
        torch.manual_seed(_lot(config.seed, state.step, fabric.global_rank))
        for group in state.optimiser.param_groups:
            group["lr"] = descent.rate(config, state.progress)
        here = Batch(*(part.to(fabric.device) for part in batch))
        output = self._model(here.image.contiguous(memory_format=torch.channels_last))
        over = self._mean(losses.counted(here))
        values = losses.parts(output, here, config.smoothing, config.architecture.opacity_in_covid, over)
        self._optimiser.zero_grad(set_to_none=True)
        fabric.backward(losses.total(values, config.weights))
        norm = fabric.clip_gradients(self._model, self._optimiser, max_norm=config.clip, error_if_nonfinite=False)
        self._optimiser.step()
        state.step += 1
        descent.follow(state.average, state.network, min(config.average, state.step / (state.step + 9)))
        return {name: value.item() for name, value in values.items()} | {"norm": cast(Tensor, norm).item()}

    def _agreed(self, values: Mapping[str, float], seconds: float) -> dict[str, float]:
        """Return the mean of the loss parts over all processes, and agree on the time and on whether to stop."""
        asked = self._asked_to_stop or (self._fabric.is_global_zero and (self._folder / STOP_FILE).exists())
        told = torch.tensor([*values.values(), seconds, float(asked)], device=self._fabric.device)
        *means, seconds, asked_share = self._mean(told).tolist()
        self._state.seconds, self._stopping = seconds, asked_share > 0
        if not all(map(math.isfinite, means[:-1])):
            raise FitError(
                "diverged",
                f"The loss is no longer finite at step {self._state.step}; train anew with a lower rate, or in f32.",
            )
        return dict(zip(values, means, strict=True))

    def _mean(self, tensor: Tensor) -> Tensor:
        """Return the mean over all processes."""
        return cast(Tensor, self._fabric.all_reduce(tensor, reduce_op="mean"))

    def _of_first(self, value: Any) -> Any:
        """Return what the first process says."""
        return self._fabric.broadcast(value) if self._fabric.world_size > 1 else value

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
        if self._fabric.is_global_zero:
            for index, pixels in enumerate(self._answers(self._train).pixels):
                self._train.mark(index, pixels[PIXEL_CLASSES.index("lungs")])
        self._train.marked[:] = self._of_first(self._train.marked)
        self._sampler.refresh()
        self._save()

    def _look(self, write: Log) -> None:
        """Look at the validation films; the first process looks, all of them hear of it."""
        if self._validation is None:
            return
        values: dict[str, float] = {}
        if self._fabric.is_global_zero:
            values = monitor.summarise(self._answers(self._validation), self._validation, self._config.size)
        values = self._of_first(values)
        state = self._state
        state.best = stopping.seen(self._config.stopping, state.best, (state.step, values), state.average)
        self._report(write, values, validation=True)

    def _answers(self, films: Store) -> monitor.Answers:
        """Return what the averaged network says of films."""
        network = self._with(self._state.average).to(self._fabric.device)
        return monitor.answer(network, films, self._config.size, self._fabric.autocast)

    def _report(self, write: Log, values: Mapping[str, float], validation: bool) -> None:
        state = self._state
        rate = descent.rate(self._config, state.progress)
        report = Report(state.step, state.progress, state.seconds, rate, values, validation)
        write(report)
        if self._fabric.is_global_zero:
            self._tell(report)

    def _save(self) -> None:
        """Write the checkpoint, while all processes wait, so that none goes on from one that is not whole."""
        if self._fabric.is_global_zero:
            keeping.save(self._checkpoint(), self._folder)
        self._fabric.barrier()

    def _checkpoint(self) -> Checkpoint:
        state = self._state
        return Checkpoint(
            config=self._config,
            step=state.step,
            progress=state.progress,
            seconds=state.seconds,
            network=state.network.state_dict(),
            average=state.average,
            optimiser=state.optimiser.state_dict(),
            marked=self._train.marked,
            films=self._films,
            best=state.best,
        )


def films_fingerprint(rows: Sequence[Row]) -> str:
    """Return a short name for exactly these films in this order with what is said of them."""
    return hashlib.sha256("\n".join(repr(row) for row in rows).encode()).hexdigest()[:20]


def _lot(*numbers: int) -> int:
    """Return the seed of what is drawn by lot within a step, so that a resumed run draws the same."""
    return int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0])
