"""Reference solutions of the chapter *lstm*: one LSTM cell in NumPy, forward and backward.

Equations: Hochreiter & Schmidhuber (1997); forget gate: Gers, Schmidhuber & Cummins (2000).
"""

import numpy as np


def sigmoid(z):
    """The logistic function, elementwise: a gate from 0 (nothing passes) to 1 (everything passes).

        sigmoid(z) = 1 / (1 + exp(-z))

    Parameters
    ----------
    z : array of any shape, or a number
        Entries may be as large as +-10,000: no overflow warning may appear for them.

    Returns
    -------
    array of the same shape
        The gate's values, entries in [0, 1].
    """
    e = np.exp(-np.abs(z))  # never overflows: its argument is at most 0
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


def lstm_step(x_t, h_prev, c_prev, params):
    """One time step of an LSTM layer.

    For one sequence, in columns, as the lecture has it; * is elementwise, and [h, x] is h above x:

        forget gate     f_t = sigmoid(W_f [h_{t-1}, x_t] + b_f)
        input gate      i_t = sigmoid(W_i [h_{t-1}, x_t] + b_i)
        output gate     o_t = sigmoid(W_o [h_{t-1}, x_t] + b_o)
        candidate       C~_t = tanh(W_C [h_{t-1}, x_t] + b_C)
        cell state      C_t = f_t * C_{t-1} + i_t * C~_t
        hidden state    h_t = o_t * tanh(C_t)

    Here the N sequences of a batch are rows; the shapes say what that does to the products.

    Parameters
    ----------
    x_t : array (N, D)
        Input of this step.
    h_prev : array (N, H)
        Hidden state of the previous step.
    c_prev : array (N, H)
        Cell state of the previous step.
    params : dict of arrays
        The parameters: Wf, Wi, Wc and Wo are (H + D, H), bf, bi, bc and bo are (H,).

    Returns
    -------
    h_t : array (N, H)
        Hidden state of this step.
    c_t : array (N, H)
        Cell state of this step.

    Notes
    -----
    The arguments stay as they are.

    References
    ----------
    Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000.
    """
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    candidate = np.tanh(a @ params["Wc"] + params["bc"])
    c_t = f * c_prev + i * candidate
    o = sigmoid(a @ params["Wo"] + params["bo"])
    return o * np.tanh(c_t), c_t


def lstm_gates(X, h_0, c_0, params):
    """What the three gates and the candidate do at every step of a batch of sequences.

    Parameters
    ----------
    X : array (N, T, D)
        The inputs.
    h_0, c_0 : arrays (N, H)
        Hidden and cell state before the first step.
    params : dict of arrays
        As for lstm_step.

    Returns
    -------
    dict with the keys f, i, o and candidate
        Each is an array (N, T, H): entry [n, t] is the value of the gate (or of the candidate)
        while step t of sequence n is read.
    """
    h, c, steps = h_0, c_0, []
    for x_t in np.swapaxes(X, 0, 1):
        a = np.concatenate([h, x_t], axis=1)
        z = {gate: a @ params["W" + gate] + params["b" + gate] for gate in "fico"}
        steps.append((sigmoid(z["f"]), sigmoid(z["i"]), sigmoid(z["o"]), np.tanh(z["c"])))
        h, c = lstm_step(x_t, h, c, params)
    f, i, o, candidate = (np.stack(values, axis=1) for values in zip(*steps))
    return {"f": f, "i": i, "o": o, "candidate": candidate}


def lstm_forward(X, h_0, c_0, params):
    """Run an LSTM layer over a batch of sequences.

    Parameters
    ----------
    X : array (N, T, D)
        The inputs.
    h_0, c_0 : arrays (N, H)
        Hidden and cell state before the first step.
    params : dict of arrays
        As for lstm_step.

    Returns
    -------
    hs : array (N, T, H)
        hs[:, t] is the hidden state after step t.
    cs : array (N, T, H)
        cs[:, t] is the cell state after step t.
    """
    h, c, hs, cs = h_0, c_0, [], []
    for x_t in np.swapaxes(X, 0, 1):
        h, c = lstm_step(x_t, h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)


