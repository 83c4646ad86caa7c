"""On a Dask cluster a class gets the same grades to the byte."""

from __future__ import annotations

import pytest

from grader.__main__ import main
from grader.batch import autograde
from grader.errors import GraderError
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


@pytest.fixture(scope="module")
def cluster(room):
    """Two workers, which have the environment of the time when they were started."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_two_workers_give_the_same_grades_to_the_byte(room, cluster):
    autograde(room.course, "smoothing", jobs=2)
    here = graded(room.course)
    assert len(here) == 4
    summary = autograde(room.course, "smoothing", force=True, dask=cluster)
    assert summary.failed == {}
    assert graded(room.course) == here


def test_a_worker_that_lacks_the_data_refuses_and_no_grade_changes(
    room, cluster, tmp_path, monkeypatch
):
    autograde(room.course, "smoothing", jobs=2)
    before = graded(room.course)
    (tmp_path / "data.csv").write_text("1\n")
    monkeypatch.setenv("TOY_DATA", str(tmp_path / "data.csv"))
    with pytest.raises(GraderError, match=r"has other versions of the data \(\$TOY_DATA\) than"):
        autograde(room.course, "smoothing", dask=cluster)
    assert graded(room.course) == before


def test_no_scheduler_is_said_plainly(room, capsys):
    arguments = ["autograde", "smoothing", "--force", "--course", str(room.course.root)]
    assert main([*arguments, "--dask", "tcp://127.0.0.1:9"]) == 1
    assert "no Dask scheduler answers" in capsys.readouterr().err
