"""Grades one submission: a pure function of the release notebook, the submitted bytes and the seed.

It touches no database and no file, so it runs in any thread or process and on any machine, and gives
the same notebook to the byte each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from grader import assignments, digest, run_tests
from grader.checks import Assignment, Case, Check, mistake
from grader.costs import Costs, cell_named
from grader.judging.behaviour import behaviour, probes, worth_asking
from grader.judging.evidence import CellError, Context
from grader.judging.judge import is_right, judge
from grader.judging.stand_ins import right_helpers
from grader.judging.untold import untold
from grader.notebooks.graded import merged, sealed
from grader.notebooks.merge import is_shown, nbgrader_fields
from grader.notebooks.own_tests import is_own
from grader.notebooks.verdicts import graded_cells, write_verdict
from grader.sandbox.inside.wire import Answer, Unsupported, WireError
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import CallTimeout, ProcessGone, StudentProcess
from grader.submission import Graded, Named, Submission, Verdict

log = logging.getLogger(__name__)

MOST_SECONDS = 600.0  # for one check, whatever it asks for
AGAIN_SECONDS = 30.0
"""For further questions that help to explain one wrong answer. Their number is limited by count, so
that a hint is the same on a busy machine; this only ends what would not end, and is a multiple of what the
slowest answers take.
"""
CHANGED_SECONDS = 60.0  # the same for all changes of one answer: at most three on an idle machine
PROBE_SECONDS = 20.0
MAX_EXPLAINED = 100_000
"""Characters of a cell in which a mistake is looked for; parsing more would cost this process too much."""
CHANGED = "_changed_source"
"""The name under which the text of a changed function travels, beside the inputs of a case."""
MOST_BYTES = 8 << 20


def grade(submission: Submission, sandbox: str = "bubblewrap") -> Graded:
    """The graded notebook of one submission, whatever the submission does.

    Parameters
    ----------
    submission : Submission
        What is graded.
    sandbox : str, default 'bubblewrap'
        "bubblewrap", or "none" for trusted code.

    Returns
    -------
    Graded
        Notebook, verdicts and cost.

    Raises
    ------
    SandboxUnavailable
        Where no process can be had. Then no grade is due.
    GraderError
        Where this process would grade differently from the one that asks.
    """
    digest.require_the_same(submission)
    if is_own(submission.assignment):
        return run_tests.grade(submission, sandbox)
    assignment = knowing(assignments.load(submission.assignment), submission.named)
    notebook, unreadable = merged(submission)
    cost: dict[str, float] = {}
    if unreadable:
        verdicts = [
            Verdict(c.function, c.points, 0.0, unreadable, unanswered="unreadable")
            for _, c in graded_cells(assignment, notebook)
        ]
    else:
        verdicts, cost = _run(assignment, notebook, submission, sandbox)
    by_function = {verdict.function: verdict for verdict in verdicts}
    for cell, check in graded_cells(assignment, notebook):
        write_verdict(cell, by_function[check.function])
    return sealed(notebook, submission, verdicts, unreadable, cost)


def knowing(assignment: Assignment, named: tuple[Named, ...]) -> Assignment:
    """The assignment with further known mistakes, after those of its checks.

    Parameters
    ----------
    assignment : Assignment
        It stays as it is.
    named : tuple of Named
        What instructors have named; what belongs to no function of the assignment is passed over.

    Returns
    -------
    Assignment
        With the same functions.
    """
    if not named:
        return assignment
    checks = []
    for check in assignment.checks:
        labels = {known.label for known in check.misconceptions}
        more = [
            mistake(known.label, known.hint, source=known.source)
            for known in named
            if known.function == check.function and known.label not in labels
        ]
        checks.append(replace(check, misconceptions=(*check.misconceptions, *more)))
    return replace(assignment, checks=tuple(checks))


def draw(check: Check, submission: Submission) -> list[Case]:
    """The hidden inputs of one check.

    Parameters
    ----------
    check : Check
        Which draws them.
    submission : Submission
        Whose seed, assignment and student fix them, together with the function.

    Returns
    -------
    list of Case
        The cases, the same each time.
    """
    key = "|".join((submission.seed, submission.assignment, submission.student, check.function))
    digest = hashlib.sha256(key.encode()).digest()
    return check.draw(np.random.default_rng(int.from_bytes(digest[:16], "little")))


@dataclass
class _Asked:
    """The answers to one check, or the reason why there are none, with its label if it has one.

    Attributes
    ----------
    cell : dict of str to object
        The cell in which the function should be written, with what it put out.
    left_out : frozenset of str
        Names that are bound in cells that show something, by code that doesn't run.
    helpers : dict of str to callable
        The right functions that stood in for the student's own.
    code : str
        All that the student's process runs, without its line ends.
    """

    check: Check
    cases: list[Case]
    cell: dict[str, Any]
    answers: list[Answer] = field(default_factory=list)
    failure: str = ""
    label: str = ""
    left_out: frozenset[str] = frozenset()
    helpers: dict[str, Callable[..., object]] = field(default_factory=dict)
    code: str = ""


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
    costs = Costs(student, profile.limits.cpu_seconds)
    try:
        codes, left_out = _what_runs(student, notebook["cells"])
        code = _in_one_line("\n".join(codes.values()))
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            check = checks.get(id(cell))
            if check is not None:
                own = written.get(check.function, {})
                cases = draw(check, submission)
                asked.append(_Asked(check, cases, own, failure=gone, left_out=left_out, code=code))
            if gone:
                continue
            try:
                if check is not None:
                    with costs.of(f"the calls of `{check.function}`"):
                        _ask(student, asked[-1])
                elif source := codes[id(cell)].strip():
                    with costs.of(cell_named(source)):
                        outputs = student.run(codes[id(cell)])
                    cell["outputs"] = [] if is_shown(cell) else outputs
            except ProcessGone as error:
                gone = costs.explained(error)
                if check is not None:
                    asked[-1].failure = gone
                else:
                    cell["outputs"] = [*error.outputs, _stopped(gone)]
        verdicts = _judge_all(assignment, asked, submission, student)
    finally:
        report = student.close()
    return list(verdicts.values()), asdict(report)


def _what_runs(
    student: StudentProcess, cells: list[dict[str, Any]]
) -> tuple[dict[int, str], frozenset[str]]:
    """The code of each cell by its id, and the names that are bound by what is left out of it."""
    pictures = [cell for cell in cells if is_shown(cell)]
    others = [c["source"] for c in cells if c["cell_type"] == "code" and not is_shown(c)]
    codes = {id(cell): str(cell["source"]) for cell in cells}
    if not pictures:
        return codes, frozenset()
    try:
        runs, left_out = student.look([cell["source"] for cell in pictures], others)
    except ProcessGone:  # the first cell meets it again
        runs, left_out = [""] * len(pictures), frozenset()
    return codes | dict(zip(map(id, pictures), runs, strict=True)), left_out


def _judge_all(
    assignment: Assignment, asked: list[_Asked], submission: Submission, student: StudentProcess
) -> dict[str, Verdict]:
    """The verdicts in the notebook's order: each function on its own work.

    Where a function is wrong and one that it needs is wrong too, it is asked once more with a right one
    standing in. That comes after all else, so that no cell can print what a stand-in gave; and before any
    mistake is looked for, so that no mark depends on how long that takes.
    """
    verdicts: dict[str, Verdict] = {}
    wrong: list[str] = []
    aided: dict[str, tuple[str, ...]] = {}
    right = {question.check.function: _is_right(assignment, question) for question in asked}
    for question in asked:
        check = question.check
        if right[check.function]:
            continue
        helpers = right_helpers(assignment, check, wrong, lambda other: draw(other, submission))
        wrong.append(check.function)
        if helpers and _ask_again(assignment, student, question, helpers):
            aided[check.function] = tuple(helpers)
    for question in asked:
        check = question.check
        if right[check.function]:  # the reference has run once, and once is enough
            verdicts[check.function] = Verdict(check.function, check.points, 1.0)
            continue
        helped = aided.get(check.function, ())
        verdict = _verdict(assignment, question, {} if helped else verdicts, student, helped)
        verdict = _told_of_a_cut(verdict, question.cell)
        if worth_asking(check, verdict):
            verdict = replace(
                verdict, behaviour=probe(student, assignment.name, check, question.helpers)
            )
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
    assignment: Assignment,
    student: StudentProcess,
    question: _Asked,
    helpers: dict[str, Callable[..., object]],
) -> bool:
    """Ask with right helpers standing in; False where that gives no answers."""
    again = replace(question, answers=[], failure="", label="", helpers=helpers)
    try:
        _ask(student, again)
    except ProcessGone:
        return False
    if again.failure:
        return False
    before = question.answers or [Answer()] * len(again.answers)
    check, source = question.check, "".join(question.cell.get("source", ""))
    documented = str(getattr(assignment.reference, check.function).__doc__)
    question.answers = [
        untold(aided, own, check, case, source, documented)
        for aided, own, case in zip(again.answers, before, question.cases, strict=False)
    ]
    question.failure, question.helpers = "", helpers
    return True


def probe(
    student: StudentProcess,
    assignment: str,
    check: Check,
    helpers: Mapping[str, Callable[..., object]] | None = None,
) -> str:
    """What the function in a process does on inputs that are the same for everybody.

    Parameters
    ----------
    student : StudentProcess
        A process in which the function is defined.
    assignment : str
        Its name.
    check : Check
        Of the function.
    helpers : mapping of str to callable, optional
        Right functions that stand in for the student's own, where it was judged with those: so
        the same mistake does the same, whatever else is wrong in the notebook.

    Returns
    -------
    str
        A digest; empty where the function gives no answers that can be told from others'.
    """
    cases = probes(assignment, check)
    try:
        seconds = min(check.seconds, PROBE_SECONDS)
        answers = answered(student, check, cases, seconds, helpers)
    except (CallTimeout, ProcessGone, WireError):
        return ""
    return behaviour(answers) if len(answers) == len(cases) else ""


def behaviour_of(
    assignment: Assignment, check: Check, source: str, sandbox: str = "bubblewrap"
) -> str:
    """What the function that `source` defines does, beside the reference's other functions.

    It runs in a process of its own, of which nobody sees more than this digest: the one such process
    that may hold the reference.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        Of the function.
    source : str
        That defines it.
    sandbox : str, default 'bubblewrap'
        In which it runs.

    Returns
    -------
    str
        A digest, as `probe` gives it; empty where the code fails.
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


