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
