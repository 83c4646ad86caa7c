# === wrong sigmoid | the formula as it stands, overflow warning
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return 1.0 / (1.0 + np.exp(-z))


# === wrong sigmoid | masks, but entries equal to zero are forgotten
def sigmoid(z):
    z = np.atleast_1d(np.array(z, dtype=np.float64))
    out = np.zeros(z.shape)
    pos = z > 0
    neg = z < 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[neg])
    out[neg] = e / (1 + e)
    return out


# === wrong lstm_step | tanh of the cell forgotten in h
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.c_[h_prev, x_t]
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    g_t = np.tanh(a @ params["Wc"] + params["bc"])
    c_t = f_t * c_prev + i_t * g_t
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    h_t = o_t * c_t
    return (h_t, c_t)


# === wrong from_keras | block order i, f, o, c
def from_keras(kernel, recurrent_kernel, bias):
    stacked = np.vstack([recurrent_kernel, kernel])
    Wi, Wf, Wo, Wc = np.split(stacked, 4, axis=1)
    bi, bf, bo, bc = np.split(bias, 4)
    return dict(Wf=Wf, bf=bf, Wi=Wi, bi=bi, Wc=Wc, bc=bc, Wo=Wo, bo=bo)


# === wrong lstm_gates | state not moved on
def lstm_gates(X, h_0, c_0, params):
    N, T, _ = X.shape
    past = np.repeat(h_0[:, np.newaxis, :], T, axis=1)
    A = np.concatenate([past, X], axis=-1)
    out = {k: sigmoid(A @ params[f"W{k}"] + params[f"b{k}"]) for k in ("f", "i", "o")}
    out["candidate"] = np.tanh(A @ params["Wc"] + params["bc"])
    return out


# === wrong lstm_forward | initial states put in front, last step missing
def lstm_forward(X, h_0, c_0, params):
    hs = [h_0]
    cs = [c_0]
    for t in range(X.shape[1] - 1):
        h, c = lstm_step(X[:, t], hs[-1], cs[-1], params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)


# === wrong from_keras | kernel rows above the recurrent ones
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    result = {}
    for block, gate in enumerate("ifco"):
        cols = slice(block * H, block * H + H)
        result["W" + gate] = np.concatenate([kernel[:, cols], recurrent_kernel[:, cols]])
        result["b" + gate] = bias[cols]
    return result


# === wrong lstm_gates | key c in place of candidate, output gate with tanh
def lstm_gates(X, h_0, c_0, params):
    n, T, d = X.shape
    H = h_0.shape[1]
    gates = {k: np.zeros((n, T, H)) for k in "fioc"}
    h, c = h_0.copy(), c_0.copy()
    for t in range(T):
        a = np.concatenate([h, X[:, t]], axis=1)
        for k in "fi":
            gates[k][:, t] = sigmoid(a @ params["W" + k] + params["b" + k])
        for k in "oc":
            gates[k][:, t] = np.tanh(a @ params["W" + k] + params["b" + k])
        h, c = lstm_step(X[:, t], h, c, params)
    return gates


