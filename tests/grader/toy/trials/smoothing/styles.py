"""Right answers as somebody else would write them."""

import numpy as np


def blend__difference(old, new, share):
    return old + share * (new - old)


def blend__average(old, new, share):
    return np.average([old, new], axis=0, weights=[1 - share, share])


blend__lambda = lambda old, new, share: new * share - old * (share - 1)  # noqa: E731


def smooth__in_place(X, share):
    S = X.astype(float)
    for t in range(1, len(S)):
        S[t] = blend(S[t - 1], S[t], share)  # noqa: F821 - the answer before
    return S


def smooth__weights(X, share):
    t = np.arange(len(X))
    lag = t[:, None] - t
    weights = np.where(lag >= 0, share * (1 - share) ** np.maximum(lag, 0), 0.0)
    weights[:, 0] = (1 - share) ** t
    return weights @ X


def smooth__reduce(X, share):
    from itertools import accumulate

    return np.array(list(accumulate(X, lambda s, x: (1 - share) * s + share * x)))
