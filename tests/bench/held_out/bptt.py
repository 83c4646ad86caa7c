# === wrong sequence_loss | mean over the steps as well
def sequence_loss(O, Y):
    picked = np.take_along_axis(O, Y[:, :, None], axis=-1)
    return float(-np.log(picked).mean())

# === wrong sequence_loss | sum over the batch, no mean
def sequence_loss(O, Y):
    total = 0.0
    N, T = Y.shape
    for n in range(N):
        for t in range(T):
            total -= np.log(O[n, t, Y[n, t]])
    return total

# === wrong sequence_loss | divides by T
def sequence_loss(O, Y):
    N, T, K = O.shape
    loss = 0
    for n in range(N):
        for t in range(T):
            loss += -np.log(O[n, t, Y[n, t]])
    return loss / T

# === wrong sequence_loss | minus forgotten
def sequence_loss(O, Y):
    N, T = Y.shape
    n = np.arange(N)[:, None]
    t = np.arange(T)[None, :]
    return np.log(O[n, t, Y]).sum() / N

# === wrong sequence_loss | one number per sequence
def sequence_loss(O, Y):
    N, T, K = O.shape
    right = (O * np.eye(K)[Y]).sum(axis=2)
    return -np.log(right).sum(axis=1)

# === wrong sequence_loss | O[:, :, Y] picks far too many
def sequence_loss(O, Y):
    N = O.shape[0]
    return float(-np.log(O[:, :, Y]).sum() / N)

# === wrong sequence_loss | all logs, not only those of the right tokens
def sequence_loss(O, Y):
    return -np.sum(np.log(O)) / len(Y)

# === wrong sequence_loss | log of the sum instead of sum of the logs
def sequence_loss(O, Y):
    N, T = Y.shape
    loss = 0.0
    for n in range(N):
        p = 0.0
        for t in range(T):
            p += O[n, t, Y[n, t]]
        loss += -np.log(p)
    return loss / N

# === wrong sequence_loss | division in the loop
def sequence_loss(O, Y):
    N, T = Y.shape
    loss = 0.0
    for n in range(N):
        for t in range(T):
            loss -= np.log(O[n, t, Y[n, t]])
        loss /= N
    return loss

# === wrong sequence_loss | binary cross-entropy, the wrong ones count too
def sequence_loss(O, Y):
    N, T, K = O.shape
    Z = np.eye(K)[Y]
    L = Z * np.log(O) + (1 - Z) * np.log(1 - O)
    return -L.sum() / N

# === wrong sequence_loss | squared error
def sequence_loss(O, Y):
    K = O.shape[-1]
    return ((O - np.eye(K)[Y]) ** 2).sum() / O.shape[0]

# === wrong sequence_loss | log base 2
def sequence_loss(O, Y):
    N = len(O)
    bits = [-np.log2(O[n, t, Y[n, t]]) for n in range(N) for t in range(O.shape[1])]
    return sum(bits) / N

# === wrong numerical_gradient | forward difference only
def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, dtype=float)
    base = f(theta)
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        up = theta.copy()
        up[i] += eps
        grad[i] = (f(up) - base) / eps
    return grad

# === wrong numerical_gradient | divides by eps, not by 2 eps
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        push = np.zeros(theta.shape)
        push[i] = eps
        grad[i] = (f(theta + push) - f(theta - push)) / eps
    return grad

# === wrong numerical_gradient | brackets: / 2 * eps
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        push = np.zeros(theta.shape)
        push[i] = eps
        grad[i] = (f(theta + push) - f(theta - push)) / 2 * eps
    return grad

# === wrong numerical_gradient | pushes theta itself and takes the push back by arithmetic
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += eps
        up = f(theta)
        theta[i] -= 2 * eps
        down = f(theta)
        theta[i] += eps
        grad[i] = (up - down) / (2 * eps)
    return grad

# === wrong numerical_gradient | copies keep the type, ints lose the push
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = theta.copy()
        minus = theta.copy()
        plus[i] = plus[i] + eps
        minus[i] = minus[i] - eps
        grad[i] = (f(plus) - f(minus)) / (2 * eps)
    return grad

# === wrong numerical_gradient | gradient has the type of theta
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        push = np.zeros(theta.shape)
        push[i] = eps
        grad[i] = (f(theta + push) - f(theta - push)) / (2 * eps)
    return grad

# === wrong numerical_gradient | loop over len(theta), pushes whole rows
def numerical_gradient(f, theta, eps=1e-5):
    theta = theta.astype(float)
    grad = np.zeros(theta.shape)
    for i in range(len(theta)):
        push = np.zeros(theta.shape)
        push[i] = eps
        grad[i] = (f(theta + push) - f(theta - push)) / (2 * eps)
    return grad

# === wrong numerical_gradient | pushes all entries at once
def numerical_gradient(f, theta, eps=1e-5):
    up = f(theta + eps)
    down = f(theta - eps)
    return np.ones(theta.shape) * (up - down) / (2 * eps)

