"""Changes of a student's own code: where the mistake stands and of what sort, never the mended line."""

from __future__ import annotations

import types

import numpy as np
import pytest

from grader.checks import Assignment, Check
from grader.grading import CHANGED
from grader.judging import repairs
from grader.judging.evidence import Context, Evidence
from grader.judging.judge import answers_of, reference_answers

SOURCES = {
    "spread": '''
def spread(x, width):
    """How far the numbers lie apart, in widths.

    x     : (N,) numbers.
    width : number.
    Returns a number.
    """
    return np.sqrt(((x - x.mean()) ** 2).sum() / (len(x) - 1)) / width
''',
    "places": '''
def places(n):
    """The first n whole numbers.

    n : int.
    Returns an array of ints.
    """
    return np.arange(n)
''',
}
SOURCES["drawn"] = '''
def drawn(x, params):
    """Two lines, one on top of the other.

    x      : (N,) numbers.
    params : dict with the numbers a, b, c, d.
    Returns an array (N,).
    """
    return np.tanh(x * params["a"] + params["b"]) * params["c"] + params["d"]
'''
reference = types.ModuleType("reference")
reference.np = np
for source in SOURCES.values():
    exec(source, vars(reference))


def draw_numbers(rng):
    return [{"x": rng.normal(size=n), "width": float(rng.uniform(1, 3))} for n in (5, 8, 13)]


SPREAD = Check("spread", 2, draw_numbers)
PLACES = Check("places", 2, lambda rng: [{"n": n} for n in (40, 50, 60)])


def draw_params(rng):
    names = "abcd"
    return [{"x": rng.normal(size=n), "params": dict(zip(names, rng.normal(size=4), strict=True))}
            for n in (4, 6, 7)]  # fmt: skip


DRAWN = Check("drawn", 2, draw_params)
COURSE = Assignment("demo", reference, (SPREAD, PLACES, DRAWN))


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    monkeypatch.setattr("grader.judging.reference.source_of", lambda module, name: SOURCES[name])


def evidence(check, source, tried):
    """A wrong answer; the changes of it that are asked about are added to `tried`."""
    cases = check.draw(np.random.default_rng(4))

    def ask_changed(cases, changes):
        tried.append(list(changes))
        answers = []
        for case, change in zip(cases, changes, strict=True):
            assert CHANGED not in case
            answers += answers_of(COURSE, check, change, [case])
        return answers

    context = Context(source, (), None, ask_changed=ask_changed)
    answers = answers_of(COURSE, check, source, cases)
    return Evidence(COURSE, check, cases, reference_answers(COURSE, check, cases), answers, context)


LONG = """
def spread(x, width):
    middle = x.mean()
    total = 0
    for value in x:
        total = {term}
    return np.sqrt(total / {count}) / width
"""


@pytest.mark.parametrize(
    ("term", "count", "line", "what"),
    [
        ("(value - middle) ** 2", "(len(x) - 1)", 6, "has to be added to"),
        ("total + (value - middle)", "(len(x) - 1)", 6, "a square is missing"),
        ("total + (value - middle) ** 2", "len(x) - 1", 7, "brackets are missing"),
    ],
)
def test_the_line_and_the_sort_of_the_mistake_are_said(term, count, line, what):
    source = LONG.format(term=term, count=count)
    found = repairs.repair(evidence(SPREAD, source, []))
    assert found is not None
    assert found.kind == "change"
    assert f"in line {line} of your cell" in found.hint
    assert what in found.hint
    assert "everything else in your function is right" in found.hint


def test_the_search_ends_by_count_and_is_the_same_each_time():
    source = LONG.format(term="value * middle", count="(len(x) + 7)")
    first, again = [], []
    assert repairs.repair(evidence(SPREAD, source, first)) is None
    assert repairs.repair(evidence(SPREAD, source, again)) is None
    assert first == again
    assert 50 < len(first[0]) <= repairs.MOST


def test_a_change_that_makes_a_loop_endless_ends():
    source = """
def places(n):
    found, i = [], 1
    while i < n:
        found.append(i)
        i += 1
    return np.array(found)
"""
    found = repairs.repair(evidence(PLACES, source, []))
    assert found is not None
    assert "in line 3" in found.hint


def test_no_exponential_is_missing_where_all_results_are_whole_numbers():
    tried = []
    repairs.repair(evidence(PLACES, "def places(n):\n    return np.arange(n + 2) * 3\n", tried))
    assert tried[0]
    assert not any("np.exp" in text or "np.tanh" in text for text in tried[0])
    tried.clear()
    repairs.repair(evidence(SPREAD, LONG.format(term="value", count="4"), tried))
    assert any("np.exp" in text for text in tried[0])


def test_two_keys_that_stand_in_different_lines_can_be_taken_for_each_other():
    source = """
def drawn(x, params):
    inner = np.tanh(x * params["a"] + params["d"])
    return inner * params["c"] + params["b"]
"""
    found = repairs.repair(evidence(DRAWN, source, []))
    assert found is not None
    assert "in line 3" in found.hint
    assert "`'d'` and another key are mixed up" in found.hint
