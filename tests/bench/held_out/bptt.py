# === wrong sequence_loss | summed over the batch, not averaged
def sequence_loss(O, Y):
    N, T, K = O.shape
    loss = 0.0
    for n in range(N):
        for t in range(T):
            loss -= np.log(O[n, t, Y[n, t]])
    return loss


# === wrong sequence_loss | logarithm to base 2
def sequence_loss(O, Y):
    total = 0
    for probs, targets in zip(O, Y):
        for p, y in zip(probs, targets):
            total += -np.log2(p[y])
    return total / O.shape[0]


# === wrong sequence_loss | one loss per sequence
def sequence_loss(O, Y):
    right = np.take_along_axis(O, Y[:, :, np.newaxis], axis=2)[:, :, 0]
    return -np.log(right).sum(axis=1)


# === wrong sequence_loss | O[:, :, Y] picks too much
def sequence_loss(O, Y):
    p = O[:, :, Y]
    return float(-np.log(p).sum() / len(Y))


# === wrong sequence_loss | only the last step counts
def sequence_loss(O, Y):
    last = O[np.arange(len(O)), -1, Y[:, -1]]
    return float(np.mean(-np.log(last)))


# === wrong sequence_loss | softmax applied to the probabilities again
def sequence_loss(O, Y):
    def logsoftmax(z):
        return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

    lp = logsoftmax(O)
    return float(-sum(lp[n, t, Y[n, t]] for n in range(len(Y)) for t in range(len(Y[0]))) / len(Y))


# === wrong sequence_loss | token times log: Y multiplied, not looked up, and steps averaged
def sequence_loss(O, Y):
    logs = np.log(O)
    return float(-(Y[:, :, None] * logs).sum(axis=2).mean())


# === wrong sequence_loss | missing bracket (syntax error)
def sequence_loss(O, Y):
    rows, cols = np.ogrid[: Y.shape[0], : Y.shape[1]]
    return -np.sum(np.log(O[rows, cols, Y]) / len(O)


# === right sequence_loss | one-hot einsum before the logarithm
def sequence_loss(O, Y):
    onehot = np.eye(O.shape[-1])[Y]
    p = np.einsum("ntk,ntk->nt", O, onehot)
    return -np.log(p).sum(axis=1).mean()


# === wrong numerical_gradient | one-sided difference
def numerical_gradient(f, theta, eps=1e-5):
    base = np.array(theta, dtype=float)
    f0 = f(base)
    grad = np.zeros(base.shape)
    for i in np.ndindex(base.shape):
        pushed = base.copy()
        pushed[i] += eps
        grad[i] = (f(pushed) - f0) / eps
    return grad


# === wrong numerical_gradient | push written into a copy of integers
def numerical_gradient(f, theta, eps=1e-5):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        up = theta.copy()
        down = theta.copy()
        up[index] = up[index] + eps
        down[index] = down[index] - eps
        gradient[index] = (f(up) - f(down)) / (2 * eps)
    return gradient


# === wrong numerical_gradient | all entries pushed together
def numerical_gradient(f, theta, eps=1e-5):
    slope = (f(theta + eps) - f(theta - eps)) / (2 * eps)
    return np.full(np.shape(theta), slope)


# === wrong numerical_gradient | result is flat
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, dtype=float)
    res = []
    for k in range(theta.size):
        e = np.zeros(theta.size)
        e[k] = eps
        e = e.reshape(theta.shape)
        res.append((f(theta + e) - f(theta - e)) / (2 * eps))
    return np.array(res)


# === wrong numerical_gradient | eps of the caller ignored
def numerical_gradient(f, theta, eps=1e-5):
    eps = 1e-5
    theta = theta.astype(float)
    grads = np.empty(theta.shape)
    for pos, _ in np.ndenumerate(theta):
        d = np.zeros(theta.shape)
        d[pos] = eps
        grads[pos] = (f(theta + d) - f(theta - d)) / (2 * eps)
    return grads


# === wrong numerical_gradient | result array of theta's dtype: integers cut the slopes
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = eps
        grad[i] = (f(theta + e) - f(theta - e)) / (2 * eps)
    return grad


