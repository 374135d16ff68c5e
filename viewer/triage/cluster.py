"""A Dask cluster instead of worker processes, for archives that outgrow one machine; films on a shared disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from model.errors import NegatoscopeError
from viewer.triage.workers import Pool

CONNECT_SECONDS = 30


class _Cluster:
    """The cluster as a pool; ending it leaves the cluster to others."""

    def __init__(self, executor: Any, losses: tuple[type[BaseException], ...]) -> None:
        self._executor = executor
        self.losses = losses

    @property
    def whole(self) -> bool:
        """Whether the scheduler can be reached, or may be again."""
        return True

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Let a worker do this; the cluster does it again elsewhere when the worker is lost."""
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future

    def end(self) -> None:
        """Give up what is not done."""
        self._executor.shutdown(wait=False)


@contextmanager
def cluster(scheduler: str) -> Iterator[tuple[Callable[[], Pool], int]]:
    """Connect to a Dask scheduler; its workers have this program installed and see the films under the same paths.

    Yields
    ------
    start, jobs
        What a crew starts with, and how many films the cluster reads at a time.

    Raises
    ------
    NegatoscopeError
        When Dask is not installed or the scheduler does not answer or has no workers.
    """
    try:
        import distributed
    except ImportError as error:
        sentence = "Dask is not installed; install this program with the extra 'cluster'."
        raise NegatoscopeError("no_dask", sentence) from error
    connect: Any = distributed.Client
    try:
        client = connect(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        sentence = f"No Dask scheduler answers at {scheduler}; check the address and that it is running."
        raise NegatoscopeError("no_scheduler", sentence) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            sentence = f"The Dask scheduler at {scheduler} has no workers; start some, then try again."
            raise NegatoscopeError("no_workers", sentence)
        yield lambda: _Cluster(client.get_executor(pure=False), (distributed.KilledWorker,)), threads
