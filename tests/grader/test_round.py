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
    room = Classroom(tmp_path_factory.mktemp("course"), "smoothing")
    room.submit("ada", room.solved)
    room.submit("bea", room.blank)
    room.submit("cal", room.with_misconception("smooth", "blends-with-the-first"), timestamp=LATE)
    (room.folder("cal") / "submission_secret.txt").write_text(SECRET)
    (room.folder("ada") / "submission_secret.txt").write_text("../../no secret")
    room.submit("dan", b"{ this is no notebook")
    room.folder("eve").mkdir(parents=True)
    written = room.with_answer("blend", "def blend(old, new, share):\n    return 1 / 0")
    room.cell(written, "written-the-price")["source"] = "Because of the gates."
    room.submit("fay", written)
    room.submit("hal", room.with_misconception("blend", "shares-swapped"))
    autograde(room.course, "smoothing", jobs=2)
    return room


@pytest.fixture(scope="module")
def rows(classroom):
    return {row["student"]: row for row in report(classroom.course, "smoothing")}


def test_everybody_has_a_grade(rows):
    assert sorted(rows) == ["ada", "bea", "cal", "dan", "eve", "fay", "hal"]


def test_the_solution_gets_everything_and_the_release_nothing(rows):
    assert rows["ada"]["score"] == rows["ada"]["max_score"] == 5
    assert rows["bea"]["score"] == 0
    assert all(check["hint"] for check in rows["bea"]["checks"].values())


def test_a_mistake_costs_its_function_and_is_named(rows):
    checks = rows["cal"]["checks"]
    assert checks["smooth"]["misconception"] == "blends-with-the-first"
    assert checks["blend"]["score"] == checks["blend"]["max_score"] == 2
    assert rows["cal"]["score"] == 2


def test_one_mistake_costs_once(rows):
    """Where another function calls it, that one is judged with a right helper, and on its own work."""
    checks = rows["hal"]["checks"]
    assert checks["blend"]["misconception"] == "shares-swapped"
    assert checks["blend"]["score"] == 0
    assert checks["smooth"]["score"] == checks["smooth"]["max_score"]
    assert checks["smooth"]["aided"] == ["blend"]


def test_what_cannot_be_read_gets_zero_with_a_reason(rows):
    assert rows["dan"]["score"] == rows["eve"]["score"] == 0
    assert "damaged" in rows["dan"]["checks"]["blend"]["hint"]
    assert "No notebook was found" in rows["eve"]["checks"]["blend"]["hint"]


def test_an_exception_is_shown_to_the_student(rows):
    assert "ZeroDivisionError" in rows["fay"]["checks"]["blend"]["hint"]


def scores(course: CourseDirectory) -> dict:
    from nbgrader.api import Gradebook

    with Gradebook(course.db_url) as gradebook:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("smoothing")
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
    assert entered["fay", "written-the-price"] == (None, True)
    assert entered["bea", "written-the-price"] == (0, False)


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
    assert other.api.generate_assignment("smoothing")["success"]
    with_saving_only = Autograde(coursedir=other.api.coursedir, parent=other.api)
    with_saving_only.exporter_class = NotebookExporter
    with_saving_only.sanitize_preprocessors = []
    with_saving_only.autograde_preprocessors = [SaveAutoGrades, AssignLatePenalties]
    other.api.coursedir.assignment_id = "smoothing"
    with_saving_only.start()
    assert scores(other) == scores(classroom.course)


def test_grading_again_changes_nothing_and_does_only_what_is_left(classroom):
    path = classroom.course.autograded("smoothing", "cal")
    before = path.read_bytes()
    summary = autograde(classroom.course, "smoothing")
    assert summary.graded == []
    assert len(summary.skipped) == 7
    path.unlink()
    assert autograde(classroom.course, "smoothing").graded == ["cal"]
    assert path.read_bytes() == before, "the same seed gives the same graded notebook to the byte"


def test_a_new_submission_is_graded_without_force(classroom):
    classroom.submit("gus", classroom.blank)
    assert autograde(classroom.course, "smoothing").graded == ["gus"]
    classroom.submit("gus", classroom.solved)
    assert autograde(classroom.course, "smoothing").graded == ["gus"]
    (row,) = [r for r in report(classroom.course, "smoothing") if r["student"] == "gus"]
    assert row["score"] == 5


def test_a_manual_score_survives_grading_again(classroom):
    from nbgrader.api import Gradebook

    with Gradebook(classroom.course.db_url) as gradebook:
        grade = gradebook.find_grade("written-the-price", "smoothing", "smoothing", "fay")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    autograde(classroom.course, "smoothing", students=["fay"], force=True)
    with Gradebook(classroom.course.db_url) as gradebook:
        assert gradebook.find_grade("written-the-price", "smoothing", "smoothing", "fay").score == 2


def test_the_time_of_submission_reaches_the_gradebook(classroom):
    from nbgrader.api import Gradebook

    with Gradebook(classroom.course.db_url) as gradebook:
        when = gradebook.find_submission("smoothing", "cal").timestamp
    assert when.isoformat() == "2026-03-02T12:00:00"


def test_feedback_names_the_mistake_and_shows_no_hidden_input(classroom):
    (path,) = feedback(classroom.course, "smoothing", ["cal"])
    page = path.read_text(encoding="utf-8")
    assert "Each step blends with the first state" in page
    assert "_answers" not in page
    assert "rng.choice" not in page, "the code that draws hidden inputs"


def test_feedback_keeps_the_secret_under_which_the_exchange_releases_it(classroom):
    paths = feedback(classroom.course, "smoothing", ["cal", "ada"])
    kept = {path.parent.parent.name: path.with_name("submission_secret.txt") for path in paths}
    assert kept["cal"].read_text() == SECRET
    assert not kept["ada"].exists(), "what is no secret of nbgrader's goes nowhere"


def test_feedback_before_grading_says_what_to_do(tmp_path, capsys):
    assert main(["feedback", "smoothing", "--course", str(tmp_path)]) == 1
    assert "autograde smoothing" in capsys.readouterr().err


def test_autograde_before_release_says_what_to_do(tmp_path, capsys):
    assert main(["autograde", "smoothing", "--course", str(tmp_path)]) == 1
    assert "grader release smoothing" in capsys.readouterr().err


def test_report_as_json_is_the_documented_list(classroom, capsys):
    assert main(["report", "smoothing", "--json", "--course", str(classroom.course.root)]) == 0
    for row in json.loads(capsys.readouterr().out):
        assert {"student", "score", "max_score", "checks"} <= set(row)
        for check in row["checks"].values():
            assert set(check) == {
                *("score", "max_score", "status", "misconception", "kind", "hint"),
                *("follows", "aided", "behaviour"),
            }
