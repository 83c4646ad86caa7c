"""Right answers to the assignment lstm in other styles than the reference's."""

import numpy as np
import scipy.special


def sigmoid__tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


def sigmoid__clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def sigmoid__scipy(z):
    return scipy.special.expit(np.asarray(z, dtype=float))


def sigmoid__masked(z):
    z = np.array(z, dtype=float)
    positive = z >= 0
    z[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    z[~positive] = e / (1 + e)
    return z


def lstm_step__loops(x_t, h_prev, c_prev, params):
    N, H = h_prev.shape
    h_t, c_t = np.empty((N, H)), np.empty((N, H))
    for n in range(N):
        a = list(h_prev[n]) + list(x_t[n])
        for j in range(H):
            z = {}
            for gate in "fico":
                z[gate] = params["b" + gate][j]
                for k in range(len(a)):
                    z[gate] += a[k] * params["W" + gate][k, j]
            f, i, o = (1 / (1 + np.exp(-z[gate])) for gate in "fio")
            c_t[n, j] = f * c_prev[n, j] + i * np.tanh(z["c"])
            h_t[n, j] = o * np.tanh(c_t[n, j])
    return h_t, c_t


def lstm_step__einsum(x_t, h_prev, c_prev, params):
    a = np.hstack([h_prev, x_t])
    z = {g: np.einsum("nk,kh->nh", a, params["W" + g]) + params["b" + g] for g in "fico"}
    c_t = sigmoid(z["f"]) * c_prev + sigmoid(z["i"]) * np.tanh(z["c"])
    return sigmoid(z["o"]) * np.tanh(c_t), c_t


def lstm_step__one_matrix(x_t, h_prev, c_prev, params):
    W = np.concatenate([params["W" + g] for g in "fico"], axis=1)
    b = np.concatenate([params["b" + g] for g in "fico"])
    f, i, g, o = np.split(np.c_[h_prev, x_t] @ W + b, 4, axis=1)
    c_t = c_prev / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    h_t = np.tanh(c_t) / (1 + np.exp(-o))
    return [h_t, c_t]


def lstm_step__two_matrices(x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]

    def z(gate):
        W = params["W" + gate]
        return h_prev @ W[:H] + x_t @ W[H:] + params["b" + gate]

    c_t = sigmoid(z("f")) * c_prev + sigmoid(z("i")) * np.tanh(z("c"))
    return sigmoid(z("o")) * np.tanh(c_t), c_t


def lstm_gates__filled(X, h_0, c_0, params):
    N, T, _ = X.shape
    gates = {name: np.zeros((N, T, h_0.shape[1])) for name in ("f", "i", "o", "candidate")}
    h, c = h_0.copy(), c_0.copy()
    for t in range(T):
        a = np.concatenate((h, X[:, t, :]), axis=1)
        for name, gate in (("f", "f"), ("i", "i"), ("o", "o"), ("candidate", "c")):
            squash = np.tanh if gate == "c" else sigmoid
            gates[name][:, t] = squash(a.dot(params["W" + gate]) + params["b" + gate])
        c = gates["f"][:, t] * c + gates["i"][:, t] * gates["candidate"][:, t]
        h = gates["o"][:, t] * np.tanh(c)
    return gates


def lstm_gates__from_forward(X, h_0, c_0, params):
    hs, _ = lstm_forward(X, h_0, c_0, params)
    before = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    a = np.concatenate([before, X], axis=2)
    squashed = {g: sigmoid(a @ params["W" + g] + params["b" + g]) for g in "fio"}
    return {"candidate": np.tanh(a @ params["Wc"] + params["bc"]), **squashed}


def lstm_gates__transposed(X, h_0, c_0, params):
    found = {"f": [], "i": [], "o": [], "candidate": []}
    h, c = h_0, c_0
    for t in range(X.shape[1]):
        a = np.hstack([h, X[:, t]])
        for gate in "fio":
            found[gate].append(sigmoid(a @ params[f"W{gate}"] + params[f"b{gate}"]))
        found["candidate"].append(np.tanh(a @ params["Wc"] + params["bc"]))
        h, c = lstm_step(X[:, t], h, c, params)
    return {name: np.array(values).transpose(1, 0, 2) for name, values in found.items()}


def lstm_forward__filled(X, h_0, c_0, params):
    N, T, _ = X.shape
    hs = np.empty((N, T, h_0.shape[1]))
    cs = np.empty_like(hs)
    h, c = h_0, c_0
    for t in range(T):
        h, c = lstm_step(X[:, t, :], h, c, params)
        hs[:, t, :], cs[:, t, :] = h, c
    return hs, cs


def lstm_forward__one_sequence_at_a_time(X, h_0, c_0, params):
    hs, cs = [], []
    for x, h, c in zip(X, h_0, c_0):
        h, c = h[None], c[None]
        for x_t in x:
            h, c = lstm_step(x_t[None], h, c, params)
            hs.append(h[0])
            cs.append(c[0])
    shape = (X.shape[0], X.shape[1], h_0.shape[1])
    return np.array(hs).reshape(shape), np.array(cs).reshape(shape)


def lstm_forward__recursive(X, h_0, c_0, params):
    h, c = lstm_step(X[:, 0], h_0, c_0, params)
    if X.shape[1] == 1:
        return h[:, None], c[:, None]
    hs, cs = lstm_forward(X[:, 1:], h, c, params)
    return np.concatenate([h[:, None], hs], 1), np.concatenate([c[:, None], cs], 1)


def lstm_step_backward__written_out(dh, dc, x_t, h_prev, c_prev, params):
    a = np.hstack((h_prev, x_t))
    f = sigmoid(np.dot(a, params["Wf"]) + params["bf"])
    i = sigmoid(np.dot(a, params["Wi"]) + params["bi"])
    g = np.tanh(np.dot(a, params["Wc"]) + params["bc"])
    o = sigmoid(np.dot(a, params["Wo"]) + params["bo"])
    c = f * c_prev + i * g
    do = dh * np.tanh(c)
    dcell = dc + dh * o / np.cosh(c) ** 2
    dzf = dcell * c_prev * f * (1 - f)
    dzi = dcell * g * i * (1 - i)
    dzg = dcell * i * (1 - g * g)
    dzo = do * o * (1 - o)
    da = dzf @ params["Wf"].T + dzi @ params["Wi"].T + dzg @ params["Wc"].T + dzo @ params["Wo"].T
    H = h_prev.shape[1]
    return {
        "bf": dzf.sum(0),
        "bi": dzi.sum(0),
        "bc": dzg.sum(0),
        "bo": dzo.sum(0),
        "Wf": a.T @ dzf,
        "Wi": a.T @ dzi,
        "Wc": a.T @ dzg,
        "Wo": a.T @ dzo,
        "x_t": da[:, H:],
        "h_prev": da[:, :H],
        "c_prev": dcell * f,
    }


def lstm_step_backward__einsum(dh, dc, x_t, h_prev, c_prev, params):
    a = np.concatenate([h_prev, x_t], axis=1)
    z = {k: np.einsum("nk,kh->nh", a, params["W" + k]) + params["b" + k] for k in "fico"}
    s = {k: sigmoid(z[k]) for k in "fio"}
    g = np.tanh(z["c"])
    t = np.tanh(s["f"] * c_prev + s["i"] * g)
    total = dc + dh * s["o"] * (1 - t) * (1 + t)
    d = {"f": total * c_prev, "i": total * g, "o": dh * t}
    dz = {k: d[k] * s[k] * (1 - s[k]) for k in "fio"} | {"c": total * s["i"] * (1 - g**2)}
    grads = {"W" + k: np.einsum("nk,nh->kh", a, dz[k]) for k in dz}
    grads |= {"b" + k: np.einsum("nh->h", dz[k]) for k in dz}
    da = sum(np.einsum("nh,kh->nk", dz[k], params["W" + k]) for k in dz)
    dh_prev, dx = np.split(da, [h_prev.shape[1]], axis=1)
    return grads | {"x_t": dx, "h_prev": dh_prev, "c_prev": total * s["f"]}


def lstm_step_backward__one_example_at_a_time(dh, dc, x_t, h_prev, c_prev, params):
    H = h_prev.shape[1]
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    parts = {"x_t": [], "h_prev": [], "c_prev": []}
    for n in range(len(x_t)):
        a = np.concatenate([h_prev[n], x_t[n]])
        f, i, o = (sigmoid(a @ params["W" + k] + params["b" + k]) for k in "fio")
        g = np.tanh(a @ params["Wc"] + params["bc"])
        t = np.tanh(f * c_prev[n] + i * g)
        cell = dc[n] + dh[n] * o * (1 - t**2)
        dz = {
            "f": cell * c_prev[n] * f * (1 - f),
            "i": cell * g * i * (1 - i),
            "c": cell * i * (1 - g**2),
            "o": dh[n] * t * o * (1 - o),
        }
        da = np.zeros(len(a))
        for k, value in dz.items():
            grads["W" + k] += np.outer(a, value)
            grads["b" + k] += value
            da += params["W" + k] @ value
        parts["h_prev"].append(da[:H])
        parts["x_t"].append(da[H:])
        parts["c_prev"].append(cell * f)
    return grads | {name: np.array(rows) for name, rows in parts.items()}


def from_keras__slices(kernel, recurrent_kernel, bias):
    H = recurrent_kernel.shape[0]
    params = {}
    for k, gate in enumerate(["i", "f", "c", "o"]):
        columns = slice(k * H, (k + 1) * H)
        params["W" + gate] = np.vstack([recurrent_kernel[:, columns], kernel[:, columns]])
        params["b" + gate] = bias[columns].copy()
    return params


def from_keras__reshape(kernel, recurrent_kernel, bias):
    H = len(recurrent_kernel)
    W = np.r_[recurrent_kernel, kernel].reshape(-1, 4, H)
    b = np.reshape(bias, (4, H))
    names = "ifco"
    return {f"W{names[k]}": W[:, k] for k in range(4)} | {f"b{names[k]}": b[k] for k in range(4)}


def from_keras__unpacked(kernel, recurrent_kernel, bias):
    Ui, Uf, Uc, Uo = np.hsplit(recurrent_kernel, 4)
    Ki, Kf, Kc, Ko = np.hsplit(kernel, 4)
    bi, bf, bc, bo = np.array_split(bias, 4)
    stack = np.concatenate
    return dict(
        Wf=stack([Uf, Kf]),
        Wi=stack([Ui, Ki]),
        Wc=stack([Uc, Kc]),
        Wo=stack([Uo, Ko]),
        bf=bf,
        bi=bi,
        bc=bc,
        bo=bo,
    )


def adding_cell__two_units():
    params = {name: np.zeros((4, 2)) for name in ("Wf", "Wi", "Wc", "Wo")}
    params |= {name: np.zeros(2) for name in ("bc", "bo")}
    params["bf"] = np.full(2, 30.0)
    params["bi"] = np.full(2, -30.0)
    params["Wi"][3] = 60
    params["Wc"][2] = 0.02, -0.02
    return params, np.array([25.0, -25.0])


def adding_cell__the_candidate_is_marked():
    """The input gate is always open; the mark drives the candidate out of its saturation."""
    params = {f"W{gate}": np.zeros((4, 2)) for gate in "fico"}
    params |= {f"b{gate}": np.zeros(2) for gate in "fico"}
    params["bf"] += 40
    params["bi"] += -40
    params["Wi"][-1] = 80
    params["Wc"][2, 0], params["Wo"][:] = 0.005, 0.3
    return [params, [200, 0]]


def adding_cell__minus():
    k = 50
    params = {f"W{gate}": np.zeros((3, 1)) for gate in "fico"}
    params |= {f"b{gate}": np.zeros(1) for gate in "fico"}
    params["bf"][0], params["bi"][0], params["bo"][0] = k, -k, k
    params["Wi"][2], params["Wc"][1] = 2 * k, -0.001
    return params, np.array([-1000])