# === wrong numerical_gradient | the push is never taken back
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    push = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        push[i] = eps
        grad[i] = (f(theta + push) - f(theta - push)) / (2 * eps)
    return grad

# === wrong numerical_gradient | own eps in place of the argument
def numerical_gradient(f, theta, eps=1e-5):
    eps = 1e-4
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        push = np.zeros(theta.shape)
        push[i] = eps
        grad[i] = (f(theta + push) - f(theta - push)) / (2 * eps)
    return grad

# === wrong numerical_gradient | "copy" by assignment: pushes theta
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        plus = theta
        plus[i] += eps
        minus = theta
        minus[i] -= eps
        grad[i] = (f(plus) - f(minus)) / (2 * eps)
    return grad

# === wrong numerical_gradient | f gets the flat array
def numerical_gradient(f, theta, eps=1e-5):
    flat = theta.ravel().astype(float)
    grad = np.zeros(flat.size)
    for i in range(flat.size):
        e = np.zeros(flat.size)
        e[i] = eps
        grad[i] = (f(flat + e) - f(flat - e)) / (2 * eps)
    return grad.reshape(theta.shape)

# === wrong numerical_gradient | returns a flat list of slopes
def numerical_gradient(f, theta, eps=1e-5):
    slopes = []
    for i in np.ndindex(theta.shape):
        push = np.zeros(theta.shape)
        push[i] = eps
        slopes.append((f(theta + push) - f(theta - push)) / (2 * eps))
    return np.array(slopes)

# === wrong numerical_gradient | two loops for exactly two axes
def numerical_gradient(f, theta, eps=1e-5):
    g = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        for j in range(theta.shape[1]):
            e = np.zeros(theta.shape)
            e[i, j] = eps
            g[i, j] = (f(theta + e) - f(theta - e)) / (2 * eps)
    return g

# === wrong numerical_gradient | down minus up
def numerical_gradient(f, theta, eps=1e-5):
    grad = np.empty(theta.shape)
    for index, value in np.ndenumerate(theta):
        lo, hi = np.array(theta, dtype=float), np.array(theta, dtype=float)
        lo[index] = value - eps
        hi[index] = value + eps
        grad[index] = (f(lo) - f(hi)) / (2 * eps)
    return grad

