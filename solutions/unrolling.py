"""Reference solutions of the chapter *unrolling*: a recurrent network in NumPy, forward.

Equations: Elman (1990).
"""

import numpy as np


def rnn_step(x_t, s_prev, U, W, b):
    """One time step of a recurrent layer: the new state from the input and the state before.

        S_t = tanh(x_t @ U + S_{t-1} @ W + b)

    x_t    : (N, D) input of this step, floats or ints (a one-hot vector, say).
    s_prev : (N, H) state of the step before, S_{t-1}.
    U      : (D, H) weights of the input.
    W      : (H, H) weights of the state: the loop in the network.
    b      : (H,) bias.
    Returns the state S_t, an array (N, H). The arguments stay as they are.
    Source: Elman 1990.
    """
    return np.tanh(x_t @ U + s_prev @ W + b)


def rnn_forward(X, s_0, U, W, b):
    """Unroll a recurrent layer over a batch of sequences: T times the same step with the same weights.

    X       : (N, T, D) inputs, floats or ints.
    s_0     : (N, H) state before the first step, floats or ints.
    U, W, b : as for rnn_step, the same at every step.
    Returns the states S_1, ..., S_T as one array (N, T, H): entry [:, t] is the state after X[:, t]
    was read. The initial state is not in it.
    """
    s, states = s_0, []
    for x_t in np.swapaxes(X, 0, 1):
        s = rnn_step(x_t, s, U, W, b)
        states.append(s)
    return np.stack(states, axis=1)


def softmax(z):
    """Turn the numbers along the last axis into probabilities: positive, and 1 in sum.

        softmax(z)_k = exp(z_k) / sum_j exp(z_j)

    z : array of any shape, floats or ints, entries as large as +-10,000.
    Returns an array of floats of the same shape. All its entries are finite: a number that is added
    to all z_k changes nothing in the quotient, so that no exponential need ever overflow.
    """
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def rnn_outputs(S, V, c):
    """What the network says at every step: a probability for each of K classes or tokens.

        O_t = softmax(S_t @ V + c)

    S : (N, T, H) states, as from rnn_forward.
    V : (H, K) weights of the output.
    c : (K,) bias of the output.
    Returns an array (N, T, K), whose entries along the last axis sum to 1.
    """
    return softmax(S @ V + c)


def count_parameters(D, H, K):
    """How many numbers the network learns: the entries of U, W, b, V and c together.

    D, H, K : sizes of input, state and output.
    Returns an int. The number of time steps is no part of it: all steps share their weights.
    """
    return D * H + H * H + H + H * K + K


def generate(first, s_0, U, W, b, V, c, steps):
    """Let the network write: what it says at one step is what it reads at the next.

    Read a token as a one-hot vector, move the state on, and take the token to which the output gives
    the highest probability. That token is read at the next step.

    first           : int from 0 to K - 1, the token that is read at the first step.
    s_0             : (1, H) state before it.
    U, W, b, V, c   : as for rnn_step and rnn_outputs, with D = K: the network reads what it writes.
    steps           : how many tokens to write.
    Returns a list of `steps` ints. `first` was read, not written: it is not put into the list.
    """
    token, s, tokens = first, s_0, []
    for _ in range(steps):
        x_t = np.eye(len(U))[[token]]
        s = rnn_step(x_t, s, U, W, b)
        token = int(np.argmax(softmax(s @ V + c)))
        tokens.append(token)
    return tokens
