"""Reference solutions of the chapter *search*: which settings to try, and which to keep.

Random search: Bergstra & Bengio (2012). Expected improvement: Jones, Schonlau & Welch (1998).
Tree-structured Parzen estimators: Bergstra et al. (2011).
"""

import numpy as np
from scipy.stats import norm

from course import training

training.quiet()
import keras  # noqa: E402 - what `quiet` says has to be said before


def expand_grid(space):
    """All combinations of a grid.

    Parameters
    ----------
    space : dict from a name to the list of its values
        The grid. An empty space has one combination: [{}].

    Returns
    -------
    list of dicts
        One dict for each combination, in the order of scikit-learn's ParameterGrid: the names in
        the order of `sorted` (capitals before small letters), the last one changing fastest, the
        values of each in the order in which they are given. The values stay what they are.
    """
    points = [{}]
    for name in sorted(space):
        points = [point | {name: value} for point in points for value in space[name]]
    return points


def random_search(space, n_iter, rng):
    """Settings drawn at random.

    Parameters
    ----------
    space : dict from a name to a list or a tuple
        The values of a list are equally likely. From a tuple (low, high) with 0 < low <= high, a
        value is drawn whose logarithm is uniform between those of low and high.
    n_iter : int
        How many settings are drawn.
    rng : numpy.random.Generator
        The only source of randomness: the same seed gives the same list.

    Returns
    -------
    list of `n_iter` dicts
        The settings, each with the names of `space`. All draws are independent of each other: what
        has been drawn can be drawn again. A value from a list keeps its type; one from a tuple is a
        float.

    References
    ----------
    Bergstra & Bengio 2012.
    """

    def draw(values):
        if isinstance(values, tuple):
            low, high = np.log(values)
            return float(np.exp(low + (high - low) * rng.random()))
        return values[rng.integers(len(values))]

    return [{name: draw(values) for name, values in space.items()} for _ in range(n_iter)]


def best_of(results):
    """The settings with the highest mean score.

    Parameters
    ----------
    results : list of tuples (params, fold_scores)
        The settings of each candidate (a dict) and its scores (a list or an array, with one number
        for each fold). At least one of the candidates has no nan among its scores.

    Returns
    -------
    params : dict
        The settings whose mean over the folds is highest. On a tie the first in the list wins.
        Settings with a nan among their scores never win.
    mean : float
        This mean.
    """
    means = [(params, float(np.mean(scores))) for params, scores in results]
    valid = [pair for pair in means if not np.isnan(pair[1])]
    return max(valid, key=lambda pair: pair[1])


def expected_improvement(mu, sigma, best):
    """By how much a trial is expected to beat the best so far, where a high score is good.

        EI = E[max(f - best, 0)]   for f normal with mean mu and standard deviation sigma
           = (mu - best) Phi(z) + sigma phi(z),   z = (mu - best) / sigma

    with the standard normal distribution function Phi and density phi. Where sigma is 0 nothing is
    uncertain, and EI = max(mu - best, 0).

    Parameters
    ----------
    mu, sigma : arrays of one shape, floats or ints
        What the model expects, and how unsure it is.
    best : number
        The best score so far.

    Returns
    -------
    array, shape of `mu`
        The expected improvement, elementwise.

    References
    ----------
    Jones, Schonlau & Welch 1998, equation 15 (there for minimisation).
    """
    gain = mu - best
    with np.errstate(divide="ignore", invalid="ignore"):  # where sigma is 0: replaced below
        z = gain / sigma
        improvement = gain * norm.cdf(z) + sigma * norm.pdf(z)
    return np.where(sigma == 0, np.maximum(gain, 0), improvement)


def next_trial(points, scores, candidates):
    """The candidate that is worth the next trial.

    How you do it is up to you.

    Parameters
    ----------
    points : array (12, 2)
        The settings that were tried, each between 0 and 1.
    scores : array (12,)
        What they scored, with a little noise. A high score is good, and settings that are near each
        other score alike.
    candidates : array (m, 2)
        The settings that may be tried next.

    Returns
    -------
    int
        The index of a candidate.

    Notes
    -----
    What counts is by how much your candidates beat the best score so far (one that doesn't counts
    as 0), summed over many searches, as a share of what the best candidates would gain. The number
    to beat is that of the candidate nearest to the best point so far, about 0.2. Half of the points
    are given for at least 0.33, all of them for at least 0.55.
    """

    def likeness(one, other):
        apart = ((one[:, None] - other) ** 2).sum(axis=-1)
        return np.exp(-8 * apart)

    known = likeness(points, points) + 0.001 * np.eye(len(points))
    weights = np.linalg.solve(known, scores - scores.mean())
    return int(np.argmax(likeness(candidates, points) @ weights))


def parzen_ratio(x, good, bad, bandwidth):
    """How much more a value looks like those that did well than like those that did badly.

        l(x) = mean over the good points p of the normal density at x with mean p
        g(x) = the same with the bad points
        ratio = l(x) / g(x)

    Parameters
    ----------
    x : array of any shape
        The candidate values.
    good, bad : 1-D arrays
        Values tried before, those that did well and those that did badly; their lengths may differ.
    bandwidth : number > 0
        The standard deviation of each of these normal densities.

    Returns
    -------
    array, shape of `x`
        The ratios. The next value to try is the one with the highest ratio.

    References
    ----------
    Bergstra et al. 2011, section 4.
    """

    def density(points):
        return norm.pdf(np.asarray(x)[..., np.newaxis], points, bandwidth).mean(axis=-1)

    return density(good) / density(bad)


def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    """A network whose settings can all be searched.

    Parameters
    ----------
    vocabulary : int
        How many word indices there are.
    length : int
        How many indices a row has.
    units : int
        Size of the LSTM's state.
    dropout : number
        Share of the LSTM's outputs that a Dropout layer sets to 0 in training.
    optimizer : str
        Name of the optimiser, such as "adam" or "RMSprop"; its settings are those of Keras.
    init_mode : str
        Name of the initialiser of the kernel, in the LSTM and in the Dense layer.
    activation : str
        Name of the LSTM's activation (of candidate and cell; its gates keep the sigmoid).

    Returns
    -------
    compiled Keras model
        Input of shape (length,), Embedding of any size, LSTM, Dropout, Dense with softmax over
        3 classes, and nothing else. The loss is the cross-entropy, for targets that are class
        numbers (sparse) or one-hot, as you like.
    """
    model = keras.Sequential(
        [
            keras.Input((length,)),
            keras.layers.Embedding(vocabulary, 32),
            keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode),
            keras.layers.Dropout(dropout),
            keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode),
        ]
    )
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
