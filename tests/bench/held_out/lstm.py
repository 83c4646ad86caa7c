# === wrong sigmoid | textbook formula, overflow warning
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

# === wrong sigmoid | the other face for all entries
def sigmoid(z):
    e = np.exp(z)
    return e / (1 + e)

# === wrong sigmoid | np.where computes both faces anyway
def sigmoid(z):
    z = np.asarray(z)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))

# === wrong sigmoid | if on a whole array
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    else:
        return np.exp(z) / (1 + np.exp(z))

# === wrong sigmoid | limits its argument in place
def sigmoid(z):
    z[z > 500] = 500
    z[z < -500] = -500
    return 1 / (1 + np.exp(-z))

# === wrong sigmoid | limited far too tightly
def sigmoid(z):
    z = np.clip(z, -5, 5)
    return 1 / (1 + np.exp(-z))

# === wrong sigmoid | the two faces swapped
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, e / (1 + e), 1 / (1 + e))

# === wrong sigmoid | result array of ints for ints
def sigmoid(z):
    z = np.asarray(z)
    out = np.zeros_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out

# === wrong sigmoid | loop for one axis with math.exp
import math

def sigmoid(z):
    result = []
    for value in z:
        if value >= 0:
            result.append(1 / (1 + math.exp(-value)))
        else:
            result.append(math.exp(value) / (1 + math.exp(value)))
    return np.array(result)

# === wrong sigmoid | brackets forgotten
def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1 / 1 + np.exp(-z)

# === wrong sigmoid | tanh without halving the argument
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z))

