"""Nothing that a right helper gave comes back in a hint, where it could serve at the next hand-in."""

from __future__ import annotations

import json
import re

import pytest

from grader import digest
from grader.grading import grade
from grader.submission import Submission
from tests.grader.classroom import Classroom

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

STEP = "def lstm_step(x_t, h_prev, c_prev, params):\n    return None\n"
FORWARD = (
    "def lstm_forward(X, h_0, c_0, params):\n"
    "    h, c = lstm_step(X[:, 0], h_0, c_0, params)\n"
    "    told = 'SECRET' + ''.join(chr(97 + int(d)) for d in str(int(1e9 * abs(h[0, 0]))))\n"
)
WAYS = {
    "the name of an error": "    raise type(told, (ValueError,), {})()\n",
    "the text of an error": "    raise ValueError(told)\n",
    "the name of a type": "    return type(told, (), {})()\n",
    "types in a list": "    return [type(told, (), {})()] * 2\n",
    "a key": "    return {told: 1}\n",
    "a line that was never written": "    exec(compile(f'{told}()', '<cell>', 'exec'))\n",
    "sizes of many axes": "    sizes = tuple(int(d) + 300 for d in str(int(1e9 * abs(h[0, 0]))))\n"
    "    return np.zeros((0, *sizes)), h\n",
    "sizes in an error": "    sizes = tuple(int(d) + 300 for d in str(int(1e9 * abs(h[0, 0]))))\n"
    "    return np.zeros((0, *sizes)) @ np.zeros((0, *sizes))\n",
    "a size": "    return np.zeros((0, int(1e9 * abs(h[0, 0])) + 1000)), h\n",
}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("course"), "lstm")


@pytest.mark.parametrize("way", WAYS)
def test_no_hint_brings_it_back(room, way):
    notebook = room.with_answer("lstm_step", STEP)
    room.cell(notebook, "lstm_forward")["source"] = FORWARD + WAYS[way]
    release = room.course.release("lstm").read_text(encoding="utf-8")
    data = json.dumps(notebook).encode()
    found = grade(Submission("lstm", "eve", release, data, "seed", digest.made_of("lstm")))
    verdict = next(each for each in found.verdicts if each.function == "lstm_forward")
    assert verdict.share == 0
    assert verdict.aided == ("lstm_step",)
    said = f"{verdict.hint} {verdict.misconception}"
    assert "SECRET" not in said
    assert not re.search(r"\b30\d\b", said)
    assert not any(len(word) > 6 and word.isdigit() for word in said.replace(",", " ").split())
