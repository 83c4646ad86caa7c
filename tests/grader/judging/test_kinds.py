"""Kinds of mistake in functions that no assignment has: shares, gates, large numbers, places and sizes."""

from __future__ import annotations

import types

import numpy as np
import pytest

from grader.checks import Assignment, Check
from grader.judging.evidence import Context
from grader.judging.judge import answers_of, judge

SHARES = '''
def shares(X, w):
    """Shares of each row.

    X : (N, T) numbers.
    w : (T,) numbers.
    Returns an array (N, T).
    """
    scores = X * w / np.sqrt(X.shape[1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
'''
GATED = '''
def gated(X, w, pairs):
    """A gate.

    X     : (N, T) numbers.
    w     : (T, H) numbers.
    pairs : list of two arrays (H,).
    Returns an array (N, H).
    """
    return 1 / (1 + np.exp(-(X @ w))) * pairs[1]
'''
CAPPED = '''
def capped(X, keep):
    """The largest of those that are kept.

    X    : (N, T) numbers.
    keep : (N, T) booleans.
    Returns an array (N,).
    """
    return np.where(keep, X, -np.inf).max(axis=1)
'''
STEPPED = '''
def stepped(X, s_0):
    """States, one after the other.

    X   : (N, T, H) numbers, or whole numbers.
    s_0 : (N, H) numbers.
    Returns an array (N, T, H).
    """
    s, states = s_0, []
    for x_t in np.swapaxes(X, 0, 1):
        s = np.tanh(x_t + s)
        states.append(s)
    return np.stack(states, axis=1)
'''
SOURCES = {"shares": SHARES, "gated": GATED, "capped": CAPPED, "stepped": STEPPED}
reference = types.ModuleType("reference")
reference.np = np
for text in SOURCES.values():
    exec(text, vars(reference))


def draw_shares(rng):
    return [{"X": rng.normal(size=(N, T)) * size, "w": rng.normal(size=T)}
            for N, T, size in ((3, 4, 1.0), (4, 6, 1.0), (2, 5, 4e3))]  # fmt: skip


def draw_gated(rng):
    return [{"X": rng.normal(size=(N, T)), "w": rng.normal(size=(T, H)),
             "pairs": [rng.normal(size=H), rng.normal(size=H)]}
            for N, T, H in ((3, 4, 5), (2, 6, 3))]  # fmt: skip


def draw_capped(rng):
    cases = []
    for N, T in ((4, 6), (3, 5)):
        keep = rng.uniform(size=(N, T)) < 0.5
        keep[:, 2] = True
        cases.append({"X": rng.normal(size=(N, T)) * 900 - 2000, "keep": keep})
    return cases


def draw_stepped(rng):
    """The largest case holds whole numbers: only the others can be disturbed a little."""
    whole = rng.integers(-2, 3, size=(4, 6, 5))
    return [
        *({"X": rng.normal(size=(N, T, H)), "s_0": rng.normal(size=(N, H))}
          for N, T, H in ((3, 4, 5), (2, 5, 3), (1, 1, 2))),
        {"X": whole, "s_0": rng.normal(size=(4, 5))},
    ]  # fmt: skip


CHECKS = {
    name: Check(name, 2, draw)
    for name, draw in (
        ("shares", draw_shares),
        ("gated", draw_gated),
        ("capped", draw_capped),
        ("stepped", draw_stepped),
    )
}
COURSE = Assignment("demo", reference, tuple(CHECKS.values()))


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    monkeypatch.setattr("grader.judging.reference.source_of", lambda module, name: SOURCES[name])


def verdict(name, body):
    check = CHECKS[name]
    arguments = SOURCES[name].partition("(")[2].partition(")")[0]
    source = f"def {name}({arguments}):\n" + "".join(f"    {line}\n" for line in body.split("; "))
    cases = check.draw(np.random.default_rng(3))

    def ask(cases):
        with np.errstate(all="warn"):
            return answers_of(COURSE, check, source, cases)

    def ask_changed(cases, changed):
        return [
            answers_of(COURSE, check, text, [case])[0]
            for case, text in zip(cases, changed, strict=True)
        ]

    return judge(
        COURSE, check, cases, ask(cases), context=Context(source, (), ask, ask_changed=ask_changed)
    )


