"""The errors of this package: each is one sentence that names what, where and what to do next."""

from __future__ import annotations


class NegatoscopeError(Exception):
    """Root of every error that is meant to be read by a user.

    Parameters
    ----------
    code
        A short stable identifier for programs (``snake_case``); never shown alone.
    message
        One sentence for people: what it is, why it failed, what to do. It never contains patient data.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class FilmError(NegatoscopeError):
    """A file cannot be opened as a film."""


class WeightsError(NegatoscopeError):
    """Weights or their model card are missing, damaged or do not belong together."""


class NetworkError(NegatoscopeError):
    """The network cannot run on this film or on this device."""


class Cancelled(Exception):  # noqa: N818 - an event, not a fault
    """A job was given up because nobody waits for its outcome any more."""
