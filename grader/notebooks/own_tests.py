"""An assignment of plain nbgrader: its cells have tests of their own in place of checks."""

from __future__ import annotations

import ast
import json
from typing import Any

from grader import assignments
from grader.errors import GraderError
from grader.notebooks.merge import nbgrader_fields
from grader.sandbox.profile import Profile

TESTS = "tests"
"""Of a release cell's metadata: the source with the tests that students don't see."""


def is_own(assignment: str) -> bool:
    """Whether an assignment has no checks of the course, so that it can only have tests of its own."""
    return assignment not in assignments.names()


def with_tests(release: str, source: str) -> str:
    """The release notebook with what runs in its tests, which students don't see.

    Parameters
    ----------
    release, source : str
        Both notebooks, as nbgrader's `generate_assignment` reads and writes them.

    Returns
    -------
    str
        JSON, in which each graded cell that isn't answered in has `tests` in its metadata.
    """
    notebook = json.loads(release)
    sources = {
        nbgrader_fields(cell).get("grade_id"): "".join(cell["source"])
        for cell in json.loads(source)["cells"]
    }
    for cell in graded_cells(notebook):
        grade_id = nbgrader_fields(cell)["grade_id"]
        cell["metadata"][TESTS] = sources.get(grade_id, "".join(cell["source"]))
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True)


def functions(release: str) -> list[str]:
    """The names of the graded cells of a release notebook, in its order."""
    return [nbgrader_fields(cell)["grade_id"] for cell in graded_cells(json.loads(release))]


def profile(release: str) -> Profile:
    """The kind of submission: the first profile that has loaded most of what the notebook imports.

    Parameters
    ----------
    release : str
        The release notebook.

    Returns
    -------
    Profile
        One of the course's.
    """
    wanted = _imported(json.loads(release))
    profiles = assignments.course().profiles.values()
    return max(profiles, key=lambda each: len(wanted & {m.split(".")[0] for m in each.preload}))


def require_one_notebook(assignment: str, names: list[str]) -> None:
    """Say at once what an assignment of one's own needs to be graded.

    Parameters
    ----------
    assignment : str
        Its name.
    names : list of str
        File names of the notebooks in its source folder.

    Raises
    ------
    GraderError
        Where there isn't one notebook, of the assignment's name.
    """
    if names != [f"{assignment}.ipynb"]:
        raise GraderError(
            f"an assignment is one notebook, and has its name: source/{assignment}/{assignment}.ipynb."
            f" There is: {', '.join(names) or 'none'}"
        )


def graded_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells whose tests give points."""
    return [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and nbgrader_fields(cell).get("grade")
        and not nbgrader_fields(cell).get("solution")
    ]


def _imported(notebook: dict[str, Any]) -> set[str]:
    """The top-level modules that the notebook's cells import."""
    found: set[str] = set()
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            tree = ast.parse("".join(cell["source"]))
        except SyntaxError:  # a magic
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found