def answered(
    student: StudentProcess,
    check: Check,
    cases: list[Case],
    seconds: float,
    helpers: Mapping[str, Callable[..., object]] | None = None,
) -> list[Answer]:
    """What a student's process answers to one check's cases.

    Raises as `StudentProcess.ask` does.
    """
    sent = [check.inputs(case) for case in cases]
    call = check.expression(sent[0])
    answers = student.ask(call, check.setup, sent, seconds, check.max_bytes, helpers)
    return _examined(student, check, sent, answers, seconds) if check.apart else answers


def _examined(
    student: StudentProcess, check: Check, sent: list[Case], answers: list[Answer], seconds: float
) -> list[Answer]:
    """The answers with what a process that has run nothing of the student's makes of their values."""
    returned = [number for number, answer in enumerate(answers) if not answer.raised]
    cases: list[Case] = [{**sent[number], "given": answers[number].value} for number in returned]
    found: list[Answer] = []
    if cases:
        with contextlib.suppress(CallTimeout, ProcessGone, WireError), student.fresh() as other:
            found = other.ask(check.apart, check.setup, cases, seconds, check.max_bytes)
    examined = list(answers)
    for place, number in enumerate(returned):
        read = place < len(found) and not found[place].raised
        value = found[place].value if read else Unsupported("an answer that cannot be read")
        examined[number] = replace(answers[number], value=value)
    return examined


