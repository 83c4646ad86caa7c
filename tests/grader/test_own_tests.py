"""An assignment of an instructor's own: plain nbgrader, graded in the sandbox as nbgrader scores it."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.feedback import feedback
from grader.gradebook.release import release
from grader.gradebook.report import report
from grader.run_tests import score

pytestmark = pytest.mark.sandbox
NAME = "warmup"
ANSWER = "def double(x):\n    return 2 * x"
HIDDEN = "assert double(21) == 42"


def cell(kind, source: str, grade_id: str, points: float | None = None, **flags: bool):
    flags = {"grade": points is not None, "solution": False, "locked": False, "task": False} | flags
    fields = {"grade_id": grade_id, "schema_version": 3, **flags}
    if points is not None:
        fields["points"] = points
    return kind(source, metadata={"nbgrader": fields})


def source_notebook():
    """What somebody makes with formgrader: an answer, a test, partial credit, an answer in words."""
    solution = f"### BEGIN SOLUTION\n{ANSWER}\n### END SOLUTION"
    tests = f"assert double(2) == 4\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"
    partial = "sum(double(x) == 2 * x for x in (0, 5))"
    return new_notebook(
        cells=[
            cell(new_code_cell, solution, "double", solution=True),
            cell(new_code_cell, tests, "test-double", 3, locked=True),
            cell(new_code_cell, partial, "test-some", 2, locked=True),
            cell(new_markdown_cell, "In words", "words", 1, solution=True),
        ]
    )


def made(root: Path) -> CourseDirectory:
    course = CourseDirectory(root)
    folder = course.source() / NAME
    folder.mkdir(parents=True)
    nbformat.write(source_notebook(), folder / f"{NAME}.ipynb")
    release(course, NAME)
    return course


def submit(course: CourseDirectory, student: str, answer: str, tests: str | None = None) -> None:
    notebook = json.loads(course.release(NAME).read_text())
    notebook["cells"][0]["source"] = answer
    notebook["cells"][3]["source"] = "Because two twos are four."
    if tests is not None:
        notebook["cells"][1]["source"] = tests
    folder = course.root / "submitted" / student / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> CourseDirectory:
    course = made(tmp_path_factory.mktemp("course"))
    submit(course, "right", ANSWER)
    submit(course, "half", "def double(x):\n    return 4 if x == 2 else x")
    submit(course, "cheat", "def double(x):\n    return None", tests="pass")
    submit(course, "crash", "import os\nos.kill(os.getpid(), 9)")
    submit(course, "peek", f"import pathlib\nprint(list(pathlib.Path('{course.root}').iterdir()))")
    assert autograde(course, NAME).failed == {}
    return course


def scores(course: CourseDirectory) -> dict[str, list[float]]:
    rows = report(course, NAME)
    return {row["student"]: [check["score"] for check in row["checks"].values()] for row in rows}


def test_its_own_tests_give_the_points_hidden_ones_included(course):
    assert scores(course) == {
        "right": [3, 2],
        "half": [0, 1],
        "cheat": [0, 0],
        "crash": [0, 0],
        "peek": [0, 0],
    }
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(NAME, "right")
        assert submission.score == 5 and submission.max_score == 6
        assert submission.needs_manual_grade, "the answer in words waits"
        assert gradebook.find_submission(NAME, "half").score == 1


def test_it_runs_in_the_sandbox(course):
    graded = json.loads(course.autograded(NAME, "peek").read_text())
    outputs = json.dumps(graded["cells"][0]["outputs"])
    assert "FileNotFoundError" in outputs and "source" not in outputs.replace("sources", "")


def test_it_is_graded_once_and_again_when_its_tests_change(course, tmp_path):
    assert sorted(autograde(course, NAME).skipped) == sorted(scores(course))


def test_the_feedback_says_what_went_wrong_and_hides_hidden_tests(course):
    (page,) = feedback(course, NAME, ["half"])
    text = page.read_text()
    assert "AssertionError" in text and "1 of 2" in text
    assert "double(21)" not in text and "BEGIN HIDDEN" not in text


def test_formgraders_button_gives_the_same_grades(course, tmp_path):
    other = made(tmp_path / "other")
    submit(other, "half", "def double(x):\n    return 4 if x == 2 else x")
    result = other.api.autograde(NAME, "half", force=True)
    assert result["success"], result
    with other.gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "half").score == 1


def test_what_cannot_be_graded_is_said_when_it_is_made(tmp_path):
    course = CourseDirectory(tmp_path)
    (course.source() / NAME).mkdir(parents=True)
    with pytest.raises(GraderError, match="There is: none"):
        release(course, NAME)
    nbformat.write(source_notebook(), course.source() / NAME / "Problem 1.ipynb")
    with pytest.raises(
        GraderError, match=r"source/warmup/warmup\.ipynb. There is: Problem 1\.ipynb"
    ):
        release(course, NAME)
    with pytest.raises(GraderError, match="no assignment 'nothing'"):
        autograde(course, "nothing")


RESULT = {"output_type": "execute_result", "metadata": {}, "execution_count": None}
OUTPUTS = {
    "nothing": [],
    "text": [{"output_type": "stream", "name": "stdout", "text": "so far"}],
    "a warning": [{"output_type": "stream", "name": "stderr", "text": "careful"}],
    "an error": [{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}],
    "some": [{**RESULT, "data": {"text/plain": "1.5"}}],
    "no number": [{**RESULT, "data": {"text/plain": "'well done'"}}],
    "a number before an error": [
        {**RESULT, "data": {"text/plain": "1"}},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
    ],
}


@pytest.mark.parametrize("outputs", OUTPUTS.values(), ids=OUTPUTS)
def test_outputs_score_as_they_do_with_nbgrader(outputs):
    from nbgrader.utils import determine_grade

    theirs = cell(new_code_cell, "", "test", 3, locked=True)
    theirs.outputs = nbformat.from_dict(outputs)
    assert score(outputs, 3) == determine_grade(theirs)[0]


@pytest.mark.parametrize("text", ["nan", "-1", "inf", "-inf"])
def test_what_is_no_credit_gives_none(text):
    """nbgrader takes these for full marks."""
    assert score([{**RESULT, "data": {"text/plain": text}}], 3) == 0


def test_more_than_all_is_all():
    """nbgrader refuses the submission, which then has no grade."""
    assert score([{**RESULT, "data": {"text/plain": "17"}}], 3) == 3
