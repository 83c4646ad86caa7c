"""A right helper answers what it is for, and can't be made to work for an attacker."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from grader.checks import Assignment, Check, Outcome
from grader.judging.evidence import Context
from grader.judging.judge import judge
from grader.judging.stand_ins import right_helpers, stand_in
from grader.sandbox.inside.wire import Answer
from grader.submission import Verdict


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    text = "def quarter(x):\n    return half(x) / 2\n"
    monkeypatch.setattr("grader.judging.reference.source_of", lambda module, name: text)


class reference:  # noqa: N801 - stands for a module
    @staticmethod
    def half(x, times=1):
        for _ in range(times):
            x = x / 2
        return x

    @staticmethod
    def quarter(x):
        return reference.half(x) / 2


def cases(rng=None):
    return [{"x": np.arange(5.0), "times": 2}]


HALF = Check("half", 1, cases)
TRAINED = Check("trained", 1, cases, judge=lambda cases, answers: Outcome(1))
QUARTER = Check("quarter", 2, cases, needs=("half", "trained"))
TOY = Assignment("toy", reference, (HALF, TRAINED, QUARTER))


@pytest.fixture
def half():
    return stand_in(TOY, HALF, cases())


def test_it_is_the_reference(half):
    np.testing.assert_array_equal(half(np.array([2.0, 4.0])), [1, 2])
    np.testing.assert_array_equal(half(x=np.array([8.0]), times=3), [1])


def test_its_arguments_stay_as_they_are(half):
    x = np.array([2.0])
    half(x)
    assert x == [2]


def test_zero_divided_by_zero_warns_nobody(half, recwarn):
    half(np.array([np.inf]))
    assert not recwarn.list


@pytest.mark.parametrize("arguments", [(), (1, 2, 3)])
def test_a_call_that_does_not_fit_is_a_type_error(half, arguments):
    with pytest.raises(TypeError):
        half(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        (np.zeros(100_000),),
        (1.0, 10**9),
        (1.0, -(10**18)),
        ("x" * 10**6,),
        ([""] * 10**5,),
        ([0.0] * 200, 200),
        ([[0.0] * 500] * 500,),
        ({"a": [0] * 10_000},),
        (object(),),
    ],
)
def test_a_call_that_would_keep_the_grader_busy_is_refused(half, arguments):
    with pytest.raises(ValueError, match="far larger"):
        half(*arguments)


def test_a_helper_may_be_asked_as_much_as_its_caller_was_given():
    """A network's texts are more than those on which the function that encodes them is tried."""

    def drawn(check):
        size = 20_000 if check is QUARTER else 3
        return [{"x": np.arange(float(size))}]

    many = np.arange(20_000.0)
    helper = right_helpers(TOY, QUARTER, ["half"], drawn)["half"]
    np.testing.assert_allclose(helper(many), many / 2)
    with pytest.raises(ValueError, match="far larger"):
        helper(np.zeros(100 * 20_000))


def test_large_numbers_in_a_dict_are_no_work(half):
    assert half.__name__ == "answer"
    with pytest.raises(TypeError):  # not refused for its size: a dict can't be halved
        half({"word": 10**6})


def test_only_what_is_needed_and_wrong_has_a_stand_in():
    def given(wrong):
        return set(right_helpers(TOY, QUARTER, wrong, lambda check: cases()))

    assert given([]) == set()
    assert given(["half"]) == {"half"}
    assert given(["half", "quarter", "trained"]) == {"half"}, "a trained network is no helper"


def test_a_caller_may_ask_its_stand_in_while_it_is_judged(half):
    """Both want the lock on warnings: the one that judges holds it already."""

    def ask(asked):
        return [Answer(value=half(case["x"]) * 3) for case in asked]

    drawn = [{"x": np.arange(1.0, size)} for size in (4, 6)]
    check = Check("quarter", 2, lambda rng: drawn, needs=("half",))
    context = Context("def quarter(x):\n    return half(x) * 3\n", (), ask)
    found: list[Verdict] = []
    thread = threading.Thread(
        target=lambda: found.append(judge(TOY, check, drawn, ask(drawn), context=context)),
        daemon=True,
    )
    thread.start()
    thread.join(20)
    assert found, "it waits for itself"
    assert found[0].share == 0
