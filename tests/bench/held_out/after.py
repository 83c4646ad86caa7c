# === wrong attention_weights | divided by H, not by its root
def attention_weights(query, keys, mask):
    H = query.shape[1]
    e = np.einsum("nh,nth->nt", query, keys) / H
    e = np.where(mask, e, -np.inf)
    e = e - e.max(axis=1, keepdims=True)
    w = np.exp(e)
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | padding set to zero after the softmax
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = scores - scores.max(axis=1, keepdims=True)
    w = np.exp(scores)
    w = w / w.sum(axis=1, keepdims=True)
    return w * mask

# === wrong attention_weights | the mask is not used
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = scores - scores.max(axis=1, keepdims=True)
    w = np.exp(scores)
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | exponential of large scores
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    w = np.exp(scores) * mask
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | minus 1000 for padding, large scores of words are lower
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, scores, -1000.0)
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | one largest score and one sum for the whole batch
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, scores, -np.inf)
    w = np.exp(scores - scores.max())
    return w / w.sum()

# === wrong attention_weights | cosine for the scaled product
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2)
    scores = scores / (np.linalg.norm(query, axis=1)[:, None] * np.linalg.norm(keys, axis=2))
    scores = np.where(mask, scores, -np.inf)
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | the hardest look: all on the highest score
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, scores, -np.inf)
    w = np.zeros(scores.shape)
    w[np.arange(len(w)), scores.argmax(axis=1)] = 1
    return w

# === wrong attention_weights | the mask in the first row serves for all
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores[:, ~mask[0]] = -np.inf
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | a sum to 1 by force, not by a softmax
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = scores * mask
    return scores / scores.sum(axis=1, keepdims=True)

# === wrong attend | the mean of the weighted values
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return (w[:, :, None] * values).mean(axis=1)

# === wrong attend | not summed
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return w[:, :, None] * values

# === wrong attend | all sentences together
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return np.tensordot(w, values, axes=([0, 1], [0, 1]))

# === wrong attend | takes the value at the highest weight
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    best = w.argmax(axis=1)
    return values[np.arange(len(values)), best]

# === wrong attend | keys and values in the other order
def attend(query, keys, values, mask):
    w = attention_weights(query, values, mask)
    return (w[:, :, None] * keys).sum(axis=1)

# === wrong attend | weights for the last axis of the values
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return (w * values).sum(axis=1)

# === wrong linear_recurrence | begins with s_0 and leaves the last out
def linear_recurrence(a, b, s_0):
    states = [s_0]
    for t in range(a.shape[1]):
        states.append(a[:, t] * states[-1] + b[:, t])
    return np.stack(states[:-1], axis=1)

# === wrong linear_recurrence | only the last state
def linear_recurrence(a, b, s_0):
    s = s_0
    for t in range(a.shape[1]):
        s = a[:, t] * s + b[:, t]
    return s

# === wrong linear_recurrence | stacked along the first axis
def linear_recurrence(a, b, s_0):
    s, out = s_0, []
    for t in range(a.shape[1]):
        s = a[:, t] * s + b[:, t]
        out.append(s)
    return np.array(out)

# === wrong linear_recurrence | as in a gate, 1 - a for what comes in
def linear_recurrence(a, b, s_0):
    s, out = s_0, np.empty(b.shape)
    for t in range(a.shape[1]):
        s = a[:, t] * s + (1 - a[:, t]) * b[:, t]
        out[:, t] = s
    return out

# === wrong linear_recurrence | the same array appended each time
def linear_recurrence(a, b, s_0):
    s, out = s_0.astype(float), []
    for t in range(a.shape[1]):
        s *= a[:, t]
        s += b[:, t]
        out.append(s)
    return np.stack(out, axis=1)

# === wrong linear_recurrence | the factor of the step before
def linear_recurrence(a, b, s_0):
    out = np.empty(b.shape)
    out[:, 0] = a[:, 0] * s_0 + b[:, 0]
    for t in range(1, a.shape[1]):
        out[:, t] = a[:, t - 1] * out[:, t - 1] + b[:, t]
    return out

# === wrong linear_recurrence | always from s_0
def linear_recurrence(a, b, s_0):
    return a * s_0[:, None] + b

# === right linear_recurrence | an array like b
def linear_recurrence(a, b, s_0):
    out = np.zeros_like(b)
    s = s_0
    for t in range(a.shape[1]):
        s = a[:, t] * s + b[:, t]
        out[:, t] = s
    return out

# === wrong scan | the product is written before the sum reads it
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        old_a, old_b = rounds[-1]
        new_a, new_b = old_a.copy(), old_b.copy()
        new_a[:, k:] = old_a[:, k:] * old_a[:, :-k]
        new_b[:, k:] = new_a[:, k:] * old_b[:, :-k] + old_b[:, k:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | one round too many
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k <= a.shape[1]:
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | the start is not in the list
def scan(a, b):
    rounds = []
    k = 1
    while k < a.shape[1]:
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        a, b = new_a, new_b
        rounds.append((a, b))
        k *= 2
    return rounds

# === wrong scan | distances 1, 2, 3 in place of 1, 2, 4
def scan(a, b):
    rounds = [(a, b)]
    for k in range(1, a.shape[1]):
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_a, new_b))
    return rounds

