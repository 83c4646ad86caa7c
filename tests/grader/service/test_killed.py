"""The service killed at any moment: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import os
import signal
import time

import pytest
from nbgrader.api import Gradebook

from grader.gradebook import record as gradebook_record
from grader.service import attempts, lanes, practice, record
from grader.service import service as service_module
from grader.service.lanes import State
from grader.service.limits import Allowance
from grader.service.record import Recording
from tests.grader.service.test_record import room, template  # noqa: F401 - fixtures
from tests.grader.service.test_service import NAME, Exchange

pytestmark = pytest.mark.sandbox
SECONDS = 120
IN_PRACTICE = {
    "it has read nothing": (practice, "read", "before"),
    "it has graded": (practice, "practise", "after"),
    "it has noted the attempt": (attempts.Log, "note", "after"),
    "half of the page is written": (lanes.os, "fsync", "before"),
    "the page is there": (lanes.Lanes, "put", "after"),
}
RECORDING = {
    "the submission is being taken": (record, "take", "before"),
    "the submission is taken": (record, "take", "after"),
    "the gradebook has it, and the folder doesn't": (gradebook_record, "write_whole", "before"),
    "it is recorded": (record, "autograde", "after"),
    "the page of practice is made": (record, "practise_on", "after"),
    "the page is there": (lanes.Lanes, "put", "after"),
}


def serve_and_be_killed(exchange: Exchange, place: object, name: str, when: str) -> None:
    """In a process of its own, which ends by SIGKILL before or after that function."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        function = getattr(place, name)

        def fatal(*arguments, **options):
            if when == "after":
                function(*arguments, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(place, name, fatal)
        service_module.Service._warm_up = lambda *_: None
        exchange.serve()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "it was to be killed"


@pytest.mark.parametrize("moment", IN_PRACTICE)
def test_in_practice(tmp_path, room, moment):  # noqa: F811
    exchange = Exchange(tmp_path / "exchange", room, allowance=Allowance(1, 10))
    folder = exchange.hand_in("ada", room.solved)
    serve_and_be_killed(exchange, *IN_PRACTICE[moment])
    exchange.serve()
    assert "For practice" in exchange.page(folder)
    assert [row["student"] for row in exchange.settings.log.rows(NAME)] == ["ada"]
    assert len([name for name in exchange.pages("ada") if name.endswith(".html")]) == 1
    again = exchange.hand_in("ada", room.solved)
    exchange.clock = time.time()
    exchange.serve()
    assert "Too many attempts" in exchange.page(again), "the limit survives too"


@pytest.mark.parametrize("moment", RECORDING)
def test_while_it_records(tmp_path, room, moment):  # noqa: F811
    exchange = Exchange(tmp_path / "exchange", room)
    exchange.mode = Recording(room.course)
    folder = exchange.hand_in("ada", room.solved)
    serve_and_be_killed(exchange, *RECORDING[moment])
    exchange.serve()
    assert "counts unless" in exchange.page(folder)
    (attempt,) = [exchange.service().lanes.attempt("ada", folder.name)]
    assert exchange.service().lanes.state(attempt) is State.RECORDED
    with Gradebook(room.course.db_url) as gradebook:
        submissions = gradebook.assignment_submissions(NAME)
        assert [s.student_id for s in submissions] == ["ada"]
        assert submissions[0].score > 0
    assert room.course.autograded(NAME, "ada").is_file()