# === wrong numerical_gradient | only for matrices
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, dtype=float)
    rows, cols = theta.shape
    g = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            old = theta[r, c]
            theta[r, c] = old + eps
            hi = f(theta)
            theta[r, c] = old - eps
            lo = f(theta)
            theta[r, c] = old
            g[r, c] = (hi - lo) / (2 * eps)
    return g


# === wrong numerical_gradient | down minus up, and the brackets around 2 eps missing
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.asarray(theta) * 1.0
    G = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        E = np.zeros(theta.shape)
        E[i] = eps
        G[i] = (f(theta - E) - f(theta + E)) / 2 * eps
    return G


# === right numerical_gradient | unit vectors from an identity matrix
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.asarray(theta, dtype=float)
    shape = theta.shape
    g = []
    for unit in np.eye(theta.size):
        e = eps * unit.reshape(shape)
        g.append((f(theta + e) - f(theta - e)) / (2 * eps))
    return np.array(g, dtype=float).reshape(shape)


# === wrong rnn_backward | no division by N
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    g = {"U": np.zeros(U.shape), "W": np.zeros(W.shape), "b": np.zeros(b.shape), "V": np.zeros(V.shape), "c": np.zeros(c.shape)}
    dA = np.zeros(s_0.shape)
    for t in range(T - 1, -1, -1):
        Z = S[t + 1] @ V + c
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        O = E / E.sum(axis=1, keepdims=True)
        dZ = O - np.eye(K)[Y[:, t]]
        dS = dZ @ V.T + dA @ W.T
        dA = dS * (1 - S[t + 1] ** 2)
        g["V"] += S[t + 1].T @ dZ
        g["c"] += dZ.sum(axis=0)
        g["U"] += X[:, t].T @ dA
        g["W"] += S[t].T @ dA
        g["b"] += dA.sum(axis=0)
    return g


# === wrong rnn_backward | tanh slope forgotten
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T = Y.shape
    states = [s_0]
    outputs = []
    for t in range(T):
        s = np.tanh(np.dot(X[:, t, :], U) + np.dot(states[t], W) + b)
        z = np.dot(s, V) + c
        e = np.exp(z - np.max(z, axis=1)[:, None])
        outputs.append(e / np.sum(e, axis=1)[:, None])
        states.append(s)
    dU = np.zeros(U.shape)
    dW = np.zeros(W.shape)
    db = np.zeros(b.shape)
    dV = np.zeros(V.shape)
    dc = np.zeros(c.shape)
    ds_next = np.zeros(s_0.shape)
    for t in range(T)[::-1]:
        dz = outputs[t].copy()
        dz[np.arange(N), Y[:, t]] -= 1
        dz = dz / N
        dV += np.dot(states[t + 1].T, dz)
        dc += np.sum(dz, axis=0)
        ds = np.dot(dz, V.T) + ds_next
        dU += np.dot(X[:, t, :].T, ds)
        dW += np.dot(states[t].T, ds)
        db += np.sum(ds, axis=0)
        ds_next = np.dot(ds, W.T)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === wrong rnn_backward | nothing comes back from the next step (no time in it)
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = V.shape[1]
    prev, states = s_0, []
    for t in range(T):
        prev = np.tanh(X[:, t] @ U + prev @ W + b)
        states.append(prev)
    S = np.stack(states, 1)
    before = np.concatenate([s_0[:, None], S[:, :-1]], axis=1)
    Z = S @ V + c
    P = np.exp(Z - Z.max(2, keepdims=True))
    P = P / P.sum(2, keepdims=True)
    dZ = (P - np.eye(K)[Y]) / N
    dA = (dZ @ V.T) * (1 - S**2)
    return {
        "U": np.einsum("ntd,nth->dh", X, dA),
        "W": np.einsum("nth,ntg->hg", before, dA),
        "b": dA.sum(axis=(0, 1)),
        "V": np.einsum("nth,ntk->hk", S, dZ),
        "c": dZ.sum(axis=(0, 1)),
    }


