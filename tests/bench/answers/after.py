# === wrong attention_weights | not divided by the root of H
def attention_weights(query, keys, mask):
    e = np.einsum("nh,nth->nt", query, keys)
    e = np.where(mask, e, -np.inf)
    e = e - e.max(axis=1, keepdims=True)
    w = np.exp(e)
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | the root of T
def attention_weights(query, keys, mask):
    N, T, H = keys.shape
    scores = (keys * query[:, None, :]).sum(-1) / np.sqrt(T)
    scores[~mask] = -np.inf
    scores -= scores.max(axis=1, keepdims=True)
    w = np.exp(scores)
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | the score of padding is zero
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = scores * mask
    scores = scores - scores.max(axis=1, keepdims=True)
    w = np.exp(scores)
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | the mask the other way round
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, -1e30, scores)
    scores = scores - scores.max(axis=1, keepdims=True)
    w = np.exp(scores)
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | the largest score of padding is taken away, all words vanish
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    w = np.exp(scores - scores.max(axis=1, keepdims=True)) * mask
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | softmax over the batch
def attention_weights(query, keys, mask):
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, scores, -1e30)
    w = np.exp(scores - scores.max(axis=0))
    return w / w.sum(axis=0)

# === wrong attention_weights | the query meets the wrong axis
def attention_weights(query, keys, mask):
    scores = (keys * query).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, scores, -np.inf)
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | a distribution with a last axis of one
def attention_weights(query, keys, mask):
    scores = keys @ query[:, :, None] / np.sqrt(keys.shape[2])
    scores = np.where(mask[:, :, None], scores, -np.inf)
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)

# === wrong attention_weights | returns the scores
def attention_weights(query, keys, mask):
    scores = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1])
    return np.where(mask, scores, 0.0)

# === wrong attention_weights | writes minus infinity into the keys
def attention_weights(query, keys, mask):
    keys[~mask] = 0
    scores = (keys * query[:, None, :]).sum(axis=2) / np.sqrt(keys.shape[2])
    scores = np.where(mask, scores, -np.inf)
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)

# === wrong attend | sums over the values' axis
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return (w[:, :, None] * values).sum(axis=2)

# === wrong attend | weighs the keys
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return np.einsum("nt,nth->nh", w, keys)

# === wrong attend | keeps the axis of steps
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return (w[:, :, None] * values).sum(axis=1, keepdims=True)

# === wrong attend | every sentence with every sentence's weights
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, mask)
    return w @ values

# === wrong attend | plain mean over the words
def attend(query, keys, values, mask):
    m = mask[:, :, None]
    return (values * m).sum(axis=1) / m.sum(axis=1)

# === wrong attend | mask left out
def attend(query, keys, values, mask):
    w = attention_weights(query, keys, np.ones(mask.shape, dtype=bool))
    return (w[:, :, None] * values).sum(axis=1)

# === wrong linear_recurrence | starts at zero
def linear_recurrence(a, b, s_0):
    out = np.zeros(b.shape)
    s = np.zeros(s_0.shape)
    for t in range(b.shape[1]):
        s = a[:, t] * s + b[:, t]
        out[:, t] = s
    return out

# === wrong linear_recurrence | T + 1 states
def linear_recurrence(a, b, s_0):
    states = [s_0]
    for t in range(a.shape[1]):
        states.append(a[:, t] * states[-1] + b[:, t])
    return np.stack(states, axis=1)

# === wrong linear_recurrence | loops over the sentences
def linear_recurrence(a, b, s_0):
    out = np.empty(b.shape)
    s = s_0
    for t in range(len(a)):
        s = a[t] * s + b[t]
        out[t] = s
    return out

# === wrong linear_recurrence | a and b exchanged
def linear_recurrence(a, b, s_0):
    s, out = s_0, np.empty(b.shape)
    for t in range(a.shape[1]):
        s = b[:, t] * s + a[:, t]
        out[:, t] = s
    return out

# === wrong linear_recurrence | the state is changed in place
def linear_recurrence(a, b, s_0):
    out = np.empty(b.shape)
    for t in range(a.shape[1]):
        s_0 *= a[:, t]
        s_0 += b[:, t]
        out[:, t] = s_0
    return out

