"""Grades a class: executes submissions in parallel and records each as soon as it is done."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field

from joblib import Parallel, delayed

from grader import assignments
from grader.course_directory import CourseDirectory
from grader.errors import GraderError
from grader.grading import Graded, Submission, grade
from grader.record import is_recorded, record
from grader.sandbox import SandboxUnavailable


@dataclass
class Summary:
    """What a batch did: who was graded, who had a grade already, where the grader itself failed."""

    graded: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def submissions(
    course: CourseDirectory, assignment: str, students: list[str] | None = None
) -> list[Submission]:
    """The submissions of a class, or of the named students."""
    assignments.load(assignment)  # an unknown name is said before anything else
    course.release_text(assignment)  # so is a missing release
    present = course.students(assignment)
    unknown = sorted(set(students or ()) - set(present))
    if unknown:
        raise GraderError(
            f"nothing was submitted for {assignment!r} by {', '.join(unknown)}: look for the folder"
            f" {course.root / 'submitted'}/STUDENT/{assignment}"
        )
    return [
        course.submission(assignment, student)
        for student in present
        if students is None or student in students
    ]


def autograde(
    course: CourseDirectory,
    assignment: str,
    *,
    students: list[str] | None = None,
    force: bool = False,
    jobs: int = 1,
    sandbox: str = "bubblewrap",
    progress=lambda work, total: work,
) -> Summary:
    """Grade what has no grade yet, or with `force` everything.

    `progress` wraps the iterator over finished submissions, as tqdm does.
    """
    summary = Summary()
    todo = []
    for submission in submissions(course, assignment, students):
        if not force and is_recorded(course, submission):
            summary.skipped.append(submission.student)
        else:
            todo.append(submission)
    by_student = {submission.student: submission for submission in todo}
    for student, graded, error in progress(_execute(todo, jobs, sandbox), len(todo)):
        if graded is None:
            summary.failed[student] = error
            continue
        record(course, by_student[student], graded)
        summary.graded.append(student)
    summary.graded.sort()
    return summary


def _execute(
    work: list[Submission], jobs: int, sandbox: str
) -> Iterator[tuple[str, Graded | None, str]]:
    """Grade in threads (the work is in the kernels); results come as they are ready."""
    parallel = Parallel(n_jobs=jobs, backend="threading", return_as="generator_unordered")
    return parallel(delayed(_one)(submission, sandbox) for submission in work)


def _one(submission: Submission, sandbox: str) -> tuple[str, Graded | None, str]:
    try:
        return submission.student, grade(submission, sandbox), ""
    except SandboxUnavailable:
        raise
    except Exception:  # the grader's fault, not the student's: leave it for a person, go on
        return submission.student, None, traceback.format_exc()
