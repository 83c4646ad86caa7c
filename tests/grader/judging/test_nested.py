"""Lists of pairs of arrays: what stands in them has places, and only the arrays have axes."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judging.evidence import Letters
from grader.judging.relations import Comparison, Pair, relation


def pairs(change):
    rng = np.random.default_rng(0)
    found = []
    for rounds in (3, 4):
        right = [(rng.normal(size=(2, 5)), rng.normal(size=(2, 5))) for _ in range(rounds)]
        found.append(Pair(right, change(right), {}))
    return found


def equal(one, other):
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    return np.shape(one) == np.shape(other) and bool(np.allclose(one, other))


def found(change):
    return relation(pairs(change), Comparison(equal, 1e-6, 1e-9, Letters({}, ())))


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        (lambda r: tuple(map(list, zip(*r, strict=True))), "nested-the-other-way", "2 items of 3"),
        (lambda r: [(b, a) for a, b in r], "swapped", "of each item of your result"),
        (lambda r: [(a, 2 * b) for a, b in r], "factor:twice", "item 2 of each item"),
        (lambda r: [(a, b**3 - a) for a, b in r], "only-item", "item 2 of each item"),
        (lambda r: r[1:], "first-missing", "lacks its first item"),
        (lambda r: r[-1], "last-only", "the last item of the list"),
        (lambda r: r[0], "first-only", "the first item of the list"),
        (lambda r: [*r[:2], *((a + b, b - a) for a, b in r[2:])], "first-items-right", "first 2 items"),
    ],
)  # fmt: skip
def test_places_are_named_as_places(change, label, words):
    what = found(change)
    assert what is not None
    assert what.label == f"relation:{label}"
    assert words in what.hint
    assert "axis" not in what.hint