# === wrong lstm_step | x before h
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([x_t, h_prev], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = f * c_prev + i * g
    o = sigmoid(a @ params["Wo"] + params["bo"])
    return o * np.tanh(c), c

# === wrong lstm_step | returns c, h
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return c, h

# === wrong lstm_step | tanh of the old cell state
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate((h_prev, x_t), axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    g_t = np.tanh(a @ params["Wc"] + params["bc"])
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    h_t = o_t * np.tanh(c_prev)
    c_t = f_t * c_prev + i_t * g_t
    return h_t, c_t

# === wrong lstm_step | h without tanh
def lstm_step(x_t, h_prev, c_prev, params):
    p = params
    a = np.concatenate((h_prev, x_t), axis=1)
    f = sigmoid(a @ p["Wf"] + p["bf"])
    i = sigmoid(a @ p["Wi"] + p["bi"])
    g = np.tanh(a @ p["Wc"] + p["bc"])
    o = sigmoid(a @ p["Wo"] + p["bo"])
    c = f * c_prev + i * g
    h = o * c
    return h, c

# === wrong lstm_step | candidate by sigmoid
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    gate = {}
    for k in ["f", "i", "c", "o"]:
        gate[k] = sigmoid(a @ params["W" + k] + params["b" + k])
    c_t = gate["f"] * c_prev + gate["i"] * gate["c"]
    h_t = gate["o"] * np.tanh(c_t)
    return h_t, c_t

# === wrong lstm_step | forget and input gate swapped
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c_t = i * c_prev + f * g
    h_t = o * np.tanh(c_t)
    return h_t, c_t

# === wrong lstm_step | coupled gates 1 - f, like a GRU
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c_t = f * c_prev + (1 - f) * g
    return o * np.tanh(c_t), c_t

# === wrong lstm_step | the variable c_prev is overwritten in place
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = c_prev
    c *= f
    c += i * g
    o = sigmoid(a @ params["Wo"] + params["bo"])
    return o * np.tanh(c), c

# === wrong lstm_step | concatenated along axis 0
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = f * c_prev + i * g
    o = sigmoid(a @ params["Wo"] + params["bo"])
    return o * np.tanh(c), c

# === wrong lstm_step | forget gate left out, the original cell of 1997
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = c_prev + i * g
    o = sigmoid(a @ params["Wo"] + params["bo"])
    return o * np.tanh(c), c

# === wrong lstm_step | the output gate sees the new cell state (h is replaced in a)
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = f * c_prev + i * g
    a[:, : h_prev.shape[1]] = c
    o = sigmoid(a @ params["Wo"] + params["bo"])
    h = o * np.tanh(c)
    return h, c

# === wrong lstm_step | one bias pasted: bf in the input gate
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(np.dot(a, params["Wf"]) + params["bf"])
    i_t = sigmoid(np.dot(a, params["Wi"]) + params["bf"])
    g_t = np.tanh(np.dot(a, params["Wc"]) + params["bc"])
    o_t = sigmoid(np.dot(a, params["Wo"]) + params["bo"])
    c_t = f_t * c_prev + i_t * g_t
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t

# === wrong lstm_step | keys of other courses
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["W_f"] + params["b_f"])
    i = sigmoid(a @ params["W_i"] + params["b_i"])
    g = np.tanh(a @ params["W_g"] + params["b_g"])
    o = sigmoid(a @ params["W_o"] + params["b_o"])
    c = f * c_prev + i * g
    return o * np.tanh(c), c

# === wrong lstm_step | only h is returned
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = f * c_prev + i * g
    o = sigmoid(a @ params["Wo"] + params["bo"])
    h = o * np.tanh(c)
    return h

# === wrong lstm_gates | gates of h_0 at every step
def lstm_gates(X, h_0, c_0, params):
    gates = {"f": [], "i": [], "o": [], "candidate": []}
    for t in range(X.shape[1]):
        a = np.concatenate([h_0, X[:, t]], axis=1)
        gates["f"].append(sigmoid(a @ params["Wf"] + params["bf"]))
        gates["i"].append(sigmoid(a @ params["Wi"] + params["bi"]))
        gates["o"].append(sigmoid(a @ params["Wo"] + params["bo"]))
        gates["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
    return {name: np.stack(values, axis=1) for name, values in gates.items()}

# === wrong lstm_gates | moves on first, gates of the next step
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    f, i, o, g = [], [], [], []
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        a = np.concatenate([h, X[:, t]], axis=1)
        f.append(sigmoid(a @ params["Wf"] + params["bf"]))
        i.append(sigmoid(a @ params["Wi"] + params["bi"]))
        o.append(sigmoid(a @ params["Wo"] + params["bo"]))
        g.append(np.tanh(a @ params["Wc"] + params["bc"]))
    return {"f": np.stack(f, axis=1), "i": np.stack(i, axis=1), "o": np.stack(o, axis=1), "candidate": np.stack(g, axis=1)}

# === wrong lstm_gates | time first
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    out = {"f": [], "i": [], "o": [], "candidate": []}
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        out["f"].append(sigmoid(a @ params["Wf"] + params["bf"]))
        out["i"].append(sigmoid(a @ params["Wi"] + params["bi"]))
        out["o"].append(sigmoid(a @ params["Wo"] + params["bo"]))
        out["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {k: np.array(v) for k, v in out.items()}

# === wrong lstm_gates | key g instead of candidate
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    f, i, o, g = (np.zeros((N, T, H)) for _ in range(4))
    h, c = h_0, c_0
    for t in range(T):
        a = np.concatenate([h, X[:, t]], axis=1)
        f[:, t] = sigmoid(a @ params["Wf"] + params["bf"])
        i[:, t] = sigmoid(a @ params["Wi"] + params["bi"])
        o[:, t] = sigmoid(a @ params["Wo"] + params["bo"])
        g[:, t] = np.tanh(a @ params["Wc"] + params["bc"])
        h, c = lstm_step(X[:, t], h, c, params)
    return {"f": f, "i": i, "o": o, "g": g}

# === wrong lstm_gates | candidate by sigmoid in a loop over the names
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    gates = {name: np.zeros((N, T, H)) for name in ("f", "i", "o", "candidate")}
    h, c = h_0, c_0
    for t in range(T):
        a = np.concatenate([h, X[:, t]], axis=1)
        for name in gates:
            gates[name][:, t] = sigmoid(a @ params["W" + name[0]] + params["b" + name[0]])
        h, c = lstm_step(X[:, t], h, c, params)
    return gates

# === wrong lstm_gates | h, c taken in the wrong order
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    out = {"f": [], "i": [], "o": [], "candidate": []}
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        out["f"].append(sigmoid(a @ params["Wf"] + params["bf"]))
        out["i"].append(sigmoid(a @ params["Wi"] + params["bi"]))
        out["o"].append(sigmoid(a @ params["Wo"] + params["bo"]))
        out["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        c, h = lstm_step(X[:, t], h, c, params)
    return {k: np.stack(v, axis=1) for k, v in out.items()}

# === wrong lstm_gates | four names for one zero array
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    f = i = o = g = np.zeros((N, T, H))
    h, c = h_0, c_0
    for t in range(T):
        a = np.concatenate([h, X[:, t]], axis=1)
        f[:, t] = sigmoid(a @ params["Wf"] + params["bf"])
        i[:, t] = sigmoid(a @ params["Wi"] + params["bi"])
        o[:, t] = sigmoid(a @ params["Wo"] + params["bo"])
        g[:, t] = np.tanh(a @ params["Wc"] + params["bc"])
        h, c = lstm_step(X[:, t], h, c, params)
    return {"f": f, "i": i, "o": o, "candidate": g}

# === wrong lstm_gates | candidate multiplied by the input gate
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    F, I, O, G = [], [], [], []
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        f = sigmoid(a @ params["Wf"] + params["bf"])
        i = sigmoid(a @ params["Wi"] + params["bi"])
        o = sigmoid(a @ params["Wo"] + params["bo"])
        g = i * np.tanh(a @ params["Wc"] + params["bc"])
        c = f * c + g
        h = o * np.tanh(c)
        F.append(f); I.append(i); O.append(o); G.append(g)
    return {"f": np.stack(F, 1), "i": np.stack(I, 1), "o": np.stack(O, 1), "candidate": np.stack(G, 1)}

# === wrong lstm_gates | starts from zeros whatever is given
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    h = np.zeros(h_0.shape)
    c = np.zeros(c_0.shape)
    lists = [[], [], [], []]
    for t in range(T):
        a = np.hstack((h, X[:, t]))
        lists[0].append(sigmoid(a @ params["Wf"] + params["bf"]))
        lists[1].append(sigmoid(a @ params["Wi"] + params["bi"]))
        lists[2].append(sigmoid(a @ params["Wo"] + params["bo"]))
        lists[3].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return dict(zip(["f", "i", "o", "candidate"], [np.stack(l, axis=1) for l in lists]))

# === wrong lstm_gates | names and values zipped in different orders
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    steps = []
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        f = sigmoid(a @ params["Wf"] + params["bf"])
        i = sigmoid(a @ params["Wi"] + params["bi"])
        g = np.tanh(a @ params["Wc"] + params["bc"])
        o = sigmoid(a @ params["Wo"] + params["bo"])
        steps.append((i, f, g, o))
        h, c = lstm_step(X[:, t], h, c, params)
    return {name: np.stack(values, axis=1) for name, values in zip(("f", "i", "candidate", "o"), zip(*steps))}

# === wrong lstm_gates | only the last step
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        gates = {
            "f": sigmoid(a @ params["Wf"] + params["bf"]),
            "i": sigmoid(a @ params["Wi"] + params["bi"]),
            "o": sigmoid(a @ params["Wo"] + params["bo"]),
            "candidate": np.tanh(a @ params["Wc"] + params["bc"]),
        }
        h, c = lstm_step(X[:, t], h, c, params)
    return gates

# === wrong lstm_forward | time first
def lstm_forward(X, h_0, c_0, params):
    hs, cs = [], []
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)

# === wrong lstm_forward | the initial states included
def lstm_forward(X, h_0, c_0, params):
    hs, cs = [h_0], [c_0]
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], hs[-1], cs[-1], params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | the last states only
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
    return h, c

# === wrong lstm_forward | cell state isn't carried
def lstm_forward(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    hs, cs = np.zeros((N, T, H)), np.zeros((N, T, H))
    h = h_0
    for t in range(T):
        h, c = lstm_step(X[:, t], h, c_0, params)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs

# === wrong lstm_forward | appends before the step
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    hs, cs = [], []
    for t in range(X.shape[1]):
        hs.append(h)
        cs.append(c)
        h, c = lstm_step(X[:, t], h, c, params)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | h and c swapped in the call
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    hs, cs = [], []
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], c, h, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | old states overwritten in place, lists hold one array T times
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0.copy(), c_0.copy()
    hs, cs = [], []
    for t in range(X.shape[1]):
        h[:], c[:] = lstm_step(X[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | writes into h_0 and c_0
def lstm_forward(X, h_0, c_0, params):
    hs, cs = [], []
    for t in range(X.shape[1]):
        h_0[:], c_0[:] = lstm_step(X[:, t], h_0, c_0, params)
        hs.append(h_0.copy())
        cs.append(c_0.copy())
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | loop over the batch size
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    hs, cs = [], []
    for t in range(X.shape[0]):
        h, c = lstm_step(X[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | h and c are only replaced after the loop
def lstm_forward(X, h_0, c_0, params):
    N, T, _ = X.shape
    hs = np.empty((N, T, h_0.shape[1]))
    cs = np.empty((N, T, h_0.shape[1]))
    h, c = h_0, c_0
    for t in range(T):
        h_t, c_t = lstm_step(X[:, t], h, c, params)
        hs[:, t], cs[:, t] = h_t, c_t
    h, c = h_t, c_t
    return hs, cs

# === wrong lstm_forward | cs = hs, two names for one list
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    hs = []
    cs = hs
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === wrong lstm_forward | reads the sequence backwards
def lstm_forward(X, h_0, c_0, params):
    N, T, D = X.shape
    hs = np.zeros((N, T, h_0.shape[1]))
    cs = np.zeros((N, T, c_0.shape[1]))
    h, c = h_0, c_0
    for t in range(T - 1, -1, -1):
        h, c = lstm_step(X[:, t], h, c, params)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs

# === wrong lstm_step_backward | total of the cell without dc
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dC = dh * o * (1 - tc**2)
    dz = {"f": dC * c_prev * f * (1 - f), "i": dC * g * i * (1 - i), "c": dC * i * (1 - g**2), "o": dh * tc * o * (1 - o)}
    da = sum(dz[k] @ params["W" + k].T for k in dz)
    H = h_prev.shape[1]
    grads = {"h_prev": da[:, :H], "x_t": da[:, H:], "c_prev": dC * f}
    for k in dz:
        grads["W" + k] = a.T @ dz[k]
        grads["b" + k] = dz[k].sum(axis=0)
    return grads

# === wrong lstm_step_backward | only dc, the road through h is forgotten
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dzf = dc * c_prev * f * (1 - f)
    dzi = dc * g * i * (1 - i)
    dzc = dc * i * (1 - g**2)
    dzo = dh * tc * o * (1 - o)
    da = dzf @ params["Wf"].T + dzi @ params["Wi"].T + dzc @ params["Wc"].T + dzo @ params["Wo"].T
    H = h_prev.shape[1]
    return {
        "h_prev": da[:, :H], "x_t": da[:, H:], "c_prev": dc * f,
        "Wf": a.T @ dzf, "bf": dzf.sum(0), "Wi": a.T @ dzi, "bi": dzi.sum(0),
        "Wc": a.T @ dzc, "bc": dzc.sum(0), "Wo": a.T @ dzo, "bo": dzo.sum(0),
    }

# === wrong lstm_step_backward | dc is added to in place
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dc += dh * o * (1 - tc**2)
    dzf = dc * c_prev * f * (1 - f)
    dzi = dc * g * i * (1 - i)
    dzc = dc * i * (1 - g**2)
    dzo = dh * tc * o * (1 - o)
    da = dzf @ params["Wf"].T + dzi @ params["Wi"].T + dzc @ params["Wc"].T + dzo @ params["Wo"].T
    H = h_prev.shape[1]
    return {
        "h_prev": da[:, :H], "x_t": da[:, H:], "c_prev": dc * f,
        "Wf": a.T @ dzf, "bf": dzf.sum(0), "Wi": a.T @ dzi, "bi": dzi.sum(0),
        "Wc": a.T @ dzc, "bc": dzc.sum(0), "Wo": a.T @ dzo, "bo": dzo.sum(0),
    }

# === wrong lstm_step_backward | x and h cut the wrong way round: the first D columns for x
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    D = x_t.shape[1]
    gate = {k: sigmoid(a @ params["W" + k] + params["b" + k]) for k in "fio"}
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = gate["f"] * c_prev + gate["i"] * g
    tc = np.tanh(c)
    total = dc + dh * gate["o"] * (1 - tc**2)
    up = {"f": total * c_prev, "i": total * g, "o": dh * tc}
    dz = {k: up[k] * gate[k] * (1 - gate[k]) for k in "fio"}
    dz["c"] = total * gate["i"] * (1 - g**2)
    da = np.zeros_like(a)
    out = {}
    for k, v in dz.items():
        da += v @ params["W" + k].T
        out["W" + k] = a.T @ v
        out["b" + k] = v.sum(axis=0)
    out["x_t"] = da[:, :D]
    out["h_prev"] = da[:, D:]
    out["c_prev"] = total * gate["f"]
    return out

# === wrong lstm_step_backward | slope of the candidate like that of a gate
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    H = h_prev.shape[1]
    v = {k: (np.tanh if k == "c" else sigmoid)(a @ params["W" + k] + params["b" + k]) for k in "fico"}
    tc = np.tanh(v["f"] * c_prev + v["i"] * v["c"])
    dct = dc + dh * v["o"] * (1 - tc**2)
    d = {"f": dct * c_prev, "i": dct * v["c"], "c": dct * v["i"], "o": dh * tc}
    grads = {"c_prev": dct * v["f"]}
    da = 0
    for k in d:
        dz = d[k] * v[k] * (1 - v[k])
        grads["W" + k] = a.T @ dz
        grads["b" + k] = dz.sum(axis=0)
        da = da + dz @ params["W" + k].T
    grads["h_prev"] = da[:, :H]
    grads["x_t"] = da[:, H:]
    return grads

# === wrong lstm_step_backward | forget gate times the new cell state
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    H = h_prev.shape[1]
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    h, c = lstm_step(x_t, h_prev, c_prev, params)
    o = sigmoid(a @ params["Wo"] + params["bo"])
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    dzf = dct * c * f * (1 - f)
    dzi = dct * g * i * (1 - i)
    dzc = dct * i * (1 - g * g)
    dzo = dh * np.tanh(c) * o * (1 - o)
    grads = {}
    da = np.zeros(a.shape)
    for name, dz in [("f", dzf), ("i", dzi), ("c", dzc), ("o", dzo)]:
        grads["W" + name] = a.T @ dz
        grads["b" + name] = dz.sum(0)
        da += dz @ params["W" + name].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    grads["c_prev"] = dct * f
    return grads

# === wrong lstm_step_backward | the output gate gets its gradient from the total of the cell
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    H = h_prev.shape[1]
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    dzf = dct * c_prev * f * (1 - f)
    dzi = dct * g * i * (1 - i)
    dzc = dct * i * (1 - g * g)
    dzo = dct * np.tanh(c) * o * (1 - o)
    grads = {}
    da = np.zeros(a.shape)
    for name, dz in [("f", dzf), ("i", dzi), ("c", dzc), ("o", dzo)]:
        grads["W" + name] = a.T @ dz
        grads["b" + name] = dz.sum(0)
        da += dz @ params["W" + name].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    grads["c_prev"] = dct * f
    return grads

# === wrong lstm_step_backward | output gate with c instead of tanh(c)
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.hstack([h_prev, x_t])
    H = h_prev.shape[1]
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    dz = dict(f=dct * c_prev * f * (1 - f), i=dct * g * i * (1 - i), c=dct * i * (1 - g**2), o=dh * c * o * (1 - o))
    grads = {"c_prev": dct * f}
    for k in dz:
        grads["W" + k], grads["b" + k] = a.T @ dz[k], dz[k].sum(0)
    da = np.concatenate(list(dz.values()), axis=1) @ np.concatenate([params["W" + k] for k in dz], axis=1).T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    return grads

# === wrong lstm_step_backward | mean over the batch for the parameters
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    dz = dict(f=dct * c_prev * f * (1 - f), i=dct * g * i * (1 - i), c=dct * i * (1 - g**2), o=dh * np.tanh(c) * o * (1 - o))
    grads = {"c_prev": dct * f}
    da = 0
    for k in dz:
        grads["W" + k] = a.T @ dz[k] / N
        grads["b" + k] = dz[k].mean(axis=0)
        da = da + dz[k] @ params["W" + k].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    return grads

# === wrong lstm_step_backward | biases not summed over the batch
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    bf = dct * c_prev * f * (1 - f)
    bi = dct * g * i * (1 - i)
    bc = dct * i * (1 - g**2)
    bo = dh * np.tanh(c) * o * (1 - o)
    da = bf @ params["Wf"].T + bi @ params["Wi"].T + bc @ params["Wc"].T + bo @ params["Wo"].T
    return dict(x_t=da[:, H:], h_prev=da[:, :H], c_prev=dct * f, Wf=a.T @ bf, Wi=a.T @ bi, Wc=a.T @ bc, Wo=a.T @ bo, bf=bf, bi=bi, bc=bc, bo=bo)

# === wrong lstm_step_backward | bias gradients summed over the units
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    dz = dict(f=dct * c_prev * f * (1 - f), i=dct * g * i * (1 - i), c=dct * i * (1 - g**2), o=dh * np.tanh(c) * o * (1 - o))
    grads = {"c_prev": dct * f}
    da = 0
    for k in dz:
        grads["W" + k] = a.T @ dz[k]
        grads["b" + k] = dz[k].sum(axis=1)
        da = da + dz[k] @ params["W" + k].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    return grads

# === wrong lstm_step_backward | da is overwritten gate by gate
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    dz = dict(f=dct * c_prev * f * (1 - f), i=dct * g * i * (1 - i), c=dct * i * (1 - g**2), o=dh * np.tanh(c) * o * (1 - o))
    grads = {"c_prev": dct * f}
    for k in dz:
        grads["W" + k] = a.T @ dz[k]
        grads["b" + k] = dz[k].sum(axis=0)
        da = dz[k] @ params["W" + k].T
        grads["h_prev"] = da[:, :H]
        grads["x_t"] = da[:, H:]
    return grads

# === wrong lstm_step_backward | h taken for tanh(c) in the slope
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    h, c = lstm_step(x_t, h_prev, c_prev, params)
    dct = dc + dh * o * (1 - h**2)
    dz = dict(f=dct * c_prev * f * (1 - f), i=dct * g * i * (1 - i), c=dct * i * (1 - g**2), o=dh * np.tanh(c) * o * (1 - o))
    grads = {"c_prev": dct * f}
    da = 0
    for k in dz:
        grads["W" + k] = a.T @ dz[k]
        grads["b" + k] = dz[k].sum(axis=0)
        da = da + dz[k] @ params["W" + k].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    return grads

# === wrong lstm_step_backward | c_prev gets dc * f instead of the total
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc**2)
    dz = dict(f=dct * c_prev * f * (1 - f), i=dct * g * i * (1 - i), c=dct * i * (1 - g**2), o=dh * tc * o * (1 - o))
    grads = {"c_prev": dc * f}
    da = 0
    for k in dz:
        grads["W" + k] = a.T @ dz[k]
        grads["b" + k] = dz[k].sum(axis=0)
        da = da + dz[k] @ params["W" + k].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    return grads

# === wrong lstm_step_backward | gates not taken through the sigmoid
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc**2)
    df, di, dg, do = dct * c_prev, dct * g, dct * i, dh * tc
    da = df @ params["Wf"].T + di @ params["Wi"].T + dg @ params["Wc"].T + do @ params["Wo"].T
    return {"x_t": da[:, H:], "h_prev": da[:, :H], "c_prev": dct * f,
            "Wf": a.T @ df, "Wi": a.T @ di, "Wc": a.T @ dg, "Wo": a.T @ do,
            "bf": df.sum(0), "bi": di.sum(0), "bc": dg.sum(0), "bo": do.sum(0)}

# === wrong lstm_step_backward | half finished: the inputs' gradients are missing
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.hstack([h_prev, x_t])
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc**2)
    grads = {}
    dzf = dct * c_prev * f * (1 - f)
    grads["Wf"] = a.T @ dzf
    grads["bf"] = dzf.sum(axis=0)
    dzi = dct * g * i * (1 - i)
    grads["Wi"] = a.T @ dzi
    grads["bi"] = dzi.sum(axis=0)
    dzo = dh * tc * o * (1 - o)
    grads["Wo"] = a.T @ dzo
    grads["bo"] = dzo.sum(axis=0)
    dzc = dct * i * (1 - g**2)
    grads["Wc"] = a.T @ dzc
    grads["bc"] = dzc.sum(axis=0)
    grads["c_prev"] = dct * f
    # TODO h_prev, x_t
    grads["h_prev"] = np.zeros(h_prev.shape)
    grads["x_t"] = np.zeros(x_t.shape)
    return grads

# === wrong from_keras | blocks taken in the course's order f, i, c, o
def from_keras(kernel, recurrent_kernel, bias):
    stacked = np.concatenate([recurrent_kernel, kernel], axis=0)
    params = {}
    for name, W, b in zip("fico", np.split(stacked, 4, axis=1), np.split(bias, 4)):
        params["W" + name] = W
        params["b" + name] = b
    return params

# === wrong from_keras | rows of x first
def from_keras(kernel, recurrent_kernel, bias):
    stacked = np.concatenate([kernel, recurrent_kernel], axis=0)
    params = {}
    for name, W, b in zip("ifco", np.split(stacked, 4, axis=1), np.split(bias, 4)):
        params["W" + name] = W
        params["b" + name] = b
    return params

# === wrong from_keras | c and o swapped, PyTorch-like order i, f, o, c
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    params = {}
    for k, name in enumerate(["i", "f", "o", "c"]):
        cols = slice(k * H, (k + 1) * H)
        params["W" + name] = np.vstack([recurrent_kernel[:, cols], kernel[:, cols]])
        params["b" + name] = bias[cols]
    return params

# === wrong from_keras | interleaved columns instead of blocks
def from_keras(kernel, recurrent_kernel, bias):
    W = np.vstack([recurrent_kernel, kernel])
    return {
        "Wi": W[:, 0::4], "Wf": W[:, 1::4], "Wc": W[:, 2::4], "Wo": W[:, 3::4],
        "bi": bias[0::4], "bf": bias[1::4], "bc": bias[2::4], "bo": bias[3::4],
    }

# === wrong from_keras | H taken from the number of rows of kernel
def from_keras(kernel, recurrent_kernel, bias):
    H = kernel.shape[0]
    W = np.concatenate([recurrent_kernel, kernel])
    params = {}
    for k, name in enumerate("ifco"):
        params["W" + name] = W[:, k * H : (k + 1) * H]
        params["b" + name] = bias[k * H : (k + 1) * H]
    return params

# === wrong from_keras | off by one at the end of each block
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    W = np.concatenate([recurrent_kernel, kernel])
    params = {}
    for k, name in enumerate("ifco"):
        params["W" + name] = W[:, k * H : (k + 1) * H - 1]
        params["b" + name] = bias[k * H : (k + 1) * H - 1]
    return params

# === wrong from_keras | transposed
def from_keras(kernel, recurrent_kernel, bias):
    W = np.concatenate([recurrent_kernel, kernel], axis=0)
    Wi, Wf, Wc, Wo = [block.T for block in np.split(W, 4, axis=1)]
    bi, bf, bc, bo = np.split(bias, 4)
    return dict(Wf=Wf, bf=bf, Wi=Wi, bi=bi, Wc=Wc, bc=bc, Wo=Wo, bo=bo)

# === wrong from_keras | splits the rows
def from_keras(kernel, recurrent_kernel, bias):
    ks = np.array_split(kernel, 4)
    rs = np.array_split(recurrent_kernel, 4)
    bs = np.array_split(bias, 4)
    params = {}
    for name, k, r, b in zip("ifco", ks, rs, bs):
        params["W" + name] = np.concatenate([r, k])
        params["b" + name] = b
    return params

# === wrong from_keras | kernel and recurrent kernel added
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    out = {}
    for k, gate in enumerate("ifco"):
        out["W" + gate] = kernel[:, k * H : (k + 1) * H] + recurrent_kernel[:, k * H : (k + 1) * H]
        out["b" + gate] = bias[k * H : (k + 1) * H]
    return out

# === wrong from_keras | the biases are not cut in the same order as the matrices
def from_keras(kernel, recurrent_kernel, bias):
    W = np.r_[recurrent_kernel, kernel]
    Wi, Wf, Wc, Wo = np.hsplit(W, 4)
    bf, bi, bc, bo = np.split(bias, 4)
    return {"Wf": Wf, "bf": bf, "Wi": Wi, "bi": bi, "Wc": Wc, "bc": bc, "Wo": Wo, "bo": bo}

# === wrong from_keras | forget bias of 1 added, as one starts training
def from_keras(kernel, recurrent_kernel, bias):
    W = np.vstack((recurrent_kernel, kernel))
    params = dict(zip(("Wi", "Wf", "Wc", "Wo"), np.split(W, 4, axis=1)))
    params.update(zip(("bi", "bf", "bc", "bo"), np.split(bias, 4)))
    params["bf"] = params["bf"] + 1
    return params

# === wrong from_keras | biases as rows (1, H)
def from_keras(kernel, recurrent_kernel, bias):
    W = np.vstack((recurrent_kernel, kernel))
    b = bias.reshape(4, 1, -1)
    params = {}
    for k, name in enumerate("ifco"):
        params["W" + name] = np.split(W, 4, axis=1)[k]
        params["b" + name] = b[k]
    return params

# === wrong from_keras | size 2 hard-coded
def from_keras(kernel, recurrent_kernel, bias):
    W = np.vstack((recurrent_kernel, kernel))
    return {
        "Wi": W[:, :2], "Wf": W[:, 2:4], "Wc": W[:, 4:6], "Wo": W[:, 6:8],
        "bi": bias[:2], "bf": bias[2:4], "bc": bias[4:6], "bo": bias[6:8],
    }

# === right sigmoid | tanh of the half
def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z, dtype=float))

# === right sigmoid | logaddexp
def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))