SCORES = "s = X * w / np.sqrt(X.shape[1]); "


@pytest.mark.parametrize(
    ("name", "body", "label", "says"),
    [
        (
            "shares",
            SCORES + "e = np.exp(s - s.max(axis=0)); return e / e.sum(axis=0)",
            "relation:sums-to-1",
            "sums to 1 over axis 0 (N); it should do so over axis 1 (T)",
        ),
        (
            "shares",
            SCORES + "e = np.exp(s - s.max()); return e / e.sum()",
            "relation:sums-to-1",
            "over all axes together",
        ),
        (
            "shares",
            SCORES + "return (s == s.max(axis=1, keepdims=True)) * 1.0",
            "relation:largest-only",
            "1 where the right one is largest along axis 1 (T)",
        ),
        (
            "shares",
            SCORES + "e = np.exp(s); return e / e.sum(axis=1, keepdims=True)",
            "error:not-finite-exp",
            "an exponential is too large",
        ),
        ("gated", "return X @ w * pairs[1]", "change:sigmoid-left-out", "a sigmoid is left out"),
        ("gated", "return np.tanh(X @ w) * pairs[1]", "change:tanh-for-sigmoid", "a tanh is taken"),
        (
            "gated",
            "e = np.exp(X @ w); return e / e.sum(axis=1, keepdims=True) * pairs[1]",
            "change:softmax-for-sigmoid",
            "a softmax is used",
        ),
        (
            "gated",
            "return 1 / (1 + np.exp(-(X @ w))) * pairs[0]",
            "change:constant",
            "another item of `pairs` is used",
        ),
        (
            "gated",
            "return (1 / (1 + np.exp(-(X @ w))) * pairs[1])[:, 1:3]",
            "relation:fixed-length",
            "has the length 2 along axis 1 (H) in every case",
        ),
        (
            "capped",
            "return np.sort(X, axis=1)[:, -2] * 1.1",
            "experiment:unused-keep",
            "stays the same whatever `keep` is",
        ),
        (
            "stepped",
            "s = np.zeros(X.shape); s[:, 0] = s_0\n    for t in range(1, X.shape[1]):"
            " s[:, t] = np.tanh(X[:, t] + s[:, t - 1])\n    return s",
            "relation:first-is-input",
            "what stands first along axis 1 (T) is `s_0` as it was given",
        ),
        (
            "stepped",
            "s = np.zeros(X.shape); s[:, 0] = s_0\n    for t in range(1, X.shape[1]):"
            " s[:, t] = np.tanh(X[:, t] + s[:, t - 1])\n    return s",
            "experiment:unused-first-X",
            "whatever stands first in `X` along axis 1 (T)",
        ),
        (
            "capped",
            "return np.where(keep, X, -1000.0).max(axis=1)",
            "change:own-not-enough",
            "the number `1000.0` is not large enough",
        ),
    ],
)
def test_the_kind_is_said(name, body, label, says):
    found = verdict(name, body)
    assert found.share == 0
    assert label in found.misconception.split("+")
    assert says in found.hint


def test_sizes_are_told_from_values():
    found = verdict("shares", SCORES.replace("X.shape[1]", "X.shape[0]") + (
        "e = np.exp(s - s.max(axis=1, keepdims=True)); return e / e.sum(axis=1, keepdims=True)"
    ))  # fmt: skip
    assert "another size of `X` is used" in found.hint
    assert "a 1 in the formula" not in found.hint


def test_nan_in_wrong_places_too_is_not_the_whole_mistake():
    body = "e = np.exp(X * w); return 2 * e / e.sum(axis=1, keepdims=True)"
    assert "not-finite" not in (verdict("shares", body).misconception or "")
