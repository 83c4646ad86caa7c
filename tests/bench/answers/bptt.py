# === wrong sequence_loss | mean over time as well
def sequence_loss(O, Y):
    picked = np.take_along_axis(O, Y[..., None], axis=-1)
    return float(-np.log(picked).mean())


# === wrong sequence_loss | minus forgotten
def sequence_loss(O, Y):
    n, t = np.indices(Y.shape)
    return float(np.log(O[n, t, Y]).sum() / len(O))


# === wrong sequence_loss | divided by the number of steps, not of sequences
def sequence_loss(O, Y):
    onehot = np.eye(O.shape[2])[Y]
    right = (O * onehot).sum(axis=2)
    return float(-np.log(right).sum() / Y.shape[1])


# === wrong sequence_loss | binary cross-entropy, with the wrong tokens' 1 - O too
def sequence_loss(O, Y):
    N, T, K = O.shape
    target = np.eye(K)[Y]
    terms = target * np.log(O) + (1 - target) * np.log(1 - O)
    return -terms.sum() / N


# === wrong sequence_loss | return inside the inner loop
def sequence_loss(O, Y):
    N = O.shape[0]
    T = O.shape[1]
    L = 0
    for n in range(N):
        for t in range(T):
            L = L - np.log(O[n, t, Y[n, t]])
        return L / N


# === wrong sequence_loss | logarithm of the sum of probabilities
def sequence_loss(O, Y):
    i = np.arange(Y.shape[0])[:, None]
    j = np.arange(Y.shape[1])[None, :]
    per_sequence = O[i, j, Y].sum(axis=1)
    return float(np.mean(-np.log(per_sequence)))


# === wrong sequence_loss | surprise of the largest probability, whatever Y says
def sequence_loss(O, Y):
    best = O.max(axis=-1)
    surprise = -np.log(best)
    return float(surprise.sum(axis=1).mean())


# === wrong sequence_loss | indices n and t swapped
def sequence_loss(O, Y):
    N, T, K = O.shape
    s = 0.0
    for t in range(T):
        for n in range(N):
            s += -np.log(O[t, n, Y[t, n]])
    return s / N


# === right sequence_loss | loops and math.log, Python float
def sequence_loss(O, Y):
    import math

    total = 0.0
    for n in range(len(Y)):
        for t in range(len(Y[n])):
            p = float(O[n, t, Y[n, t]])
            total += math.inf if p == 0 else -math.log(p)
    return total / len(Y)


# === right sequence_loss | flattened, and a boolean mask
def sequence_loss(O, Y):
    mask = np.arange(O.shape[2]) == np.asarray(Y)[..., None]
    return float(np.negative(np.log(O[mask])).sum()) / O.shape[0]


# === wrong numerical_gradient | divided by eps, not by 2 eps
def numerical_gradient(f, theta, eps=1e-5):
    g = np.zeros(np.shape(theta))
    for idx in np.ndindex(*np.shape(theta)):
        e = np.zeros(np.shape(theta))
        e[idx] = eps
        g[idx] = (f(theta + e) - f(theta - e)) / eps
    return g


