# === wrong expand_grid | first name changes fastest
def expand_grid(space):
    points = [{}]
    for name in sorted(space):
        points = [point | {name: value} for value in space[name] for point in points]
    return points


# === wrong expand_grid | empty space gives an empty list
def expand_grid(space):
    if not space:
        return []
    grid = [{}]
    for key in sorted(space.keys()):
        new = []
        for g in grid:
            for v in space[key]:
                d = dict(g)
                d[key] = v
                new.append(d)
        grid = new
    return grid


# === wrong expand_grid | one dict that is changed and appended again and again
def expand_grid(space):
    result = []
    current = {}
    names = sorted(space)
    def fill(i):
        if i == len(names):
            result.append(current)
            return
        for value in space[names[i]]:
            current[names[i]] = value
            fill(i + 1)
    fill(0)
    return result


# === right expand_grid | recursion on the first name
def expand_grid(space):
    def rest(names):
        if not names:
            yield {}
            return
        head, *tail = names
        for value in space[head]:
            for other in rest(tail):
                yield {head: value, **other}
    return list(rest(sorted(space)))


# === wrong expand_grid | zip in place of product
def expand_grid(space):
    names = sorted(space)
    if not names:
        return [{}]
    combos = []
    for values in zip(*[space[name] for name in names]):
        combos.append(dict(zip(names, values)))
    return combos


# === wrong expand_grid | names sorted backwards
def expand_grid(space):
    names = sorted(space, reverse=True)
    total = 1
    for n in names:
        total *= len(space[n])
    out = []
    for i in range(total):
        d = {}
        k = i
        for n in reversed(names):
            values = space[n]
            d[n] = values[k % len(values)]
            k = k // len(values)
        out.append(d)
    return out


# === right expand_grid | mixed radix counting
def expand_grid(space):
    names = sorted(space)
    total = 1
    for n in names:
        total *= len(space[n])
    out = []
    for i in range(total):
        d = {}
        for n in names[::-1]:
            i, r = divmod(i, len(space[n]))
            d[n] = space[n][r]
        out.append(d)
    return out


# === wrong random_search | uniform, not log-uniform
def random_search(space, n_iter, rng):
    settings = []
    for _ in range(n_iter):
        s = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                low, high = values
                s[name] = float(rng.uniform(low, high))
            else:
                s[name] = values[rng.integers(len(values))]
        settings.append(s)
    return settings


# === right random_search | log10 and a helper
def random_search(space, n_iter, rng):
    def one(spec):
        if isinstance(spec, tuple):
            a, b = np.log10(spec[0]), np.log10(spec[1])
            value = 10 ** (a + (b - a) * rng.random())
            return float(min(max(value, spec[0]), spec[1]))
        return spec[int(rng.integers(0, len(spec)))]
    result = []
    for _ in range(n_iter):
        point = {}
        for key in space:
            point[key] = one(space[key])
        result.append(point)
    return result


# === wrong random_search | the last value of a list is never drawn
def random_search(space, n_iter, rng):
    out = []
    for i in range(n_iter):
        d = dict()
        for name in space:
            values = space[name]
            if isinstance(values, list):
                index = rng.integers(0, len(values) - 1) if len(values) > 1 else 0
                d[name] = values[index]
            else:
                lo, hi = np.log(values[0]), np.log(values[1])
                d[name] = float(np.exp(lo + rng.random() * (hi - lo)))
        out.append(d)
    return out


# === wrong random_search | tuple treated as a list of two values
def random_search(space, n_iter, rng):
    result = []
    for _ in range(n_iter):
        result.append({k: v[int(rng.integers(len(v)))] for k, v in space.items()})
    return result


# === right random_search | uniform of unpacked logs, comprehension
def random_search(space, n_iter, rng):
    return [
        {
            name: float(np.exp(rng.uniform(*np.log(values)))) if isinstance(values, tuple) else values[rng.integers(len(values))]
            for name, values in space.items()
        }
        for _ in range(n_iter)
    ]


# === wrong random_search | np.random in place of rng
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter):
        point = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                point[name] = float(np.exp(np.random.uniform(np.log(values[0]), np.log(values[1]))))
            else:
                point[name] = values[np.random.randint(len(values))]
        points.append(point)
    return points


