# === wrong expand_grid | names are not sorted
import itertools

def expand_grid(space):
    names = list(space)
    points = []
    for values in itertools.product(*space.values()):
        points.append(dict(zip(names, values)))
    return points

# === wrong expand_grid | the first name changes fastest
def expand_grid(space):
    points = [{}]
    for name in sorted(space):
        points = [{**point, name: value} for value in space[name] for point in points]
    return points

# === wrong expand_grid | sorted without regard to capitals
import itertools

def expand_grid(space):
    names = sorted(space, key=str.lower)
    return [dict(zip(names, combo)) for combo in itertools.product(*[space[n] for n in names])]

# === wrong expand_grid | the values are sorted as well
def expand_grid(space):
    result = [{}]
    for name in sorted(space.keys()):
        new = []
        for r in result:
            for v in sorted(space[name], key=str):
                d = dict(r)
                d[name] = v
                new.append(d)
        result = new
    return result

# === wrong expand_grid | an empty space gives an empty list
def expand_grid(space):
    grid = []
    for name in sorted(space):
        if not grid:
            grid = [{name: value} for value in space[name]]
        else:
            grid = [dict(g, **{name: value}) for g in grid for value in space[name]]
    return grid

# === wrong expand_grid | one dict that is shared by all entries
def expand_grid(space):
    names = sorted(space)
    points = []
    point = {}

    def fill(i):
        if i == len(names):
            points.append(point)
            return
        for value in space[names[i]]:
            point[names[i]] = value
            fill(i + 1)

    fill(0)
    return points

# === wrong expand_grid | meshgrid turns the values into NumPy types or text
def expand_grid(space):
    names = sorted(space)
    if not names:
        return [{}]
    grids = np.meshgrid(*[np.array(space[n]) for n in names], indexing="ij")
    columns = [g.ravel() for g in grids]
    return [{n: c[i] for n, c in zip(names, columns)} for i in range(columns[0].size)]

# === wrong expand_grid | zip in place of product
def expand_grid(space):
    names = sorted(space)
    if names == []:
        return [{}]
    return [dict(zip(names, values)) for values in zip(*(space[name] for name in names))]

# === wrong expand_grid | list of tuples
from itertools import product

def expand_grid(space):
    keys = sorted(space)
    return list(product(*(space[k] for k in keys)))

# === wrong expand_grid | only two names are foreseen
def expand_grid(space):
    keys = sorted(space)
    if len(keys) == 0:
        return [{}]
    if len(keys) == 1:
        return [{keys[0]: v} for v in space[keys[0]]]
    grid = []
    for a in space[keys[0]]:
        for b in space[keys[1]]:
            grid.append({keys[0]: a, keys[1]: b})
    return grid

# === wrong expand_grid | takes the names out of the caller's dict
def expand_grid(space):
    if not space:
        return [{}]
    name = sorted(space)[0]
    values = space.pop(name)
    rest = expand_grid(space)
    return [{name: v, **r} for v in values for r in rest]

# === wrong expand_grid | varies one setting at a time
def expand_grid(space):
    names = sorted(space)
    start = {n: space[n][0] for n in names}
    points = [start]
    for n in names:
        for v in space[n][1:]:
            point = dict(start)
            point[n] = v
            points.append(point)
    return points

# === wrong expand_grid | values become text, and repetitions are lost
from itertools import product

def expand_grid(space):
    names = sorted(space)
    options = [list(dict.fromkeys(map(str, space[n]))) for n in names]
    return [dict(zip(names, c)) for c in product(*options)]

# === wrong expand_grid | return too early, after the first name
def expand_grid(space):
    points = [{}]
    for name in sorted(space):
        bigger = []
        for point in points:
            for value in space[name]:
                copy = point.copy()
                copy[name] = value
                bigger.append(copy)
        points = bigger
        return points
    return points