# === wrong rnn_backward | no gradient from the next step
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    states = [s_0]
    for t in range(T):
        states.append(np.tanh(X[:, t] @ U + states[-1] @ W + b))
    g = {"U": np.zeros(U.shape), "W": np.zeros(W.shape), "b": np.zeros(b.shape), "V": np.zeros(V.shape), "c": np.zeros(c.shape)}
    for t in range(T):
        s = states[t + 1]
        z = s @ V + c
        e = np.exp(z - z.max(axis=1, keepdims=True))
        dz = (e / e.sum(axis=1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        da = dz @ V.T * (1 - s**2)
        g["V"] += s.T @ dz
        g["c"] += dz.sum(axis=0)
        g["U"] += X[:, t].T @ da
        g["W"] += states[t].T @ da
        g["b"] += da.sum(axis=0)
    return g

# === wrong rnn_backward | W gets the state after the step
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = V.shape[1]
    S = np.zeros((N, T, W.shape[0]))
    s = s_0
    for t in range(T):
        s = np.tanh(X[:, t] @ U + s @ W + b)
        S[:, t] = s
    Z = S @ V + c
    E = np.exp(Z - Z.max(-1, keepdims=True))
    O = E / E.sum(-1, keepdims=True)
    dZ = (O - np.eye(K)[Y]) / N
    dU, dW, db, dV, dc = np.zeros(U.shape), np.zeros(W.shape), np.zeros(b.shape), np.zeros(V.shape), np.zeros(c.shape)
    dA = np.zeros(s_0.shape)
    for t in range(T - 1, -1, -1):
        dS = dZ[:, t] @ V.T + dA @ W.T
        dA = dS * (1 - S[:, t] ** 2)
        dU += X[:, t].T @ dA
        dW += S[:, t].T @ dA
        db += dA.sum(0)
        dV += S[:, t].T @ dZ[:, t]
        dc += dZ[:, t].sum(0)
    return dict(U=dU, W=dW, b=db, V=dV, c=dc)

# === wrong rnn_backward | zero state instead of s_0 in the share of W at the first step
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = V.shape[1]
    H = W.shape[0]
    S = np.zeros((N, T, H))
    s = s_0
    for t in range(T):
        s = np.tanh(X[:, t] @ U + s @ W + b)
        S[:, t] = s
    Z = S @ V + c
    E = np.exp(Z - Z.max(-1, keepdims=True))
    O = E / E.sum(-1, keepdims=True)
    dZ = (O - np.eye(K)[Y]) / N
    dU, dW, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    dA = np.zeros((N, H))
    for t in reversed(range(T)):
        dS = dZ[:, t] @ V.T + dA @ W.T
        dA = dS * (1 - S[:, t] ** 2)
        dU += X[:, t].T @ dA
        if t > 0:
            dW += S[:, t - 1].T @ dA
        db += dA.sum(axis=0)
    dV = np.einsum("nth,ntk->hk", S, dZ)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dZ.sum(axis=(0, 1))}

# === wrong rnn_backward | S[:, t - 1] at t = 0 reads the last state
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = V.shape[1]
    S = np.zeros((N, T, len(b)))
    s = s_0
    for t in range(T):
        s = np.tanh(X[:, t] @ U + s @ W + b)
        S[:, t] = s
    Z = S @ V + c
    E = np.exp(Z - Z.max(-1, keepdims=True))
    O = E / E.sum(-1, keepdims=True)
    dZ = (O - np.eye(K)[Y]) / N
    grads = {k: np.zeros(v.shape) for k, v in zip("UWbVc", (U, W, b, V, c))}
    dA = 0 * s
    for t in reversed(range(T)):
        dA = (dZ[:, t] @ V.T + dA @ W.T) * (1 - S[:, t] ** 2)
        grads["U"] += X[:, t].T @ dA
        grads["W"] += S[:, t - 1].T @ dA
        grads["b"] += dA.sum(0)
        grads["V"] += S[:, t].T @ dZ[:, t]
        grads["c"] += dZ[:, t].sum(0)
    return grads

# === wrong rnn_backward | divides by N and by T
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    states = [s_0]
    for t in range(T):
        states.append(np.tanh(X[:, t] @ U + states[t] @ W + b))
    dU = dW = db = dV = dc = 0
    da = np.zeros_like(states[-1])
    for t in range(T, 0, -1):
        dz = (softmax(states[t] @ V + c) - np.eye(K)[Y[:, t - 1]]) / (N * T)
        ds = dz @ V.T + da @ W.T
        da = ds * (1 - states[t] ** 2)
        dU = dU + X[:, t - 1].T @ da
        dW = dW + states[t - 1].T @ da
        db = db + da.sum(0)
        dV = dV + states[t].T @ dz
        dc = dc + dz.sum(0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | not divided by N
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    states = [s_0]
    for t in range(T):
        states.append(np.tanh(X[:, t] @ U + states[t] @ W + b))
    dU = dW = db = dV = dc = 0
    da = np.zeros_like(states[-1])
    for t in range(T, 0, -1):
        dz = softmax(states[t] @ V + c) - np.eye(K)[Y[:, t - 1]]
        ds = dz @ V.T + da @ W.T
        da = ds * (1 - states[t] ** 2)
        dU = dU + X[:, t - 1].T @ da
        dW = dW + states[t - 1].T @ da
        db = db + da.sum(0)
        dV = dV + states[t].T @ dz
        dc = dc + dz.sum(0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | division by N at every step of the chain, not once
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    states = [s_0]
    for t in range(T):
        states.append(np.tanh(X[:, t] @ U + states[t] @ W + b))
    dU = dW = db = dV = dc = 0
    da = np.zeros_like(states[-1])
    for t in range(T, 0, -1):
        dz = softmax(states[t] @ V + c) - np.eye(K)[Y[:, t - 1]]
        ds = dz @ V.T + da @ W.T
        da = ds * (1 - states[t] ** 2) / N
        dU = dU + X[:, t - 1].T @ da
        dW = dW + states[t - 1].T @ da
        db = db + da.sum(0)
        dV = dV + states[t].T @ dz / N
        dc = dc + dz.sum(0) / N
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | W instead of W.T on the way back
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, _ = X.shape
    s = [s_0]
    o = []
    for t in range(T):
        s.append(np.tanh(X[:, t] @ U + s[-1] @ W + b))
        e = np.exp(s[-1] @ V + c)
        o.append(e / e.sum(axis=1, keepdims=True))
    grads = {"U": 0.0, "W": 0.0, "b": 0.0, "V": 0.0, "c": 0.0}
    next_da = np.zeros(s_0.shape)
    for t in range(T)[::-1]:
        dz = o[t].copy()
        dz[np.arange(N), Y[:, t]] -= 1
        dz /= N
        ds = dz @ V.T + next_da @ W
        da = ds * (1 - s[t + 1] ** 2)
        grads["V"] = grads["V"] + s[t + 1].T @ dz
        grads["c"] = grads["c"] + dz.sum(axis=0)
        grads["U"] = grads["U"] + X[:, t].T @ da
        grads["W"] = grads["W"] + s[t].T @ da
        grads["b"] = grads["b"] + da.sum(axis=0)
        next_da = da
    return grads

# === wrong rnn_backward | the walk goes forwards in time
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, _ = X.shape
    s = [s_0]
    o = []
    for t in range(T):
        s.append(np.tanh(X[:, t] @ U + s[-1] @ W + b))
        e = np.exp(s[-1] @ V + c)
        o.append(e / e.sum(axis=1, keepdims=True))
    dU, dW, db, dV, dc = [np.zeros(p.shape) for p in (U, W, b, V, c)]
    da = np.zeros(s_0.shape)
    for t in range(T):
        dz = (o[t] - np.eye(len(c))[Y[:, t]]) / N
        ds = dz @ V.T + da @ W.T
        da = ds * (1 - s[t + 1] ** 2)
        dV += s[t + 1].T @ dz
        dc += dz.sum(axis=0)
        dU += X[:, t].T @ da
        dW += s[t].T @ da
        db += da.sum(axis=0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | the shares are overwritten, not added
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, _ = X.shape
    s = [s_0]
    for t in range(T):
        s.append(np.tanh(X[:, t] @ U + s[-1] @ W + b))
    da = np.zeros(s_0.shape)
    for t in reversed(range(T)):
        e = np.exp(s[t + 1] @ V + c)
        dz = (e / e.sum(axis=1, keepdims=True) - np.eye(len(c))[Y[:, t]]) / N
        ds = dz @ V.T + da @ W.T
        da = ds * (1 - s[t + 1] ** 2)
        dV = s[t + 1].T @ dz
        dc = dz.sum(axis=0)
        dU = X[:, t].T @ da
        dW = s[t].T @ da
        db = da.sum(axis=0)
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | slope of the tanh from the state before
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H), np.zeros((H, K)), np.zeros(K)
    carry = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        e = np.exp(S[t + 1] @ V + c)
        p = e / e.sum(1)[:, None]
        dz = (p - np.eye(K)[Y[:, t]]) / N
        da = (dz @ V.T + carry) * (1 - S[t] ** 2)
        dV += S[t + 1].T @ dz
        dc += dz.sum(0)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.sum(0)
        carry = da @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | the gradient of S, not that of A, goes back through W
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H), np.zeros((H, K)), np.zeros(K)
    ds_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        e = np.exp(S[t + 1] @ V + c)
        dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        ds = dz @ V.T + ds_next @ W.T
        da = ds * (1 - S[t + 1] ** 2)
        dV += S[t + 1].T @ dz
        dc += dz.sum(0)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.sum(0)
        ds_next = ds
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | the loss of the last step only
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    e = np.exp(S[-1] @ V + c)
    dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, -1]]) / N
    dV, dc = S[-1].T @ dz, dz.sum(0)
    dU, dW, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    ds = dz @ V.T
    for t in range(T - 1, -1, -1):
        da = ds * (1 - S[t + 1] ** 2)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.sum(0)
        ds = da @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | mean over the batch for the biases
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H), np.zeros((H, K)), np.zeros(K)
    carry = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        e = np.exp(S[t + 1] @ V + c)
        dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        da = (dz @ V.T + carry) * (1 - S[t + 1] ** 2)
        dV += S[t + 1].T @ dz
        dc += dz.mean(axis=0)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.mean(axis=0)
        carry = da @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | one zero array shared by two gradients, added in place
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU = np.zeros(U.shape)
    dW = np.zeros(W.shape)
    dV = np.zeros(V.shape)
    dc = np.zeros(c.shape)
    db = carry = np.zeros((N, H))
    for t in reversed(range(T)):
        z = S[t + 1] @ V + c
        e = np.exp(z - z.max(1, keepdims=True))
        dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        da = (dz @ V.T + carry @ W.T) * (1 - S[t + 1] ** 2)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da
        dV += S[t + 1].T @ dz
        dc += dz.sum(0)
    return {"U": dU, "W": dW, "b": db.sum(0), "V": dV, "c": dc}