# === right sigmoid | masks and a float array
def sigmoid(z):
    z = np.array(z, dtype=float)
    out = np.empty(z.shape)
    left = z < 0
    e = np.exp(z[left])
    out[left] = e / (1 + e)
    out[~left] = 1 / (1 + np.exp(-z[~left]))
    return out

# === right sigmoid | limited, then the textbook
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -600, 600)))

# === right lstm_step | split matrices instead of joined inputs
def lstm_step(x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]

    def pre(k):
        W = params["W" + k]
        return h_prev @ W[:H] + x_t @ W[H:] + params["b" + k]

    c = sigmoid(pre("f")) * c_prev + sigmoid(pre("i")) * np.tanh(pre("c"))
    return sigmoid(pre("o")) * np.tanh(c), c

# === right lstm_step | one large product
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.c_[h_prev, x_t]
    W = np.hstack([params["W" + k] for k in "fioc"])
    b = np.hstack([params["b" + k] for k in "fioc"])
    f, i, o, g = np.split(a @ W + b, 4, axis=1)
    f, i, o = sigmoid(np.stack([f, i, o]))
    c_t = np.add(np.multiply(f, c_prev), np.multiply(i, np.tanh(g)))
    return np.multiply(o, np.tanh(c_t)), c_t

# === right lstm_step | row by row
def lstm_step(x_t, h_prev, c_prev, params):
    h_t, c_t = np.empty(h_prev.shape), np.empty(c_prev.shape)
    for n in range(len(x_t)):
        a = np.append(h_prev[n], x_t[n])
        f, i, o = (sigmoid(params["W" + k].T @ a + params["b" + k]) for k in "fio")
        g = np.tanh(params["Wc"].T @ a + params["bc"])
        c_t[n] = f * c_prev[n] + i * g
        h_t[n] = o * np.tanh(c_t[n])
    return h_t, c_t

