# === wrong softmax | exp overflows
def softmax(z):
    e = np.exp(np.asarray(z, dtype=float))
    return e / e.sum(axis=-1, keepdims=True)


# === wrong count_parameters | W counted as D by H
def count_parameters(D, H, K):
    n_U = D * H
    n_W = D * H
    n_b = H
    n_V = H * K
    n_c = K
    return n_U + n_W + n_b + n_V + n_c


# === wrong rnn_step | column vectors, weights from the left
def rnn_step(x_t, s_prev, U, W, b):
    rows = []
    for x, s in zip(x_t, s_prev):
        rows.append(np.tanh(U.T @ x + W @ s + b))
    return np.array(rows)


# === wrong rnn_forward | keeps integer states
def rnn_forward(X, s_0, U, W, b):
    S = np.zeros((X.shape[0], X.shape[1], W.shape[0]), dtype=s_0.dtype)
    S[:, 0] = rnn_step(X[:, 0], s_0, U, W, b)
    for t in range(1, X.shape[1]):
        S[:, t] = rnn_step(X[:, t], S[:, t - 1], U, W, b)
    return S


# === wrong generate | state does not move on
def generate(first, s_0, U, W, b, V, c, steps):
    K = V.shape[1]
    out, current = [], first
    for _ in range(steps):
        one_hot = np.zeros((1, K))
        one_hot[0, current] = 1.0
        s = rnn_step(one_hot, s_0, U, W, b)
        current = int((s @ V + c)[0].argmax())
        out.append(current)
    return out


# === wrong rnn_outputs | only the last step
def rnn_outputs(S, V, c):
    last = S[:, -1, :]
    return softmax(np.dot(last, V) + c)


# === wrong rnn_step | bias twice, once for each product
def rnn_step(x_t, s_prev, U, W, b):
    h_in = np.einsum("nd,dh->nh", x_t, U) + b
    h_rec = np.einsum("nh,hk->nk", s_prev, W) + b
    return np.tanh(h_in + h_rec)


# === wrong generate | reads the first token again at every step
def generate(first, s_0, U, W, b, V, c, steps):
    s = s_0
    x = np.zeros((1, U.shape[0]))
    x[0, first] = 1
    written = []
    for step in range(steps):
        s = rnn_step(x, s, U, W, b)
        p = rnn_outputs(s[:, None, :], V, c)
        written.append(int(p[0, 0].argmax()))
    return written


# === wrong rnn_forward | loop over the batch in place of the steps
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    states = []
    for x in X:
        s = rnn_step(x, s, U, W, b)
        states.append(s)
    return np.array(states)


# === wrong rnn_outputs | probabilities over the steps
def rnn_outputs(S, V, c):
    scores = np.tensordot(S, V, axes=([2], [0])) + c
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


# === wrong rnn_step | sigmoid in place of tanh, bias forgotten
def rnn_step(x_t, s_prev, U, W, b):
    z = np.dot(x_t, U) + np.dot(s_prev, W)
    return 1 / (1 + np.exp(-z))


