"""Who is served next, and how often: one student's flood delays nobody by more than one attempt."""

from __future__ import annotations

import threading

import pytest

from grader.service.limits import Allowance, Limiter
from grader.service.queue import FairQueue


def test_lanes_take_turns():
    queue: FairQueue[str] = FairQueue()
    for assignment in "abc":
        queue.put("eve", assignment, f"eve {assignment}")
    queue.put("ada", "a", "ada a")
    queue.put("bea", "a", "bea a")
    assert [queue.get() for _ in range(5)] == ["eve a", "ada a", "bea a", "eve b", "eve c"]


def test_a_newer_attempt_takes_the_place_of_one_that_waits():
    queue: FairQueue[int] = FairQueue()
    assert [queue.put("eve", "a", number) for number in range(20)] == [None, *range(19)]
    assert len(queue) == 1
    assert queue.get() == 19


def test_two_workers_are_never_both_one_students():
    """Whose attempts run into every limit holds up one worker; the other is everybody else's."""
    queue: FairQueue[str] = FairQueue()
    for assignment in "abc":
        queue.put("eve", assignment, f"eve {assignment}")
    assert queue.get() == "eve a"
    found: list[str | None] = []
    other = threading.Thread(target=lambda: found.extend(queue.get() for _ in range(2)))
    other.start()
    other.join(0.2)
    assert found == [], "what eve has besides waits for her first"
    queue.put("ada", "a", "ada a")
    other.join(0.2)
    assert found == ["ada a"]
    assert queue.get() == "eve b", "the first is done"
    queue.close()
    other.join(5)
    assert found == ["ada a", None]


def test_closing_sends_everybody_home():
    queue: FairQueue[int] = FairQueue()
    found = []
    threads = [threading.Thread(target=lambda: found.append(queue.get())) for _ in range(3)]
    for thread in threads:
        thread.start()
    queue.close()
    for thread in threads:
        thread.join(5)
    assert found == [None, None, None]


@pytest.fixture
def limiter():
    return Limiter(Allowance(a_minute=1, an_hour=3))


def test_one_a_minute(limiter):
    assert limiter.wait("ada", "a", 0) == 0
    assert limiter.wait("ada", "a", 20) == 40
    assert limiter.wait("ada", "a", 60) == 0


def test_so_many_an_hour(limiter):
    assert [limiter.wait("ada", "a", minute * 60) for minute in (0, 2, 4)] == [0, 0, 0]
    assert limiter.wait("ada", "a", 600) == 3000
    assert limiter.wait("ada", "a", 3600) == 0


def test_an_attempt_that_was_refused_does_not_count(limiter):
    limiter.wait("ada", "a", 0)
    for second in range(1, 60):
        limiter.wait("ada", "a", second)
    assert limiter.wait("ada", "a", 60) == 0


def test_others_and_other_assignments_are_not_concerned(limiter):
    limiter.wait("ada", "a", 0)
    assert limiter.wait("ada", "b", 0) == 0
    assert limiter.wait("bea", "a", 0) == 0
