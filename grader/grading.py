"""Grades one submission: a pure function of the release notebook, the submitted bytes and the seed.

It touches no database and no file, so that it runs in any thread, process or machine, and gives the
same notebook to the byte each time.
"""

from __future__ import annotations

import hashlib
import html
import json
import logging
from dataclasses import asdict, dataclass, field

import numpy as np

from exercises.checking import Assignment, Case, Check
from grader import assignments
from grader.judge import Verdict, judge
from grader.kernel import CallTimeout, Kernel, KernelGone
from grader.limits import KERAS, NUMPY
from grader.merge import UnreadableSubmission, merge, nbgrader_fields, read_cells
from grader.sandbox import zygote_for
from grader.wire import Answer, WireError

log = logging.getLogger(__name__)

LIMITS = {"numpy": NUMPY, "keras": KERAS}
MOST_SECONDS = 600.0  # for one check, whatever it asks for


@dataclass(frozen=True)
class Submission:
    """What grading one submission depends on: all of it, and nothing else.

    release : text of the release notebook.
    data    : bytes of the submitted notebook, None where there is none that can be read.
    seed    : the course's seed; with assignment and student it fixes the hidden inputs.
    """

    assignment: str
    student: str
    release: str
    data: bytes | None
    seed: str


@dataclass(frozen=True)
class Graded:
    """What grading gave: the notebook to record, and what it cost."""

    student: str
    notebook: str
    verdicts: list[Verdict]
    note: str = ""
    cost: dict[str, float] = field(default_factory=dict)


def fingerprint(submission: Submission) -> str:
    """Changes when anything that the grade depends on was changed from outside."""
    digest = hashlib.sha256(submission.seed.encode())
    digest.update(submission.release.encode())
    digest.update(b"none" if submission.data is None else hashlib.sha256(submission.data).digest())
    return digest.hexdigest()


def grade(submission: Submission, sandbox: str = "bubblewrap") -> Graded:
    """The graded notebook of one submission, whatever the submission does.

    Raises only where the grader itself is at fault (SandboxUnavailable, a bug): then no grade is due.
    """
    assignment = assignments.load(submission.assignment)
    release = json.loads(submission.release)
    try:
        notebook = merge(release, read_cells(submission.data))
        unreadable = ""
    except UnreadableSubmission as error:
        notebook, unreadable = merge(release, []), str(error)
    if unreadable:
        checks = graded_cells(assignment, notebook)
        verdicts = [Verdict(c.function, c.points, 0.0, unreadable) for _, c in checks]
        cost = {}
        _insert_note(notebook, unreadable)
    else:
        verdicts, cost = _run(assignment, notebook, submission, sandbox)
    by_function = {verdict.function: verdict for verdict in verdicts}
    for cell, check in graded_cells(assignment, notebook):
        write_verdict(cell, by_function[check.function])
    notebook["metadata"]["grader"] = {
        "assignment": assignment.name,
        "fingerprint": fingerprint(submission),
        "note": unreadable,
        "seed": submission.seed,
        "student": submission.student,
    }
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    return Graded(submission.student, text, verdicts, unreadable, cost)


def graded_cells(assignment: Assignment, notebook: dict) -> list[tuple[dict, Check]]:
    """The cells of the skeleton that a check grades."""
    pairs = []
    for cell in notebook["cells"]:
        fields = nbgrader_fields(cell)
        if fields.get("grade") and not fields.get("solution") and cell["cell_type"] == "code":
            pairs.append((cell, assignment[fields["grade_id"].removeprefix("check-")]))
    return pairs


def draw(check: Check, submission: Submission) -> list[Case]:
    """The hidden inputs of one check: fixed by seed, assignment, student and function."""
    key = "|".join((submission.seed, submission.assignment, submission.student, check.function))
    digest = hashlib.sha256(key.encode()).digest()
    return check.draw(np.random.default_rng(int.from_bytes(digest[:16], "little")))


@dataclass
class _Asked:
    """The answers to one check, or the reason why there are none."""

    check: Check
    cases: list[Case]
    answers: list[Answer] = field(default_factory=list)
    failure: str = ""


