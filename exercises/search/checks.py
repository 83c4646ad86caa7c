"""What is checked in the assignment *search*, on which inputs, and the mistakes that are known."""

from __future__ import annotations

import numpy as np

from exercises.search.judging import DESCRIBE, SEARCHES, classifier_problem, search_problem
from grader.checks import Assignment, Case, Check, Outcome, case_by_case, mistake
from solutions import search as reference

OPTIMIZERS = ("SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam")
INIT_MODES = ("uniform", "lecun_uniform", "normal", "glorot_normal", "he_normal", "he_uniform")
ACTIVATIONS = ("softmax", "softplus", "softsign", "relu", "sigmoid", "hard_sigmoid", "linear")


def pick(rng: np.random.Generator, values, count: int) -> list:
    """`count` different ones of some values."""
    return [values[i] for i in rng.choice(len(values), size=count, replace=False)]


def draw_grid(rng: np.random.Generator) -> list[Case]:
    large, small = (int(n) for n in rng.integers(40, 90, size=2))
    rates = pick(rng, [0.5, 0.0, 0.2, 0.3], 3)
    mixed = {
        "units": [large + 60, small],  # neither names nor values in order
        "dropout": sorted(rates, reverse=True),
        "batch_size": [40, 10, 20],
    }
    typed = {
        "activation": pick(rng, ACTIVATIONS, 2),
        "Mask": [True, False],  # before "activation": `sorted` puts capitals first
        "recurrent_dropout": [0, 0.25],
        "length": [None, small],
    }
    return [
        {"space": {"b": [1, 2], "a": ["x", "y", "z"]}},
        {"space": mixed},
        {"space": typed},
        {"space": {"epochs": [3, 1, 3]}},
        {"space": {"units": [large], "optimizer": [pick(rng, OPTIMIZERS, 1)[0]]}},
        {"space": {}},
    ]


def draw_random(rng: np.random.Generator) -> list[Case]:
    seeds = [{"seed": int(a), "other": int(b)} for a, b in rng.integers(2**31, size=(3, 2))]
    wide = {
        "units": [128, 16, 64, 32, 256],
        "optimizer": pick(rng, OPTIMIZERS, 3),
        "learning_rate": (1e-5, float(rng.uniform(0.05, 0.2))),
        "dropout": [0, 0.25, 0.5],
        "penalty": (1, 1000),
        "length": [None, 25],
        "mask": [True, False],
    }
    narrow = {"rate": (0.25, 0.25), "units": [8]}
    lists = {"units": [8, 16, 24, 32, 48, 64, 96, 128], "optimizer": list(OPTIMIZERS)}
    return [
        {"space": wide, "n_iter": 800, **seeds[0]},
        {"space": narrow, "n_iter": 1, **seeds[1]},
        {"space": lists, "n_iter": 40, **seeds[2]},
    ]


def draw_results(rng: np.random.Generator) -> list[Case]:
    names = pick(rng, ACTIVATIONS, 6)
    a, b, c, d, e, f = ({"activation": name, "units": 8 * k} for k, name in enumerate(names, 1))
    noise = rng.uniform(0, 0.01, size=5)
    nan = float("nan")
    ordinary = [
        (a, [0.50 + noise[0], 0.52, 0.51]),
        (b, [0.95, 0.30 + noise[1], 0.40]),  # the highest fold
        (c, [0.70, 0.66 + noise[2]]),  # the highest mean
        (d, [0.60, 0.61 + noise[3], 0.62, 0.60]),  # the highest sum
        (e, [0.10, 0.72, 0.73 + noise[4]]),  # the highest median
        (f, [0.64, 0.65, 0.64]),  # the highest lowest fold
    ]
    order = rng.permutation(len(ordinary) - 1)
    ordinary = [ordinary[i] for i in order] + ordinary[-1:]
    return [
        {"results": ordinary},
        {"results": [(a, [0.9, nan]), (b, [0.5, 0.25 + noise[0]]), (c, [0.25, 0.5]), (d, [nan])]},
        {"results": [(b, [0.5, 0.5]), (a, [0.25, 1.0]), (d, [0.75, 0.5]), (c, [1.0, 0.25])]},
        {"results": [(d, [-0.5, -0.7]), (e, [-0.4 - noise[1], -0.5]), (f, [-0.9, -0.8])]},
        {"results": [(e, np.array([0.2, nan])), (f, np.array([0.1, 0.1 + noise[2]]))]},
        {"results": [(c, (0, 1, 0)), (a, (1, 0, 1)), ({}, (1, 0))]},
        {"results": [(b, [float(noise[3])])]},
    ]


