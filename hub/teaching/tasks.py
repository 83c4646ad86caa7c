"""The long jobs of the page: the same functions as the commands', on the hub's exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader import batch
from grader.authoring import hint
from grader.errors import GraderError
from grader.gradebook import feedback as pages
from hub.release import reason_of
from hub.teaching.desk import Desk
from hub.teaching.job import Step

NOT_COLLECTED = re.compile(r"Not collected: .*")
COLLECTED = re.compile(r"Collected: (\S+)")


def release(desk: Desk, name: str, step: Step) -> list[str]:
    """Build an assignment and let students fetch it; an older release is replaced."""
    desk.commands.release(name)
    return [f"Students can fetch {name} now."]


def withdraw(desk: Desk, name: str, step: Step) -> list[str]:
    """Take an assignment back: nobody can fetch it any more; what was fetched stays with its students."""
    desk.commands.withdraw(name)
    return [f"Nobody can fetch {name} any more. Whoever has it keeps it, and can hand it in."]


def collect(desk: Desk, name: str, step: Step) -> list[str]:
    """Take what was handed in, by the rules of the deadline."""
    result = desk.commands.api.collect(name, update=True)
    _require(result, f"{name} could not be collected")
    log = result.get("log") or ""
    taken = len(COLLECTED.findall(log))
    return [f"{taken or 'No'} new submission{'' if taken == 1 else 's'}.", *_refused(log)]


def grade(desk: Desk, name: str, step: Step) -> list[str]:
    """Grade all that has no grade yet, or one that is out of date."""

    def counted(work: Iterator[batch.Executed], total: int) -> Iterable[batch.Executed]:
        step(0, total)
        for number, result in enumerate(work, start=1):
            yield result
            step(number, total)

    done = batch.autograde(desk.course, name, jobs=batch.AT_A_TIME, progress=counted)
    notes = [f"Graded {len(done.graded)}; {len(done.skipped)} had a grade already."]
    return notes + [f"No grade for {student}: {why}" for student, why in done.failed.items()]


def collect_and_grade(desk: Desk, name: str, step: Step) -> list[str]:
    """Both, one after the other."""
    return [*collect(desk, name, step), *grade(desk, name, step)]


def feedback(desk: Desk, name: str, step: Step) -> list[str]:
    """Write every graded student's page, and put it where the student fetches it."""
    students = [student for student, _ in desk.course.graded(name)]
    if not students:
        raise GraderError(f"Nothing of {name} has been graded yet.")
    failed = []
    for number, student in enumerate(students):
        step(number, len(students))
        try:
            pages.feedback(desk.course, name, [student])
        except GraderError as error:
            failed.append(str(error))
    _require(
        desk.commands.api.release_feedback(name), f"The feedback of {name} could not be handed out"
    )
    count = len(students) - len(failed)
    return [f"{count} student{'' if count == 1 else 's'} can fetch the feedback.", *failed]


def name(
    desk: Desk, assignment: str, function: str, behaviour: str, label: str, sentence: str
) -> list[str]:
    """Name a mistake that nothing explains, as `grader hint` does: judging knows it from then on."""
    found = hint.find(desk.course, assignment, function, behaviour)
    _, code = hint.name_mistake(desk.course, assignment, found, label, sentence)
    count = len(found.students)
    return [
        f"{label!r} is named now; {count} student{'' if count == 1 else 's'} made it. Grade again, and the"
        " report will name it; hand out the feedback, and they will read your sentence.",
        f"This code makes it, and the grader runs it: read it.\n{code}",
    ]


def _refused(log: str) -> list[str]:
    return [match[0] for match in NOT_COLLECTED.finditer(log)]


def _require(result: dict[str, str], trouble: str) -> None:
    """GraderError where nbgrader failed, with what it logged."""
    if not result["success"]:
        raise GraderError(f"{trouble}: {reason_of(result).strip()}")