def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    """The gradient of a loss E through one LSTM step.

    Parameters
    ----------
    dh : array (N, H)
        dE/dh_t.
    dc : array (N, H)
        dE/dc_t with h_t held fixed: what arrives from later steps along the cell state. The total
        for the cell is dc + dh * o_t * (1 - tanh(c_t)^2), since h_t = o_t * tanh(c_t) depends on
        c_t too.
    x_t, h_prev, c_prev, params : arrays (N, D), (N, H) and (N, H), dict of arrays
        As for lstm_step.

    Returns
    -------
    dict of arrays
        The gradients: x_t (N, D), h_prev (N, H), c_prev (N, H), and one entry for each parameter,
        under its own key and with its own shape (Wf, bf, Wi, bi, Wc, bc, Wo, bo), summed over the
        batch.

    References
    ----------
    The chain rule; Gers et al. 2000.
    """
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    candidate = np.tanh(a @ params["Wc"] + params["bc"])
    tanh_c = np.tanh(f * c_prev + i * candidate)

    dc_total = dc + dh * o * (1 - tanh_c**2)
    dz = {  # gradients before the nonlinearities: sigmoid' = s (1 - s), tanh' = 1 - tanh^2
        "f": dc_total * c_prev * f * (1 - f),
        "i": dc_total * candidate * i * (1 - i),
        "c": dc_total * i * (1 - candidate**2),
        "o": dh * tanh_c * o * (1 - o),
    }
    da = sum(dz[gate] @ params["W" + gate].T for gate in "fico")
    H = h_prev.shape[1]
    grads = {"x_t": da[:, H:], "h_prev": da[:, :H], "c_prev": dc_total * f}
    for gate in "fico":
        grads["W" + gate] = a.T @ dz[gate]
        grads["b" + gate] = dz[gate].sum(axis=0)
    return grads


def from_keras(kernel, recurrent_kernel, bias):
    """Turn the weights of a keras.layers.LSTM into this course's parameter dict.

    Parameters
    ----------
    kernel : array (D, 4H)
        Multiplies x_t. Its four blocks of H columns belong to i, f, c and o, in this order.
    recurrent_kernel : array (H, 4H)
        Multiplies h_prev; same blocks.
    bias : array (4H,)
        The biases; same blocks.

    Returns
    -------
    dict with the keys Wf, bf, Wi, bi, Wc, bc, Wo and bo
        Each W is (H + D, H): first the rows that multiply h, then those that multiply x. Each b is
        (H,).
    """
    blocks = np.split(np.concatenate([recurrent_kernel, kernel]), 4, axis=1)
    biases = np.split(np.asarray(bias), 4)
    params = {"W" + gate: block for gate, block in zip("ifco", blocks)}
    return params | {"b" + gate: b for gate, b in zip("ifco", biases)}


def adding_cell():
    """An LSTM that solves the adding problem, its parameters set by hand.

    At each step it reads a value between 0 and 1 and a mark that is 0 or 1, in this order (D = 2).
    Two of the 100 steps are marked. At the end, c_T @ readout is to be the sum of the two marked
    values, where c_T (N, H) is the last cell state; hidden and cell state begin as zeros. How you
    do it is up to you.

    Returns
    -------
    params : dict of arrays
        The parameters, as for lstm_step, for as many units H as you need, at most 8.
    readout : array (H,)
        What the cell state is multiplied by at the end.

    Notes
    -----
    The number to beat is 1/6, the mean squared error of a constant. Half of the points are for an
    error below 1/24, all of them for one below 1/1000.
    """
    k, small = 40.0, 0.01  # a gate's weight; and near 0 a tanh is a straight line
    params = {name: np.zeros((3, 1)) for name in ("Wf", "Wi", "Wc", "Wo")}
    params |= {name: np.zeros(1) for name in ("bc", "bo")}
    params["bf"], params["bi"] = np.array([k]), np.array([-k / 2])  # keep all; write nothing ...
    params["Wi"][2] = k  # ... but at a mark
    params["Wc"][1] = small
    return params, np.array([1 / small])
