"""Reference solutions of *smoothing*: an average that forgets slowly (Brown 1956)."""

import numpy as np


def blend(old, new, share):
    """Mix two arrays: a share of the new one, the rest of the old one.

        (1 - share) * old + share * new

    Parameters
    ----------
    old, new : arrays
        Of the same shape.
    share : number
        From 0 to 1.

    Returns
    -------
    array
        Of that shape.
    """
    return (1 - share) * old + share * new


def smooth(X, share):
    """Exponential smoothing along the first axis: each step blends what came into what there was.

        s[0] = X[0],    s[t] = blend(s[t - 1], X[t], share)

    Parameters
    ----------
    X : array (T, D)
        T at least 1.
    share : number
        From 0 to 1.

    Returns
    -------
    array (T, D)
        The smoothed series (Brown 1956).
    """
    states = [X[0]]
    for x in X[1:]:
        states.append(blend(states[-1], x, share))
    return np.stack(states)