def _run(assignment: Assignment, notebook: dict, submission: Submission, sandbox: str):
    """Run the cells, ask the graded questions; judge when the student's process is dead."""
    checks = {id(cell): check for cell, check in graded_cells(assignment, notebook)}
    asked: list[_Asked] = []
    gone = ""
    kernel = Kernel(
        zygote_for(assignment.profile, sandbox), LIMITS[assignment.profile], _files(assignment)
    )
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code" or "show" in cell["metadata"].get("tags", []):
                continue
            check = checks.get(id(cell))
            if check is not None:
                asked.append(_Asked(check, draw(check, submission), failure=gone))
            if gone:
                continue
            try:
                if check is not None:
                    _ask(kernel, asked[-1])
                elif cell["source"].strip():
                    cell["outputs"] = kernel.run(cell["source"])
            except KernelGone as error:
                gone = str(error)
                if check is not None:
                    asked[-1].failure = gone
                else:
                    cell["outputs"] = [*error.outputs, _stopped(gone)]
    finally:
        report = kernel.close()
    verdicts: dict[str, Verdict] = {}
    for question in asked:
        verdicts[question.check.function] = _verdict(assignment, question, verdicts)
    return list(verdicts.values()), asdict(report)


def _files(assignment: Assignment) -> dict[str, bytes]:
    return {name: text.encode() for name, text in assignment.files.items()}


def _ask(kernel: Kernel, question: _Asked) -> None:
    check = question.check
    sent = [check.inputs(case) for case in question.cases]
    try:
        question.answers = kernel.ask(
            check.expression(sent[0]),
            check.setup,
            sent,
            min(check.seconds, MOST_SECONDS),
            check.max_bytes,
        )
    except CallTimeout:
        question.failure = (
            f"Stopped after {check.seconds:g} seconds: `{check.function}` takes far too long."
            " Does a loop in it never end?"
        )
    except WireError as error:
        question.failure = f"`{check.function}` gave no answer that can be read: {error}."


def _verdict(assignment: Assignment, question: _Asked, earlier: dict[str, Verdict]) -> Verdict:
    check = question.check
    if question.failure:
        return Verdict(check.function, check.points, 0.0, question.failure)
    try:
        return judge(assignment, check, question.cases, question.answers, earlier)
    except Exception:
        # A hostile answer must not stop the batch; a bug of the check must not stay unseen.
        log.exception("judging %s of %s failed", check.function, assignment.name)
        text = f"The answer of `{check.function}` could not be compared."
        return Verdict(check.function, check.points, 0.0, text)


def _stopped(reason: str) -> dict:
    line = f"Stopped: {reason}"
    return {"output_type": "error", "ename": "Stopped", "evalue": reason, "traceback": [line]}


def _insert_note(notebook: dict, note: str) -> None:
    text = f"**This submission could not be read.** {html.escape(note)}"
    cell = {"cell_type": "markdown", "id": "grader-note", "metadata": {}, "source": text}
    notebook["cells"].insert(0, cell)


def write_verdict(cell: dict, verdict: Verdict) -> None:
    """Put the verdict in the place of whatever the cell showed, as nbgrader's own output types.

    nbgrader takes the number of an execute_result as the score; nan and negative numbers would count in
    full there, so they are refused here.
    """
    score = verdict.score
    if not 0 <= score <= float(cell["metadata"]["nbgrader"]["points"]):
        raise ValueError(f"the score of {verdict.function} is {score!r}")
    text = f"{verdict.function}: {score:g} of {verdict.points:g} points"
    if verdict.hint:
        text += f"\n\n{verdict.hint}"
    cell["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": text + "\n"},
        {
            "output_type": "execute_result",
            "data": {"text/plain": repr(score)},
            "metadata": {},
            "execution_count": None,
        },
    ]
    cell["execution_count"] = None
    cell["metadata"]["grader"] = {
        "function": verdict.function,
        "hint": verdict.hint or None,
        "max_score": verdict.points,
        "misconception": verdict.misconception,
        "score": score,
    }
