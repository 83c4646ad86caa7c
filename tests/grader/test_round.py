"""The full round of an assignment: source, release, submissions, grades, feedback, report."""

from __future__ import annotations

import json
import shutil

import pytest

from grader.__main__ import main
from grader.batch import autograde
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.feedback import feedback
from grader.gradebook.report import report
from tests.grader.classroom import Classroom

pytestmark = pytest.mark.sandbox
LATE = "2026-03-02 12:00:00 UTC"
SECRET = 64 * "0f"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("course"), "lstm")
    room.submit("ada", room.solved)
    room.submit("bea", room.blank)
    room.submit("cal", room.with_misconception("lstm_step", "no-forget-gate"), timestamp=LATE)
    (room.folder("cal") / "submission_secret.txt").write_text(SECRET)
    (room.folder("ada") / "submission_secret.txt").write_text("../../no secret")
    room.submit("dan", b"{ this is no notebook")
    room.folder("eve").mkdir(parents=True)
    written = room.with_answer("sigmoid", "def sigmoid(z):\n    return 1 / 0")
    room.cell(written, "written-why-it-survives")["source"] = "Because of the gates."
    room.submit("fay", written)
    autograde(room.course, "lstm", jobs=2)
    return room


@pytest.fixture(scope="module")
def rows(classroom):
    return {row["student"]: row for row in report(classroom.course, "lstm")}


def test_everybody_has_a_grade(rows):
    assert sorted(rows) == ["ada", "bea", "cal", "dan", "eve", "fay"]


def test_the_solution_gets_everything_and_the_release_nothing(rows):
    assert rows["ada"]["score"] == rows["ada"]["max_score"] == 14
    assert rows["bea"]["score"] == 0
    assert all(check["hint"] for check in rows["bea"]["checks"].values())


def test_a_mistake_costs_its_function_and_is_named(rows):
    checks = rows["cal"]["checks"]
    assert checks["lstm_step"]["misconception"] == "no-forget-gate"
    assert checks["sigmoid"]["score"] == checks["sigmoid"]["max_score"] == 1
    assert "follows from your `lstm_step`" in checks["lstm_forward"]["hint"]
    assert rows["cal"]["score"] == 7


def test_what_cannot_be_read_gets_zero_with_a_reason(rows):
    assert rows["dan"]["score"] == rows["eve"]["score"] == 0
    assert "damaged" in rows["dan"]["checks"]["sigmoid"]["hint"]
    assert "No notebook was found" in rows["eve"]["checks"]["sigmoid"]["hint"]


def test_an_exception_is_shown_to_the_student(rows):
    assert "ZeroDivisionError" in rows["fay"]["checks"]["sigmoid"]["hint"]


def scores(course: CourseDirectory) -> dict:
    from nbgrader.api import Gradebook

    with Gradebook(course.db_url) as gradebook:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("lstm")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_the_gradebook_holds_the_same_scores(classroom, rows):
    entered = scores(classroom.course)
    for student, row in rows.items():
        for function, check in row["checks"].items():
            assert entered[student, f"check-{function}"] == (check["score"], False)


def test_a_written_answer_waits_for_a_person_and_an_empty_one_does_not(classroom):
    entered = scores(classroom.course)
    assert entered["fay", "written-why-it-survives"] == (None, True)
    assert entered["bea", "written-why-it-survives"] == (0, False)


def test_nbgraders_own_converter_records_the_same(classroom, tmp_path):
    """Our writer against nbgrader's, over the same graded notebooks."""
    from nbconvert.exporters import NotebookExporter
    from nbgrader.converters import Autograde
    from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades

    root = classroom.course.root
    for folder in ("source", "release"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copytree(root / "autograded", tmp_path / "submitted")
    other = CourseDirectory(tmp_path)
    assert other.api.generate_assignment("lstm")["success"]
    with_saving_only = Autograde(coursedir=other.api.coursedir, parent=other.api)
    with_saving_only.exporter_class = NotebookExporter
    with_saving_only.sanitize_preprocessors = []
    with_saving_only.autograde_preprocessors = [SaveAutoGrades, AssignLatePenalties]
    other.api.coursedir.assignment_id = "lstm"
    with_saving_only.start()
    assert scores(other) == scores(classroom.course)


def test_grading_again_changes_nothing_and_does_only_what_is_left(classroom):
    path = classroom.course.autograded("lstm", "cal")
    before = path.read_bytes()
    summary = autograde(classroom.course, "lstm")
    assert summary.graded == []
    assert len(summary.skipped) == 6
    path.unlink()
    assert autograde(classroom.course, "lstm").graded == ["cal"]
    assert path.read_bytes() == before, "the same seed gives the same graded notebook to the byte"


def test_a_new_submission_is_graded_without_force(classroom):
    classroom.submit("gus", classroom.blank)
    assert autograde(classroom.course, "lstm").graded == ["gus"]
    classroom.submit("gus", classroom.solved)
    assert autograde(classroom.course, "lstm").graded == ["gus"]
    (row,) = [r for r in report(classroom.course, "lstm") if r["student"] == "gus"]
    assert row["score"] == 14


def test_a_manual_score_survives_grading_again(classroom):
    from nbgrader.api import Gradebook

    with Gradebook(classroom.course.db_url) as gradebook:
        grade = gradebook.find_grade("written-why-it-survives", "lstm", "lstm", "fay")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    autograde(classroom.course, "lstm", students=["fay"], force=True)
    with Gradebook(classroom.course.db_url) as gradebook:
        assert gradebook.find_grade("written-why-it-survives", "lstm", "lstm", "fay").score == 2


def test_the_time_of_submission_reaches_the_gradebook(classroom):
    from nbgrader.api import Gradebook

    with Gradebook(classroom.course.db_url) as gradebook:
        when = gradebook.find_submission("lstm", "cal").timestamp
    assert when.isoformat() == "2026-03-02T12:00:00"


def test_feedback_names_the_mistake_and_shows_no_hidden_input(classroom):
    (path,) = feedback(classroom.course, "lstm", ["cal"])
    page = path.read_text(encoding="utf-8")
    assert "forgets to multiply by the forget gate" in page
    assert "_answers" not in page
    assert "rng.choice" not in page, "the code that draws hidden inputs"


def test_feedback_keeps_the_secret_under_which_the_exchange_releases_it(classroom):
    paths = feedback(classroom.course, "lstm", ["cal", "ada"])
    kept = {path.parent.parent.name: path.with_name("submission_secret.txt") for path in paths}
    assert kept["cal"].read_text() == SECRET
    assert not kept["ada"].exists(), "what is no secret of nbgrader's goes nowhere"


def test_feedback_before_grading_says_what_to_do(tmp_path, capsys):
    assert main(["feedback", "lstm", "--course", str(tmp_path)]) == 1
    assert "autograde lstm" in capsys.readouterr().err


def test_autograde_before_release_says_what_to_do(tmp_path, capsys):
    assert main(["autograde", "lstm", "--course", str(tmp_path)]) == 1
    assert "grader release lstm" in capsys.readouterr().err


def test_report_as_json_is_the_documented_list(classroom, capsys):
    assert main(["report", "lstm", "--json", "--course", str(classroom.course.root)]) == 0
    for row in json.loads(capsys.readouterr().out):
        assert {"student", "score", "max_score", "checks"} <= set(row)
        for check in row["checks"].values():
            assert set(check) == {
                "score",
                "max_score",
                "status",
                "misconception",
                "kind",
                "hint",
            }