def draw_improvement(rng: np.random.Generator) -> list[Case]:
    rows, columns, long = (int(n) for n in rng.permutation([3, 4, 7]))
    sigma = rng.uniform(0.2, 2, size=long)
    sigma[[0, 2]] = 0
    mu = rng.normal(size=long)
    mu[0], mu[2] = 1.5, -1.5  # certain: one better, one worse
    best = float(rng.uniform(-0.5, 0.5))
    return [
        {
            "mu": rng.normal(size=(rows, columns)),
            "sigma": rng.uniform(0.3, 3, size=(rows, columns)),
            "best": best,
        },
        {"mu": mu, "sigma": sigma, "best": best},
        {
            "mu": rng.integers(-3, 4, size=columns),
            "sigma": rng.integers(1, 4, size=columns),
            "best": int(rng.integers(-1, 2)),
        },
        {"mu": np.array([1, 3, 2, 2]), "sigma": np.array([0, 0, 0, 2]), "best": 2},
        {"mu": 900 + rng.normal(size=rows), "sigma": rng.uniform(0.5, 2, size=rows), "best": 901.0},
        {"mu": np.array([0.0, 40.0, -40.0]), "sigma": np.array([1.0, 0.5, 0.5]), "best": best},
    ]


def draw_ratio(rng: np.random.Generator) -> list[Case]:
    few, many, long = (int(n) for n in rng.permutation([3, 5, 8]))
    good, bad = rng.normal(1, 1, size=few), rng.normal(-1, 1.5, size=many)
    return [
        {
            "x": rng.uniform(-3, 3, size=long),
            "good": good,
            "bad": bad,
            "bandwidth": float(rng.uniform(0.5, 0.9)),
        },
        {
            "x": rng.uniform(-2, 3, size=(2, 4)),
            "good": bad,
            "bad": good,
            "bandwidth": float(rng.uniform(1.3, 2)),
        },
        {
            "x": rng.integers(-2, 3, size=few),
            "good": rng.integers(-1, 3, size=many),
            "bad": rng.integers(-3, 1, size=long),
            "bandwidth": 2,
        },
        {"x": rng.normal(size=1), "good": good[:1], "bad": bad[:1], "bandwidth": 1.5},
        {  # far from all of them, where both densities are tiny and their ratio is not
            "x": np.array([6.0, -5.5]),
            "good": rng.uniform(-1, 1, size=few),
            "bad": rng.uniform(-1, 1, size=many),
            "bandwidth": 0.7,
        },
    ]


def draw_classifier(rng: np.random.Generator) -> list[Case]:
    cases = []
    choices = [pick(rng, names, 2) for names in (OPTIMIZERS, INIT_MODES, ACTIVATIONS)]
    for optimizer, init_mode, activation in zip(*choices, strict=True):
        units, length, vocabulary = (int(n) for n in rng.permutation([5, 7, 11]))
        dropout = float(rng.choice([0.1, 0.2, 0.3, 0.4, 0.6]))
        cases.append(
            {
                "vocabulary": vocabulary,
                "length": length,
                "units": units,
                "dropout": dropout,
                "optimizer": optimizer,
                "init_mode": init_mode,
                "activation": activation,
            }
        )
    cases[-1]["optimizer"] = cases[-1]["optimizer"].lower()
    cases[-1]["init_mode"] = "zero"
    for case in cases:
        case["seed"] = int(rng.integers(2**31))  # of the weights that it is asked with
    return cases


