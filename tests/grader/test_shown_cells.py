"""What a student puts into a cell that only shows something is there for the graded functions."""

from __future__ import annotations

import copy
import json

import pytest

from grader import digest
from grader.grading import grade
from grader.submission import Graded, Submission
from tests.grader.classroom import Classroom

pytestmark = pytest.mark.sandbox

BLEND = "def blend(old, new, share):\n    return {}\n"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("course"), "smoothing")


def graded(room: Classroom, notebook: dict) -> Graded:
    release = room.course.release("smoothing").read_text(encoding="utf-8")
    data = json.dumps(notebook).encode()
    made_of = digest.made_of("smoothing")
    return grade(Submission("smoothing", "ada", release, data, "seed", made_of))


def points(result: Graded) -> dict[str, float]:
    return {verdict.function: verdict.share for verdict in result.verdicts}


def with_picture(room: Classroom, source: str, **changes) -> dict:
    """The solved notebook whose picture comes first, with another text."""
    notebook = copy.deepcopy(room.solved)
    [picture] = [c for c in notebook["cells"] if "show" in c["metadata"].get("tags", [])]
    notebook["cells"].remove(picture)
    notebook["cells"].insert(2, picture | {"source": source} | changes)
    return notebook


def test_a_helper_and_an_import_in_a_picture_are_there(room):
    notebook = with_picture(
        room, "import math\nHALF = 0.5\ndef mixed(a, b, s): return (1 - s) * a + s * b\n1 / 0"
    )
    room.cell(notebook, "smooth")["source"] = (
        "def smooth(X, share):\n    states = [X[0] * math.pow(2 * HALF, 2)]\n    for x in X[1:]:\n"
        "        states.append(mixed(states[-1], x, share))\n    return np.array(states)"
    )
    result = graded(room, notebook)
    assert points(result) == {"blend": 1, "smooth": 1}, [v.hint for v in result.verdicts]
    assert "ZeroDivisionError" not in result.notebook
    assert "def mixed" in result.notebook


def test_a_value_that_a_picture_computes_is_missing_and_the_hint_says_why(room):
    notebook = with_picture(room, "factor = float(np.sum([1.0]))\nprint(factor)")
    room.cell(notebook, "blend")["source"] = BLEND.format("(old + (new - old) * share) * factor")
    result = graded(room, notebook)
    [hint] = [v.hint for v in result.verdicts if v.function == "blend"]
    assert "`factor` gets its value in a cell that only shows something" in hint


def test_a_cell_of_ones_own_with_that_tag_runs(room):
    notebook = with_picture(room, "factor = float(np.sum([1.0]))", id="copied")
    room.cell(notebook, "blend")["source"] = BLEND.format("(old + (new - old) * share) * factor")
    assert points(graded(room, notebook)) == {"blend": 1, "smooth": 1}


def test_what_nobody_can_parse_harms_nobody(room):
    notebook = with_picture(room, "(" * 90_000)
    notebook["cells"].append(notebook["cells"][2] | {"id": "deep", "source": "-" * 90_000 + "1"})
    assert points(graded(room, notebook)) == {"blend": 1, "smooth": 1}