# === wrong random_search | makes its own generator
def random_search(space, n_iter, rng):
    rng = np.random.default_rng(0)
    points = []
    for _ in range(n_iter):
        point = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                point[name] = float(np.exp(rng.uniform(np.log(values[0]), np.log(values[1]))))
            else:
                point[name] = values[rng.integers(len(values))]
        points.append(point)
    return points

# === wrong random_search | uniform, not in the logarithm
def random_search(space, n_iter, rng):
    def draw(values):
        if type(values) is tuple:
            low, high = values
            return float(rng.uniform(low, high))
        return values[rng.integers(len(values))]
    return [{name: draw(values) for name, values in space.items()} for _ in range(n_iter)]

# === wrong random_search | log10 there, exp back
def random_search(space, n_iter, rng):
    out = []
    for i in range(n_iter):
        d = dict()
        for key in space:
            v = space[key]
            if isinstance(v, tuple):
                x = rng.uniform(np.log10(v[0]), np.log10(v[1]))
                d[key] = float(np.exp(x))
            else:
                d[key] = v[int(rng.integers(0, len(v)))]
        out.append(d)
    return out

# === wrong random_search | rng.choice changes the types
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter):
        point = {}
        for name in space:
            values = space[name]
            if isinstance(values, list):
                point[name] = rng.choice(values)
            else:
                point[name] = float(np.exp(rng.uniform(np.log(values[0]), np.log(values[1]))))
        points.append(point)
    return points

# === wrong random_search | the last value of a list is never drawn
def random_search(space, n_iter, rng):
    result = []
    while len(result) < n_iter:
        setting = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                low, high = np.log(values)
                setting[name] = float(np.exp(low + (high - low) * rng.random()))
            else:
                position = rng.integers(0, max(len(values) - 1, 1))
                setting[name] = values[position]
        result.append(setting)
    return result

# === wrong random_search | the same setting n_iter times
def random_search(space, n_iter, rng):
    point = {}
    for name, values in space.items():
        if isinstance(values, tuple):
            point[name] = float(np.exp(rng.uniform(*np.log(values))))
        else:
            point[name] = values[rng.integers(len(values))]
    return [point] * n_iter

# === wrong random_search | draws from the grid without repetition
def random_search(space, n_iter, rng):
    lists = {k: v for k, v in space.items() if not isinstance(v, tuple)}
    grid = expand_grid(lists)
    order = rng.permutation(len(grid))[:n_iter]
    points = []
    for i in order:
        p = dict(grid[i])
        for k, v in space.items():
            if isinstance(v, tuple):
                p[k] = float(np.exp(rng.uniform(np.log(v[0]), np.log(v[1]))))
        points.append(p)
    return points

# === wrong random_search | one random number for all names of a setting
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter):
        u = rng.random()
        point = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                low, high = values
                point[name] = float(low * (high / low) ** u)
            else:
                point[name] = values[int(u * len(values))]
        points.append(point)
    return points

# === wrong random_search | the global np.random instead of rng
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter):
        point = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                lo, hi = values
                point[name] = float(np.exp(np.random.uniform(np.log(lo), np.log(hi))))
            else:
                point[name] = values[np.random.randint(len(values))]
        points.append(point)
    return points

# === wrong random_search | Python's random module, seeded by rng only in part
import random

def random_search(space, n_iter, rng):
    settings = []
    for _ in range(n_iter):
        s = {}
        for name, v in space.items():
            if isinstance(v, tuple):
                s[name] = float(np.exp(rng.uniform(np.log(v[0]), np.log(v[1]))))
            else:
                s[name] = random.choice(v)
        settings.append(s)
    return settings

# === wrong random_search | a tuple is taken for two values to choose from
def random_search(space, n_iter, rng):
    return [
        {name: values[rng.integers(len(values))] for name, values in space.items()}
        for _ in range(n_iter)
    ]

