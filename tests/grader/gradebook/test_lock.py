"""One writer at a time, and where nothing can be recorded the true reason, before any time is spent."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

import grader.batch
from grader.assignments import ROOT
from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.feedback import feedback
from grader.gradebook.lock import locked
from grader.gradebook.record import Recorder
from grader.gradebook.release import release
from grader.gradebook.report import report
from grader.grading import grade
from tests.grader.classroom import Classroom

NAME = "smoothing"
HOLD = """
import sys, time
from pathlib import Path
from grader.gradebook.lock import locked
with locked(Path(sys.argv[1]), "`grader autograde lstm`"):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("lock"), NAME)
    for student in ("ada", "bea", "cal"):
        room.submit(student, room.blank)
    return room.course.root


@pytest.fixture
def course(template, tmp_path):
    shutil.copytree(template, tmp_path / "course")
    return CourseDirectory(tmp_path / "course")


@pytest.fixture
def holder(course):
    """Another process at work in the directory."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, course.root], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("work", [lambda c: autograde(c, NAME), lambda c: release(c, NAME)])
def test_the_second_writer_is_told_who_the_first_is(course, holder, work):
    with pytest.raises(GraderError) as refused:
        work(course)
    assert f"`grader autograde lstm` (process {holder.pid}" in str(refused.value)
    assert "same command again" in str(refused.value)


def test_a_killed_writer_leaves_no_lock(course, holder):
    holder.kill()
    holder.wait()
    with locked(course.root, "the next"):
        pass


def test_readers_do_not_wait(course, holder):
    assert report(course, NAME) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(GraderError, match="nothing can be written in"),
        locked(tmp_path / "file", ""),
    ):
        pass


@pytest.mark.sandbox
def test_two_at_once_in_a_fresh_course(course):
    """Each command as an instructor starts it: one grades, the other says why it doesn't."""
    command = [sys.executable, "-m", "grader", "autograde", NAME, "--course", str(course.root)]
    both = []
    for _ in range(2):
        both.append(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True))
    said = [process.communicate(timeout=300)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert len(list(course.graded(NAME))) == 3
    if codes != [0, 0]:  # the first may have ended before the second began
        assert codes == [0, 1]
        assert any("is at work in" in text for text in said)
    assert not any("UNIQUE" in text or "Traceback" in text for text in said)


def no_gradebook(path):
    path.unlink()


def empty(path):
    path.write_bytes(b"")


def other_file(path):
    path.write_bytes(b"x" * 10_000)


def other_course(path):
    with closing(sqlite3.connect(path)) as gradebook, gradebook:
        gradebook.execute("UPDATE assignment SET name = 'another'")


FAULTS = [
    (no_gradebook, "is missing. Restore it"),
    (empty, "no such table"),
    (other_file, "not a database"),
    (other_course, f"has no '{NAME}': enter it"),
]


@pytest.mark.parametrize(("spoil", "says"), FAULTS)
@pytest.mark.parametrize("command", ["autograde", "feedback", "report"])
def test_what_is_wrong_with_a_gradebook_is_said_at_once(course, monkeypatch, spoil, says, command):
    monkeypatch.setattr(grader.batch, "_in_threads", lambda *a: pytest.fail("time was spent"))
    spoil(course.root / "gradebook.db")
    if command != "autograde":
        graded = course.autograded(NAME, "ada")
        graded.parent.mkdir(parents=True)
        graded.write_text('{"cells": []}')
    run = {"autograde": autograde, "feedback": feedback, "report": report}[command]
    with pytest.raises(GraderError, match=says) as refused:
        run(course, NAME)
    assert "disk" not in str(refused.value)
    assert "gradebook.db" in str(refused.value)


def test_a_gradebook_for_reading_only_is_called_that(course, monkeypatch):
    """Whoever runs these tests may be root, who may write whatever its permissions are."""
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    with pytest.raises(GraderError, match="may not be written by you"):
        autograde(course, NAME)


@pytest.mark.slow
def test_a_gradebook_that_another_program_holds(course, monkeypatch):
    monkeypatch.setattr(grader.batch, "_in_threads", lambda *a: pytest.fail("time was spent"))
    with closing(sqlite3.connect(course.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GraderError, match="database is locked"):
            autograde(course, NAME)


REASONS = [
    ("attempt to write a readonly database", "who owns the gradebook"),
    ("database or disk is full", "disk of"),
    ("database is locked", "Another program"),
    ("something else", "could not be recorded: something else. What was"),
]


@pytest.mark.parametrize(("reason", "says"), REASONS)
def test_the_remedy_fits_the_reason(course, monkeypatch, reason, says):
    from sqlalchemy.exc import OperationalError

    def fail(self, *arguments):
        raise OperationalError("INSERT", {}, sqlite3.OperationalError(reason))

    monkeypatch.setattr(Recorder, "_enter", fail)
    submission = course.submission(NAME, "ada")
    with Recorder(course) as recorder, pytest.raises(GraderError, match=says) as refused:
        recorder.record(submission, grade(submission, "none"))
    assert ("disk" in str(refused.value)) == ("disk" in reason)


def test_what_formgrader_entered_meanwhile_is_no_failure(course, monkeypatch):
    from sqlalchemy.exc import IntegrityError

    enter, times = Recorder._enter, []

    def race(self, *arguments):
        times.append(time.monotonic())
        if len(times) == 1:
            raise IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed"))
        enter(self, *arguments)

    monkeypatch.setattr(Recorder, "_enter", race)
    submission = course.submission(NAME, "ada")
    with Recorder(course) as recorder:
        recorder.record(submission, grade(submission, "none"))
    assert len(times) == 2
    assert [student for student, _ in course.graded(NAME)] == ["ada"]
