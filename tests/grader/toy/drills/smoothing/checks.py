"""What is checked in *smoothing*, on which inputs, and the known mistakes."""

from __future__ import annotations

import numpy as np

from answers import smoothing as reference
from grader.checks import Assignment, Case, Check, mistake


def pairs(rng: np.random.Generator) -> list[Case]:
    """Three pairs of arrays, of one, two and three axes."""
    shapes = [(4,), (3, 5), (2, 4, 3)]
    return [
        {"old": rng.normal(size=s), "new": rng.normal(size=s), "share": rng.uniform(0.1, 0.4)}
        for s in shapes
    ]


def series(rng: np.random.Generator) -> list[Case]:
    """A long series, a short one, and one of a single step."""
    return [
        {"X": rng.normal(size=shape), "share": rng.uniform(0.1, 0.4)}
        for shape in [(6, 3), (2, 4), (1, 2)]
    ]


BLEND = Check(
    "blend",
    2,
    pairs,
    (
        mistake(
            "shares-swapped",
            "The share belongs to the *new* array: you give it to the old one.",
            "(1 - share) * old + share * new",
            "share * old + (1 - share) * new",
        ),
        mistake(
            "sum-not-mean",
            "You add the new array on top of the old one, whose share has to shrink to `1 - share`.",
            "(1 - share) * old",
            "old",
        ),
        mistake(
            "old-forgotten",
            "Only the new array is left: the old one has to count too.",
            "(1 - share) * old + share * new",
            "share * new",
        ),
    ),
)

SMOOTH = Check(
    "smooth",
    3,
    series,
    (
        mistake(
            "blends-with-the-first",
            "Each step blends with the first state. Blend with the state *before* it.",
            "states[-1]",
            "states[0]",
        ),
        mistake(
            "starts-from-zero",
            "Your memory starts from zero. It starts as the first entry of `X`.",
            "[X[0]]",
            "[blend(0 * X[0], X[0], share)]",
        ),
        mistake(
            "only-the-last",
            "You return the last state only. All of them are asked for, one for each step.",
            "np.stack(states)",
            "states[-1]",
        ),
    ),
    needs=("blend",),
)

ASSIGNMENT = Assignment("smoothing", reference, (BLEND, SMOOTH), profile="plain", minutes=15)
