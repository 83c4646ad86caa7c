"""nbgrader's own commands give the same grades: autograde, formgrader's button, feedback, export."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.batch import autograde
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.report import report
from tests.grader.classroom import Classroom

pytestmark = pytest.mark.sandbox
LATE = "2026-03-02 13:30:00 UTC"
DUE = "2026-03-02 12:00:00 UTC"


def fill(room: Classroom) -> None:
    room.submit("ada", room.solved)
    room.submit("cal", room.with_misconception("smooth", "blends-with-the-first"), timestamp=LATE)
    room.submit("dan", b"{ this is no notebook")


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("ours"), "smoothing")
    fill(room)
    autograde(room.course, "smoothing")
    return room.course


def nbgrader(course: CourseDirectory, *arguments: str) -> str:
    """Run nbgrader's command as an instructor would, inside the course directory."""
    program = Path(sys.executable).with_name("nbgrader")
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        [program, *arguments], cwd=course.root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def twin(ours: CourseDirectory, root: Path) -> Classroom:
    """The same class in another directory, with the same seed."""
    room = Classroom(root, "smoothing")
    fill(room)
    (root / "grading_seed.txt").write_text(ours.seed)
    return room


def test_nbgrader_and_formgrader_grade_a_notebook_under_another_name(tmp_path):
    """With several, none of which has the released name, they refuse as the grader does."""
    room = Classroom(tmp_path, "smoothing")
    for student in ("ada", "bea", "cal"):
        room.submit(student, room.solved)
        folder = room.folder(student)
        (folder / "smoothing.ipynb").rename(folder / "smoothing (1).ipynb")
    (room.folder("bea") / "notes.ipynb").write_text("{}")
    room.submit("cal", room.solved)  # under the released name as well
    nbgrader(room.course, "autograde", "smoothing", "--student", "ada")
    for student in ("bea", "cal"):
        assert room.course.api.autograde("smoothing", student)["success"]
    assert {g["student"]: g["score"] for g in grades(room.course)} == {"ada": 5, "bea": 0, "cal": 5}
    assert "Graded from `smoothing (1).ipynb`" in room.course.autograded(
        "smoothing", "ada"
    ).read_text(encoding="utf-8")
    assert "2 notebooks in your submission" in room.course.autograded("smoothing", "bea").read_text(
        encoding="utf-8"
    )


@pytest.fixture(scope="module")
def theirs(ours, tmp_path_factory):
    room = twin(ours, tmp_path_factory.mktemp("theirs"))
    nbgrader(room.course, "autograde", "smoothing")
    return room.course


def grades(course: CourseDirectory) -> list:
    fields = ("student", "score", "max_score", "checks", "written", "late")
    return [{field: row[field] for field in fields} for row in report(course, "smoothing")]


def test_nbgrader_autograde_gives_the_same_grades(ours, theirs):
    assert len(grades(ours)) == 3
    assert grades(theirs) == grades(ours)


def test_formgraders_button_gives_the_same_grades(ours, tmp_path):
    room = twin(ours, tmp_path)
    for student in ("ada", "cal", "dan"):
        result = room.course.api.autograde("smoothing", student)
        assert result["success"], result
    assert grades(room.course) == grades(ours)


def test_nbgrader_generate_feedback_makes_the_same_page(theirs):
    nbgrader(theirs, "generate_feedback", "smoothing")
    page = theirs.feedback("smoothing", "cal").read_text(encoding="utf-8")
    assert "Each step blends with the first state" in page
    assert "<script" not in page
    assert "mathjax" not in page.lower()


def test_export_holds_the_scores(ours):
    nbgrader(ours, "export")
    with (ours.root / "grades.csv").open(newline="") as stream:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(stream)}
    assert rows == {"ada": 5.0, "cal": 2.0, "dan": 0.0}


def test_a_late_penalty_is_taken_off_as_nbgrader_would(ours, tmp_path):
    """With a penalty plugin of one point an hour, begun hours included."""
    twin(ours, tmp_path)
    (tmp_path / "late.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class Hourly(BasePlugin):\n"
        "    def late_submission_penalty(self, student, score, seconds):\n"
        "        return -(-seconds // 3600)\n"
    )
    config = tmp_path / "nbgrader_config.py"
    config.write_text(
        config.read_text() + f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\n"
        "c.AssignLatePenalties.plugin_class = 'late.Hourly'\n"
    )
    from nbgrader.api import Gradebook

    course = CourseDirectory(tmp_path)
    with Gradebook(course.db_url) as gradebook:
        gradebook.update_or_create_assignment("smoothing", duedate=DUE)
    autograde(course, "smoothing")
    late = {row["student"]: row["late"] for row in report(course, "smoothing")}
    assert late == {"ada": 0, "cal": 2, "dan": 0}
