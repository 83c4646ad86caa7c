"""Grades an attempt for practice: hidden inputs of its own, nothing recorded."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from grader import digest
from grader.gradebook.word_page import word_page
from grader.grading import grade
from grader.service.page import practice_page
from grader.submission import Graded, Submission

log = logging.getLogger(__name__)


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
) -> Practised:
    """Grade a notebook without recording anything.

    The inputs are drawn from a seed that nobody keeps, so that whatever an attempt may find out about
    them is worth nothing in the next one, nor in the graded submission.

    Parameters
    ----------
    assignment : str
        Its name.
    student : str
        Whose attempt it is.
    release : str
        Text of the release notebook.
    data : bytes or None
        Bytes of the attempt, None where there is none that can be read.
    sandbox : str, default 'bubblewrap'
        "bubblewrap", or "none" for trusted code.
    name : str, default ''
        Under which the notebook was found, where that is not the released name.
    others : tuple of str, default ()
        Names of notebooks of which nothing says which counts.

    Returns
    -------
    Practised
        The page for the student.
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
    return Practised(_page(assignment, graded), graded)


def _page(assignment: str, graded: Graded) -> str:
    try:
        return practice_page(assignment, graded)
    except Exception:  # whatever a page raises, the points are there
        log.exception("no page for %s of %s", assignment, graded.student)
        score = sum(verdict.score for verdict in graded.verdicts)
        most = sum(verdict.points for verdict in graded.verdicts)
        text = (
            f"Your attempt was judged: {score:g} of {most:g} points. Only this page could not be drawn."
            " That is not your fault. Tell your instructor."
        )
        return word_page(assignment, "There is no feedback page for this attempt", text)
