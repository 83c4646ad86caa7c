"""One source for each exercise: what the build makes of a sheet, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

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
    """Writes a sheet that takes the place of the assignment smoothing's."""

    def write(*cells: str):
        path = tmp_path / "smoothing.md"
        path.write_text(SHEET + "".join(cells), encoding="utf-8")
        monkeypatch.setattr(assignments, "sheet", lambda name: path)
        return path

    return write


def cells(name: str = "smoothing") -> dict:
    return {
        c.metadata.nbgrader.grade_id: c for c in build.build(name).cells if "nbgrader" in c.metadata
    }


def test_a_solution_cell_holds_signature_docstring_and_marked_body():
    before, _, rest = cells()["blend"].source.partition(build.BEGIN)
    assert before.startswith("def blend(old, new, share):")
    assert "a share of the new one" in before
    assert rest.strip().splitlines()[0] == "return (1 - share) * old + share * new"
    assert rest.rstrip().endswith(build.END)


def test_points_come_from_the_checks_and_from_the_written_question():
    points = {name: c.metadata.nbgrader.get("points") for name, c in cells().items()}
    assert points["check-blend"] == 2
    assert points["check-smooth"] == 3
    assert points["written-the-price"] == 2


def test_what_the_checks_know_stands_in_the_text():
    text = build.build("smoothing").cells[0].source
    assert '*About 15 minutes. It continues "Smoothing: a memory that fades".*' in text
    assert "There are two functions." in text
    assert "| 2 | `smooth` | 3 |\n| 3 | a question in words | 2 |" in text


def test_a_place_for_something_unknown_is_named_with_what_there_is(sheet):
    sheet("\nAbout {{ hours }} hours.\n")
    with pytest.raises(GraderError, match=r"cell 1.*\{\{ hours \}\}.*minutes"):
        build.build("smoothing")


def test_braces_of_an_equation_are_no_place(sheet):
    sheet("\n$\\frac{{a}}{{b}}$ and {{c}}\n", *whole())
    assert "$\\frac{{a}}{{b}}$ and {{c}}" in build.build("smoothing").cells[0].source


def whole() -> list[str]:
    return [
        cell("from answers.smoothing import blend"),
        cell("assert True", "check-blend"),
        cell("from answers.smoothing import smooth"),
        cell("assert True", "check-smooth"),
    ]


def test_a_missing_cell_is_named(sheet):
    path = sheet(cell("from answers.smoothing import blend"))
    with pytest.raises(GraderError, match="check-blend") as error:
        build.build("smoothing")
    assert str(path) in str(error.value)


def test_an_unknown_check_is_named_with_its_cell(sheet):
    sheet(cell("assert True", "check-blendd"))
    with pytest.raises(GraderError, match=r"cell 2.*blendd"):
        build.build("smoothing")


def test_a_check_before_its_solution_is_refused(sheet):
    both = (cell("assert True", "check-blend"), cell("from answers.smoothing import blend"))
    sheet(*both)
    with pytest.raises(GraderError, match="before its solution"):
        build.build("smoothing")


def test_a_solution_cell_that_stands_twice_is_refused(sheet):
    sheet(*[cell("from answers.smoothing import blend")] * 2)
    with pytest.raises(GraderError, match="2 cells for 'blend'"):
        build.build("smoothing")


def test_the_reference_cannot_leak_through_another_cell(sheet):
    sheet(cell("import answers.smoothing as answers"))
    with pytest.raises(GraderError, match="student's notebook"):
        build.build("smoothing")


def test_an_unknown_assignment_is_named_with_those_there_are():
    with pytest.raises(GraderError, match=r"no assignment 'smoohting'.*smoothing"):
        assignments.load("smoohting")


def test_a_course_can_put_a_cell_of_its_own_on_top(tmp_path, monkeypatch):
    """It is made of the code below it, and isn't run where a submission is graded."""
    before = build.build("smoothing").cells
    text = "def first_cell(root, sources):\n    return f'# {root.name}: {len(sources)} cells'\n"
    (tmp_path / "opening.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    course = replace(assignments.course(), first_cell="opening")
    monkeypatch.setattr(assignments, "course", lambda: course)
    first, *others = build.build("smoothing").cells
    code = [cell for cell in before if cell.cell_type == "code"]
    assert first.source == f"# {course.root.name}: {len(code)} cells"
    assert first.metadata.tags == ["first-cell", "show"] and "nbgrader" not in first.metadata
    assert others == before, "the others keep their names"


def test_a_first_cell_that_cannot_be_made_stops_the_build(monkeypatch):
    course = replace(assignments.course(), first_cell="nowhere")
    monkeypatch.setattr(assignments, "course", lambda: course)
    with pytest.raises(GraderError, match=r"course\.toml: nowhere: No module named 'nowhere'"):
        build.build("smoothing")