GRID = Check(
    "expand_grid",
    points=2,
    draw=draw_grid,
    promises=("int",),
    misconceptions=(
        mistake(
            "names-in-the-order-given",
            """The combinations are right, but their order is not: the names go in alphabetical
            order, whatever their order in the dict. Only then do two people with the same grid
            number their trials alike.""",
            "sorted(space)",
            "space",
        ),
        mistake(
            "capitals-ignored",
            """You sort the names as if all letters were small. `sorted` puts capitals before small
            letters, and so does ParameterGrid.""",
            "sorted(space)",
            "sorted(space, key=str.lower)",
        ),
        mistake(
            "first-name-fastest",
            """Your first name changes fastest. It is the last one that should, like the last digit
            of a counter.""",
            "for point in points for value in space[name]",
            "for value in space[name] for point in points",
        ),
        mistake(
            "values-side-by-side",
            """You pair the values, first with first and second with second. A grid combines each
            value with each of the others: the counts multiply.""",
            source="""
            def expand_grid(space):
                names = sorted(space)
                return [dict(zip(names, values)) for values in zip(*(space[n] for n in names))]
            """,
        ),
        mistake(
            "one-name-at-a-time",
            """You vary one setting at a time, each in dicts of its own. A combination has a value
            for every name.""",
            source="""
            def expand_grid(space):
                return [{name: value} for name in sorted(space) for value in space[name]] or [{}]
            """,
        ),
        mistake(
            "nothing-for-the-empty-space",
            """An empty space has one combination: with nothing to choose there is one way to do it,
            [{}]. In the same way 1 is the product of no numbers.""",
            "return points",
            "return points if space else []",
        ),
        mistake(
            "values-sorted",
            """You sort the values. Only the names are sorted; the values of each stay in the order
            in which they are given, repeated ones included.""",
            "for value in space[name]]",
            "for value in sorted(space[name], key=str)]",
        ),
        mistake(
            "repeated-values-dropped",
            """You drop a value that is given twice. Whoever gives it twice wants it tried
            twice.""",
            "for value in space[name]]",
            "for value in dict.fromkeys(space[name])]",
        ),
        mistake(
            "types-lost",
            """The values have changed their type on the way: an array makes strings or floats of
            everything that it holds. Keep the values themselves.""",
            "for value in space[name]]",
            "for value in np.array(space[name]).tolist()]",
        ),
        mistake(
            "tuples-not-dicts",
            """You return the values alone. Each combination is a dict that says which value belongs
            to which name.""",
            "return points",
            "return [tuple(point.values()) for point in points]",
        ),
    ),
)

SEARCH_MISTAKES = (
    mistake(
        "uniform-not-logarithmic",
        """Your values from (low, high) are uniform. Then nine of ten learning rates between 0.0001
        and 0.1 are above 0.01, and the small ones are hardly ever tried: the logarithm should be
        uniform.""",
        "low, high = np.log(values)",
        "low, high = values",
        "np.exp(low + (high - low) * rng.random())",
        "low + (high - low) * rng.random()",
    ),
    mistake(
        "logarithm-kept",
        """From (low, high) you return the logarithm. It is drawn uniformly, but what is tried is
        the value itself: take the exponential.""",
        "np.exp(low + (high - low) * rng.random())",
        "low + (high - low) * rng.random()",
    ),
    mistake(
        "whole-powers-only",
        """From (low, high) you draw whole powers of ten only. All values in between are possible
        too.""",
        "low, high = np.log(values)",
        "low, high = np.floor(np.log10(values))",
        "np.exp(low + (high - low) * rng.random())",
        "10.0 ** rng.integers(low, high + 1)",
    ),
    mistake(
        "ends-only",
        """You take (low, high) for a list of two values. It is a range: everything between the two
        can be drawn.""",
        "low, high = np.log(values)",
        "low, high = values",
        "np.exp(low + (high - low) * rng.random())",
        "high if rng.random() < 0.5 else low",
    ),
    mistake(
        "another-source-of-chance",
        """With the same seed your list is a different one each time. All chance has to come from
        rng, none from np.random or the module random: a search that cannot be repeated cannot be
        believed.""",
        "    def draw(values):\n",
        "    rng = np.random.default_rng()\n\n    def draw(values):\n",
    ),
    mistake(
        "seed-of-its-own",
        """Your list is always the same, whatever rng is given, or however often it has been used.
        Draw from rng as you are given it; make no generator of your own.""",
        "    def draw(values):\n",
        "    rng = np.random.default_rng(0)\n\n    def draw(values):\n",
    ),
    mistake(
        "one-draw-repeated",
        """You draw once and repeat it. Each of the n_iter settings is drawn anew.""",
        "return [{name: draw(values) for name, values in space.items()} for _ in range(n_iter)]",
        "return [{name: draw(values) for name, values in space.items()}] * n_iter",
    ),
    mistake(
        "taken-in-turn",
        """You take the values of a list in turn. The draws should be independent: what was drawn
        should say nothing about what comes next.""",
        source="""
        def random_search(space, n_iter, rng):
            found = [{} for _ in range(n_iter)]
            for name, values in space.items():
                start = rng.integers(1000)
                for i, point in enumerate(found):
                    if isinstance(values, tuple):
                        low, high = np.log(values)
                        point[name] = float(np.exp(rng.uniform(low, high)))
                    else:
                        point[name] = values[(start + i) % len(values)]
            return found
        """,
    ),
    mistake(
        "types-lost",
        """The values of a list change their type: rng.choice makes an array of the list first, and
        0 becomes 0.0. Draw a position instead, and take what stands there.""",
        "return values[rng.integers(len(values))]",
        "return rng.choice(values)",
    ),
    mistake(
        "last-value-never",
        """The last value of a list is never drawn. rng.integers already leaves out its upper
        end.""",
        "rng.integers(len(values))",
        "rng.integers(max(len(values) - 1, 1))",
    ),
    mistake(
        "spread-too-evenly",
        """Your values are spread more evenly than chance spreads them: each part of a range, or
        each value of a list, gets its fixed share of the draws. That is a plan (a Latin hypercube,
        a shuffled deck) and not a bad one, but here the draws should be independent.""",
        source="""
        def random_search(space, n_iter, rng):
            found = [{} for _ in range(n_iter)]
            for name, values in space.items():
                parts = (rng.permutation(n_iter) + rng.random(n_iter)) / n_iter
                for point, u in zip(found, parts):
                    if isinstance(values, tuple):
                        low, high = np.log(values)
                        point[name] = float(np.exp(low + u * (high - low)))
                    else:
                        point[name] = values[int(u * len(values))]
            return found
        """,
    ),
    mistake(
        "never-drawn-again",
        """Where the space has only lists you draw without putting back, as scikit-learn's
        ParameterSampler does: no setting comes twice. The draws should be independent: what has
        been drawn can be drawn again.""",
        "    return [{name:",
        "    if not any(isinstance(values, tuple) for values in space.values()):\n"
        "        grid = expand_grid(space)\n"
        "        return [grid[i] for i in rng.permutation(len(grid))[:n_iter]]\n"
        "    return [{name:",
    ),
    mistake(
        "one-number-for-all-names",
        """You draw one random number per setting and use it for all names. Then a high learning rate
        always comes with the last optimiser, and nobody can tell which of the two helped: the draws
        should be independent.""",
        source="""
        def random_search(space, n_iter, rng):
            found = []
            for u in rng.random(n_iter):
                point = {}
                for name, values in space.items():
                    if isinstance(values, tuple):
                        low, high = np.log(values)
                        point[name] = float(np.exp(low + u * (high - low)))
                    else:
                        point[name] = values[int(u * len(values))]
                found.append(point)
            return found
        """,
    ),
)