# === wrong random_search | range rounded to a power of ten
def random_search(space, n_iter, rng):
    settings = []
    for i in range(n_iter):
        setting = {}
        for key, val in space.items():
            if isinstance(val, tuple):
                low, high = val
                exponent = rng.integers(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
                setting[key] = 10.0 ** float(exponent)
            else:
                setting[key] = val[rng.integers(0, len(val))]
        settings.append(setting)
    return settings


# === right random_search | inverse transform, one uniform number for each
def random_search(space, n_iter, rng):
    out = []
    for _ in range(n_iter):
        p = {}
        for name in sorted(space):
            values = space[name]
            u = rng.random()
            if isinstance(values, tuple):
                lo, hi = values
                p[name] = min(float(lo) * (hi / lo) ** u, float(hi))
            else:
                p[name] = values[int(u * len(values))]
        out.append(p)
    return out


# === wrong best_of | nan not thought of, max with nan first
def best_of(results):
    best_params, best_mean = None, None
    for params, scores in results:
        m = float(np.mean(scores))
        if best_mean is None or m > best_mean:
            best_params, best_mean = params, m
    return best_params, best_mean


# === right best_of | list of pairs, then max
def best_of(results):
    pairs = [(p, float(np.mean(s))) for p, s in results]
    pairs = [pair for pair in pairs if pair[1] == pair[1]]
    return max(pairs, key=lambda pair: pair[1])


# === wrong best_of | starts at 0, negative scores never win
def best_of(results):
    best_score = 0.0
    best_params = {}
    for params, fold_scores in results:
        total = 0.0
        for s in fold_scores:
            total += s
        avg = total / len(fold_scores)
        if avg > best_score:
            best_score = float(avg)
            best_params = params
    return (best_params, best_score)


# === wrong best_of | nan counted as zero
def best_of(results):
    M = np.array([np.mean(np.nan_to_num(np.asarray(scores, dtype=float))) for params, scores in results])
    i = int(M.argmax())
    return results[i][0], float(M[i])


# === right best_of | explicit loop with math.isnan
import math
def best_of(results):
    best_params = None
    best_mean = -math.inf
    found = False
    for params, fold_scores in results:
        broken = False
        for score in fold_scores:
            if math.isnan(score):
                broken = True
        if broken:
            continue
        m = float(np.mean(np.asarray(fold_scores, dtype=float)))
        if not found or m > best_mean:
            best_params, best_mean, found = params, m, True
    return best_params, best_mean


# === wrong best_of | lowest mean, as if it were a loss
def best_of(results):
    pairs = []
    for params, folds in results:
        m = float(np.mean(folds))
        if not np.isnan(m):
            pairs.append((params, m))
    pairs.sort(key=lambda t: t[1])
    return pairs[0]


# === wrong best_of | compares with nan by == and returns params only
def best_of(results):
    best = None
    for params, scores in results:
        if float("nan") in scores:
            continue
        m = np.mean(scores)
        if best is None or m > best[1]:
            best = (params, m)
    return best[0]


# === right best_of | array of means, np.nanargmax
def best_of(results):
    means = np.array([np.mean(np.asarray(s, dtype=float)) for _, s in results])
    k = int(np.nanargmax(means))
    return (results[k][0], float(means[k]))


# === wrong expected_improvement | sign for minimisation
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    gain = best - mu
    safe = np.where(sigma == 0, 1, sigma)
    z = gain / safe
    ei = gain * norm.cdf(z) + sigma * norm.pdf(z)
    return np.where(sigma == 0, np.maximum(gain, 0), ei)


# === right expected_improvement | mask and assignment
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    mu = np.asarray(mu, dtype=float)
    sigma = np.asarray(sigma, dtype=float)
    ei = np.maximum(mu - best, 0.0)
    m = sigma > 0
    z = (mu[m] - best) / sigma[m]
    ei[m] = (mu[m] - best) * norm.cdf(z) + sigma[m] * norm.pdf(z)
    return ei


# === wrong expected_improvement | cdf and pdf swapped
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    gain = mu - best
    z = gain / np.where(sigma == 0, 1, sigma)
    ei = gain * norm.pdf(z) + sigma * norm.cdf(z)
    return np.where(sigma == 0, np.maximum(gain, 0), ei)


# === wrong expected_improvement | second term without sigma
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    d = np.subtract(mu, best)
    s = np.array(sigma, dtype=float)
    s[s == 0] = 1.0
    z = d / s
    r = d * norm.cdf(z) + norm.pdf(z)
    r[np.asarray(sigma) == 0] = np.maximum(d, 0)[np.asarray(sigma) == 0]
    return r


# === right expected_improvement | erf by hand, elementwise loop
import math
def expected_improvement(mu, sigma, best):
    mu, sigma = np.asarray(mu), np.asarray(sigma)
    out = np.empty(mu.shape, dtype=float)
    for i in np.ndindex(mu.shape):
        m, s = float(mu[i]) - best, float(sigma[i])
        if s == 0:
            out[i] = max(m, 0.0)
        else:
            z = m / s
            Phi = 0.5 * math.erfc(-z / math.sqrt(2))
            phi = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
            out[i] = m * Phi + s * phi
    return out


# === wrong expected_improvement | density without 1/sqrt(2 pi)
def expected_improvement(mu, sigma, best):
    from scipy.special import ndtr
    sigma = np.asarray(sigma, dtype=float)
    improvement = np.asarray(mu) - best
    z = np.divide(improvement, sigma, out=np.zeros_like(sigma), where=sigma != 0)
    ei = improvement * ndtr(z) + sigma * np.exp(-z ** 2 / 2)
    return np.where(sigma == 0, np.maximum(improvement, 0), ei)


# === wrong expected_improvement | python if on an array
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    if sigma == 0:
        return max(mu - best, 0)
    z = (mu - best) / sigma
    return (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)


# === wrong expected_improvement | the certain case may be negative
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    gain = np.asarray(mu, dtype=float) - best
    sig = np.asarray(sigma, dtype=float)
    z = gain / np.where(sig > 0, sig, 1.0)
    return np.where(sig > 0, gain * norm.cdf(z) + sig * norm.pdf(z), gain)


# === wrong expected_improvement | prints the result
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    gain = mu - best
    z = gain / np.where(sigma == 0, 1, sigma)
    ei = np.where(sigma == 0, np.maximum(gain, 0), gain * norm.cdf(z) + sigma * norm.pdf(z))
    print("EI:", ei)


# === wrong parzen_ratio | bad over good
def parzen_ratio(x, good, bad, bandwidth):
    def density(points):
        d = np.zeros(np.shape(x))
        for p in points:
            d = d + np.exp(-((x - p) ** 2) / (2 * bandwidth ** 2))
        return d / len(points)
    return density(bad) / density(good)


# === wrong parzen_ratio | bandwidth as a variance
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    sd = np.sqrt(bandwidth)
    top = np.mean(norm.pdf(np.expand_dims(x, -1), good, sd), axis=-1)
    bottom = np.mean(norm.pdf(np.expand_dims(x, -1), bad, sd), axis=-1)
    return top / bottom


# === wrong parzen_ratio | 2 missing in the exponent
def parzen_ratio(x, good, bad, bandwidth):
    lx = []
    for value in x.ravel():
        l = sum(np.exp(-((value - p) / bandwidth) ** 2) for p in good) / len(good)
        g = sum(np.exp(-((value - p) / bandwidth) ** 2) for p in bad) / len(bad)
        lx.append(l / g)
    return np.array(lx).reshape(x.shape)


# === wrong parzen_ratio | no new axis, x and points broadcast together
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    l = norm.pdf(x, good, bandwidth).mean()
    g = norm.pdf(x, bad, bandwidth).mean()
    return l / g


# === wrong parzen_ratio | flattens x, works for one axis only
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    x = np.ravel(x)
    L = norm.pdf(x[:, None], good[None, :], bandwidth).mean(axis=1)
    G = norm.pdf(x[:, None], bad[None, :], bandwidth).mean(axis=1)
    return L / G


# === wrong parzen_ratio | mean of the ratios, and share of the good
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    gamma = len(good) / (len(good) + len(bad))
    out = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        l = norm.pdf(x[i], good, bandwidth).mean()
        g = norm.pdf(x[i], bad, bandwidth).mean()
        out[i] = 1 / (gamma + g / l * (1 - gamma))
    return out


# === right parzen_ratio | nested Python loops over a flat copy
import math
def parzen_ratio(x, good, bad, bandwidth):
    flat = [float(v) for v in np.ravel(x)]
    ratios = []
    for v in flat:
        l = sum(math.exp(-(v - float(p)) ** 2 / (2 * bandwidth ** 2)) for p in good) / len(good)
        g = sum(math.exp(-(v - float(p)) ** 2 / (2 * bandwidth ** 2)) for p in bad) / len(bad)
        ratios.append(l / g)
    return np.array(ratios).reshape(np.shape(x))


# === wrong build_classifier | model not returned
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    model = keras.Sequential([
        keras.Input((length,)),
        keras.layers.Embedding(vocabulary, 16),
        keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode),
    ])
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])


