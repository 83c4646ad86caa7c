# === wrong rnn_step | forgets the bias
def rnn_step(x_t, s_prev, U, W, b):
    return np.tanh(x_t @ U + s_prev @ W)

# === wrong rnn_step | column convention: matrices on the left, transposed
def rnn_step(x_t, s_prev, U, W, b):
    return np.tanh(U @ x_t + W @ s_prev + b)

# === wrong rnn_step | W transposed, as in a lecture with column vectors
def rnn_step(x_t, s_prev, U, W, b):
    z = np.dot(x_t, U) + np.dot(W, s_prev.T).T + b
    return np.tanh(z)

# === wrong rnn_step | elementwise product
def rnn_step(x_t, s_prev, U, W, b):
    from_input = x_t @ U
    from_state = s_prev * W
    return np.tanh(from_input + from_state + b)

# === wrong rnn_step | matrices swapped
def rnn_step(x_t, s_prev, U, W, b):
    return np.tanh(x_t @ W + s_prev @ U + b)

# === wrong rnn_step | no tanh
def rnn_step(x_t, s_prev, U, W, b):
    s_t = x_t @ U
    s_t = s_t + s_prev @ W
    s_t = s_t + b
    return s_t

# === wrong rnn_step | sigmoid instead of tanh
def rnn_step(x_t, s_prev, U, W, b):
    a = x_t @ U + s_prev @ W + b
    return 1 / (1 + np.exp(-a))

# === wrong rnn_step | bias outside the tanh
def rnn_step(x_t, s_prev, U, W, b):
    return np.tanh(x_t @ U + s_prev @ W) + b

# === wrong rnn_step | writes the new state into s_prev
def rnn_step(x_t, s_prev, U, W, b):
    s_prev[:] = np.tanh(x_t @ U + s_prev @ W + b)
    return s_prev

# === wrong rnn_step | the first variable is overwritten by the second line
def rnn_step(x_t, s_prev, U, W, b):
    z = x_t @ U
    z = s_prev @ W + b
    return np.tanh(z)

# === wrong rnn_step | adds into b, whose shape doesn't fit
def rnn_step(x_t, s_prev, U, W, b):
    b += x_t @ U
    b += s_prev @ W
    return np.tanh(b)

# === wrong rnn_step | loop over the batch returns after the first row
def rnn_step(x_t, s_prev, U, W, b):
    N, H = s_prev.shape
    s = np.zeros((N, H))
    for n in range(N):
        for h in range(H):
            total = b[h]
            for d in range(x_t.shape[1]):
                total += x_t[n, d] * U[d, h]
            for k in range(H):
                total += s_prev[n, k] * W[k, h]
            s[n, h] = np.tanh(total)
        return s

# === wrong rnn_step | inner loop over H uses the wrong index of W
def rnn_step(x_t, s_prev, U, W, b):
    N, D = x_t.shape
    H = len(b)
    out = np.zeros((N, H))
    for n in range(N):
        for h in range(H):
            out[n, h] = b[h]
            out[n, h] += sum(x_t[n, d] * U[d, h] for d in range(D))
            out[n, h] += sum(s_prev[n, k] * W[h, k] for k in range(H))
    return np.tanh(out)

# === wrong rnn_forward | time first in the result
def rnn_forward(X, s_0, U, W, b):
    states = []
    s = s_0
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t], s, U, W, b)
        states.append(s)
    return np.array(states)

# === wrong rnn_forward | loops over the batch instead of the time
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    out = []
    for x in X:
        s = rnn_step(x, s[: len(x)] if len(s) >= len(x) else s[:1], U, W, b)
        out.append(s)
    return np.stack(out)

# === wrong rnn_forward | initial state kept in the result
def rnn_forward(X, s_0, U, W, b):
    states = [s_0]
    for t in range(X.shape[1]):
        states.append(rnn_step(X[:, t], states[-1], U, W, b))
    return np.stack(states, axis=1)

