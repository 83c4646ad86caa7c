"""Reference solutions of the chapter *bptt*: the gradient through time, its death and its taming.

Equations: backpropagation through time, Werbos (1990); vanishing and exploding gradients, Bengio,
Simard & Frasconi (1994) and Pascanu, Mikolov & Bengio (2013).
"""

import numpy as np


def sequence_loss(O, Y):
    """How surprised a network is by a batch of sequences: its cross-entropy.

        E = 1/N sum_n sum_t -log(the probability of the right token)

    summed over the time steps and averaged over the batch.

    Parameters
    ----------
    O : array (N, T, K)
        Probabilities: what the network said at each step.
    Y : array (N, T) of ints from 0 to K - 1
        The token that was right at each step.

    Returns
    -------
    float
        The loss E.
    """
    right = np.take_along_axis(O, Y[:, :, None], axis=2)
    return float(-np.log(right).sum() / len(O))


def numerical_gradient(f, theta, eps=1e-5):
    """The gradient of a function by trial: push each entry a little up and a little down.

        df/dtheta_i = (f(theta + eps e_i) - f(theta - eps e_i)) / (2 eps)

    where e_i is 1 at entry i and 0 elsewhere (central differences).

    Parameters
    ----------
    f : function
        Takes one array of the shape of `theta` and returns a float.
    theta : array of any shape, floats or ints
        Where the gradient is wanted. After the call it must be what it was before, to the last bit.
    eps : float, default 1e-5
        Size of the push.

    Returns
    -------
    array of floats, shape of `theta`
        The gradient.
    """
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        push = np.zeros(theta.shape)
        push[index] = eps
        gradient[index] = (f(theta + push) - f(theta - push)) / (2 * eps)
    return gradient


def rnn_backward(X, s_0, Y, U, W, b, V, c):
    """Backpropagation through time: the gradient of the loss of a whole recurrent network.

        S_t = tanh(X_t @ U + S_{t-1} @ W + b)        O_t = softmax(S_t @ V + c)
        E   = cross-entropy of O and Y as in sequence_loss: summed over t, averaged over the batch

    Parameters
    ----------
    X : array (N, T, D) of floats or ints
        The inputs.
    s_0 : array (N, H)
        State before the first step.
    Y : array (N, T) of ints
        The right tokens.
    U, W, b : arrays (D, H), (H, H) and (H,)
        Weights of the recurrent layer, the same at every step.
    V, c : arrays (H, K) and (K,)
        Weights of the output layer, the same at every step.

    Returns
    -------
    dict with the keys U, W, b, V and c
        The gradients dE/dU and so on, each with the shape of its parameter. All steps use the same
        parameters, so their shares add up.

    References
    ----------
    Werbos 1990.
    """
    N, T, _ = X.shape
    states = [s_0]
    for t in range(T):
        states.append(np.tanh(X[:, t] @ U + states[t] @ W + b))

    grads = dict.fromkeys("UWbVc", 0.0)
    da = np.zeros(s_0.shape)  # after the last step there is nothing that could have a gradient
    for t in reversed(range(T)):
        s_prev, s = states[t], states[t + 1]
        z = s @ V + c
        o = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
        dz = (o - np.eye(len(c))[Y[:, t]]) / N  # softmax and cross-entropy together
        ds = dz @ V.T + da @ W.T  # what this step says, and what all later steps say
        da = ds * (1 - s**2)  # before the tanh
        grads["V"] += s.T @ dz
        grads["c"] += dz.sum(axis=0)
        grads["U"] += X[:, t].T @ da
        grads["W"] += s_prev.T @ da
        grads["b"] += da.sum(axis=0)
    return grads


def state_jacobian_norms(S, W):
    """How strongly the last state of a tanh cell still depends on each of its earlier states.

        S_k = tanh(X_k @ U + S_{k-1} @ W + b)
        norms[t] = largest singular value of dS_T/dS_t = product of dS_k/dS_{k-1} over k = t+1 .. T

    Parameters
    ----------
    S : array (T, H)
        The states S_1, ..., S_T of one sequence.
    W : array (H, H)
        Weights of the state.

    Returns
    -------
    array (T,)
        The norms. The first entry belongs to S_1; the last belongs to S_T itself and is 1.

    Notes
    -----
    Inputs and bias are not needed: with the states at hand, the slope of each tanh is known.

    References
    ----------
    Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013.
    """
    jacobian, norms = np.eye(len(W)), [1.0]
    for s in reversed(S[1:]):
        jacobian = W * (1 - s**2) @ jacobian
        norms.append(np.linalg.norm(jacobian, 2))
    return np.array(norms[::-1])


def clip_by_global_norm(grads, max_norm):
    """Shorten a gradient that is too long, and keep its direction.

        norm    = square root of the sum of the squares of all entries of all arrays
        clipped = grads * min(1, max_norm / norm)        the same factor for every array

    Parameters
    ----------
    grads : dict of arrays, floats or ints
        The gradient, as rnn_backward returns it. Its arrays stay as they are.
    max_norm : positive number
        The longest that the gradient may be.

    Returns
    -------
    clipped : dict of arrays
        The gradient after clipping, with the same keys and shapes. A gradient of zeros stays zero.
    norm : float
        The norm before clipping.

    References
    ----------
    Pascanu, Mikolov & Bengio 2013.
    """
    norm = float(np.linalg.norm(np.concatenate([g.ravel() for g in grads.values()])))
    factor = 1.0 if norm <= max_norm else max_norm / norm
    return {name: g * factor for name, g in grads.items()}, norm


def gentle_start(H, rng):
    """Recurrent weights with which a gradient neither vanishes nor explodes for a hundred steps.

    The network is S_t = tanh(S_{t-1} @ W + inputs), with normal inputs of standard deviation 0.1,
    and starts from zeros. How you choose W is up to you.

    Parameters
    ----------
    H : int, at least 8
        Number of units.
    rng : numpy.random.Generator
        For whatever you want to draw.

    Returns
    -------
    array (H, H)
        The weights W.

    Notes
    -----
    What counts is how much of a gradient is left after T = 100 steps, the first entry of
    state_jacobian_norms, as a median over several networks. The number to beat is that of normal
    weights of variance 1 / H, with which a hundredth or so is left. Half of the points are for a
    median from 1/30 to 30, all of them for one from 1/5 to 5.
    """
    rotation = np.linalg.qr(rng.normal(size=(H, H)))[0]
    return 1.1 * rotation  # a little more than one, since the tanh takes a little away
