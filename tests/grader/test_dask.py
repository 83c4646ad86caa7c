"""On a Dask cluster a class gets the same grades to the byte."""

from __future__ import annotations

import pytest

from grader.__main__ import main
from grader.batch import autograde
from grader.gradebook.course_directory import CourseDirectory
from tests.grader.classroom import Classroom

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("dask"), "smoothing")
    room.submit("ada", room.solved)
    room.submit("bea", room.blank)
    room.submit("cal", room.with_misconception("smooth", "only-the-last"))
    room.submit("dan", b"{")
    return room


def graded(course: CourseDirectory) -> dict[str, bytes]:
    return {student: path.read_bytes() for student, path in course.graded("smoothing")}


def test_two_workers_give_the_same_grades_to_the_byte(room):
    from distributed import LocalCluster

    autograde(room.course, "smoothing", jobs=2)
    here = graded(room.course)
    assert len(here) == 4
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        summary = autograde(room.course, "smoothing", force=True, dask=cluster.scheduler_address)
    assert summary.failed == {}
    assert graded(room.course) == here


def test_no_scheduler_is_said_plainly(room, capsys):
    arguments = ["autograde", "smoothing", "--force", "--course", str(room.course.root)]
    assert main([*arguments, "--dask", "tcp://127.0.0.1:9"]) == 1
    assert "no Dask scheduler answers" in capsys.readouterr().err