# === wrong rnn_forward | every step starts from s_0
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.zeros((N, T, len(b)))
    for t in range(T):
        S[:, t] = rnn_step(X[:, t], s_0, U, W, b)
    return S

# === wrong rnn_forward | ignores s_0 and starts with zeros
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    H = W.shape[0]
    s = np.zeros((N, H))
    S = np.zeros((N, T, H))
    for t in range(T):
        s = rnn_step(X[:, t, :], s, U, W, b)
        S[:, t, :] = s
    return S

# === wrong rnn_forward | result takes the type of X
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.empty((N, T, s_0.shape[1]), dtype=X.dtype)
    prev = s_0
    for t in range(T):
        prev = rnn_step(X[:, t], prev, U, W, b)
        S[:, t] = prev
    return S

# === wrong rnn_forward | the same array is appended every time
def rnn_forward(X, s_0, U, W, b):
    s = s_0.astype(float)
    out = []
    for t in range(X.shape[1]):
        s[:] = rnn_step(X[:, t], s, U, W, b)
        out.append(s)
    return np.stack(out, axis=1)

# === wrong rnn_forward | only the last state
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t], s, U, W, b)
    return s

# === wrong rnn_forward | time and units swapped: stacked along the last axis
def rnn_forward(X, s_0, U, W, b):
    s, S = s_0, []
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t], s, U, W, b)
        S.append(s)
    return np.stack(S, axis=-1)

# === wrong rnn_forward | concatenated instead of stacked
def rnn_forward(X, s_0, U, W, b):
    s, S = s_0, []
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t], s, U, W, b)
        S.append(s)
    return np.concatenate(S, axis=1)

# === wrong rnn_forward | order of the arguments of rnn_step
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    S = []
    for t in range(X.shape[1]):
        s = rnn_step(s, X[:, t], U, W, b)
        S.append(s)
    return np.stack(S, axis=1)

# === wrong rnn_forward | range starts at 1 and the first column stays empty
def rnn_forward(X, s_0, U, W, b):
    N, T, _ = X.shape
    S = np.zeros((N, T, W.shape[0]))
    S[:, 0] = s_0
    for t in range(1, T):
        S[:, t] = rnn_step(X[:, t], S[:, t - 1], U, W, b)
    return S

# === wrong rnn_forward | reads S[:, t-1] at t = 0: zeros at the end, not s_0
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.zeros((N, T, len(b)))
    for t in range(T):
        S[:, t] = np.tanh(X[:, t] @ U + S[:, t - 1] @ W + b)
    return S

# === wrong rnn_forward | time read from axis 0
def rnn_forward(X, s_0, U, W, b):
    T = len(X)
    s = s_0
    states = []
    for t in range(T):
        s = rnn_step(X[:, t], s, U, W, b)
        states.append(s)
    return np.stack(states, axis=1)

# === wrong rnn_forward | reshape instead of transpose
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    H = s_0.shape[1]
    S = []
    s = s_0
    for t in range(T):
        s = rnn_step(X[:, t], s, U, W, b)
        S.append(s)
    return np.array(S).reshape(N, T, H)

# === wrong softmax | the textbook formula, overflows
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# === wrong softmax | the sum over everything
def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()

# === wrong softmax | one maximum for the whole array
def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - np.max(z))
    return e / np.sum(e, axis=-1, keepdims=True)

# === wrong softmax | axis 0
def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)

# === wrong softmax | axis 1 hard-coded
def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    p = np.exp(z)
    p = p / p.sum(axis=1, keepdims=True)
    return p

# === wrong softmax | keepdims forgotten
def softmax(z):
    shifted = z - np.max(z, axis=-1)
    e = np.exp(shifted)
    return e / np.sum(e, axis=-1)