# === wrong linear_recurrence | the factor comes after the sum
def linear_recurrence(a, b, s_0):
    s, out = s_0, np.empty(b.shape)
    for t in range(a.shape[1]):
        s = a[:, t] * (s + b[:, t])
        out[:, t] = s
    return out

# === wrong linear_recurrence | the first step is only what comes in
def linear_recurrence(a, b, s_0):
    out = np.zeros(b.shape)
    out[:, 0] = s_0 + b[:, 0]
    for t in range(1, a.shape[1]):
        out[:, t] = a[:, t] * out[:, t - 1] + b[:, t]
    return out

# === wrong linear_recurrence | by dividing by the products, which may be zero
def linear_recurrence(a, b, s_0):
    p = np.cumprod(a, axis=1)
    return p * (s_0[:, None] + np.cumsum(b / p, axis=1))

# === wrong scan | in place, reading what it has just written
def scan(a, b):
    a, b = a.copy(), b.copy()
    T = a.shape[1]
    rounds = [(a.copy(), b.copy())]
    k = 1
    while k < T:
        for t in range(k, T):
            b[:, t] = a[:, t] * b[:, t - k] + b[:, t]
            a[:, t] = a[:, t] * a[:, t - k]
        rounds.append((a.copy(), b.copy()))
        k *= 2
    return rounds

# === wrong scan | the earlier and the later exchanged
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, :-k] * b[:, k:] + b[:, :-k]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | one round too few
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while 2 * k < a.shape[1]:
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | only the last pair
def scan(a, b):
    k = 1
    while k < a.shape[1]:
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        a, b = new_a, new_b
        k *= 2
    return a, b

# === wrong scan | distance 1 in every round
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, 1:] = a[:, 1:] * a[:, :-1]
        new_b[:, 1:] = a[:, 1:] * b[:, :-1] + b[:, 1:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | every round from the start
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | two lists, one of the factors and one of the sums
def scan(a, b):
    factors, sums = [a], [b]
    k = 1
    while k < a.shape[1]:
        a, b = factors[-1], sums[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        factors.append(new_a)
        sums.append(new_b)
        k *= 2
    return factors, sums

# === wrong scan | steps without a partner become zero
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < a.shape[1]:
        a, b = rounds[-1]
        new_a, new_b = np.zeros(a.shape), np.zeros(b.shape)
        new_a[:, k:] = a[:, k:] * a[:, :-k]
        new_b[:, k:] = a[:, k:] * b[:, :-k] + b[:, k:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong scan | over the sentences
def scan(a, b):
    rounds = [(a, b)]
    k = 1
    while k < len(a):
        a, b = rounds[-1]
        new_a, new_b = a.copy(), b.copy()
        new_a[k:] = a[k:] * a[:-k]
        new_b[k:] = a[k:] * b[:-k] + b[k:]
        rounds.append((new_a, new_b))
        k *= 2
    return rounds

# === wrong min_gru_forward | the gate the other way round
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = z[:, t] * h + (1 - z[:, t]) * c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === wrong min_gru_forward | the gate's bias forgotten
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"])))
    c = X @ params["Wh"] + params["bh"]
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + z[:, t] * c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === wrong min_gru_forward | starts at zero, h_0 unused
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    return scan(1 - z, z * c)[-1][1]

# === wrong min_gru_forward | the last state only
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    h = h_0
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + z[:, t] * c[:, t]
    return h

# === wrong min_gru_forward | h_0 with a wrong axis
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    kept, added = scan(1 - z, z * c)[-1]
    return kept * h_0 + added

# === wrong min_gru_forward | the pair the other way round
def min_gru_forward(X, h_0, params):
    z = 1 / (1 + np.exp(-(X @ params["Wz"] + params["bz"])))
    c = X @ params["Wh"] + params["bh"]
    added, kept = scan(1 - z, z * c)[-1]
    return kept * h_0[:, None] + added

# === wrong min_gru_forward | the state after softmax
def min_gru_forward(X, h_0, params):
    z = np.exp(X @ params["Wz"] + params["bz"])
    z = z / z.sum(axis=-1, keepdims=True)
    c = X @ params["Wh"] + params["bh"]
    h, out = h_0, []
    for t in range(X.shape[1]):
        h = (1 - z[:, t]) * h + z[:, t] * c[:, t]
        out.append(h)
    return np.stack(out, axis=1)

# === right attention_weights | einsum and a shift
def attention_weights(query, keys, mask):
    e = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[-1])
    e = np.where(mask, e, -np.inf)
    w = np.exp(e - e.max(axis=-1, keepdims=True))
    return w / w.sum(axis=-1, keepdims=True)

# === right attention_weights | logsumexp of SciPy
from scipy.special import logsumexp

def attention_weights(query, keys, mask):
    scores = (keys @ query[:, :, None])[..., 0] * keys.shape[-1] ** -0.5
    scores = np.where(mask, scores, -np.inf)
    return np.exp(scores - logsumexp(scores, axis=1, keepdims=True))

# === wrong attention_weights | a masked array, whose padding overflows all the same
def attention_weights(query, keys, mask):
    scores = np.ma.array(np.sum(query[:, None] * keys, axis=-1) / np.sqrt(keys.shape[-1]), mask=~mask)
    e = np.ma.exp(scores - scores.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).filled(0.0)

# === right attend | matmul with an axis more
def attend(query, keys, values, mask):
    return (attention_weights(query, keys, mask)[:, None, :] @ values)[:, 0]

# === right attend | by itself, without the other function
def attend(query, keys, values, mask):
    scores = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1])
    scores[~mask] = -np.inf
    shares = np.exp(scores - scores.max(1)[:, None])
    return np.einsum("nt,ntm->nm", shares, values) / shares.sum(1)[:, None]

