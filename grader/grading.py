"""Grades one submission: a pure function of the release notebook, the submitted bytes and the seed.

It touches no database and no file, so that it runs in any thread, process or machine, and gives the
same notebook to the byte each time.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from grader import assignments, digest
from grader.checks import Assignment, Case, Check
from grader.judging.behaviour import behaviour, probes, worth_asking
from grader.judging.judge import judge
from grader.notebooks.merge import UnreadableSubmission, merge, read_cells
from grader.notebooks.verdicts import graded_cells, insert_name, insert_note, write_verdict
from grader.sandbox.inside.wire import Answer, WireError
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import CallTimeout, ProcessGone, StudentProcess
from grader.submission import Graded, Submission, Verdict, fingerprint

log = logging.getLogger(__name__)

MOST_SECONDS = 600.0  # for one check, whatever it asks for
PROBE_SECONDS = 5.0


def grade(submission: Submission, sandbox: str = "bubblewrap") -> Graded:
    """The graded notebook of one submission, whatever the submission does.

    Raises only where the grader itself is at fault: SandboxUnavailable, GraderError where this process
    would grade otherwise than the one that asks, a bug. Then no grade is due.
    """
    assignment = assignments.load(submission.assignment)
    digest.require_the_same(submission)
    release = json.loads(submission.release)
    try:
        notebook = merge(release, read_cells(submission.data, submission.others))
        unreadable = ""
    except UnreadableSubmission as error:
        notebook, unreadable = merge(release, []), str(error)
    if unreadable:
        checks = graded_cells(assignment, notebook)
        verdicts = [
            Verdict(c.function, c.points, 0.0, unreadable, unanswered="unreadable")
            for _, c in checks
        ]
        cost: dict[str, float] = {}
        insert_note(notebook, unreadable)
    else:
        verdicts, cost = _run(assignment, notebook, submission, sandbox)
        if submission.name:
            insert_name(notebook, submission.name, f"{assignment.name}.ipynb")
            log.info("%s: graded from %r", submission.student, submission.name)
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
    """The answers to one check, or the reason why there are none."""

    check: Check
    cases: list[Case]
    answers: list[Answer] = field(default_factory=list)
    failure: str = ""


def _run(
    assignment: Assignment, notebook: dict[str, Any], submission: Submission, sandbox: str
) -> tuple[list[Verdict], dict[str, float]]:
    """Run the cells, ask the graded questions and judge; what nothing explains is asked for probes.

    Probes come after all graded questions: whatever they do to the student's process costs no points.
    """
    checks = {id(cell): check for cell, check in graded_cells(assignment, notebook)}
    asked: list[_Asked] = []
    gone = ""
    profile = assignments.course().profile(assignment.profile)
    student = StudentProcess(zygote_for(profile, sandbox), profile.limits, _files(assignment))
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
                    _ask(student, asked[-1])
                elif cell["source"].strip():
                    cell["outputs"] = student.run(cell["source"])
            except ProcessGone as error:
                gone = str(error)
                if check is not None:
                    asked[-1].failure = gone
                else:
                    cell["outputs"] = [*error.outputs, _stopped(gone)]
        verdicts: dict[str, Verdict] = {}
        for question in asked:
            verdict = _verdict(assignment, question, verdicts)
            if worth_asking(question.check, verdict):
                seen = probe(student, assignment.name, question.check)
                verdict = replace(verdict, behaviour=seen)
            verdicts[question.check.function] = verdict
    finally:
        report = student.close()
    return list(verdicts.values()), asdict(report)


def probe(student: StudentProcess, assignment: str, check: Check) -> str:
    """What the function in this process does on inputs that are the same for everybody.

    Empty where it gives no answers that can be told from others'.
    """
    sent = [check.inputs(case) for case in probes(assignment, check)]
    seconds = min(check.seconds, PROBE_SECONDS)
    try:
        answers = student.ask(
            check.expression(sent[0]), check.setup, sent, seconds, check.max_bytes
        )
    except (CallTimeout, ProcessGone, WireError):
        return ""
    return behaviour(answers) if len(answers) == len(sent) else ""


def behaviour_of(
    assignment: Assignment, check: Check, source: str, sandbox: str = "bubblewrap"
) -> str:
    """What the function that `source` defines does, beside the reference's other functions.

    It runs in a process of its own, of which nobody sees more than this digest: the one such process
    that may hold the reference.
    """
    profile = assignments.course().profile(assignment.profile)
    with Kernel(zygote_for(profile, sandbox), profile.limits, _files(assignment)) as kernel:
        try:
            for code in (inspect.getsource(assignment.reference), source):
                kernel.run(code)
        except KernelGone:
            return ""
        return probe(kernel, assignment.name, check)


def _files(assignment: Assignment) -> dict[str, bytes]:
    return {name: text.encode() for name, text in assignment.files.items()}


def _ask(student: StudentProcess, question: _Asked) -> None:
    check = question.check
    sent = [check.inputs(case) for case in question.cases]
    try:
        question.answers = student.ask(
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
        return Verdict(check.function, check.points, 0.0, question.failure, unanswered="stopped")
    try:
        return judge(assignment, check, question.cases, question.answers, earlier)
    except Exception:
        # A hostile answer must not stop the batch; a bug of the check must not stay unseen.
        log.exception("judging %s of %s failed", check.function, assignment.name)
        text = f"The answer of `{check.function}` could not be compared."
        return Verdict(check.function, check.points, 0.0, text)


def _stopped(reason: str) -> dict[str, Any]:
    line = f"Stopped: {reason}"
    return {"output_type": "error", "ename": "Stopped", "evalue": reason, "traceback": [line]}