# === wrong rnn_backward | divided by N * T
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = np.empty((T + 1, N, H))
    S[0] = s_0
    for t in range(T):
        S[t + 1] = np.tanh(X[:, t] @ U + S[t] @ W + b)
    Z = S[1:] @ V + c
    O = np.exp(Z - Z.max(axis=-1, keepdims=True))
    O = O / O.sum(axis=-1, keepdims=True)
    dZ = (O - np.eye(K)[Y.T]) / (N * T)
    dA = np.zeros((T + 1, N, H))
    for t in range(T - 1, -1, -1):
        dA[t] = (dZ[t] @ V.T + dA[t + 1] @ W.T) * (1 - S[t + 1] ** 2)
    dA = dA[:T]
    return {
        "U": np.einsum("ntd,tnh->dh", X, dA),
        "W": np.einsum("tng,tnh->gh", S[:-1], dA),
        "b": dA.sum((0, 1)),
        "V": np.einsum("tnh,tnk->hk", S[1:], dZ),
        "c": dZ.sum((0, 1)),
    }


# === wrong rnn_backward | slope 1 - S, square forgotten
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, _ = X.shape
    S = [s_0]
    for x in X.transpose(1, 0, 2):
        S.append(np.tanh(x @ U + S[-1] @ W + b))
    G = {"U": 0, "W": 0, "b": 0, "V": 0, "c": 0}
    back = np.zeros(s_0.shape)
    for t in range(T, 0, -1):
        z = S[t] @ V + c
        e = np.exp(z - z.max(axis=1, keepdims=True))
        dz = e / e.sum(axis=1, keepdims=True)
        dz[np.arange(N), Y[:, t - 1]] -= 1
        dz /= N
        da = (dz @ V.T + back) * (1 - S[t])
        G["V"] = G["V"] + S[t].T @ dz
        G["c"] = G["c"] + dz.sum(axis=0)
        G["U"] = G["U"] + X[:, t - 1].T @ da
        G["W"] = G["W"] + S[t - 1].T @ da
        G["b"] = G["b"] + da.sum(axis=0)
        back = da @ W.T
    return G


# === wrong rnn_backward | right minus said: sign of all gradients
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    hs = {-1: s_0}
    ps = {}
    for t in range(T):
        hs[t] = np.tanh(X[:, t] @ U + hs[t - 1] @ W + b)
        y = hs[t] @ V + c
        ps[t] = np.exp(y - y.max(axis=1, keepdims=True))
        ps[t] /= ps[t].sum(axis=1, keepdims=True)
    dU, dW, db = np.zeros(U.shape), np.zeros(W.shape), np.zeros(b.shape)
    dV, dc = np.zeros(V.shape), np.zeros(c.shape)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(T)):
        dy = (np.eye(V.shape[1])[Y[:, t]] - ps[t]) / N
        dV += hs[t].T @ dy
        dc += dy.sum(axis=0)
        dh = dy @ V.T + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        db += dhraw.sum(axis=0)
        dU += X[:, t].T @ dhraw
        dW += hs[t - 1].T @ dhraw
        dhnext = dhraw @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === wrong rnn_backward | loop back stops before the first step
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    g = dict((name, np.zeros(p.shape)) for name, p in [("U", U), ("W", W), ("b", b), ("V", V), ("c", c)])
    carry = np.zeros((N, len(b)))
    for t in range(T - 1, 0, -1):
        z = S[t + 1] @ V + c
        q = np.exp(z - z.max(1)[:, None])
        q = q / q.sum(1)[:, None]
        dz = (q - np.eye(len(c))[Y[:, t]]) / N
        da = (dz @ V.T + carry) * (1 - S[t + 1] ** 2)
        carry = da @ W.T
        g["V"] += S[t + 1].T @ dz
        g["c"] += dz.sum(0)
        g["U"] += X[:, t].T @ da
        g["W"] += S[t].T @ da
        g["b"] += da.sum(0)
    return g


# === wrong rnn_backward | only the error of the last step is carried back
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    z = S[T] @ V + c
    e = np.exp(z - z.max(axis=1, keepdims=True))
    dz = (e / e.sum(axis=1, keepdims=True) - np.eye(len(c))[Y[:, -1]]) / N
    grads = {"V": S[T].T @ dz, "c": dz.sum(axis=0), "U": np.zeros(U.shape), "W": np.zeros(W.shape), "b": np.zeros(b.shape)}
    ds = dz @ V.T
    for t in range(T, 0, -1):
        da = ds * (1 - S[t] ** 2)
        grads["U"] += X[:, t - 1].T @ da
        grads["W"] += S[t - 1].T @ da
        grads["b"] += da.sum(axis=0)
        ds = da @ W.T
    return grads