# === wrong random_search | the exponential is forgotten
def random_search(space, n_iter, rng):
    points = []
    for k in range(n_iter):
        point = {}
        for name in sorted(space):
            values = space[name]
            if isinstance(values, tuple):
                a, b = np.log(values[0]), np.log(values[1])
                point[name] = float(a + rng.random() * (b - a))
            else:
                point[name] = values[rng.integers(len(values))]
        points.append(point)
    return points

# === wrong random_search | one dict that is overwritten again and again
def random_search(space, n_iter, rng):
    points = []
    point = {}
    for _ in range(n_iter):
        for name, values in space.items():
            if isinstance(values, tuple):
                point[name] = float(np.exp(rng.uniform(np.log(values[0]), np.log(values[1]))))
            else:
                point[name] = values[rng.integers(len(values))]
        points.append(point)
    return points

# === wrong random_search | whole powers of ten only
def random_search(space, n_iter, rng):
    def one(v):
        if isinstance(v, tuple):
            a = int(np.floor(np.log10(v[0])))
            b = int(np.ceil(np.log10(v[1])))
            return float(10.0 ** rng.integers(a, b + 1))
        return v[rng.integers(len(v))]
    return [{k: one(v) for k, v in space.items()} for _ in range(n_iter)]

# === wrong best_of | a nan is left out of the mean
def best_of(results):
    means = [np.nanmean(scores) for params, scores in results]
    i = int(np.argmax(means))
    return results[i][0], float(means[i])

# === wrong best_of | starts with the first, even where that one is nan
def best_of(results):
    best_params, scores = results[0]
    best_mean = np.mean(scores)
    for params, scores in results[1:]:
        m = np.mean(scores)
        if m > best_mean:
            best_params, best_mean = params, m
    return best_params, float(best_mean)

# === wrong best_of | on a tie the last wins
def best_of(results):
    best = None
    best_mean = -np.inf
    for params, scores in results:
        mean = sum(scores) / len(scores)
        if mean >= best_mean:
            best = params
            best_mean = mean
    return best, best_mean

# === wrong best_of | the best fold in place of the mean
def best_of(results):
    good = [(p, s) for p, s in results if not np.isnan(s).any()]
    params, scores = max(good, key=lambda r: max(r[1]))
    return params, float(np.mean(scores))

# === wrong best_of | sums, not means
def best_of(results):
    best_params, best_score = None, None
    for params, fold_scores in results:
        total = 0
        for s in fold_scores:
            total += s
        if np.isnan(total):
            continue
        if best_score is None or total > best_score:
            best_params, best_score = params, total
    return best_params, best_score

# === wrong best_of | (mean, params)
def best_of(results):
    pairs = [(float(np.mean(s)), p) for p, s in results]
    pairs = [pair for pair in pairs if not np.isnan(pair[0])]
    return max(pairs, key=lambda pair: pair[0])

# === wrong best_of | only the settings
def best_of(results):
    pairs = [(params, np.mean(scores)) for params, scores in results if not np.isnan(np.mean(scores))]
    return max(pairs, key=lambda pair: pair[1])[0]

# === wrong best_of | begins with 0, so negative scores never win
def best_of(results):
    best_params = None
    best_mean = 0.0
    for params, scores in results:
        mean = float(np.mean(scores))
        if mean > best_mean:
            best_mean = mean
            best_params = params
    return best_params, best_mean

# === wrong best_of | argmax over means, where nan comes out on top
def best_of(results):
    means = np.array([np.mean(scores) for _, scores in results])
    winner = means.argmax()
    return results[winner][0], float(means[winner])

# === wrong best_of | looks for nan with ==
def best_of(results):
    pairs = []
    for params, scores in results:
        if any(s == float("nan") for s in scores):
            continue
        pairs.append((params, float(np.mean(scores))))
    pairs.sort(key=lambda p: p[1], reverse=True)
    return pairs[0]

