"""Reference solutions of the chapter *chaptername*: a mean that runs along."""

import numpy as np


def running_mean(x):
    """The mean of all that has come so far, at every step.

        m_t = (x_1 + ... + x_t) / t

    x : (T,) array of numbers, T at least 1.
    Returns (T,) floats.
    """
    counts = np.arange(1, len(x) + 1)
    return np.cumsum(x) / counts