# === wrong rnn_backward | keys named dU, dW, ...
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    out = {"dU": np.zeros(U.shape), "dW": np.zeros(W.shape), "db": np.zeros(b.shape), "dV": np.zeros(V.shape), "dc": np.zeros(c.shape)}
    dA = np.zeros(s_0.shape)
    for t in reversed(range(T)):
        z = S[t + 1] @ V + c
        o = np.exp(z - z.max(axis=1, keepdims=True))
        o /= o.sum(axis=1, keepdims=True)
        dZ = (o - np.eye(len(c))[Y[:, t]]) / N
        dA = (dZ @ V.T + dA @ W.T) * (1 - S[t + 1] ** 2)
        out["dU"] += X[:, t].T @ dA
        out["dW"] += S[t].T @ dA
        out["db"] += dA.sum(axis=0)
        out["dV"] += S[t + 1].T @ dZ
        out["dc"] += dZ.sum(axis=0)
    return out


# === wrong rnn_backward | walks forwards through time on the way back, and slope of the state before
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    dU, dW, db, dV, dc = [np.zeros(a.shape) for a in [U, W, b, V, c]]
    dA = np.zeros(s_0.shape)
    for t in range(T):
        z = S[t + 1] @ V + c
        o = np.exp(z - z.max(axis=1, keepdims=True))
        o = o / o.sum(axis=1, keepdims=True)
        dz = (o - np.eye(K)[Y[:, t]]) / N
        dA = (dz @ V.T + dA @ W.T) * (1 - S[t] ** 2)
        dU += X[:, t].T @ dA
        dW += S[t].T @ dA
        db += dA.sum(axis=0)
        dV += S[t + 1].T @ dz
        dc += dz.sum(axis=0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === wrong rnn_backward | calls softmax that was never defined
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = rnn_states(X, s_0, U, W, b)
    O = softmax_last_axis(S @ V + c)
    dZ = (O - np.eye(len(c))[Y]) / N
    return {"V": np.einsum("nth,ntk->hk", S, dZ), "c": dZ.sum(axis=(0, 1))}


# === right rnn_backward | sequence by sequence with outer products
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    total = {"U": np.zeros(U.shape), "W": np.zeros(W.shape), "b": np.zeros(b.shape), "V": np.zeros(V.shape), "c": np.zeros(c.shape)}
    for n in range(N):
        path = [np.array(s_0[n], dtype=float)]
        for x in X[n]:
            path.append(np.tanh(U.T @ x + W.T @ path[-1] + b))
        message = np.zeros(len(b))
        for t in range(T, 0, -1):
            z = V.T @ path[t] + c
            p = np.exp(z - z.max())
            p = p / p.sum()
            p[Y[n, t - 1]] -= 1.0
            a = (V @ p + message) * (1.0 - path[t] ** 2)
            message = W @ a
            total["V"] += np.outer(path[t], p)
            total["c"] += p
            total["U"] += np.outer(X[n, t - 1], a)
            total["W"] += np.outer(path[t - 1], a)
            total["b"] += a
    return {name: g / N for name, g in total.items()}


# === right rnn_backward | time-major, shares added up by tensordot at the end
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    from scipy.special import softmax as soft

    x = np.swapaxes(X, 0, 1)
    T, N, _ = x.shape
    s = [s_0]
    for x_t in x:
        s.append(np.tanh(x_t @ U + s[-1] @ W + b))
    s = np.array(s)
    dz = (soft(s[1:] @ V + c, axis=-1) - np.eye(V.shape[1])[np.transpose(Y)]) / N
    da = []
    for t in range(T - 1, -1, -1):
        ds = dz[t] @ V.T
        if da:
            ds = ds + da[-1] @ W.T
        da.append((1 - s[t + 1]) * (1 + s[t + 1]) * ds)
    da = np.array(da[::-1])
    both = ((0, 1), (0, 1))
    return dict(
        c=dz.sum((0, 1)), V=np.tensordot(s[1:], dz, both), b=da.sum((0, 1)), W=np.tensordot(s[:-1], da, both), U=np.tensordot(x, da, both)
    )


# === wrong state_jacobian_norms | new factor on the right
def state_jacobian_norms(S, W):
    product = np.eye(len(W))
    result = [1.0]
    for s in S[:0:-1]:
        product = product @ (W * (1 - s**2))
        result.append(np.linalg.norm(product, 2))
    return np.array(result[::-1])


# === wrong state_jacobian_norms | slopes forgotten, W alone
def state_jacobian_norms(S, W):
    T = len(S)
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, T - 1 - t), 2) for t in range(T)])


