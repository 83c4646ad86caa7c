"""Students who have left the class: marked, not removed.

Nothing of theirs is lost: submissions, grades and feedback stay, and the gradebook still knows them. The
class report and the files for learning management systems pass over them until they come back.
"""

from __future__ import annotations

from datetime import UTC, datetime

from grader.errors import GraderError
from grader.gradebook import notes
from grader.gradebook.course_directory import CourseDirectory

FILE = "left.json"


def left(course: CourseDirectory) -> dict[str, str]:
    """Who has left.

    Parameters
    ----------
    course : CourseDirectory
        Where it is noted.

    Returns
    -------
    dict of str to str
        The time, in ISO format, by the student's name.
    """
    return dict(notes.read(course.root / FILE))


def leave(course: CourseDirectory, student: str) -> None:
    """Mark a student as one who has left; the time of the first mark stays.

    Parameters
    ----------
    course : CourseDirectory
        Where it is noted.
    student : str
        Their name in the gradebook.

    Raises
    ------
    GraderError
        Where the gradebook doesn't know the student.
    """
    _require_known(course, student)
    with notes.changed(course.root / FILE) as gone:
        gone.setdefault(student, datetime.now(UTC).isoformat(timespec="seconds"))


def come_back(course: CourseDirectory, student: str) -> None:
    """Take the mark away.

    Parameters
    ----------
    course : CourseDirectory
        Where it is noted.
    student : str
        Their name in the gradebook.

    Raises
    ------
    GraderError
        Where the gradebook doesn't know the student.
    """
    _require_known(course, student)
    with notes.changed(course.root / FILE) as gone:
        gone.pop(student, None)


def _require_known(course: CourseDirectory, student: str) -> None:
    with course.gradebook() as gradebook:
        if student not in {known.id for known in gradebook.students}:
            raise GraderError(f"the gradebook has no student {student!r}")