# === wrong softmax | subtracts the smallest
def softmax(z):
    z = z - z.min(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# === wrong softmax | subtracts the mean
def softmax(z):
    z = z - z.mean(axis=-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)

# === wrong softmax | clips to +-500
def softmax(z):
    z = np.clip(z, -500, 500)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# === wrong softmax | shifts the argument in place
def softmax(z):
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z

# === wrong softmax | loop over rows, only for two axes
def softmax(z):
    out = np.zeros(z.shape)
    for i in range(z.shape[0]):
        total = 0
        biggest = max(z[i])
        for j in range(z.shape[1]):
            total += np.exp(z[i][j] - biggest)
        for j in range(z.shape[1]):
            out[i][j] = np.exp(z[i][j] - biggest) / total
    return out

# === wrong softmax | result array has the type of z
def softmax(z):
    p = np.zeros_like(z)
    for index in np.ndindex(z.shape[:-1]):
        row = z[index]
        e = np.exp(row - row.max())
        p[index] = e / e.sum()
    return p

# === wrong softmax | nan is swept under the carpet
def softmax(z):
    e = np.exp(z)
    return np.nan_to_num(e / e.sum(axis=-1, keepdims=True))

# === wrong rnn_outputs | no softmax
def rnn_outputs(S, V, c):
    return S @ V + c

# === wrong rnn_outputs | bias after the softmax
def rnn_outputs(S, V, c):
    return softmax(S @ V) + c

# === wrong rnn_outputs | only the last state
def rnn_outputs(S, V, c):
    last = S[:, -1]
    return softmax(last @ V + c)

# === wrong rnn_outputs | softmax over the time
def rnn_outputs(S, V, c):
    z = S @ V + c
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# === wrong rnn_outputs | loop over the batch with T, first axes confused
def rnn_outputs(S, V, c):
    T, N, H = S.shape
    O = np.zeros((T, N, V.shape[1]))
    for t in range(T):
        for n in range(N):
            O[t][n] = softmax(S[n][t] @ V + c)
    return O

# === wrong rnn_outputs | list over time comes out as (T, N, K)
def rnn_outputs(S, V, c):
    out = []
    for t in range(S.shape[1]):
        out.append(softmax(S[:, t] @ V + c))
    return np.array(out)

# === wrong rnn_outputs | the states are added up before
def rnn_outputs(S, V, c):
    N, T, H = S.shape
    O = np.zeros((N, T, len(c)))
    total = np.zeros((N, H))
    for t in range(T):
        total += S[:, t]
        O[:, t] = softmax(total @ V + c)
    return O

# === wrong rnn_outputs | V.T, other convention
def rnn_outputs(S, V, c):
    return softmax(np.matmul(S, V.T) + c)

# === wrong rnn_outputs | most probable token instead of probabilities
def rnn_outputs(S, V, c):
    P = softmax(S @ V + c)
    return P.argmax(axis=-1)

# === wrong rnn_outputs | undefined name
def rnn_outputs(S, V, c):
    logits = np.einsum("nth,hk->ntk", S, V) + c
    return softmax(logit)

# === wrong rnn_outputs | tanh around it
def rnn_outputs(S, V, c):
    return softmax(np.tanh(S @ V + c))

# === wrong count_parameters | biases forgotten
def count_parameters(D, H, K):
    return D * H + H * H + H * K

# === wrong count_parameters | the output bias has H entries
def count_parameters(D, H, K):
    return D * H + H * H + H + H * K + H

# === wrong count_parameters | W has only H entries
def count_parameters(D, H, K):
    U = D * H
    W = H
    b = H
    V = H * K
    c = K
    return U + W + b + V + c

# === wrong count_parameters | output reads the input
def count_parameters(D, H, K):
    return (D + H + 1) * H + (D + 1) * K

# === wrong count_parameters | V is square
def count_parameters(D, H, K):
    total = 0
    for rows, cols in [(D, H), (H, H), (1, H), (K, K), (1, K)]:
        total += rows * cols
    return total

# === wrong count_parameters | prints
def count_parameters(D, H, K):
    n = D * H + H ** 2 + H + H * K + K
    print(n)

# === wrong count_parameters | a bias for input and one for state, as in other libraries
def count_parameters(D, H, K):
    return H * (D + H) + 2 * H + K * (H + 1)

# === wrong count_parameters | H(...) without the star, an int is called
def count_parameters(D, H, K):
    return H(D + H + 1) + K(H + 1)

# === wrong generate | first token is in the list
def generate(first, s_0, U, W, b, V, c, steps):
    K = len(c)
    tokens = [first]
    s = s_0
    for _ in range(steps - 1):
        s = rnn_step(np.eye(K)[[tokens[-1]]], s, U, W, b)
        tokens.append(int(np.argmax(softmax(s @ V + c))))
    return tokens

# === wrong generate | one token too many, first included
def generate(first, s_0, U, W, b, V, c, steps):
    tokens = [first]
    s = s_0
    for i in range(steps):
        x = np.zeros((1, U.shape[0]))
        x[0, tokens[i]] = 1
        s = rnn_step(x, s, U, W, b)
        tokens.append(int((s @ V + c).argmax()))
    return tokens

# === wrong generate | the state isn't carried
def generate(first, s_0, U, W, b, V, c, steps):
    K = len(c)
    token = first
    out = []
    for _ in range(steps):
        s = rnn_step(np.eye(K)[[token]], s_0, U, W, b)
        token = int(np.argmax(softmax(s @ V + c)))
        out.append(token)
    return out

# === wrong generate | reads the first token at every step
def generate(first, s_0, U, W, b, V, c, steps):
    x = np.zeros((1, len(c)))
    x[0, first] = 1
    s = s_0
    out = []
    for _ in range(steps):
        s = rnn_step(x, s, U, W, b)
        o = softmax(s @ V + c)
        out.append(int(np.argmax(o)))
    return out

# === wrong generate | the old ones stay in the one-hot vector
def generate(first, s_0, U, W, b, V, c, steps):
    x = np.zeros((1, len(c)))
    s = s_0
    token = first
    out = []
    for _ in range(steps):
        x[0, token] = 1
        s = rnn_step(x, s, U, W, b)
        token = int(np.argmax(s @ V + c))
        out.append(token)
    return out

# === wrong generate | output of the old state
def generate(first, s_0, U, W, b, V, c, steps):
    K = len(c)
    token, s, tokens = first, s_0, []
    for _ in range(steps):
        o = softmax(s @ V + c)
        s = rnn_step(np.eye(K)[[token]], s, U, W, b)
        token = int(np.argmax(o))
        tokens.append(token)
    return tokens

# === wrong generate | draws by probability instead of taking the most probable
def generate(first, s_0, U, W, b, V, c, steps):
    rng = np.random.default_rng()
    K = len(c)
    token, s, tokens = first, s_0, []
    for _ in range(steps):
        s = rnn_step(np.eye(K)[[token]], s, U, W, b)
        p = softmax(s @ V + c)[0]
        token = int(rng.choice(K, p=p))
        tokens.append(token)
    return tokens

# === wrong generate | feeds the probabilities back, not the token
def generate(first, s_0, U, W, b, V, c, steps):
    x = np.eye(len(c))[[first]]
    s = s_0
    tokens = []
    for _ in range(steps):
        s = rnn_step(x, s, U, W, b)
        x = softmax(s @ V + c)
        tokens.append(int(x.argmax()))
    return tokens

# === wrong generate | one-hot vector as long as the state
def generate(first, s_0, U, W, b, V, c, steps):
    H = W.shape[0]
    token, s, tokens = first, s_0, []
    for _ in range(steps):
        x = np.zeros((1, H))
        x[0, token] = 1
        s = rnn_step(x, s, U, W, b)
        token = int(np.argmax(rnn_outputs(s, V, c)))
        tokens.append(token)
    return tokens

# === wrong generate | changes s_0 in place
def generate(first, s_0, U, W, b, V, c, steps):
    K = len(c)
    token = first
    tokens = []
    for _ in range(steps):
        s_0[:] = rnn_step(np.eye(K)[[token]], s_0, U, W, b)
        token = int(np.argmax(s_0 @ V + c))
        tokens.append(token)
    return tokens

# === wrong generate | list of arrays, argmax along axis 1
def generate(first, s_0, U, W, b, V, c, steps):
    K = V.shape[1]
    s = s_0
    token = [first]
    tokens = []
    for _ in range(steps):
        s = rnn_step(np.eye(K)[token], s, U, W, b)
        token = np.argmax(rnn_outputs(s, V, c), axis=1)
        tokens.append(token)
    return tokens

# === wrong generate | the token as a plain number goes in
def generate(first, s_0, U, W, b, V, c, steps):
    token = first
    s = s_0
    out = []
    for _ in range(steps):
        x = np.full((1, U.shape[0]), token)
        s = rnn_step(x, s, U, W, b)
        token = int(np.argmax(softmax(s @ V + c)))
        out.append(token)
    return out

# === wrong generate | return in the loop
def generate(first, s_0, U, W, b, V, c, steps):
    tokens = []
    token = first
    s = s_0
    for _ in range(steps):
        x = np.eye(U.shape[0])[[token]]
        s = rnn_step(x, s, U, W, b)
        token = int(softmax(s @ V + c).argmax())
        tokens.append(token)
        return tokens

# === wrong generate | the most probable token is called by its probability
def generate(first, s_0, U, W, b, V, c, steps):
    K = len(c)
    tokens = []
    token, s = first, s_0
    for _ in range(steps):
        s = rnn_step(np.eye(K)[[token]], s, U, W, b)
        p = softmax(s @ V + c)
        tokens.append(float(p.max()))
        token = int(p.argmax())
    return tokens

# === wrong generate | runs rnn_forward over a sequence of the same token
def generate(first, s_0, U, W, b, V, c, steps):
    K = len(c)
    X = np.zeros((1, steps, K))
    X[:, :, first] = 1
    S = rnn_forward(X, s_0, U, W, b)
    O = rnn_outputs(S, V, c)
    return [int(k) for k in O[0].argmax(axis=1)]

# === right rnn_step | einsum
def rnn_step(x_t, s_prev, U, W, b):
    return np.tanh(np.einsum("nd,dh->nh", x_t, U) + np.einsum("nh,hk->nk", s_prev, W) + b[None])

# === right rnn_step | one product with stacked weights
def rnn_step(x_t, s_prev, U, W, b):
    one = np.ones((x_t.shape[0], 1))
    joined = np.hstack([x_t, s_prev, one])
    return np.tanh(joined @ np.vstack([U, W, b.reshape(1, -1)]))

# === right rnn_step | plain loops
def rnn_step(x_t, s_prev, U, W, b):
    import math
    N, D = x_t.shape
    H = len(b)
    return np.array([
        [math.tanh(sum(x_t[n, d] * U[d, h] for d in range(D)) + sum(s_prev[n, k] * W[k, h] for k in range(H)) + b[h]) for h in range(H)]
        for n in range(N)
    ])

# === right rnn_step | transposed and back, tanh by exponentials of a negative number
def rnn_step(x_t, s_prev, U, W, b):
    a = (U.T @ x_t.T + W.T @ s_prev.T + b[:, None]).T
    q = np.exp(-2 * np.abs(a))
    return np.sign(a) * (1 - q) / (1 + q)

# === right rnn_forward | input part of all steps in one product, states filled in
def rnn_forward(X, s_0, U, W, b):
    A = X @ U + b
    S = np.empty(A.shape, dtype=float)
    s = np.array(s_0, dtype=float)
    for t in range(A.shape[1]):
        s = np.tanh(A[:, t] + s @ W)
        S[:, t] = s
    return S

# === right rnn_forward | T + 1 states, the first cut off
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.zeros((T + 1, N, W.shape[0]))
    S[0] = s_0
    for t in range(T):
        S[t + 1] = rnn_step(X[:, t], S[t], U, W, b)
    return S[1:].transpose(1, 0, 2)

# === right rnn_forward | recursion over time
def rnn_forward(X, s_0, U, W, b):
    T = X.shape[1]
    if T == 1:
        return rnn_step(X[:, 0], s_0, U, W, b)[:, None]
    half = T // 2
    front = rnn_forward(X[:, :half], s_0, U, W, b)
    back = rnn_forward(X[:, half:], front[:, -1], U, W, b)
    return np.concatenate([front, back], axis=1)

# === right rnn_forward | sequence by sequence
def rnn_forward(X, s_0, U, W, b):
    batch = []
    for x, s in zip(X, s_0):
        row = []
        s = s[None]
        for x_t in x:
            s = rnn_step(x_t[None], s, U, W, b)
            row.append(s[0])
        batch.append(row)
    return np.array(batch)

# === right softmax | log of the sum by logaddexp.reduce
def softmax(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))

