"""What nothing explains is named once, by `grader hint`, and then for everybody."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.assignments import ROOT
from grader.authoring.hint import needed, require_tame
from grader.errors import GraderError
from tests.grader.classroom import Classroom

NAME, FUNCTION = "lstm", "sigmoid"
BELL = [
    'def sigmoid(z):\n    """Of Eve."""\n    return 1 / (3 + np.asarray(z) ** 2) - 0.1  # mine',
    "def sigmoid(z):\n    z = np.asarray(z, dtype=float)\n    return -0.1 + (z * z + 3.0) ** -1",
]
FLAT = "def sigmoid(z):\n    return np.sin(3 * np.asarray(z)) + level"
SLY = "def sigmoid(z):\n    open('/dev/null')\n    return np.sin(5 * np.asarray(z)) ** 2"
HINT = "Your curve is a bell, and a gate's rises from 0 to 1."


# ---------------------------------------------------------------- what is taken of a cell


def test_what_the_function_needs_of_its_cell_comes_with_it():
    cell = (
        "import math\nimport os\nK = 2\nL = 3\n\ndef half(x):\n    '''Doc.'''\n    return x / K\n\n"
        "def f(x):  # me\n    return math.exp(half(x))\n\nprint(f(1))"
    )
    code = needed(cell, "f")
    for part in ("import math", "K = 2", "def half", "def f(x):\n    return math.exp(half(x))"):
        assert part in code
    for part in ("import os", "L = 3", "print", "Doc.", "# me"):
        assert part not in code


def test_an_answer_that_is_a_variable():
    assert needed("kinds = {'a': 1}\nother = 2", "kinds") == "kinds = {'a': 1}"


@pytest.mark.parametrize("cell", ["%time f(1)", "def g(x):\n    return x", "", "if x:\n    f = 1"])
def test_a_cell_that_does_not_plainly_define_it_is_refused(cell):
    with pytest.raises(GraderError):
        needed(cell, "f")


TAME = [
    "import numpy as np\ndef f(x):\n    return np.exp(x).sum(axis=0)",
    "from math import sqrt\ndef f(x):\n    return [sqrt(v) for v in x if isinstance(v, float)]",
    "def f(x):\n    raise ValueError('no')",
]
WILD = [
    "import os\ndef f(x):\n    return x",
    "import numpy.ctypeslib\ndef f(x):\n    return np.load(x)",
    "from numpy import load\ndef f(x):\n    return load(x)",
    "from . import checks\ndef f(x):\n    return x",
    "from math import *\ndef f(x):\n    return x",
    "def f(x):\n    return eval('x')",
    "def f(x):\n    return ().__class__.__bases__",
    "def f(x):\n    return __import__('os').system('ls')",
    "def f(x):\n    return getattr(x, 'a')",
    "def f(x):\n    return x.tofile('y')",
    "def f(x, g=open):\n    return x",
    "def f(x):\n    return np.lib.npyio.os.system('ls')",
    "def f(x):\n    return __builtins__['open']",
]


@pytest.mark.parametrize("code", TAME)
def test_code_that_computes_may_become_a_mistake(code):
    require_tame(code, "import numpy as np")


@pytest.mark.parametrize("code", WILD)
def test_code_that_does_more_may_not(code):
    with pytest.raises(GraderError, match="only compute"):
        require_tame(code, "import numpy as np")


# ---------------------------------------------------------------- from a group to a mistake


class Course:
    """A copy of the course's sources, graded by the commands, and a class on one assignment."""

    def __init__(self, root: Path):
        self.sources, self.room = root / "sources", Classroom(root / "course", NAME)
        self.sources.mkdir()
        for name in ("exercises", "solutions", "course", "chapters"):
            ignored = shutil.ignore_patterns("__pycache__", "_*")
            keep = None if name != "chapters" else ignored
            shutil.copytree(ROOT / name, self.sources / name, ignore=keep)
        for name in (
            "course.toml",
            "_config.yml",
            "_toc.yml",
            "nbgrader_config.py",
            "pyproject.toml",
        ):
            shutil.copy(ROOT / name, self.sources)

    @property
    def checks(self) -> Path:
        return self.sources / "exercises" / NAME / "checks.py"

    def run(self, command: str, *more: str) -> subprocess.CompletedProcess[str]:
        folder = str(self.room.course.root)
        return subprocess.run(
            [sys.executable, "-m", "grader", command, NAME, *more, "--course", folder],
            cwd=ROOT,
            env=os.environ | {"GRADER_COURSE": str(self.sources)},
            capture_output=True,
            text=True,
        )

    def verdicts(self) -> dict[str, dict]:
        rows = json.loads(self.run("report", "--json").stdout)
        return {row["student"]: row["checks"][FUNCTION] for row in rows}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = Course(tmp_path_factory.mktemp("hint"))
    room = course.room
    for student, source in zip(("eve", "fay"), BELL, strict=True):
        room.submit(student, room.with_answer(FUNCTION, source))
    flat = room.with_answer(FUNCTION, FLAT)
    own = copy.deepcopy(room.cell(flat, f"check-{FUNCTION}"))
    own |= {"source": "level = 0.25", "metadata": {}, "id": "level"}
    flat["cells"].insert(2, own)
    room.submit("gus", flat)
    room.submit("sly", room.with_answer(FUNCTION, SLY))
    done = course.run("autograde")
    assert done.returncode == 0, done.stderr
    return course


