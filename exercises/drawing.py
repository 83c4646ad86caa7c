"""Random inputs for the checks."""

from __future__ import annotations

import numpy as np


def sizes(rng: np.random.Generator, count: int, low: int = 2, high: int = 7) -> list[int]:
    """`count` different sizes from low..high, so that no two axes can be confused unnoticed."""
    return [int(n) for n in rng.choice(np.arange(low, high + 1), size=count, replace=False)]


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> np.ndarray:
    """Normal entries with standard deviation `scale`."""
    return rng.normal(scale=scale, size=shape)