# === wrong lstm_step_backward | tanh derivative 1 - g, square forgotten
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    P = params
    a = np.concatenate([h_prev, x_t], 1)
    f = sigmoid(a @ P["Wf"] + P["bf"])
    i = sigmoid(a @ P["Wi"] + P["bi"])
    g = np.tanh(a @ P["Wc"] + P["bc"])
    o = sigmoid(a @ P["Wo"] + P["bo"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    dct = dc + dh * o * (1 - np.tanh(c) ** 2)
    zf = dct * c_prev * f * (1 - f)
    zi = dct * g * i * (1 - i)
    zc = dct * i * (1 - g)
    zo = dh * np.tanh(c) * o * (1 - o)
    da = zf @ P["Wf"].T + zi @ P["Wi"].T + zc @ P["Wc"].T + zo @ P["Wo"].T
    n_h = h.shape[1]
    return {
        "x_t": da[:, n_h:], "h_prev": da[:, :n_h], "c_prev": dct * f,
        "Wf": a.T @ zf, "bf": zf.sum(0), "Wi": a.T @ zi, "bi": zi.sum(0),
        "Wc": a.T @ zc, "bc": zc.sum(0), "Wo": a.T @ zo, "bo": zo.sum(0),
    }


# === wrong from_keras | bias split for the gates starting at the second block
def from_keras(kernel, recurrent_kernel, bias):
    H = len(bias) // 4
    W = np.concatenate([recurrent_kernel, kernel], axis=0)
    params = {}
    names = ["i", "f", "c", "o"]
    for j in range(4):
        params["W" + names[j]] = W[:, j * H:(j + 1) * H]
        params["b" + names[j]] = bias[(j + 1) * H:(j + 2) * H]
    return params


# === wrong lstm_forward | sequences read backwards
def lstm_forward(X, h_0, c_0, params):
    N, T, D = np.shape(X)
    hs = [None] * T
    cs = [None] * T
    h, c = h_0, c_0
    for t in reversed(range(T)):
        h, c = lstm_step(X[:, t], h, c, params)
        hs[t] = h
        cs[t] = c
    return np.stack(hs, 1), np.stack(cs, 1)


# === wrong lstm_gates | curly quotes
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    f, i, o, g = [], [], [], []
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        f.append(sigmoid(a @ params[“Wf”] + params[“bf”]))
        i.append(sigmoid(a @ params[“Wi”] + params[“bi”]))
        o.append(sigmoid(a @ params[“Wo”] + params[“bo”]))
        g.append(np.tanh(a @ params[“Wc”] + params[“bc”]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {"f": np.stack(f, 1), "i": np.stack(i, 1), "o": np.stack(o, 1), "candidate": np.stack(g, 1)}


# === wrong from_keras | a single W and b, keys of another lecture
def from_keras(kernel, recurrent_kernel, bias):
    W = np.r_[recurrent_kernel, kernel]
    H = W.shape[1] // 4
    parts = [W[:, k * H:k * H + H] for k in range(4)]
    b = bias.reshape(4, H)
    return {"W_i": parts[0], "W_f": parts[1], "W_c": parts[2], "W_o": parts[3],
            "b_i": b[0], "b_f": b[1], "b_c": b[2], "b_o": b[3]}


# === wrong sigmoid | the textbook formula, overflows for large negative entries
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# === wrong lstm_step | x before h in the concatenation
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([x_t, h_prev], axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    g_t = np.tanh(a @ params["Wc"] + params["bc"])
    c_t = f_t * c_prev + i_t * g_t
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    return o_t * np.tanh(c_t), c_t


# === wrong from_keras | assumes the blocks come in the order f, i, c, o
def from_keras(kernel, recurrent_kernel, bias):
    W = np.vstack([recurrent_kernel, kernel])
    Wf, Wi, Wc, Wo = np.split(W, 4, axis=1)
    bf, bi, bc, bo = np.split(bias, 4)
    return {"Wf": Wf, "bf": bf, "Wi": Wi, "bi": bi, "Wc": Wc, "bc": bc, "Wo": Wo, "bo": bo}


# === wrong lstm_step_backward | the road through the hidden state is missing in the cell's total
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    dzo = dh * np.tanh(c) * o * (1 - o)
    dzf = dc * c_prev * f * (1 - f)
    dzi = dc * g * i * (1 - i)
    dzg = dc * i * (1 - g ** 2)
    da = dzf @ params["Wf"].T + dzi @ params["Wi"].T + dzg @ params["Wc"].T + dzo @ params["Wo"].T
    return {"x_t": da[:, H:], "h_prev": da[:, :H], "c_prev": dc * f,
            "Wf": a.T @ dzf, "bf": dzf.sum(axis=0), "Wi": a.T @ dzi, "bi": dzi.sum(axis=0),
            "Wc": a.T @ dzg, "bc": dzg.sum(axis=0), "Wo": a.T @ dzo, "bo": dzo.sum(axis=0)}


# === right lstm_step | einsum without concatenation, W cut in two
def lstm_step(x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    z = {}
    for n in ("f", "i", "c", "o"):
        W = params["W" + n]
        z[n] = (np.einsum("nh,hk->nk", h_prev, W[:H])
                + np.einsum("nd,dk->nk", x_t, W[H:])
                + params["b" + n][None, :])
    cell = sigmoid(z["f"]) * c_prev + sigmoid(z["i"]) * np.tanh(z["c"])
    return sigmoid(z["o"]) * np.tanh(cell), cell


# === wrong lstm_gates | gates computed after the state has moved on
def lstm_gates(X, h_0, c_0, params):
    f, i, o, cand = [], [], [], []
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        a = np.concatenate([h, X[:, t]], axis=1)
        f.append(sigmoid(a @ params["Wf"] + params["bf"]))
        i.append(sigmoid(a @ params["Wi"] + params["bi"]))
        o.append(sigmoid(a @ params["Wo"] + params["bo"]))
        cand.append(np.tanh(a @ params["Wc"] + params["bc"]))
    return {
        "f": np.stack(f, axis=1),
        "i": np.stack(i, axis=1),
        "o": np.stack(o, axis=1),
        "candidate": np.stack(cand, axis=1),
    }


# === wrong lstm_step_backward | bias gradients averaged over the batch in place of summed
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    hidden = h_prev.shape[1]
    hx = np.hstack([h_prev, x_t])
    gate = {}
    for k in "fio":
        gate[k] = sigmoid(hx.dot(params["W" + k]) + params["b" + k])
    gate["c"] = np.tanh(hx.dot(params["Wc"]) + params["bc"])
    c_t = gate["f"] * c_prev + gate["i"] * gate["c"]
    tc = np.tanh(c_t)
    total = dc + dh * gate["o"] * (1 - tc * tc)
    upstream = {"f": total * c_prev, "i": total * gate["c"], "c": total * gate["i"], "o": dh * tc}
    result = {"c_prev": total * gate["f"]}
    dhx = np.zeros_like(hx)
    for k in "fico":
        slope = 1 - gate[k] ** 2 if k == "c" else gate[k] * (1 - gate[k])
        dz = upstream[k] * slope
        result["W" + k] = hx.T.dot(dz)
        result["b" + k] = np.mean(dz, axis=0)
        dhx = dhx + dz.dot(params["W" + k].T)
    result["h_prev"] = dhx[:, :hidden]
    result["x_t"] = dhx[:, hidden:]
    return result


# === wrong lstm_step | hidden state without the tanh of the cell
def lstm_step(x_t, h_prev, c_prev, params):
    # put h and x side by side
    a = np.c_[h_prev, x_t]
    # gates
    f_t = sigmoid(np.matmul(a, params["Wf"]) + params["bf"])
    i_t = sigmoid(np.matmul(a, params["Wi"]) + params["bi"])
    o_t = sigmoid(np.matmul(a, params["Wo"]) + params["bo"])
    # candidate
    g_t = np.tanh(np.matmul(a, params["Wc"]) + params["bc"])
    # new states
    c_t = np.multiply(f_t, c_prev) + np.multiply(i_t, g_t)
    h_t = np.multiply(o_t, c_t)
    return h_t, c_t


# === wrong sigmoid | math.exp, works for single numbers only
import math

def sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    else:
        e = math.exp(z)
        return e / (1 + e)


# === wrong lstm_step_backward | c_prev gets dc times f only, not the total
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    Wf, Wi, Wc, Wo = params["Wf"], params["Wi"], params["Wc"], params["Wo"]
    bf, bi, bc, bo = params["bf"], params["bi"], params["bc"], params["bo"]
    H = h_prev.shape[-1]
    a = np.concatenate((h_prev, x_t), axis=-1)
    f, i, o = sigmoid(a @ Wf + bf), sigmoid(a @ Wi + bi), sigmoid(a @ Wo + bo)
    g = np.tanh(a @ Wc + bc)
    c = f * c_prev + i * g
    tanh_c = np.tanh(c)

    d_cell = dc + dh * o * (1 - tanh_c ** 2)
    d_f = d_cell * c_prev * f * (1 - f)
    d_i = d_cell * g * i * (1 - i)
    d_g = d_cell * i * (1 - g ** 2)
    d_o = dh * tanh_c * o * (1 - o)

    d_a = d_f @ Wf.T + d_i @ Wi.T + d_g @ Wc.T + d_o @ Wo.T
    grads = dict(x_t=d_a[:, H:], h_prev=d_a[:, :H], c_prev=dc * f)
    for name, d in (("f", d_f), ("i", d_i), ("c", d_g), ("o", d_o)):
        grads["W" + name] = a.T @ d
        grads["b" + name] = d.sum(0)
    return grads


# === wrong lstm_step | returns c_t first
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.append(h_prev, x_t, axis=1)
    p = params
    f = sigmoid(a @ p["Wf"] + p["bf"])
    i = sigmoid(a @ p["Wi"] + p["bi"])
    g = np.tanh(a @ p["Wc"] + p["bc"])
    c = f * c_prev + i * g
    o = sigmoid(a @ p["Wo"] + p["bo"])
    h = o * np.tanh(c)
    return c, h


# === right lstm_forward | two lists and a stack over swapped axes
def lstm_forward(X, h_0, c_0, params):
    hidden, cells = [], []
    state = (h_0, c_0)
    for x in np.swapaxes(X, 0, 1):
        state = lstm_step(x, *state, params)
        hidden.append(state[0])
        cells.append(state[1])
    return np.stack(hidden, axis=1), np.stack(cells, axis=1)


# === wrong lstm_gates | the initial hidden state is replaced by zeros
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    H = params["bf"].shape[0]
    h = np.zeros((N, H))
    c = np.zeros((N, H))
    result = {"f": np.zeros((N, T, H)), "i": np.zeros((N, T, H)),
              "o": np.zeros((N, T, H)), "candidate": np.zeros((N, T, H))}
    for t in range(T):
        x = X[:, t, :]
        a = np.concatenate([h, x], axis=1)
        result["f"][:, t, :] = sigmoid(a @ params["Wf"] + params["bf"])
        result["i"][:, t, :] = sigmoid(a @ params["Wi"] + params["bi"])
        result["o"][:, t, :] = sigmoid(a @ params["Wo"] + params["bo"])
        result["candidate"][:, t, :] = np.tanh(a @ params["Wc"] + params["bc"])
        h, c = lstm_step(x, h, c, params)
    return result


# === wrong lstm_step | concatenates along axis 0
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t])
    gates = [sigmoid(a @ params["W" + g] + params["b" + g]) for g in ("f", "i", "o")]
    candidate = np.tanh(a @ params["Wc"] + params["bc"])
    c_t = gates[0] * c_prev + gates[1] * candidate
    return gates[2] * np.tanh(c_t), c_t


# === wrong from_keras | block size taken from the kernel's number of rows
def from_keras(kernel, recurrent_kernel, bias):
    H = kernel.shape[0]
    W = np.concatenate([recurrent_kernel, kernel], axis=0)
    return {
        "Wi": W[:, :H], "bi": bias[:H],
        "Wf": W[:, H:2 * H], "bf": bias[H:2 * H],
        "Wc": W[:, 2 * H:3 * H], "bc": bias[2 * H:3 * H],
        "Wo": W[:, 3 * H:4 * H], "bo": bias[3 * H:4 * H],
    }


# === wrong lstm_forward | time first in the results
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    all_h, all_c = [], []
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        all_h.append(h)
        all_c.append(c)
    return np.array(all_h), np.array(all_c)


# === wrong lstm_gates | the cell state is never updated
def lstm_gates(X, h_0, c_0, params):
    out = {"f": [], "i": [], "o": [], "candidate": []}
    h = h_0
    for t in range(X.shape[1]):
        a = np.concatenate((h, X[:, t]), axis=1)
        f = sigmoid(np.dot(a, params["Wf"]) + params["bf"])
        i = sigmoid(np.dot(a, params["Wi"]) + params["bi"])
        o = sigmoid(np.dot(a, params["Wo"]) + params["bo"])
        g = np.tanh(np.dot(a, params["Wc"]) + params["bc"])
        out["f"].append(f)
        out["i"].append(i)
        out["o"].append(o)
        out["candidate"].append(g)
        c = f * c_0 + i * g
        h = o * np.tanh(c)
    for key in out:
        out[key] = np.stack(out[key], axis=1)
    return out


# === wrong sigmoid | integer dtype of the input is kept
def sigmoid(z):
    z = np.asarray(z)
    out = np.zeros_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


# === wrong lstm_step_backward | unbalanced bracket
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc ** 2
    dzf = dct * c_prev * f * (1 - f)
    dzi = dct * g * i * (1 - i)
    dzc = dct * i * (1 - g ** 2)
    dzo = dh * tc * o * (1 - o)
    da = dzf @ params["Wf"].T + dzi @ params["Wi"].T + dzc @ params["Wc"].T + dzo @ params["Wo"].T
    return {"x_t": da[:, H:], "h_prev": da[:, :H], "c_prev": dct * f,
            "Wf": a.T @ dzf, "bf": dzf.sum(0), "Wi": a.T @ dzi, "bi": dzi.sum(0),
            "Wc": a.T @ dzc, "bc": dzc.sum(0), "Wo": a.T @ dzo, "bo": dzo.sum(0)}


# === wrong lstm_forward | loops over the sequences in place of the time steps
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    hs, cs = [], []
    for t in range(len(X)):
        h, c = lstm_step(X[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)


# === right lstm_step_backward | a helper gives each parameter's three gradients
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.hstack([h_prev, x_t])
    act = {k: sigmoid(a @ params["W" + k] + params["b" + k]) for k in "fio"}
    g = np.tanh(a @ params["Wc"] + params["bc"])
    squashed = np.tanh(act["f"] * c_prev + act["i"] * g)
    cell = dc + dh * act["o"] * (1 - squashed ** 2)
    grads = {"c_prev": cell * act["f"]}

    def through(name, dz):
        grads["W" + name] = np.einsum("na,nh->ah", a, dz)
        grads["b" + name] = np.einsum("nh->h", dz)
        return np.einsum("nh,ah->na", dz, params["W" + name])

    def gate(s):
        return s * (1 - s)

    da = through("f", cell * c_prev * gate(act["f"]))
    da = da + through("i", cell * g * gate(act["i"]))
    da = da + through("c", cell * act["i"] * (1 - g * g))
    da = da + through("o", dh * squashed * gate(act["o"]))
    grads["h_prev"], grads["x_t"] = np.split(da, [h_prev.shape[1]], axis=1)
    return grads


# === wrong lstm_step_backward | the slope of tanh(c_t) uses c_t itself: 1 - c_t^2
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    g_t = np.tanh(a @ params["Wc"] + params["bc"])
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    h_t, c_t = lstm_step(x_t, h_prev, c_prev, params)
    dc_total = dc + dh * o_t * (1 - c_t ** 2)
    d_bf = dc_total * c_prev * f_t * (1 - f_t)
    d_bi = dc_total * g_t * i_t * (1 - i_t)
    d_bc = dc_total * i_t * (1 - g_t ** 2)
    d_bo = dh * np.tanh(c_t) * o_t * (1 - o_t)
    grads = {
        "Wf": np.dot(a.T, d_bf), "bf": d_bf.sum(axis=0),
        "Wi": np.dot(a.T, d_bi), "bi": d_bi.sum(axis=0),
        "Wc": np.dot(a.T, d_bc), "bc": d_bc.sum(axis=0),
        "Wo": np.dot(a.T, d_bo), "bo": d_bo.sum(axis=0),
    }
    d_a = (np.dot(d_bf, params["Wf"].T) + np.dot(d_bi, params["Wi"].T)
           + np.dot(d_bc, params["Wc"].T) + np.dot(d_bo, params["Wo"].T))
    grads["h_prev"] = d_a[:, :H]
    grads["x_t"] = d_a[:, H:]
    grads["c_prev"] = dc_total * f_t
    return grads


# === wrong from_keras | the bias is left whole for each gate
def from_keras(kernel, recurrent_kernel, bias):
    stacked = np.vstack((recurrent_kernel, kernel))
    params = {}
    for name, W in zip("ifco", np.hsplit(stacked, 4)):
        params["W" + name] = W
        params["b" + name] = bias
    return params


# === right lstm_step | one wide matrix for all gates
def lstm_step(x_t, h_prev, c_prev, params):
    names = ["f", "i", "o", "c"]
    W = np.concatenate([params["W" + n] for n in names], axis=1)
    b = np.concatenate([params["b" + n] for n in names])
    z = np.concatenate([h_prev, x_t], axis=1) @ W + b
    f, i, o, g = np.split(z, 4, axis=1)
    c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)
    h_t = sigmoid(o) * np.tanh(c_t)
    return h_t, c_t


# === wrong lstm_step_backward | derivative of the gates taken as s (1 + s)
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    def dsig(s):
        return s * (1 + s)

    def dtanh(t):
        return 1 - t ** 2

    z = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(z @ params["Wf"] + params["bf"])
    i = sigmoid(z @ params["Wi"] + params["bi"])
    o = sigmoid(z @ params["Wo"] + params["bo"])
    g = np.tanh(z @ params["Wc"] + params["bc"])
    c = f * c_prev + i * g
    t = np.tanh(c)
    D = dc + dh * o * dtanh(t)
    deltas = {"f": D * c_prev * dsig(f), "i": D * g * dsig(i), "c": D * i * dtanh(g), "o": dh * t * dsig(o)}
    grads = {}
    dz = 0
    for k, d in deltas.items():
        grads["W" + k] = z.T @ d
        grads["b" + k] = d.sum(axis=0)
        dz = dz + d @ params["W" + k].T
    H = h_prev.shape[1]
    grads["h_prev"], grads["x_t"], grads["c_prev"] = dz[:, :H], dz[:, H:], D * f
    return grads


# === right sigmoid | scipy
from scipy.special import expit

def sigmoid(z):
    return expit(np.asarray(z, dtype=np.float64))


# === wrong lstm_step | a GRU's way: 1 - f in place of the input gate
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + (1 - f) * g
    return o * np.tanh(c), c


# === wrong lstm_step_backward | x_t and c_prev missing in the dict
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    g = {}
    for n in "fico":
        z = a @ params["W" + n] + params["b" + n]
        g[n] = np.tanh(z) if n == "c" else sigmoid(z)
    c_t = g["f"] * c_prev + g["i"] * g["c"]
    total = dc + dh * g["o"] * (1 - np.tanh(c_t) ** 2)
    d = {"o": dh * np.tanh(c_t) * g["o"] * (1 - g["o"]),
         "f": total * c_prev * g["f"] * (1 - g["f"]),
         "i": total * g["c"] * g["i"] * (1 - g["i"]),
         "c": total * g["i"] * (1 - g["c"] ** 2)}
    grads = {"h_prev": sum(d[n] @ params["W" + n].T for n in d)[:, :h_prev.shape[1]]}
    for n in d:
        grads["W" + n] = a.T @ d[n]
        grads["b" + n] = d[n].sum(axis=0)
    return grads


# === right lstm_forward | sequence by sequence, arrays filled
def lstm_forward(X, h_0, c_0, params):
    N, T = X.shape[:2]
    H = h_0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    for n in range(N):
        h, c = h_0[n:n + 1], c_0[n:n + 1]
        for t in range(T):
            h, c = lstm_step(X[n:n + 1, t], h, c, params)
            hs[n, t] = h[0]
            cs[n, t] = c[0]
    return hs, cs


# === wrong lstm_step | only the first row of the batch is computed
def lstm_step(x_t, h_prev, c_prev, params):
    h_t = np.zeros_like(h_prev)
    c_t = np.zeros_like(c_prev)
    for n in range(len(x_t)):
        a = np.concatenate([h_prev[0], x_t[0]])
        f = sigmoid(a @ params["Wf"] + params["bf"])
        i = sigmoid(a @ params["Wi"] + params["bi"])
        g = np.tanh(a @ params["Wc"] + params["bc"])
        o = sigmoid(a @ params["Wo"] + params["bo"])
        c_t[n] = f * c_prev[0] + i * g
        h_t[n] = o * np.tanh(c_t[n])
    return h_t, c_t


# === wrong sigmoid | returns nothing, prints
def sigmoid(z):
    e = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    print(s)


# === right lstm_gates | filled arrays, own cell in the loop
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    out = {k: np.zeros((N, T, H)) for k in ["candidate", "o", "i", "f"]}
    h, c = h_0, c_0
    for t in range(T):
        xt = X[:, t, :]
        a = np.concatenate((h, xt), axis=1)
        out["f"][:, t, :] = sigmoid(np.dot(a, params["Wf"]) + params["bf"])
        out["i"][:, t, :] = sigmoid(np.dot(a, params["Wi"]) + params["bi"])
        out["o"][:, t, :] = sigmoid(np.dot(a, params["Wo"]) + params["bo"])
        out["candidate"][:, t, :] = np.tanh(np.dot(a, params["Wc"]) + params["bc"])
        c = out["f"][:, t] * c + out["i"][:, t] * out["candidate"][:, t]
        h = out["o"][:, t] * np.tanh(c)
    return out


# === wrong lstm_gates | forget and input gate swapped, and the key o holds the candidate's sigmoid
def lstm_gates(X, h_0, c_0, params):
    res = {"f": [], "i": [], "o": [], "candidate": []}
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        a = np.hstack([h, X[:, t]])
        res["f"].append(sigmoid(a @ params["Wi"] + params["bi"]))
        res["i"].append(sigmoid(a @ params["Wf"] + params["bf"]))
        res["o"].append(sigmoid(a @ params["Wc"] + params["bc"]))
        res["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {k: np.stack(v, 1) for k, v in res.items()}


# === wrong lstm_step | matrix product where the gates should act elementwise
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    g_t = np.tanh(a @ params["Wc"] + params["bc"])
    c_t = f_t @ c_prev + i_t @ g_t
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    h_t = o_t @ np.tanh(c_t)
    return h_t, c_t


# === wrong lstm_forward | curly quotes, copied from a word processor
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    results = {“h”: [], “c”: []}
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        results[“h”].append(h)
        results[“c”].append(c)
    return np.stack(results[“h”], axis=1), np.stack(results[“c”], axis=1)


# === wrong lstm_gates | h_0 used at every step
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    h = np.repeat(h_0[:, None, :], T, axis=1)
    A = np.concatenate([h, X], axis=2)
    gates = {}
    for k in ["f", "i", "o"]:
        gates[k] = sigmoid(A @ params[f"W{k}"] + params[f"b{k}"])
    gates["candidate"] = np.tanh(A @ params["Wc"] + params["bc"])
    return gates


# === wrong lstm_step_backward | gradient of the output gate uses the cell state without tanh, biases not summed
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    c = f * c_prev + i * g
    d_c = dc + dh * o * (1 - np.tanh(c) ** 2)
    d_o = dh * c * o * (1 - o)
    d_f = d_c * c_prev * f * (1 - f)
    d_i = d_c * g * i * (1 - i)
    d_g = d_c * i * (1 - g ** 2)
    d_a = np.zeros(a.shape)
    out = {}
    for key, d in [("o", d_o), ("f", d_f), ("i", d_i), ("c", d_g)]:
        d_a += d @ params["W" + key].T
        out["W" + key] = a.T @ d
        out["b" + key] = d
    out["c_prev"] = d_c * f
    out["h_prev"] = d_a[:, :H]
    out["x_t"] = d_a[:, H:]
    return out


# === wrong lstm_forward | the while loop never moves on
def lstm_forward(X, h_0, c_0, params):
    T = X.shape[1]
    hs, cs = np.zeros((X.shape[0], T, h_0.shape[1])), np.zeros((X.shape[0], T, h_0.shape[1]))
    h, c = h_0, c_0
    t = 0
    while t < T:
        h, c = lstm_step(X[:, t], h, c, params)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs


# === wrong lstm_gates | misspelt parameter name
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    fs, is_, os_, gs = [], [], [], []
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        fs.append(sigmoid(a @ params["Wf"] + params["bf"]))
        is_.append(sigmoid(a @ params["Wi"] + params["bi"]))
        os_.append(sigmoid(a @ params["Wo"] + params["bo"]))
        gs.append(np.tanh(a @ params["Wg"] + params["bg"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {"f": np.stack(fs, 1), "i": np.stack(is_, 1), "o": np.stack(os_, 1), "candidate": np.stack(gs, 1)}


# === wrong lstm_step_backward | dc is ignored
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    S = lambda k: sigmoid(a @ params["W" + k] + params["b" + k])
    f, i, o = S("f"), S("i"), S("o")
    g = np.tanh(a @ params["Wc"] + params["bc"])
    c = f * c_prev + i * g
    dc = dh * o * (1 - np.tanh(c) ** 2)
    pre = {"f": dc * c_prev * f * (1 - f), "i": dc * g * i * (1 - i),
           "c": dc * i * (1 - g ** 2), "o": dh * np.tanh(c) * o * (1 - o)}
    da = np.sum([pre[k] @ params["W" + k].T for k in pre], axis=0)
    grads = {"x_t": da[:, H:], "h_prev": da[:, :H], "c_prev": dc * f}
    for k in pre:
        grads["W" + k], grads["b" + k] = a.T @ pre[k], pre[k].sum(axis=0)
    return grads


# === right sigmoid | masks, exact for scalars as well
def sigmoid(z):
    values = np.array(z, dtype=float, ndmin=1)
    out = np.empty(values.shape)
    up = values > 0
    out[up] = 1.0 / (1.0 + np.exp(-values[up]))
    down = np.exp(values[~up])
    out[~up] = down / (down + 1.0)
    return out.reshape(np.shape(z))


# === wrong sigmoid | the hard sigmoid of old Keras versions
def sigmoid(z):
    return np.clip(0.2 * np.asarray(z) + 0.5, 0.0, 1.0)


# === wrong lstm_forward | stacked along the last axis
def lstm_forward(X, h_0, c_0, params):
    h_list, c_list = [], []
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        h_list += [h]
        c_list += [c]
    return np.stack(h_list, axis=-1), np.stack(c_list, axis=-1)


# === wrong lstm_step | x first, and the hidden state without tanh
def lstm_step(x_t, h_prev, c_prev, params):
    z = np.column_stack([x_t, h_prev])
    gates = {k: sigmoid(z.dot(params["W" + k]) + params["b" + k]) for k in "fio"}
    c_t = gates["f"] * c_prev + gates["i"] * np.tanh(z.dot(params["Wc"]) + params["bc"])
    return gates["o"] * c_t, c_t


# === wrong lstm_gates | starts from zeros and returns a tuple in place of a dict
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    f, i, o, g = (np.zeros((N, T, H)) for _ in range(4))
    h = np.zeros((N, H))
    c = np.zeros((N, H))
    for t in range(T):
        a = np.concatenate([h, X[:, t]], axis=1)
        f[:, t] = sigmoid(a @ params["Wf"] + params["bf"])
        i[:, t] = sigmoid(a @ params["Wi"] + params["bi"])
        o[:, t] = sigmoid(a @ params["Wo"] + params["bo"])
        g[:, t] = np.tanh(a @ params["Wc"] + params["bc"])
        h, c = lstm_step(X[:, t], h, c, params)
    return f, i, o, g


# === wrong from_keras | x rows first and PyTorch's order i, f, o, c of the blocks
def from_keras(kernel, recurrent_kernel, bias):
    H = bias.shape[0] // 4
    out = {}
    for number, gate in enumerate(("i", "f", "o", "c")):
        a, b = number * H, (number + 1) * H
        out["W" + gate] = np.vstack([kernel[:, a:b], recurrent_kernel[:, a:b]])
        out["b" + gate] = bias[a:b].copy()
    return out


# === wrong lstm_step_backward | parameters' gradients averaged over the batch, dc left out of c_prev
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.concatenate([h_prev, x_t], axis=1)
    s = {n: sigmoid(a @ params["W" + n] + params["b" + n]) for n in ["f", "i", "o"]}
    g = np.tanh(a @ params["Wc"] + params["bc"])
    tc = np.tanh(s["f"] * c_prev + s["i"] * g)
    own = dh * s["o"] * (1 - tc ** 2)
    total = own + dc
    dz = {"f": total * c_prev * s["f"] * (1 - s["f"]), "i": total * g * s["i"] * (1 - s["i"]),
          "c": total * s["i"] * (1 - g ** 2), "o": dh * tc * s["o"] * (1 - s["o"])}
    grads = {"c_prev": own * s["f"]}
    da = np.zeros((N, a.shape[1]))
    for n, d in dz.items():
        grads["W" + n] = a.T @ d / N
        grads["b" + n] = d.sum(axis=0) / N
        da += d @ params["W" + n].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    return grads

# === wrong lstm_step | x before h
def lstm_step(x_t, h_prev, c_prev, params):
    z = np.concatenate((x_t, h_prev), axis=1)
    forget, inp, out = [sigmoid(z.dot(params["W" + k]) + params["b" + k]) for k in "fio"]
    cand = np.tanh(z.dot(params["Wc"]) + params["bc"])
    cell = forget * c_prev + inp * cand
    return out * np.tanh(cell), cell


# === wrong lstm_gates | time axis first
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    record = {"f": [], "i": [], "o": [], "candidate": []}
    for t in range(X.shape[1]):
        a = np.hstack([h, X[:, t]])
        record["f"].append(sigmoid(a @ params["Wf"] + params["bf"]))
        record["i"].append(sigmoid(a @ params["Wi"] + params["bi"]))
        record["o"].append(sigmoid(a @ params["Wo"] + params["bo"]))
        record["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {name: np.array(values) for name, values in record.items()}


# === wrong lstm_forward | cell state starts anew at every step
def lstm_forward(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    hs, cs = np.empty((N, T, H)), np.empty((N, T, H))
    h = h_0
    for t in range(T):
        h, c = lstm_step(X[:, t, :], h, c_0, params)
        hs[:, t, :] = h
        cs[:, t, :] = c
    return hs, cs


# === wrong lstm_step_backward | gradients averaged over the batch
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    total = dc + dh * o * (1 - tc**2)
    pre = {
        "f": total * c_prev * f * (1 - f),
        "i": total * g * i * (1 - i),
        "c": total * i * (1 - g**2),
        "o": dh * tc * o * (1 - o),
    }
    grads = {}
    da = np.zeros_like(a, dtype=float)
    for k, d in pre.items():
        grads["W" + k] = a.T @ d / N
        grads["b" + k] = d.mean(axis=0)
        da += d @ params["W" + k].T
    grads["h_prev"], grads["x_t"] = da[:, :H], da[:, H:]
    grads["c_prev"] = total * f
    return grads


# === wrong lstm_step | forget and input gate taken for each other
def lstm_step(x_t, h_prev, c_prev, params):
    def gate(name, squash):
        rows = np.concatenate([h_prev, x_t], axis=-1)
        return squash(np.einsum("nd,dh->nh", rows, params["W" + name]) + params["b" + name])
    remember = gate("f", sigmoid)
    write = gate("i", sigmoid)
    new = gate("c", np.tanh)
    c_t = write * c_prev + remember * new
    return gate("o", sigmoid) * np.tanh(c_t), c_t


# === wrong sigmoid | clipped far too early
def sigmoid(z):
    z = np.clip(z, -5, 5)
    return 1 / (1 + np.exp(-z))


# === wrong lstm_step_backward | cell's share through h forgotten
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.hstack((h_prev, x_t))
    act = {}
    for k in "fico":
        pre = a @ params["W" + k] + params["b" + k]
        act[k] = np.tanh(pre) if k == "c" else sigmoid(pre)
    f, i, g, o = act["f"], act["i"], act["c"], act["o"]
    c_t = f * c_prev + i * g
    do = dh * np.tanh(c_t)
    df = dc * c_prev
    di = dc * g
    dg = dc * i
    dz = {"f": df * f * (1 - f), "i": di * i * (1 - i), "c": dg * (1 - g * g), "o": do * o * (1 - o)}
    da = sum(dz[k] @ params["W" + k].T for k in dz)
    res = {"h_prev": da[:, :H], "x_t": da[:, H:], "c_prev": dc * f}
    for k in dz:
        res["W" + k] = a.T @ dz[k]
        res["b" + k] = dz[k].sum(axis=0)
    return res


# === wrong lstm_step | c_prev overwritten in place
def lstm_step(x_t, h_prev, c_prev, params):
    Wf, Wi, Wc, Wo = params["Wf"], params["Wi"], params["Wc"], params["Wo"]
    a = np.concatenate([h_prev, x_t], axis=1)
    c_prev *= sigmoid(a @ Wf + params["bf"])
    c_prev += sigmoid(a @ Wi + params["bi"]) * np.tanh(a @ Wc + params["bc"])
    h = sigmoid(a @ Wo + params["bo"]) * np.tanh(c_prev)
    return h, c_prev


# === wrong lstm_forward | only the last state returned
def lstm_forward(X, h_0, c_0, params):
    h = h_0
    c = c_0
    for x in X.swapaxes(0, 1):
        h, c = lstm_step(x, h, c, params)
    return h, c


# === wrong lstm_step | tuple order c, h
def lstm_step(x_t, h_prev, c_prev, params):
    stacked_W = np.concatenate([params[k] for k in ("Wf", "Wi", "Wo", "Wc")], axis=1)
    stacked_b = np.concatenate([params[k] for k in ("bf", "bi", "bo", "bc")])
    z = np.concatenate([h_prev, x_t], axis=1) @ stacked_W + stacked_b
    zf, zi, zo, zc = np.split(z, 4, axis=1)
    c_t = sigmoid(zf) * c_prev + sigmoid(zi) * np.tanh(zc)
    h_t = sigmoid(zo) * np.tanh(c_t)
    return c_t, h_t


# === wrong lstm_step_backward | da split as if x came first
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    D = x_t.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    s = {k: sigmoid(a @ params["W" + k] + params["b" + k]) for k in "fio"}
    g = np.tanh(a @ params["Wc"] + params["bc"])
    t = np.tanh(s["f"] * c_prev + s["i"] * g)
    whole = dc + dh * s["o"] * (1 - t ** 2)
    delta = dict(
        f=whole * c_prev * s["f"] * (1 - s["f"]),
        i=whole * g * s["i"] * (1 - s["i"]),
        o=dh * t * s["o"] * (1 - s["o"]),
        c=whole * s["i"] * (1 - g ** 2),
    )
    out = {"c_prev": whole * s["f"]}
    da = 0
    for k in delta:
        out["W" + k] = np.einsum("na,nh->ah", a, delta[k])
        out["b" + k] = np.einsum("nh->h", delta[k])
        da = da + np.einsum("nh,ah->na", delta[k], params["W" + k])
    out["x_t"] = da[:, :D]
    out["h_prev"] = da[:, D:]
    return out


# === wrong lstm_forward | hs of the step before (saved ahead of the step), states swapped
def lstm_forward(X, h_0, c_0, params):
    hs = np.zeros((X.shape[0], X.shape[1], h_0.shape[1]))
    cs = np.zeros_like(hs)
    state = (h_0, c_0)
    for t in range(X.shape[1]):
        hs[:, t], cs[:, t] = state
        state = lstm_step(X[:, t], *state, params)
    return cs, hs


# === right sigmoid | two faces with exp(-abs(z)) and where
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + small), small / (1 + small))


# === wrong lstm_gates | result has time first
def lstm_gates(X, h_0, c_0, params):
    names = {"f": "f", "i": "i", "o": "o"}
    out = {"f": [], "i": [], "o": [], "candidate": []}
    h = h_0
    c = c_0
    for t in range(X.shape[1]):
        a = np.hstack((h, X[:, t, :]))
        for key in names:
            out[key].append(sigmoid(a @ params["W" + key] + params["b" + key]))
        out["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t, :], h, c, params)
    return {k: np.array(v) for k, v in out.items()}


# === wrong lstm_forward | the state is not carried, every step starts from h_0 and c_0
def lstm_forward(X, h_0, c_0, params):
    N, T, D = X.shape
    hs = np.zeros((N, T, h_0.shape[1]))
    cs = np.zeros((N, T, h_0.shape[1]))
    for t in range(T):
        hs[:, t], cs[:, t] = lstm_step(X[:, t], h_0, c_0, params)
    return hs, cs


# === wrong lstm_step | the forget and the input gate are swapped in the cell state
def lstm_step(x_t, h_prev, c_prev, params):
    concat = np.hstack((h_prev, x_t))

    def layer(name, activation):
        return activation(np.dot(concat, params["W" + name]) + params["b" + name])

    forget = layer("f", sigmoid)
    inp = layer("i", sigmoid)
    out = layer("o", sigmoid)
    cand = layer("c", np.tanh)
    cell = inp * c_prev + forget * cand
    return (out * np.tanh(cell), cell)


# === wrong sigmoid | the sign in the exponent is wrong
def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1.0 / (1.0 + np.exp(z))


# === wrong from_keras | rows of x first
def from_keras(kernel, recurrent_kernel, bias):
    units = recurrent_kernel.shape[0]
    params = {}
    for k, name in enumerate("ifco"):
        cols = slice(k * units, (k + 1) * units)
        params[f"W{name}"] = np.concatenate((kernel[:, cols], recurrent_kernel[:, cols]), axis=0)
        params[f"b{name}"] = bias[cols]
    return params


# === wrong lstm_forward | return inside the loop
def lstm_forward(X, h_0, c_0, params):
    hs = []
    cs = []
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
        return np.stack(hs, axis=1), np.stack(cs, axis=1)


# === right sigmoid | through tanh
def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


# === wrong lstm_gates | wrong keys: c in place of candidate
def lstm_gates(X, h_0, c_0, params):
    N, T, _ = X.shape
    H = h_0.shape[1]
    gates = {g: np.empty((N, T, H)) for g in "fioc"}
    h, c = h_0.copy(), c_0.copy()
    for t in range(T):
        row = np.concatenate([h, X[:, t]], axis=1)
        for g in "fio":
            gates[g][:, t] = sigmoid(row @ params["W" + g] + params["b" + g])
        gates["c"][:, t] = np.tanh(row @ params["Wc"] + params["bc"])
        c = gates["f"][:, t] * c + gates["i"][:, t] * gates["c"][:, t]
        h = gates["o"][:, t] * np.tanh(c)
    return gates


# === wrong from_keras | splits along the wrong axis of the stacked matrix
def from_keras(kernel, recurrent_kernel, bias):
    both = np.concatenate([recurrent_kernel, kernel])
    blocks = np.array_split(both, 4, axis=0)
    biases = np.array_split(bias, 4)
    d = {}
    for letter, w, b in zip(["i", "f", "c", "o"], blocks, biases):
        d["W" + letter] = w
        d["b" + letter] = b
    return d


# === wrong lstm_forward | results include the initial state
def lstm_forward(X, h_0, c_0, params):
    hs, cs = [h_0], [c_0]
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], hs[-1], cs[-1], params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)


# === wrong lstm_step_backward | the slope of the candidate's tanh is forgotten
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    n, H = h_prev.shape
    v = np.concatenate([h_prev, x_t], axis=1)
    ft = sigmoid(v @ params["Wf"] + params["bf"])
    it = sigmoid(v @ params["Wi"] + params["bi"])
    ot = sigmoid(v @ params["Wo"] + params["bo"])
    gt = np.tanh(v @ params["Wc"] + params["bc"])
    ct = ft * c_prev + it * gt
    dct = dc + dh * ot * (1 - np.tanh(ct) ** 2)
    dot = dh * np.tanh(ct)
    dft = dct * c_prev
    dit = dct * gt
    dgt = dct * it
    df_in = dft * ft * (1 - ft)
    di_in = dit * it * (1 - it)
    do_in = dot * ot * (1 - ot)
    dg_in = dgt
    grads = {}
    grads["Wf"] = v.T @ df_in
    grads["Wi"] = v.T @ di_in
    grads["Wo"] = v.T @ do_in
    grads["Wc"] = v.T @ dg_in
    grads["bf"] = np.sum(df_in, axis=0)
    grads["bi"] = np.sum(di_in, axis=0)
    grads["bo"] = np.sum(do_in, axis=0)
    grads["bc"] = np.sum(dg_in, axis=0)
    dv = df_in @ params["Wf"].T
    dv += di_in @ params["Wi"].T
    dv += do_in @ params["Wo"].T
    dv += dg_in @ params["Wc"].T
    grads["h_prev"] = dv[:, 0:H]
    grads["x_t"] = dv[:, H:]
    grads["c_prev"] = dct * ft
    return grads


# === wrong sigmoid | clips the input to -5 ... 5
def sigmoid(z):
    z = np.clip(np.asarray(z, dtype=float), -5, 5)
    return 1 / (1 + np.exp(-z))


# === right from_keras | slices in a loop, h rows and x rows written into an empty matrix
def from_keras(kernel, recurrent_kernel, bias):
    D, H = kernel.shape[0], recurrent_kernel.shape[0]
    found = {}
    for block, gate in enumerate(["i", "f", "c", "o"]):
        start, stop = block * H, block * H + H
        W = np.empty((H + D, H), dtype=np.result_type(kernel, recurrent_kernel))
        W[:H, :] = recurrent_kernel[:, start:stop]
        W[H:, :] = kernel[:, start:stop]
        found["W" + gate] = W
        found["b" + gate] = np.array(bias[start:stop])
    return found


# === wrong lstm_step | sigmoid for the candidate too
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    values = {}
    for letter in ["f", "i", "c", "o"]:
        z = a @ params["W" + letter] + params["b" + letter]
        values[letter] = sigmoid(z)
    c_t = values["f"] * c_prev + values["i"] * values["c"]
    h_t = values["o"] * np.tanh(c_t)
    return h_t, c_t


# === wrong lstm_step_backward | h_prev and x_t cut the wrong way round
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    D = x_t.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc**2)
    dz = {
        "f": dct * c_prev * f * (1 - f),
        "i": dct * g * i * (1 - i),
        "c": dct * i * (1 - g**2),
        "o": dh * tc * o * (1 - o),
    }
    da = sum(dz[k] @ params["W" + k].T for k in dz)
    grads = {"x_t": da[:, :D], "h_prev": da[:, D:], "c_prev": dct * f}
    grads.update({"W" + k: a.T @ dz[k] for k in dz})
    grads.update({"b" + k: dz[k].sum(axis=0) for k in dz})
    return grads


# === right lstm_gates | asks for the hidden states first, then all gates at once
def lstm_gates(X, h_0, c_0, params):
    hs, _ = lstm_forward(X, h_0, c_0, params)
    before = np.concatenate([h_0[:, None, :], hs[:, :-1, :]], axis=1)
    A = np.concatenate([before, X], axis=2)
    found = {name: sigmoid(A @ params["W" + name] + params["b" + name]) for name in "oif"}
    found["candidate"] = np.tanh(A @ params["Wc"] + params["bc"])
    return found


# === wrong lstm_step | the output gate has lost its bias
def lstm_step(x_t, h_prev, c_prev, params):
    stacked = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(stacked @ params["Wf"] + params["bf"])
    i_t = sigmoid(stacked @ params["Wi"] + params["bi"])
    g_t = np.tanh(stacked @ params["Wc"] + params["bc"])
    o_t = sigmoid(stacked @ params["Wo"])
    c_t = f_t * c_prev + i_t * g_t
    h_t = o_t * np.tanh(c_t)
    return (h_t, c_t)


# === wrong from_keras | recurrent kernel transposed first
def from_keras(kernel, recurrent_kernel, bias):
    H = len(bias) // 4
    rk = recurrent_kernel.T.reshape(H, 4 * H)
    w = np.r_[rk, kernel]
    i, f, c, o = [w[:, j * H:(j + 1) * H] for j in range(4)]
    bi, bf, bc, bo = [bias[j * H:(j + 1) * H] for j in range(4)]
    return dict(Wf=f, bf=bf, Wi=i, bi=bi, Wc=c, bc=bc, Wo=o, bo=bo)


# === wrong lstm_step | output gate peeks at the new cell state (peephole from another lecture)
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    forget = sigmoid(a @ params["Wf"] + params["bf"])
    update = sigmoid(a @ params["Wi"] + params["bi"])
    cand = np.tanh(a @ params["Wc"] + params["bc"])
    c_new = forget * c_prev + update * cand
    out = sigmoid(a @ params["Wo"] + params["bo"] + c_new)
    return out * np.tanh(c_new), c_new


# === wrong lstm_gates | candidate returned before its tanh
def lstm_gates(X, h_0, c_0, params):
    h, c = h_0, c_0
    lists = [[], [], [], []]
    for t in range(X.shape[1]):
        a = np.concatenate([h, X[:, t]], axis=1)
        pre = [a @ params["W" + k] + params["b" + k] for k in "fioc"]
        for number in range(3):
            lists[number].append(sigmoid(pre[number]))
        lists[3].append(pre[3])
        h, c = lstm_step(X[:, t], h, c, params)
    keys = ["f", "i", "o", "candidate"]
    return {key: np.stack(values, axis=1) for key, values in zip(keys, lists)}


# === wrong sigmoid | changes its argument in place
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    np.clip(z, -500, 500, out=z)
    z *= -1
    return 1 / (1 + np.exp(z))


# === wrong lstm_step | c_prev updated in place with +=
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    g_t = np.tanh(a @ params["Wc"] + params["bc"])
    c_t = c_prev
    c_t *= f_t
    c_t += i_t * g_t
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    return o_t * np.tanh(c_t), c_t


# === wrong lstm_forward | h carried, but the cell state starts from c_0 at each step
def lstm_forward(X, h_0, c_0, params):
    N, T, D = X.shape
    H = h_0.shape[1]
    hs, cs = np.empty((N, T, H)), np.empty((N, T, H))
    h = h_0
    for t in range(T):
        h, c = lstm_step(X[:, t, :], h, c_0, params)
        hs[:, t, :] = h
        cs[:, t, :] = c
    return hs, cs


# === wrong lstm_gates | only the last step's gates
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


# === wrong sigmoid | the softmax of another lecture
def sigmoid(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


# === wrong from_keras | keys with capital letters as in Keras' names, biases named wrong
def from_keras(kernel, recurrent_kernel, bias):
    W = np.concatenate([recurrent_kernel, kernel], axis=0)
    Wi, Wf, Wc, Wo = np.split(W, 4, axis=1)
    bi, bf, bc, bo = np.split(bias, 4)
    return {"W_i": Wi, "b_i": bi, "W_f": Wf, "b_f": bf, "W_c": Wc, "b_c": bc, "W_o": Wo, "b_o": bo}


# === wrong lstm_forward | only the last states, and as a list
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
    return [h, c]


# === wrong lstm_gates | the sequence is read backwards
def lstm_gates(X, h_0, c_0, params):
    N, T, D = X.shape
    found = {"f": [], "i": [], "o": [], "candidate": []}
    h, c = h_0, c_0
    for t in reversed(range(T)):
        a = np.concatenate([h, X[:, t]], axis=1)
        found["f"].append(sigmoid(a @ params["Wf"] + params["bf"]))
        found["i"].append(sigmoid(a @ params["Wi"] + params["bi"]))
        found["o"].append(sigmoid(a @ params["Wo"] + params["bo"]))
        found["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {k: np.stack(v, axis=1) for k, v in found.items()}


# === wrong lstm_step_backward | da overwritten: only the output gate's share arrives at h_prev and x_t
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc ** 2)
    dz = [dct * c_prev * f * (1 - f), dct * g * i * (1 - i), dct * i * (1 - g ** 2), dh * tc * o * (1 - o)]
    grads = {}
    for name, delta in zip(["f", "i", "c", "o"], dz):
        grads["W" + name] = a.T @ delta
        grads["b" + name] = np.sum(delta, axis=0)
        da = delta @ params["W" + name].T
    grads["h_prev"] = da[:, :H]
    grads["x_t"] = da[:, H:]
    grads["c_prev"] = dct * f
    return grads


# === wrong lstm_forward | tuple order swapped
def lstm_forward(X, h_0, c_0, params):
    states = []
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, params)
        states.append((c, h))
    cells, hiddens = zip(*states)
    return np.stack(cells, axis=1), np.stack(hiddens, axis=1)


# === wrong lstm_step_backward | gradients of the matrices transposed
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f, i, o = (sigmoid(a @ params["W" + k] + params["b" + k]) for k in "fio")
    g = np.tanh(a @ params["Wc"] + params["bc"])
    tc = np.tanh(f * c_prev + i * g)
    s = dc + dh * o * (1 - tc * tc)
    zf, zi, zc, zo = s * c_prev * f * (1 - f), s * g * i * (1 - i), s * i * (1 - g * g), dh * tc * o * (1 - o)
    da = zf @ params["Wf"].T + zi @ params["Wi"].T + zc @ params["Wc"].T + zo @ params["Wo"].T
    return {"Wf": zf.T @ a, "Wi": zi.T @ a, "Wc": zc.T @ a, "Wo": zo.T @ a,
            "bf": zf.sum(0), "bi": zi.sum(0), "bc": zc.sum(0), "bo": zo.sum(0),
            "h_prev": da[:, :H], "x_t": da[:, H:], "c_prev": s * f}


# === wrong from_keras | column vectors for the biases and matrices transposed, as in Andrew Ng's course
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    W = np.concatenate([recurrent_kernel, kernel], axis=0)
    params = {}
    for k, g in enumerate("ifco"):
        params["W" + g] = W[:, k * H:(k + 1) * H].T
        params["b" + g] = bias[k * H:(k + 1) * H].reshape(H, 1)
    return params


# === right from_keras | reshape to (rows, 4, H) and transposed views
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    W = np.concatenate([recurrent_kernel, kernel], axis=0).reshape(-1, 4, H)
    b = np.reshape(bias, (4, H))
    order = {"i": 0, "f": 1, "c": 2, "o": 3}
    return {"W" + k: W[:, j] for k, j in order.items()} | {"b" + k: b[j] for k, j in order.items()}


# === wrong lstm_step_backward | forget and input gate get each other's factor
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    forget_gate = sigmoid(a @ params["Wf"] + params["bf"])
    input_gate = sigmoid(a @ params["Wi"] + params["bi"])
    candidate = np.tanh(a @ params["Wc"] + params["bc"])
    output_gate = sigmoid(a @ params["Wo"] + params["bo"])
    new_cell = forget_gate * c_prev + input_gate * candidate
    cell_grad = dc + dh * output_gate * (1 - np.tanh(new_cell) ** 2)
    forget_grad = cell_grad * candidate * forget_gate * (1 - forget_gate)
    input_grad = cell_grad * c_prev * input_gate * (1 - input_gate)
    candidate_grad = cell_grad * input_gate * (1 - candidate ** 2)
    output_grad = dh * np.tanh(new_cell) * output_gate * (1 - output_gate)
    a_grad = (forget_grad @ params["Wf"].T + input_grad @ params["Wi"].T
              + candidate_grad @ params["Wc"].T + output_grad @ params["Wo"].T)
    return {
        "x_t": a_grad[:, H:],
        "h_prev": a_grad[:, :H],
        "c_prev": cell_grad * forget_gate,
        "Wf": a.T @ forget_grad, "bf": forget_grad.sum(axis=0),
        "Wi": a.T @ input_grad, "bi": input_grad.sum(axis=0),
        "Wc": a.T @ candidate_grad, "bc": candidate_grad.sum(axis=0),
        "Wo": a.T @ output_grad, "bo": output_grad.sum(axis=0),
    }


# === wrong sigmoid | np.sigmoid does not exist
def sigmoid(z):
    return np.sigmoid(z)


# === right lstm_step_backward | loops over the batch, outer products
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    D = x_t.shape[1]
    grads = {"x_t": np.zeros((N, D)), "h_prev": np.zeros((N, H)), "c_prev": np.zeros((N, H))}
    for k in "fico":
        grads["W" + k] = np.zeros((H + D, H))
        grads["b" + k] = np.zeros(H)
    for n in range(N):
        a = np.concatenate([h_prev[n], x_t[n]])
        s = {}
        for k in "fio":
            s[k] = sigmoid(a @ params["W" + k] + params["b" + k])
        s["c"] = np.tanh(a @ params["Wc"] + params["bc"])
        c = s["f"] * c_prev[n] + s["i"] * s["c"]
        total = dc[n] + dh[n] * s["o"] / np.cosh(c) ** 2
        dz = {
            "f": total * c_prev[n] * (s["f"] - s["f"] ** 2),
            "i": total * s["c"] * (s["i"] - s["i"] ** 2),
            "c": total * s["i"] * (1 - s["c"] ** 2),
            "o": dh[n] * np.tanh(c) * (s["o"] - s["o"] ** 2),
        }
        for k in dz:
            grads["W" + k] += np.outer(a, dz[k])
            grads["b" + k] += dz[k]
            back = params["W" + k] @ dz[k]
            grads["h_prev"][n] += back[:H]
            grads["x_t"][n] += back[H:]
        grads["c_prev"][n] = total * s["f"]
    return grads


# === wrong from_keras | off by one in the columns of the o block
def from_keras(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    Wh, Wx = recurrent_kernel, kernel
    result = {}
    result["Wi"] = np.vstack([Wh[:, 0:H], Wx[:, 0:H]])
    result["Wf"] = np.vstack([Wh[:, H:2*H], Wx[:, H:2*H]])
    result["Wc"] = np.vstack([Wh[:, 2*H:3*H], Wx[:, 2*H:3*H]])
    result["Wo"] = np.vstack([Wh[:, 3*H:-1], Wx[:, 3*H:-1]])
    result["bi"] = bias[0:H]
    result["bf"] = bias[H:2*H]
    result["bc"] = bias[2*H:3*H]
    result["bo"] = bias[3*H:-1]
    return result


# === wrong lstm_step | the previous cell state in the tanh of the hidden state
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"])
    i_t = sigmoid(a @ params["Wi"] + params["bi"])
    o_t = sigmoid(a @ params["Wo"] + params["bo"])
    h_t = o_t * np.tanh(c_prev)
    c_t = f_t * c_prev + i_t * np.tanh(a @ params["Wc"] + params["bc"])
    return h_t, c_t


# === wrong lstm_forward | hs copied by reference: the same array appended, filled in place
def lstm_forward(X, h_0, c_0, params):
    h = h_0.copy()
    c = c_0.copy()
    hs = []
    cs = []
    for t in range(X.shape[1]):
        h_new, c_new = lstm_step(X[:, t], h, c, params)
        h[:] = h_new
        c[:] = c_new
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)


# === right lstm_step | row by row and unit by unit in plain loops
def lstm_step(x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    D = x_t.shape[1]
    h_t, c_t = np.zeros((N, H)), np.zeros((N, H))
    for n in range(N):
        row = list(h_prev[n]) + list(x_t[n])
        for u in range(H):
            total = {}
            for k in "fico":
                s = params["b" + k][u]
                for j in range(H + D):
                    s = s + row[j] * params["W" + k][j, u]
                total[k] = s
            c_t[n, u] = sigmoid(total["f"]) * c_prev[n, u] + sigmoid(total["i"]) * np.tanh(total["c"])
            h_t[n, u] = sigmoid(total["o"]) * np.tanh(c_t[n, u])
    return h_t, c_t


# === wrong lstm_step | no bias anywhere but the forget gate, with a forget bias of 1 added
def lstm_step(x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(a @ params["Wf"] + params["bf"] + 1.0)
    i_t = sigmoid(a @ params["Wi"])
    g_t = np.tanh(a @ params["Wc"])
    o_t = sigmoid(a @ params["Wo"])
    c_t = f_t * c_prev + i_t * g_t
    return o_t * np.tanh(c_t), c_t


# === wrong from_keras | kernel and recurrent kernel added, no concatenation
def from_keras(kernel, recurrent_kernel, bias):
    total = kernel + recurrent_kernel
    W = np.split(total, 4, axis=1)
    b = np.split(bias, 4)
    return {"Wi": W[0], "Wf": W[1], "Wc": W[2], "Wo": W[3], "bi": b[0], "bf": b[1], "bc": b[2], "bo": b[3]}


# === wrong sigmoid | wrong sign and overflow: 1 / (1 + exp(z))
def sigmoid(z):
    numerator = 1.0
    denominator = 1.0 + np.exp(z)
    return numerator / denominator


# === wrong lstm_step_backward | no slope for the output gate, h_prev and x_t share taken without transposing for Wc
def lstm_step_backward(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    a = np.concatenate([h_prev, x_t], axis=1)
    f = sigmoid(a @ params["Wf"] + params["bf"])
    i = sigmoid(a @ params["Wi"] + params["bi"])
    g = np.tanh(a @ params["Wc"] + params["bc"])
    o = sigmoid(a @ params["Wo"] + params["bo"])
    tc = np.tanh(f * c_prev + i * g)
    dct = dc + dh * o * (1 - tc ** 2)
    dzf, dzi = dct * c_prev * f * (1 - f), dct * g * i * (1 - i)
    dzc, dzo = dct * i * (1 - g ** 2), dh * tc
    da = dzf @ params["Wf"].T + dzi @ params["Wi"].T + dzc @ params["Wc"] + dzo @ params["Wo"].T
    return {"x_t": da[:, H:], "h_prev": da[:, :H], "c_prev": dct * f,
            "Wf": a.T @ dzf, "bf": dzf.sum(0), "Wi": a.T @ dzi, "bi": dzi.sum(0),
            "Wc": a.T @ dzc, "bc": dzc.sum(0), "Wo": a.T @ dzo, "bo": dzo.sum(0)}


# === wrong lstm_forward | skips the first step and gives time first
def lstm_forward(X, h_0, c_0, params):
    h, c = h_0, c_0
    hs, cs = [], []
    for t in range(1, X.shape[1]):
        h, c = lstm_step(X[:, t, :], h, c, params)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)