RANDOM = Check(
    "random_search",
    points=3,
    draw=draw_random,
    judge=case_by_case(search_problem, SEARCH_MISTAKES),
    setup=SEARCHES,
    call="_searches(random_search, space, n_iter, seed, other)",
    misconceptions=SEARCH_MISTAKES,
)

BEST = Check(
    "best_of",
    points=2,
    draw=draw_results,
    misconceptions=(
        mistake(
            "failed-folds-ignored",
            """You leave out the nan and take the mean of the rest. A fold that failed says that
            these settings can fail: such a candidate must never win.""",
            source="""
            def best_of(results):
                usable = [r for r in results if not np.isnan(r[1]).all()]
                means = [(params, float(np.nanmean(scores))) for params, scores in usable]
                return max(means, key=lambda pair: pair[1])
            """,
        ),
        mistake(
            "nan-wins",
            """A candidate with nan among its scores wins. Comparing with nan is always False, so
            neither max nor argmax sorts it out: leave such candidates out first.""",
            " if not np.isnan(pair[1])",
            "",
        ),
        mistake(
            "nan-counts-as-zero",
            """You count a nan as 0. Where scores are negative, as those made from a loss are, 0 is
            the best there is: a candidate with nan never wins, whatever the others have.""",
            "float(np.mean(scores))",
            "float(np.mean(np.nan_to_num(scores)))",
            " if not np.isnan(pair[1])",
            "",
        ),
        mistake(
            "last-on-a-tie",
            """On a tie you take the last candidate. The first one wins: a later one has to be
            better, not just as good.""",
            "max(valid",
            "max(valid[::-1]",
        ),
        mistake(
            "highest-single-fold",
            """You look for the highest single score. One lucky fold is not a good candidate:
            compare the means.""",
            source="""
            def best_of(results):
                valid = [r for r in results if not np.isnan(r[1]).any()]
                params, scores = max(valid, key=lambda r: max(r[1]))
                return params, float(np.mean(scores))
            """,
        ),
        mistake(
            "sum-of-the-folds",
            """You compare sums. A candidate with more folds would win by counting alone: compare
            the means.""",
            source="""
            def best_of(results):
                valid = [r for r in results if not np.isnan(r[1]).any()]
                params, scores = max(valid, key=lambda r: sum(r[1]))
                return params, float(np.mean(scores))
            """,
        ),
        mistake(
            "median-of-the-folds",
            """You compare medians, on which a fold that went badly leaves no trace. Compare the
            means.""",
            "np.mean(scores)",
            "np.median(scores)",
        ),
        mistake(
            "lowest-mean",
            """You take the lowest mean. These are scores, and a higher one is better.""",
            "max(valid",
            "min(valid",
        ),
        mistake(
            "starts-from-zero",
            """Where all scores are negative no candidate wins in your function: its comparison
            begins with 0. Begin with the first candidate, or with minus infinity.""",
            source="""
            def best_of(results):
                best, highest = None, 0.0
                for params, scores in results:
                    if np.mean(scores) > highest:
                        best, highest = params, float(np.mean(scores))
                return best, highest
            """,
        ),
        mistake(
            "mean-before-settings",
            """You have swapped the two parts of the answer: the settings come first, then their
            mean.""",
            "key=lambda pair: pair[1])",
            "key=lambda pair: pair[1])[::-1]",
        ),
        mistake(
            "scores-not-averaged",
            """With the settings you return the scores of the folds. Return the mean of these scores
            instead.""",
            source="""
            def best_of(results):
                valid = [r for r in results if not np.isnan(r[1]).any()]
                return max(valid, key=lambda r: np.mean(r[1]))
            """,
        ),
    ),
)

