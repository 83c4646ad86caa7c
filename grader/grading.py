"""Grades one submission: a pure function of the release notebook, the submitted bytes and the seed.

It touches no database and no file, so that it runs in any thread, process or machine, and gives the
same notebook to the byte each time.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from grader import assignments, digest
from grader.checks import Assignment, Case, Check
from grader.judging.evidence import CellError, Context
from grader.judging.judge import judge
from grader.notebooks.merge import UnreadableSubmission, merge, nbgrader_fields, read_cells
from grader.notebooks.verdicts import graded_cells, insert_note, write_verdict
from grader.sandbox.inside.wire import Answer, WireError
from grader.sandbox.kernel import CallTimeout, Kernel, KernelGone
from grader.sandbox.pool import zygote_for
from grader.submission import Graded, Submission, Verdict, fingerprint

log = logging.getLogger(__name__)

MOST_SECONDS = 600.0  # for one check, whatever it asks for
AGAIN_SECONDS = 5.0  # for the further questions that help to explain one wrong answer


def grade(submission: Submission, sandbox: str = "bubblewrap") -> Graded:
    """The graded notebook of one submission, whatever the submission does.

    Raises only where the grader itself is at fault: SandboxUnavailable, GraderError where this process
    would grade otherwise than the one that asks, a bug. Then no grade is due.
    """
    assignment = assignments.load(submission.assignment)
    digest.require_the_same(submission)
    release = json.loads(submission.release)
    try:
        notebook = merge(release, read_cells(submission.data))
        unreadable = ""
    except UnreadableSubmission as error:
        notebook, unreadable = merge(release, []), str(error)
    if unreadable:
        checks = graded_cells(assignment, notebook)
        verdicts = [
            Verdict(c.function, c.points, 0.0, unreadable, unanswered="unreadable")
            for _, c in checks
        ]
        cost = {}
        insert_note(notebook, unreadable)
    else:
        verdicts, cost = _run(assignment, notebook, submission, sandbox)
    by_function = {verdict.function: verdict for verdict in verdicts}
    for cell, check in graded_cells(assignment, notebook):
        write_verdict(cell, by_function[check.function])
    notebook["metadata"]["grader"] = {
        "assignment": assignment.name,
        "fingerprint": fingerprint(submission),
        "made_of": submission.parts(),
        "note": unreadable,
        "student": submission.student,
    }
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    return Graded(submission.student, text, verdicts, unreadable, cost)


def draw(check: Check, submission: Submission) -> list[Case]:
    """The hidden inputs of one check: fixed by seed, assignment, student and function."""
    key = "|".join((submission.seed, submission.assignment, submission.student, check.function))
    digest = hashlib.sha256(key.encode()).digest()
    return check.draw(np.random.default_rng(int.from_bytes(digest[:16], "little")))


@dataclass
class _Asked:
    """The answers to one check, or the reason why there are none, with its label if it has one.

    cell : the cell in which the function should be written, with what it put out.
    """

    check: Check
    cases: list[Case]
    cell: dict[str, Any]
    answers: list[Answer] = field(default_factory=list)
    failure: str = ""
    label: str = ""


def _run(assignment: Assignment, notebook: dict[str, Any], submission: Submission, sandbox: str):
    """Run the cells, ask the graded questions, then judge.

    Nothing that a student's process does after the last question changes a score: it lives on while its
    answers are judged, to be asked about wrong ones again.
    """
    checks = {id(cell): check for cell, check in graded_cells(assignment, notebook)}
    written = {nbgrader_fields(cell).get("grade_id"): cell for cell in notebook["cells"]}
    asked: list[_Asked] = []
    verdicts: dict[str, Verdict] = {}
    gone = ""
    profile = assignments.course().profile(assignment.profile)
    kernel = Kernel(zygote_for(profile, sandbox), profile.limits, _files(assignment))
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code" or "show" in cell["metadata"].get("tags", []):
                continue
            check = checks.get(id(cell))
            if check is not None:
                own = written.get(check.function, {})
                asked.append(_Asked(check, draw(check, submission), own, failure=gone))
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
        for question in asked:
            found = _verdict(assignment, question, verdicts, kernel)
            verdicts[question.check.function] = found
    finally:
        report = kernel.close()
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
        question.label = "error:time"
        question.failure = (
            f"Stopped after {check.seconds:g} seconds: `{check.function}` takes far too long."
            " Does a loop in it never end?"
        )
    except WireError as error:
        question.failure = f"`{check.function}` gave no answer that can be read: {error}."


def _context(question: _Asked, kernel: Kernel) -> Context:
    """What else there is to explain a wrong answer by."""
    check = question.check

    def ask(cases: list[Case]) -> list[Answer]:
        sent = [check.inputs(case) for case in cases]
        try:
            return kernel.ask(
                check.expression(sent[0]), check.setup, sent, AGAIN_SECONDS, check.max_bytes
            )
        except (CallTimeout, KernelGone, WireError):
            return []

    errors = tuple(
        CellError(
            str(output.get("ename", "")),
            str(output.get("evalue", "")),
            "\n".join(map(str, output.get("traceback", []))),
        )
        for output in question.cell.get("outputs", [])
        if output.get("output_type") == "error"
    )
    return Context(str(question.cell.get("source", "")), errors, ask)


def _verdict(
    assignment: Assignment, question: _Asked, earlier: dict[str, Verdict], kernel: Kernel
) -> Verdict:
    check = question.check
    if question.failure:
        return Verdict(
            check.function,
            check.points,
            0.0,
            question.failure,
            question.label or None,
            "stopped",
            "error" if question.label else "",
        )
    try:
        context = _context(question, kernel)
        return judge(assignment, check, question.cases, question.answers, earlier, context)
    except Exception:
        # A hostile answer must not stop the batch; a bug of the check must not stay unseen.
        log.exception("judging %s of %s failed", check.function, assignment.name)
        text = f"The answer of `{check.function}` could not be compared."
        return Verdict(check.function, check.points, 0.0, text)


def _stopped(reason: str) -> dict:
    line = f"Stopped: {reason}"
    return {"output_type": "error", "ename": "Stopped", "evalue": reason, "traceback": [line]}
