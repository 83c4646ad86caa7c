"""Answers in words: one question for the whole class, and the points and comments that a person gives."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.gradebook.questions import Question, questions
from grader.gradebook.report import MOST_KEPT, state_of
from hub.teaching.desk import Desk

LONGEST = 4000  # characters of a comment


@dataclass(frozen=True)
class Answer:
    """One student's answer to a question.

    Attributes
    ----------
    text : str
        In Markdown, a stranger's.
    cell : dict
        The cell of the graded notebook, with its pictures.
    empty : bool
        Whether nothing was written.
    points : float or None
        That a person gave; None where nobody has.
    comment : str
        For the student.
    waits : bool
        Whether it waits for a person: it was never marked, or has changed since.
    """

    student: str
    text: str
    cell: dict[str, Any]
    empty: bool
    points: float | None
    comment: str
    waits: bool

    @property
    def version(self) -> str:
        """Changes with what a person gave: two who mark the same answer must not undo each other's."""
        return version_of(self.points, self.comment)


def version_of(points: float | None, comment: str) -> str:
    """Of what a person gave: None where nobody has."""
    return json.dumps([points, comment])


@dataclass(frozen=True)
class Mark:
    """Points and a comment for one answer, and the version of it that they were given for."""

    student: str
    points: float
    comment: str
    version: str


def question(desk: Desk, assignment: str, cell: str) -> Question:
    """The question of this name.

    Parameters
    ----------
    desk : Desk
        Where the assignment is.
    assignment, cell : str
        Their names.

    Returns
    -------
    Question
        With its rubric.

    Raises
    ------
    GraderError
        Where there is none.
    """
    for found in questions(desk.root, assignment):
        if found.cell == cell:
            return found
    raise GraderError(f"{assignment} has no question {cell!r}")


def spoken(cell: str) -> str:
    """The name of a question's cell as people say it: written-why-it-survives, "Why it survives"."""
    words = cell.removeprefix("written-").replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def answers(desk: Desk, assignment: str, cell: str) -> list[Answer]:
    """The class's answers to a question: those that wait first, the shortest first among them."""
    found = []
    with desk.course.gradebook() as gradebook:
        grades = _of_the_class(gradebook, "Grade", assignment, cell)
        comments = _of_the_class(gradebook, "Comment", assignment, cell)
    for student, path in desk.course.graded(assignment):
        grade, comment = grades.get(student), comments.get(student)
        written = _cell(path, cell, *state_of(path)) if grade is not None else None
        if grade is None or written is None:
            continue
        found.append(
            Answer(
                student,
                written["source"],
                written,
                comment is not None and comment.auto_comment == "No response.",
                grade.manual_score,
                (comment.manual_comment or "") if comment is not None else "",
                bool(grade.needs_manual_grade),
            )
        )
    return sorted(found, key=lambda one: (not one.waits, len(one.text), one.student))


def _of_the_class(gradebook: Any, kind: str, assignment: str, cell: str) -> dict[str, Any]:
    """The entries of a kind, `Grade` or `Comment`, for one cell, by student: with one question for all."""
    import nbgrader.api as api

    entry = getattr(api, kind)
    query = (
        gradebook.db.query(api.SubmittedAssignment.student_id, entry)
        .join(api.SubmittedNotebook, entry.notebook_id == api.SubmittedNotebook.id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .join(api.BaseCell, entry.cell_id == api.BaseCell.id)
        .filter(api.Assignment.name == assignment, api.BaseCell.name == cell)
    )
    return dict(query.all())


def _entries(gradebook: Any, assignment: str, cell: str, student: str) -> tuple[Any, Any]:
    from nbgrader.api import MissingEntry

    try:
        grade = gradebook.find_grade(cell, assignment, assignment, student)
    except MissingEntry:
        return None, None
    try:
        return grade, gradebook.find_comment(cell, assignment, assignment, student)
    except MissingEntry:
        return grade, None


@lru_cache(maxsize=MOST_KEPT)
def _cell(path: Path, name: str, *state: int) -> dict[str, Any] | None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            # a notebook that nbgrader wrote has its text in lines
            return {**cell, "source": "".join(cell["source"])}
    return None


def give(desk: Desk, assignment: str, asked: Question, marks: Iterable[Mark]) -> list[str]:
    """Enter points and comments.

    Parameters
    ----------
    desk : Desk
        Whose gradebook.
    assignment : str
        Its name.
    asked : Question
        Which is marked.
    marks : iterable of Mark
        Points from 0 to the question's.

    Returns
    -------
    list of str
        Students whose mark somebody else has changed meanwhile: theirs stays.

    Raises
    ------
    GraderError
        Where points are out of range; then nothing is entered.
    """
    marks = list(marks)
    for mark in marks:
        if not 0 <= mark.points <= asked.points:
            raise GraderError(f"{mark.points:g} points for {mark.student}: 0 to {asked.points:g}")
    others = []
    with desk.course.gradebook() as gradebook:
        for mark in marks:
            grade, comment = _entries(gradebook, assignment, asked.cell, mark.student)
            if grade is None:
                continue
            known = (comment.manual_comment or "") if comment is not None else ""
            if version_of(grade.manual_score, known) != mark.version:
                others.append(mark.student)
                continue
            grade.manual_score, grade.needs_manual_grade = mark.points, False
            if comment is not None:
                comment.manual_comment = mark.comment.strip()[:LONGEST] or None
        gradebook.db.commit()
    return others


def waiting(desk: Desk, assignment: str) -> dict[str, int]:
    """How many answers wait, by the question's cell."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

    counts = {asked.cell: 0 for asked in questions(desk.root, assignment)}
    with desk.course.gradebook() as gradebook:
        query = (
            gradebook.db.query(BaseCell.name, SubmittedAssignment.student_id)
            .join(Grade, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Grade.needs_manual_grade, Assignment.name == assignment)
        )
        for cell, student in query:
            if cell in counts and desk.course.autograded(assignment, student).is_file():
                counts[cell] += 1
    return counts
