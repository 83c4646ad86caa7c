"""Graded on submit: what is recorded is what collecting and autograding would have recorded."""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from grader import grading
from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook import record as gradebook_record
from grader.gradebook.collecting import counting, submission_time, take
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import extend, set_deadline
from grader.gradebook.report import as_table, lateness, report
from grader.service import lanes, practice, record
from grader.service.attempts import Log
from grader.service.lanes import Lanes
from grader.service.limits import Allowance
from grader.service.practice import Practice
from grader.service.record import Recording
from grader.service.service import SELDOM_SECONDS, Service
from tests.grader.classroom import Classroom, rewritten
from tests.grader.service.test_service import NAME, Exchange, until

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("template") / "course", NAME)


@pytest.fixture
def room(tmp_path, template):
    root = tmp_path / "course"
    shutil.copytree(template.course.root, root)
    room = object.__new__(Classroom)
    room.__dict__.update(template.__dict__ | {"course": CourseDirectory(root)})
    return room


@pytest.fixture
def exchange(tmp_path, room):
    exchange = Exchange(tmp_path / "exchange", room)
    exchange.mode = Recording(room.course)
    return exchange


def due(room, moment: datetime | None) -> None:
    with Gradebook(room.course.db_url) as gradebook:
        gradebook.find_assignment(NAME).duedate = moment
        gradebook.db.commit()


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def score(room, student: str) -> float:
    with Gradebook(room.course.db_url) as gradebook:
        return gradebook.find_submission(NAME, student).score


def graded(room, student: str) -> bytes:
    return room.course.autograded(NAME, student).read_bytes()


WRONG = ("smooth", "blends-with-the-first")


def test_the_grade_is_the_batchs_to_the_byte(exchange, room, tmp_path):
    folder = exchange.hand_in("ada", room.with_misconception(*WRONG))
    other = tmp_path / "other"
    shutil.copytree(room.course.root, other)
    (other / "grading_seed.txt").write_text(room.course.seed)
    batch = CourseDirectory(other)
    exchange.serve()
    moment = submission_time(folder, folder.name.split("+")[2])
    take(folder, moment, other / "submitted" / "ada" / NAME)
    autograde(batch, NAME)
    assert batch.autograded(NAME, "ada").read_bytes() == graded(room, "ada")
    with Gradebook(batch.db_url) as gradebook:
        assert gradebook.find_submission(NAME, "ada").score == score(room, "ada") > 0


def test_until_the_deadline_there_is_the_page_of_practice(exchange, room):
    """The seed of the grade is the same each time: its inputs stay unseen while they matter."""
    due(room, now() + timedelta(hours=1))
    folder = exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert "counts unless you hand in again" in exchange.page(folder)
    assert score(room, "ada") > 0


def test_after_the_deadline_there_is_the_feedback_of_the_grade(exchange, room, monkeypatch):
    due(room, now() + timedelta(hours=1))
    folder = exchange.hand_in("ada", room.solved)
    exchange.serve()
    monkeypatch.setattr(record, "_now", lambda: now() + timedelta(hours=2))
    before = graded(room, "ada")
    exchange.serve()
    assert "counts unless" not in exchange.page(folder)
    assert "points" in exchange.page(folder)
    assert graded(room, "ada") == before


def test_the_last_before_the_deadline_counts(exchange, room, monkeypatch):
    first = exchange.hand_in("ada", room.with_misconception(*WRONG))
    exchange.serve()
    second = exchange.hand_in("ada", room.solved)
    exchange.serve()
    best = score(room, "ada")
    due(room, now())
    late = exchange.hand_in("ada", room.blank, late=True)
    exchange.serve()
    assert score(room, "ada") == best
    assert "after the deadline" in exchange.page(late)
    assert counting(first.parent, NAME, now()).folder in (second, late)


def test_an_extension_counts(exchange, room):
    exchange.hand_in("ada", room.blank)
    exchange.serve()
    due(room, now())
    with Gradebook(room.course.db_url) as gradebook:
        gradebook.grant_extension(NAME, "ada", days=1)
    late = exchange.hand_in("ada", room.solved, late=True)
    exchange.serve()
    assert "counts unless" in exchange.page(late)
    assert score(room, "ada") > 0


def test_who_got_more_time_before_handing_in_is_not_late(exchange, room):
    """nbgrader has no place for it until then; the penalty is computed with it all the same."""
    with room.course.gradebook() as gradebook:
        for student in ("ada", "bea"):
            gradebook.add_student(student)
    set_deadline(room.course, NAME, now() - timedelta(hours=3))
    extend(room.course, NAME, "ada", now() + timedelta(days=1))
    for student in ("ada", "bea"):
        exchange.hand_in(student, room.solved)
    exchange.serve()
    late = {row["student"]: lateness(row) for row in report(room.course, NAME)}
    assert late["ada"] == "" and late["bea"] == "3 h"
    assert "3 h late" in as_table(report(room.course, NAME))


