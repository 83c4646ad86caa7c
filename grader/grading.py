"""Grades one submission: a pure function of the release notebook, the submitted bytes and the seed.

It touches no database and no file, so that it runs in any thread, process or machine, and gives the
same notebook to the byte each time.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from grader import assignments, digest
from grader.checks import Assignment, Case, Check
from grader.judging.behaviour import behaviour, probes, worth_asking
from grader.judging.evidence import CellError, Context
from grader.judging.judge import is_right, judge
from grader.judging.stand_ins import right_helpers
from grader.notebooks.merge import UnreadableSubmission, merge, nbgrader_fields, read_cells
from grader.notebooks.verdicts import graded_cells, insert_name, insert_note, write_verdict
from grader.sandbox.inside.wire import Answer, WireError
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import CallTimeout, ProcessGone, StudentProcess
from grader.submission import Graded, Submission, Verdict, fingerprint

log = logging.getLogger(__name__)

MOST_SECONDS = 600.0  # for one check, whatever it asks for
AGAIN_SECONDS = 5.0  # for the further questions that help to explain one wrong answer
CHANGED_SECONDS = 20.0  # for all changes of it; on a machine that does nothing else they take one
PROBE_SECONDS = 5.0
CHANGED = "_changed_source"
"""The name under which the text of a changed function travels, beside the inputs of a case."""
MOST_BYTES = 8 << 20


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
    """The answers to one check, or the reason why there are none, with its label if it has one.

    cell    : the cell in which the function should be written, with what it put out.
    helpers : the right functions that stood in for the student's own.
    """

    check: Check
    cases: list[Case]
    cell: dict[str, Any]
    answers: list[Answer] = field(default_factory=list)
    failure: str = ""
    label: str = ""
    helpers: dict[str, Callable[..., object]] = field(default_factory=dict)


def _run(
    assignment: Assignment, notebook: dict[str, Any], submission: Submission, sandbox: str
) -> tuple[list[Verdict], dict[str, float]]:
    """Run the cells, ask the graded questions, then judge.

    A student's process lives on while its answers are judged, to be asked about wrong ones again. None
    of its code but the asked functions runs then, and nothing that it prints is kept.
    """
    checks = {id(cell): check for cell, check in graded_cells(assignment, notebook)}
    written = {nbgrader_fields(cell).get("grade_id"): cell for cell in notebook["cells"]}
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
                own = written.get(check.function, {})
                asked.append(_Asked(check, draw(check, submission), own, failure=gone))
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
        verdicts = _judge_all(assignment, asked, submission, student)
    finally:
        report = student.close()
    return list(verdicts.values()), asdict(report)


def _judge_all(
    assignment: Assignment, asked: list[_Asked], submission: Submission, student: StudentProcess
) -> dict[str, Verdict]:
    """The verdicts in the notebook's order: each function on its own work.

    Where a function is wrong and one that it needs is wrong too, it is asked once more with a right one
    standing in. That comes after all else, so that no cell can print what a stand-in gave.
    """
    verdicts: dict[str, Verdict] = {}
    wrong: list[str] = []
    for question in asked:
        check = question.check
        if _is_right(assignment, question):  # the reference has run once, and once is enough
            verdicts[check.function] = Verdict(check.function, check.points, 1.0)
            continue
        helpers = right_helpers(assignment, check, wrong, lambda other: draw(other, submission))
        wrong.append(check.function)
        aided = tuple(helpers) if helpers and _ask_again(student, question, helpers) else ()
        earlier = {} if aided else verdicts
        verdict = _verdict(assignment, question, earlier, student, aided)
        if worth_asking(check, verdict):
            verdict = replace(verdict, behaviour=probe(student, assignment.name, check))
        verdicts[check.function] = verdict
    return verdicts


def _is_right(assignment: Assignment, question: _Asked) -> bool:
    if question.failure or question.check.judge is not None:
        return False
    try:
        return is_right(assignment, question.check, question.cases, question.answers)
    except Exception:  # `_verdict` meets it again, and says so
        return False


def _ask_again(
    student: StudentProcess, question: _Asked, helpers: dict[str, Callable[..., object]]
) -> bool:
    """Ask with right helpers standing in; False where that gives no answers."""
    again = _Asked(question.check, question.cases, question.cell, helpers=helpers)
    try:
        _ask(student, again)
    except ProcessGone:
        return False
    if again.failure:
        return False
    before = question.answers or [Answer()] * len(again.answers)
    question.answers = [_untold(*pair) for pair in zip(again.answers, before, strict=False)]
    question.failure, question.helpers = "", helpers
    return True


def _untold(aided: Answer, own: Answer) -> Answer:
    """An answer without the text of its error: it could tell what a right helper gave.

    The text stays where the same error came without any help.
    """
    if not aided.raised or (own.raised, own.line, own.message) == (
        aided.raised,
        aided.line,
        aided.message,
    ):
        return aided
    return replace(aided, message="")


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
    with StudentProcess(
        zygote_for(profile, sandbox), profile.limits, _files(assignment)
    ) as student:
        try:
            for code in (inspect.getsource(assignment.reference), source):
                student.run(code)
        except ProcessGone:
            return ""
        return probe(student, assignment.name, check)


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
            question.helpers,
        )
    except CallTimeout:
        question.label = "error:time"
        question.failure = (
            f"Stopped after {check.seconds:g} seconds: `{check.function}` takes far too long."
            " Does a loop in it never end?"
        )
    except WireError as error:
        question.failure = f"`{check.function}` gave no answer that can be read: {error}."


def _context(question: _Asked, student: StudentProcess) -> Context:
    """What else there is to explain a wrong answer by."""
    check = question.check

    def ask(cases: list[Case]) -> list[Answer]:
        sent = [check.inputs(case) for case in cases]
        call, setup = check.expression(sent[0]), check.setup
        try:
            return student.ask(call, setup, sent, AGAIN_SECONDS, check.max_bytes, question.helpers)
        except (CallTimeout, ProcessGone, WireError):
            return []

    def ask_changed(cases: list[Case], sources: list[str]) -> list[Answer]:
        sent = [check.inputs(case) for case in cases]
        call = check.expression_after(CHANGED, cases[0])
        sent = [each | {CHANGED: source} for each, source in zip(sent, sources, strict=True)]
        try:
            return student.ask(
                call, check.setup, sent, CHANGED_SECONDS, MOST_BYTES, question.helpers
            )
        except (CallTimeout, ProcessGone, WireError):
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
    return Context(str(question.cell.get("source", "")), errors, ask, ask_changed)


def _verdict(
    assignment: Assignment,
    question: _Asked,
    earlier: dict[str, Verdict],
    student: StudentProcess,
    aided: tuple[str, ...],
) -> Verdict:
    check = question.check
    if question.failure:
        return Verdict(
            check.function,
            check.points,
            0.0,
            question.failure,
            question.label or None,
            unanswered="stopped",
            kind="error" if question.label else "",
        )
    try:
        context = _context(question, student)
        found = judge(assignment, check, question.cases, question.answers, earlier, context)
        return replace(found, aided=() if found.unanswered else aided)
    except Exception:
        # A hostile answer must not stop the batch; a bug of the check must not stay unseen.
        log.exception("judging %s of %s failed", check.function, assignment.name)
        text = f"The answer of `{check.function}` could not be compared."
        return Verdict(check.function, check.points, 0.0, text)


def _stopped(reason: str) -> dict[str, Any]:
    line = f"Stopped: {reason}"
    return {"output_type": "error", "ename": "Stopped", "evalue": reason, "traceback": [line]}
