"""What a crew gives out comes back, in the order begun, also when all its workers are lost at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from viewer.triage.crew import PER_WORKER, Crew, WorkerLostError
from viewer.triage.queue import Job


class HandPool:
    """A pool whose tasks are done by hand."""

    losses: tuple[type[BaseException], ...] = (TimeoutError,)

    def __init__(self) -> None:
        self.whole = True
        self.refuses = False
        self.ended = False
        self.given: list[Future[Any]] = []

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        if self.refuses:
            raise RuntimeError("The Pool is not active")
        self.given.append(Future())
        return self.given[-1]

    def end(self) -> None:
        self.ended = True


def _crew(pools: list[HandPool], jobs: int = 3) -> Crew:
    waiting = iter(pools)
    crew = Crew(lambda: next(waiting), size=2)
    for number in range(jobs):
        crew.send(Job(number), print)
    return crew


def test_results_come_back_in_the_order_in_which_their_jobs_were_begun() -> None:
    pool = HandPool()
    crew = _crew([pool])
    for number in (2, 0):
        pool.given[number].set_result(f"film {number}")
    assert [(job.number, result) for job, result in crew.returned()] == [(0, "film 0"), (2, "film 2")]
    assert len(crew) == crew.reading == 1


def test_no_more_is_given_out_than_the_workers_can_hold() -> None:
    crew = _crew([HandPool()], jobs=2 * PER_WORKER - 1)
    assert crew.has_room
    crew.send(Job(9), print)
    assert not crew.has_room


def test_a_film_that_comes_to_no_end_is_told_from_one_that_failed() -> None:
    pool = HandPool()
    crew = _crew([pool], jobs=2)
    pool.given[0].set_exception(TimeoutError())
    pool.given[1].set_exception(OSError("disk"))
    (_, hung), (_, failed) = crew.returned()
    assert isinstance(hung, WorkerLostError) and hung.code == "hung"
    assert isinstance(failed, OSError)
    assert not pool.ended


def test_a_pool_that_broke_gives_back_what_it_held_and_makes_room_for_another() -> None:
    broken, fresh = HandPool(), HandPool()
    crew = _crew([broken, fresh])
    broken.given[1].set_result("film 1")
    broken.whole = False
    back = {job.number: result for job, result in crew.returned()}
    assert back[1] == "film 1"
    assert {back[0].code, back[2].code} == {"crashed"}
    assert broken.ended
    crew.send(Job(0, again=True), print)
    assert len(fresh.given) == 1


def test_a_job_that_a_broken_pool_refuses_comes_back_as_lost() -> None:
    pool = HandPool()
    pool.refuses = True
    ((job, result),) = _crew([pool], jobs=1).returned()
    assert job.number == 0
    assert isinstance(result, WorkerLostError)
