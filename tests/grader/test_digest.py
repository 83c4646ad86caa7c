"""A grade is a function of its fingerprint: what decides it and has changed grades again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignments, digest
from grader.__main__ import main
from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.report import report
from grader.grading import grade
from grader.submission import fingerprint
from tests.grader.classroom import Classroom
from tests.grader.conftest import TOY

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class that has been graded, in a course of its own that can be changed."""
    root = tmp_path_factory.mktemp("own") / "toy"
    shutil.copytree(TOY, root, ignore=shutil.ignore_patterns("__pycache__"))
    with assignments.using(root):
        room = Classroom(root / "build" / "course", "smoothing")
        room.submit("ada", room.solved)
        room.submit("bea", room.with_misconception("blend", "shares-swapped"))
        seen = "import os\n\ndef blend(old, new, share):\n    raise OSError(os.environ['TOY_MODE'])"
        room.submit("cal", room.with_answer("blend", seen))
        autograde(room.course, "smoothing", jobs=2)
    return root


@pytest.fixture
def course(graded, tmp_path):
    """A copy of it, which is graded now."""
    root = tmp_path / "toy"
    shutil.copytree(graded, root)
    with assignments.using(root):
        yield root


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def autograded(capsys, *options: str) -> list[str]:
    assert main(["autograde", "smoothing", "--jobs", "2", *options]) == 0
    return capsys.readouterr().out.splitlines()


def rows() -> dict[str, dict]:
    return {row["student"]: row for row in report(CourseDirectory(), "smoothing")}


def test_nothing_changed_grades_nobody_again(course, capsys):
    assert autograded(capsys) == ["graded 0, had a grade already 3"]


def test_a_mended_hint_grades_again_says_why_and_reaches_the_student(course, capsys):
    change(course / "drills/smoothing/checks.py", "you give it to the old one.", "give it there.")
    said = autograded(capsys)
    assert said == ["graded 3, had a grade already 0", "graded again 3: the checks changed"]
    assert "give it there." in rows()["bea"]["checks"]["blend"]["hint"]
    assert autograded(capsys) == ["graded 0, had a grade already 3"]


def test_a_check_that_asks_less_gives_other_marks(course, capsys):
    assert rows()["bea"]["checks"]["blend"]["score"] == 0
    change(
        course / "drills/smoothing/checks.py",
        '    "blend",\n    2,\n    pairs,\n    (',
        """\
    "blend",
    2,
    pairs,
    rtol=1e9,
    misconceptions=(""",
    )
    assert autograded(capsys)[-1] == "graded again 3: the checks changed"
    assert rows()["bea"]["checks"]["blend"]["score"] == 2


def test_a_mended_reference_grades_again(course, capsys):
    change(course / "answers/smoothing.py", "states = [X[0]]", "states = [1.0 * X[0]]")
    change(course / "drills/smoothing/checks.py", '"[X[0]]",', '"[1.0 * X[0]]",')
    said = autograded(capsys)
    assert said[-1] == "graded again 3: the checks, the reference changed"
    assert rows()["ada"]["score"] == 5


def test_changed_limits_grade_again(course, capsys):
    change(course / "course.toml", "memory = 512", "memory = 640")
    with assignments.using(course):
        assert autograded(capsys)[-1] == "graded again 3: the limits changed"


def test_other_data_grade_again_wherever_they_lie(course, capsys, tmp_path, monkeypatch):
    data = tmp_path / "data.csv"
    data.write_text("1\n")
    monkeypatch.setenv("TOY_DATA", str(data))
    assert autograded(capsys)[-1] == "graded again 3: the data ($TOY_DATA) changed"
    monkeypatch.setenv("TOY_DATA", str(data.rename(tmp_path / "moved.csv")))
    assert autograded(capsys) == ["graded 0, had a grade already 3"]
    (tmp_path / "moved.csv").write_text("2\n")
    assert autograded(capsys)[-1] == "graded again 3: the data ($TOY_DATA) changed"


def test_a_course_variable_reaches_the_students_process(course):
    assert "calm" in rows()["cal"]["checks"]["blend"]["hint"]
    change(course / "course.toml", 'TOY_MODE = "calm"', 'TOY_MODE = "wild"')
    with assignments.using(course) as changed:
        assert ("TOY_MODE", "wild") in changed.profile("plain").environment


def test_a_process_that_loaded_other_checks_reads_them_again(course):
    """A worker lives for days: the checks that it grades by are those of the fingerprint."""
    before = assignments.load("smoothing")["blend"].misconceptions[0].hint
    assert assignments.load("smoothing") is assignments.load("smoothing")
    change(course / "drills/smoothing/checks.py", "you give it to the old one.", "Ah.")
    assert assignments.load("smoothing")["blend"].misconceptions[0].hint != before


def test_an_engine_that_was_changed_since_it_was_loaded_is_not_taken_for_the_new_one(
    course, monkeypatch
):
    submission = CourseDirectory().submission("smoothing", "ada")
    monkeypatch.setattr(digest, "_LOADED", "of yesterday")
    with pytest.raises(GraderError, match="other versions of the grader than"):
        grade(submission)


def test_a_grade_is_refused_where_something_else_would_decide_it(course, monkeypatch):
    submission = CourseDirectory().submission("smoothing", "ada")
    assert grade(submission).verdicts[0].share == 1
    (course / "there.csv").write_text("1\n")
    monkeypatch.setenv("TOY_DATA", str(course / "there.csv"))
    with pytest.raises(GraderError, match=r"the data \(\$TOY_DATA\)"):
        grade(submission)


def test_equal_fingerprints_give_equal_notebooks_and_each_part_counts(course):
    submission = CourseDirectory().submission("smoothing", "bea")
    again = CourseDirectory().submission("smoothing", "bea")
    assert fingerprint(submission) == fingerprint(again)
    first = grade(submission).notebook
    assert first == grade(again).notebook
    recorded = CourseDirectory().autograded("smoothing", "bea").read_text(encoding="utf-8")
    assert recorded == first
    told = json.loads(first)["metadata"]["grader"]
    assert told["made_of"] == submission.parts()
    others = [
        replace(submission, data=b"{}"),
        replace(submission, data=None),
        replace(submission, release=submission.release + " "),
        replace(submission, seed="another"),
        *(
            replace(submission, made_of={**submission.made_of, part: "another"})
            for part in submission.made_of
        ),
    ]
    assert len({fingerprint(s) for s in [submission, *others]}) == len(others) + 1