# === wrong state_jacobian_norms | the entry of the last state is missing
def state_jacobian_norms(S, W):
    T, H = S.shape
    values = []
    jac = np.identity(H)
    for k in range(T - 1, 0, -1):
        jac = np.dot(np.dot(W, np.diag(1 - S[k] ** 2)), jac)
        values.insert(0, np.linalg.norm(jac, 2))
    return np.array(values)


# === wrong state_jacobian_norms | slopes multiply the rows of W
def state_jacobian_norms(S, W):
    T, H = S.shape
    total = np.eye(H)
    ans = np.zeros(T)
    ans[-1] = 1
    for k in reversed(range(1, T)):
        step = np.diag(1 - S[k] ** 2) @ W
        total = step @ total
        ans[k - 1] = np.linalg.norm(total, 2)
    return ans


# === wrong state_jacobian_norms | one factor too many: the last entry isn't 1
def state_jacobian_norms(S, W):
    T, H = S.shape
    P = np.eye(H)
    norms = np.empty(T)
    for t in range(T - 1, -1, -1):
        P = (W * (1 - S[t] ** 2)) @ P
        norms[t] = np.linalg.norm(P, 2)
    return norms


# === wrong state_jacobian_norms | from S_1 to S_t, not from S_t to S_T
def state_jacobian_norms(S, W):
    P = np.eye(W.shape[0])
    norms = [1.0]
    for t in range(1, S.shape[0]):
        P = P @ (W * (1 - S[t] ** 2))
        norms.append(np.linalg.norm(P, 2))
    return np.array(norms)


# === wrong state_jacobian_norms | entry by entry product instead of matrix product, square forgotten
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.ones((H, H))
    r = []
    for t in range(T - 1, -1, -1):
        r.append(np.linalg.norm(J, 2))
        J = J * (W * (1 - S[t]))
    return np.array(r[::-1])


# === right state_jacobian_norms | columns: diag times W.T, product anew for every t
def state_jacobian_norms(S, W):
    T, H = S.shape
    norms = []
    for t in range(T):
        J = np.eye(H)
        for k in range(t + 1, T):
            J = np.diag(1 - S[k] ** 2) @ W.T @ J
        norms.append(float(np.linalg.svd(J, compute_uv=False).max()))
    return np.array(norms)


# === right state_jacobian_norms | recursion from the end
def state_jacobian_norms(S, W):
    def walk(k, P, found):
        found = [np.linalg.svd(P)[1][0]] + found
        return found if k == 0 else walk(k - 1, W @ (np.diag(1 - S[k] ** 2) @ P), found)

    return np.array(walk(len(S) - 1, np.eye(len(W)), []))


# === wrong clip_by_global_norm | always brought to max_norm, also when shorter
def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum((g.astype(float) ** 2).sum() for g in grads.values())))
    if norm == 0:
        return {k: g.copy() for k, g in grads.items()}, norm
    return {k: g * (max_norm / norm) for k, g in grads.items()}, norm


# === wrong clip_by_global_norm | clips entry by entry
def clip_by_global_norm(grads, max_norm):
    norm = float(np.linalg.norm(np.concatenate([np.ravel(g) for g in grads.values()])))
    clipped = {k: np.clip(g, -max_norm, max_norm) for k, g in grads.items()}
    return clipped, norm


# === wrong clip_by_global_norm | changes the arrays that came in
def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(g * g) for g in grads.values())))
    if norm > max_norm:
        for g in grads.values():
            g *= max_norm / norm
    return grads, norm


# === wrong clip_by_global_norm | norm of the clipped gradient is returned
def clip_by_global_norm(grads, max_norm):
    def length(d):
        return float(np.sqrt(sum((v**2).sum() for v in d.values())))

    n = length(grads)
    if n <= max_norm:
        new = {k: v.copy() for k, v in grads.items()}
    else:
        new = {k: v * max_norm / n for k, v in grads.items()}
    return new, length(new)


