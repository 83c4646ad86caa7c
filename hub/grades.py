"""A class's points as a file that Canvas or Moodle imports.

    python -m hub.grades canvas --course DIR --roster export-from-canvas.csv > grades.csv
    python -m hub.grades moodle --course DIR > grades.csv

The same as plugins of `nbgrader export`: `hub.exporters`.

Grades also go there by themselves, with `hub.passback`; a file is for whoever looks at it first.
The points are nbgrader's: checks and written answers, less the late penalty, never below zero. A cell
stays empty where nothing was handed in, and while a written answer waits for a person.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory, default
from grader.gradebook.leavers import left
from grader.gradebook.people import Student, students_in
from hub import spreadsheets
from hub.spreadsheets import Form, Sheet

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
# Where a student's name in the hub may stand, per system, in the order in which it is looked for.
CANVAS_KEYS = ("SIS Login ID", "SIS User ID", "ID")
MOODLE_KEYS = ("Username", "Email address", "ID number")


@dataclass
class Marks:
    """What a gradebook holds.

    Attributes
    ----------
    maximum : dict of str to float
        Points of each assignment.
    points : dict of (str, str) to float
        (student, assignment) → points; nothing where nothing was handed in or graded.
    waiting : set of (str, str)
        Those whose written answers wait for a person; they have no points yet.
    """

    people: dict[str, Student] = field(default_factory=dict)
    maximum: dict[str, float] = field(default_factory=dict)
    points: dict[tuple[str, str], float] = field(default_factory=dict)
    waiting: set[tuple[str, str]] = field(default_factory=set)


def read_marks(course: CourseDirectory, wanted: list[str] | None = None) -> Marks:
    """The marks of all assignments in the course's gradebook, or of those wanted; not of who left."""
    with course.gradebook() as gradebook:
        return marks_in(gradebook, wanted, gone=left(course))


def marks_in(
    gradebook: Gradebook,
    wanted: list[str] | None = None,
    students: list[str] | None = None,
    gone: Collection[str] = (),
) -> Marks:
    """The marks in an open gradebook: of all assignments and students but those gone, or of those named.

    GraderError if the gradebook doesn't know one of them.
    """
    marks = Marks()
    for student in students_in(gradebook):
        if student.id not in gone or student.id in (students or ()):
            marks.people[student.id] = student
    maximum = {assignment.name: assignment.max_score for assignment in gradebook.assignments}
    marks.people = {name: marks.people[name] for name in _known("student", students, marks.people)}
    for name in _known("assignment", wanted, sorted(maximum)):
        marks.maximum[name] = maximum[name]
        for submission in gradebook.assignment_submissions(name):
            key = (submission.student_id, name)
            if submission.student_id not in marks.people:
                continue
            if submission.needs_manual_grade:
                marks.waiting.add(key)
            else:
                penalty = submission.late_submission_penalty or 0
                marks.points[key] = max(0.0, submission.score - penalty)
    return marks


def _known(kind: str, wanted: list[str] | None, known: Iterable[str]) -> list[str]:
    """Those wanted, or all."""
    known = list(known)
    if unknown := sorted(set(wanted or ()) - set(known)):
        there = ", ".join(known) or "none yet"
        raise GraderError(f"the gradebook has no {kind} {', '.join(unknown)}; it has: {there}")
    return wanted or known


# ---------------------------------------------------------------- who is who


@dataclass
class Roster:
    """The file that was exported from the learning management system, and who stands in its rows."""

    sheet: Sheet
    students: list[str | None]


def read_roster(path: Path, keys: Iterable[str], people: dict[str, Student]) -> Roster:
    """Find each row's student by the name in the hub, else by the id that the gradebook has noted.

    GraderError if someone with a grade is in no row: no grade is lost without a word.
    """
    sheet = spreadsheets.read(path)
    present = [key for key in keys if key in sheet.columns]
    if not present:
        raise GraderError(f"{path} has none of the columns {', '.join(keys)}: is it the export?")
    by_id = {person.lms_id: person.id for person in people.values() if person.lms_id}
    by_email = {person.email.lower(): person.id for person in people.values() if person.email}

    def student(row: dict[str, str]) -> str | None:
        if _is_nobody(row):
            return None
        for key in present:
            value = (row[key] or "").strip()
            found = value if value in people else by_id.get(value) or by_email.get(value.lower())
            if value and found:
                return found
        return None

    return Roster(sheet, [student(row) for row in sheet.rows])


def _is_nobody(row: dict[str, str]) -> bool:
    """Canvas's rows of the points possible, and of its test student."""
    name = row.get("Student", "").strip()
    return name.startswith("Points Possible") or name in ("Student, Test", "Test Student")


def _nobody_lost(marks: Marks, roster: Roster, path: Path) -> None:
    graded = {student for student, _ in (*marks.points, *marks.waiting)}
    lost = sorted(graded - set(roster.students))
    if lost:
        raise GraderError(
            f"{path} has no row for {', '.join(lost)}. Note their id in the gradebook"
            " (`nbgrader db student add NAME --lms-user-id ID`), or export without --roster"
        )