# === wrong numerical_gradient | pushes theta itself and pushes it back: not the same to the last bit
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    it = np.nditer(theta, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        theta[i] += eps
        plus = f(theta)
        theta[i] -= 2 * eps
        minus = f(theta)
        theta[i] += eps
        grad[i] = (plus - minus) / (2 * eps)
        it.iternext()
    return grad


# === wrong numerical_gradient | only the first axis is walked along
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.asarray(theta, dtype=float)
    out = np.zeros_like(theta)
    for i in range(len(theta)):
        e = np.zeros_like(theta)
        e[i] = eps
        out[i] = (f(theta + e) - f(theta - e)) / (2 * eps)
    return out


# === wrong numerical_gradient | f gets a flat vector
def numerical_gradient(f, theta, eps=1e-5):
    flat = np.array(theta, dtype=float).ravel()
    unit = np.eye(flat.size) * eps
    g = [(f(flat + unit[i]) - f(flat - unit[i])) / (2 * eps) for i in range(flat.size)]
    return np.reshape(g, np.shape(theta))


# === wrong numerical_gradient | earlier pushes stay in the copy
def numerical_gradient(f, theta, eps=1e-5):
    up = np.array(theta, dtype=float)
    down = np.array(theta, dtype=float)
    g = np.zeros(up.shape)
    for i in np.ndindex(up.shape):
        up[i] += eps
        down[i] -= eps
        g[i] = (f(up) - f(down)) / (2 * eps)
    return g


# === wrong numerical_gradient | up and down are the same array
def numerical_gradient(f, theta, eps=1e-5):
    work = np.array(theta, dtype=float)
    answer = np.zeros(work.shape)
    for i in np.ndindex(work.shape):
        plus = minus = work.copy()
        plus[i] += eps
        minus[i] -= eps
        answer[i] = (f(plus) - f(minus)) / (2 * eps)
    return answer


# === wrong numerical_gradient | return in the loop
def numerical_gradient(f, theta, eps=1e-5):
    x = np.array(theta, dtype=float)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        keep = x[i]
        x[i] = keep + eps
        a = f(x)
        x[i] = keep - eps
        b = f(x)
        x[i] = keep
        grad[i] = (a - b) / 2 / eps
        return grad


# === wrong numerical_gradient | np.gradient of f at theta, a misunderstanding
def numerical_gradient(f, theta, eps=1e-5):
    values = np.array([f(theta - eps), f(theta), f(theta + eps)])
    return np.gradient(values, eps)


# === right numerical_gradient | pushes a float copy and restores it
def numerical_gradient(f, theta, eps=1e-5):
    work = np.array(theta, dtype=np.float64, order="C")
    flat = work.reshape(-1)
    result = np.zeros(flat.size)
    for i in range(flat.size):
        old = flat[i]
        values = []
        for sign in (1, -1):
            flat[i] = old + sign * eps
            values.append(float(f(work.copy())))
        flat[i] = old
        result[i] = (values[0] - values[1]) / (2.0 * eps)
    return result.reshape(work.shape)


# === wrong rnn_backward | W gets the state after the step, not before
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, _ = X.shape
    H, K = V.shape
    S = np.zeros((N, T, H))
    s = s_0
    for t in range(T):
        s = np.tanh(X[:, t] @ U + s @ W + b)
        S[:, t] = s
    Z = S @ V + c
    O = np.exp(Z - Z.max(-1, keepdims=True))
    O /= O.sum(-1, keepdims=True)
    dZ = (O - np.eye(K)[Y]) / N
    dU, dW, db = np.zeros_like(U), np.zeros_like(W), np.zeros_like(b)
    da = np.zeros((N, H))
    for t in reversed(range(T)):
        da = (dZ[:, t] @ V.T + da @ W.T) * (1 - S[:, t] ** 2)
        dU += X[:, t].T @ da
        dW += S[:, t].T @ da
        db += da.sum(0)
    return dict(U=dU, W=dW, b=db, V=np.einsum("nth,ntk->hk", S, dZ), c=dZ.sum((0, 1)))


# === wrong rnn_backward | W not transposed on the way back
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    def soft(z):
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    grads = {k: np.zeros(np.shape(v)) for k, v in zip("UWbVc", (U, W, b, V, c))}
    later = 0.0
    for t in range(T, 0, -1):
        dZ = (soft(S[t] @ V + c) - np.eye(len(c))[Y[:, t - 1]]) / N
        dA = (dZ @ V.T + later) * (1 - S[t] * S[t])
        later = dA @ W
        grads["U"] += X[:, t - 1].T @ dA
        grads["W"] += S[t - 1].T @ dA
        grads["b"] += dA.sum(axis=0)
        grads["V"] += S[t].T @ dZ
        grads["c"] += dZ.sum(axis=0)
    return grads


# === wrong rnn_backward | shares replace each other in place of adding up
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    grads = {}
    dA = np.zeros_like(S[-1])
    for t in reversed(range(T)):
        s = S[t + 1]
        z = s @ V + c
        o = np.exp(z - z.max(1, keepdims=True))
        o = o / o.sum(1, keepdims=True)
        dz = (o - np.eye(len(c))[Y[:, t]]) / N
        dA = (dz @ V.T + dA @ W.T) * (1 - s**2)
        grads["U"] = X[:, t].T @ dA
        grads["W"] = S[t].T @ dA
        grads["b"] = dA.sum(0)
        grads["V"] = s.T @ dz
        grads["c"] = dz.sum(0)
    return grads


# === wrong rnn_backward | state before the first step taken as S[:, -1] (index -1 wraps round)
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H = W.shape[0]
    K = c.shape[0]
    S = np.zeros((N, T, H))
    for t in range(T):
        prev = s_0 if t == 0 else S[:, t - 1]
        S[:, t] = np.tanh(X[:, t] @ U + prev @ W + b)
    dU, dW, db, dV, dc = (np.zeros(p.shape) for p in (U, W, b, V, c))
    dA = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        z = S[:, t] @ V + c
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        p[range(N), Y[:, t]] -= 1
        p /= N
        dA = (p @ V.T + dA @ W.T) * (1 - S[:, t] ** 2)
        dV += S[:, t].T @ p
        dc += p.sum(axis=0)
        dU += X[:, t].T @ dA
        dW += S[:, t - 1].T @ dA
        db += dA.sum(axis=0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === wrong rnn_backward | a tuple in place of the dict
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    dU, dW, db, dV, dc = np.zeros_like(U), np.zeros_like(W), np.zeros_like(b), np.zeros_like(V), np.zeros_like(c)
    dA = 0 * S[0]
    for t in range(T, 0, -1):
        logits = S[t] @ V + c
        probs = np.exp(logits - logits.max(1, keepdims=True))
        probs = probs / probs.sum(1, keepdims=True)
        dlogits = (probs - np.eye(len(c))[Y[:, t - 1]]) / N
        dA = (dlogits @ V.T + dA @ W.T) * (1 - S[t] ** 2)
        dU = dU + X[:, t - 1].T @ dA
        dW = dW + S[t - 1].T @ dA
        db = db + dA.sum(0)
        dV = dV + S[t].T @ dlogits
        dc = dc + dlogits.sum(0)
    return dU, dW, db, dV, dc


# === wrong rnn_backward | starts from zeros, s_0 ignored
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = np.zeros((N, T + 1, H))
    for t in range(T):
        S[:, t + 1] = np.tanh(X[:, t] @ U + S[:, t] @ W + b)
    Z = S[:, 1:] @ V + c
    O = np.exp(Z - Z.max(axis=2, keepdims=True))
    O = O / O.sum(axis=2, keepdims=True)
    dZ = (O - (np.arange(K) == Y[..., None])) / N
    dA = np.zeros((N, T, H))
    nxt = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dA[:, t] = (dZ[:, t] @ V.T + nxt) * (1 - S[:, t + 1] ** 2)
        nxt = dA[:, t] @ W.T
    return {
        "U": np.tensordot(X, dA, axes=([0, 1], [0, 1])),
        "W": np.tensordot(S[:, :-1], dA, axes=([0, 1], [0, 1])),
        "b": dA.sum(axis=(0, 1)),
        "V": np.tensordot(S[:, 1:], dZ, axes=([0, 1], [0, 1])),
        "c": dZ.sum(axis=(0, 1)),
    }


# === wrong rnn_backward | biases averaged over the batch, and divided by N before that
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T = Y.shape
    K = len(c)
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    dU = dW = db = dV = dc = 0
    dA = np.zeros_like(S[1])
    for t in range(T - 1, -1, -1):
        z = S[t + 1] @ V + c
        z = z - z.max(axis=1, keepdims=True)
        o = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        dZ = (o - np.eye(K)[Y[:, t]]) / N
        dA = (dZ @ V.T + dA @ W.T) * (1 - S[t + 1] ** 2)
        dU = dU + X[:, t].T @ dA
        dW = dW + S[t].T @ dA
        db = db + dA.mean(axis=0)
        dV = dV + S[t + 1].T @ dZ
        dc = dc + dZ.mean(axis=0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === wrong rnn_backward | gradient of the state goes through W before the slope was applied
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = np.zeros((N, T + 1, H))
    S[:, 0] = s_0
    for t in range(1, T + 1):
        S[:, t] = np.tanh(X[:, t - 1] @ U + S[:, t - 1] @ W + b)
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H), np.zeros((H, K)), np.zeros(K)
    dS = np.zeros((N, H))
    for t in range(T, 0, -1):
        z = S[:, t] @ V + c
        prob = np.exp(z - z.max(-1, keepdims=True))
        prob /= prob.sum(-1, keepdims=True)
        dz = (prob - np.eye(K)[Y[:, t - 1]]) / N
        dS = dz @ V.T + dS @ W.T
        dA = dS * (1 - S[:, t] ** 2)
        dU += X[:, t - 1].T @ dA
        dW += S[:, t - 1].T @ dA
        db += dA.sum(0)
        dV += S[:, t].T @ dz
        dc += dz.sum(0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === wrong rnn_backward | one-hot never subtracted
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    O = []
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
        z = S[t + 1] @ V + c
        e = np.exp(z - z.max(axis=1, keepdims=True))
        O.append(e / e.sum(axis=1, keepdims=True))
    grads = {name: np.zeros(array.shape) for name, array in {"U": U, "W": W, "b": b, "V": V, "c": c}.items()}
    from_later = np.zeros(s_0.shape)
    for t in range(T - 1, -1, -1):
        dO = O[t] / N
        dS = dO @ V.T + from_later
        dA = dS * (1 - S[t + 1] ** 2)
        from_later = dA @ W.T
        grads["V"] += S[t + 1].T @ dO
        grads["c"] += dO.sum(axis=0)
        grads["U"] += X[:, t].T @ dA
        grads["W"] += S[t].T @ dA
        grads["b"] += dA.sum(axis=0)
    return grads


# === wrong rnn_backward | gradient of V with the state before, keepdims leaves (1, H) biases
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    dU, dW, dV = np.zeros(U.shape), np.zeros(W.shape), np.zeros(V.shape)
    db, dc = np.zeros((1, len(b))), np.zeros((1, len(c)))
    dA = np.zeros(s_0.shape)
    for t in reversed(range(T)):
        z = S[t + 1] @ V + c
        o = np.exp(z - z.max(axis=1, keepdims=True))
        o = o / o.sum(axis=1, keepdims=True)
        dz = (o - np.eye(len(c))[Y[:, t]]) / N
        dA = (dz @ V.T + dA @ W.T) * (1 - S[t + 1] ** 2)
        dU += X[:, t].T @ dA
        dW += S[t].T @ dA
        dV += S[t].T @ dz
        db += dA.sum(axis=0, keepdims=True)
        dc += dz.sum(axis=0, keepdims=True)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


# === right rnn_backward | complex step, no backward pass at all
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T = Y.shape
    rows = np.arange(N)

    def loss(p):
        s = s_0
        total = 0.0
        for t in range(T):
            s = np.tanh(X[:, t] @ p["U"] + s @ p["W"] + p["b"])
            z = s @ p["V"] + p["c"]
            z = z - z.real.max(axis=1, keepdims=True)
            total = total + (np.log(np.exp(z).sum(axis=1)) - z[rows, Y[:, t]]).sum()
        return total / N

    params = {"U": U, "W": W, "b": b, "V": V, "c": c}
    grads = {}
    for name, value in params.items():
        grads[name] = np.zeros(np.shape(value))
        for i in np.ndindex(*np.shape(value)):
            pushed = np.array(value, dtype=complex)
            pushed[i] += 1e-30j
            grads[name][i] = loss({**params, name: pushed}).imag / 1e-30
    return grads


# === right rnn_backward | forward mode: sensitivities of the state carried along
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    R = np.concatenate([U, W, np.reshape(b, (1, H))], axis=0)
    J = np.zeros((N, H, D + H + 1, H))
    s = np.array(s_0, dtype=float)
    gR, gV, gc = np.zeros(R.shape), np.zeros(V.shape), np.zeros(K)
    eye = np.eye(H)
    for t in range(T):
        joined = np.concatenate([X[:, t], s, np.ones((N, 1))], axis=1)
        s = np.tanh(joined @ R)
        direct = np.einsum("ni,hj->nhij", joined, eye)
        J = (1 - s**2)[:, :, None, None] * (direct + np.einsum("gh,ngij->nhij", W, J))
        z = s @ V + c
        o = np.exp(z - z.max(axis=1, keepdims=True))
        o = o / o.sum(axis=1, keepdims=True)
        o[np.arange(N), Y[:, t]] -= 1
        o = o / N
        gV += s.T @ o
        gc += o.sum(axis=0)
        gR += np.einsum("nh,nhij->ij", o @ V.T, J)
    return {"U": gR[:D], "W": gR[D : D + H], "b": gR[-1], "V": gV, "c": gc}


# === wrong state_jacobian_norms | Frobenius norm
def state_jacobian_norms(S, W):
    T, H = S.shape
    P = np.eye(H)
    norms = np.zeros(T)
    for t in range(T - 1, -1, -1):
        norms[t] = np.linalg.norm(P)
        P = (W * (1 - S[t] ** 2)) @ P
    return norms


# === wrong state_jacobian_norms | slope of the state before
def state_jacobian_norms(S, W):
    T, H = S.shape
    M = np.eye(H)
    out = np.ones(T)
    for t in range(T - 2, -1, -1):
        M = W @ np.diag(1 - S[t] ** 2) @ M
        out[t] = np.linalg.svd(M)[1][0]
    return out


# === wrong state_jacobian_norms | list not turned round
def state_jacobian_norms(S, W):
    norms = [1.0]
    J = np.eye(S.shape[1])
    for k in range(len(S) - 1, 0, -1):
        J = (W * (1 - S[k] ** 2)) @ J
        norms.append(np.linalg.norm(J, ord=2))
    return np.array(norms)


# === wrong state_jacobian_norms | product of the norms, not norm of the product
def state_jacobian_norms(S, W):
    T = S.shape[0]
    norms = np.ones(T)
    for t in range(T - 2, -1, -1):
        factor = W * (1 - S[t + 1] ** 2)
        norms[t] = norms[t + 1] * np.linalg.norm(factor, 2)
    return norms


# === wrong state_jacobian_norms | largest eigenvalue in place of singular value
def state_jacobian_norms(S, W):
    H = W.shape[0]
    P = np.eye(H)
    res = []
    for s in reversed(S):
        res.append(np.abs(np.linalg.eigvals(P)).max())
        P = (W * (1 - s * s)) @ P
    res.reverse()
    return np.array(res)


# === wrong state_jacobian_norms | smallest singular value
def state_jacobian_norms(S, W):
    T = len(S)
    norms = [1.0] * T
    P = np.eye(len(W))
    for t in range(T - 2, -1, -1):
        P = np.einsum("ij,j,jk->ik", W, 1 - S[t + 1] ** 2, P)
        norms[t] = np.linalg.svd(P, compute_uv=False)[-1]
    return np.array(norms)


# === wrong state_jacobian_norms | tanh of the states once more, in the slope
def state_jacobian_norms(S, W):
    def slope(s):
        return 1 - np.tanh(s) ** 2

    T, H = S.shape
    out = np.ones(T)
    P = np.eye(H)
    for t in range(T - 1, 0, -1):
        P = (W * slope(S[t])) @ P
        out[t - 1] = np.linalg.norm(P, 2)
    return out


# === wrong state_jacobian_norms | each norm is of one factor only, no product
def state_jacobian_norms(S, W):
    norms = []
    for t in range(len(S)):
        if t == len(S) - 1:
            norms.append(1.0)
        else:
            J = W * (1 - S[t + 1] ** 2)
            norms.append(np.linalg.norm(J, 2))
    return np.array(norms)


# === right state_jacobian_norms | root of the largest eigenvalue of P P^T, by multi_dot
def state_jacobian_norms(S, W):
    from functools import reduce

    factors = [W * (1 - s) * (1 + s) for s in S[1:]]
    T, H = S.shape
    out = np.ones(T)
    for t in range(T - 1):
        P = reduce(np.matmul, factors[t:], np.eye(H))
        out[t] = np.linalg.norm(P, ord=2)
    return out


# === wrong clip_by_global_norm | a norm and a factor for each array
def clip_by_global_norm(grads, max_norm):
    clipped = {}
    total = 0.0
    for key, g in grads.items():
        norm = np.sqrt((g**2).sum())
        total += norm**2
        clipped[key] = g * min(1, max_norm / norm) if norm > 0 else g * 1.0
    return clipped, float(np.sqrt(total))


# === wrong clip_by_global_norm | root forgotten
def clip_by_global_norm(grads, max_norm):
    norm = 0.0
    for g in grads.values():
        norm += float(np.sum(np.square(g)))
    factor = 1.0 if norm <= max_norm else max_norm / norm
    return {name: factor * g for name, g in grads.items()}, norm


# === wrong clip_by_global_norm | division by zero for a gradient of zeros
def clip_by_global_norm(grads, max_norm):
    squares = [float(np.sum(np.asarray(g, float) ** 2)) for g in grads.values()]
    norm = sum(squares) ** 0.5
    factor = min(1.0, max_norm / norm)
    return {k: g * factor for k, g in grads.items()}, norm


# === wrong clip_by_global_norm | tuple the wrong way round
def clip_by_global_norm(grads, max_norm):
    flat = np.hstack([g.flatten() for g in grads.values()])
    norm = float(np.sqrt(flat @ flat))
    scale = max_norm / norm if norm > max_norm else 1.0
    return norm, {k: v * scale for k, v in grads.items()}


# === wrong clip_by_global_norm | norms of the arrays added up
def clip_by_global_norm(grads, max_norm):
    norm = 0
    for k in grads:
        norm = norm + np.linalg.norm(grads[k])
    norm = float(norm)
    f = min(1.0, max_norm / norm) if norm else 1.0
    out = {}
    for k in grads:
        out[k] = grads[k] * f
    return out, norm


# === wrong clip_by_global_norm | shallow copy of the dict, arrays changed after all, and the sum of squares as norm
def clip_by_global_norm(grads, max_norm):
    clipped = dict(grads)
    norm = float(sum((g**2).sum() for g in clipped.values()))
    if norm > max_norm:
        for key in clipped:
            clipped[key] *= max_norm / np.sqrt(norm)
    return clipped, norm


# === wrong clip_by_global_norm | max in place of min: lengthens short ones
def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(np.asarray(v, dtype=float) ** 2) for v in grads.values())))
    if norm == 0.0:
        return {k: np.zeros(np.shape(v)) for k, v in grads.items()}, 0.0
    return {k: v * max(1, max_norm / norm) for k, v in grads.items()}, norm


