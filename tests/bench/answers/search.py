# === wrong expand_grid | names not sorted, order of the dict
def expand_grid(space):
    from itertools import product
    names = list(space)
    return [dict(zip(names, combo)) for combo in product(*(space[n] for n in names))]


# === right expand_grid | itertools.product over sorted names
from itertools import product
def expand_grid(space):
    keys = sorted(space)
    out = []
    for values in product(*[space[k] for k in keys]):
        out.append({k: v for k, v in zip(keys, values)})
    return out


# === wrong expand_grid | values sorted too
import itertools
def expand_grid(space):
    names = sorted(space)
    lists = [sorted(space[n], key=str) for n in names]
    return [dict(zip(names, t)) for t in itertools.product(*lists)]


# === wrong expand_grid | meshgrid turns the types
def expand_grid(space):
    names = sorted(space)
    if len(names) == 0:
        return [{}]
    mesh = np.meshgrid(*[np.array(space[n]) for n in names], indexing="ij")
    columns = [m.ravel() for m in mesh]
    grid = []
    for row in range(len(columns[0])):
        grid.append({n: str(columns[j][row]) for j, n in enumerate(names)})
    return grid


# === wrong expand_grid | returns tuples in place of dicts
def expand_grid(space):
    import itertools
    keys = sorted(space)
    return list(itertools.product(*(space[k] for k in keys)))


# === wrong expand_grid | return inside the loop
def expand_grid(space):
    points = [{}]
    for name in sorted(space):
        more = []
        for point in points:
            for value in space[name]:
                p = point.copy()
                p[name] = value
                more.append(p)
        points = more
        return points
    return points


# === wrong expand_grid | unbalanced bracket
def expand_grid(space):
    points = [{}]
    for name in sorted(space):
        points = [{**p, name: v} for p in points for v in space[name]
    return points


# === wrong expand_grid | pops from the caller's dict
def expand_grid(space):
    result = [{}]
    while space:
        name = min(space)
        values = space.pop(name)
        result = [dict(r, **{name: v}) for r in result for v in values]
    return result


# === wrong random_search | rng.choice turns the types
def random_search(space, n_iter, rng):
    def draw(values):
        if isinstance(values, tuple):
            return float(np.exp(rng.uniform(np.log(values[0]), np.log(values[1]))))
        return rng.choice(values)
    return [{name: draw(values) for name, values in space.items()} for i in range(n_iter)]


# === wrong random_search | new generator with a fixed seed, rng unused
def random_search(space, n_iter, rng):
    gen = np.random.default_rng(42)
    points = []
    for i in range(n_iter):
        p = {}
        for k, v in space.items():
            if type(v) is tuple:
                p[k] = float(np.exp(gen.uniform(np.log(v[0]), np.log(v[1]))))
            else:
                p[k] = v[gen.integers(len(v))]
        points.append(p)
    return points


# === wrong random_search | returns the logarithm, exp forgotten
def random_search(space, n_iter, rng):
    trials = []
    while len(trials) < n_iter:
        trial = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                low, high = values
                trial[name] = float(rng.uniform(np.log(low), np.log(high)))
            else:
                trial[name] = values[rng.integers(len(values))]
        trials.append(trial)
    return trials


# === wrong random_search | one draw copied n_iter times
def random_search(space, n_iter, rng):
    point = {}
    for name, values in space.items():
        if isinstance(values, tuple):
            point[name] = float(np.exp(rng.uniform(*np.log(values))))
        else:
            point[name] = values[rng.integers(len(values))]
    return [point] * n_iter


# === wrong random_search | without repetition, what was drawn is skipped
def random_search(space, n_iter, rng):
    drawn = []
    seen = []
    tries = 0
    while len(drawn) < n_iter and tries < 100 * n_iter:
        tries = tries + 1
        p = {}
        for k, v in space.items():
            if isinstance(v, tuple):
                p[k] = float(np.exp(rng.uniform(np.log(v[0]), np.log(v[1]))))
            else:
                p[k] = v[rng.integers(len(v))]
        if p in seen:
            continue
        seen.append(p)
        drawn.append(p)
    return drawn


# === wrong random_search | natural log, but power of ten; last setting missing
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter - 1):
        point = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                point[name] = float(10 ** rng.uniform(np.log(values[0]), np.log(values[1])))
            else:
                point[name] = values[rng.integers(len(values))]
        points.append(point)
    return points


# === wrong random_search | one u shared by all names
def random_search(space, n_iter, rng):
    out = []
    for u in rng.random(n_iter):
        p = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                lo, hi = values
                p[name] = float(lo * (hi / lo) ** u)
            else:
                p[name] = values[int(u * len(values))]
        out.append(p)
    return out


