"""Grades an assignment of plain nbgrader: its cells have tests of their own in place of checks.

The tests run in the student's process, in the same sandbox as everything else, and score as nbgrader's
autograder has it: an error or anything on stderr gives nothing, a number as the last value is partial
credit, all else gives the points of the cell. So what the tests see, the student's code sees too, hidden
tests included: marks are as safe as they are with nbgrader, and the machine and the gradebook as they are
here. Numbers that are no credit (nan, negative ones), which nbgrader takes for full marks, give nothing.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict
from typing import Any

from grader.costs import Costs, cell_named
from grader.notebooks.graded import merged, sealed
from grader.notebooks.merge import is_shown, nbgrader_fields
from grader.notebooks.own_tests import TESTS, graded_cells, profile
from grader.notebooks.verdicts import write_verdict
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import ProcessGone, StudentProcess
from grader.submission import Graded, Submission, Verdict

MOST_SAID = 1000  # characters of an error that are shown
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def grade(submission: Submission, sandbox: str = "bubblewrap") -> Graded:
    """The graded notebook of one submission, whatever the submission does.

    Parameters
    ----------
    submission : Submission
        What is graded, with a release of `with_tests`.
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
    """
    notebook, unreadable = merged(submission)
    tests = {id(cell): cell["metadata"].pop(TESTS) for cell in graded_cells(notebook)}
    cost: dict[str, float] = {}
    if unreadable:
        verdicts = [_verdict(cell, 0, unreadable, "unreadable") for cell in graded_cells(notebook)]
    else:
        verdicts, cost = _run(notebook, tests, submission, sandbox)
    for cell, verdict in zip(graded_cells(notebook), verdicts, strict=True):
        write_verdict(cell, verdict)
    return sealed(notebook, submission, verdicts, unreadable, cost)


def _run(
    notebook: dict[str, Any], tests: dict[int, str], submission: Submission, sandbox: str
) -> tuple[list[Verdict], dict[str, float]]:
    """Run all cells in their order, the tests with what students don't see of them."""
    kind = profile(submission.release)
    student = StudentProcess(zygote_for(kind, sandbox), kind.limits, {})
    costs = Costs(student, kind.limits.cpu_seconds)
    verdicts, gone = [], ""
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            outputs: list[dict[str, Any]] = []
            code = tests.get(id(cell), cell["source"])
            if code.strip() and not gone and not is_shown(cell):
                try:
                    with costs.of(cell_named(code)):
                        outputs = student.run(code)
                except ProcessGone as error:
                    gone, outputs = costs.explained(error), error.outputs
            if id(cell) not in tests:
                cell["outputs"] = outputs
            elif gone:
                verdicts.append(_verdict(cell, 0, gone, "stopped"))
            else:
                verdicts.append(_verdict(cell, score(outputs, _points(cell)), _said(outputs)))
    finally:
        report = student.close()
    return verdicts, asdict(report)


def score(outputs: list[dict[str, Any]], points: float) -> float:
    """What the outputs of a test give, as nbgrader's autograder reads them.

    Parameters
    ----------
    outputs : list of dicts
        As nbformat has them.
    points : float
        What the cell is worth.

    Returns
    -------
    float
        From 0 to `points`.
    """
    for output in outputs:
        if output["output_type"] == "error" or output.get("name") == "stderr":
            return 0.0
        if output["output_type"] == "execute_result":
            try:
                given = float("".join(output["data"].get("text/plain", "")))
            except ValueError:
                return points
            return min(given, points) if math.isfinite(given) and given >= 0 else 0.0
    return points


def _said(outputs: list[dict[str, Any]]) -> str:
    """The last line of what went wrong: the lines before are of tests that students don't see."""
    for output in outputs:
        if output["output_type"] == "error":
            name, text = str(output.get("ename", "")), str(output.get("evalue", ""))
            return COLOURS.sub("", f"{name}: {text}" if text else name)[:MOST_SAID]
        if output.get("name") == "stderr":
            return "Something was written to stderr."
    return ""


def _verdict(cell: dict[str, Any], score: float, said: str, unanswered: str = "") -> Verdict:
    points = _points(cell)
    share = score / points if points else 1.0
    name = nbgrader_fields(cell)["grade_id"]
    return Verdict(name, points, share, said if share < 1 else "", unanswered=unanswered)


def _points(cell: dict[str, Any]) -> float:
    return float(nbgrader_fields(cell)["points"])
