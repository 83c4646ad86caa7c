"""The digest of what a wrong answer does: by value, and different where the answers are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from grader.checks import Check, Outcome
from grader.judging.behaviour import behaviour, probes, worth_asking
from grader.sandbox.inside.wire import Answer, Unsupported
from grader.submission import Verdict

SAME = [
    [2, 2.0, np.float64(2), np.int64(2), np.array(2), 2 + 1e-12, 1.9999999],
    [[1.0, 2.0], (1, 2), np.array([1, 2]), np.array([1.0, 2.0], np.float32), [np.int8(1), 2.0]],
    [[[1.5], [0.0]], np.array([[1.5], [-0.0]]), ([1.5], [1e-15])],
    [{"a": 1, "b": (2,)}, {"b": [2.0], "a": 1.0}],
    [float("nan"), np.nan],
]
DIFFERENT = [
    *(0, 1, -1, 1.00001, 1e-6, float("nan"), float("inf"), None, True, "1", ""),
    *([], [1], [[1]], [1, 2], [[1, 2]], [[1], [2]], {}, {"a": 1}, {"b": 1}, {"a": 2}),
    *([0], [None], ["1"], Unsupported("set"), Unsupported("Model"), "<set>"),
]


def of(value: object) -> str:
    return behaviour([Answer(value)])


@pytest.mark.parametrize("values", SAME)
def test_what_is_the_same_by_value_has_one_digest(values):
    assert len({of(value) for value in values}) == 1


def test_what_differs_has_another():
    for one, other in combinations(DIFFERENT, 2):
        assert of(one) != of(other), (one, other)


def test_exceptions_count_by_their_class_and_changes_by_their_names():
    raised = ("ValueError", "Exception")
    assert behaviour([Answer(raised=raised, message="a")]) == behaviour(
        [Answer(raised=raised, message="b")]
    )
    answers = [Answer(1), Answer(raised=raised), Answer(raised=("KeyError",))]
    answers += [Answer(1, changed=("x",)), Answer(1, changed=("y",)), Answer(1, changed=("x", "y"))]
    assert len({behaviour([answer]) for answer in answers}) == len(answers)


def test_the_order_of_the_cases_counts():
    assert behaviour([Answer(1), Answer(2)]) != behaviour([Answer(2), Answer(1)])
    assert behaviour([Answer([1, 2])]) != behaviour([Answer(1), Answer(2)])


def draw(rng: np.random.Generator) -> list[dict[str, object]]:
    return [{"x": rng.normal(size=3)}, {"x": rng.normal(size=2)}]


def test_probes_are_the_same_for_everybody_and_others_for_each_check():
    one, two = Check("one", 1, draw), Check("two", 1, draw)
    first, again = probes("toy", one), probes("toy", one)
    assert all((a["x"] == b["x"]).all() for a, b in zip(first, again, strict=True))
    assert (first[0]["x"] != probes("toy", two)[0]["x"]).all()
    assert (first[0]["x"] != probes("other", one)[0]["x"]).all()


def test_only_what_nothing_explains_is_worth_asking():
    check = Check("f", 2, draw)
    assert worth_asking(check, Verdict("f", 2, 0.0, "differs"))
    assert worth_asking(check, Verdict("f", 2, 0.0, "right for one", "experiment:one-step"))
    assert worth_asking(check, Verdict("f", 2, 0.0, "only W is wrong", "relation:only-entry"))
    assert worth_asking(check, Verdict("f", 2, 0.0, "one factor", "relation:any-factor"))
    assert not worth_asking(check, Verdict("f", 2, 0.0, "known", "sign"))
    assert not worth_asking(check, Verdict("f", 2, 0.0, "turned", "relation:transposed"))
    assert not worth_asking(check, Verdict("f", 2, 1.0))
    assert not worth_asking(check, Verdict("f", 2, 0.5, "half"))
    assert not worth_asking(check, Verdict("f", 2, 0.0, "no", unanswered="unwritten"))
    assert not worth_asking(check, Verdict("f", 2, 0.0, "mend g", follows="g"))
    with_judge = Check("f", 2, draw, judge=lambda cases, answers: Outcome(0))
    assert not worth_asking(with_judge, Verdict("f", 2, 0.0, "differs"))
