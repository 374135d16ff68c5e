import threading

import pytest

from viewer.qt.lanes import Lane


class Slow:
    """Work that waits to be let go, request by request."""

    def __init__(self):
        self.gates = {}
        self.started = []
        self.threads = set()

    def gate(self, request):
        return self.gates.setdefault(request, threading.Event())

    def __call__(self, request, token, report):
        self.threads.add(threading.current_thread())
        self.started.append(request)
        report("network", 0.5)
        while not self.gate(request).wait(0.002):
            token.check()
        if request == "broken":
            raise ValueError("broken")
        return request.upper()


@pytest.fixture
def work():
    return Slow()


@pytest.fixture
def lane(qapp, work):
    lane = Lane("test", work)
    yield lane
    lane.close()


def test_a_request_comes_back_with_its_serial_on_the_main_thread(qtbot, lane, work):
    work.gate("a").set()
    threads = []
    lane.finished.connect(lambda outcome: threads.append(threading.current_thread()))
    with qtbot.waitSignal(lane.finished) as caught:
        serial = lane.ask("a")
    (outcome,) = caught.args
    assert (outcome.serial, outcome.request, outcome.value, outcome.error) == (serial, "a", "A", None)
    assert threads == [threading.main_thread()]
    assert threading.main_thread() not in work.threads


def test_an_overtaken_request_is_never_announced(qtbot, lane, work):
    announced = []
    lane.finished.connect(lambda outcome: announced.append(outcome.request))
    lane.ask("a")
    qtbot.waitUntil(lambda: work.started == ["a"])
    work.gate("b").set()
    with qtbot.waitSignal(lane.finished):
        lane.ask("b")
    work.gate("a").set()
    qtbot.wait(30)
    assert announced == ["b"]


def test_an_answer_that_arrives_in_the_same_moment_as_a_new_request_is_dropped(qtbot, lane, work):
    """The outcome of "a" lies in the event queue already when "b" is asked."""
    announced = []
    lane.finished.connect(lambda outcome: announced.append(outcome.request))
    work.gate("a").set()
    lane.ask("a")
    lane._executor.submit(lambda: None).result()
    work.gate("b").set()
    with qtbot.waitSignal(lane.finished):
        lane.ask("b")
    assert announced == ["b"]


def test_cancelling_is_announced_without_value_or_error(qtbot, lane, work):
    with qtbot.waitSignal(lane.finished) as caught:
        lane.ask("a")
        lane.cancel()
    assert caught.args[0].cancelled
    assert not lane.busy


def test_dropping_is_not_announced(qtbot, lane, work):
    lane.ask("a")
    with qtbot.assertNotEmitted(lane.finished, wait=40):
        lane.drop()
    assert not lane.busy


def test_an_error_comes_home(qtbot, lane, work):
    work.gate("broken").set()
    with qtbot.waitSignal(lane.finished) as caught:
        lane.ask("broken")
    assert isinstance(caught.args[0].error, ValueError)


def test_progress_of_the_newest_request_only(qtbot, lane, work):
    lane.ask("a")
    with qtbot.waitSignal(lane.progressed) as caught:
        serial = lane.ask("b")
    assert caught.args == [serial, "network", 0.5]


def test_closing_while_busy_waits_and_says_nothing(qtbot, qapp, work):
    lane = Lane("test", work)
    lane.ask("a")
    qtbot.waitUntil(lambda: work.started == ["a"])
    with qtbot.assertNotEmitted(lane.finished, wait=30):
        lane.close()
    assert all(not thread.is_alive() for thread in work.threads)


def test_work_that_was_not_begun_never_begins_after_cancelling(qtbot, lane, work):
    lane.ask("a")
    for request in "bcdefg":
        lane.ask(request)
    work.gate("h").set()
    with qtbot.waitSignal(lane.finished):
        lane.ask("h")
    assert work.started[-1] == "h"
    assert set(work.started) <= {"a", "h"}
