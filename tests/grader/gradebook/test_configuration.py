"""What the grader tells nbgrader comes from `course.toml`."""

from __future__ import annotations

import re

from traitlets.config import Config

from grader import assignments
from grader.gradebook.configuration import configure


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