# === wrong clip_by_global_norm | only the dict, no norm
def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {k: g if norm <= max_norm else g * (max_norm / norm) for k, g in grads.items()}


# === wrong clip_by_global_norm | integers stay integers
def clip_by_global_norm(grads, max_norm):
    total = 0.0
    for g in grads.values():
        for entry in np.ravel(g):
            total += float(entry) ** 2
    norm = total**0.5
    factor = 1.0 if norm <= max_norm else max_norm / norm
    clipped = {}
    for name, g in grads.items():
        new = np.empty_like(g)
        new[...] = g * factor
        clipped[name] = new
    return clipped, norm


# === wrong clip_by_global_norm | sum of absolute values
def clip_by_global_norm(grads, max_norm):
    norm = float(sum(np.abs(g).sum() for g in grads.values()))
    ratio = 1.0
    if norm > max_norm:
        ratio = max_norm / norm
    return {k: ratio * g for k, g in grads.items()}, norm


# === wrong clip_by_global_norm | root mean square in place of the root of the sum
def clip_by_global_norm(grads, max_norm):
    everything = np.concatenate([g.ravel() for g in grads.values()]).astype(float)
    norm = float(np.sqrt(np.mean(everything**2)))
    if norm <= max_norm:
        return {k: g.copy() for k, g in grads.items()}, norm
    return {k: g * max_norm / norm for k, g in grads.items()}, norm


# === wrong clip_by_global_norm | merge marks (syntax error)
def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum((g**2).sum() for g in grads.values())))
<<<<<<< HEAD
    factor = 1.0 if norm <= max_norm else max_norm / norm
=======
    factor = min(1.0, max_norm / norm)
>>>>>>> feature/clip
    return {k: g * factor for k, g in grads.items()}, norm


# === right clip_by_global_norm | norm of norms; short gradients go through as they are
def clip_by_global_norm(grads, max_norm):
    norm = float(np.linalg.norm([np.linalg.norm(np.ravel(g)) for g in grads.values()]))
    if norm <= max_norm:
        return dict(grads), norm
    return {name: np.multiply(g, max_norm / norm) for name, g in grads.items()}, norm


# === wrong numerical_gradient | one-sided difference
def numerical_gradient(f, theta, eps=1e-5):
    base = f(theta)
    grad = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        moved = theta.astype(float).copy()
        moved[index] += eps
        grad[index] = (f(moved) - base) / eps
    return grad


# === wrong clip_by_global_norm | each array has its own norm
def clip_by_global_norm(grads, max_norm):
    clipped = {}
    total = 0.0
    for name, g in grads.items():
        n = np.sqrt(np.sum(np.square(g, dtype=float)))
        total += n ** 2
        clipped[name] = g * min(1.0, max_norm / n) if n > 0 else g * 1.0
    return clipped, float(np.sqrt(total))


# === wrong sequence_loss | log base 2, sign forgotten
def sequence_loss(O, Y):
    N, T, K = O.shape
    total = 0.0
    for n in range(N):
        for t in range(T):
            total += np.log2(O[n, t, Y[n, t]])
    return total / N


# === wrong clip_by_global_norm | gradient always scaled to max_norm, also when short
def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum((np.asarray(g, dtype=float) ** 2).sum() for g in grads.values())))
    factor = max_norm / norm if norm else 1.0
    return {k: factor * np.asarray(g) for k, g in grads.items()}, norm


# === wrong rnn_backward | not divided by N
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = np.zeros((N, T + 1, H))
    S[:, 0] = s_0
    for t in range(1, T + 1):
        S[:, t] = np.tanh(X[:, t - 1] @ U + S[:, t - 1] @ W + b)
    logits = S[:, 1:] @ V + c
    P = np.exp(logits - logits.max(axis=-1, keepdims=True))
    P = P / P.sum(axis=-1, keepdims=True)
    dO = P - np.eye(K)[Y]
    dV = np.einsum("nth,ntk->hk", S[:, 1:], dO)
    dcc = dO.sum(axis=(0, 1))
    dU, dW, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    later = np.zeros((N, H))
    for t in range(T, 0, -1):
        delta = (dO[:, t - 1] @ V.T + later) * (1 - S[:, t] ** 2)
        dU += X[:, t - 1].T @ delta
        dW += S[:, t - 1].T @ delta
        db += delta.sum(axis=0)
        later = delta @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dcc}