# === wrong scan | np.roll joins the first steps with the last
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        a, b = rounds[-1]
        rounds.append((a * np.roll(a, k, axis=1), a * np.roll(b, k, axis=1) + b))
        k *= 2
    return rounds

# === wrong scan | pairs as lists of b and a
def scan(a, b):
    rounds = [(b, a)]
    k = 1
    while k < a.shape[1]:
        b, a = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_b, new_a))
        k *= 2
    return rounds

# === wrong scan | the factors are not joined
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        a, b = rounds[-1]
        new_b = b.copy()
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((a, new_b))
        k *= 2
    return rounds

# === wrong scan | the number of rounds is the logarithm rounded down
def scan(a, b):
    rounds = [(a, b)]
    for i in range(int(np.log2(a.shape[1]))):
        k = 2**i
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_a, new_b))
    return rounds

# === wrong min_gru_forward | tanh for the candidate
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = np.tanh(X @ params["Wh"] + params["bh"])
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + z[:, t] * c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === wrong min_gru_forward | no sigmoid
def min_gru_forward(X, h_0, params):
    z = X @ params["Wz"] + params["bz"]
    c = X @ params["Wh"] + params["bh"]
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + z[:, t] * c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === wrong min_gru_forward | the candidate is not gated
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === wrong min_gru_forward | h_0 is added and not scaled
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    kept, added = scan(1 - z, z * c)[-1]
    return h_0[:, None] + added

# === wrong min_gru_forward | the first pair of the scan for the last
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    kept, added = scan(1 - z, z * c)[0]
    return kept * h_0[:, None] + added

# === wrong min_gru_forward | weights from the left
def min_gru_forward(X, h_0, params):
    out = []
    h = h_0
    for t in range(X.shape[1]):
        z = 1 / (1 + np.exp(-(params["Wz"] @ X[:, t] + params["bz"])))
        c = params["Wh"] @ X[:, t] + params["bh"]
        h = (1 - z) * h + z * c
        out.append(h)
    return np.stack(out, axis=1)

# === wrong min_gru_forward | gate and candidate share the weights of the gate
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wz"] + params["bh"]
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + z[:, t] * c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === right attention_weights | row by row, words only
def attention_weights(query, keys, mask):
    N, T, H = keys.shape
    weights = np.zeros((N, T))
    for n in range(N):
        words = np.flatnonzero(mask[n])
        scores = [float(np.dot(query[n], keys[n, t])) / H**0.5 for t in words]
        top = max(scores)
        shares = [np.exp(s - top) for s in scores]
        for t, share in zip(words, shares):
            weights[n, t] = share / sum(shares)
    return weights

# === right attention_weights | SciPy's softmax, a large negative number for padding
from scipy.special import softmax

def attention_weights(query, keys, mask):
    scores = np.sum(query[:, np.newaxis] * keys, axis=-1) / np.sqrt(keys.shape[-1])
    return softmax(np.where(mask, scores, -1e300), axis=-1)

# === right attend | a list of averages
def attend(query, keys, values, mask):
    return np.array([np.average(v, axis=0, weights=w)
                     for v, w in zip(values, attention_weights(query, keys, mask))])

# === right attend | np.sum of a transposed product
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return np.sum(values.transpose(2, 0, 1) * w, axis=-1).T

# === right linear_recurrence | filled from its own last step
def linear_recurrence(a, b, s_0):
    states = np.empty(np.broadcast_shapes(a.shape, b.shape), dtype=float)
    states[:, 0] = a[:, 0] * s_0 + b[:, 0]
    for t in range(1, a.shape[1]):
        states[:, t] = a[:, t] * states[:, t - 1] + b[:, t]
    return states

# === right linear_recurrence | number by number
def linear_recurrence(a, b, s_0):
    N, T, H = a.shape
    out = np.zeros((N, T, H))
    for n in range(N):
        for h in range(H):
            state = float(s_0[n, h])
            for t in range(T):
                state = float(a[n, t, h]) * state + float(b[n, t, h])
                out[n, t, h] = state
    return out

# === right scan | recursion on the distance
def scan(a, b, k=1):
    if k >= a.shape[1]:
        return [(a, b)]
    new_a, new_b = np.array(a, dtype=float), np.array(b, dtype=float)
    new_a[:, k:] *= a[:, :-k]
    new_b[:, k:] += a[:, k:] * b[:, :-k]
    return [(a, b)] + scan(new_a, new_b, 2 * k)

# === right scan | backwards in one array, later steps first
def scan(a, b):
    N, T, H = a.shape
    a, b = np.array(a, float), np.array(b, float)
    rounds = [(a.copy(), b.copy())]
    k = 1
    while k < T:
        for t in range(T - 1, k - 1, -1):
            b[:, t] += a[:, t] * b[:, t - k]
            a[:, t] *= a[:, t - k]
        rounds.append((a.copy(), b.copy()))
        k *= 2
    return rounds

# === right min_gru_forward | the recurrence
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-X @ params["Wz"] - params["bz"]))
    return linear_recurrence(1 - z, z * (X @ params["Wh"] + params["bh"]), h_0)

# === right min_gru_forward | scan, h_0 put in as a step of its own
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    a = np.concatenate([np.zeros_like(h_0[:, None], dtype=float), 1 - z], axis=1)
    b = np.concatenate([h_0[:, None], z * (X @ params["Wh"] + params["bh"])], axis=1)
    return scan(a, b)[-1][1][:, 1:]
