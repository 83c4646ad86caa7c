"""The search agrees with scikit-learn, SciPy, numerical integrals and Keras."""

import copy

import numpy as np
import pytest
import scipy.integrate
import scipy.stats
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, ParameterGrid
from sklearn.neighbors import KernelDensity

from solutions.search import (
    best_of,
    build_classifier,
    expand_grid,
    expected_improvement,
    parzen_ratio,
    random_search,
)

SPACE = {"units": [32, 8], "dropout": [0, 0.5], "mask": [True], "name": ["b", "a", "b"]}


@pytest.mark.parametrize("space", [SPACE, {}, {"z": [None, 2], "a": [3, 1, 2]}, {"one": [1]}])
def test_grid_is_that_of_scikit_learn_in_its_order_and_types(space):
    expected = list(ParameterGrid(space))
    found = expand_grid(space)
    assert found == expected
    types = [{name: type(value) for name, value in point.items()} for point in expected]
    assert [{name: type(value) for name, value in point.items()} for point in found] == types


def test_random_values_follow_scipys_distributions():
    space = {"rate": (1e-5, 1e-1), "units": [8, 16, 32], "dropout": [0, 0.25]}
    points = random_search(space, 4000, np.random.default_rng(0))
    rates = [point["rate"] for point in points]
    assert scipy.stats.kstest(rates, scipy.stats.loguniform(1e-5, 1e-1).cdf).pvalue > 1e-4
    counts = [sum(point["units"] == value for point in points) for value in space["units"]]
    assert scipy.stats.chisquare(counts).pvalue > 1e-4
    assert {type(point["dropout"]) for point in points} == {int, float}
    assert {type(rate) for rate in rates} == {float}


def test_random_values_are_independent():
    space = {"a": (0.1, 10.0), "b": [0, 1], "c": (1, 1000)}
    points = random_search(space, 4000, np.random.default_rng(1))
    table = np.array([[point[name] for name in "abc"] for point in points])
    for one, other in ((table[:, 0], table[:, 1]), (table[:, 0], table[:, 2])):
        assert scipy.stats.spearmanr(one, other).pvalue > 1e-4
    for column in table.T:
        assert scipy.stats.spearmanr(column[1:], column[:-1]).pvalue > 1e-4


def test_a_seed_gives_one_list_and_leaves_the_space_alone():
    space = {"rate": (0.25, 0.25), "units": [8, 16, 32]}
    before = copy.deepcopy(space)
    first, again = (random_search(space, 30, np.random.default_rng(2)) for _ in range(2))
    assert first == again
    assert first != random_search(space, 30, np.random.default_rng(3))
    assert all(point["rate"] == pytest.approx(0.25) for point in first)
    assert space == before


@pytest.mark.slow
def test_best_of_is_the_choice_of_grid_search():
    X, y = load_iris(return_X_y=True)
    grid = {"C": [1e-4, 1e-2, 1.0, 10.0], "fit_intercept": [True, False]}
    search = GridSearchCV(LogisticRegression(max_iter=2000), grid, cv=4).fit(X, y)
    folds = np.array([search.cv_results_[f"split{k}_test_score"] for k in range(4)]).T
    params, mean = best_of(list(zip(search.cv_results_["params"], folds, strict=True)))
    assert params == search.best_params_
    assert mean == pytest.approx(search.best_score_)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_candidate_with_nan_never_wins_wherever_it_stands(place):
    results = [({"k": 1}, [-3.0, -1.0]), ({"k": 2}, [-2.0, -2.0])]
    results.insert(place, ({"k": 0}, [5.0, np.nan]))
    assert best_of(results) == ({"k": 1}, -2.0)


def test_expected_improvement_is_the_mean_of_the_gain():
    mu, sigma, best = np.array([-1.0, 0.0, 0.4, 2.0]), np.array([0.5, 2.0, 0.1, 1.0]), 0.3
    expected = [
        scipy.integrate.quad(
            lambda f, m=m, s=s: (f - best) * scipy.stats.norm.pdf(f, m, s), best, m + 12 * s
        )[0]
        for m, s in zip(mu, sigma, strict=True)
    ]
    np.testing.assert_allclose(expected_improvement(mu, sigma, best), expected, atol=1e-8)


def test_expected_improvement_where_nothing_is_uncertain():
    mu = np.array([[1, 2, 3]])
    np.testing.assert_array_equal(expected_improvement(mu, 0 * mu, 2), [[0, 0, 1]])
    small = expected_improvement(mu, np.full((1, 3), 1e-12), 2)
    np.testing.assert_allclose(small, [[0, 0, 1]], atol=1e-9)


@pytest.mark.parametrize("bandwidth", [0.3, 2])
def test_parzen_ratio_is_that_of_scikit_learns_densities(bandwidth):
    rng = np.random.default_rng(5)
    x, good, bad = rng.normal(size=(2, 5)), rng.normal(1, 1, 4), rng.normal(-1, 1, 9)

    def log_density(points):
        estimate = KernelDensity(bandwidth=bandwidth).fit(points[:, None])
        return estimate.score_samples(x.reshape(-1, 1)).reshape(x.shape)

    expected = np.exp(log_density(good) - log_density(bad))
    np.testing.assert_allclose(parzen_ratio(x, good, bad, bandwidth), expected, rtol=1e-9)


@pytest.mark.tensorflow
def test_the_classifier_has_the_settings_that_it_was_given():
    import keras

    model = build_classifier(30, 7, 5, 0.4, "Adamax", "he_uniform", "softplus")
    embedding, lstm, dropout, dense = model.layers
    assert model.input_shape == (None, 7)
    assert embedding.input_dim == 30
    assert (lstm.units, lstm.activation) == (5, keras.activations.softplus)
    assert lstm.recurrent_activation is keras.activations.sigmoid
    assert dropout.rate == 0.4
    assert (dense.units, dense.activation) == (3, keras.activations.softmax)
    for layer in (lstm, dense):
        assert isinstance(layer.kernel_initializer, keras.initializers.HeUniform)
    assert isinstance(model.optimizer, keras.optimizers.Adamax)


@pytest.mark.tensorflow
def test_the_classifier_learns():
    import keras

    keras.utils.set_random_seed(0)
    X = np.random.default_rng(0).integers(1, 12, size=(120, 6))
    y = X[:, -1] % 3
    model = build_classifier(12, 6, 16, 0.1, "adam", "glorot_uniform", "tanh")
    losses = [float(model.train_on_batch(X, y)[0]) for _ in range(200)]
    assert losses[-1] < 0.6 * losses[0]


@pytest.mark.tensorflow
def test_the_classifier_works_inside_scikit_learn():
    """As KerasClassifier clones and grids it, which hands on what is called model__..."""
    from scikeras.wrappers import KerasClassifier

    X = np.random.default_rng(0).integers(1, 12, size=(40, 4))
    y = np.arange(40) % 3
    settings = {"vocabulary": 12, "length": 4, "optimizer": "adam", "init_mode": "normal"}
    settings |= {"activation": "tanh", "dropout": 0.1, "units": 2}
    settings = {f"model__{name}": value for name, value in settings.items()}
    network = KerasClassifier(build_classifier, **settings, epochs=1, verbose=0)
    grid = {"model__units": [2, 3], "model__dropout": [0.2]}
    search = GridSearchCV(network, grid, cv=2).fit(X, y)
    assert search.cv_results_["params"] == expand_grid(grid)
    assert not np.isnan(search.best_score_)