# === wrong rnn_backward | truncated: stops after the last few steps
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H), np.zeros((H, K)), np.zeros(K)
    carry = np.zeros((N, H))
    for t in range(T - 1, 0, -1):
        e = np.exp(S[t + 1] @ V + c)
        dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        da = (dz @ V.T + carry) * (1 - S[t + 1] ** 2)
        dV += S[t + 1].T @ dz
        dc += dz.sum(0)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.sum(0)
        carry = da @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | right minus said: the sign
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    grads = dict(U=np.zeros((D, H)), W=np.zeros((H, H)), b=np.zeros(H), V=np.zeros((H, K)), c=np.zeros(K))
    carry = 0
    for t in range(T - 1, -1, -1):
        e = np.exp(S[t + 1] @ V + c)
        dz = (np.eye(K)[Y[:, t]] - e / e.sum(1, keepdims=True)) / N
        da = (dz @ V.T + carry) * (1 - S[t + 1] ** 2)
        grads["V"] += S[t + 1].T @ dz
        grads["c"] += dz.sum(0)
        grads["U"] += X[:, t].T @ da
        grads["W"] += S[t].T @ da
        grads["b"] += da.sum(0)
        carry = da @ W.T
    return grads

# === wrong rnn_backward | the biases come out as (1, H) and (1, K)
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros((1, H)), np.zeros((H, K)), np.zeros((1, K))
    carry = 0
    for t in range(T - 1, -1, -1):
        e = np.exp(S[t + 1] @ V + c)
        dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        da = (dz @ V.T + carry) * (1 - S[t + 1] ** 2)
        dV += S[t + 1].T @ dz
        dc += dz.sum(0, keepdims=True)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.sum(0, keepdims=True)
        carry = da @ W.T
    return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}