IMPROVEMENT = Check(
    "expected_improvement",
    points=3,
    draw=draw_improvement,
    misconceptions=(
        mistake(
            "for-minimisation",
            """This is expected improvement for a loss, where low is good. Here a high score is
            good: the gain is mu - best.""",
            "gain = mu - best",
            "gain = best - mu",
        ),
        mistake(
            "nan-where-certain",
            """Where sigma is 0 you divide by it, and get nan or infinity. A point whose score is
            known improves by max(mu - best, 0) and by nothing else.""",
            "return np.where(sigma == 0, np.maximum(gain, 0), improvement)",
            "return improvement",
        ),
        mistake(
            "nothing-where-certain",
            """Where sigma is 0 you return 0. If such a point is known to be better than the best,
            the improvement is known, too: max(mu - best, 0).""",
            "np.maximum(gain, 0)",
            "0.0 * gain",
        ),
        mistake(
            "loss-where-certain",
            """Where sigma is 0 you return mu - best even if it is negative. Whoever finds something
            worse keeps the best so far: an improvement is never below 0.""",
            "np.maximum(gain, 0)",
            "gain",
        ),
        mistake(
            "no-reward-for-the-unknown",
            """The second term is missing: sigma phi(z) is what makes an uncertain point worth a
            trial. Without it the search only looks where it has been.""",
            " + sigma * norm.pdf(z)",
            "",
        ),
        mistake(
            "no-reward-for-the-gain",
            """The first term is missing: (mu - best) Phi(z), the gain times the chance of having it.""",
            "gain * norm.cdf(z) + ",
            "",
        ),
        mistake(
            "density-without-sigma",
            """The density phi(z) is not multiplied by sigma. EI has the unit of the score; phi(z)
            has none.""",
            "sigma * norm.pdf(z)",
            "norm.pdf(z)",
        ),
        mistake(
            "probability-of-improvement",
            """This is the probability of an improvement, Phi(z), not its expected size. It loves
            tiny gains that are almost certain.""",
            "gain * norm.cdf(z) + sigma * norm.pdf(z)",
            "norm.cdf(z)",
        ),
        mistake(
            "density-and-distribution-swapped",
            """You have swapped Phi and phi: the gain is multiplied by the distribution function,
            sigma by the density.""",
            "gain * norm.cdf(z) + sigma * norm.pdf(z)",
            "gain * norm.pdf(z) + sigma * norm.cdf(z)",
        ),
        mistake(
            "divided-by-the-variance",
            """You divide by the variance. z counts standard deviations: divide by sigma.""",
            "z = gain / sigma",
            "z = gain / sigma**2",
        ),
        mistake(
            "minus-between-the-terms",
            """There is a minus between the two terms. Uncertainty adds to what can be hoped
            for.""",
            "+ sigma * norm.pdf(z)",
            "- sigma * norm.pdf(z)",
        ),
        mistake(
            "upper-confidence-bound",
            """This is an upper confidence bound, mu plus a number of sigmas: another rule with the
            same aim. It does not ask by how much the best is beaten.""",
            source="""
            def expected_improvement(mu, sigma, best):
                return mu + 1.96 * sigma
            """,
        ),
        mistake(
            "integers-truncated",
            """For arrays of ints your result holds ints, too, cut off at the decimal point. An array
            made like mu takes over its dtype.""",
            source="""
            def expected_improvement(mu, sigma, best):
                result = np.zeros_like(mu)
                known = sigma == 0
                gain = mu - best
                z = gain[~known] / sigma[~known]
                result[known] = np.maximum(gain[known], 0)
                result[~known] = gain[~known] * norm.cdf(z) + sigma[~known] * norm.pdf(z)
                return result
            """,
        ),
        mistake(
            "probability-everywhere",
            """This is the probability that the candidate is better than the best so far. How much
            better counts too: that is the difference between the two criteria.""",
            source="""
            def expected_improvement(mu, sigma, best):
                with np.errstate(divide="ignore", invalid="ignore"):
                    chance = norm.cdf((mu - best) / sigma)
                return np.where(sigma == 0, mu > best, chance)
            """,
        ),
    ),
)