# === right softmax | row by row with ndindex
def softmax(z):
    out = np.empty(z.shape, dtype=float)
    for i in np.ndindex(*z.shape[:-1]):
        e = np.exp(z[i].astype(float) - float(z[i].max()))
        out[i] = e / e.sum()
    return out

# === right softmax | last axis to the front
def softmax(z):
    f = np.moveaxis(np.array(z, dtype=float), -1, 0)
    f = np.exp(f - np.amax(f, axis=0))
    f = f / f.sum(axis=0)
    return np.moveaxis(f, 0, -1)

# === right rnn_outputs | einsum
def rnn_outputs(S, V, c):
    return softmax(np.einsum("nth,hk->ntk", S, V) + c)

# === right rnn_outputs | flattened and back
def rnn_outputs(S, V, c):
    N, T, H = S.shape
    return softmax(S.reshape(N * T, H) @ V + c).reshape(N, T, -1)

# === right rnn_outputs | two loops
def rnn_outputs(S, V, c):
    O = np.zeros(S.shape[:2] + (V.shape[1],))
    for n in range(S.shape[0]):
        for t in range(S.shape[1]):
            O[n, t, :] = softmax(S[n, t] @ V + c)
    return O

# === right count_parameters | factored
def count_parameters(D, H, K):
    return (D + H + 1) * H + (H + 1) * K

