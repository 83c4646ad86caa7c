"""One source for each exercise: what the build makes of a sheet, and what it refuses."""

from __future__ import annotations

import ast

import pytest

from grader import assignments
from grader.errors import GraderError
from grader.notebooks import build

SHEET = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A sheet
"""


def cell(source: str, tags: str = "") -> str:
    head = f":tags: [{tags}]\n\n" if tags else ""
    return f"\n```{{code-cell}} ipython3\n{head}{source}\n```\n"


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """Writes a sheet that takes the place of the assignment lstm's."""

    def write(*cells: str):
        path = tmp_path / "lstm.md"
        path.write_text(SHEET + "".join(cells), encoding="utf-8")
        monkeypatch.setattr(assignments, "sheet", lambda name: path)
        return path

    return write


@pytest.mark.parametrize("name", assignments.names())
def test_solution_cells_hold_signature_docstring_and_marked_body(name):
    cells = {
        c.metadata.nbgrader.grade_id: c for c in build.build(name).cells if "nbgrader" in c.metadata
    }
    for check in assignments.load(name).checks:
        source = cells[check.function].source
        before, _, rest = source.partition(build.BEGIN)
        assert rest.count(build.END) == 1
        assert "solutions" not in source
        if source.startswith("def "):
            head = ast.parse(before.rstrip() + "\n    pass").body[0]
            assert head.name == check.function
            assert ast.get_docstring(head), "the student reads the docstring as the specification"


@pytest.mark.parametrize("name", assignments.names())
def test_points_come_from_the_checks(name):
    assignment = assignments.load(name)
    points = {
        c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points
        for c in build.build(name).cells
        if "nbgrader" in c.metadata and c.metadata.nbgrader.grade
    }
    for check in assignment.checks:
        assert points.pop(f"check-{check.function}") == check.points
    assert len(points) >= 1, "each assignment has a question that is answered in words"


@pytest.mark.parametrize("name", assignments.names())
def test_two_builds_are_the_same_to_the_byte(name):
    assert build.build(name) == build.build(name)


@pytest.mark.parametrize("name", assignments.names())
def test_no_other_solution_travels_with_an_assignment(name):
    """Nothing of `solutions` but the assignment's own functions, between nbgrader's marks."""
    for c in build.build(name).cells:
        if not c.metadata.get("nbgrader", {}).get("solution"):
            assert "solutions" not in c.source or c.cell_type == "markdown"


def test_a_missing_cell_is_named(sheet):
    path = sheet(cell("from solutions.lstm import sigmoid"))
    with pytest.raises(GraderError, match="check-sigmoid") as error:
        build.build("lstm")
    assert str(path) in str(error.value)


def test_an_unknown_check_is_named_with_its_cell(sheet):
    sheet(cell("assert True", "check-lstm_stepp"))
    with pytest.raises(GraderError, match=r"cell 2.*lstm_stepp"):
        build.build("lstm")


def test_a_check_before_its_solution_is_refused(sheet):
    both = (cell("assert True", "check-sigmoid"), cell("from solutions.lstm import sigmoid"))
    sheet(*both)
    with pytest.raises(GraderError, match="before its solution"):
        build.build("lstm")


def test_a_solution_cell_that_stands_twice_is_refused(sheet):
    sheet(*[cell("from solutions.lstm import sigmoid")] * 2)
    with pytest.raises(GraderError, match="2 cells for 'sigmoid'"):
        build.build("lstm")


def test_solutions_cannot_leak_through_another_cell(sheet):
    sheet(cell("import solutions.lstm as answers"))
    with pytest.raises(GraderError, match="student's notebook"):
        build.build("lstm")


def test_an_unknown_assignment_is_named_with_those_there_are():
    with pytest.raises(GraderError, match=r"no assignment 'lsmt'.*lstm"):
        assignments.load("lsmt")