# === wrong rnn_backward | a tuple in the order of the arguments
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = [s_0]
    for t in range(T):
        S.append(np.tanh(X[:, t] @ U + S[t] @ W + b))
    dU, dW, db, dV, dc = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H), np.zeros((H, K)), np.zeros(K)
    carry = 0
    for t in range(T - 1, -1, -1):
        e = np.exp(S[t + 1] @ V + c)
        dz = (e / e.sum(1, keepdims=True) - np.eye(K)[Y[:, t]]) / N
        da = (dz @ V.T + carry) * (1 - S[t + 1] ** 2)
        dV += S[t + 1].T @ dz
        dc += dz.sum(0)
        dU += X[:, t].T @ da
        dW += S[t].T @ da
        db += da.sum(0)
        carry = da @ W.T
    return dU, dW, db, dV, dc

# === wrong state_jacobian_norms | reversed list not turned round
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = [1.0]
    for k in range(T - 1, 0, -1):
        J = (W * (1 - S[k] ** 2)) @ J
        norms.append(np.linalg.norm(J, 2))
    return np.array(norms)

# === wrong state_jacobian_norms | Frobenius norm
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = np.ones(T)
    for k in range(T - 2, -1, -1):
        J = (W * (1 - S[k + 1] ** 2)) @ J
        norms[k] = np.linalg.norm(J)
    return norms

# === wrong state_jacobian_norms | slope of the state before
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = np.ones(T)
    for t in range(T - 2, -1, -1):
        J = (W * (1 - S[t] ** 2)) @ J
        norms[t] = np.linalg.norm(J, 2)
    return norms

# === wrong state_jacobian_norms | new factor on the wrong side
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = [1.0]
    for k in range(T - 1, 0, -1):
        J = J @ (W * (1 - S[k] ** 2))
        norms.append(np.linalg.norm(J, 2))
    return np.array(norms[::-1])

# === wrong state_jacobian_norms | scales the rows of W
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = [1.0]
    for k in reversed(range(1, T)):
        factor = np.diag(1 - S[k] ** 2) @ W
        J = factor @ J
        norms.insert(0, np.linalg.norm(J, ord=2))
    return np.array(norms)

# === wrong state_jacobian_norms | product of the norms instead of norm of the product
def state_jacobian_norms(S, W):
    T = len(S)
    norms = np.ones(T)
    for t in range(T - 1, 0, -1):
        norms[t - 1] = norms[t] * np.linalg.norm(W * (1 - S[t] ** 2), 2)
    return norms

# === wrong state_jacobian_norms | 1 - s without the square
def state_jacobian_norms(S, W):
    T, H = S.shape
    M = np.identity(H)
    out = np.empty(T)
    out[T - 1] = 1
    for t in range(T - 1, 0, -1):
        M = W @ np.diag(1 - S[t]) @ M
        out[t - 1] = np.linalg.svd(M, compute_uv=False)[0]
    return out

# === wrong state_jacobian_norms | tanh taken once more
def state_jacobian_norms(S, W):
    T, H = S.shape
    M = np.identity(H)
    out = np.ones(T)
    for t in range(T - 1, 0, -1):
        slope = 1 - np.tanh(S[t]) ** 2
        M = (W * slope) @ M
        out[t - 1] = np.linalg.norm(M, 2)
    return out

# === wrong state_jacobian_norms | largest eigenvalue
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = [1.0]
    for k in range(T - 1, 0, -1):
        J = (W * (1 - S[k] ** 2)) @ J
        norms.append(max(abs(np.linalg.eigvals(J))))
    return np.array(norms[::-1])

# === wrong state_jacobian_norms | one factor too many, the last isn't 1
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = np.zeros(T)
    for t in range(T - 1, -1, -1):
        J = (W * (1 - S[t] ** 2)) @ J
        norms[t] = np.linalg.norm(J, 2)
    return norms

# === wrong state_jacobian_norms | only the single steps, no product
def state_jacobian_norms(S, W):
    norms = []
    for k in range(1, len(S)):
        J = W * (1 - S[k] ** 2)
        norms.append(np.linalg.norm(J, 2))
    norms.append(1.0)
    return np.array(norms)

# === wrong state_jacobian_norms | last entry left out
def state_jacobian_norms(S, W):
    T, H = S.shape
    product = np.eye(H)
    norms = []
    for k in range(T - 1, 0, -1):
        product = (W * (1 - S[k] ** 2)) @ product
        norms.append(np.linalg.norm(product, 2))
    norms.reverse()
    return np.array(norms)

