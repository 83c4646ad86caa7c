"""One source for each exercise: turns a sheet into nbgrader's source notebook.

In the sheet a solution cell imports a function of the reference (`from solutions.NAME import FUNCTION`,
where `solutions` is the course's package), so that an instructor can open and run it as it is. Here the
function itself takes that place: signature and docstring stay for the student, the body goes between
nbgrader's solution marks. Cells are recognised by their tags:

    check-<name>   the visible examples of a function; the cell that is graded, as `check-<name>`
    setup          read-only, run first when a submission is graded (imports, data)
    show           pictures and numbers for the student's eyes; when grading only its imports and
                   definitions run, where they are asked for

A Markdown cell with `written: {id, points}` in its metadata is a written answer: its text is the
rubric for the person who marks it, and the student finds an empty cell there.

What the checks know, the text of a sheet doesn't say again; it leaves a place for it (`facts`).
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from grader import assignments
from grader.checks import Assignment, source_of
from grader.errors import GraderError
from grader.notebooks.declarations import require_sound
from grader.sandbox.inside.limits import MIB, Limits

IMPORT = re.compile(r"from (?P<package>\w+)\.(?P<module>\w+) import (?P<name>\w+)")
PLACE = re.compile(r"\{\{ (\w+) \}\}")
HEADING = re.compile(r"^## ", re.MULTILINE)
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def build(name: str) -> NotebookNode:
    """The nbgrader source notebook of an assignment.

    Parameters
    ----------
    name : str
        Of the assignment.

    Returns
    -------
    NotebookNode
        A notebook of format 4.

    Raises
    ------
    GraderError
        Where a declaration or a cell is wrong: with the file and the place in it.
    """
    assignment = assignments.load(name)
    path = assignments.sheet(name)
    require_sound(assignment, name)
    try:
        sheet = jupytext.read(path)
    except Exception as error:
        raise GraderError(f"{path}: not a MyST notebook that jupytext reads: {error}") from error
    notebook: NotebookNode = nbformat.v4.new_notebook(
        metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    known = facts(assignment, sheet)
    for number, cell in enumerate(sheet.cells, start=1):
        try:
            built = _cell(cell, assignment, number, known)
        except GraderError as error:
            raise GraderError(f"{path}, cell {number}: {error}") from None
        built["id"] = hashlib.sha256(f"{name}|{number}".encode()).hexdigest()[:8]
        notebook.cells.append(built)
    _open(notebook, name)
    _require_all(notebook, assignment, path)
    return notebook


def _open(notebook: NotebookNode, name: str) -> None:
    """Put the course's first cell on top, if it has one: it makes ready wherever the notebook is run.

    Where a submission is graded all is ready, so that it isn't run there (tag `show`).
    """
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    code = assignments.course().opening(sources)
    if code:
        first = _new_cell("code", code, {"tags": ["first-cell", "show"]})
        first["id"] = hashlib.sha256(f"{name}|first".encode()).hexdigest()[:8]
        notebook.cells.insert(0, first)


# ---------------------------------------------------------------- what a sheet says of itself


def facts(assignment: Assignment, sheet: NotebookNode) -> dict[str, str]:
    """What stands in a sheet's text in the place of `{{ name }}`.

    - `minutes`: how long the sheet takes, in figures.
    - `functions`: how many functions have points, in words: "six functions".
    - `points_table`: a row for each step, that is, each section with something to do.
    - `limits`: what the notebook may use up when it is graded.
    - `chapter`: the title of the chapter's page; only where the sheet asks for it.

    Parameters
    ----------
    assignment : Assignment
        Whose checks say it.
    sheet : NotebookNode
        Whose sections are the steps.

    Returns
    -------
    dict of str to str
        The texts by these names.
    """
    source = assignment.reference
    count = sum(callable(getattr(source, check.function, None)) for check in assignment.checks)
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    found = {
        "minutes": f"{assignment.minutes:g}",
        "functions": f"{number} function{'' if count == 1 else 's'}",
        "points_table": _points_table(assignment, sheet),
        "limits": _limits(assignments.course().profile(assignment.profile).limits),
    }
    if any("chapter" in PLACE.findall(c.source) for c in sheet.cells if c.cell_type == "markdown"):
        found["chapter"] = assignments.course().title(assignment.name)
    return found


def _limits(limits: Limits) -> str:
    return (
        f"When your notebook is graded, all its cells run once, from the first to the last. They may use"
        f" {_duration(limits.cpu_seconds)} of processor time in all, {_duration(limits.cell_seconds)}"
        f" for one cell, and {limits.memory / 1024 / MIB:g} GB of memory. Of the cells that only show"
        " something, nothing runs but the imports, functions and plain values that your answers need."
    )


def _duration(seconds: float) -> str:
    """Such as "20 seconds" or "4 minutes"."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:g} minutes" if minutes > 1 and not rest else f"{seconds:g} seconds"


@dataclass
class _Step:
    """A section of a sheet: what there is to write in it, and what it is worth."""

    functions: list[str] = field(default_factory=list)
    points: float = 0
    written: bool = False


