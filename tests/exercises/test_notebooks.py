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
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from grader import assignments
from grader.notebooks import build

REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"
ANSWER = re.compile(rf"{build.BEGIN}\n.*?{build.END}", re.DOTALL)

every_notebook = pytest.mark.parametrize(
    ("name", "solved"),
    [(name, solved) for name in assignments.names() for solved in (False, True)],
    ids=lambda value: {True: "solved", False: "released"}.get(value, value),
)


def code_cells(name: str, solved: bool) -> list[str]:
    """The text of the code cells, with the reference's answers or with none."""
    cells = [cell.source for cell in build.build(name).cells if cell.cell_type == "code"]
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


@pytest.mark.parametrize("name", assignments.names())
def test_every_name_is_defined_by_an_earlier_cell(name, tmp_path):
    """Ruff reads a notebook as one module, as a kernel does when its cells run in order."""
    path = tmp_path / f"{name}.ipynb"
    path.write_text(json.dumps(build.build(name)), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    command += ["--select", "F821,F822,F823", "--output-format", "concise", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", assignments.names())
def test_an_answer_in_the_notebook_is_gone_from_what_is_released(name):
    released = "\n".join(code_cells(name, solved=False))
    assert build.BEGIN not in released
    functions = [check.function for check in assignments.load(name).checks]
    assert released.count("raise NotImplementedError()") >= len(functions)
