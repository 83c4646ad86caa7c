"""What students open needs `course` and the pinned packages, and nothing else of this project.

Looked at, not run: every import of every cell, and every name. In the released version the answers
are missing; in the solved one the reference functions stand as if a student had written them, so
that an import which the setup cell lacks shows.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from grader import assignments
from grader.notebooks import build

REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"
ANSWER = re.compile(rf"{build.BEGIN}\n.*?{build.END}", re.DOTALL)

built = cache(build.build)  # for those that only read it

every_assignment = pytest.mark.parametrize("name", assignments.names())
every_notebook = pytest.mark.parametrize(
    ("name", "solved"),
    [(name, solved) for name in assignments.names() for solved in (False, True)],
    ids=lambda value: {True: "solved", False: "released"}.get(value, value),
)


def code_cells(name: str, solved: bool) -> list[str]:
    """The text of the code cells, with the reference's answers or with none."""
    cells = [cell.source for cell in built(name).cells if cell.cell_type == "code"]
    return cells if solved else [ANSWER.sub("raise NotImplementedError()", c) for c in cells]


def imported(source: str) -> set[str]:
    """The top-level names of the modules that a cell imports."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]
    names += [n.module for n in nodes if isinstance(n, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


@pytest.fixture(scope="module")
def pinned() -> set[str]:
    """The modules of the distributions that requirements.txt pins."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    names = {_normal(m[0]) for line in lines if (m := re.match(r"[\w.-]+(?===)", line))}
    assert {"numpy", "keras", "matplotlib"} <= names
    return {
        module
        for module, distributions in packages_distributions().items()
        if names & {_normal(distribution) for distribution in distributions}
    }


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@every_notebook
def test_only_the_course_and_pinned_packages_are_imported(name, solved, pinned):
    found = set().union(*map(imported, code_cells(name, solved)))
    assert "numpy" in found
    foreign = found - set(sys.stdlib_module_names) - pinned - {"course"}
    assert not foreign, f"a student cannot import {sorted(foreign)}"


@every_assignment
def test_every_name_is_defined_by_an_earlier_cell(name, tmp_path):
    """Ruff reads a notebook as one module, as a kernel does when its cells run in order."""
    path = tmp_path / f"{name}.ipynb"
    path.write_text(json.dumps(built(name)), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    command += ["--select", "F821,F822,F823", "--output-format", "concise", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@every_assignment
def test_an_answer_in_the_notebook_is_gone_from_what_is_released(name):
    released = "\n".join(code_cells(name, solved=False))
    assert build.BEGIN not in released
    functions = [check.function for check in assignments.load(name).checks]
    assert released.count("raise NotImplementedError()") >= len(functions)


@every_assignment
def test_solution_cells_hold_signature_docstring_and_marked_body(name):
    cells = {c.metadata.nbgrader.grade_id: c for c in built(name).cells if "nbgrader" in c.metadata}
    for check in assignments.load(name).checks:
        source = cells[check.function].source
        before, _, rest = source.partition(build.BEGIN)
        assert rest.count(build.END) == 1
        assert "solutions" not in source
        if source.startswith("def "):
            head = ast.parse(before.rstrip() + "\n    pass").body[0]
            assert head.name == check.function
            assert ast.get_docstring(head), "the student reads the docstring as the specification"


@every_assignment
def test_points_come_from_the_checks(name):
    assignment = assignments.load(name)
    points = {
        c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points
        for c in built(name).cells
        if "nbgrader" in c.metadata and c.metadata.nbgrader.grade
    }
    for check in assignment.checks:
        assert points.pop(f"check-{check.function}") == check.points
    assert len(points) >= 1, "each assignment has a question that is answered in words"


@every_assignment
def test_two_builds_are_the_same_to_the_byte(name):
    assert build.build(name) == build.build(name)


@every_assignment
def test_no_other_solution_travels_with_an_assignment(name):
    """Nothing of `solutions` but the assignment's own functions, between nbgrader's marks."""
    for c in built(name).cells:
        if not c.metadata.get("nbgrader", {}).get("solution"):
            assert "solutions" not in c.source or c.cell_type == "markdown"


# What the checks, the table of contents or the page know, and a sheet therefore doesn't say again.
TYPED = re.compile(
    r"\b\d+ minutes\b.*continues|\babout (\d+|two|three) (minutes|hours)\b\.? It continues"
    r"|There (is|are) \w+ functions?\b|^\| \d+ \| .*\| \d+ \|$",
    re.IGNORECASE | re.MULTILINE,
)


@every_assignment
def test_a_sheet_says_nothing_that_is_known_elsewhere(name):
    text = assignments.sheet(name).read_text(encoding="utf-8")
    assert not TYPED.search(text), TYPED.search(text)[0]
    places = {"minutes", "functions", "points_table", "limits", "chapter"}
    assert set(build.PLACE.findall(text)) == places
    sheet = next(c.source for c in built(name).cells if c.cell_type == "markdown")
    assert TYPED.search(sheet), "the pattern sees what the checks fill in"
    assert assignments.course().title(name) in sheet