# === wrong generate | unbalanced bracket
def generate(first, s_0, U, W, b, V, c, steps):
    out = []
    s = s_0
    tok = first
    for i in range(steps):
        x = np.zeros((1, len(b)))
        x[0, tok] = 1
        s = rnn_step(x, s, U, W, b)
        tok = int(np.argmax(softmax(s @ V + c))
        out.append(tok)
    return out


# === wrong rnn_step | bias forgotten
def rnn_step(x_t, s_prev, U, W, b):
    return np.tanh(x_t @ U + s_prev @ W)


# === wrong rnn_step | column vectors: W on the left of the state
def rnn_step(x_t, s_prev, U, W, b):
    a = np.einsum("nd,dh->nh", x_t, U) + np.einsum("hg,ng->nh", W, s_prev) + b
    return np.tanh(a)


# === wrong rnn_step | sigmoid in place of tanh
def rnn_step(x_t, s_prev, U, W, b):
    def sigma(a):
        return 1.0 / (1.0 + np.exp(-a))

    return sigma(x_t.dot(U) + s_prev.dot(W) + b)


# === wrong rnn_step | bias outside the tanh
def rnn_step(x_t, s_prev, U, W, b):
    return b + np.tanh(x_t @ U + s_prev @ W)


# === wrong rnn_step | only the first sequence of the batch
def rnn_step(x_t, s_prev, U, W, b):
    x = x_t[0]
    s = s_prev[0]
    new = np.tanh(np.dot(x, U) + np.dot(s, W) + b)
    return new.reshape(1, -1)


# === wrong rnn_step | concatenated the wrong way round: [s, x] with [U; W]
def rnn_step(x_t, s_prev, U, W, b):
    joined = np.concatenate([s_prev, x_t], axis=1)
    weights = np.concatenate([U, W], axis=0)
    return np.tanh(joined @ weights + b)


# === wrong rnn_step | math.tanh doesn't take arrays
def rnn_step(x_t, s_prev, U, W, b):
    import math

    return math.tanh(x_t @ U + s_prev @ W + b)


# === right rnn_step | stacked input, state and 1 against stacked weights
def rnn_step(x_t, s_prev, U, W, b):
    ones = np.ones((len(x_t), 1))
    return np.tanh(np.hstack([x_t, s_prev, ones]) @ np.vstack([U, W, np.reshape(b, (1, -1))]))


# === wrong rnn_forward | state isn't carried: each step starts from s_0
def rnn_forward(X, s_0, U, W, b):
    states = []
    for t in range(X.shape[1]):
        states.append(rnn_step(X[:, t], s_0, U, W, b))
    return np.stack(states, axis=1)


# === wrong rnn_forward | reshape in place of a transpose
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    H = W.shape[0]
    s = s_0
    collected = np.zeros((T, N, H))
    for t in range(T):
        s = np.tanh(X[:, t] @ U + s @ W + b)
        collected[t] = s
    return collected.reshape(N, T, H)


# === wrong rnn_forward | initial state is in the result
def rnn_forward(X, s_0, U, W, b):
    states = [s_0]
    for x_t in np.swapaxes(X, 0, 1):
        states.append(rnn_step(x_t, states[-1], U, W, b))
    return np.stack(states, axis=1)


# === wrong rnn_forward | runs over sequences as if they were time
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    S = []
    for x in X:
        s = rnn_step(x, s, U, W, b)
        S.append(s)
    return np.array(S)


# === wrong rnn_forward | result takes the dtype of X: integers cut the states
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.zeros((N, T, U.shape[1]), dtype=X.dtype)
    for t in range(T):
        S[:, t] = rnn_step(X[:, t], s_0 if t == 0 else S[:, t - 1], U, W, b)
    return S


# === wrong rnn_forward | returns states and last state
def rnn_forward(X, s_0, U, W, b):
    s, states = s_0, []
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t], s, U, W, b)
        states += [s]
    return np.stack(states, axis=1), s


# === wrong rnn_forward | return in the loop
def rnn_forward(X, s_0, U, W, b):
    states = []
    s = s_0
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t], s, U, W, b)
        states.append(s)
        return np.stack(states, axis=1)


# === wrong rnn_forward | state runs on from one sequence into the next
def rnn_forward(X, s_0, U, W, b):
    all_states = []
    s = s_0[0]
    for sequence in X:
        line = []
        for x in sequence:
            s = np.tanh(x @ U + s @ W + b)
            line.append(s)
        all_states.append(line)
    return np.array(all_states)


# === wrong rnn_forward | writes the states into s_0 and stacks on the last axis
def rnn_forward(X, s_0, U, W, b):
    out = []
    for t in range(X.shape[1]):
        s_0[:] = np.tanh(X[:, t] @ U + s_0 @ W + b)
        out.append(s_0.copy())
    return np.stack(out, axis=-1)


# === right rnn_forward | accumulate over time-major input
def rnn_forward(X, s_0, U, W, b):
    from itertools import accumulate

    steps = accumulate(np.moveaxis(X, 1, 0), lambda s, x: rnn_step(x, s, U, W, b), initial=s_0)
    return np.moveaxis(np.array(list(steps)[1:]), 0, 1)


# === wrong softmax | overflows for large numbers
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


# === wrong softmax | normalised over the whole array
def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max())
    return e / e.sum()