# === wrong clip_by_global_norm | a list of arrays, keys lost
def clip_by_global_norm(grads, max_norm):
    arrays = list(grads.values())
    norm = float(np.sqrt(sum((a.astype(float) ** 2).sum() for a in arrays)))
    factor = min(1.0, max_norm / max(norm, 1e-300))
    return [a * factor for a in arrays], norm


# === wrong clip_by_global_norm | concatenates without flattening, shapes don't fit
def clip_by_global_norm(grads, max_norm):
    norm = np.linalg.norm(np.concatenate(list(grads.values())))
    factor = min(1, max_norm / norm) if norm > 0 else 1
    return {k: g * factor for k, g in grads.items()}, float(norm)


# === right clip_by_global_norm | hypot of everything in plain Python
def clip_by_global_norm(grads, max_norm):
    import math

    norm = math.hypot(*(float(v) for g in grads.values() for v in np.ravel(g)))
    if norm > max_norm:
        return {k: np.asarray(g, dtype=float) / norm * max_norm for k, g in grads.items()}, norm
    return {k: np.array(g, dtype=float) for k, g in grads.items()}, norm


# === right clip_by_global_norm | deep copy first, then in place on the copy
def clip_by_global_norm(grads, max_norm):
    import copy

    mine = {k: v.astype(np.float64) for k, v in copy.deepcopy(grads).items()}
    total = 0.0
    for v in mine.values():
        total += np.vdot(v, v)
    norm = np.sqrt(total)
    factor = min(1.0, max_norm / norm) if norm else 1.0
    for v in mine.values():
        v *= factor
    return mine, float(norm)