# === right lstm_gates | filled arrays, the cell written out
def lstm_gates(X, h_0, c_0, params):
    N, T, _ = X.shape
    H = h_0.shape[1]
    names = {"f": "f", "i": "i", "candidate": "c", "o": "o"}
    out = {name: np.zeros((N, T, H)) for name in names}
    h, c = h_0, c_0
    for t in range(T):
        a = np.concatenate([h, X[:, t]], axis=1)
        for name, k in names.items():
            act = np.tanh if k == "c" else sigmoid
            out[name][:, t] = act(a @ params["W" + k] + params["b" + k])
        c = out["f"][:, t] * c + out["i"][:, t] * out["candidate"][:, t]
        h = out["o"][:, t] * np.tanh(c)
    return out

# === right lstm_gates | runs lstm_forward first, then all steps at once
def lstm_gates(X, h_0, c_0, params):
    hs, _ = lstm_forward(X, h_0, c_0, params)
    before = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    A = np.concatenate([before, X], axis=2)
    gates = {k: sigmoid(A @ params["W" + k] + params["b" + k]) for k in "fio"}
    gates["candidate"] = np.tanh(A @ params["Wc"] + params["bc"])
    return gates

# === right lstm_forward | cells from the gates
def lstm_forward(X, h_0, c_0, params):
    gates = lstm_gates(X, h_0, c_0, params)
    c = c_0
    cs = np.empty(gates["f"].shape)
    for t in range(X.shape[1]):
        c = gates["f"][:, t] * c + gates["i"][:, t] * gates["candidate"][:, t]
        cs[:, t] = c
    return gates["o"] * np.tanh(cs), cs