# === wrong softmax | one maximum for all rows: rows far below become 0 / 0
def softmax(z):
    numbers = np.array(z, float)
    biggest = np.amax(numbers)
    expo = np.exp(numbers - biggest)
    return expo / np.sum(expo, axis=-1, keepdims=True)


# === wrong softmax | subtracts in z itself
def softmax(z):
    z -= z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


# === wrong softmax | axis 1, fits matrices only
def softmax(z):
    ez = np.exp(z - np.max(z, axis=1, keepdims=True))
    return ez / np.sum(ez, axis=1, keepdims=True)


# === wrong softmax | subtracts the mean, which doesn't prevent overflow
def softmax(z):
    centred = z - np.mean(z, axis=-1, keepdims=True)
    powers = np.exp(centred)
    return powers / powers.sum(axis=-1, keepdims=True)


# === wrong softmax | divides by the largest exponential, not by the sum
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.max(axis=-1, keepdims=True)


# === wrong softmax | minus the wrong way round: max - z
def softmax(z):
    top = z.max(axis=-1)[..., None]
    weights = np.exp(top - z)
    return weights / weights.sum(axis=-1)[..., None]


# === right softmax | scipy
def softmax(z):
    from scipy.special import softmax as soft

    return soft(np.asarray(z, dtype=float), axis=-1)


# === right softmax | row by row in plain Python
def softmax(z):
    import math

    z = np.array(z, dtype=float)
    out = np.empty(z.shape)
    for place in np.ndindex(*z.shape[:-1]):
        row = [float(v) for v in z[place]]
        top = max(row)
        e = [math.exp(v - top) for v in row]
        s = math.fsum(e)
        out[place] = [v / s for v in e]
    return out


# === wrong rnn_outputs | bias forgotten
def rnn_outputs(S, V, c):
    return softmax(np.einsum("nth,hk->ntk", S, V))


# === wrong rnn_outputs | V transposed, shapes don't fit
def rnn_outputs(S, V, c):
    logits = S @ V.T + c
    return softmax(logits)


# === wrong rnn_outputs | sigmoid in place of softmax
def rnn_outputs(S, V, c):
    Z = np.tensordot(S, V, axes=1) + c
    return 1 / (1 + np.exp(-Z))


# === wrong rnn_outputs | only the last step
def rnn_outputs(S, V, c):
    last = S[:, -1, :]
    return softmax(last @ V + c)


# === wrong rnn_outputs | time first
def rnn_outputs(S, V, c):
    N, T, H = S.shape
    outs = []
    for t in range(T):
        outs.append(softmax(S[:, t] @ V + c))
    return np.array(outs)


# === wrong rnn_outputs | a further tanh on the states, bias subtracted
def rnn_outputs(S, V, c):
    hidden = np.tanh(S)
    return softmax(hidden @ V - c)


# === wrong rnn_outputs | tab and blanks mixed (syntax error)
def rnn_outputs(S, V, c):
    Z = S @ V
	Z = Z + c
    return softmax(Z)


# === right rnn_outputs | flattened and reshaped, own softmax
def rnn_outputs(S, V, c):
    N, T, H = np.shape(S)
    z = np.dot(np.reshape(S, (N * T, H)), V) + c
    z = z - z.max(axis=1)[:, None]
    e = np.exp(z)
    return (e / e.sum(axis=1)[:, None]).reshape(N, T, -1)


# === wrong count_parameters | W forgotten
def count_parameters(D, H, K):
    return (D + 1) * H + (H + 1) * K


# === wrong count_parameters | four gates, as in an LSTM
def count_parameters(D, H, K):
    return 4 * (D * H + H * H + H) + H * K + K


# === wrong count_parameters | recurrent layer only
def count_parameters(D, H, K):
    return H * (D + H + 1)


# === wrong count_parameters | prints it
def count_parameters(D, H, K):
    print(D * H + H * H + H + H * K + K)


# === wrong count_parameters | brackets wrong: bias multiplied by K
def count_parameters(D, H, K):
    recurrent = D * H + H * H + H
    output = H * (K + K)
    return recurrent + output


# === right count_parameters | factored
def count_parameters(D, H, K):
    per_unit = D + H + 1 + K
    return int(H * per_unit + K)