@pytest.mark.sandbox
@pytest.mark.slow
class TestAGroup:
    """In this order: refusals leave everything as it is, then the group gets its name."""

    def test_the_same_answers_are_one_group_however_they_are_written(self, course):
        found = course.verdicts()
        assert found["eve"]["behaviour"] == found["fay"]["behaviour"]
        assert found["eve"]["misconception"] is None
        assert len({found[s]["behaviour"] for s in ("eve", "gus", "sly")}) == 3

    def test_without_a_label_it_shows_the_group_and_changes_nothing(self, course):
        before = course.checks.read_text()
        done = course.run("hint", FUNCTION, course.verdicts()["eve"]["behaviour"][:6])
        assert done.returncode == 0, done.stderr
        assert "eve, fay" in done.stdout
        assert "np.asarray(z) ** 2" in done.stdout
        assert "Of Eve" not in done.stdout and "mine" not in done.stdout
        assert course.checks.read_text() == before

    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            ([FUNCTION, "nobody"], "no group of 'sigmoid' is named 'nobody'"),
            ([FUNCTION, ""], "names more than one group"),
            (["no_such", "eve"], "has no check of 'no_such'"),
            (["from_keras", "eve"], "nothing of 'from_keras' that nothing explains"),
            (
                [FUNCTION, "eve", "--label", "Too Steep", "--hint", HINT],
                "small letters and hyphens",
            ),
            ([FUNCTION, "eve", "--label", "overflow", "--hint", HINT], "already"),
            ([FUNCTION, "eve", "--label", "steep", "--hint", " "], "the hint is empty"),
            ([FUNCTION, "gus", "--label", "level", "--hint", HINT], "depend on something else"),
            ([FUNCTION, "sly", "--label", "sly", "--hint", HINT], "uses `open`"),
        ],
    )
    def test_what_cannot_be_named_is_refused_with_a_word(self, course, arguments, word):
        before = course.checks.read_text()
        done = course.run("hint", *arguments)
        assert done.returncode == 1
        assert word in done.stderr
        assert "Traceback" not in done.stderr
        assert course.checks.read_text() == before

    def test_once_named_the_next_grading_names_it_for_everybody(self, course):
        done = course.run("hint", FUNCTION, "fay", "--label", "bell", "--hint", HINT)
        assert done.returncode == 0, done.stderr
        assert "(z * z + 3.0)" in done.stdout, "the code of the named student"
        again = course.run("autograde")
        assert "the checks changed" in again.stdout
        found = course.verdicts()
        for student in ("eve", "fay"):
            assert found[student]["misconception"] == "bell"
            assert found[student]["hint"] == HINT
            assert found[student]["behaviour"] is None
        assert found["gus"]["misconception"] is None
        assert HINT in course.run("report").stdout
