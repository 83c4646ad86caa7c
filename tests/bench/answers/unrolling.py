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

# === wrong rnn_step | tanh only around the input's share
def rnn_step(x_t, s_prev, U, W, b):
    from_input = np.tanh(x_t @ U + b)
    from_state = s_prev @ W
    return from_input + from_state


# === wrong rnn_forward | every step starts from s_0
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    return np.stack([rnn_step(X[:, t], s_0, U, W, b) for t in range(T)], axis=1)


# === wrong softmax | whole array sums to 1
def softmax(z):
    z = np.array(z, dtype=float)
    z = z - z.max()
    e = np.exp(z)
    return e / np.sum(e)


# === wrong generate | first token is put into the list
def generate(first, s_0, U, W, b, V, c, steps):
    token, state = first, s_0
    text = [first]
    while len(text) < steps:
        x = np.eye(len(c))[[token]]
        state = rnn_step(x, state, U, W, b)
        token = int(np.argmax(softmax(state @ V + c)))
        text.append(token)
    return text


# === wrong rnn_outputs | no softmax
def rnn_outputs(S, V, c):
    N, T, H = S.shape
    K = len(c)
    out = np.zeros((N, T, K))
    for n in range(N):
        for t in range(T):
            out[n, t] = S[n, t] @ V + c
    return out


# === wrong softmax | first axis
def softmax(z):
    shifted = z - np.max(z, axis=0, keepdims=True)
    w = np.exp(shifted)
    return w / np.sum(w, axis=0, keepdims=True)


# === wrong count_parameters | biases not counted
def count_parameters(D, H, K):
    shapes = [(D, H), (H, H), (H, K)]
    return sum(int(np.prod(s)) for s in shapes)


# === wrong rnn_forward | initial state is in the result
def rnn_forward(X, s_0, U, W, b):
    states = [np.asarray(s_0, dtype=float)]
    for t in range(X.shape[1]):
        states.append(rnn_step(X[:, t], states[-1], U, W, b))
    return np.stack(states, axis=1)


# === wrong softmax | quotient of the shifted numbers, without exp
def softmax(z):
    z = np.asarray(z, dtype=float)
    z = z - z.min(axis=-1, keepdims=True) + 1e-12
    return z / z.sum(axis=-1, keepdims=True)


# === wrong count_parameters | multiplied by T, and a gate factor 4 in the recurrent part
def count_parameters(D, H, K, T=10):
    recurrent = 4 * (D * H + H * H + H)
    output = H * K + K
    return T * recurrent + output


# === wrong generate | least probable token
def generate(first, s_0, U, W, b, V, c, steps):
    E = np.eye(U.shape[0])
    tokens = []
    k, s = first, s_0
    for _ in range(steps):
        s = rnn_step(E[k:k + 1], s, U, W, b)
        prob = softmax(s @ V + c).ravel().tolist()
        k = sorted(range(len(prob)), key=lambda j: prob[j])[0]
        tokens.append(k)
    return tokens