# === right lstm_forward | accumulate over the swapped axes
from itertools import accumulate

def lstm_forward(X, h_0, c_0, params):
    pairs = accumulate(np.swapaxes(X, 0, 1), lambda state, x: lstm_step(x, *state, params), initial=(h_0, c_0))
    hs, cs = zip(*list(pairs)[1:])
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

# === right lstm_forward | one array for both
def lstm_forward(X, h_0, c_0, params):
    N, T, D = X.shape
    both = np.zeros((2, N, T + 1, h_0.shape[1]))
    both[0, :, 0], both[1, :, 0] = h_0, c_0
    for t in range(T):
        both[:, :, t + 1] = lstm_step(X[:, t], both[0, :, t], both[1, :, t], params)
    return both[0, :, 1:], both[1, :, 1:]

# === right lstm_step_backward | gradients of all four sums in one block
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    order = "fico"
    a = np.concatenate([h_prev, x_t], axis=1)
    W = np.concatenate([params["W" + k] for k in order], axis=1)
    z = a @ W + np.concatenate([params["b" + k] for k in order])
    f, i, o = sigmoid(z[:, :H]), sigmoid(z[:, H : 2 * H]), sigmoid(z[:, 3 * H :])
    g = np.tanh(z[:, 2 * H : 3 * H])
    tc = np.tanh(f * c_prev + i * g)
    total = dc + dh * o * (1 - tc * tc)
    dz = np.concatenate([total * c_prev * f * (1 - f), total * g * i * (1 - i), total * i * (1 - g * g), dh * tc * o * (1 - o)], axis=1)
    da, dW, db = dz @ W.T, a.T @ dz, dz.sum(axis=0)
    grads = {"h_prev": da[:, :H], "x_t": da[:, H:], "c_prev": total * f}
    for k, block, piece in zip(order, np.split(dW, 4, axis=1), np.split(db, 4)):
        grads["W" + k], grads["b" + k] = block, piece
    return grads

