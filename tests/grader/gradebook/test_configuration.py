"""What the grader tells nbgrader comes from `course.toml`."""

from __future__ import annotations

import re
import sys

from traitlets.config import Config

from grader import assignments
from grader.gradebook.configuration import configure
from grader.gradebook.course_directory import CONFIG, CourseDirectory


def configured() -> Config:
    c = Config()
    configure(c)
    return c


def test_validate_gives_a_cell_the_time_that_grading_gives_it(toy):
    longest = max(p.limits.cell_seconds for p in assignments.course().profiles.values())
    assert configured().Execute.timeout == longest
    assert configured().CourseDirectory.course_id == "toy"


def test_a_student_on_the_hub_has_the_same_name_of_the_course_and_the_same_time():
    """The student's own configuration: there is no grader in that image to read it from."""
    with assignments.using(assignments.ROOT):
        ours = configured()
    text = (assignments.ROOT / "hub/config/student/nbgrader_config.py").read_text(encoding="utf-8")
    assert int(re.search(r"Execute\.timeout = (\d+)", text)[1]) == ours.Execute.timeout
    name = re.search(r'CourseDirectory\.course_id = "(.*)"', text)[1]
    assert name == ours.CourseDirectory.course_id


def test_a_folder_that_another_checkout_released_is_graded_by_the_one_that_runs(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(assignments.VARIABLE, "")
    monkeypatch.delenv(assignments.VARIABLE)
    monkeypatch.setattr(sys, "path", list(sys.path))
    other = tmp_path / "other"
    other.mkdir()
    (other / "nbgrader_config.py").write_text("c = get_config()\n")
    (tmp_path / "nbgrader_config.py").write_text(
        CONFIG.format(
            variable=assignments.VARIABLE, course=str(other), engine=str(other), root=str(tmp_path)
        )
    )
    first = sys.path[0]
    assert CourseDirectory(tmp_path).db_url.endswith("gradebook.db")
    assert assignments.course().root == assignments.ROOT
    assert sys.path[0] == first
