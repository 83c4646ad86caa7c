"""Whatever ends a batch: no recorded grade is lost, nothing is corrupt, the next run does the rest."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

import grader.gradebook.record
from grader.assignments import ROOT
from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from tests.grader.classroom import Classroom
from tests.grader.test_round import scores

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
QUICK = ["ada", "bea", "cal", "dan"]
SLEEPERS = ["tom", "una", "vic", "wim"]  # at work for seconds, so that an interrupt meets them
MANY = [f"x{number:02}" for number in range(24)]  # graded at once, so that the gradebook grows
START_SECONDS, END_SECONDS = 180, 60


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A class that has handed in and is not graded."""
    room = Classroom(tmp_path_factory.mktemp("template"), "smoothing")
    room.submit("ada", room.solved)
    room.submit("bea", room.blank)
    room.submit("cal", room.with_misconception("blend", "sum-not-mean"))
    room.submit("dan", b"{")
    awake = room.cell(room.solved, "smooth")["source"]
    for student in SLEEPERS:
        sleepy = room.with_answer("smooth", f"import time\ntime.sleep(8)\n{awake}")
        room.submit(student, sleepy)
    for student in MANY:
        room.submit(student, b"{")
    assert room.course.seed
    return room.course.root


@pytest.fixture(scope="module")
def undisturbed(template, tmp_path_factory):
    """What the class gets when nothing goes wrong."""
    course = copy_of(template, tmp_path_factory.mktemp("undisturbed"))
    assert autograde(course, "smoothing", jobs=4).failed == {}
    return course


@pytest.fixture
def course(template, tmp_path):
    return copy_of(template, tmp_path)


def copy_of(template: Path, root: Path) -> CourseDirectory:
    shutil.copytree(template, root, dirs_exist_ok=True)
    return CourseDirectory(root)


def notebooks(course: CourseDirectory) -> dict[str, bytes]:
    return {student: path.read_bytes() for student, path in course.graded("smoothing")}


def heed_interrupts() -> None:
    """As from a terminal: what runs in a shell's background ignores them, and so would its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def started(
    course: CourseDirectory, first: Callable[[], None] = heed_interrupts
) -> subprocess.Popen:
    command = [sys.executable, "-m", "grader", "autograde", "smoothing", "--jobs", "2"]
    return subprocess.Popen(
        [*command, "--course", str(course.root)],
        cwd=ROOT,
        start_new_session=True,  # its own group, to which a terminal would send the interrupt
        preexec_fn=first,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_a_grade(course: CourseDirectory, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not notebooks(course):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline, "no grade after a long time"
        time.sleep(0.02)


def whole(course: CourseDirectory) -> bool:
    with sqlite3.connect(course.root / "gradebook.db") as gradebook:
        return gradebook.execute("pragma integrity_check").fetchone() == ("ok",)


def expect_the_rest_is_done(course, undisturbed, before: dict[str, bytes]) -> None:
    """The recorded grades are those of an undisturbed run, the next run adds what is missing."""
    expected = notebooks(undisturbed)
    assert whole(course)
    assert before.items() <= expected.items(), "a recorded grade is complete and right"
    summary = autograde(course, "smoothing", jobs=4)
    assert summary.failed == {}
    assert set(summary.graded) == set(expected) - set(before), "what is left, and nothing twice"
    assert notebooks(course) == expected
    assert scores(course) == scores(undisturbed)
    assert not list((course.root / "autograded").rglob("*.part"))


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_in_the_middle_of_a_batch(course, undisturbed, kind):
    process = started(course)
    try:
        wait_for_a_grade(course, process)
        family = psutil.Process(process.pid).children(recursive=True)
        assert family, "the sandbox runs"
        if kind == signal.SIGINT:
            os.killpg(process.pid, kind)
        else:
            process.send_signal(kind)
        assert process.wait(END_SECONDS) != 0, "it was over before it could be interrupted"
        _, alive = psutil.wait_procs(family, timeout=10)
        assert alive == [], "nothing keeps running in the sandbox"
        if kind == signal.SIGINT:
            assert "run the same command to go on" in process.stderr.read()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    expect_the_rest_is_done(course, undisturbed, notebooks(course))


def test_a_sandbox_that_breaks_costs_only_what_ran_in_it(course, undisturbed):
    process = started(course)
    wait_for_a_grade(course, process)
    (outer,) = psutil.Process(process.pid).children()
    outer.children()[0].kill()  # the first of the name space, with which all in it end
    _, said = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    lost = [line for line in said.splitlines() if line.startswith("grader: no grade for")]
    assert 1 <= len(lost) <= 4, "each of the two at a time may meet the dying one twice"
    assert all("Run the same command again" in line for line in lost)
    before = notebooks(course)
    assert len(before) == len(notebooks(undisturbed)) - len(lost)
    expect_the_rest_is_done(course, undisturbed, before)


def test_a_gradebook_that_can_grow_no_more(course, undisturbed):
    """A file size limit stands in for a full disk: SQLite meets it in the middle of the class."""
    room = (course.root / "gradebook.db").stat().st_size + 8192
    limits = (room, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    process = started(course, first=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits))
    _, said = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    (word,) = [line for line in said.splitlines() if line.startswith("grader:")]
    assert "could not be recorded" in word
    assert "run the same command again" in word
    expect_the_rest_is_done(course, undisturbed, notebooks(course))


@pytest.mark.parametrize("student", ["ada", "dan"])
def test_a_disk_that_is_full_when_the_notebook_is_written(
    course, undisturbed, student, monkeypatch
):
    write = grader.gradebook.record.write_whole

    def full_for_one(path: Path, text: str, durable: bool = False) -> None:
        if student in path.parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.part").write_text(text[: len(text) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, text, durable)

    with monkeypatch.context() as patch:
        patch.setattr(grader.gradebook.record, "write_whole", full_for_one)
        with pytest.raises(GraderError, match="No space left"):
            autograde(course, "smoothing", students=QUICK)
    assert student not in notebooks(course)
    expect_the_rest_is_done(course, undisturbed, notebooks(course))


def test_a_record_that_breaks_off_leaves_nothing_in_the_gradebook(course, monkeypatch):
    """nbgrader's methods commit after each step; here the student is there in full or not at all."""

    def broken(*arguments):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(grader.gradebook.record, "_comment", broken)
    with pytest.raises(GraderError, match="could not be recorded"):
        autograde(course, "smoothing", students=["ada"])
    with closing(sqlite3.connect(course.root / "gradebook.db")) as gradebook:
        for table in ("student", "submitted_assignment", "grade"):
            assert gradebook.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