# === wrong state_jacobian_norms | elementwise product of the factors
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.ones((H, H))
    norms = [1.0]
    for k in range(T - 1, 0, -1):
        J = W * (1 - S[k] ** 2) * J
        norms.append(np.linalg.norm(J, 2))
    return np.array(norms[::-1])

# === wrong state_jacobian_norms | tanh's slope forgotten, powers of W
def state_jacobian_norms(S, W):
    T = len(S)
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, T - 1 - t), 2) for t in range(T)])

# === wrong clip_by_global_norm | each array for itself
def clip_by_global_norm(grads, max_norm):
    clipped = {}
    total = 0
    for name, g in grads.items():
        norm = np.sqrt((g**2).sum())
        total += norm**2
        clipped[name] = g * min(1, max_norm / norm) if norm > 0 else g * 1.0
    return clipped, np.sqrt(total)

# === wrong clip_by_global_norm | np.clip of the entries
def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    clipped = {k: np.clip(g, -max_norm, max_norm) for k, g in grads.items()}
    return clipped, norm

# === wrong clip_by_global_norm | division by zero for a gradient of zeros
def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum((g**2).sum() for g in grads.values())))
    factor = min(1, max_norm / norm)
    return {k: g * factor for k, g in grads.items()}, norm

# === wrong clip_by_global_norm | unit vector first: 0 / 0 is nan for a gradient of zeros
def clip_by_global_norm(grads, max_norm):
    norm = np.linalg.norm(np.concatenate([np.ravel(g) for g in grads.values()]))
    length = min(norm, max_norm)
    return {k: g / norm * length for k, g in grads.items()}, norm

# === wrong clip_by_global_norm | always scaled to max_norm
def clip_by_global_norm(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads.values()])
    norm = np.linalg.norm(flat)
    if norm == 0:
        return {k: g.copy() for k, g in grads.items()}, 0.0
    return {k: g / norm * max_norm for k, g in grads.items()}, norm

# === wrong clip_by_global_norm | scales the arrays in place
def clip_by_global_norm(grads, max_norm):
    norm = 0.0
    for g in grads.values():
        norm += np.sum(g * g)
    norm = norm ** 0.5
    if norm > max_norm:
        for name in grads:
            grads[name] *= max_norm / norm
    return grads, norm

# === wrong clip_by_global_norm | shallow copy of the dict, arrays shortened in place
def clip_by_global_norm(grads, max_norm):
    clipped = dict(grads)
    norm = float(np.sqrt(sum(np.sum(np.square(g)) for g in clipped.values())))
    if norm > max_norm:
        for g in clipped.values():
            g[...] = g * (max_norm / norm)
    return clipped, norm

# === wrong clip_by_global_norm | norm after clipping
def clip_by_global_norm(grads, max_norm):
    def length(gs):
        return np.sqrt(sum((g**2).sum() for g in gs.values()))

    norm = length(grads)
    factor = 1.0 if norm <= max_norm else max_norm / norm
    clipped = {name: factor * g for name, g in grads.items()}
    return clipped, length(clipped)

# === wrong clip_by_global_norm | sum of the norms instead of the root of the sum
def clip_by_global_norm(grads, max_norm):
    norm = sum(np.linalg.norm(g) for g in grads.values())
    factor = 1.0
    if norm > max_norm:
        factor = max_norm / norm
    return {name: g * factor for name, g in grads.items()}, norm

# === wrong clip_by_global_norm | spectral norm of the matrices by ord=2
def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in grads.items()}, norm

# === wrong clip_by_global_norm | root forgotten
def clip_by_global_norm(grads, max_norm):
    norm = 0
    for key in grads:
        norm += (grads[key] ** 2).sum()
    if norm > max_norm:
        scale = max_norm / norm
    else:
        scale = 1
    return {key: grads[key] * scale for key in grads}, norm

# === wrong clip_by_global_norm | branches swapped: max for min
def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    factor = 1.0 if norm == 0 else max(1.0, max_norm / norm)
    return {k: factor * g for k, g in grads.items()}, norm

# === wrong clip_by_global_norm | the sum is started anew for each array
def clip_by_global_norm(grads, max_norm):
    for name, g in grads.items():
        total = 0.0
        total += (g**2).sum()
    norm = np.sqrt(total)
    factor = 1.0
    if norm > max_norm:
        factor = max_norm / norm
    clipped = {name: g * factor for name, g in grads.items()}
    return clipped, norm

# === wrong clip_by_global_norm | only the dict comes back
def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    if norm <= max_norm:
        return {k: g.copy() for k, g in grads.items()}
    return {k: g * max_norm / norm for k, g in grads.items()}

# === wrong clip_by_global_norm | norm first, dict second
def clip_by_global_norm(grads, max_norm):
    squares = [np.sum(g**2.0) for g in grads.values()]
    norm = float(np.sqrt(sum(squares)))
    factor = min(1.0, max_norm / norm) if norm else 1.0
    return norm, {k: g * factor for k, g in grads.items()}