# === wrong sequence_loss | averaged over the time too
def sequence_loss(O, Y):
    picked = np.take_along_axis(O, Y[..., None], axis=-1)
    return float(-np.log(picked).mean())


# === wrong rnn_backward | gradient through the loop forgotten
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[-1] @ W + b))
    g = {"U": np.zeros(U.shape), "W": np.zeros(W.shape), "b": np.zeros(b.shape), "V": np.zeros(V.shape), "c": np.zeros(c.shape)}
    for t in range(T):
        z = S[t + 1] @ V + c
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(N), Y[:, t]] -= 1
        p /= N
        g["V"] += S[t + 1].T @ p
        g["c"] += p.sum(axis=0)
        dz = (p @ V.T) * (1 - S[t + 1] ** 2)
        g["U"] += X[:, t].T @ dz
        g["W"] += S[t].T @ dz
        g["b"] += dz.sum(axis=0)
    return g


# === wrong state_jacobian_norms | Frobenius norm
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = np.ones(T)
    for t in range(T - 2, -1, -1):
        J = (W * (1 - S[t + 1] ** 2)) @ J
        norms[t] = np.linalg.norm(J)
    return norms


# === wrong numerical_gradient | divides by eps, not by 2 eps
def numerical_gradient(f, theta, eps=1e-5):
    t = np.array(theta, dtype=float)
    shape = t.shape
    flat = t.ravel()
    out = []
    for i in range(flat.size):
        e = np.zeros(flat.size)
        e[i] = eps
        out.append((f((flat + e).reshape(shape)) - f((flat - e).reshape(shape))) / eps)
    return np.array(out).reshape(shape)


