"""What the open task takes for an answer: three shares, and nearer to the truth than counting is."""

from __future__ import annotations

import numpy as np
import pytest

from exercises.tweets.checks import SHARES, counted
from solutions import tweets as reference

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module", params=range(3))
def evenings(request):
    return SHARES.draw(np.random.default_rng(request.param))


def told(cases, way):
    return SHARES.judge(cases, [way(case) for case in cases])


def right(case):
    return reference.class_shares(case["known"], case["labels"], case["new"])


def moved(case):
    """The counted answers, moved by what counting is wrong by where the labels are known."""
    wrong = counted(case["known"]) - np.bincount(case["labels"]) / len(case["labels"])
    shares = (counted(case["new"]) - wrong).clip(0)
    return shares / shares.sum()


def test_the_truth_stays_with_the_judge():
    cases = SHARES.draw(np.random.default_rng(0))
    assert all(set(SHARES.inputs(case)) == {"known", "labels", "new"} for case in cases)


def test_the_reference_has_all_points_and_half_a_correction_has_half(evenings):
    assert told(evenings, right).score == 1
    assert told(evenings, moved).score == 0.5


def test_answers_that_read_no_tweet_get_nothing(evenings):
    rng = np.random.default_rng(1)
    for constant in (np.full(3, 1 / 3), np.array([0.6, 0.2, 0.2]), np.array([1.0, 0, 0])):
        assert told(evenings, lambda case, constant=constant: constant).score == 0
    dealt = [right(evenings[i]) for i in rng.permutation(len(evenings))]
    assert SHARES.judge(evenings, dealt).score == 0
    assert told(evenings, lambda case: rng.dirichlet([1, 1, 1])).score == 0
    assert told(evenings, lambda case: rng.permutation(right(case))).score == 0


@pytest.mark.parametrize(
    "form",
    [
        lambda shares: shares[:2],
        lambda shares: shares * 400,
        lambda shares: shares + np.array([-1, 0.5, 0.5]),
        lambda shares: [shares],
        lambda shares: shares * np.nan,
        lambda shares: dict(enumerate(shares)),
        lambda shares: ["Negative", "Neutral", "Positive"],
    ],
)
def test_what_is_no_three_shares_is_told_so(form):
    cases = SHARES.draw(np.random.default_rng(0))
    outcome = told(cases, lambda case: form(right(case)))
    assert outcome.score == 0
    assert "hare" in outcome.hint
