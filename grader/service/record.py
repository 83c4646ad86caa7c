"""Records what is handed in, as if the instructor had collected and graded it.

It is the instructor's process, with the course directory, its gradebook and its seed. The grade is the
batch's to the byte: the same submission, the same seed, the same code that records.

That seed is the same for each attempt. So until a student's deadline there is the page of practice, whose
hidden inputs are drawn for it alone: whatever an attempt may find out about them is worth nothing in the
next. The feedback of the grade follows when nothing that is handed in can replace it any more.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader.batch import autograde, executed
from grader.errors import GraderError
from grader.gradebook import named
from grader.gradebook.collecting import (
    BELIEVED,
    HandedIn,
    counting,
    parsed,
    take,
    takes_the_place,
)
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import deadlines, local
from grader.gradebook.feedback import feedback
from grader.gradebook.plain_files import Refused, secret_of
from grader.gradebook.word_page import word_page
from grader.service.kept import Kept
from grader.service.lanes import Attempt, State
from grader.service.modes import Served
from grader.service.practice import practise_on
from grader.submission import Graded

LOOK_AGAIN = 600.0  # seconds at most, for an extension that was given meanwhile
WHEN = "%A, %-d %B %Y, %H:%M %Z"


@dataclass(frozen=True)
class Recording:
    """The mode of a service that records; several at a time are graded, and one writes.

    Attributes
    ----------
    withhold : mapping of str to datetime
        From when on students see anything of an assignment.
    """

    course: CourseDirectory
    withhold: Mapping[str, datetime] = field(default_factory=dict)
    sandbox: str = "bubblewrap"
    waits = True
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _unrecorded: Kept[tuple[str, str], dict[str, Graded]] = field(
        default_factory=lambda: Kept(_characters)
    )

    def release(self, assignment: str) -> Path:
        """Where the released notebook is, if it is released."""
        return self.course.release(assignment)

    def serve(self, attempt: Attempt, state: State) -> Served:
        """Record what counts of this student's, with a page that may be shown now.

        GraderError where it can't be recorded, such as with a gradebook that is locked.
        """
        from sqlalchemy.exc import SQLAlchemyError

        try:
            return self._serve(attempt, state)
        except SQLAlchemyError as error:
            reason = getattr(error, "orig", None) or error
            raise GraderError(f"the gradebook can't be used: {reason}") from error

    def _serve(self, attempt: Attempt, state: State) -> Served:
        assignment, student = attempt.assignment, attempt.student
        with self._writing:
            due = deadlines(self.course, assignment).of(student)
            found = self._collect(attempt, due)
        self._record(assignment, student)
        if found.folder != attempt.folder:
            return self._other_counts(attempt, state, found, due)
        if (seconds := self._withheld(assignment)) > 0:
            return self._kept_back(attempt, seconds)
        in_time = due is not None and found.time <= due
        left = (due - _now() + BELIEVED).total_seconds() if due and in_time else LOOK_AGAIN
        if left < 0:
            with self._writing:
                (page,) = feedback(self.course, assignment, [student])
            return Served(page.read_text(encoding="utf-8"))
        again = min(LOOK_AGAIN, left + 1)
        if state is State.RECORDED:
            return Served(None, state, again)
        return self._practised(attempt, again)

    def _record(self, assignment: str, student: str) -> None:
        """What counts of this student's; where it can't be recorded, only recording is tried again."""
        before = self._unrecorded.get((student, assignment))
        # nobody waits for what a student's notebook takes
        known = executed(self.course, assignment, student, self.sandbox, before)
        self._unrecorded.put((student, assignment), known)
        with self._writing:
            done = autograde(
                self.course, assignment, students=[student], sandbox=self.sandbox, known=known
            )
        if done.failed:
            raise GraderError(f"no grade for {student}: {done.failed[student]}")
        self._unrecorded.drop((student, assignment))

    def _collect(self, attempt: Attempt, due: datetime | None) -> HandedIn:
        """What counts, from the lane into `submitted`, where it may lie already."""
        course, assignment, student = self.course, attempt.assignment, attempt.student
        goal = course.root / "submitted" / student / assignment
        found = counting(attempt.folder.parent, assignment, due)
        known = parsed(course.timestamp(assignment, student)) if goal.is_dir() else None
        if known is not None and not (found and takes_the_place(found.time, known, due)):
            # it may have been removed from the lane since, or touched
            recorded = course.submission_secret(assignment, student)
            if attempt.secret == recorded:
                return HandedIn(attempt.folder, known)
            in_lane = found is not None and secret_of(found.folder) == recorded
            return HandedIn(found.folder if found and in_lane else goal, known)
        if found is None:
            raise Refused("No notebook in it can be read")
        take(found.folder, found.time, goal)
        return found

    def _other_counts(
        self, attempt: Attempt, state: State, found: HandedIn, due: datetime | None
    ) -> Served:
        other = None
        if found.folder.parent == attempt.folder.parent:
            secret = secret_of(found.folder)
            other = Attempt(attempt.student, attempt.assignment, found.folder, secret)
        if state is State.RECORDED:
            return Served(None, state, instead=other)
        counts = f"Your submission of {_local(found.time)} counts."
        if due is not None and found.time <= due:
            text = f"The deadline was {_local(due)}. {counts}"
            page = word_page(attempt.assignment, "Handed in after the deadline", text)
        else:
            page = word_page(attempt.assignment, "A newer attempt took its place", counts)
        return Served(page, instead=other)

    def _withheld(self, assignment: str) -> float:
        """Seconds until students may see anything of it."""
        moment = self.withhold.get(assignment)
        return (moment - datetime.now(UTC)).total_seconds() if moment else 0.0

    def _kept_back(self, attempt: Attempt, seconds: float) -> Served:
        moment = self.withhold[attempt.assignment].astimezone()
        text = f"It is graded. You can fetch feedback from {moment.strftime(WHEN)}."
        page = word_page(attempt.assignment, "Your submission is recorded", text)
        return Served(page, State.WAITING, min(LOOK_AGAIN, seconds + 1))

    def _practised(self, attempt: Attempt, again: float) -> Served:
        release = self.release(attempt.assignment)
        known = named.named(self.course.root, attempt.assignment)
        practised = practise_on(attempt, release, self.sandbox, "recorded", known)
        return Served(practised.page, State.RECORDED, again, practised.graded)


def _characters(known: dict[str, Graded]) -> int:
    return sum(len(graded.notebook) for graded in known.values())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _local(moment: datetime) -> str:
    return local(moment).strftime(WHEN)
