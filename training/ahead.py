"""Ahead: the batches of the coming steps, made in threads while the network computes, given in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from training.samples import Batch, Sampler

_READY = 4
"""Batches made or being made beyond those that every thread has in hand."""


class Ahead:
    """Makes the batches of the steps from ``first`` to before ``last``; with more ``threads`` several at a time.

    Any batch follows from its step alone, so that how many threads there are changes nothing.
    """

    def __init__(self, sampler: Sampler, first: int, last: int, threads: int = 1) -> None:
        self._sampler = sampler
        self._steps = iter(range(first, last))
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="ahead")
        self._waiting: deque[Future[Batch]] = deque()
        self._order(_READY + threads)

    def __iter__(self) -> Iterator[Batch]:
        """Give the batches in order; an error comes up in the place of its batch."""
        while self._waiting:
            batch = self._waiting.popleft().result()
            self._order(1)
            yield batch

    def close(self) -> None:
        """Give up what nobody waits for any more and let the threads end."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _order(self, count: int) -> None:
        self._waiting.extend(self._pool.submit(self._sampler.batch, step) for step in islice(self._steps, count))
