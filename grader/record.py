"""Writes grades into nbgrader's gradebook: the one writer of a batch.

A submission is recorded in the order database, then file. Whatever interrupts that, the file of a
recorded grade is complete, and a submission without one is graded again, to the same grade.
"""

from __future__ import annotations

import json
import os
import warnings
from contextlib import contextmanager
from pathlib import Path

from grader.course_directory import CourseDirectory
from grader.grading import Graded, Submission, fingerprint


def is_recorded(course: CourseDirectory, submission: Submission) -> bool:
    """Whether this very submission, to this release, has its grade already."""
    path = course.autograded(submission.assignment, submission.student)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook["metadata"]["grader"]["fingerprint"] == fingerprint(submission)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def record(course: CourseDirectory, submission: Submission, graded: Graded) -> None:
    """Enter a graded submission in the gradebook, then put its notebook under autograded/."""
    import nbformat

    notebook = json.loads(graded.notebook)
    timestamp = course.timestamp(submission.assignment, submission.student)
    _enter(course, submission, nbformat.from_dict(notebook), timestamp)
    path = course.autograded(submission.assignment, submission.student)
    path.parent.mkdir(parents=True, exist_ok=True)
    if timestamp is not None:
        _replace(path.with_name("timestamp.txt"), timestamp)
    course.add_seconds(
        submission.assignment, submission.student, graded.cost.get("cpu_seconds", 0.0)
    )
    _replace(path, graded.notebook)


def _enter(
    course: CourseDirectory, submission: Submission, notebook, timestamp: str | None
) -> None:
    """What nbgrader's SaveAutoGrades and AssignLatePenalties enter, in one transaction a student."""
    from nbgrader import utils
    from nbgrader.api import Gradebook
    from nbgrader.preprocessors import AssignLatePenalties

    name, student = submission.assignment, submission.student
    cells = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    when = {"timestamp": utils.parse_utc(timestamp)} if timestamp else {}
    with _quiet(), Gradebook(course.db_url, course.api.coursedir.course_id) as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(name, student, **when)
        submitted = gradebook.find_submission_notebook(name, name, student)
        for grade in submitted.grades:
            grade.auto_score, _ = utils.determine_grade(cells[grade.name])
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        for comment in submitted.comments:
            cell = cells[comment.name]
            unchanged = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            comment.auto_comment = "No response." if unchanged else None
        gradebook.db.commit()
    resources = {"assignment": name, "notebook": name, "student": student, "db_url": course.db_url}
    penalties = AssignLatePenalties(parent=course.api)
    penalties.preprocess(notebook, {"nbgrader": resources})


@contextmanager
def _quiet():
    """nbgrader makes SQLAlchemy warn of objects that it adds a moment later."""
    from sqlalchemy.exc import SAWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


def _replace(path: Path, text: str) -> None:
    """Write a file so that it is there in full or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
