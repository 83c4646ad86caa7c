"""Right answers to the assignment unrolling in other styles than the reference's."""

import numpy as np
import scipy.special


def rnn_step__loops(x_t, s_prev, U, W, b):
    N, H = s_prev.shape
    s = np.empty((N, H))
    for n in range(N):
        for j in range(H):
            total = b[j]
            for d in range(x_t.shape[1]):
                total += x_t[n, d] * U[d, j]
            for k in range(H):
                total += s_prev[n, k] * W[k, j]
            s[n, j] = np.tanh(total)
    return s


def rnn_step__one_matrix(x_t, s_prev, U, W, b):
    return np.tanh(np.hstack([x_t, s_prev]) @ np.vstack([U, W]) + b)


def rnn_step__einsum(x_t, s_prev, U, W, b):
    z = np.einsum("nd,dh->nh", x_t, U) + np.einsum("nk,kh->nh", s_prev, W)
    return 1 - 2 / (np.exp(2 * (z + b)) + 1)


def rnn_step__columns(x_t, s_prev, U, W, b):
    return np.tanh(U.T.dot(x_t.T) + W.T.dot(s_prev.T) + b[:, np.newaxis]).T


def rnn_forward__filled(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.zeros((N, T, s_0.shape[1]))
    for t in range(T):
        before = s_0 if t == 0 else S[:, t - 1]
        S[:, t] = rnn_step(X[:, t], before, U, W, b)
    return S


def rnn_forward__inputs_at_once(X, s_0, U, W, b):
    Z = X @ U + b
    S = np.empty_like(Z)
    s = s_0.copy()
    for t in range(X.shape[1]):
        s = np.tanh(Z[:, t, :] + s @ W)
        S[:, t, :] = s
    return S


def rnn_forward__one_sequence_at_a_time(X, s_0, U, W, b):
    rows = []
    for x, s in zip(X, s_0):
        row = []
        for x_t in x:
            s = np.tanh(x_t @ U + s @ W + b)
            row.append(s)
        rows.append(row)
    return np.array(rows)


def rnn_forward__recursive(X, s_0, U, W, b):
    s = rnn_step(X[:, 0], s_0, U, W, b)[:, None]
    if X.shape[1] == 1:
        return s
    return np.concatenate([s, rnn_forward(X[:, 1:], s[:, 0], U, W, b)], axis=1)


def rnn_forward__transposed(X, s_0, U, W, b):
    states = [s_0]
    for t in range(X.shape[1]):
        states.append(rnn_step(X[:, t], states[-1], U, W, b))
    return np.transpose(np.array(states[1:]), (1, 0, 2))


def softmax__scipy(z):
    return scipy.special.softmax(z, axis=-1)


def softmax__logarithms(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


def softmax__rows(z):
    rows = np.reshape(z, (-1, z.shape[-1]))
    out = np.empty(rows.shape, dtype=float)
    for n, row in enumerate(rows):
        powers = [np.exp(float(value) - float(max(row))) for value in row]
        out[n] = np.array(powers) / sum(powers)
    return out.reshape(z.shape)


def softmax__moved_axis(z):
    moved = np.moveaxis(z, -1, 0)
    moved = moved - moved.max(axis=0)
    e = np.exp(moved)
    return np.moveaxis(e / e.sum(axis=0), 0, -1)


def softmax__differences(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)


def rnn_outputs__step_by_step(S, V, c):
    N, T, _ = S.shape
    O = np.zeros((N, T, len(c)))
    for t in range(T):
        O[:, t] = softmax(S[:, t] @ V + c)
    return O


def rnn_outputs__flat(S, V, c):
    N, T, H = S.shape
    z = S.reshape(N * T, H).dot(V) + c[None, :]
    e = np.exp(z - z.max(axis=1)[:, None])
    return (e / e.sum(axis=1, keepdims=True)).reshape(N, T, -1)


def rnn_outputs__einsum(S, V, c):
    e = np.exp(np.einsum("nth,hk->ntk", S, V) + c)
    return e / np.einsum("ntk->nt", e)[..., None]


def count_parameters__layers(D, H, K):
    recurrent = (D + H + 1) * H
    output = (H + 1) * K
    return recurrent + output


def count_parameters__arrays(D, H, K):
    shapes = [(D, H), (H, H), (H,), (H, K), (K,)]
    return sum(np.zeros(shape).size for shape in shapes)


def count_parameters__numpy(D, H, K):
    return np.prod([D, H]) + np.prod([H, H]) + np.prod([H, K]) + np.sum([H, K])


def generate__rows_of_u(first, s_0, U, W, b, V, c, steps):
    s = s_0[0]
    written = []
    for _ in range(steps):
        token = written[-1] if written else first
        s = np.tanh(U[token] + s @ W + b)
        written.append(np.argmax(s @ V + c))
    return written


def generate__outputs(first, s_0, U, W, b, V, c, steps):
    K = V.shape[1]
    x = np.zeros((1, K))
    x[0, first] = 1
    s = s_0.copy()
    tokens = []
    while len(tokens) < steps:
        s = rnn_step(x, s, U, W, b)
        p = rnn_outputs(s[:, None, :], V, c)[0, 0]
        best = p.argmax()
        tokens.append(best)
        x = np.zeros((1, K))
        x[0, best] = 1
    return tokens


def generate__read_again(first, s_0, U, W, b, V, c, steps):
    read = [first]
    for _ in range(steps):
        X = np.eye(U.shape[0], dtype=int)[read][None]
        S = rnn_forward(X, s_0, U, W, b)
        read.append(int(np.argmax(rnn_outputs(S, V, c)[0, -1])))
    return read[1:]


def generate__array(first, s_0, U, W, b, V, c, steps):
    tokens = np.zeros(steps, dtype=np.int32)
    token, s = first, s_0
    for t in range(steps):
        s = rnn_step(np.eye(len(U))[token][None], s, U, W, b)
        token = tokens[t] = np.argmax(softmax(s @ V + c), axis=-1)[0]
    return tokens


def generate__recursive(first, s_0, U, W, b, V, c, steps):
    if steps == 0:
        return []
    s = rnn_step(np.eye(len(U))[first : first + 1], s_0, U, W, b)
    token = int(np.argmax(s @ V + c))
    return [token] + generate(token, s, U, W, b, V, c, steps - 1)


def parity_network__other_order(k=15.0):
    U = np.array([[k, k]])
    W = np.array([[-k / 2, -k / 2], [k / 2, k / 2]])
    b = np.array([-1.5 * k, -0.5 * k])
    V = np.array([[1.0, -1.0], [-1.0, 1.0]])
    return U, W, b, V, np.array([1.0, -1.0])


def parity_network__lists():
    U, W = [[60, 60]], [[30, 30], [-30, -30]]
    return U, W, [-30, -90], [[-1, 0], [1, 0]], [1, 0]


def parity_network__upside_down():
    k = 12
    U = np.array([[-k, k]])
    W = k / 2 * np.array([[1, -1], [1, -1]])
    b = k * np.array([0.5, -1.5])
    return [U, W, b, np.array([[1, -1], [1, -1]]), np.array([1, -1])]