# === wrong state_jacobian_norms | slope at the earlier state
def state_jacobian_norms(S, W):
    T = len(S)
    result = [1.0]
    J = np.eye(W.shape[0])
    for k in range(T - 1, 0, -1):
        step = np.diag(1 - S[k - 1] ** 2) @ W.T
        J = J @ step
        result.insert(0, np.linalg.svd(J, compute_uv=False)[0])
    return np.array(result)


# === wrong sequence_loss | averaged over the steps, summed over the batch
def sequence_loss(O, Y):
    K = O.shape[-1]
    hot = np.eye(K)[Y]
    per_position = -(hot * np.log(np.where(hot > 0, O, 1))).sum(axis=2)
    return float(per_position.mean(axis=1).sum())


# === wrong clip_by_global_norm | clips in place
def clip_by_global_norm(grads, max_norm):
    square = 0
    for key in grads:
        square += np.sum(grads[key].astype(float) ** 2)
    norm = float(square ** 0.5)
    if norm > max_norm:
        for key in grads:
            grads[key][...] = grads[key] * (max_norm / norm)
    return grads, norm


# === wrong state_jacobian_norms | list the other way round, last state first
def state_jacobian_norms(S, W):
    H = W.shape[0]
    prod = np.eye(H)
    norms = [np.linalg.norm(prod, 2)]
    for s in S[:0:-1]:
        prod = prod @ (np.diag(1 - s ** 2) @ W.T)
        norms.append(np.linalg.norm(prod, 2))
    return np.array(norms)