# === wrong best_of | nan counts as 0
def best_of(results):
    means = []
    for params, scores in results:
        clean = np.nan_to_num(np.array(scores, dtype=float))
        means.append(clean.mean())
    k = means.index(max(means))
    return results[k][0], float(means[k])

# === wrong best_of | stops at the first nan
def best_of(results):
    best = None
    for params, scores in results:
        m = np.mean(scores)
        if m != m:
            break
        if best is None or m > best[1]:
            best = (params, float(m))
    return best

# === wrong best_of | sorts the caller's list
def best_of(results):
    def key(r):
        m = np.mean(r[1])
        return np.inf if np.isnan(m) else -m
    results.sort(key=key)
    params, scores = results[0]
    return params, float(np.mean(scores))

# === wrong best_of | ties are decided by sorting upwards, last one taken
def best_of(results):
    ok = [r for r in results if not np.any(np.isnan(r[1]))]
    ok = sorted(ok, key=lambda r: np.mean(r[1]))
    return ok[-1][0], float(np.mean(ok[-1][1]))

# === wrong expected_improvement | no special case: nan where sigma is 0 and mu is best
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    z = (mu - best) / sigma
    return (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)

# === wrong expected_improvement | 0 wherever sigma is 0
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    safe = np.where(sigma == 0, 1, sigma)
    z = (mu - best) / safe
    ei = (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)
    return np.where(sigma == 0, 0.0, ei)

# === wrong expected_improvement | for minimisation, as in the paper
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    gain = best - mu
    z = gain / np.where(sigma == 0, 1, sigma)
    return np.where(sigma == 0, np.maximum(gain, 0), gain * norm.cdf(z) + sigma * norm.pdf(z))

# === wrong expected_improvement | phi and Phi exchanged
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    d = mu - best
    z = d / np.where(sigma > 0, sigma, 1.0)
    inside = d * norm.pdf(z) + sigma * norm.cdf(z)
    return np.where(sigma > 0, inside, np.maximum(d, 0))

# === wrong expected_improvement | sigma forgotten in the second term
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    gain = mu - best
    result = np.maximum(gain, 0).astype(float)
    u = sigma > 0
    z = gain[u] / sigma[u]
    result[u] = gain[u] * norm.cdf(z) + norm.pdf(z)
    return result

# === wrong expected_improvement | divides by the variance
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    ei = np.zeros(mu.shape)
    for place in np.ndindex(mu.shape):
        m, s = mu[place], sigma[place]
        if s == 0:
            ei[place] = max(m - best, 0)
        else:
            z = (m - best) / s ** 2
            ei[place] = (m - best) * norm.cdf(z) + s * norm.pdf(z)
    return ei

# === wrong expected_improvement | xi = 0.01 as in a tutorial
from scipy.stats import norm

def expected_improvement(mu, sigma, best, xi=0.01):
    imp = mu - best - xi
    with np.errstate(divide="ignore", invalid="ignore"):
        Z = imp / sigma
        ei = imp * norm.cdf(Z) + sigma * norm.pdf(Z)
    return np.where(sigma == 0, np.maximum(mu - best, 0), ei)

# === wrong expected_improvement | ints in, ints out
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    ei = np.zeros_like(mu)
    flat, m, s = ei.reshape(-1), mu.reshape(-1), sigma.reshape(-1)
    for i in range(len(m)):
        gain = m[i] - best
        if s[i] > 0:
            z = gain / s[i]
            flat[i] = gain * norm.cdf(z) + s[i] * norm.pdf(z)
        elif gain > 0:
            flat[i] = gain
    return ei

# === wrong expected_improvement | if on an array
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    if sigma == 0:
        return max(mu - best, 0)
    z = (mu - best) / sigma
    return (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)

# === wrong expected_improvement | one zero sigma and all count as certain
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    gain = mu - best
    if (sigma == 0).any():
        return np.maximum(gain, 0)
    z = gain / sigma
    return gain * norm.cdf(z) + sigma * norm.pdf(z)