RATIO = Check(
    "parzen_ratio",
    points=2,
    draw=draw_ratio,
    misconceptions=(
        mistake(
            "upside-down",
            """Your ratio is upside down. It should be high where the good ones are: l(x) over g(x).""",
            "density(good) / density(bad)",
            "density(bad) / density(good)",
        ),
        mistake(
            "sums-not-means",
            """You add up the kernels. There are more bad points than good ones, so that g would win
            by their number: each density is the mean of its kernels.""",
            ".mean(axis=-1)",
            ".sum(axis=-1)",
        ),
        mistake(
            "bandwidth-as-variance",
            """You use the bandwidth as a variance. It is the standard deviation of the kernels: the
            variance is its square.""",
            "points, bandwidth)",
            "points, np.sqrt(bandwidth))",
        ),
        mistake(
            "half-left-out",
            """The 1/2 in the exponent is missing: a normal density falls like exp(-z^2 / 2).""",
            "points, bandwidth)",
            "points, bandwidth / np.sqrt(2))",
        ),
        mistake(
            "logarithm-kept",
            """You return the logarithm of the ratio. It has its maximum at the same place, but the
            task is to return the ratio itself.""",
            "return density(good) / density(bad)",
            "return np.log(density(good) / density(bad))",
        ),
        mistake(
            "kernels-multiplied",
            """You multiply the kernels of the points. One point far away would make the density
            vanish: take their mean, a hill for each point.""",
            ".mean(axis=-1)",
            ".prod(axis=-1)",
        ),
        mistake(
            "share-of-the-good",
            """You return l / (l + g), a share between 0 and 1. Return the ratio l / g instead.""",
            "return density(good) / density(bad)",
            "return density(good) / (density(good) + density(bad))",
        ),
        mistake(
            "one-normal-density-for-each",
            """You put one normal density at the mean of the points. Each point has a hill of its
            own: the good ones may lie in two places.""",
            "np.asarray(x)[..., np.newaxis], points, bandwidth).mean(axis=-1)",
            "np.asarray(x), np.mean(points), bandwidth)",
        ),
        mistake(
            "bandwidth-not-used",
            """Your kernels have standard deviation 1. It is the bandwidth that says how wide they
            are.""",
            "points, bandwidth)",
            "points, 1.0)",
        ),
        mistake(
            "small-number-added",
            """You add a small number to g, to avoid a division by 0. But a normal density is never
            0, and far from all the points, where both densities are tiny, that number changes the
            ratio.""",
            "/ density(bad)",
            "/ (density(bad) + 1e-12)",
        ),
        mistake(
            "only-the-good",
            """You return l alone. A value that is frequent among the good and the bad says nothing:
            divide by g.""",
            "return density(good) / density(bad)",
            "return density(good)",
        ),
    ),
)

