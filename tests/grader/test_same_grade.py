"""The same submission gets the same grade, also where its process ends itself and the machine is busy."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader import digest
from grader.grading import grade
from grader.submission import Submission
from tests.grader.classroom import Classroom

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
TIMES = 100

IN_A_THREAD = "import os, threading\nthreading.Timer({seconds}, {end}).start()"
CELLS = {
    "exit": ("exit()", {"blend": 1, "smooth": 0}),
    "quit": ("quit", {"blend": 1, "smooth": 0}),
    "os._exit": ("import os; os._exit(0)", {"blend": 1, "smooth": 0}),
    "crash": ("import ctypes; ctypes.string_at(0)", {"blend": 1, "smooth": 0}),
    "sys.exit": ("import sys; sys.exit(1)", {"blend": 1, "smooth": 1}),
    "exit in a thread": (
        IN_A_THREAD.format(seconds=0.002, end="exit"),
        {"blend": 1, "smooth": 1},
    ),
    "os._exit in a thread": (
        IN_A_THREAD.format(seconds=0.002, end="lambda: os._exit(0)"),
        {"blend": 1, "smooth": 1},
    ),
    "posix._exit in a thread": (
        "import posix\n" + IN_A_THREAD.format(seconds=0.002, end="lambda: posix._exit(0)"),
        {"blend": 1, "smooth": 1},
    ),
    "abort in a thread": (
        IN_A_THREAD.format(seconds=0.002, end="os.abort"),
        {"blend": 1, "smooth": 1},
    ),
    "exit by an alarm": (
        "import signal\nsignal.signal(signal.SIGALRM, lambda *_: exit())\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.5)",
        {"blend": 1, "smooth": 1},
    ),
}
"""A cell between the two functions, and what then counts: what was asked before the process ended."""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("course"), "smoothing")


@pytest.fixture
def busy():
    """Processes that take the machine's time, for as long as a test runs."""
    endless = [sys.executable, "-c", "while True: pass"]
    children = [subprocess.Popen(endless) for _ in range(2 * (os.cpu_count() or 1))]
    yield
    for child in children:
        child.kill()
        child.wait()


def submission(room: Classroom, source: str) -> Submission:
    notebook = copy.deepcopy(room.solved)
    place = notebook["cells"].index(room.cell(notebook, "check-blend")) + 1
    own = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "source": source}
    notebook["cells"].insert(place, own | {"execution_count": None})
    release = room.course.release("smoothing").read_text(encoding="utf-8")
    data, made_of = json.dumps(notebook).encode(), digest.made_of("smoothing")
    return Submission("smoothing", "ada", release, data, "seed", made_of)


@pytest.mark.parametrize("name", CELLS)
def test_a_notebook_that_ends_itself_has_one_grade(room, busy, name):
    source, expected = CELLS[name]
    work = submission(room, source)
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda _: grade(work), range(TIMES)))
    found = Counter(tuple((v.function, v.share) for v in r.verdicts) for r in results)
    assert found == {tuple(expected.items()): TIMES}
    assert len({result.notebook for result in results}) == 1, "the same to the byte"