# ---------------------------------------------------------------- the files


def canvas(
    marks: Marks, roster_path: Path | None = None, names: dict[str, str] | None = None
) -> list[list[str]]:
    """Canvas' gradebook import: its five columns, then one for each assignment.

    Parameters
    ----------
    marks : Marks
        What the class got.
    roster_path : Path, optional
        Canvas' own export of the class, whose students and order are taken.
    names : dict of str to str, optional
        Canvas' own title of an assignment, with its number in brackets: "LSTM (4711)".
        Without it the import offers to make a new assignment.

    Returns
    -------
    list of list of str
        A table, the heads first.
    """
    titles = [(names or {}).get(name, name) for name in marks.maximum]
    table = [[*CANVAS_COLUMNS, *titles]]
    table.append(["    Points Possible", "", "", "", "", *map(_number, marks.maximum.values())])
    if roster_path is None:
        for person in marks.people.values():
            name = ", ".join(part for part in (person.last, person.first) if part) or person.id
            table.append([name, person.lms_id, "", person.id, "", *_points(marks, person.id)])
        return _defused(table)
    roster = read_roster(roster_path, CANVAS_KEYS, marks.people)
    _nobody_lost(marks, roster, roster_path)
    for row, student in zip(roster.sheet.rows, roster.students, strict=True):
        if student is not None:
            table.append([row.get(c, "") for c in CANVAS_COLUMNS] + _points(marks, student))
    return _in_form(_defused(table), roster.sheet.form, len(CANVAS_COLUMNS))


def moodle(
    marks: Marks, roster_path: Path | None = None, names: dict[str, str] | None = None
) -> list[list[str]]:
    """Moodle's CSV import, which asks for the column that names the student and the grade item."""
    titles = [(names or {}).get(name, name) for name in marks.maximum]
    if roster_path is None:
        table = [["Username", "Email address", "ID number", *titles]]
        for person in marks.people.values():
            table.append([person.id, person.email, person.lms_id, *_points(marks, person.id)])
        return table
    roster = read_roster(roster_path, MOODLE_KEYS, marks.people)
    _nobody_lost(marks, roster, roster_path)
    keys = [key for key in MOODLE_KEYS if key in roster.sheet.columns]
    table = [[*keys, *titles]]
    for row, student in zip(roster.sheet.rows, roster.students, strict=True):
        if student is not None:
            table.append([row[key] for key in keys] + _points(marks, student))
    return _in_form(table, roster.sheet.form, len(keys))


def _in_form(table: list[list[str]], form: Form, first: int) -> list[list[str]]:
    """With the decimal mark of the system's own export, from the first column of points on."""
    for row in table[1:]:
        row[first:] = [cell.replace(".", form.decimal) for cell in row[first:]]
    return table


def form_of(roster: Path | None) -> Form:
    """The form of the file to write: that of the system's own export, where there is one."""
    return spreadsheets.read(roster).form if roster else Form()


def _points(marks: Marks, student: str) -> list[str]:
    return [_number(marks.points.get((student, name))) for name in marks.maximum]


def _number(points: float | None) -> str:
    return "" if points is None else f"{points:.4f}".rstrip("0").rstrip(".")


def _defused(table: list[list[str]]) -> list[list[str]]:
    """Names can't be formulas when a person opens the file in a spreadsheet; ids stay as they are."""
    for row in table[2:]:
        if row[0][:1] in ("=", "+", "-", "@", "\t", "\r"):
            row[0] = "'" + row[0]
    return table


SYSTEMS = {"canvas": canvas, "moodle": moodle}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m hub.grades", description=__doc__.split("\n")[0]
    )
    parser.add_argument("system", choices=SYSTEMS, help="whose import the file is for")
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all)")
    parser.add_argument("--course", type=Path, default=default(), metavar="DIR")
    parser.add_argument("--roster", type=Path, metavar="FILE", help="the system's own export")
    parser.add_argument(
        "--title",
        action="append",
        default=[],
        metavar="ASSIGNMENT=TITLE",
        help="the title of an assignment in the system, for Canvas with its number in brackets",
    )
    options = parser.parse_args(arguments)
    try:
        names = dict(_title(text) for text in options.title)
        marks = read_marks(CourseDirectory(options.course), options.assignments)
        table = SYSTEMS[options.system](marks, options.roster, names)
        form = form_of(options.roster)
    except GraderError as error:
        print(f"grades: {error}", file=sys.stderr)
        return 1
    spreadsheets.write(sys.stdout, table, form)
    for student, assignment in sorted(marks.waiting):
        print(f"grades: {assignment} of {student} waits for a person: left empty", file=sys.stderr)
    return 0


def _title(text: str) -> tuple[str, str]:
    name, equals, title = text.partition("=")
    if not (name and equals and title):
        raise GraderError(f"--title wants ASSIGNMENT=TITLE, not {text!r}")
    return name, title


if __name__ == "__main__":
    sys.exit(main())