def _ask(student: StudentProcess, question: _Asked) -> None:
    check = question.check
    try:
        answers = answered(
            student, check, question.cases, min(check.seconds, MOST_SECONDS), question.helpers
        )
        question.answers = [_where_it_can_be(answer, question.code) for answer in answers]
    except CallTimeout:
        question.label = "error:time"
        question.failure = (
            f"Stopped after {check.seconds:g} seconds: `{check.function}` takes far too long."
            " Does a loop in it never end?"
        )
    except WireError as error:
        question.failure = f"`{check.function}` gave no answer that can be read: {error}."


def _where_it_can_be(answer: Answer, code: str) -> Answer:
    """An answer with the line of its error only if the notebook has such a line.

    The student's process says which line it was; it could say the values of the hidden inputs.
    """
    if not answer.line or _in_one_line(answer.line) in code:
        return answer
    return replace(answer, line="", shapes="")


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _context(question: _Asked, student: StudentProcess) -> Context:
    """What else there is to explain a wrong answer."""
    check = question.check

    def ask(cases: list[Case]) -> list[Answer]:
        try:
            return answered(student, check, cases, AGAIN_SECONDS, question.helpers)
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
    source = str(question.cell.get("source", ""))
    explained = source if len(source) <= MAX_EXPLAINED else ""
    return Context(explained, errors, ask, question.left_out, ask_changed)


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


def _told_of_a_cut(verdict: Verdict, cell: dict[str, Any]) -> Verdict:
    """A mistake in a cell whose end was not read most likely comes from that."""
    characters = cell.get("metadata", {}).get("submitted", {}).get("characters")
    if not characters or verdict.share == 1:
        return verdict
    text = (
        f"The cell of `{verdict.function}` has {characters:,} characters, which is too long: its end was"
        " not read. Shorten it."
    )
    further = "" if verdict.unanswered else f" {verdict.hint}"
    return replace(verdict, hint=text + further)


def _stopped(reason: str) -> dict[str, Any]:
    line = f"Stopped: {reason}"
    return {"output_type": "error", "ename": "Stopped", "evalue": reason, "traceback": [line]}
