"""Reference solutions of the chapter *chaptername*: a mean that runs along."""

import numpy as np


def running_mean(x):
    """The mean of all that has come so far, at every step.

        m_t = (x_1 + ... + x_t) / t

    Parameters
    ----------
    x : array (T,)
        Numbers, T at least 1.

    Returns
    -------
    array (T,) of floats
        Entry t is the mean of x[0], ..., x[t].
    """
    counts = np.arange(1, len(x) + 1)
    return np.cumsum(x) / counts
