"""Random inputs for the checks."""

from __future__ import annotations

import numpy as np


def sizes(rng: np.random.Generator, count: int, low: int = 2, high: int = 7) -> list[int]:
    """Different sizes from low..high, so that no two axes can be confused unnoticed.

    Parameters
    ----------
    rng : np.random.Generator
        The source of randomness.
    count : int
        How many sizes.
    low, high : int
        The smallest and the largest size that may come, both included.

    Returns
    -------
    list of `count` ints
        The sizes, in random order.
    """
    return [int(n) for n in rng.choice(np.arange(low, high + 1), size=count, replace=False)]


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> np.ndarray:
    """Normal entries with mean 0.

    Parameters
    ----------
    rng : np.random.Generator
        The source of randomness.
    *shape : int
        The array's shape.
    scale : float, default 1.0
        The standard deviation.

    Returns
    -------
    array of the given shape
        The entries.
    """
    return rng.normal(scale=scale, size=shape)