CLASSIFIER_MISTAKES = (
    mistake(
        "not-a-model",
        """Your function does not return a Keras model. Build one, compile it and return it: compile
        itself returns nothing.""",
        "    model.compile(optimizer,",
        "    return model.compile(optimizer,",
    ),
    mistake(
        "not-compiled",
        """The model is not compiled: it knows neither its loss nor its optimiser.""",
        '    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])\n',
        "",
    ),
    mistake(
        "no-input",
        """The model has no Input, so it does not know how long its rows are and has no weights
        until it has seen some.""",
        "            keras.Input((length,)),\n",
        "",
    ),
    mistake(
        "length-and-vocabulary-swapped",
        """The embedding has a row for each word of the vocabulary, not for each place in the tweet:
        its first argument is the number of indices, no more and no less.""",
        "keras.layers.Embedding(vocabulary, 32)",
        "keras.layers.Embedding(length, 32)",
    ),
    mistake(
        "no-dropout-layer",
        """There is no Dropout layer between the LSTM and the Dense layer.""",
        "            keras.layers.Dropout(dropout),\n",
        "",
    ),
    mistake(
        "dropout-inside-the-lstm",
        """You give the rate to the LSTM, which then drops parts of its inputs or its state. Here
        dropout is a layer of its own, applied to what the LSTM puts out, and the LSTM itself drops
        nothing.""",
        "kernel_initializer=init_mode),\n            keras.layers.Dropout(dropout),\n",
        "kernel_initializer=init_mode, dropout=dropout),\n",
    ),
    mistake(
        "rate-that-is-kept",
        """Your Dropout keeps the share that it should drop: in Keras the rate is what is set to
        0.""",
        "keras.layers.Dropout(dropout)",
        "keras.layers.Dropout(1 - dropout)",
    ),
    mistake(
        "all-steps-returned",
        """Your LSTM returns a state for each step. The whole tweet gets a single answer, so the
        LSTM should return only its last state.""",
        "activation=activation, kernel",
        "activation=activation, return_sequences=True, kernel",
    ),
    mistake(
        "activation-of-the-gates",
        """You set the activation of the gates (recurrent_activation). They keep their sigmoid, or
        they would be no gates; `activation` belongs to the candidate and the cell.""",
        "activation=activation,",
        "recurrent_activation=activation,",
    ),
    mistake(
        "activation-left-out",
        """The LSTM uses tanh, whatever activation is given. Pass `activation` on to it.""",
        "activation=activation, ",
        "",
    ),
    mistake(
        "activation-of-the-output",
        """The activation of your Dense layer is not softmax, which would make probabilities.
        `activation` is the LSTM's alone.""",
        'activation="softmax"',
        "activation=activation",
    ),
    mistake(
        "initializer-in-one-layer",
        """You pass init_mode to only one of the two layers. It is the kernel initialiser of both
        the LSTM and the Dense layer.""",
        'activation="softmax", kernel_initializer=init_mode',
        'activation="softmax"',
    ),
    mistake(
        "initializer-left-out",
        """The kernels are initialised by Keras's default, whatever init_mode says. Pass it on as
        kernel_initializer (not recurrent_initializer), to the LSTM and to the Dense layer.""",
        "activation=activation, kernel_initializer=init_mode",
        "activation=activation, recurrent_initializer=init_mode",
        'activation="softmax", kernel_initializer=init_mode',
        'activation="softmax"',
    ),
    mistake(
        "optimizer-fixed",
        """The model is compiled with the same optimiser, whatever name is given. Pass its name on to
        compile.""",
        "model.compile(optimizer,",
        'model.compile("adam",',
    ),
    mistake(
        "loss-of-a-regression",
        """The loss is not a cross-entropy over the three classes. Squared errors, or a binary
        cross-entropy for each class, punish a sure mistake far too little.""",
        '"sparse_categorical_crossentropy"',
        '"mse"',
    ),
    mistake(
        "softmax-twice",
        """Your loss expects raw scores (from_logits=True), but the network puts out probabilities:
        the softmax is taken twice, and learning becomes slow.""",
        '"sparse_categorical_crossentropy"',
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    ),
    mistake(
        "one-output",
        """The network does not have three outputs. There are three classes, and the softmax makes a
        probability for each.""",
        "keras.layers.Dense(3,",
        "keras.layers.Dense(1,",
    ),
    mistake(
        "units-fixed",
        """The LSTM does not have the size that was given: units is its first argument.""",
        "keras.layers.LSTM(units,",
        "keras.layers.LSTM(32,",
    ),
)

CLASSIFIER = Check(
    "build_classifier",
    points=3,
    draw=draw_classifier,
    judge=case_by_case(classifier_problem, CLASSIFIER_MISTAKES),
    setup=DESCRIBE,
    call="_described(build_classifier(vocabulary, length, units, dropout, optimizer, init_mode,"
    " activation), seed, vocabulary, length)",
    apart="_examined(given, seed, vocabulary, length)",
    seconds=60,
    misconceptions=CLASSIFIER_MISTAKES,
)

