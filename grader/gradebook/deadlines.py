"""Deadlines: until when what is handed in counts, for a class and for one student.

An assignment's deadline is nbgrader's due date. nbgrader keeps an extension with a submission, so that
nobody can have one before handing in; here it is noted beside the gradebook as a time, and entered in the
gradebook with the submission. One that was given by nbgrader's own means counts where none is noted.

All times are UTC and naive, as in nbgrader's gradebook, unless they are said to have a time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError
from grader.gradebook import notes
from grader.gradebook.course_directory import CourseDirectory

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

FILE = "extensions.json"


@dataclass(frozen=True)
class Deadlines:
    """Those of one assignment.

    Attributes
    ----------
    due : datetime or None
        The class's; None where there is none, and nobody is late.
    extended : mapping of str to datetime
        Of those students who have a later one of their own.
    """

    due: datetime | None = None
    extended: Mapping[str, datetime] = field(default_factory=dict)

    def of(self, student: str) -> datetime | None:
        """Until when this student's submissions count; None where there is no deadline."""
        if self.due is None:
            return None
        return max(self.due, self.extended.get(student, self.due))


def deadlines(course: CourseDirectory, assignment: str) -> Deadlines:
    """The deadlines of an assignment; of one that the gradebook doesn't know there is none.

    Parameters
    ----------
    course : CourseDirectory
        Whose gradebook has it.
    assignment : str
        Its name.

    Returns
    -------
    Deadlines
        The class's, and those of students with an extension.
    """
    with course.gradebook() as gradebook:
        return deadlines_in(gradebook, course, assignment)


def of_all(course: CourseDirectory) -> dict[str, Deadlines]:
    """The deadlines of every assignment that the gradebook knows, as `deadlines` gives one's.

    Parameters
    ----------
    course : CourseDirectory
        Whose gradebook has them.

    Returns
    -------
    dict of str to Deadlines
        By the name of the assignment.
    """
    with course.gradebook() as gradebook:
        names = [known.name for known in gradebook.assignments]
        return {name: deadlines_in(gradebook, course, name) for name in names}


def deadlines_in(gradebook: Gradebook, course: CourseDirectory, assignment: str) -> Deadlines:
    """As `deadlines`, of an open gradebook.

    Parameters
    ----------
    gradebook : Gradebook
        nbgrader's, open.
    course : CourseDirectory
        Where extensions are noted.
    assignment : str
        Its name.

    Returns
    -------
    Deadlines
        The class's, and those of students with an extension.
    """
    from nbgrader.api import MissingEntry

    try:
        due: datetime | None = gradebook.find_assignment(assignment).duedate
    except MissingEntry:
        return Deadlines()
    if due is None:
        return Deadlines()
    from nbgrader.api import Assignment, SubmittedAssignment

    given = (
        gradebook.db.query(SubmittedAssignment.student_id, SubmittedAssignment.extension)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment, SubmittedAssignment.extension.isnot(None))
    )
    entered = {student: due + extension for student, extension in given}
    extended = entered | noted(course, assignment)
    return Deadlines(due, {name: until for name, until in extended.items() if until > due})


def noted(course: CourseDirectory, assignment: str) -> dict[str, datetime]:
    """The extensions that are noted beside the gradebook, by student."""
    found = notes.read(course.root / FILE).get(assignment, {})
    return {student: datetime.fromisoformat(text) for student, text in found.items()}


def set_deadline(course: CourseDirectory, assignment: str, due: datetime | None) -> None:
    """Set the class's deadline, or take it away.

    What was graded keeps its penalty until it is graded again.

    Parameters
    ----------
    course : CourseDirectory
        Whose gradebook has it.
    assignment : str
        Its name.
    due : datetime or None
        With a time zone, or naive and UTC.

    Raises
    ------
    GraderError
        Where the gradebook doesn't know the assignment.
    """
    with course.gradebook() as gradebook:
        from nbgrader.api import MissingEntry

        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise GraderError(
                f"the gradebook has no assignment {assignment!r}: release it first"
            ) from None
        found.duedate = _naive(due)
        given = noted(course, assignment)
        for submission in gradebook.assignment_submissions(assignment):
            _enter(submission, given)
        gradebook.db.commit()


def extend(
    course: CourseDirectory, assignment: str, student: str, until: datetime | None
) -> datetime | None:
    """Give a student a deadline of their own, whether or not they have handed in; or take it away.

    Parameters
    ----------
    course : CourseDirectory
        Where it is noted.
    assignment : str
        Its name.
    student : str
        Who gets it.
    until : datetime or None
        With a time zone, or naive and UTC; None takes the extension away.

    Returns
    -------
    datetime or None
        The student's deadline now.

    Raises
    ------
    GraderError
        Where the gradebook knows no such assignment or student.
    """
    with course.gradebook() as gradebook:
        from nbgrader.api import MissingEntry

        try:
            gradebook.find_assignment(assignment)
            gradebook.find_student(student)
        except MissingEntry as error:
            raise GraderError(f"no extension for {student!r} in {assignment!r}: {error}") from None
        until = _naive(until)
        with notes.changed(course.root / FILE) as extensions:
            given = extensions.setdefault(assignment, {})
            given.pop(student, None)
            if until is not None:
                given[student] = until.isoformat()
        for submission in gradebook.assignment_submissions(assignment):
            if submission.student_id == student:
                submission.extension = None
                enter_extension(course, submission)
        gradebook.db.commit()
        return deadlines_in(gradebook, course, assignment).of(student)


def enter_extension(course: CourseDirectory, submission: Any) -> None:
    """Enter the extension that is noted for a submission's student in the gradebook's own field.

    It is nbgrader's `SubmittedAssignment`, with which the late penalty is computed. Nothing is committed.

    Parameters
    ----------
    course : CourseDirectory
        Where extensions are noted.
    submission : SubmittedAssignment
        Of an open gradebook.
    """
    _enter(submission, noted(course, submission.assignment.name))


def _enter(submission: Any, given: Mapping[str, datetime]) -> None:
    due, until = submission.assignment.duedate, given.get(submission.student_id)
    if due is not None and until is not None:
        submission.extension = max(until - due, timedelta(0))


def local(moment: datetime) -> datetime:
    """A time of the gradebook (UTC, naive) in this machine's time zone."""
    return moment.replace(tzinfo=UTC).astimezone()


def _naive(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)