# === right lstm_step_backward | einsum, gates from lstm_gates and the state from lstm_step
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    gates = {k: v[:, 0] for k, v in lstm_gates(x_t[:, None], h_prev, c_prev, params).items()}
    f, i, o, g = gates["f"], gates["i"], gates["o"], gates["candidate"]
    tc = np.tanh(lstm_step(x_t, h_prev, c_prev, params)[1])
    dcell = dc + dh * o * (1 - tc**2)
    dz = {"f": dcell * c_prev * (f - f**2), "i": dcell * g * (i - i**2), "c": dcell * i * (1 - g) * (1 + g), "o": dh * tc * (o - o**2)}
    H = h_prev.shape[1]
    out = {"c_prev": f * dcell, "h_prev": np.zeros(h_prev.shape), "x_t": np.zeros(x_t.shape)}
    for k, d in dz.items():
        out["h_prev"] += np.einsum("nk,hk->nh", d, params["W" + k][:H])
        out["x_t"] += np.einsum("nk,dk->nd", d, params["W" + k][H:])
        out["W" + k] = np.vstack([np.einsum("nh,nk->hk", h_prev, d), np.einsum("nd,nk->dk", x_t, d)])
        out["b" + k] = np.einsum("nk->k", d)
    return out

# === right lstm_step_backward | row by row with outer products
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    grads = {name: np.zeros(value.shape) for name, value in params.items() if name[0] in "Wb"}
    grads.update(x_t=np.zeros(x_t.shape), h_prev=np.zeros(h_prev.shape), c_prev=np.zeros(c_prev.shape))
    for n in range(N):
        a = np.r_[h_prev[n], x_t[n]]
        f, i, o = (sigmoid(a @ params["W" + k] + params["b" + k]) for k in "fio")
        g = np.tanh(a @ params["Wc"] + params["bc"])
        c = f * c_prev[n] + i * g
        total = dc[n] + dh[n] * o * (1 - np.tanh(c) ** 2)
        back = np.zeros(len(a))
        for k, d in (("f", total * c_prev[n] * f * (1 - f)), ("i", total * g * i * (1 - i)),
                     ("c", total * i * (1 - g**2)), ("o", dh[n] * np.tanh(c) * o * (1 - o))):
            grads["W" + k] += np.outer(a, d)
            grads["b" + k] += d
            back += params["W" + k] @ d
        grads["h_prev"][n], grads["x_t"][n] = back[:H], back[H:]
        grads["c_prev"][n] = total * f
    return grads

# === right from_keras | reshaped to (rows, 4, H)
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    W = np.concatenate([recurrent_kernel, kernel]).reshape(-1, 4, H)
    b = bias.reshape(4, H)
    params = {}
    for k, name in enumerate("ifco"):
        params["W" + name], params["b" + name] = W[:, k].copy(), b[k].copy()
    return params

# === right from_keras | by hand with index tables
def from_keras(kernel, recurrent_kernel, bias):
    H, D = len(recurrent_kernel), len(kernel)
    params = {}
    for name in ("f", "i", "c", "o"):
        columns = {"i": 0, "f": 1, "c": 2, "o": 3}[name] * H + np.arange(H)
        W = np.empty((H + D, H), dtype=np.result_type(kernel, recurrent_kernel))
        W[:H] = recurrent_kernel[:, columns]
        W[H:] = kernel[:, columns]
        params["W" + name] = W
        params["b" + name] = np.take(bias, columns)
    return params