def test_feedback_is_withheld_until_its_day(exchange, room):
    day = datetime.now(UTC) + timedelta(days=3)
    exchange.mode = Recording(room.course, {NAME: day})
    folder = exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert "is recorded" in exchange.page(folder) and str(day.year) in exchange.page(folder)
    assert score(room, "ada") > 0
    exchange.mode = Recording(room.course, {NAME: datetime.now(UTC)})
    exchange.serve()
    assert "counts unless" in exchange.page(folder)


def test_over_the_limit_it_is_graded_later(tmp_path, room):
    exchange = Exchange(tmp_path / "exchange", room, allowance=Allowance(1, 10))
    exchange.mode = Recording(room.course)
    first = exchange.hand_in("ada", room.blank)
    service = exchange.service()
    service.start()
    service.poll()
    until(lambda: exchange.page(first))
    second = exchange.hand_in("ada", room.solved)
    service.poll()
    until(lambda: exchange.page(second))
    assert "will be graded in 1 min" in exchange.page(second)
    exchange.clock += 61
    service.poll()
    until(lambda: "counts unless" in exchange.page(second))
    service.stop()
    assert score(room, "ada") > 0


def test_nobody_waits_for_what_another_notebook_takes(exchange, room, monkeypatch):
    """Grading takes as long as the student's code; only recording is one at a time."""
    grade, goes_on = grading.grade, threading.Event()

    def slow_for_eve(submission, sandbox):
        if submission.student == "eve":
            assert goes_on.wait(60)
        return grade(submission, sandbox)

    monkeypatch.setattr(grading, "grade", slow_for_eve)
    slow = exchange.hand_in("eve", room.solved)
    service = exchange.service()
    service.start()
    service.poll()
    until(lambda: not any(map(len, service._queues.values())))
    fine = exchange.hand_in("ada", room.solved)
    service.poll()
    until(lambda: exchange.page(fine))
    assert exchange.page(slow) is None
    goes_on.set()
    until(lambda: exchange.page(slow))
    service.stop()
    assert score(room, "ada") == score(room, "eve") > 0


def test_who_removes_the_last_submission_gets_no_earlier_one(exchange, room, monkeypatch):
    """When its grade is known, too: else the best of all could be chosen."""
    exchange.hand_in("ada", room.solved)
    exchange.serve()
    last = exchange.hand_in("ada", room.blank)
    exchange.serve()
    due(room, now() + timedelta(seconds=1))
    monkeypatch.setattr(record, "_now", lambda: now() + timedelta(hours=2))
    exchange.serve()
    assert score(room, "ada") == 0
    shutil.rmtree(last)
    due(room, now())
    exchange.hand_in("ada", room.solved, late=True)
    exchange.serve()
    assert score(room, "ada") == 0


def test_an_attempt_that_cannot_be_recorded_is_tried_less_and_less(exchange, room, monkeypatch):
    def broken(*_, **__):
        raise GraderError("no")

    monkeypatch.setattr(record, "executed", broken)
    exchange.hand_in("ada", room.solved)
    service = exchange.service()
    service.start()
    waits = []
    for _ in range(6):
        service.poll()
        until(lambda: service._later)
        (when,) = service._later.values()
        waits.append(when - exchange.clock)
        exchange.clock = when
    service.stop()
    assert waits == [30, 60, 120, 240, 300, 300]


def test_what_was_for_practice_is_recorded_when_the_instructor_chooses_so(exchange, room):
    """Whoever has handed in need not do it again; earlier pages stay as they are."""
    recording, exchange.mode = exchange.mode, Practice(room.course.root / "release")
    first = exchange.hand_in("ada", room.blank)
    exchange.serve()
    last = exchange.hand_in("ada", room.solved)
    exchange.serve()
    before = exchange.page(first)
    assert "not your grade" in before and "not your grade" in exchange.page(last)
    exchange.mode = recording
    exchange.serve()
    assert score(room, "ada") > 0
    assert "counts unless" in exchange.page(last) and exchange.page(first) == before
    exchange.mode = Practice(room.course.root / "release")
    exchange.serve()
    assert "counts unless" in exchange.page(last), "and it stays recorded"
    assert len(exchange.settings.log.path.read_text().splitlines()) == 3


