"""nbgrader's Validate button says what the visible examples say.

A student presses it before handing in: it runs the notebook and names the graded cells that fail. A
notebook without answers fails in every one of them; one with right answers in none. Anything that a
check cell writes to stderr would count as a failure there, however right the answers are.

Cells that only show something (tag `show`) are left out: they take minutes, and no graded cell may
stand on them, since grading skips them too.
"""

from __future__ import annotations

import ast
import json

import pytest

from grader import assignments
from grader.notebooks import build
from tests.grader.classroom import Classroom

SECONDS = 240  # for one cell; the configuration of a course gives it as many


def notebooks():
    for name in assignments.names():
        keras = assignments.load(name).profile == "keras"
        yield pytest.param(name, marks=[pytest.mark.tensorflow] if keras else [])


def validated(notebook: dict, path) -> list[str]:
    """The `grade_id` of each cell that nbgrader's validator complains about."""
    from nbgrader.validator import Validator
    from traitlets.config import Config

    path.write_text(json.dumps(notebook), encoding="utf-8")
    result = Validator(config=Config(Execute={"timeout": SECONDS})).validate(str(path))
    assert set(result) <= {"failed"}, result  # neither "changed" nor "type_changed"
    failed = {entry["source"] for entry in result.get("failed", [])}
    return [grade_id(cell) for cell in graded(notebook) if cell["source"].strip() in failed]


def graded(notebook: dict) -> list[dict]:
    return [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]


def grade_id(cell: dict) -> str:
    return cell["metadata"]["nbgrader"]["grade_id"]


def without_pictures(notebook: dict) -> dict:
    cells = [c for c in notebook["cells"] if "show" not in c["metadata"].get("tags", [])]
    return notebook | {"cells": cells}


def answered(room: Classroom) -> dict:
    """What was released, with right answers in its cells, the written ones included."""
    notebook = json.loads(json.dumps(room.blank))
    for cell in notebook["cells"]:
        fields = cell["metadata"].get("nbgrader", {})
        if fields.get("solution"):
            text = room.cell(room.solved, fields["grade_id"])["source"]
            cell["source"] = text if cell["cell_type"] == "code" else "An answer in words."
    return notebook


@pytest.mark.slow
@pytest.mark.parametrize("name", list(notebooks()))
def test_validate_agrees_with_the_visible_examples(name, tmp_path):
    room = Classroom(tmp_path / "course", name)
    path = tmp_path / f"{name}.ipynb"
    blank, full = without_pictures(room.blank), without_pictures(answered(room))
    assert validated(blank, path) == [grade_id(cell) for cell in graded(blank)]
    assert validated(full, path) == []


@pytest.mark.slow
def test_validate_names_the_one_function_that_is_missing(tmp_path):
    room = Classroom(tmp_path / "course", "lstm")
    notebook = answered(room)
    room.cell(notebook, "from_keras")["source"] = room.cell(room.blank, "from_keras")["source"]
    found = validated(without_pictures(notebook), tmp_path / "lstm.ipynb")
    assert found == ["check-from_keras"]


@pytest.mark.parametrize("name", assignments.names())
def test_no_visible_example_shows_its_last_value(name):
    """nbgrader would take a number there for the score."""
    for cell in build.build(name).cells:
        fields = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and fields.get("grade"):
            last = ast.parse(cell.source).body[-1]
            assert not isinstance(last, ast.Expr), f"{fields['grade_id']} ends with a value"