def _points_table(assignment: Assignment, sheet: NotebookNode) -> str:
    lines = ["| step | what | points |", "|---|---|---|"]
    for number, step in enumerate(_steps(assignment, sheet), start=1):
        what = " and ".join(f"`{name}`" for name in step.functions)
        if step.written:
            what = f"{what} and a question in words" if what else "a question in words"
        lines.append(f"| {number} | {what} | {step.points:g} |")
    return "\n".join(lines)


def _steps(assignment: Assignment, sheet: NotebookNode) -> Iterator[_Step]:
    points = {check.function: check.points for check in assignment.checks}
    step = _Step()
    for cell in sheet.cells:
        if cell.cell_type == "markdown":
            if HEADING.search(cell.source) and (step.functions or step.written):
                yield step
                step = _Step()
            if written := cell.metadata.get("written"):
                step.points += written["points"]
                step.written = True
        elif solution := _solution(cell.source):
            step.functions.append(solution["name"])
            step.points += points.get(solution["name"], 0)
    if step.functions or step.written:
        yield step


def _filled_in(text: str, known: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise GraderError(f"nothing is known as {match[0]}; there are: {', '.join(known)}")
        return known[match[1]]

    return PLACE.sub(value, text)


# ---------------------------------------------------------------- the cells


def _solution(source: str) -> re.Match[str] | None:
    """The import of a reference function that stands alone in a cell."""
    match = IMPORT.fullmatch(source.strip())
    return match if match and match["package"] == assignments.course().solutions else None


def _cell(
    cell: NotebookNode, assignment: Assignment, number: int, known: Mapping[str, str]
) -> NotebookNode:
    tags = cell.metadata.get("tags", [])
    if cell.cell_type == "markdown":
        return _markdown(cell, known)
    course = assignments.course()
    if match := _solution(cell.source):
        if match["module"] != assignment.name:
            raise GraderError(
                f"imports from {course.solutions}.{match['module']}, not {assignment.name}"
            )
        name = match["name"]
        source = solution_cell(source_of(assignment.reference, name), name)
        return _code(source, name, solution=True)
    for package in (course.solutions, "grader"):
        if package in cell.source:
            raise GraderError(f"would carry `{package}` into the student's notebook")
    checks = [tag.removeprefix("check-") for tag in tags if tag.startswith("check-")]
    if checks:
        try:
            points = assignment[checks[0]].points
        except KeyError:
            raise GraderError(f"checks.py has no check of {checks[0]!r}") from None
        return _code(cell.source, f"check-{checks[0]}", grade=True, locked=True, points=points)
    if "setup" in tags:
        return _code(cell.source, f"setup-{number}", locked=True)
    metadata = {"tags": ["show"]} if "show" in tags else {}
    return _new_cell("code", cell.source, metadata)


def _markdown(cell: NotebookNode, known: Mapping[str, str]) -> NotebookNode:
    source = _filled_in(cell.source, known)
    written = cell.metadata.get("written")
    if not written:
        return _new_cell("markdown", source)
    metadata = _nbgrader(
        "markdown", written["id"], grade=True, solution=True, points=written["points"]
    )
    return _new_cell("markdown", source, metadata)


def _code(source: str, grade_id: str, **roles: Any) -> NotebookNode:
    return _new_cell("code", source, _nbgrader("code", grade_id, **roles))


def _new_cell(kind: str, source: str, metadata: Mapping[str, Any] | None = None) -> NotebookNode:
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    make: Callable[..., NotebookNode] = new[kind]
    return make(source, metadata=dict(metadata or {}))


def _nbgrader(
    cell_type: str,
    grade_id: str,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: float = 0,
) -> dict[str, dict[str, Any]]:
    fields: dict[str, Any] = {
        "cell_type": cell_type,
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if grade:
        fields["points"] = points
    return {"nbgrader": fields}


def solution_cell(source: str, name: str) -> str:
    """The text of a function, or of an assignment, with its answer between nbgrader's marks."""
    lines = source.rstrip().splitlines()
    node = ast.parse(source).body[0]
    if isinstance(node, ast.FunctionDef):
        if ast.get_docstring(node) is None:
            raise GraderError(f"the solution of {name} has no docstring for the student to read")
        if len(node.body) < 2:
            raise GraderError(f"the solution of {name} has no body below its docstring")
        head, indent = node.body[0].end_lineno, "    "
    else:
        head, indent = node.lineno - 1, ""
    return "\n".join([*lines[:head], indent + BEGIN, *lines[head:], indent + END])


def _require_all(notebook: NotebookNode, assignment: Assignment, path: Path) -> None:
    """Every check has its solution cell and, after it, its test cell; no name stands twice."""
    ids = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
    for grade_id in ids:
        if ids.count(grade_id) > 1:
            raise GraderError(f"{path}: there are {ids.count(grade_id)} cells for {grade_id!r}")
    for check in assignment.checks:
        for wanted in (check.function, f"check-{check.function}"):
            if wanted not in ids:
                raise GraderError(f"{path}: no cell for {wanted!r}, which checks.py grades")
        if ids.index(check.function) > ids.index(f"check-{check.function}"):
            raise GraderError(f"{path}: the check of {check.function!r} stands before its solution")


def write(name: str, source_directory: Path) -> Path:
    """Build an assignment into `source_directory/<name>/<name>.ipynb` and return that path."""
    notebook = build(name)
    target = source_directory / name / f"{name}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)
    return target