# === wrong clip_by_global_norm | results keep the int type
def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    clipped = {}
    for name, g in grads.items():
        new = g.copy()
        if norm > max_norm:
            new[...] = g * (max_norm / norm)
        clipped[name] = new
    return clipped, norm

# === right sequence_loss | sum with the one-hot table before the logarithm
def sequence_loss(O, Y):
    K = O.shape[-1]
    picked = (O * (np.arange(K) == Y[..., None])).sum(axis=-1)
    return float(np.log(1 / picked).sum(axis=1).mean())

# === right sequence_loss | flattened
def sequence_loss(O, Y):
    N, T, K = O.shape
    rows = O.reshape(N * T, K)
    return -np.log(rows[np.arange(N * T), Y.ravel()]).sum() / N

# === right sequence_loss | pure Python
import math

def sequence_loss(O, Y):
    per_sequence = [math.fsum(-math.log(p[k]) for p, k in zip(o, y)) for o, y in zip(O, Y)]
    return math.fsum(per_sequence) / len(per_sequence)

# === right sequence_loss | running mean over the batch
def sequence_loss(O, Y):
    mean = 0.0
    for n, y in enumerate(Y):
        surprise = -np.log(np.take(O[n].ravel(), np.arange(len(y)) * O.shape[2] + y)).sum()
        mean += (surprise - mean) / (n + 1)
    return mean

# === right numerical_gradient | rows of the identity as pushes
def numerical_gradient(f, theta, eps=1e-5):
    pushes = eps * np.eye(theta.size)
    slopes = [f(theta + e.reshape(theta.shape)) - f(theta - e.reshape(theta.shape)) for e in pushes]
    return np.array(slopes, dtype=float).reshape(theta.shape) / (2 * eps)

# === right numerical_gradient | one float copy, the old value put back
def numerical_gradient(f, theta, eps=1e-5):
    work = np.array(theta, dtype=float)
    grad = np.empty(work.shape)
    for i in np.ndindex(work.shape):
        old = work[i]
        work[i] = old + eps
        up = f(work)
        work[i] = old - eps
        down = f(work)
        work[i] = old
        grad[i] = (up - down) / (2 * eps)
    return grad

# === right numerical_gradient | flat copies
def numerical_gradient(f, theta, eps=1e-5):
    shape = np.shape(theta)
    flat = np.asarray(theta, dtype=float).ravel()
    g = []
    for i in range(flat.size):
        values = []
        for sign in (1, -1):
            moved = flat.copy()
            moved[i] += sign * eps
            values.append(float(f(moved.reshape(shape))))
        g.append((values[0] - values[1]) / (eps + eps))
    return np.array(g).reshape(shape)

# === right rnn_backward | all outputs at once, einsum at the end
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    S = np.empty((N, T + 1, H))
    S[:, 0] = s_0
    for t in range(T):
        S[:, t + 1] = np.tanh(X[:, t] @ U + S[:, t] @ W + b)
    Z = S[:, 1:] @ V + c
    Z = Z - Z.max(axis=2, keepdims=True)
    dZ = np.exp(Z) / np.exp(Z).sum(axis=2, keepdims=True)
    np.add.at(dZ, (np.arange(N)[:, None], np.arange(T)[None], Y), -1.0)
    dZ = dZ / N
    dA = np.zeros((N, T + 1, H))
    for t in range(T - 1, -1, -1):
        dA[:, t] = (dZ[:, t] @ V.T + dA[:, t + 1] @ W.T) * (1 - S[:, t + 1] ** 2)
    dA = dA[:, :T]
    return {
        "U": np.einsum("ntd,nth->dh", X, dA),
        "W": np.einsum("nth,ntk->hk", S[:, :T], dA),
        "b": dA.sum(axis=(0, 1)),
        "V": np.tensordot(S[:, 1:], dZ, axes=([0, 1], [0, 1])),
        "c": dZ.sum(axis=(0, 1)),
    }

# === right rnn_backward | recursion over time, one function per step
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    K = len(c)
    total = {"U": np.zeros(U.shape), "W": np.zeros(W.shape), "b": np.zeros(b.shape), "V": np.zeros(V.shape), "c": np.zeros(c.shape)}

    def visit(t, before):
        if t == T:
            return np.zeros(before.shape)
        s = np.tanh(X[:, t] @ U + before @ W + b)
        from_next = visit(t + 1, s)
        z = s @ V + c
        q = np.exp(z - z.max(1, keepdims=True))
        dz = (q / q.sum(1, keepdims=True) - (np.arange(K) == Y[:, t : t + 1])) / N
        da = (dz @ V.T + from_next) * (1 - s) * (1 + s)
        for name, left, right in (("U", X[:, t], da), ("W", before, da), ("V", s, dz)):
            total[name] += left.T @ right
        total["b"] += da.sum(0)
        total["c"] += dz.sum(0)
        return da @ W.T

    visit(0, np.asarray(s_0, dtype=float))
    return total