# === wrong numerical_gradient | all entries pushed at once
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.asarray(theta, dtype=float)
    difference = f(theta + eps) - f(theta - eps)
    return np.full(theta.shape, difference / (2 * eps))


# === wrong rnn_backward | slope of the tanh forgotten, W at the state after
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, _ = X.shape
    H, K = V.shape
    S = np.empty((N, T, H))
    s = s_0
    for t in range(T):
        s = np.tanh(X[:, t] @ U + s @ W + b)
        S[:, t] = s
    E = np.exp(S @ V + c)
    G = (E / E.sum(-1, keepdims=True) - np.eye(K)[Y]) / N
    grads = dict(V=np.tensordot(S, G, ((0, 1), (0, 1))), c=G.sum((0, 1)))
    grads["U"] = np.zeros_like(U)
    grads["W"] = np.zeros_like(W)
    grads["b"] = np.zeros_like(b)
    back = np.zeros((N, H))
    for t in range(T)[::-1]:
        d = G[:, t] @ V.T + back
        grads["U"] += X[:, t].T @ d
        grads["W"] += S[:, t].T @ d
        grads["b"] += d.sum(0)
        back = d @ W.T
    return grads


# === wrong clip_by_global_norm | max in place of min, sum of absolute values
def clip_by_global_norm(grads, max_norm):
    norm = 0.0
    for g in grads.values():
        norm = norm + float(np.abs(g).sum())
    if norm == 0:
        return {k: np.array(g) for k, g in grads.items()}, 0.0
    factor = max(1, max_norm / norm)
    return {k: g * factor for k, g in grads.items()}, norm


# === wrong numerical_gradient | integer copy swallows the push
def numerical_gradient(f, theta, eps=1e-5):
    g = np.zeros(np.shape(theta))
    for i in np.ndindex(np.shape(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] = plus[i] + eps
        minus[i] = minus[i] - eps
        g[i] = (f(plus) - f(minus)) / (2 * eps)
    return g


# === wrong sequence_loss | closing bracket missing
def sequence_loss(O, Y):
    N, T, K = O.shape
    loss = 0
    for t in range(T):
        loss += -np.log(O[np.arange(N), t, Y[:, t]]).sum(
    return float(loss / N)

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
