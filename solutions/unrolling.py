"""Reference solutions of the chapter *unrolling*: a recurrent network in NumPy, forward.

Equations: Elman (1990).
"""

import numpy as np


def rnn_step(x_t, s_prev, U, W, b):
    """One time step of a recurrent layer: the new state from the input and the previous state.

        S_t = tanh(U x_t + W S_{t-1} + b)      for one sequence, in columns, as the lecture has it

    Here the N sequences of a batch are rows; the shapes say what that does to the products.

    Parameters
    ----------
    x_t : array (N, D) of floats or ints
        Input of this step (a one-hot vector, say).
    s_prev : array (N, H)
        State of the previous step, S_{t-1}.
    U : array (D, H)
        Weights of the input.
    W : array (H, H)
        Weights of the state: the loop in the network.
    b : array (H,)
        Bias.

    Returns
    -------
    array (N, H)
        The state S_t.

    Notes
    -----
    The arguments stay as they are.

    References
    ----------
    Elman 1990.
    """
    return np.tanh(x_t @ U + s_prev @ W + b)


def rnn_forward(X, s_0, U, W, b):
    """Unroll a recurrent layer over a batch of sequences: the same step T times, the same weights.

    Parameters
    ----------
    X : array (N, T, D) of floats or ints
        The inputs.
    s_0 : array (N, H) of floats or ints
        State before the first step.
    U, W, b : arrays (D, H), (H, H) and (H,)
        As for rnn_step, the same at every step.

    Returns
    -------
    array (N, T, H)
        The states S_1, ..., S_T: entry [:, t] is the state after X[:, t] has been read. The initial
        state is not among them.
    """
    s, states = s_0, []
    for x_t in np.swapaxes(X, 0, 1):
        s = rnn_step(x_t, s, U, W, b)
        states.append(s)
    return np.stack(states, axis=1)


def softmax(z):
    """Turn the numbers along the last axis into probabilities: positive numbers that sum to 1.

        softmax(z)_k = exp(z_k) / sum_j exp(z_j)

    Parameters
    ----------
    z : array of any shape, floats or ints
        The numbers; entries may be as large as +-10,000.

    Returns
    -------
    array of floats, same shape
        The probabilities. All entries are finite: adding the same number to all z_k leaves the
        quotient unchanged, so no exponential ever needs to overflow.
    """
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def rnn_outputs(S, V, c):
    """What the network says at every step: a probability for each of K classes or tokens.

        O_t = softmax(V S_t + c)      for one sequence and one step, in columns

    Parameters
    ----------
    S : array (N, T, H)
        The states, as from rnn_forward.
    V : array (H, K)
        Weights of the output.
    c : array (K,)
        Bias of the output.

    Returns
    -------
    array (N, T, K)
        The probabilities: along the last axis, the entries sum to 1.
    """
    return softmax(S @ V + c)


def count_parameters(D, H, K):
    """How many numbers the network learns: the entries of U, W, b, V and c together.

    Parameters
    ----------
    D, H, K : int
        Sizes of input, state and output.

    Returns
    -------
    int
        The number of parameters. The number of time steps plays no part in it: all steps share
        their weights.
    """
    return D * H + H * H + H + H * K + K


def generate(first, s_0, U, W, b, V, c, steps):
    """Let the network write: what it says at one step is what it reads at the next.

    Read a token as a one-hot vector, move the state on, and take the token to which the output
    gives the highest probability. That token is read at the next step.

    Parameters
    ----------
    first : int from 0 to K - 1
        The token that is read at the first step.
    s_0 : array (1, H)
        State before the first step.
    U, W, b, V, c : arrays (D, H), (H, H), (H,), (H, K) and (K,)
        As for rnn_step and rnn_outputs, with D = K: the network reads what it writes.
    steps : int
        How many tokens to write.

    Returns
    -------
    list of `steps` ints
        The tokens. `first` was read, not written: it is not in the list.
    """
    token, s, tokens = first, s_0, []
    for _ in range(steps):
        x_t = np.eye(len(U))[[token]]
        s = rnn_step(x_t, s, U, W, b)
        token = int(np.argmax(softmax(s @ V + c)))
        tokens.append(token)
    return tokens


def parity_network():
    """Weights with which a network says at each step whether the number of ones so far is odd.

    It reads one bit at each step, 0.0 or 1.0 (D = 1), begins with a state of zeros, and at every
    step gives the higher probability to class 1 where the number of ones read so far is odd, and to
    class 0 where it is even (K = 2). The weights are set by hand, not trained; how you choose them
    is up to you.

        S_t = tanh(U x_t + W S_{t-1} + b),    O_t = softmax(V S_t + c)      in columns

    Returns
    -------
    U, W, b, V, c : arrays (1, H), (H, H), (H,), (H, 2) and (2,)
        The weights, for as many units H as you need.

    Notes
    -----
    The number to beat is one half, the accuracy of a guess, on sequences of 100 bits. Half of the
    points are for an accuracy of 0.99 with up to 20 units, all of them for that accuracy with two.
    """
    k = 20.0
    U = np.array([[k, k]])
    W = k / 2 * np.array([[1, 1], [-1, -1]])  # the two units differ where the number was odd
    b = -k * np.array([0.5, 1.5])  # one bit of two is set; both are set
    return U, W, b, np.array([[0, 1], [0, -1]]), np.array([0, -1])