# === wrong numerical_gradient | pushed entry is not put back exactly
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros_like(theta, dtype=float)
    it = np.nditer(theta, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        theta[i] += eps
        up = f(theta)
        theta[i] -= 2 * eps
        down = f(theta)
        theta[i] += eps
        grad[i] = (up - down) / (2 * eps)
    return grad


# === wrong rnn_backward | W where its transpose belongs
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    states, probs = [s_0], []
    for t in range(T):
        s = np.tanh(X[:, t] @ U + states[-1] @ W + b)
        z = s @ V + c
        z = z - z.max(1, keepdims=True)
        probs.append(np.exp(z) / np.exp(z).sum(1, keepdims=True))
        states.append(s)
    dU, dW, db, dV, dc = (np.zeros(np.shape(p)) for p in (U, W, b, V, c))
    carry = 0.0
    for t in range(T - 1, -1, -1):
        err = probs[t].copy()
        for n in range(N):
            err[n, Y[n, t]] -= 1
        err = err / N
        dV = dV + states[t + 1].T @ err
        dc = dc + err.sum(0)
        ds = err @ V.T + carry
        dpre = ds * (1 - states[t + 1] ** 2)
        dU = dU + X[:, t].T @ dpre
        dW = dW + states[t].T @ dpre
        db = db + dpre.sum(0)
        carry = dpre @ W
    return dict(U=dU, W=dW, b=db, V=dV, c=dc)


# === wrong clip_by_global_norm | returns the norm after clipping
def clip_by_global_norm(grads, max_norm):
    def length(d):
        return float(np.linalg.norm(np.concatenate([np.ravel(v).astype(float) for v in d.values()])))
    n = length(grads)
    scale = 1.0 if n <= max_norm else max_norm / n
    clipped = {k: v * scale for k, v in grads.items()}
    return clipped, length(clipped)


# === wrong sequence_loss | probabilities of the right class summed, log afterwards
def sequence_loss(O, Y):
    N, T = Y.shape
    p = O[np.arange(N)[:, None], np.arange(T)[None, :], Y]
    return float(-np.log(p.sum(axis=1)).mean())


# === wrong state_jacobian_norms | norms of the single factors, not of the product
def state_jacobian_norms(S, W):
    out = np.ones(S.shape[0])
    for t in range(S.shape[0] - 1):
        J = W * (1 - S[t + 1] ** 2)[None, :]
        out[t] = np.linalg.norm(J, ord=2)
    return out


# === wrong rnn_backward | last step alone contributes to V and c
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    hist = {-1: s_0}
    for t in range(T):
        hist[t] = np.tanh(X[:, t] @ U + hist[t - 1] @ W + b)
    out = {}
    dU = np.zeros_like(U)
    dW = np.zeros_like(W)
    db = np.zeros_like(b)
    ds_next = np.zeros_like(hist[0])
    for t in reversed(range(T)):
        z = hist[t] @ V + c
        z = z - z.max(axis=1, keepdims=True)
        o = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        o[range(N), Y[:, t]] -= 1
        o = o / N
        out.setdefault("V", hist[t].T @ o)
        out.setdefault("c", o.sum(axis=0))
        da = (o @ V.T + ds_next) * (1 - hist[t] ** 2)
        dU += X[:, t].T @ da
        dW += hist[t - 1].T @ da
        db += da.sum(axis=0)
        ds_next = da @ W.T
    out["U"], out["W"], out["b"] = dU, dW, db
    return out


# === wrong state_jacobian_norms | eigenvalue in place of singular value
def state_jacobian_norms(S, W):
    T, H = S.shape
    norms = np.zeros(T)
    for t in range(T):
        J = np.eye(H)
        for k in range(t + 1, T):
            J = np.diag(1 - S[k] ** 2).dot(W.T).dot(J)
        norms[t] = np.abs(np.linalg.eigvals(J)).max()
    return norms