# === wrong generate | state isn't carried
def generate(first, s_0, U, W, b, V, c, steps):
    token = first
    out = []
    for i in range(steps):
        onehot = np.zeros((1, len(c)))
        onehot[0, token] = 1
        s = rnn_step(onehot, s_0, U, W, b)
        token = int(np.argmax(softmax(s @ V + c)))
        out.append(token)
    return out


# === wrong generate | output of the old state
def generate(first, s_0, U, W, b, V, c, steps):
    s, token, result = s_0, first, []
    for _ in range(steps):
        o = softmax(s @ V + c)
        s = rnn_step(np.eye(len(c))[[token]], s, U, W, b)
        token = int(np.argmax(o))
        result.append(token)
    return result


# === wrong generate | draws the token at random
def generate(first, s_0, U, W, b, V, c, steps):
    rng = np.random.default_rng()
    K = len(c)
    token, s = first, s_0
    tokens = []
    for _ in range(steps):
        s = rnn_step(np.eye(K)[[token]], s, U, W, b)
        p = softmax(s @ V + c)[0]
        token = int(rng.choice(K, p=p))
        tokens.append(token)
    return tokens


# === wrong generate | one token too few
def generate(first, s_0, U, W, b, V, c, steps):
    tokens = []
    token = first
    s = s_0
    for t in range(1, steps):
        s = rnn_step(np.eye(len(c))[[token]], s, U, W, b)
        token = int(np.argmax(rnn_outputs(s[:, None], V, c)))
        tokens.append(token)
    return tokens


# === wrong generate | reads its probabilities, not the token it wrote
def generate(first, s_0, U, W, b, V, c, steps):
    x = np.eye(len(c))[[first]]
    s = s_0
    res = []
    for _ in range(steps):
        s = rnn_step(x, s, U, W, b)
        x = softmax(s @ V + c)
        res.append(int(np.argmax(x)))
    return res


# === wrong generate | starts from a state of zeros
def generate(first, s_0, U, W, b, V, c, steps):
    H = W.shape[0]
    h = np.zeros((1, H))
    token = first
    sequence = []
    for _ in range(steps):
        x = np.array([[1.0 if k == token else 0.0 for k in range(len(c))]])
        h = rnn_step(x, h, U, W, b)
        token = int(softmax(h @ V + c)[0].argmax())
        sequence.append(token)
    return sequence


# === wrong generate | list of arrays of one entry
def generate(first, s_0, U, W, b, V, c, steps):
    token = np.array([first])
    s = s_0
    tokens = []
    for _ in range(steps):
        x = np.eye(len(c))[token]
        s = rnn_step(x, s, U, W, b)
        token = np.argmax(s @ V + c, axis=1)
        tokens.append(token)
    return tokens


# === wrong generate | never moves past the first token (infinite loop)
def generate(first, s_0, U, W, b, V, c, steps):
    out = []
    n = 0
    token, s = first, s_0
    while n < steps:
        s = rnn_step(np.eye(len(c))[[token]], s, U, W, b)
        token = int(np.argmax(s @ V + c))
        if len(out) < steps:
            out.append(token)
    return out


# === wrong generate | output bias forgotten, and the first token written too
def generate(first, s_0, U, W, b, V, c, steps):
    words = [int(first)]
    s = s_0
    for _ in range(steps):
        s = np.tanh(U[words[-1]] + s @ W + b)
        words.append(int(np.argmax(s @ V)))
    return words


# === wrong generate | curly quotes in the error text (syntax error)
def generate(first, s_0, U, W, b, V, c, steps):
    if steps < 0:
        raise ValueError(“steps must not be negative”)
    tokens = []
    for _ in range(steps):
        s_0 = rnn_step(np.eye(len(c))[[first]], s_0, U, W, b)
        first = int(np.argmax(s_0 @ V + c))
        tokens.append(first)
    return tokens


# === right generate | recursion
def generate(first, s_0, U, W, b, V, c, steps):
    if steps == 0:
        return []
    K = len(c)
    x = np.array([[k == first for k in range(K)]], dtype=int)
    s = rnn_step(x, s_0, U, W, b)
    p = softmax(s @ V + c)[0]
    best = max(range(K), key=lambda k: p[k])
    return [best] + generate(best, s, U, W, b, V, c, steps - 1)
