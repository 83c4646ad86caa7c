"""Right answers to *chaptername* as students write them."""

import numpy as np


def running_mean__loop(x):
    total, means = 0.0, []
    for t in range(len(x)):
        total += x[t]
        means.append(total / (t + 1))
    return np.array(means)


def running_mean__slices(x):
    return np.array([np.mean(x[: t + 1]) for t in range(len(x))])


def running_mean__recursion(x):
    m = x.astype(float)
    for t in range(1, len(x)):
        m[t] = m[t - 1] + (x[t] - m[t - 1]) / (t + 1)
    return m
