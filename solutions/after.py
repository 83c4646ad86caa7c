"""Reference solutions of the chapter *after*: attention, and a recurrence that is a scan.

Attention: Bahdanau, Cho & Bengio (2015), scaled as by Vaswani et al. (2017). The scan: Hillis &
Steele (1986) and Blelloch (1990). The gated network: Feng et al. (2024).
"""

import numpy as np


def attention_weights(query, keys, mask):
    """How much of each step a query looks at: the softmax of the scaled scores.

        e_t = (q . k_t) / sqrt(H)
        a_t = exp(e_t) / (sum of exp(e_j) over the steps j that are not padding)

    Parameters
    ----------
    query : array (N, H)
        One query for each sequence.
    keys : array (N, T, H)
        One key for each step.
    mask : boolean array (N, T)
        True where there is a word, False where there is padding. Each row has at least one True.

    Returns
    -------
    array (N, T)
        The weights. Each row sums to 1; padding has the weight 0.

    Notes
    -----
    Scores may be as large as 10,000, for words and for padding, and no overflow warning may appear.
    """
    scores = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1])
    scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def attend(query, keys, values, mask):
    """What a query takes from a sequence: the mean of the values, weighted by attention.

        c = a_1 v_1 + ... + a_T v_T

    Parameters
    ----------
    query : array (N, H)
        One query for each sequence.
    keys : array (N, T, H)
        One key for each step.
    values : array (N, T, M)
        One value for each step.
    mask : boolean array (N, T)
        True where there is a word, as in `attention_weights`.

    Returns
    -------
    array (N, M)
        The context of each sequence.
    """
    weights = attention_weights(query, keys, mask)
    return (weights[:, :, None] * values).sum(axis=1)


def linear_recurrence(a, b, s_0):
    """A leaky memory whose factor changes from step to step, one step after the other.

        s_t = a_t * s_{t-1} + b_t

    Parameters
    ----------
    a : array (N, T, H)
        The factors: how much of the old state stays.
    b : array (N, T, H)
        What comes in.
    s_0 : array (N, H)
        The state before the first step.

    Returns
    -------
    array (N, T, H)
        The state after every step, T at least 1.
    """
    states, s = np.empty(b.shape), s_0
    for t in range(b.shape[1]):
        s = a[:, t] * s + b[:, t]
        states[:, t] = s
    return states


def scan(a, b):
    """The same memory in rounds, each of which joins all steps at once.

    A step is a pair (a, b), which makes a s + b of a state s. Two steps, first (a, b) and then
    (a', b'), are together one step as well:

        (a, b) then (a', b') = (a' * a, a' * b + b')

    Round 1 joins every step with the one before it, round 2 with the one two before it, round 3
    with the one four before it, and so on; each round works on what the last one left. A step with
    nothing that far before it stays as it is. The rounds end as soon as the next distance would be
    T or more.

    Parameters
    ----------
    a : array (N, T, H)
        The factors.
    b : array (N, T, H)
        What comes in.

    Returns
    -------
    list of pairs of arrays (N, T, H)
        First the pair (a, b), then the pair that each round leaves. In the last pair, entry t
        stands for steps 1 to t as a single step.
    """
    T, rounds = b.shape[1], [(a, b)]
    for r in range((T - 1).bit_length()):  # so many doublings take 1 to T or more
        distance = 2**r
        late_a, late_b = a[:, distance:], b[:, distance:]
        joined_a = late_a * a[:, :-distance]
        joined_b = late_a * b[:, :-distance] + late_b
        a = np.concatenate([a[:, :distance], joined_a], axis=1)
        b = np.concatenate([b[:, :distance], joined_b], axis=1)
        rounds.append((a, b))
    return rounds


def min_gru_forward(X, h_0, params):
    """A minGRU: gates that see what is read, but not the state.

    For a batch of rows, with * elementwise:

        gate          z_t  = sigmoid(x_t W_z + b_z)
        candidate     h~_t = x_t W_h + b_h
        hidden state  h_t  = (1 - z_t) * h_{t-1} + z_t * h~_t

    Parameters
    ----------
    X : array (N, T, D)
        The inputs, T at least 1.
    h_0 : array (N, H)
        The state before the first step.
    params : dict of arrays
        The parameters: Wz and Wh are (D, H), bz and bh are (H,).

    Returns
    -------
    array (N, T, H)
        The hidden state after every step.
    """
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    candidate = X @ params["Wh"] + params["bh"]
    kept, added = scan(1 - z, z * candidate)[-1]
    return kept * h_0[:, None] + added


def stopwatch():
    """A minGRU, its parameters set by hand, that says how many steps ago the last mark was.

    At each step it reads a mark that is 0 or 1 (D = 1). The first step is marked, and so are some
    of the others; from one mark to the next there are at most 100 steps. After step t,
    h_t @ readout is to be the number of steps since the last mark: 0 at a mark, 1 at the step after
    it. The state before the first step is 0. How you do it is up to you.

    Returns
    -------
    params : dict of arrays
        The parameters, as for min_gru_forward, for as many units H as you need, at most 8.
    readout : array (H,)
        What the state is multiplied by.

    Notes
    -----
    The number to beat is the mean squared error of the best constant. Half of the points are for
    an error below a tenth of it, all of them for a stopwatch that is never off by half a step.
    """
    leak, k = 1e-5, 60.0  # what a gate that is nearly shut lets in; a weight that opens it
    params = {"Wz": np.array([[k]]), "bz": np.array([np.log(leak)])}  # sigmoid(log x) is about x
    params |= {"Wh": np.array([[-1.0]]), "bh": np.array([1.0])}  # draws to 1, and to 0 at a mark
    return params, np.array([1 / leak])