# === wrong random_search | rng called like the old random module
def random_search(space, n_iter, rng):
    result = []
    for i in range(n_iter):
        d = {}
        for k in space.keys():
            v = space[k]
            if isinstance(v, tuple):
                d[k] = float(np.exp(rng.uniform(np.log(v[0]), np.log(v[1]))))
            else:
                d[k] = v[rng.randint(0, len(v))]
        result.append(d)
    return result


# === wrong best_of | last one wins a tie
def best_of(results):
    best = None
    mean = -np.inf
    for params, scores in results:
        m = np.mean(scores)
        if not np.isnan(m) and m >= mean:
            best = params
            mean = m
    return best, float(mean)


# === wrong best_of | nanmean forgives a broken fold
def best_of(results):
    means = [np.nanmean(scores) for _, scores in results]
    k = int(np.nanargmax(means))
    return results[k][0], float(means[k])


# === wrong best_of | tuple the wrong way round
def best_of(results):
    ok = [(float(np.mean(s)), p) for p, s in results if not np.any(np.isnan(s))]
    top = max(m for m, _ in ok)
    for m, p in ok:
        if m == top:
            return m, p


# === wrong best_of | sum in place of mean
def best_of(results):
    winner, high = None, float("-inf")
    for params, scores in results:
        s = float(np.sum(scores))
        if s > high:
            winner, high = params, s
    return winner, high


# === wrong best_of | best single fold, not mean
def best_of(results):
    clean = [r for r in results if not np.isnan(np.array(r[1], dtype=float)).any()]
    scores = [max(r[1]) for r in clean]
    i = scores.index(max(scores))
    return clean[i][0], float(scores[i])


# === wrong best_of | index of the filtered list used on the whole list
def best_of(results):
    means = [float(np.mean(s)) for p, s in results]
    good = [m for m in means if not np.isnan(m)]
    i = int(np.argmax(good))
    return results[i][0], good[i]


# === wrong best_of | sorts the caller's list in place
def best_of(results):
    def key(r):
        m = np.mean(r[1])
        return np.inf if np.isnan(m) else -m
    results.sort(key=key)
    params, scores = results[0]
    return params, float(np.mean(scores))


# === wrong best_of | curly quotes
def best_of(results):
    best = (None, float(“-inf”))
    for params, scores in results:
        m = float(np.mean(scores))
        if m > best[1]:
            best = (params, m)
    return best


# === wrong expected_improvement | sigma 0 not treated, nan where mu equals best too
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    z = (mu - best) / sigma
    return (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)


# === wrong expected_improvement | 0 everywhere where sigma is 0
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    mu = np.asarray(mu, float)
    sigma = np.asarray(sigma, float)
    out = np.zeros(mu.shape)
    ok = sigma > 0
    g = mu[ok] - best
    z = g / sigma[ok]
    out[ok] = g * norm.cdf(z) + sigma[ok] * norm.pdf(z)
    return out


# === wrong expected_improvement | probability of improvement
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (mu - best) / sigma
    return np.where(np.asarray(sigma) == 0, np.maximum(mu - best, 0), norm.cdf(z))


# === wrong expected_improvement | integer array takes the floats
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    result = np.zeros_like(mu)
    for idx in np.ndindex(mu.shape):
        if sigma[idx] == 0:
            result[idx] = max(mu[idx] - best, 0)
        else:
            z = (mu[idx] - best) / sigma[idx]
            result[idx] = (mu[idx] - best) * norm.cdf(z) + sigma[idx] * norm.pdf(z)
    return result


# === wrong expected_improvement | sigma taken for a variance
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    sd = np.sqrt(sigma)
    gain = mu - best
    z = gain / np.where(sd == 0, 1, sd)
    value = gain * norm.cdf(z) + sd * norm.pdf(z)
    return np.where(sd == 0, np.maximum(gain, 0), value)


# === wrong expected_improvement | overwrites sigma of the caller with a tiny number
def expected_improvement(mu, sigma, best):
    from scipy.stats import norm
    sigma[sigma == 0] = 1e-9
    z = (mu - best) / sigma
    return (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)


# === wrong expected_improvement | margin xi subtracted, and minus between the terms
def expected_improvement(mu, sigma, best, xi=0.01):
    from scipy.stats import norm
    imp = mu - best - xi
    z = imp / np.where(sigma == 0, 1, sigma)
    ei = imp * norm.cdf(z) - sigma * norm.pdf(z)
    return np.where(sigma == 0, np.maximum(imp, 0), ei)


