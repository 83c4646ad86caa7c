"""Where a notebook uses up its time, the student is told which cells took it."""

from __future__ import annotations

import copy
import dataclasses
import json

import pytest

from grader import assignments, digest
from grader.costs import cell_named
from grader.grading import grade
from grader.submission import Submission
from tests.grader.classroom import Classroom

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("course"), "smoothing")


def hints(room: Classroom, monkeypatch, notebook: dict, **limits: float) -> dict[str, str]:
    name = assignments.load("smoothing").profile
    known = assignments.profile(name)
    small = dataclasses.replace(known, limits=dataclasses.replace(known.limits, **limits))
    monkeypatch.setitem(assignments.course().profiles, name, small)
    release = room.course.release("smoothing").read_text(encoding="utf-8")
    data = json.dumps(notebook).encode()
    work = Submission("smoothing", "ada", release, data, "s", digest.made_of("smoothing"))
    return {verdict.function: verdict.hint for verdict in grade(work).verdicts}


def with_cells(room: Classroom, *sources: str) -> dict:
    """The solved notebook with cells of one's own before the first answer."""
    notebook = copy.deepcopy(room.solved)
    place = notebook["cells"].index(room.cell(notebook, "blend"))
    notebook["cells"][place:place] = [
        {
            "cell_type": "code",
            "id": f"m{number}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": source,
        }
        for number, source in enumerate(sources)
    ]
    return notebook


def test_the_cells_that_took_the_processor_time_are_named(room, monkeypatch):
    loop = "# a loop\nfrom time import process_time as t\nend = t() + 0.9\nwhile t() < end: pass"
    cells = (loop, "little = sum(range(1000))", "while 'second': pass")
    found = hints(room, monkeypatch, with_cells(room, *cells), cpu_seconds=2, cell_seconds=30)
    for hint in found.values():
        assert "used up its 2 seconds of processor time" in hint
        assert "the cell that begins with `from time import process_time as t` and the cell" in hint
        assert "`while 'second': pass`" in hint
        assert "little" not in hint


def test_a_function_that_took_the_processor_time_is_named(room, monkeypatch):
    notebook = with_cells(room, "1")
    room.cell(notebook, "blend")["source"] = "def blend(*a):\n    while True: pass"
    found = hints(room, monkeypatch, notebook, cpu_seconds=2)
    assert "the calls of `blend`" in found["smooth"]


def test_the_cells_that_took_the_notebooks_time_are_named(room, monkeypatch):
    cells = ("import time; time.sleep(9)", "x = 1")
    found = hints(room, monkeypatch, with_cells(room, *cells), notebook_seconds=1.5)
    assert "used up" in found["blend"]
    assert "`import time; time.sleep(9)`" in found["blend"]


def test_another_end_names_no_cell(room, monkeypatch):
    found = hints(room, monkeypatch, with_cells(room, "exit()"))
    assert found["blend"].endswith("nothing after that could run.")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n# why\n\nx = 1\ny = 2", "`x = 1`"),
        ("# only this", "`# only this`"),
        ("x = '`'", "`x = '''`"),
        ("y" * 60, f"`{'y' * 50}...`"),
        ("", "``"),
    ],
)
def test_a_cell_is_named_by_its_first_line(source, line):
    assert cell_named(source).endswith(line)