# === wrong softmax | subtracts the maximum in place
def softmax(z):
    z -= np.max(z, axis=-1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(axis=-1, keepdims=True)
    return p


# === wrong generate | one-hot vector of length H
def generate(first, s_0, U, W, b, V, c, steps):
    H = W.shape[0]
    result = []
    for _ in range(steps):
        x = np.zeros((1, H))
        x[0][first] = 1
        s_0 = rnn_step(x, s_0, U, W, b)
        first = int(np.argmax(s_0 @ V + c, axis=1)[0])
        result.append(first)
    return result


# === wrong rnn_step | no tanh
def rnn_step(x_t, s_prev, U, W, b):
    from_input = np.dot(x_t, U)
    from_state = np.dot(s_prev, W)
    return from_input + from_state + b


# === wrong rnn_step | U @ x, shapes don't fit
def rnn_step(x_t, s_prev, U, W, b):
    z = U @ x_t + W @ s_prev + b
    return np.tanh(z)


# === wrong rnn_step | state multiplied entry by entry with the diagonal of W
def rnn_step(x_t, s_prev, U, W, b):
    N, H = s_prev.shape
    out = np.zeros((N, H))
    for n in range(N):
        for h in range(H):
            total = b[h]
            for d in range(x_t.shape[1]):
                total += x_t[n, d] * U[d, h]
            total += s_prev[n, h] * W[h, h]
            out[n, h] = np.tanh(total)
    return out


# === wrong rnn_step | writes the new state over s_prev
def rnn_step(x_t, s_prev, U, W, b):
    s_prev[...] = np.tanh(x_t @ U + s_prev @ W + b)
    return s_prev


# === wrong rnn_step | relu, and the bias subtracted
def rnn_step(x_t, s_prev, U, W, b):
    pre = x_t @ U + s_prev @ W - b
    return np.maximum(pre, 0)


# === wrong rnn_step | returns a tuple (state, sum before tanh)
def rnn_step(x_t, s_prev, U, W, b):
    a_t = np.matmul(x_t, U) + np.matmul(s_prev, W) + b
    s_t = np.tanh(a_t)
    return s_t, a_t


# === right rnn_step | loops over indices
def rnn_step(x_t, s_prev, U, W, b):
    N, D = np.shape(x_t)
    H = len(b)
    new = np.empty((N, H))
    for n in range(N):
        for h in range(H):
            a = float(b[h])
            for d in range(D):
                a += x_t[n][d] * U[d][h]
            for g in range(H):
                a += s_prev[n][g] * W[g][h]
            new[n, h] = np.tanh(a)
    return new


# === right rnn_step | columns in between, transposed back; tanh by exponentials
def rnn_step(x_t, s_prev, U, W, b):
    a = (U.T @ np.transpose(x_t) + W.T @ np.transpose(s_prev) + b[:, None]).T
    small = np.exp(-2 * np.abs(a))
    return np.sign(a) * (1 - small) / (1 + small)


# === wrong rnn_forward | time first in the result
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    out = []
    for t in range(X.shape[1]):
        s = rnn_step(X[:, t, :], s, U, W, b)
        out.append(s)
    return np.array(out)


# === wrong rnn_forward | s_0 ignored, starts from zeros
def rnn_forward(X, s_0, U, W, b):
    N, T, _ = X.shape
    H = len(b)
    S = np.zeros((N, T, H))
    prev = np.zeros((N, H))
    for t in range(T):
        prev = rnn_step(X[:, t], prev, U, W, b)
        S[:, t] = prev
    return S


# === wrong rnn_forward | only the last state
def rnn_forward(X, s_0, U, W, b):
    state = s_0
    t = 0
    while t < X.shape[1]:
        state = rnn_step(X[:, t], state, U, W, b)
        t += 1
    return state


# === wrong rnn_forward | all entries of the list are one array, changed in place
def rnn_forward(X, s_0, U, W, b):
    s = np.array(s_0, dtype=float)
    history = []
    for t in range(X.shape[1]):
        s[:] = np.tanh(X[:, t] @ U + s @ W + b)
        history.append(s)
    return np.stack(history, axis=1)


# === wrong rnn_forward | first input skipped, last state missing
def rnn_forward(X, s_0, U, W, b):
    N, T, _ = X.shape
    S = np.zeros((N, T, W.shape[1]))
    S[:, 0] = s_0
    for t in range(1, T):
        S[:, t] = rnn_step(X[:, t], S[:, t - 1], U, W, b)
    return S


# === wrong rnn_forward | only the first initial state used for the whole batch
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    result = np.empty((N, T, len(b)))
    for n in range(N):
        s = s_0[0]
        for t in range(T):
            s = np.tanh(X[n, t] @ U + s @ W + b)
            result[n, t] = s
    return result


# === wrong rnn_forward | reads the sequence backwards
def rnn_forward(X, s_0, U, W, b):
    N, T, D = X.shape
    S = np.zeros((N, T, len(b)))
    s = s_0
    for t in reversed(range(T)):
        s = rnn_step(X[:, t], s, U, W, b)
        S[:, t] = s
    return S


# === wrong rnn_forward | arguments of rnn_step in the wrong order
def rnn_forward(X, s_0, U, W, b):
    s = s_0
    S = []
    for t in range(X.shape[1]):
        s = rnn_step(s, X[:, t], U, W, b)
        S.append(s)
    return np.stack(S, axis=1)


# === right rnn_forward | preallocated, plain formula, einsum
def rnn_forward(X, s_0, U, W, b):
    projected = np.einsum("ntd,dh->nth", X, U) + b
    S = np.empty(projected.shape)
    last = np.asarray(s_0, dtype=float)
    for t in range(X.shape[1]):
        last = np.tanh(projected[:, t] + last @ W)
        S[:, t] = last
    return S


# === right rnn_forward | recursion on the last step
def rnn_forward(X, s_0, U, W, b):
    first = rnn_step(X[:, 0], s_0, U, W, b)
    if X.shape[1] == 1:
        return first[:, np.newaxis]
    rest = rnn_forward(X[:, 1:], first, U, W, b)
    return np.concatenate((first[:, np.newaxis], rest), axis=1)


# === wrong softmax | first axis in place of the last
def softmax(z):
    shifted = z - np.max(z, axis=0, keepdims=True)
    e = np.exp(shifted)
    return e / np.sum(e, axis=0, keepdims=True)


# === wrong softmax | keepdims forgotten
def softmax(z):
    m = np.max(z, axis=-1)
    e = np.exp(z - m)
    return e / np.sum(e, axis=-1)


# === wrong softmax | cuts large numbers off at 500
def softmax(z):
    z = np.clip(z, -500, 500)
    e = np.exp(z)
    total = e.sum(-1, keepdims=True)
    return e / total


# === wrong softmax | result array keeps the integer dtype
def softmax(z):
    p = np.zeros_like(z)
    for i in np.ndindex(z.shape[:-1]):
        row = np.exp(z[i] - z[i].max())
        p[i] = row / row.sum()
    return p


# === wrong softmax | the logarithm of it
def softmax(z):
    z = z - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


# === wrong softmax | nan replaced by 0 afterwards
def softmax(z):
    with np.errstate(all="ignore"):
        e = np.exp(np.asarray(z, dtype=float))
        p = e / e.sum(axis=-1, keepdims=True)
    return np.nan_to_num(p)


# === wrong softmax | exponential forgotten, numbers divided by their sum
def softmax(z):
    z = np.array(z, dtype=float)
    z = z - z.min(axis=-1, keepdims=True) + 1
    return z / z.sum(axis=-1, keepdims=True)


# === wrong softmax | only for a vector, and overflow
def softmax(z):
    total = 0
    for number in z:
        total += np.exp(number)
    return np.array([np.exp(number) / total for number in z])


# === right softmax | exp of the log-softmax by logaddexp
def softmax(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


# === right softmax | one over a sum of clipped differences
def softmax(z):
    z = np.asarray(z, dtype=np.float64)
    moved = np.swapaxes(z, -1, 0)
    moved = np.exp(moved - np.max(moved, axis=0))
    return np.swapaxes(moved / np.sum(moved, axis=0), -1, 0)


# === wrong rnn_outputs | no softmax
def rnn_outputs(S, V, c):
    return S @ V + c


# === wrong rnn_outputs | softmax over time
def rnn_outputs(S, V, c):
    z = S @ V + c
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# === wrong rnn_outputs | bias added after the softmax
def rnn_outputs(S, V, c):
    probabilities = softmax(np.matmul(S, V))
    return probabilities + c


# === wrong rnn_outputs | the most probable class in place of the probabilities
def rnn_outputs(S, V, c):
    O = softmax(S @ V + c)
    return np.argmax(O, axis=-1)


# === wrong rnn_outputs | softmax twice
def rnn_outputs(S, V, c):
    N, T, _ = S.shape
    O = np.zeros((N, T, len(c)))
    for n in range(N):
        for t in range(T):
            O[n, t] = softmax(S[n, t] @ V + c)
    return softmax(O)


# === wrong rnn_outputs | flattened and never brought back to three axes
def rnn_outputs(S, V, c):
    flat = S.reshape(-1, S.shape[-1])
    return softmax(flat @ V + c)


# === right rnn_outputs | two loops
def rnn_outputs(S, V, c):
    result = []
    for sequence in S:
        result.append([softmax(c + V.T @ state) for state in sequence])
    return np.array(result)


# === wrong count_parameters | bias b forgotten
def count_parameters(D, H, K):
    U = D * H
    W = H * H
    V = H * K
    c = K
    return U + W + V + c


# === wrong count_parameters | output layer reads the input: D * K
def count_parameters(D, H, K):
    total = 0
    for rows, columns in [(D, H), (H, H), (1, H), (D, K), (1, K)]:
        total += rows * columns
    return total


# === wrong count_parameters | a float
def count_parameters(D, H, K):
    sizes = np.array([D * H, H**2, H, H * K, K], dtype=float)
    return float(sizes.sum())


# === wrong count_parameters | W counted as D x H, c forgotten
def count_parameters(D, H, K):
    n_U = D * H
    n_W = D * H
    n_b = H
    n_V = H * K
    return n_U + n_W + n_b + n_V


# === wrong count_parameters | two biases in the recurrent layer, as in PyTorch
def count_parameters(D, H, K):
    return sum([D * H, H * H, 2 * H, H * K, K])


# === right count_parameters | sizes of real arrays
def count_parameters(D, H, K):
    shapes = [(D, H), (H, H), (H,), (H, K), (K,)]
    return sum(np.empty(shape).size for shape in shapes)


# === wrong generate | first is put into the list
def generate(first, s_0, U, W, b, V, c, steps):
    tokens = [first]
    s = s_0
    K = len(c)
    for _ in range(steps - 1):
        x = np.eye(K)[[tokens[-1]]]
        s = rnn_step(x, s, U, W, b)
        tokens.append(int(np.argmax(s @ V + c)))
    return tokens


# === wrong generate | reads first at every step
def generate(first, s_0, U, W, b, V, c, steps):
    x = np.eye(V.shape[1])[first].reshape(1, -1)
    state = s_0
    written = []
    for step in range(steps):
        state = rnn_step(x, state, U, W, b)
        p = softmax(state @ V + c)
        written.append(int(p.argmax()))
    return written


# === wrong generate | number of the token in place of a one-hot vector
def generate(first, s_0, U, W, b, V, c, steps):
    token, s = first, s_0
    text = []
    while len(text) < steps:
        x = np.full((1, U.shape[0]), float(token))
        s = np.tanh(x @ U + s @ W + b)
        token = int(np.argmax(s @ V + c))
        text.append(token)
    return text


# === right generate | an array in place of a list: the same by value, which is what the contract compares
def generate(first, s_0, U, W, b, V, c, steps):
    answer = np.zeros(steps, dtype=int)
    s = s_0
    token = first
    for t in range(steps):
        x = np.zeros((1, U.shape[0]))
        x[:, token] = 1.0
        s = rnn_step(x, s, U, W, b)
        token = np.argmax(s @ V + c)
        answer[t] = token
    return answer


# === wrong generate | the one-hot vector is never set back to 0
def generate(first, s_0, U, W, b, V, c, steps):
    K = V.shape[1]
    x = np.zeros((1, K))
    x[0, first] = 1
    s = s_0
    tokens = []
    for _ in range(steps):
        s = rnn_step(x, s, U, W, b)
        k = int(np.argmax(s @ V + c))
        x[0, k] = 1
        tokens.append(k)
    return tokens


# === wrong generate | argmax along the batch: always 0
def generate(first, s_0, U, W, b, V, c, steps):
    token, s, out = first, s_0, []
    for _ in range(steps):
        s = rnn_step(np.eye(len(c))[[token]], s, U, W, b)
        o = softmax(s @ V + c)
        token = int(np.argmax(o, axis=0)[0])
        out.append(token)
    return out


# === wrong generate | least probable token
def generate(first, s_0, U, W, b, V, c, steps):
    def advance(token, s):
        s = rnn_step(np.eye(len(c))[[token]], s, U, W, b)
        order = np.argsort(s @ V + c, axis=-1)[0]
        return int(order[0]), s

    token, s = first, s_0
    out = []
    for _ in range(steps):
        token, s = advance(token, s)
        out.append(token)
    return out


# === wrong generate | one-hot of size H, shapes don't fit
def generate(first, s_0, U, W, b, V, c, steps):
    token, s = first, s_0
    out = []
    for _ in range(steps):
        x = np.eye(s.shape[1])[[token]]
        s = rnn_step(x, s, U, W, b)
        token = int(np.argmax(s @ V + c))
        out.append(token)
    return out


# === wrong generate | stops when a token comes back
def generate(first, s_0, U, W, b, V, c, steps):
    out = []
    token, s = first, s_0
    for _ in range(steps):
        s = rnn_step(np.eye(len(c))[[token]], s, U, W, b)
        token = int(np.argmax(s @ V + c))
        if token in out:
            break
        out.append(token)
    return out


# === wrong generate | tokens counted from 1
def generate(first, s_0, U, W, b, V, c, steps):
    tokens, s, tok = [], s_0, first
    for _ in range(steps):
        x = np.zeros((1, len(c)))
        x[0, tok - 1] = 1
        s = rnn_step(x, s, U, W, b)
        tok = int(np.argmax(softmax(s @ V + c))) + 1
        tokens.append(tok)
    return tokens


# === right generate | row of U looked up, no one-hot vector
def generate(first, s_0, U, W, b, V, c, steps):
    tokens = []
    while len(tokens) < steps:
        s_0 = np.tanh(U[tokens[-1] if tokens else first] + s_0 @ W + b)
        tokens.append(int((s_0 @ V + c).argmax()))
    return tokens


# === right generate | rnn_forward over a single step, NumPy ints
def generate(first, s_0, U, W, b, V, c, steps):
    token, state, written = first, s_0, []
    identity = np.identity(U.shape[0])
    for _ in range(steps):
        S = rnn_forward(identity[token].reshape(1, 1, -1), state, U, W, b)
        state = S[:, -1]
        token = np.argmax(rnn_outputs(S, V, c)[0, 0])
        written.append(token)
    return written
