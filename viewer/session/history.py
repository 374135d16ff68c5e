"""Undo and redo by whole snapshots; everything one gesture does is one step."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class History(Generic[T]):
    """The present snapshot with those before and after it.

    Parameters
    ----------
    present
        The snapshot to start from; undo never goes behind it.
    limit
        How many steps are kept.
    """

    def __init__(self, present: T, limit: int = 200) -> None:
        self._past: list[T] = []
        self._future: list[T] = []
        self._present = present
        self._gesture: int | None = None
        self._limit = limit

    @property
    def present(self) -> T:
        """Return the snapshot that holds now."""
        return self._present

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is a step to take again."""
        return bool(self._future)

    def record(self, snapshot: T, gesture: int | None = None) -> None:
        """Make ``snapshot`` the present.

        Parameters
        ----------
        snapshot
            What holds from now on; equal to the present, it records nothing.
        gesture
            Id minted when the gesture began. Snapshots that follow each other with the same id become
            one step; None is always a step of its own.
        """
        if snapshot == self._present:
            return
        if gesture is None or gesture != self._gesture:
            self._past.append(self._present)
            del self._past[: -self._limit]
        self._gesture = gesture
        self._present = snapshot
        self._future.clear()

    def undo(self) -> T:
        """Go one step back and return what holds now."""
        if self._past:
            self._future.append(self._present)
            self._present = self._past.pop()
        self._gesture = None
        return self._present

    def redo(self) -> T:
        """Take again the step last undone and return what holds now."""
        if self._future:
            self._past.append(self._present)
            self._present = self._future.pop()
        self._gesture = None
        return self._present
