"""Verdicts: side effects, exceptions, follow-on mistakes, property checks."""

from __future__ import annotations

import types
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from grader.checks import Assignment, Check, Outcome, mistake
from grader.judging.judge import judge, reference_answers
from grader.sandbox.inside.wire import Answer

reference = types.ModuleType("reference")
SOURCES = {
    "half": 'def half(x):\n    """Half."""\n    return x / 2\n',
    "quarter": 'def quarter(x):\n    """Quarter."""\n    return half(half(x))\n',
    "root": 'def root(x):\n    """Root."""\n    if x < 0:\n        raise ValueError\n'
    "    return x**0.5\n",
}
for source in SOURCES.values():
    exec(source, vars(reference))


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    monkeypatch.setattr("grader.judging.reference.source_of", lambda module, name: SOURCES[name])


def arrays(rng):
    return [{"x": rng.normal(size=4)}, {"x": rng.normal(size=2)}]


HALF = Check("half", 2, arrays, (mistake("doubled", "You double.", "x / 2", "x * 2"),))
QUARTER = Check("quarter", 2, arrays, needs=("half",))
ROOT = Check("root", 1, lambda rng: [{"x": 4.0}, {"x": -1.0}])
COURSE = Assignment("demo", reference, (HALF, QUARTER, ROOT))
CASES = arrays(np.random.default_rng(0))


def answers(function, cases=CASES):
    return [Answer(value=function(**case)) for case in cases]


def test_right():
    verdict = judge(COURSE, HALF, CASES, answers(lambda x: 0.5 * x))
    assert (verdict.share, verdict.score, verdict.hint, verdict.misconception) == (1, 2, "", None)


def test_a_known_mistake_is_named():
    verdict = judge(COURSE, HALF, CASES, answers(lambda x: x + x))
    assert (verdict.score, verdict.misconception, verdict.hint) == (0, "doubled", "You double.")


def test_an_unknown_mistake_is_located():
    verdict = judge(COURSE, HALF, CASES, answers(lambda x: x + 1))
    assert verdict.misconception is None
    assert "`x` of shape (4,)" in verdict.hint
    assert "4 of 4 entries" in verdict.hint


def test_right_in_one_case_only_is_wrong():
    given = answers(lambda x: x / 2 if len(x) == 4 else x)
    assert judge(COURSE, HALF, CASES, given).score == 0


def test_changing_an_argument_is_wrong_even_with_the_right_result():
    given = [Answer(value=case["x"] / 2, changed=("x",)) for case in CASES]
    verdict = judge(COURSE, HALF, CASES, given)
    assert verdict.score == 0
    assert "changes its argument `x`" in verdict.hint


def test_fewer_answers_than_cases_are_wrong():
    assert judge(COURSE, HALF, CASES, answers(lambda x: x / 2)[:1]).score == 0
    assert judge(COURSE, HALF, CASES, []).score == 0


def test_the_contracts_exception_is_wanted():
    cases = ROOT.draw(None)
    right = [Answer(value=2.0), Answer(raised=("MyError", "ValueError", "Exception"))]
    assert judge(COURSE, ROOT, cases, right).share == 1
    silent = [Answer(value=2.0), Answer(value=0.0)]
    assert "ValueError should be raised" in judge(COURSE, ROOT, cases, silent).hint
    other = [Answer(value=2.0), Answer(raised=("TypeError",), message="no")]
    assert "yours raised TypeError: no" in judge(COURSE, ROOT, cases, other).hint


def test_an_unwritten_function_is_called_that():
    given = [Answer(raised=("NotImplementedError", "RuntimeError"))] * 2
    assert "has not been written yet" in judge(COURSE, HALF, CASES, given).hint


def test_a_follow_on_mistake_sends_the_student_to_its_cause():
    wrong_half = judge(COURSE, HALF, CASES, answers(lambda x: x * 2))
    for given in (answers(lambda x: x * 4), answers(lambda x: x)):
        verdict = judge(COURSE, QUARTER, CASES, given, {"half": wrong_half})
        assert verdict.score == 0
        assert verdict.follows == "half"
        assert "mend that first" in verdict.hint


def test_a_property_check_gets_plain_values_and_gives_partial_credit():
    check = Check("half", 4, arrays, judge=lambda cases, values: Outcome(0.5, "Half way."))
    verdict = judge(COURSE, check, CASES, answers(lambda x: x))
    assert (verdict.score, verdict.hint) == (2, "Half way.")


@pytest.mark.parametrize("score", [float("nan"), -1, 1.01])
def test_a_property_check_cannot_give_an_impossible_score(score):
    check = Check("half", 4, arrays, judge=lambda cases, values: Outcome(score))
    with pytest.raises(ValueError, match="score"):
        judge(COURSE, check, CASES, answers(lambda x: x))


def test_reference_answers_leave_the_cases_as_they_are():
    cases = arrays(np.random.default_rng(1))
    before = [case["x"].copy() for case in cases]
    reference_answers(COURSE, HALF, cases)
    for case, x in zip(cases, before, strict=True):
        np.testing.assert_array_equal(case["x"], x)


def test_what_is_withheld_reaches_the_judge_and_nobody_else():
    def by_label(cases, answers):
        return Outcome(float(answers[0] == cases[0]["label"]))

    check = Check(
        "half",
        1,
        lambda rng: [{"x": 4.0, "label": 2.0}],
        judge=by_label,
        withheld=("label",),
    )
    cases = check.draw(np.random.default_rng(0))
    assert check.inputs(cases[0]) == {"x": 4.0}
    assert check.expression(cases[0]) == "half(x)"
    assert judge(COURSE, check, cases, reference_answers(COURSE, check, cases)).share == 1
    raised = [Answer(raised=("KeyError", "Exception"), message="label")]
    assert "label =" not in judge(COURSE, check, cases, raised).hint


def test_threads_do_not_take_each_others_warnings(monkeypatch):
    """Catching warnings is a matter of the whole process; a class is judged in several threads."""
    source = 'def loud(x):\n    """x, silently."""\n    return x\n'
    monkeypatch.setitem(SOURCES, "loud", source)
    noisy = "def loud(x):\n    import warnings\n    warnings.warn('loud')\n    return x\n"
    known = mistake("noise", "It warns.", source=noisy)
    check = Check("loud", 1, arrays, (known,), silent=True)
    given = [Answer(value=case["x"], warnings=("UserWarning: loud",)) for case in CASES]
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda _: judge(COURSE, check, CASES, given), range(400)))
    assert {verdict.misconception for verdict in verdicts} == {"noise"}
