"""Points that a person gave stay with what they were given for.

nbgrader opens every such mark again when a submission is graded again. Here one is opened only where
what it was given for has changed: an answer that is itself marked, or the answers that a check judges,
or the score that the check gives.

What each graded cell was judged by is kept as a digest beside the gradebook, which has no place for it;
nbgrader removes the graded notebook before it grades again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.gradebook.whole_file import write_whole

Basis = dict[str, str]
"""What a graded cell was judged by, as a digest, by the cell's name."""


def basis(notebook: Any) -> Basis:
    """What the graded cells of a graded notebook are judged by.

    Parameters
    ----------
    notebook : NotebookNode
        As it comes out of grading.

    Returns
    -------
    Basis
        For an answer that is marked itself, its text and score; for a check, all code and its score.
    """
    from nbgrader.utils import determine_grade, is_grade, is_solution

    cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    code = [cell for cell in cells if is_solution(cell) and cell.cell_type == "code"]
    answers = [[name_of(cell), cell.source] for cell in code]
    found = {}
    for cell in filter(is_grade, cells):
        judged = cell.source if is_solution(cell) else answers
        text = json.dumps([judged, determine_grade(cell)[0]])
        found[name_of(cell)] = hashlib.sha256(text.encode()).hexdigest()
    return found


def name_of(cell: Any) -> str:
    """The name of a graded cell in the gradebook."""
    name: str = cell.metadata.nbgrader["grade_id"]
    return name


def opens(grade: Any, name: str, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a grade waits for a person after grading; its `auto_score` is the new one already.

    Parameters
    ----------
    grade : nbgrader.api.Grade
        As it stands in the gradebook.
    name : str
        Of the cell.
    before, now : mapping of str to str
        The basis of the last grading, empty where nothing is known of it, and of this one.

    Returns
    -------
    bool
        True also where it waited before.
    """
    if grade.manual_score is None:
        return grade.auto_score is None
    same = name in now and before.get(name) == now[name]
    return not same or bool(grade.needs_manual_grade)


def _path(root: Path, assignment: str, student: str) -> Path:
    return root / "grading" / "judged" / assignment / f"{student}.json"


def last(root: Path, assignment: str, student: str) -> Basis:
    """The basis of a student's last grading in the course directory `root`; empty where there is none."""
    try:
        found = json.loads(_path(root, assignment, student).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def keep(root: Path, assignment: str, student: str, now: Basis) -> None:
    """Keep a basis, in full or not at all; to be called once the gradebook has the grades."""
    write_whole(_path(root, assignment, student), json.dumps(now))
