"""Right answers to *after* as students write them."""

import numpy as np
import scipy.special


def attention_weights__loops(query, keys, mask):
    weights = np.zeros(mask.shape)
    for n in range(len(query)):
        seen = np.flatnonzero(mask[n])
        e = np.array([query[n] @ keys[n, t] for t in seen]) / query.shape[1] ** 0.5
        e = np.exp(e - e.max())
        weights[n, seen] = e / e.sum()
    return weights


def attention_weights__scipy(query, keys, mask):
    scores = (keys @ query[:, :, None])[:, :, 0] / np.sqrt(keys.shape[2])
    scores[~mask] = -np.inf
    return scipy.special.softmax(scores, axis=1)


def attention_weights__sum(query, keys, mask):
    scores = (query[:, None] * keys).sum(axis=-1) / np.sqrt(query.shape[1])
    scores = scores - np.max(scores, axis=1, where=mask, initial=-np.inf, keepdims=True)
    e = np.exp(np.where(mask, scores, -1e9))
    return e / np.sum(e, axis=1, keepdims=True)


def attend__product(query, keys, values, mask):
    return (attention_weights(query, keys, mask)[:, None] @ values)[:, 0]


def attend__sum(query, keys, values, mask):
    return (attention_weights(query, keys, mask)[..., None] * values).sum(axis=1)


def attend__loop(query, keys, values, mask):
    weights, context = attention_weights(query, keys, mask), 0
    for t in range(values.shape[1]):
        context = context + weights[:, t : t + 1] * values[:, t]
    return context


def linear_recurrence__list(a, b, s_0):
    states = [s_0]
    for t in range(a.shape[1]):
        states.append(a[:, t] * states[-1] + b[:, t])
    return np.stack(states[1:], axis=1)


def linear_recurrence__in_place(a, b, s_0):
    states = np.array(b, dtype=float)
    states[:, 0] += a[:, 0] * s_0
    for t in range(1, a.shape[1]):
        states[:, t] += a[:, t] * states[:, t - 1]
    return states


def linear_recurrence__time_first(a, b, s_0):
    s, states = s_0, []
    for factor, new in zip(np.moveaxis(a, 1, 0), np.moveaxis(b, 1, 0), strict=True):
        s = factor * s + new
        states.append(s)
    return np.array(states).swapaxes(0, 1)


def scan__shifted(a, b):
    T, rounds, k = a.shape[1], [(a, b)], 1
    while k < T:
        before_a, before_b = np.ones_like(a), np.zeros_like(b)
        before_a[:, k:], before_b[:, k:] = a[:, :-k], b[:, :-k]
        a, b = a * before_a, a * before_b + b
        rounds.append((a, b))
        k *= 2
    return rounds


def scan__loops(a, b):
    T, rounds = a.shape[1], [(a, b)]
    for r in range(int(np.ceil(np.log2(T)))):
        k = 2**r
        new_a, new_b = a.copy(), b.copy()
        for t in range(k, T):
            new_a[:, t] = a[:, t] * a[:, t - k]
            new_b[:, t] = a[:, t] * b[:, t - k] + b[:, t]
        a, b = new_a, new_b
        rounds.append((a, b))
    return rounds


def scan__recursion(a, b):
    def go(a, b, k):
        if k >= a.shape[1]:
            return [(a, b)]
        next_a, next_b = a.copy(), b.copy()
        next_b[:, k:] += a[:, k:] * b[:, :-k]
        next_a[:, k:] *= a[:, :-k]
        return [(a, b), *go(next_a, next_b, 2 * k)]

    return go(a, b, 1)


def min_gru_forward__recurrence(X, h_0, params):
    z = scipy.special.expit(X @ params["Wz"] + params["bz"])
    return linear_recurrence(1 - z, z * (X @ params["Wh"] + params["bh"]), h_0)


def min_gru_forward__loop(X, h_0, params):
    h, states = h_0, []
    for t in range(X.shape[1]):
        z = 1 / (1 + np.exp(-X[:, t] @ params["Wz"] - params["bz"]))
        h = (1 - z) * h + z * (X[:, t] @ params["Wh"] + params["bh"])
        states.append(h)
    return np.stack(states, axis=1)


def min_gru_forward__first_step(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    new = z * (X @ params["Wh"] + params["bh"])
    new[:, 0] += (1 - z[:, 0]) * h_0
    return scan(1 - z, new)[-1][1]


def stopwatch__a_logit():
    z = 2e-6
    params = {"Wz": np.full((1, 1), 80.0), "bz": np.array([-np.log(1 / z - 1)])}
    params.update(Wh=np.full((1, 1), -5), bh=np.array([5]))
    return params, [1 / (5 * z)]


def stopwatch__downwards():
    params = {"Wz": np.array([[90.0]]), "bz": np.array([-14.0])}
    params["Wh"], params["bh"] = np.array([[1.0]]), np.array([-1.0])
    return params, np.array([-np.exp(14.0)])


def stopwatch__two_units():
    params = {"Wz": np.array([[60.0, 60.0]]), "bz": np.array([-11.0, -12.0])}
    params |= {"Wh": np.array([[-1.0, -2.0]]), "bh": np.array([1.0, 2.0])}
    return params, np.array([np.exp(11.0), np.exp(12.0) / 2]) / 2