SEARCHES_DRAWN, TRIED, CANDIDATES = 120, 12, 40


def draw_searches(rng: np.random.Generator) -> list[Case]:
    """Smooth landscapes after twelve trials; what the candidates would score, only the judge knows."""
    cases = []
    for _ in range(SEARCHES_DRAWN):
        centres, height = rng.uniform(size=(4, 2)), rng.uniform(0.3, 1, 4)
        width = rng.uniform(0.15, 0.35, 4)
        points, candidates = rng.uniform(size=(TRIED, 2)), rng.uniform(size=(CANDIDATES, 2))

        def score(places: np.ndarray, centres=centres, height=height, width=width) -> np.ndarray:
            apart = ((places[:, None] - centres) ** 2).sum(axis=-1)
            return (height * np.exp(-apart / (2 * width**2))).sum(axis=1)

        cases.append(
            {
                "points": points,
                "scores": score(points) + 0.01 * rng.normal(size=TRIED),
                "candidates": candidates,
                "truth": score(candidates),
            }
        )
    return cases


TRIAL_BODY = "    return int(np.argmax(likeness(candidates, points) @ weights))\n"
TRIAL_MISTAKES = (
    mistake(
        "nearest-to-the-best",
        """You take the candidate nearest to the best point so far, which is the choice to beat. It
        knows nothing of the slope there, nor of what the other points say.""",
        TRIAL_BODY,
        "    apart = ((candidates - points[scores.argmax()]) ** 2).sum(axis=1)\n"
        "    return int(apart.argmin())\n",
    ),
    mistake(
        "only-the-unknown",
        """You go where least is known. That is worth a trial only where a good score can be hoped for.""",
        TRIAL_BODY,
        "    apart = ((candidates[:, None] - points) ** 2).sum(axis=-1)\n"
        "    return int(apart.min(axis=1).argmax())\n",
    ),
    mistake(
        "the-lowest",
        """Your candidates are those from which least is expected. Here a high score is good.""",
        TRIAL_BODY,
        "    return int(np.argmin(likeness(candidates, points) @ weights))\n",
    ),
)


def judge_trials(cases: list[Case], answers: list[object]) -> Outcome:
    """How much of what could be gained the candidates gain."""
    hints = {known.label: known.hint for known in TRIAL_MISTAKES}
    gained = possible = 0.0
    near, far, low = [], [], []
    for case, answer in zip(cases, answers, strict=True):
        index = np.asarray(answer)
        if index.shape != () or index.dtype.kind not in "iuf" or index != np.round(index):
            return Outcome(0, "Return one whole number, the index of a candidate.")
        if not 0 <= index < CANDIDATES:
            return Outcome(0, "Your number is not the index of a candidate.")
        chosen, truth, best = int(index), case["truth"], case["scores"].max()
        gained += max(truth[chosen] - best, 0)
        possible += max(truth.max() - best, 0)
        apart = ((case["candidates"][:, None] - case["points"]) ** 2).sum(axis=-1)
        near.append(apart[:, case["scores"].argmax()].argmin() == chosen)
        far.append((apart.min(axis=1) <= apart.min(axis=1)[chosen]).mean())
        low.append((truth >= truth[chosen]).mean())
    share = gained / possible
    if share >= 0.55:
        return Outcome(1)
    if np.all(near):
        return Outcome(0, hints["nearest-to-the-best"], "nearest-to-the-best")
    if share >= 0.33:
        return Outcome(
            0.5,
            f"Your candidates gain {share:.2f} of what could be gained, better than the number to beat."
            " For full marks it has to be at least 0.55.",
        )
    if np.mean(low) > 0.85:
        return Outcome(0, hints["the-lowest"], "the-lowest")
    if np.mean(far) > 0.85:
        return Outcome(0, hints["only-the-unknown"], "only-the-unknown")
    return Outcome(
        0, f"Your candidates gain {share:.2f} of what could be gained; it has to be at least 0.33."
    )


TRIAL = Check(
    "next_trial",
    points=2,
    draw=draw_searches,
    judge=judge_trials,
    withheld=("truth",),
    misconceptions=TRIAL_MISTAKES,
)

ASSIGNMENT = Assignment(
    "search",
    reference,
    (GRID, RANDOM, BEST, IMPROVEMENT, TRIAL, RATIO, CLASSIFIER),
    profile="keras",
    minutes=125,
)
