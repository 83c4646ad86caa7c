"""Right answers to the assignment bptt in other styles than the reference's."""

import math

import numpy as np
import scipy.special
from scipy.optimize._numdiff import approx_derivative


def sequence_loss__loops(O, Y):
    N, T = Y.shape
    total = 0.0
    for n in range(N):
        for t in range(T):
            total -= math.log(O[n, t, Y[n, t]])
    return total / N


def sequence_loss__indices(O, Y):
    n, t = np.indices(Y.shape)
    return -np.log(O[n, t, Y]).sum(axis=1).mean()


def sequence_loss__one_hot(O, Y):
    target = np.eye(O.shape[-1])[Y]
    return -np.sum(target * np.log(O + 1e-8)) / O.shape[0]


def sequence_loss__einsum(O, Y):
    picked = np.einsum("ntk,ntk->nt", O, Y[..., None] == np.arange(O.shape[2]))
    return np.mean(np.sum(-np.log(np.clip(picked, 1e-7, 1 - 1e-7)), axis=1))


def numerical_gradient__in_place_and_restored(f, theta, eps=1e-5):
    if not np.issubdtype(theta.dtype, np.floating):
        theta = theta.astype(np.float64)
    grad = np.empty(theta.shape)
    it = np.nditer(theta, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = theta[i]
        theta[i] = old + eps
        up = f(theta)
        theta[i] = old - eps
        down = f(theta)
        theta[i] = old
        grad[i] = (up - down) / (2 * eps)
        it.iternext()
    return grad


def numerical_gradient__flat(f, theta, eps=1e-5):
    flat = np.array(theta, dtype=float).reshape(-1)
    slopes = []
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += eps
        down[i] -= eps
        slopes.append(0.5 * (f(up.reshape(theta.shape)) - f(down.reshape(theta.shape))) / eps)
    return np.array(slopes).reshape(theta.shape)


def numerical_gradient__basis(f, theta, eps=1e-5):
    basis = eps * np.eye(theta.size).reshape(theta.size, *theta.shape)
    slopes = [f(theta + push) / (2 * eps) - f(theta - push) / (2 * eps) for push in basis]
    return np.reshape(slopes, theta.shape)


def numerical_gradient__scipy(f, theta, eps=1e-5):
    start = theta.astype(float).ravel()
    gradient = approx_derivative(
        lambda flat: f(flat.reshape(theta.shape)), start, method="3-point", abs_step=eps
    )
    return np.reshape(gradient, theta.shape)


def rnn_backward__one_sequence_at_a_time(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    dU, dW, db = np.zeros((D, len(b))), np.zeros_like(W), np.zeros_like(b)
    dV, dc = np.zeros_like(V), np.zeros_like(c)
    for n in range(N):
        s, O = {-1: s_0[n]}, {}
        for t in range(T):
            s[t] = np.tanh(X[n, t] @ U + s[t - 1] @ W + b)
            e = np.exp(s[t] @ V + c)
            O[t] = e / e.sum()
        carried = np.zeros(len(b))
        for t in range(T - 1, -1, -1):
            dz = O[t].copy()
            dz[Y[n, t]] -= 1
            dV += np.outer(s[t], dz)
            dc += dz
            da = (V @ dz + carried) * (1 - s[t] * s[t])
            dU += np.outer(X[n, t], da)
            dW += np.outer(s[t - 1], da)
            db += da
            carried = W @ da
    return {"U": dU / N, "W": dW / N, "b": db / N, "V": dV / N, "c": dc / N}


def rnn_backward__einsum_at_the_end(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    S = np.zeros((N, T + 1, len(b)))
    S[:, 0] = s_0
    for t in range(T):
        S[:, t + 1] = np.tanh(X[:, t] @ U + S[:, t] @ W + b)
    O = scipy.special.softmax(S[:, 1:] @ V + c, axis=-1)
    dZ = (O - (Y[..., None] == np.arange(K))) / N
    dA = np.zeros((N, T, len(b)))
    for t in range(T)[::-1]:
        dS = dZ[:, t] @ V.T
        if t + 1 < T:
            dS = dS + dA[:, t + 1] @ W.T
        dA[:, t] = dS / np.cosh(np.arctanh(S[:, t + 1])) ** 2
    return dict(
        c=dZ.sum(axis=(0, 1)),
        b=dA.sum(axis=(0, 1)),
        V=np.einsum("nth,ntk->hk", S[:, 1:], dZ),
        U=np.einsum("ntd,nth->dh", X, dA),
        W=np.tensordot(S[:, :-1], dA, axes=([0, 1], [0, 1])),
    )


def rnn_backward__recursive(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape

    def go(t, s_prev):
        if t == T:
            return [0, 0, 0, 0, 0], np.zeros_like(s_prev)
        s = np.tanh(X[:, t] @ U + s_prev @ W + b)
        z = s @ V + c
        dz = np.exp(z - z.max(1, keepdims=True))
        dz /= dz.sum(1, keepdims=True)
        dz[range(N), Y[:, t]] -= 1
        later, ds = go(t + 1, s)
        da = (1 - s) * (1 + s) * (dz @ V.T + ds)
        shares = [X[:, t].T @ da, s_prev.T @ da, da.sum(0), s.T @ dz, dz.sum(0)]
        return [x + y for x, y in zip(shares, later)], da @ W.T

    sums, _ = go(0, s_0)
    return {name: value / N for name, value in zip("UWbVc", sums)}


def rnn_backward__forward_sensitivity(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    grads = {"U": np.zeros((D, H)), "W": np.zeros((H, H)), "b": np.zeros(H)}
    grads["V"], grads["c"] = np.zeros((H, K)), np.zeros(K)
    for n in range(N):
        s = s_0[n]
        dU, dW, db = np.zeros((H, D, H)), np.zeros((H, H, H)), np.zeros((H, H))
        for t in range(T):
            slope = None
            new = np.tanh(X[n, t] @ U + s @ W + b)
            slope = 1 - new**2
            dU = np.einsum("ij,ikl->jkl", W, dU)
            dW = np.einsum("ij,ikl->jkl", W, dW)
            db = np.einsum("ij,ik->jk", W, db)
            for j in range(H):
                dU[j, :, j] += X[n, t]
                dW[j, :, j] += s
                db[j, j] += 1
            dU, dW, db = slope[:, None, None] * dU, slope[:, None, None] * dW, slope[:, None] * db
            s = new
            dz = scipy.special.softmax(s @ V + c) - np.eye(K)[Y[n, t]]
            grads["V"] += np.outer(s, dz) / N
            grads["c"] += dz / N
            ds = V @ dz / N
            grads["U"] += np.einsum("j,jkl->kl", ds, dU)
            grads["W"] += np.einsum("j,jkl->kl", ds, dW)
            grads["b"] += ds @ db
    return grads


def state_jacobian_norms__columns(S, W):
    T, H = S.shape
    norms = np.ones(T)
    J = np.eye(H)
    for t in range(T - 2, -1, -1):
        J = J @ (np.diag(1 - S[t + 1] ** 2) @ W.T)
        norms[t] = np.linalg.svd(J, compute_uv=False)[0]
    return norms


def state_jacobian_norms__from_scratch(S, W):
    norms = []
    for t in range(len(S)):
        J = np.eye(S.shape[1])
        for k in range(t + 1, len(S)):
            J = J @ W @ np.diag(1 - S[k] ** 2)
        norms.append(np.linalg.norm(J, ord=2))
    return np.array(norms)


def state_jacobian_norms__eigenvalues(S, W):
    norms = [1.0]
    J = np.identity(W.shape[0])
    for s in S[:0:-1]:
        J = np.einsum("ij,j,jk->ik", W, 1 - s * s, J)
        norms.insert(0, np.sqrt(np.linalg.eigvalsh(J @ J.T).max()))
    return np.asarray(norms)


def state_jacobian_norms__recursive(S, W):
    def jacobian(t):
        if t == len(S) - 1:
            return np.eye(len(W))
        return (W / np.cosh(np.arctanh(S[t + 1])) ** 2) @ jacobian(t + 1)

    return np.array([np.linalg.norm(jacobian(t), 2) for t in range(len(S))])


def clip_by_global_norm__minimum(grads, max_norm):
    total = 0.0
    for g in grads.values():
        total += float(np.sum(np.square(g, dtype=float)))
    norm = total**0.5
    if norm <= max_norm:
        return {k: v.copy() for k, v in grads.items()}, norm
    return {k: v / norm * max_norm for k, v in grads.items()}, norm


def clip_by_global_norm__small_number_added(grads, max_norm):
    norm = np.sqrt(sum(np.vdot(g, g) for g in grads.values()))
    factor = min(1.0, max_norm / (norm + 1e-6))
    return dict(zip(grads, (factor * g for g in grads.values()))), norm


def clip_by_global_norm__branch(grads, max_norm):
    squares = [np.linalg.norm(value) ** 2 for value in grads.values()]
    norm = np.sqrt(np.sum(squares))
    clipped = {}
    for name, value in grads.items():
        clipped[name] = value * (max_norm / norm) if norm > max_norm else value
    return clipped, norm


def clip_by_global_norm__hypot(grads, max_norm):
    norm = np.hypot.reduce(np.hstack([np.abs(np.ravel(g)).astype(float) for g in grads.values()]))
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.fmin(1.0, np.divide(max_norm, norm))
    return [{name: factor * np.asarray(g) for name, g in grads.items()}, norm]


def gentle_start__reflections(H, rng):
    W = np.eye(H)
    for _ in range(2 * H):
        v = rng.normal(size=H)
        W = W - 2 * np.outer(W @ v, v) / (v @ v)
    return 1.1 * W


def gentle_start__nearest_rotation(H, rng):
    left, _, right = np.linalg.svd(rng.normal(size=(H, H)))
    return 1.09 * left @ right


def gentle_start__permutation(H, rng):
    return 1.08 * np.eye(H)[rng.permutation(H)]
