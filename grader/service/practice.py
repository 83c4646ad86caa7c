"""Grades an attempt for practice: hidden inputs of its own, nothing recorded."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from grader import digest
from grader.errors import GraderError
from grader.gradebook import named
from grader.gradebook.word_page import word_page
from grader.grading import grade
from grader.service.lanes import Attempt, State, read
from grader.service.modes import Served
from grader.service.page import practice_page
from grader.submission import Graded, Named, Submission

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
    about: str = "practice",
    known: tuple[Named, ...] = (),
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
    about : str, optional
        Chooses the page's word on what it is.
    known : tuple of Named, optional
        Mistakes that instructors have named.

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
        named=known,
    )
    graded = grade(submission, sandbox)
    return Practised(_page(assignment, graded, about), graded)


def practise_on(
    attempt: Attempt,
    release: Path,
    sandbox: str,
    about: str = "practice",
    known: tuple[Named, ...] = (),
) -> Practised:
    """Practise on what lies in a lane.

    Parameters
    ----------
    attempt : Attempt
        Which it is.
    release : Path
        The released notebook.
    sandbox : str
        "bubblewrap", or "none" for trusted code.
    about : str, default "practice"
        Chooses the page's word on what it is.
    known : tuple of Named, optional
        Mistakes that instructors have named.

    Returns
    -------
    Practised
        The page for the student.
    """
    found = read(attempt)
    text = release.read_text(encoding="utf-8")
    given = (attempt.assignment, attempt.student, text, found.data, sandbox)
    return practise(*given, found.name, found.others, about, known)


def _page(assignment: str, graded: Graded, about: str) -> str:
    try:
        return practice_page(assignment, graded, about)
    except Exception:  # whatever a page raises, the points are there
        log.exception("no page for %s of %s", assignment, graded.student)
        score = sum(verdict.score for verdict in graded.verdicts)
        most = sum(verdict.points for verdict in graded.verdicts)
        text = (
            f"Your attempt was judged: {score:g} of {most:g} points. Only this page could not be drawn."
            " That is not your fault. Tell your instructor."
        )
        return word_page(assignment, "There is no feedback page for this attempt", text)


@dataclass(frozen=True)
class Practice:
    """The mode of a service that records nothing.

    Attributes
    ----------
    folder : Path
        Of the released assignments, as nbgrader lays it out.
    mistakes : Path or None
        The folder of the mistakes that instructors name.
    """

    folder: Path
    sandbox: str = "bubblewrap"
    mistakes: Path | None = None
    waits = False
    _said: set[str] = field(default_factory=set)

    def release(self, assignment: str) -> Path:
        """Where the released notebook is, if it is released."""
        return self.folder / assignment / f"{assignment}.ipynb"

    def serve(self, attempt: Attempt, state: State) -> Served:
        """Grade it, with a page for the student."""
        release, known = self.release(attempt.assignment), self._named(attempt.assignment)
        practised = practise_on(attempt, release, self.sandbox, known=known)
        return Served(practised.page, graded=practised.graded)

    def _named(self, assignment: str) -> tuple[Named, ...]:
        """None where they can't be read, which is said once: everybody practises without them."""
        if self.mistakes is None:
            return ()
        try:
            found = named.named_in(self.mistakes, assignment)
        except GraderError as error:
            if str(error) not in self._said:
                log.error("practice goes on without the mistakes that were named: %s", error)
                self._said.add(str(error))
            return ()
        self._said.clear()
        return found