def test_a_locked_gradebook_delays_and_loses_nothing(exchange, room, monkeypatch):
    folder = exchange.hand_in("ada", room.solved)
    lock = sqlite3.connect(room.course.root / "gradebook.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    exchange.serve()
    lock.rollback()
    lock.close()
    assert "tried again" in exchange.page(folder)
    exchange.serve()
    assert "counts unless" in exchange.page(folder)
    assert score(room, "ada") > 0


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("place", ["the course directory", "the lane"])
def test_a_full_disk_delays_and_loses_nothing(exchange, room, monkeypatch, place):
    folder = exchange.hand_in("ada", room.solved)
    with monkeypatch.context() as patch:
        if place == "the lane":
            patch.setattr("grader.service.lanes.os.fsync", full)
        else:
            patch.setattr(gradebook_record, "write_whole", full)
        exchange.serve()
    assert "counts unless" not in (exchange.page(folder) or "")
    exchange.serve()
    assert "counts unless" in exchange.page(folder)
    assert score(room, "ada") > 0


@pytest.fixture
def executions(monkeypatch) -> list[str]:
    """Whose code is run, for the grade and for the page of practice: the service's own trial isn't."""
    run = []

    def counted(submission, sandbox):
        run.append(submission.student)
        return grade(submission, sandbox)

    grade = grading.grade
    monkeypatch.setattr(grading, "grade", counted)
    monkeypatch.setattr(practice, "grade", counted)
    monkeypatch.setattr(Service, "_warm_up", lambda *_: None)
    return run


def serve_twice(exchange, first_try) -> None:
    """One service, which tries again after the first has failed within the context `first_try`."""
    service = exchange.service()
    service.start()
    with first_try:
        service.poll()
        until(lambda: service._later)
    exchange.clock += SELDOM_SECONDS + 1
    service.poll()
    until(lambda: not any(map(len, service._queues.values())))
    service.stop()


@contextlib.contextmanager
def held(database):
    """As formgrader does that writes: others may read."""
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    yield
    lock.rollback()
    lock.close()


@contextlib.contextmanager
def patched(monkeypatch, target, name):
    with monkeypatch.context() as patch:
        patch.setattr(target, name, full)
        yield


def require_recorded_once(exchange, room, folder) -> None:
    assert "counts unless" in exchange.page(folder)
    assert score(room, "ada") > 0
    lines = exchange.settings.log.path.read_text().splitlines()
    assert [json.loads(line)["attempt"] for line in lines] == [folder.name]
    with Gradebook(room.course.db_url) as gradebook:
        assert len(gradebook.assignment_submissions(NAME)) == 1


def test_with_a_locked_gradebook_only_recording_is_tried_again(exchange, room, executions):
    folder = exchange.hand_in("ada", room.solved)
    serve_twice(exchange, held(room.course.root / "gradebook.db"))
    assert executions == ["ada", "ada"], "once for the grade, and once for the page of practice"
    require_recorded_once(exchange, room, folder)


@pytest.mark.parametrize(
    "place",
    [(gradebook_record, "write_whole"), (Lanes, "put"), (lanes.os, "fsync"), (Log, "note")],
    ids=["the course directory", "the lane", "both", "the log"],
)
def test_on_a_full_disk_only_writing_is_tried_again(exchange, room, executions, monkeypatch, place):
    folder = exchange.hand_in("ada", room.solved)
    serve_twice(exchange, patched(monkeypatch, *place))
    assert executions == ["ada", "ada"], "once for the grade, and once for the page of practice"
    require_recorded_once(exchange, room, folder)


def test_what_is_handed_in_meanwhile_is_executed_for_itself(exchange, room, executions):
    """The outcome that is kept is of the older submission, which doesn't count any more."""
    exchange.hand_in("ada", room.blank)
    service = exchange.service()
    service.start()
    with held(room.course.root / "gradebook.db"):
        service.poll()
        until(lambda: service._later)
    last = exchange.hand_in("ada", room.solved)
    exchange.clock += 31
    service.poll()
    until(lambda: "counts unless" in (exchange.page(last) or ""))
    service.stop()
    assert executions == ["ada"] * 3 and score(room, "ada") > 0


def test_twenty_at_once_each_have_a_word_and_the_last_is_recorded(exchange, room):
    folders = [exchange.hand_in("eve", room.blank) for _ in range(19)]
    folders.append(exchange.hand_in("eve", room.solved))
    fine = exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert all(exchange.page(folder) for folder in folders)
    assert "counts unless" in exchange.page(folders[-1])
    assert "counts unless" in exchange.page(fine)
    assert score(room, "eve") == score(room, "ada") > 0


def test_what_changes_while_it_is_taken_stops_nobody(exchange, room):
    """Whoever rewrites a submission again and again has some grade or a word, and the others theirs."""
    folder = exchange.hand_in("eve", room.solved)
    with rewritten(folder, NAME, room.blank):
        fine = exchange.hand_in("ada", room.solved)
        exchange.serve()
    assert "counts unless" in exchange.page(fine)
    assert exchange.page(folder)
    assert score(room, "ada") > 0
