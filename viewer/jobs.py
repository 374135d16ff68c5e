"""The jobs that run beside the window: reading a film, and asking the network. The one lazy door to torch."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import model.film
from model import card as cards
from model.card import ModelCard
from model.errors import Cancelled
from model.film.film import Film
from model.findings.prediction import Prediction

if TYPE_CHECKING:
    from model.net.admission import Admission
    from model.net.atlas import Atlas
    from model.net.predictor import Predictor

Stage = Literal["load", "prepare", "network", "maps", "done"]
Report = Callable[[Stage, float], None]

__all__ = ["Analyst", "Cancelled", "ReadRequest", "Report", "Stage", "Token", "read", "sketch"]


class Token:
    """A wish to stop that crosses threads: the window cancels, the job asks."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise Cancelled when stopping was asked for."""
        if self.cancelled:
            raise Cancelled


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Which frame (from 0) of which file to open."""

    path: Path
    frame: int = 0


def read(request: ReadRequest, token: Token) -> Film:
    """Open a film.

    Raises
    ------
    Cancelled
        When it is no longer wanted.
    FilmError
        When the file cannot be opened.
    """
    token.check()
    film = model.film.open_film(request.path, frame=request.frame)
    token.check()
    return film


def sketch(request: ReadRequest, token: Token) -> Film | None:
    """Open the sketch of a film; None where there is none.

    Raises
    ------
    Cancelled
        When it is no longer wanted.
    """
    token.check()
    return model.film.open_sketch(request.path, frame=request.frame)


def _silent(stage: Stage, fraction: float) -> None:
    """Report to nobody."""


class Analyst:
    """Asks the network about films; loads torch and the weights once, when first asked.

    Parameters
    ----------
    device
        "auto", "cpu", "cuda", "mps" or "xpu".
    weights
        Weights file with its card beside it; None takes the bundled network.
    """

    def __init__(self, device: str = "auto", weights: Path | None = None) -> None:
        self._wish = device
        self._weights = weights
        self._lock = threading.Lock()
        self._predictor: Predictor | None = None
        self._loaded_for = ""
        self._card: ModelCard | None = None
        self._atlas: Atlas | None = None

    def use(self, device: str) -> None:
        """Run on another device from the next question on."""
        self._wish = device

    @property
    def loaded(self) -> bool:
        """Whether the network is in memory."""
        return self._predictor is not None

    @property
    def device(self) -> str | None:
        """What the network runs on, for people; None until it is loaded."""
        return None if self._predictor is None else self._predictor.device

    @property
    def card(self) -> ModelCard:
        """The network's card; reading it needs no torch.

        Raises
        ------
        WeightsError
            When there is no card or it cannot be trusted.
        """
        if self._card is None:
            self._card = cards.read(self._file.with_suffix(".json"))
        return self._card

    @property
    def atlas(self) -> Atlas | None:
        """Where the network's training films lie, None when it came without; reading it needs no torch.

        Raises
        ------
        WeightsError
            When the card or the atlas cannot be trusted.
        """
        if self._atlas is None:
            from model.net import atlas

            self._atlas = atlas.read(self._file, self.card)
        return self._atlas

    @property
    def _file(self) -> Path:
        return self._weights or cards.bundled()

    def load(self) -> None:
        """Load torch and the weights now, from any thread; later calls do nothing.

        Raises
        ------
        WeightsError
            When the weights or their card cannot be trusted.
        """
        with self._lock:
            self._load()

    def analyse(  # noqa: PLR0913 - each is left out by most who ask
        self,
        film: Film,
        token: Token | None = None,
        report: Report = _silent,
        *,
        force: bool = False,
        correct: bool = False,
        admission: Admission | None = None,
    ) -> Prediction:
        """Say everything the network can about a film; calls from several threads take turns.

        Parameters
        ----------
        film
            An opened film.
        token
            Asked between loading, preparing, the network and its maps.
        report
            Called with the stage that begins and the fraction done, 0 .. 1.
        force
            Answer even when the film is not assessable.
        correct
            Put an inverted or turned film right and answer.
        admission
            What ``model.net.admission.admit`` made of the film, where that is done already.

        Raises
        ------
        Cancelled
            When the token asked for it.
        NegatoscopeError
            When the weights cannot be trusted or the film cannot be given to the network.
        """
        token = token or Token()
        with self._lock:
            token.check()
            if self._predictor is None or self._loaded_for != self._wish:
                report("load", 0.0)
            predictor = self._load()
            return predictor.predict(
                film,
                force=force,
                correct=correct,
                admission=admission,
                report=report,
                cancelled=lambda: token.cancelled,
            )

    def _load(self) -> Predictor:
        wish = self._wish
        if self._predictor is None or self._loaded_for != wish:
            # Threads that spin while they wait starve the window and every neighbour; OpenMP reads this only once.
            os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
            from model.net.predictor import Predictor

            self._predictor = Predictor.load(self._weights, wish)
            self._loaded_for = wish
        return self._predictor
