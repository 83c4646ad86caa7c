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
