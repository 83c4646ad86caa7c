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
