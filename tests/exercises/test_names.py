"""What a notebook calls its own things costs no right answer its points.

The right functions live in a module of their own, as if each had been written where no name is odd; the
notebook then binds every built-in name, the common names of this course, and those that the checks' own
code uses. A student who does this is in no way wrong.
"""

from __future__ import annotations

import builtins
import inspect
import keyword

import numpy as np
import pytest

from grader import assignments
from grader.grading import answered
from grader.judging.judge import judge
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import StudentProcess

pytestmark = pytest.mark.sandbox

COMMON = """
    np numpy pd keras tf tensorflow plt os re math random time json warnings tempfile scipy stats
    default_rng model layers history loss rng seed x y z X Y U V W b c f i o h n k t S N T D H K
    inputs answer answers result results names values path given case cases check call setup other
""".split()

IN_A_MODULE = """
import types as _types
_answers = _types.ModuleType("answers")
exec(_SOURCE, _answers.__dict__)
"""


def of_the_checks(assignment) -> set[str]:
    """The names that the setups and calls of the checks use, wherever in them."""
    found: set[str] = set()
    for check in assignment.checks:
        cases = check.draw(np.random.default_rng(0))
        for code in (check.setup, check.expression(cases[0]), check.apart):
            todo = [compile(code or "None", "check", "exec")]
            while todo:
                part = todo.pop()
                found |= {*part.co_names, *part.co_varnames}
                todo += [each for each in part.co_consts if inspect.iscode(each)]
    return found


def odd_names(assignment) -> str:
    """A cell that binds them all, some to what a student could mean by them, then the functions."""
    wanted = {*dir(builtins), *COMMON, *of_the_checks(assignment)}
    names = sorted(name for name in wanted if not name.startswith("__") and name.isidentifier()
                   and not keyword.iskeyword(name))  # fmt: skip
    lines = ["from numpy import *", *(f"{name} = 'LSTM'" for name in names)]
    lines += ["min = 1e-5", "max = 20", "sum = 0", "list = [1, 2]", "len = 3"]
    lines += [f"{c.function} = _answers.{c.function}" for c in assignment.checks]
    return "\n".join(lines)


def every_assignment():
    for name in assignments.names():
        keras = assignments.load(name).profile == "keras"
        yield pytest.param(name, marks=[pytest.mark.tensorflow] if keras else [])


@pytest.fixture(scope="module", params=list(every_assignment()))
def notebook(request):
    """An assignment, and a process in which everything has an odd name."""
    assignment = assignments.load(request.param)
    profile = assignments.course().profile(assignment.profile)
    files = {name: text.encode() for name, text in assignment.files.items()}
    with StudentProcess(zygote_for(profile), profile.limits, files) as student:
        source = inspect.getsource(assignment.reference)
        for cell in (f"_SOURCE = {source!r}", IN_A_MODULE, odd_names(assignment)):
            assert not [o for o in student.run(cell) if o["output_type"] == "error"]
        yield assignment, student


def test_every_check_takes_real_builtins_and_names_of_its_own(notebook):
    assignment, student = notebook
    for check in assignment.checks:
        cases = check.draw(np.random.default_rng(3))
        answers = answered(student, check, cases, check.seconds)
        verdict = judge(assignment, check, cases, answers)
        assert verdict.share == 1, f"{check.function}: {verdict.hint}"