# === right expected_improvement | sigma times a function of z, divide with where
def expected_improvement(mu, sigma, best):
    from scipy.special import ndtr
    gain = np.asarray(mu, dtype=float) - best
    s = np.asarray(sigma, dtype=float)
    z = np.divide(gain, s, out=np.zeros_like(gain), where=s != 0)
    ei = gain * ndtr(z) + s * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    return np.where(s == 0, np.clip(gain, 0, None), ei)


# === wrong parzen_ratio | sums in place of means
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    l = norm.pdf(x[..., None], good, bandwidth).sum(axis=-1)
    g = norm.pdf(x[..., None], bad, bandwidth).sum(axis=-1)
    return l / g


# === right parzen_ratio | loop over the points
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    x = np.asarray(x, dtype=float)
    def hill(points):
        total = np.zeros_like(x)
        for p in points:
            total += norm(loc=p, scale=bandwidth).pdf(x)
        return total / len(points)
    return hill(good) / hill(bad)


# === wrong parzen_ratio | mean over all, one number
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    l = np.mean(norm.pdf(x[..., np.newaxis], good, bandwidth))
    g = np.mean(norm.pdf(x[..., np.newaxis], bad, bandwidth))
    return l / g


# === wrong parzen_ratio | one normal fitted to each group
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    return norm.pdf(x, np.mean(good), bandwidth) / norm.pdf(x, np.mean(bad), bandwidth)


# === right parzen_ratio | by hand, constants cancel, all pairs
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.special import logsumexp
    x = np.asarray(x, dtype=float)
    def logmean(points):
        points = np.asarray(points, dtype=float)
        e = -0.5 * ((x[..., None] - points) / bandwidth) ** 2
        return logsumexp(e, axis=-1) - np.log(points.size)
    return np.exp(logmean(good) - logmean(bad))


# === wrong parzen_ratio | gaussian_kde with bandwidth as a factor
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import gaussian_kde
    l = gaussian_kde(good, bw_method=bandwidth)
    g = gaussian_kde(bad, bw_method=bandwidth)
    return (l(np.ravel(x)) / g(np.ravel(x))).reshape(np.shape(x))


# === wrong parzen_ratio | max of the hills in place of the mean
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    a = norm.pdf(x[..., None], good, bandwidth).max(-1)
    b = norm.pdf(x[..., None], bad, bandwidth).max(-1)
    return a / b


# === wrong parzen_ratio | difference in place of ratio
def parzen_ratio(x, good, bad, bandwidth):
    from scipy.stats import norm
    l = norm.pdf(x[..., np.newaxis], good, bandwidth).mean(axis=-1)
    g = norm.pdf(x[..., np.newaxis], bad, bandwidth).mean(axis=-1)
    ratio = l - g
    return ratio


# === wrong build_classifier | gates get the activation too
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    net = keras.models.Sequential()
    net.add(keras.Input(shape=(length,)))
    net.add(keras.layers.Embedding(vocabulary, 32))
    net.add(keras.layers.LSTM(units, activation=activation, recurrent_activation=activation, kernel_initializer=init_mode))
    net.add(keras.layers.Dropout(dropout))
    net.add(keras.layers.Dense(3, kernel_initializer=init_mode, activation="softmax"))
    net.compile(loss="sparse_categorical_crossentropy", optimizer=optimizer)
    return net


# === wrong build_classifier | sigmoid output and binary loss
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    model = keras.Sequential([
        keras.Input((length,)),
        keras.layers.Embedding(vocabulary, 32),
        keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(3, activation="sigmoid", kernel_initializer=init_mode),
    ])
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    return model


# === wrong build_classifier | activation goes to the output
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    from keras.layers import Embedding, LSTM, Dropout, Dense
    model = keras.Sequential()
    model.add(keras.Input((length,)))
    model.add(Embedding(vocabulary, 32))
    model.add(LSTM(units, kernel_initializer=init_mode))
    model.add(Dropout(dropout))
    model.add(Dense(3, activation=activation, kernel_initializer=init_mode))
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


# === wrong build_classifier | Adam always, not compiled with the name
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    inp = keras.Input((length,))
    x = keras.layers.Embedding(vocabulary, 20)(inp)
    x = keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode)(x)
    x = keras.layers.Dropout(rate=dropout)(x)
    out = keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode)(x)
    model = keras.Model(inp, out)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# === wrong build_classifier | softmax missing
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    model = keras.Sequential([
        keras.Input((length,)),
        keras.layers.Embedding(vocabulary, 32),
        keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(3, kernel_initializer=init_mode),
    ])
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