# === right build_classifier | functional interface, one-hot loss
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    inputs = keras.Input(shape=(length,))
    h = keras.layers.Embedding(input_dim=vocabulary, output_dim=24)(inputs)
    h = keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode)(h)
    h = keras.layers.Dropout(dropout)(h)
    outputs = keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode)(h)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer=optimizer, loss=keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    return model


# === wrong build_classifier | dense layer keeps the default initializer
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    L = keras.layers
    model = keras.Sequential([
        keras.Input((length,)),
        L.Embedding(vocabulary, 8),
        L.LSTM(units, activation, kernel_initializer=init_mode),
        L.Dropout(dropout),
        L.Dense(3, "softmax"),
    ])
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


# === wrong build_classifier | dropout inside the LSTM in place of the layer
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    model = keras.Sequential([
        keras.Input((length,)),
        keras.layers.Embedding(vocabulary, 32),
        keras.layers.LSTM(units, activation=activation, dropout=dropout, kernel_initializer=init_mode),
        keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode),
    ])
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# === right build_classifier | list of layers, sparse loss object
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    layers = [
        keras.Input((length,), dtype="int32"),
        keras.layers.Embedding(vocabulary, 10),
        keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode, name="lstm"),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(3, kernel_initializer=init_mode),
    ]
    layers[-1] = keras.layers.Dense(3, "softmax", kernel_initializer=init_mode)
    model = keras.Sequential(layers)
    model.compile(optimizer=optimizer, loss=keras.losses.SparseCategoricalCrossentropy())
    return model


# === wrong build_classifier | all steps returned, and dropout as a share to keep
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    model = keras.Sequential([
        keras.Input((length,)),
        keras.layers.Embedding(vocabulary, 32),
        keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode, return_sequences=True),
        keras.layers.Dropout(1 - dropout),
        keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode),
    ])
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model