# === right rnn_backward | forwards in time: carry the derivative of the state along (real-time recurrent learning)
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    H, K = V.shape
    s = np.array(s_0, dtype=float)
    PU, PW, Pb = np.zeros((N, H, D, H)), np.zeros((N, H, H, H)), np.zeros((N, H, H))
    g = dict(U=np.zeros((D, H)), W=np.zeros((H, H)), b=np.zeros(H), V=np.zeros((H, K)), c=np.zeros(K))
    eye = np.eye(H)
    for t in range(T):
        x = X[:, t]
        new = np.tanh(x @ U + s @ W + b)
        slope = 1 - new**2
        PU = np.einsum("njdh,jk->nkdh", PU, W) + np.einsum("nd,kh->nkdh", x, eye)
        PW = np.einsum("njdh,jk->nkdh", PW, W) + np.einsum("nd,kh->nkdh", s, eye)
        Pb = np.einsum("njh,jk->nkh", Pb, W) + eye[None]
        PU, PW, Pb = PU * slope[:, :, None, None], PW * slope[:, :, None, None], Pb * slope[:, :, None]
        s = new
        z = s @ V + c
        p = np.exp(z - z.max(1, keepdims=True))
        p = p / p.sum(1, keepdims=True)
        p[np.arange(N), Y[:, t]] -= 1
        dz = p / N
        ds = dz @ V.T
        g["U"] += np.einsum("nk,nkdh->dh", ds, PU)
        g["W"] += np.einsum("nk,nkdh->dh", ds, PW)
        g["b"] += np.einsum("nk,nkh->h", ds, Pb)
        g["V"] += s.T @ dz
        g["c"] += dz.sum(0)
    return g

# === right rnn_backward | sequence by sequence with outer products
def rnn_backward(X, s_0, Y, U, W, b, V, c):
    N, T, D = X.shape
    names = ("U", "W", "b", "V", "c")
    grads = {name: np.zeros(np.shape(p), dtype=float) for name, p in zip(names, (U, W, b, V, c))}
    for n in range(N):
        states = [s_0[n]]
        for t in range(T):
            states.append(np.tanh(X[n, t] @ U + states[t] @ W + b))
        back = 0.0
        for t in reversed(range(T)):
            z = states[t + 1] @ V + c
            p = np.exp(z - z.max())
            p /= p.sum()
            p[Y[n, t]] -= 1
            a = (V @ p + back) * (1 - states[t + 1] ** 2)
            grads["V"] += np.outer(states[t + 1], p)
            grads["c"] += p
            grads["U"] += np.outer(X[n, t], a)
            grads["W"] += np.outer(states[t], a)
            grads["b"] += a
            back = W @ a
    return {name: value / N for name, value in grads.items()}

# === right state_jacobian_norms | transposed Jacobians for column vectors
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.eye(H)
    norms = np.ones(T)
    for t in range(T - 2, -1, -1):
        J = J @ ((1 - S[t + 1] ** 2)[:, None] * W.T)
        norms[t] = np.linalg.svd(J, compute_uv=False).max()
    return norms

# === right state_jacobian_norms | forwards from each state, stack of matrices
def state_jacobian_norms(S, W):
    T, H = S.shape
    J = np.tile(np.eye(H), (T, 1, 1))
    for k in range(1, T):
        J[:k] = J[:k] @ (W * (1 - S[k]) * (1 + S[k]))
    return np.linalg.norm(J, ord=2, axis=(1, 2))

# === right state_jacobian_norms | recursion, multi_dot-like product with functools.reduce
from functools import reduce

def state_jacobian_norms(S, W):
    factors = [W @ np.diag(1 - s * s) for s in S[1:]]
    H = W.shape[0]
    return np.array([np.linalg.norm(reduce(np.matmul, factors[t:], np.eye(H)), 2) for t in range(len(S))])

# === right clip_by_global_norm | one long vector
def clip_by_global_norm(grads, max_norm):
    flat = np.concatenate([np.zeros(1)] + [np.asarray(g, dtype=float).ravel() for g in grads.values()])
    norm = float(np.sqrt(flat @ flat))
    factor = max_norm / max(norm, max_norm)
    return {name: np.asarray(g, dtype=float) * factor for name, g in grads.items()}, norm

# === right clip_by_global_norm | hypot and a loop
import math

def clip_by_global_norm(grads, max_norm):
    norm = math.hypot(*(float(v) for g in grads.values() for v in np.nditer(g)))
    clipped = {}
    for name in grads:
        clipped[name] = np.array(grads[name], dtype=float)
        if norm > max_norm:
            clipped[name] *= max_norm / norm
    return clipped, norm

# === right clip_by_global_norm | norm of norms
def clip_by_global_norm(grads, max_norm):
    norm = np.linalg.norm([np.linalg.norm(g.astype(float).ravel()) for g in grads.values()])
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.fmin(1.0, np.divide(max_norm, norm))
    return {name: factor * g for name, g in grads.items()}, norm