# === right count_parameters | arrays of the right shapes counted
def count_parameters(D, H, K):
    shapes = [(D, H), (H, H), (H,), (H, K), (K,)]
    total = 0
    for shape in shapes:
        n = 1
        for size in shape:
            n *= size
        total += n
    return total

# === right generate | row of U instead of a one-hot product, no softmax
def generate(first, s_0, U, W, b, V, c, steps):
    written, s, token = [], s_0, first
    while len(written) < steps:
        s = np.tanh(U[token] + s @ W + b)
        token = int((s @ V + c).argmax())
        written.append(token)
    return written

# === right generate | list grows and the first is cut off
def generate(first, s_0, U, W, b, V, c, steps):
    K = V.shape[1]
    tokens = [first]
    s = s_0.copy()
    for i in range(steps):
        one_hot = (np.arange(K) == tokens[-1]).astype(float).reshape(1, K)
        s = rnn_step(one_hot, s, U, W, b)
        tokens.append(int(np.argmax(rnn_outputs(s[:, None], V, c)[0, 0])))
    return tokens[1:]

# === right generate | a generator function inside
def generate(first, s_0, U, W, b, V, c, steps):
    def write(token, s):
        for _ in range(steps):
            s = rnn_forward(np.eye(len(c))[[[token]]], s, U, W, b)[:, -1]
            token = np.argmax(softmax(s @ V + c))
            yield int(token)

    return list(write(first, s_0))
