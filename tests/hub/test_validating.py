"""Validate says what nbgrader's says, runs what changed, and names the error first."""

from __future__ import annotations

import importlib.util
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.validator import Validator
from traitlets.config import Config

from hub.places import HUB
from tests.grader.test_own_tests import cell

SPEC = importlib.util.spec_from_file_location(
    "validating", HUB / "config" / "student" / "validating.py"
)
validating = importlib.util.module_from_spec(SPEC)
sys.modules["validating"] = validating
SPEC.loader.exec_module(validating)


@pytest.fixture(autouse=True)
def nothing_is_left():
    validating.VALIDATED.clear()
    yield
    time.sleep(0.1)
    validating.SPARE.drop()


def standing_on(*sources: str) -> list[int]:
    cells = [validating.Cell(source) for source in sources]
    return validating.needed(cells, len(cells) - 1)


@pytest.mark.parametrize(
    ("sources", "needs"),
    [
        (
            ["import numpy as np", "def f(x):\n return np.sum(x)", "g = 1", "assert f([1])"],
            [0, 1, 3],
        ),
        (["x = []", "x.append(1)", "y = []", "assert x"], [0, 1, 3]),  # it changes what it reads
        (["def f():\n return g()", "def g():\n return 1", "assert f()"], [0, 1, 2]),
        (["d = {}", "d['k'] = 1", "def h():\n d.clear()", "assert d"], [0, 1, 3]),
        (["%matplotlib inline", "a = 1", "assert b"], [0, 2]),
        (["from m import *", "a = 1", "assert b"], [0, 2]),
        (["a = 1", "a = 2", "assert a == 2"], [0, 1, 2]),
    ],
)
def test_what_a_cell_stands_on(sources, needs):
    assert standing_on(*sources) == needs


def notebook(answer: str, other: str = "def half(x):\n    return x / 2", slow: float = 0.0):
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
        cells=[
            new_code_cell("import math"),
            new_code_cell("raise RuntimeError('a picture')", metadata={"tags": ["show"]}),
            cell(new_code_cell, answer, "double", solution=True),
            cell(new_code_cell, "assert double(2) == 4", "check-double", 1, locked=True),
            cell(new_code_cell, other, "half", solution=True),
            cell(
                new_code_cell, f"import time; time.sleep({slow})\nassert half(2) == 1 and math.pi",
                "check-half", 1, locked=True,
            ),
        ],
    )  # fmt: skip


RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return undefined * x"


def validated(kind, made, path) -> dict:
    nbformat.write(made, path)
    return kind(config=Config(Execute={"timeout": 60})).validate(str(path))


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer", [RIGHT, WRONG, "def double(x):\n    return x", "def double(:", ""]
)
def test_it_says_what_nbgrader_says_with_the_error_first(answer, tmp_path):
    path = tmp_path / "n.ipynb"
    made = notebook(answer)
    ours = validated(validating.CourseValidator, made, path)
    del made.cells[1]
    theirs = validated(Validator, made, path)
    assert set(ours) == set(theirs)
    cells = [entry["source"] for entry in theirs.get("failed", ())]
    assert len(ours.get("failed", ())) == len(cells)
    for entry, source in zip(ours.get("failed", ()), cells, strict=True):
        assert entry["source"].partition(":")[0].endswith("Error"), "the error's own line"
        assert source in entry["error"], "the cell comes after it"
    if answer == WRONG:
        assert ours["failed"][0]["source"] == "NameError: name 'undefined' is not defined"


@pytest.mark.slow
def test_only_what_changed_runs_again(tmp_path, monkeypatch):
    path, ran = tmp_path / "n.ipynb", []
    run = validating.Kernel.run
    monkeypatch.setattr(
        validating.Kernel, "run", lambda self, code, s: ran.append(code) or run(self, code, s)
    )

    def cells_run(made) -> list[str]:
        ran.clear()
        validated(validating.CourseValidator, made, path)
        return [code.splitlines()[0] for code in ran if "_warm" not in code]

    both = cells_run(notebook(WRONG))
    assert len(both) == 5 and "raise RuntimeError('a picture')" not in both
    # the one that failed, and what it stands on; not the other one
    assert cells_run(notebook(RIGHT)) == ["def double(x):", "assert double(2) == 4"]
    assert cells_run(notebook(RIGHT)) == [], "nothing changed"
    assert "def half(x):" in cells_run(notebook(RIGHT, other="def half(x):\n    return 0.5 * x"))


def test_a_cell_that_runs_too_long_is_stopped(tmp_path, monkeypatch):
    kernel = validating.Kernel(tmp_path, [])
    try:
        outputs = kernel.run("import time; time.sleep(60)", 1.0)
    finally:
        kernel.end()
    assert outputs[-1].output_type == "error" and "more than 1 seconds" in outputs[-1].evalue
