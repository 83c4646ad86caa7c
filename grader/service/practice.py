"""Grades an attempt for practice: hidden inputs of its own, nothing recorded."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from grader import digest
from grader.grading import grade
from grader.service.lanes import Attempt, State, read
from grader.service.modes import Served
from grader.service.page import practice_page
from grader.submission import Graded, Submission


@dataclass(frozen=True)
class Practised:
    """What an attempt gave: the page for the student, and the graded notebook behind it."""

    page: str
    graded: Graded


def practise(
    assignment: str,
    student: str,
    release: str,
    data: bytes | None,
    sandbox: str = "bubblewrap",
    name: str = "",
    others: tuple[str, ...] = (),
    about: str = "practice",
) -> Practised:
    """Grade a notebook without recording anything.

    The inputs are drawn from a seed that nobody keeps, so that whatever an attempt may find out about
    them is worth nothing in the next one, nor in the graded submission. `about` chooses the page's word
    on what it is.
    """
    submission = Submission(
        assignment=assignment,
        student=student,
        release=release,
        data=data,
        seed=secrets.token_hex(16),
        made_of=digest.made_of(assignment),
        name=name,
        others=others,
    )
    graded = grade(submission, sandbox)
    return Practised(practice_page(assignment, graded, about), graded)


@dataclass(frozen=True)
class Practice:
    """The mode of a service that records nothing.

    folder : of the released assignments, as nbgrader lays it out.
    """

    folder: Path
    sandbox: str = "bubblewrap"
    waits = False

    def release(self, assignment: str) -> Path:
        """Where the released notebook is, if it is released."""
        return self.folder / assignment / f"{assignment}.ipynb"

    def serve(self, attempt: Attempt, state: State) -> Served:
        """Grade it, with a page for the student."""
        found = read(attempt)
        practised = practise(
            attempt.assignment,
            attempt.student,
            self.release(attempt.assignment).read_text(encoding="utf-8"),
            found.data,
            self.sandbox,
            found.name,
            found.others,
        )
        return Served(practised.page, graded=practised.graded)