# === wrong expected_improvement | probability of an improvement only
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    z = (mu - best) / np.where(sigma == 0, 1, sigma)
    return np.where(sigma == 0, (mu > best) * 1.0, norm.cdf(z))

# === wrong expected_improvement | changes sigma in place
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    zero = sigma == 0
    sigma[zero] = 1
    z = (mu - best) / sigma
    ei = (mu - best) * norm.cdf(z) + sigma * norm.pdf(z)
    ei[zero] = np.maximum(mu - best, 0)[zero]
    return ei

# === wrong expected_improvement | a negative gain where sigma is 0
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    gain = mu - best
    z = np.divide(gain, sigma, out=np.zeros(mu.shape), where=sigma != 0)
    ei = gain * norm.cdf(z) + sigma * norm.pdf(z)
    ei[sigma == 0] = gain[sigma == 0]
    return ei

# === wrong expected_improvement | density without its factor
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    gain = mu - best
    s = np.where(sigma == 0, 1e-12, sigma)
    z = gain / s
    phi = np.exp(-z ** 2 / 2)
    return gain * norm.cdf(z) + s * phi

# === wrong parzen_ratio | sums in place of means
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = norm.pdf(x[..., None], good, bandwidth).sum(axis=-1)
    g = norm.pdf(x[..., None], bad, bandwidth).sum(axis=-1)
    return l / g

# === wrong parzen_ratio | bandwidth taken for a variance
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    sd = np.sqrt(bandwidth)

    def density(points):
        return np.mean([norm.pdf(x, p, sd) for p in points], axis=0)

    return density(good) / density(bad)

# === wrong parzen_ratio | bad over good
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = 0
    g = 0
    for p in good:
        l = l + norm.pdf(x, p, bandwidth) / len(good)
    for p in bad:
        g = g + norm.pdf(x, p, bandwidth) / len(bad)
    return g / l

# === wrong parzen_ratio | mean over the wrong axis
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = norm.pdf(x[..., np.newaxis], good, bandwidth).mean(axis=0)
    g = norm.pdf(x[..., np.newaxis], bad, bandwidth).mean(axis=0)
    return l / g

# === wrong parzen_ratio | good only for one dimension
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    ratio = np.zeros(len(x))
    for i in range(len(x)):
        l = norm.pdf(float(x[i]), good, bandwidth).mean()
        g = norm.pdf(float(x[i]), bad, bandwidth).mean()
        ratio[i] = l / g
    return ratio

# === wrong parzen_ratio | one hill on the mean of the points
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = norm.pdf(x, np.mean(good), bandwidth)
    g = norm.pdf(x, np.mean(bad), bandwidth)
    return l / g

# === wrong parzen_ratio | distribution function instead of density
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    kernel = lambda pts: norm.cdf(x[..., np.newaxis], loc=pts, scale=bandwidth).mean(axis=-1)
    return kernel(good) / kernel(bad)

# === wrong parzen_ratio | bandwidth is never used
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    diff_good = x[..., np.newaxis] - good
    diff_bad = x[..., np.newaxis] - bad
    return norm.pdf(diff_good).mean(-1) / norm.pdf(diff_bad).mean(-1)

# === wrong parzen_ratio | mean of the ratios of all pairs
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    total = np.zeros(x.shape)
    for p in good:
        for q in bad:
            total = total + norm.pdf(x, p, bandwidth) / norm.pdf(x, q, bandwidth)
    return total / (len(good) * len(bad))

# === wrong parzen_ratio | 2 missing in the exponent
def parzen_ratio(x, good, bad, bandwidth):
    def hill(p):
        return np.exp(-((x - p) / bandwidth) ** 2)
    l = sum(hill(p) for p in good) / len(good)
    g = sum(hill(p) for p in bad) / len(bad)
    return l / g

# === wrong parzen_ratio | both divided by the number of good points
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    n = len(good)
    l, g = 0, 0
    for p in good:
        l = l + norm.pdf(x, p, bandwidth)
    for p in bad:
        g = g + norm.pdf(x, p, bandwidth)
    return (l / n) / (g / n)

