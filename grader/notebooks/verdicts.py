"""Writes verdicts into the graded notebook, as nbgrader's own output types."""

from __future__ import annotations

import html
from typing import Any

from grader.checks import Assignment, Check
from grader.notebooks.merge import nbgrader_fields
from grader.sandbox.inside.wire import clean
from grader.submission import Verdict

Cell = dict[str, Any]


def graded_cells(
    assignment: Assignment, notebook: dict[str, Any]
) -> list[tuple[dict[str, Any], Check]]:
    """The cells of the skeleton that a check grades.

    Parameters
    ----------
    assignment : Assignment
        With its checks.
    notebook : dict of str to object
        Released, or merged into the release.

    Returns
    -------
    list of (cell, Check)
        Each cell with its check, in the order of the notebook.
    """
    pairs = []
    for cell in notebook["cells"]:
        fields = nbgrader_fields(cell)
        if fields.get("grade") and not fields.get("solution") and cell["cell_type"] == "code":
            pairs.append((cell, assignment[fields["grade_id"].removeprefix("check-")]))
    return pairs


def insert_note(notebook: dict[str, Any], note: str) -> None:
    """Say on top why nothing could be graded."""
    _insert(notebook, f"**This submission could not be read.** {html.escape(note)}")


def insert_name(notebook: dict[str, Any], name: str, released: str) -> None:
    """Say on top that the notebook was found under another name than it was released with.

    Parameters
    ----------
    notebook : dict of str to object
        Changed in place.
    name : str
        Under which it was found; anything that a student may choose.
    released : str
        The name that it should have.
    """
    shown = html.escape(clean(name)[:200]).replace("`", "'")
    _insert(
        notebook,
        f"**Graded from `{shown}`**, the only notebook in your submission. Its name should be"
        f" `{released}`: with two notebooks, the one of that name counts.",
    )


def _insert(notebook: dict[str, Any], text: str) -> None:
    cell = {"cell_type": "markdown", "id": "grader-note", "metadata": {}, "source": text}
    notebook["cells"].insert(0, cell)


def write_verdict(cell: Cell, verdict: Verdict) -> None:
    """Put the verdict in the place of whatever the cell showed, as nbgrader's own output types.

    nbgrader takes the number of an execute_result as the score; nan and negative numbers would count in
    full there, so they are refused here.

    Parameters
    ----------
    cell : Cell
        The check's cell, changed in place.
    verdict : Verdict
        On its function.

    Raises
    ------
    ValueError
        Where the score is not between 0 and the points of the cell.
    """
    score = verdict.score
    if not 0 <= score <= float(cell["metadata"]["nbgrader"]["points"]):
        raise ValueError(f"the score of {verdict.function} is {score!r}")
    text = f"{verdict.function}: {score:g} of {verdict.points:g} points"
    if verdict.aided:
        text += f"\n\nJudged with a right {' and '.join(verdict.aided)}."
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
        "aided": list(verdict.aided),
        "behaviour": verdict.behaviour or None,
        "follows": verdict.follows or None,
        "function": verdict.function,
        "hint": verdict.hint or None,
        "kind": verdict.kind or None,
        "max_score": verdict.points,
        "misconception": verdict.misconception,
        "score": score,
        "status": verdict.status,
    }
