"""The predictor: one film in, everything the network says about it out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import torch

from model import card as cards
from model.card import ModelCard
from model.errors import Cancelled
from model.film.film import Film
from model.findings.prediction import Finding, HeatMap, Prediction, Refusal
from model.net import boxes, gate, heatmap, weights
from model.net.admission import Admission, admit
from model.net.architecture import FilmNetwork, Output
from model.net.device import Device, choose, cpu
from model.net.preprocess import Prepared, prepare
from model.net.reading import Reading
from model.net.remedy import REMEDIES, remedied, undone
from model.net.view import View, ViewHead, describe

Stage = Literal["prepare", "network", "maps", "done"]
Report = Callable[[Stage, float], None]


class Predictor:
    """A network with its card on one device.

    Runs in float32 with deterministic kernels, so that the same film gives the same numbers. Calls must not overlap:
    one worker thread at a time.
    """

    def __init__(self, network: FilmNetwork, card: ModelCard, device: Device, view: ViewHead | None = None) -> None:
        self.card = card
        self.view = view
        self._network = network
        self._settle(device)

    @classmethod
    def load(cls, path: Path | None = None, device: str = "auto") -> Predictor:
        """Load weights (the bundled ones when ``path`` is None) onto a device (see ``model.net.device.choose``).

        Raises
        ------
        WeightsError
            When the weights or their card cannot be trusted.
        """
        network, card, view = weights.read(path or cards.bundled())
        return cls(network, card, choose(device), view)

    @property
    def device(self) -> str:
        """What the network runs on, for people; names the reason after a fallback."""
        return self._device.label

    @property
    def network(self) -> FilmNetwork:
        """The network itself, on its device."""
        return self._network

    def predict(  # noqa: PLR0913 - each is left out by most who ask
        self,
        film: Film,
        *,
        force: bool = False,
        correct: bool = False,
        admission: Admission | None = None,
        report: Report = lambda stage, fraction: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Prediction:
        """Say everything about one film.

        Parameters
        ----------
        film
            Any film; one that is not an assessable frontal chest film gets a refusal and no answer.
        force
            Answer even then ("analyse anyway"); the prediction carries both refusal and ``forced``.
        correct
            Where a film is refused as inverted or turned, put it right and answer; the prediction carries what was
            done in ``corrected``, and maps and boxes lie on the film as it is.
        admission
            What ``admit`` made of this film for this network's input size, where that is done already; only the
            film's shape, key and header are read then.
        report
            Called with the stage that begins and the fraction done, 0 .. 1.
        cancelled
            Asked before every stage.

        Raises
        ------
        Cancelled
            When ``cancelled`` said so.
        NetworkError
            When the film cannot be given to the network.
        """
        started = time.perf_counter()

        def enter(stage: Stage, fraction: float) -> None:
            if cancelled():
                raise Cancelled(stage)
            report(stage, fraction)

        enter("prepare", 0.0)
        admission = admission or admit(film, self.card.input_size)
        refusal, reading = admission.refusal, None
        if refusal is None or force:
            enter("network", 0.1)
            reading = Reading(film, admission.prepared, self.forward(admission.prepared))
            found, better = self._weigh(reading)
            enter("maps", 0.8)
            if correct and refusal is None and found is not None and found.remedy is not None:
                answer = self._answer(film.key, better.prepared, better, gate.cured(found.remedy))
                return _finished(undone(answer, found.remedy, better.size), started, enter)
            refusal = refusal or found
        answer = self._answer(film.key, admission.prepared, reading if refusal is None or force else None, refusal)
        return _finished(answer, started, enter)

    def read(self, film: Film) -> Reading:
        """Run the network on a film without asking the gate; for measuring and exporting."""
        prepared = prepare(film, self.card.input_size)
        return Reading(film, prepared, self.forward(prepared))

    def refuse(self, reading: Reading) -> Refusal | None:
        """Return why a film that was read is not to be judged, for what the network saw; None when it is."""
        return self._weigh(reading)[0]

    def _weigh(self, reading: Reading) -> tuple[Refusal | None, Reading]:
        """Return the refusal, and the reading to be used once its remedy is taken.

        A film is called inverted or rotated only when it passes as a chest film once that is undone.
        """
        view = self._unlike(reading)
        if view is None:
            return gate.named(self._by_shape(reading), reading.film), reading
        remedy = REMEDIES.get(view)
        if remedy is None:
            return gate.named(gate.refusal(view), reading.film), reading
        film, prepared = remedied(reading.film, reading.prepared, remedy)
        better = Reading(film, prepared, self.forward(prepared))
        if self._unlike(better) or self._by_shape(better):
            return gate.named(gate.refusal("not_chest"), reading.film), reading
        return gate.curable(remedy), better

    def _unlike(self, reading: Reading) -> View | None:
        return None if self.view is None else gate.by_view(self.view.probabilities(describe(reading)), self.card.gate)

    def _by_shape(self, reading: Reading) -> Refusal | None:
        prepared = reading.prepared
        return gate.by_shape(gate.measure(reading.full("lungs"), prepared.grey, prepared.inside), self.card.gate)

    def forward(self, prepared: Prepared) -> Output:
        """Run the bare network on one prepared film; the tensors come back on the CPU."""
        channels = self._network.architecture.channels_in
        image = torch.from_numpy(prepared.image.copy())[None, None].repeat(1, channels, 1, 1)
        try:
            return self._run(image)
        except RuntimeError as error:
            if self._device.on_cpu:
                raise
            self._settle(cpu(f"{self._device.label} failed ({type(error).__name__})"))
            return self._run(image)

    def _settle(self, device: Device) -> None:
        """Move to a device."""
        self._device = device
        self._network = self._network.to(device.torch)
        if device.on_cpu:
            self._network = self._network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def _run(self, image: torch.Tensor) -> Output:
        exact = torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False)
        with torch.inference_mode(), exact:
            given = image.to(self._device.torch)
            if self._device.on_cpu:
                given = given.contiguous(memory_format=torch.channels_last)
            return Output(*(tensor.cpu() for tensor in self._network(given)))

    def _answer(self, key: str, prepared: Prepared, reading: Reading | None, refusal: Refusal | None) -> Prediction:
        """Gather the answer; there is none without a reading."""
        chest = None if reading is None else reading.chest()
        findings = () if reading is None else tuple(self._findings(reading))
        maps = () if reading is None else tuple(self._maps(reading))
        seen = prepared if reading is None else reading.prepared
        found = (
            ()
            if reading is None or chest is None
            else boxes.find(chest, self.card.pixels, self.card.boxes, seen.grid, reading.size)
        )
        return Prediction(
            film_key=key,
            findings=findings,
            boxes=found,
            maps=maps,
            opacity_extent=None if chest is None else boxes.extent(chest, self.card.pixels),
            model=self.card.identity,
            device=self.device,
            seconds=0.0,
            seen=seen.grey,
            seen_grid=seen.grid,
            features=None if reading is None else reading.features(),
            refusal=refusal,
            forced=refusal is not None and reading is not None,
        )

    def _findings(self, reading: Reading) -> Iterator[Finding]:
        for rule in self.card.findings:
            calibration = rule.calibration
            probability = calibration.probability(reading.logit(rule.id))
            yield Finding(rule.id, probability, calibration.threshold, calibration.band(probability))

    def _maps(self, reading: Reading) -> Iterator[HeatMap]:
        for scale in self.card.maps:
            values, grid = reading.cells(scale, self.card)
            sigma = self.card.smoothing_sigma if scale.kind == "smoothed" else None
            yield heatmap.scaled(values, grid, scale, sigma)


def _finished(answer: Prediction, started: float, enter: Callable[[Stage, float], None]) -> Prediction:
    enter("done", 1.0)
    return replace(answer, seconds=time.perf_counter() - started)