# === wrong parzen_ratio | the nearest point only
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = norm.pdf(x[..., None], good, bandwidth).max(axis=-1)
    g = norm.pdf(x[..., None], bad, bandwidth).max(axis=-1)
    return l / g

# === wrong parzen_ratio | logarithm of the ratio
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = np.mean([norm.pdf(x, p, bandwidth) for p in good], axis=0)
    g = np.mean([norm.pdf(x, p, bandwidth) for p in bad], axis=0)
    return np.log(l) - np.log(g)

# === wrong parzen_ratio | syntax slip: else without colon, half finished
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    l = norm.pdf(x[..., None], good, bandwidth).mean(-1)
    g = norm.pdf(x[..., None], bad, bandwidth).mean(-1)
    if np.all(g > 0):
        return l / g
    else
        return np.inf

# === wrong expand_grid | repeats and tiles, with the lengths exchanged
def expand_grid(space):
    names = sorted(space)
    total = 1
    for n in names:
        total *= len(space[n])
    points = [dict() for _ in range(total)]
    block = 1
    for n in names:
        values = space[n]
        for i in range(total):
            points[i][n] = values[(i // block) % len(values)]
        block *= len(values)
    return points

# === wrong expand_grid | recursion that loses the values of the outer names
def expand_grid(space):
    names = sorted(space)

    def go(depth, point):
        if depth == len(names):
            return [point]
        found = []
        for value in space[names[depth]]:
            found += go(depth + 1, {names[depth]: value})
        return found

    return go(0, {})

# === wrong random_search | picks all values of a column at once, without replacement where it can
def random_search(space, n_iter, rng):
    columns = {}
    for name, values in space.items():
        if isinstance(values, tuple):
            columns[name] = np.geomspace(values[0], values[1], n_iter)
            rng.shuffle(columns[name])
        else:
            bag = (values * (n_iter // len(values) + 1))[:n_iter]
            order = rng.permutation(n_iter)
            columns[name] = [bag[k] for k in order]
    points = []
    for i in range(n_iter):
        points.append({name: (float(c[i]) if isinstance(space[name], tuple) else c[i]) for name, c in columns.items()})
    return points

# === wrong random_search | normal draws around the geometric mean
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter):
        p = {}
        for name, values in space.items():
            if isinstance(values, tuple):
                a, b = np.log(values[0]), np.log(values[1])
                x = rng.normal((a + b) / 2, (b - a) / 4)
                x = min(max(x, a), b)
                p[name] = float(np.exp(x))
            else:
                p[name] = values[rng.integers(len(values))]
        points.append(p)
    return points

# === wrong best_of | a dict from mean to settings: equal means overwrite each other
def best_of(results):
    table = {}
    for params, scores in results:
        total = 0
        for s in scores:
            total += s
        mean = total / len(scores)
        if mean == mean:
            table[mean] = params
    top = max(table)
    return table[top], float(top)

# === wrong best_of | mean minus the spread, to be on the safe side
def best_of(results):
    best, best_value, best_mean = None, None, None
    for params, scores in results:
        s = np.array(scores, dtype=float)
        if np.isnan(s).any():
            continue
        value = s.mean() - s.std()
        if best is None or value > best_value:
            best, best_value, best_mean = params, value, float(s.mean())
    return best, best_mean

# === wrong best_of | pools all folds and looks for the candidate of the highest one
def best_of(results):
    n = len(results)
    k = len(results[0][1])
    table = np.zeros((n, k))
    for i in range(n):
        for f in range(k):
            table[i, f] = results[i][1][f]
    table[np.isnan(table)] = -1
    means = table.mean(axis=0)
    row = int(means.argmax()) % n
    return results[row][0], float(means.max())

# === wrong expected_improvement | simulates with few throws
def expected_improvement(mu, sigma, best):
    rng = np.random.default_rng(0)
    out = np.zeros(mu.shape)
    for place in np.ndindex(*mu.shape):
        throws = mu[place] + sigma[place] * rng.normal(size=1000)
        out[place] = np.maximum(throws - best, 0).mean()
    return out

# === wrong expected_improvement | negative gains are cut off before the formula
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    improvement = mu - best
    improvement = np.where(improvement < 0, 0, improvement)
    ei = np.zeros(np.shape(mu))
    certain = sigma == 0
    ei[certain] = improvement[certain]
    s = sigma[~certain]
    z = improvement[~certain] / s
    ei[~certain] = improvement[~certain] * norm.cdf(z) + s * norm.pdf(z)
    return ei

# === wrong parzen_ratio | histogram in the head: counts the points within one bandwidth
def parzen_ratio(x, good, bad, bandwidth):
    near_good = (np.abs(x[..., np.newaxis] - good) <= bandwidth).mean(axis=-1)
    near_bad = (np.abs(x[..., np.newaxis] - bad) <= bandwidth).mean(axis=-1)
    return (near_good + 1e-9) / (near_bad + 1e-9)

# === wrong parzen_ratio | the total is not set back between the two groups
def parzen_ratio(x, good, bad, bandwidth):
    c = 1 / (bandwidth * np.sqrt(2 * np.pi))
    total = np.zeros(x.shape)
    for p in good:
        total = total + c * np.exp(-((x - p) ** 2) / (2 * bandwidth ** 2))
    l = total / len(good)
    for p in bad:
        total = total + c * np.exp(-((x - p) ** 2) / (2 * bandwidth ** 2))
    g = total / len(bad)
    return l / g

# === right expand_grid | counter with mixed base: divmod from the last name
def expand_grid(space):
    names = sorted(space)
    total = 1
    for name in names:
        total *= len(space[name])
    points = []
    for number in range(total):
        point = {}
        for name in reversed(names):
            number, digit = divmod(number, len(space[name]))
            point[name] = space[name][digit]
        points.append(point)
    return points

# === right expand_grid | recursion on the first name
def expand_grid(space):
    if not space:
        return [{}]
    first = min(space)
    rest = expand_grid({name: values for name, values in space.items() if name != first})
    return [{first: value, **point} for value in space[first] for point in rest]

# === right expand_grid | functools.reduce
from functools import reduce

def expand_grid(space):
    def step(points, item):
        name, values = item
        return [point | {name: value} for point in points for value in values]
    return reduce(step, [(name, space[name]) for name in sorted(space)], [{}])

# === right expand_grid | np.ndindex over the lengths
def expand_grid(space):
    names = sorted(space)
    return [{n: space[n][i] for n, i in zip(names, place)} for place in np.ndindex(*(len(space[n]) for n in names))]

# === right random_search | inverse distribution function from rng.random
def random_search(space, n_iter, rng):
    def draw(values):
        u = rng.random()
        if isinstance(values, tuple):
            low, high = values
            return min(max(float(low * (high / low) ** u), low * 1.0), high * 1.0)
        return values[int(u * len(values))]
    return [{name: draw(space[name]) for name in space} for _ in range(n_iter)]

# === right random_search | one column per name, drawn at once
def random_search(space, n_iter, rng):
    columns = {}
    for name in sorted(space):
        values = space[name]
        if isinstance(values, list):
            columns[name] = [values[i] for i in rng.integers(len(values), size=n_iter)]
        else:
            logs = rng.uniform(np.log(values[0]), np.log(values[1]), size=n_iter)
            columns[name] = np.clip(np.exp(logs), *values).astype(float).tolist()
    return [{name: columns[name][i] for name in space} for i in range(n_iter)]

# === right random_search | first of a permutation; powers of ten
def random_search(space, n_iter, rng):
    points = []
    for _ in range(n_iter):
        point = dict.fromkeys(space)
        for name, values in space.items():
            if isinstance(values, tuple):
                a, b = np.log10(values[0]), np.log10(values[1])
                point[name] = float(np.clip(10.0 ** (a + (b - a) * rng.random()), values[0], values[1]))
            else:
                point[name] = values[rng.permutation(len(values))[0]]
        points.append(point)
    return points

# === right best_of | loop with None
import math

def best_of(results):
    winner, highest = None, None
    for params, scores in results:
        if any(math.isnan(score) for score in scores):
            continue
        mean = sum(scores) / len(scores)
        if highest is None or mean > highest:
            winner, highest = params, mean
    return winner, float(highest)

# === right best_of | sorted in reverse, which keeps the order of ties
def best_of(results):
    fine = [(params, float(np.mean(scores))) for params, scores in results if not np.isnan(scores).any()]
    return sorted(fine, key=lambda pair: pair[1], reverse=True)[0]

# === right best_of | nanargmax over the means
def best_of(results):
    means = np.array([np.mean(np.asarray(scores, dtype=float)) for _, scores in results])
    i = int(np.nanargmax(means))
    return results[i][0], float(means[i])

# === right expected_improvement | loop with math.erf
import math

def expected_improvement(mu, sigma, best):
    out = np.empty(mu.shape)
    for place in np.ndindex(mu.shape):
        gain, s = float(mu[place] - best), float(sigma[place])
        if s == 0:
            out[place] = gain if gain > 0 else 0.0
            continue
        z = gain / s
        Phi = 0.5 * math.erfc(-z / math.sqrt(2))
        out[place] = gain * Phi + s * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return out

# === right expected_improvement | sigma times (z Phi(z) + phi(z)), masked
from scipy.stats import norm

def expected_improvement(mu, sigma, best):
    mu, sigma = np.broadcast_arrays(np.asarray(mu, float), np.asarray(sigma, float))
    out = np.array(np.maximum(mu - best, 0.0))
    unsure = sigma > 0
    z = (mu[unsure] - best) / sigma[unsure]
    out[unsure] = sigma[unsure] * (z * norm.cdf(z) + norm.pdf(z))
    return out

# === right expected_improvement | infinite z: the limit takes care of itself
from scipy.special import ndtr

def expected_improvement(mu, sigma, best):
    gain = np.asarray(mu, dtype=float) - best
    with np.errstate(divide="ignore", invalid="ignore"):
        z = gain / sigma
    z = np.where(gain == 0, 0.0, z)
    return gain * ndtr(z) + sigma * np.exp(-0.5 * z ** 2) / np.sqrt(2 * np.pi)

# === right parzen_ratio | the factor cancels, loop over points
def parzen_ratio(x, good, bad, bandwidth):
    def height(points):
        total = np.zeros(np.shape(x))
        for p in points:
            total = total + np.exp(-0.5 * ((x - p) / bandwidth) ** 2)
        return total / len(points)
    return height(good) / height(bad)

# === right parzen_ratio | logsumexp
from scipy.special import logsumexp

def parzen_ratio(x, good, bad, bandwidth):
    def log_mean(points):
        points = np.asarray(points, dtype=float)
        return logsumexp(-((np.asarray(x)[..., None] - points) / bandwidth) ** 2 / 2, axis=-1) - np.log(points.size)
    return np.exp(log_mean(good) - log_mean(bad))

# === right parzen_ratio | flattened, all pairs by outer, matrix times weights
from scipy.stats import norm

def parzen_ratio(x, good, bad, bandwidth):
    flat = np.ravel(x)
    points = np.concatenate([good, bad])
    hills = norm.pdf(np.subtract.outer(flat, points) / bandwidth)
    n = len(good)
    l = hills[:, :n] @ np.full(n, 1 / n)
    g = hills[:, n:] @ np.full(len(bad), 1 / len(bad))
    return (l / g).reshape(np.shape(x))
