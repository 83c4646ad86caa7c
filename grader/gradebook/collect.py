"""Collects what a class handed in through a learning management system into submitted/.

The archive names people, the gradebook has students: one that isn't found for certain is listed, and
never guessed. A submission that is there already stays unless the archive's is newer.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.gradebook import lms_archive
from grader.gradebook.collecting import parsed, replaced
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import Deadlines, deadlines_in
from grader.gradebook.lms_archive import Contents, Sender, Sent
from grader.gradebook.people import Student, students_in


@dataclass
class Collected:
    """What came of an archive.

    Attributes
    ----------
    taken : list of str
        Students whose submission was put into submitted/.
    replaced : dict of str to str
        Those who had an older one, and when that was made.
    unchanged : list of str
        Those who had this very one already.
    kept : dict of str to str
        Those who keep another one, and why.
    refused : dict of str to str
        Of the archive what could not be taken, by the name that it has there, and why.
    other : int
        How many files were no notebooks.
    """

    taken: list[str] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    other: int = 0


def collect(course: CourseDirectory, assignment: str, path: Path, force: bool = False) -> Collected:
    """Put an archive's submissions into submitted/STUDENT/ASSIGNMENT, with the time of each.

    Parameters
    ----------
    course : CourseDirectory
        Where they are put.
    assignment : str
        Its name.
    path : Path
        The archive.
    force : bool, default False
        Also in the place of those that are newer, or of which nobody knows when they were made.

    Returns
    -------
    Collected
        What came of it, for each student and file.

    Raises
    ------
    GraderError
        Where the archive can't be read, or the gradebook has no student.
    """
    assignments.load(assignment)
    students, due = _gradebook(course, assignment)
    if not students:
        raise GraderError(
            "the gradebook has no students to whom the files could belong: enter them with"
            " `nbgrader db student import FILE.csv` (id, first_name, last_name, email, lms_user_id)"
        )
    with lms_archive.opened(path) as archive:
        found = lms_archive.contents(archive, assignment)
        result = Collected(refused=dict(found.unreadable), other=found.other)
        budget = lms_archive.MAX_BYTES
        for student, (sender, sent) in sorted(_matched(found, students, result).items()):
            data = _read(archive, sender, sent, result)
            budget -= sum(map(len, data.values()))
            if budget < 0:
                raise GraderError(f"the archive holds more than {lms_archive.MAX_BYTES >> 30} GiB")
            if data:
                time = _time(sender, sent, due.of(student))
                _put(course, assignment, student, data, time, force, result)
    return result


def _gradebook(course: CourseDirectory, assignment: str) -> tuple[list[Student], Deadlines]:
    """The students, and until when the assignment was due."""
    with course.gradebook() as gradebook:
        return students_in(gradebook), deadlines_in(gradebook, course, assignment)


# ---------------------------------------------------------------- who is who


def _matched(
    found: Contents, students: list[Student], result: Collected
) -> dict[str, tuple[Sender, Sent]]:
    """What each student handed in; whoever isn't found for certain is refused."""
    by_student: dict[str, list[Sender]] = defaultdict(list)
    for sender in found.sent:
        owners = find(sender, students)
        if len(owners) == 1:
            by_student[owners[0]].append(sender)
        elif owners:
            result.refused[sender.name] = f"it may be any of {', '.join(sorted(owners))}"
        else:
            number = f", number {sender.number}," if sender.number else ""
            result.refused[sender.name] = f"no student of this name{number} is in the gradebook"
    matched = {}
    for student, senders in by_student.items():
        if len(senders) == 1:
            matched[student] = (senders[0], found.sent[senders[0]])
            continue
        for sender in senders:
            others = ", ".join(other.name for other in senders if other != sender) or sender.name
            result.refused[sender.name] = f"{student} would have this and another one, of {others}"
    return matched


def find(sender: Sender, students: Iterable[Student]) -> list[str]:
    """The students that a sender may be: by the system's number, else by id, e-mail or name."""
    students = list(students)
    by_number = [s.id for s in students if sender.number and sender.number in (s.lms_id, s.id)]
    if by_number:
        return by_number
    # Moodle puts the name of a group before a person's: "Group 1-Ada Lovelace"
    parts = sender.name.split("-")
    for start in range(len(parts)):
        name = _folded("-".join(parts[start:]))
        found = [student.id for student in students if name and name in _names(student)]
        if found:
            return found
    return []


def _names(student: Student) -> set[str]:
    """What a system may call a student."""
    first, last = student.first, student.last
    both = [first + last, last + first] if first and last else []
    return {_folded(text) for text in (student.id, student.email, *both)} - {""}


def _folded(text: str) -> str:
    """A name without what systems drop or change: spaces, hyphens, accents, capital letters."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


# ---------------------------------------------------------------- into its place


def _read(
    archive: zipfile.ZipFile, sender: Sender, sent: Sent, result: Collected
) -> dict[str, bytes]:
    """The notebooks' bytes by name; nothing where one of them can't be had."""
    if sent.fault:
        result.refused[sender.name] = sent.fault
        return {}
    data = {}
    for name, info in sent.notebooks.items():
        try:
            data[name] = lms_archive.read(archive, info)
        except GraderError as error:
            result.refused[sender.name] = f"{name} {error}"
            return {}
    return data


def _time(sender: Sender, sent: Sent, due: datetime | None) -> datetime:
    """When a submission was made, as far as the archive tells.

    Canvas stamps its files with the time of the download, and marks what is late; what isn't, was there
    in time.
    """
    if sender.late is False and due is not None:
        return min(sent.time, due)
    return sent.time


def _put(
    course: CourseDirectory,
    assignment: str,
    student: str,
    data: dict[str, bytes],
    time: datetime,
    force: bool,
    result: Collected,
) -> None:
    goal = course.root / "submitted" / student / assignment
    if goal.is_symlink() or goal.parent.is_symlink():
        result.kept[student] = f"{goal} is a link"
        return
    if goal.exists():
        if _notebooks(goal) == data:
            result.unchanged.append(student)
            return
        earlier = course.timestamp(assignment, student)
        if not force and (reason := _why_keep(earlier, time)):
            result.kept[student] = reason
            return
        result.replaced[student] = earlier or "nobody knows when"
    with replaced(goal, time) as fresh:
        for name, content in data.items():
            (fresh / name).write_bytes(content)
    result.taken.append(student)


def _notebooks(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.glob("*.ipynb") if path.is_file() and not path.is_symlink()]
    return {path.name: path.read_bytes() for path in files}


def _why_keep(earlier: str | None, time: datetime) -> str:
    """Why a submission that is there already stays; "" where the archive's is newer."""
    if earlier is None:
        return "there is one already, and nothing says when it was made"
    made = parsed(earlier)
    if made is None:
        return f"there is one already, made at an unreadable time ({earlier})"
    if time > made:
        return ""
    return f"there is one already, made at {earlier}, and the archive's ({time}) is not newer"
