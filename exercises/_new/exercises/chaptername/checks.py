"""What is checked in the assignment *chaptername*, on which inputs, and the known mistakes."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from grader.checks import Assignment, Case, Check, mistake
from solutions import chaptername as reference


def draw_series(rng: np.random.Generator) -> list[Case]:
    """Series of different lengths: one of numbers, one of whole numbers, one of a single step."""
    long, short = sizes(rng, 2, low=4, high=9)
    return [
        {"x": normal(rng, long) + 2},
        {"x": rng.integers(1, 9, size=short)},
        {"x": normal(rng, 1) + 2},
    ]


RUNNING_MEAN = Check(
    "running_mean",
    points=2,
    draw=draw_series,
    misconceptions=(
        mistake(
            "divided-by-the-length",
            """You divide every sum by the length of the whole series. The mean after three steps is a
            third of the sum of three.""",
            "np.cumsum(x) / counts",
            "np.cumsum(x) / len(x)",
        ),
        mistake(
            "sum-not-mean",
            """These are the sums of what has come so far. A mean is a sum divided by how many there
            are.""",
            "np.cumsum(x) / counts",
            "np.cumsum(x)",
        ),
        mistake(
            "counts-one-too-far",
            """You divide by one more than the number of steps. After the first step there is one
            number, and it is its own mean.""",
            "np.arange(1, len(x) + 1)",
            "np.arange(2, len(x) + 2)",
        ),
    ),
)

ASSIGNMENT = Assignment("chaptername", reference, (RUNNING_MEAN,), minutes=10)