# === right linear_recurrence | stacked list
def linear_recurrence(a, b, s_0):
    states = []
    for a_t, b_t in zip(np.moveaxis(a, 1, 0), np.moveaxis(b, 1, 0)):
        s_0 = a_t * s_0 + b_t
        states.append(s_0)
    return np.stack(states, axis=1)

# === right linear_recurrence | itertools.accumulate
from itertools import accumulate

def linear_recurrence(a, b, s_0):
    steps = range(a.shape[1])
    states = list(accumulate(steps, lambda s, t: a[:, t] * s + b[:, t], initial=s_0))
    return np.stack(states[1:], axis=1)

# === right scan | concatenated parts
def scan(a, b):
    rounds, k = [(a, b)], 1
    while k < a.shape[1]:
        a, b = (
            np.concatenate([a[:, :k], a[:, k:] * a[:, :-k]], axis=1),
            np.concatenate([b[:, :k], a[:, k:] * b[:, :-k] + b[:, k:]], axis=1),
        )
        rounds.append((a, b))
        k *= 2
    return rounds

# === right scan | the earlier step padded with the step that changes nothing
def scan(a, b):
    N, T, H = a.shape
    rounds = [[a, b]]
    for i in range((T - 1).bit_length()):
        k = 2**i
        before_a = np.concatenate([np.ones((N, k, H)), a], axis=1)[:, :T]
        before_b = np.concatenate([np.zeros((N, k, H)), b], axis=1)[:, :T]
        a, b = a * before_a, a * before_b + b
        rounds.append([a, b])
    return rounds

# === right min_gru_forward | a loop over the steps
def min_gru_forward(X, h_0, params):
    Wz, bz, Wh, bh = (params[k] for k in ("Wz", "bz", "Wh", "bh"))
    h, out = h_0, []
    for x in X.swapaxes(0, 1):
        z = 0.5 * (1 + np.tanh(0.5 * (x @ Wz + bz)))
        h = h + z * (x @ Wh + bh - h)
        out.append(h)
    return np.array(out).swapaxes(0, 1)

# === right min_gru_forward | the scan with einsum
def min_gru_forward(X, h_0, params):
    gate = np.einsum("ntd,dh->nth", X, params["Wz"]) + params["bz"]
    z = 1 / (1 + np.exp(-gate))
    new = np.einsum("ntd,dh->nth", X, params["Wh"]) + params["bh"]
    kept, added = scan(1 - z, z * new)[-1]
    return np.einsum("nth,nh->nth", kept, h_0) + added
