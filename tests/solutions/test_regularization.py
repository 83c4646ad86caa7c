"""Penalties, fits and dropout agree with scikit-learn, SciPy and Keras."""

import copy

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize, minimize_scalar
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.metrics import mean_squared_error

from course import training
from solutions.regularization import (
    dropout,
    lasso_cost,
    lasso_fit,
    penalized_gradient,
    ridge_cost,
    ridge_fit,
    soft_threshold,
)

training.quiet()


@pytest.fixture
def rng():
    return np.random.default_rng(60)


def problem(rng, n, p):
    """Features away from mean 0 and of different sizes; targets on which some have no influence."""
    X = rng.uniform(0.5, 2, size=p) * rng.normal(size=(n, p)) + 0.5
    beta = rng.choice([-2.0, 0.0, 0.0, 3.0], size=p)
    return X, X @ beta + rng.normal(scale=0.5, size=n)


# ---------------------------------------------------------------- costs


def test_costs_are_the_errors_of_scikit_learn_and_the_norms_of_numpy(rng):
    for n, p in ((9, 4), (3, 7), (1, 1)):
        (X, y), beta, lam = problem(rng, n, p), rng.normal(size=p), float(rng.uniform(0.1, 5))
        errors = n * mean_squared_error(y, X @ beta)
        lasso = errors + lam * np.linalg.norm(beta, 1)
        ridge = errors + lam * np.linalg.norm(beta, 2) ** 2
        assert lasso_cost(X, y, beta, lam) == pytest.approx(lasso, rel=1e-12)
        assert ridge_cost(X, y, beta, lam) == pytest.approx(ridge, rel=1e-12)


@pytest.mark.tensorflow
def test_penalties_are_those_of_keras(rng):
    import keras

    beta, lam = rng.normal(size=6), 0.7
    X, y = np.zeros((1, 6)), np.zeros(1)
    lasso, ridge = keras.regularizers.L1(lam)(beta), keras.regularizers.L2(lam)(beta)
    assert lasso_cost(X, y, beta, lam) == pytest.approx(float(lasso), rel=1e-6)
    assert ridge_cost(X, y, beta, lam) == pytest.approx(float(ridge), rel=1e-6)


@pytest.mark.parametrize("dtype", [np.int64, np.int8])
def test_costs_of_whole_numbers_are_floats_and_do_not_overflow(dtype):
    X, y, beta = (np.array(v, dtype=dtype) for v in ([[9, 10]], [-100], [12, -11]))
    error = (-100 - 9 * 12 + 10 * 11) ** 2
    for found, penalty in ((lasso_cost(X, y, beta, 2), 23), (ridge_cost(X, y, beta, 2), 265)):
        assert isinstance(found, float)
        assert found == error + 2 * penalty


# ---------------------------------------------------------------- ridge


@pytest.mark.parametrize(("n", "p"), [(20, 4), (5, 9), (6, 6), (7, 1)])
def test_ridge_agrees_with_scikit_learn(rng, n, p):
    X, y = problem(rng, n, p)
    for lam in (0.1, 3.0, 200.0):
        expected = Ridge(alpha=lam, fit_intercept=False, solver="svd").fit(X, y).coef_
        np.testing.assert_allclose(ridge_fit(X, y, lam), expected, rtol=1e-8, atol=1e-12)


def test_ridge_is_where_a_general_minimiser_ends(rng):
    X, y = problem(rng, 15, 4)
    found = minimize(lambda beta: ridge_cost(X, y, beta, 2.5), np.zeros(4), tol=1e-12).x
    np.testing.assert_allclose(ridge_fit(X, y, 2.5), found, atol=1e-5)


def test_without_penalty_ridge_is_least_squares_also_where_columns_are_equal(rng):
    X, y = problem(rng, 12, 3)
    expected = LinearRegression(fit_intercept=False).fit(X, y)
    np.testing.assert_allclose(ridge_fit(X, y, 0), expected.coef_, rtol=1e-9)
    twice = np.concatenate([X, X[:, :1]], axis=1)
    np.testing.assert_allclose(twice @ ridge_fit(twice, y, 0.0), expected.predict(X), rtol=1e-9)


# ---------------------------------------------------------------- lasso


def test_soft_threshold_minimises_the_one_dimensional_lasso():
    """argmin over b of (b - z)^2 / 2 + t abs(b), as a general minimiser finds it."""

    def cost(b, z, t):
        return (b - z) ** 2 / 2 + t * abs(b)

    for z in (-3.0, -1.0, -0.2, 0.0, 0.4, 2.5):
        for t in (0.0, 0.5, 1.0):
            found = minimize_scalar(cost, args=(z, t), bounds=(-4, 4), options={"xatol": 1e-9}).x
            assert soft_threshold(z, t) == pytest.approx(found, abs=1e-5)


def test_soft_threshold_gives_exact_zeros_and_keeps_the_shape():
    z = np.array([[-3, -2, -1], [0, 1, 2]])
    np.testing.assert_array_equal(soft_threshold(z, 1.5), [[-1.5, -0.5, 0], [0, 0, 0.5]])
    np.testing.assert_array_equal(soft_threshold(z, 2), [[-1, 0, 0], [0, 0, 0]])
    assert soft_threshold(5, 2) == 3


@pytest.mark.slow
@pytest.mark.parametrize(("n", "p"), [(40, 6), (30, 12), (12, 16), (7, 1)])
def test_lasso_agrees_with_scikit_learn_to_the_exact_zero(rng, n, p):
    """scikit-learn halves and averages the errors, so that its alpha is lam / (2 n)."""
    X, y = problem(rng, n, p)
    zeros = 0
    for share in (0.05, 0.2, 0.5, 1.1):
        lam = share * 2 * np.abs(X.T @ y).max()
        model = Lasso(lam / (2 * n), fit_intercept=False, tol=1e-14, max_iter=200_000).fit(X, y)
        found = lasso_fit(X, y, lam, sweeps=2000)
        np.testing.assert_allclose(found, model.coef_, rtol=1e-6, atol=1e-9)
        np.testing.assert_array_equal(found == 0, model.coef_ == 0)
        zeros += (found == 0).sum()
    assert zeros >= p, "the strongest penalty should empty all coefficients"


def test_two_hundred_sweeps_are_enough_for_ordinary_data(rng):
    X, y = problem(rng, 40, 6)
    model = Lasso(20 / 80, fit_intercept=False, tol=1e-14, max_iter=200_000).fit(X, y)
    np.testing.assert_allclose(lasso_fit(X, y, 20), model.coef_, rtol=1e-6, atol=1e-9)


def test_without_penalty_lasso_is_least_squares(rng):
    X, y = problem(rng, 40, 5)
    expected = LinearRegression(fit_intercept=False).fit(X, y).coef_
    np.testing.assert_allclose(lasso_fit(X, y, 0), expected, rtol=1e-6)


def test_an_empty_column_gets_zero_and_changes_nothing(rng):
    X, y = problem(rng, 30, 4)
    with_empty = np.insert(X, 2, 0.0, axis=1)
    found = lasso_fit(with_empty, y, 15.0)
    assert found[2] == 0
    np.testing.assert_array_equal(np.delete(found, 2), lasso_fit(X, y, 15.0))


def test_a_column_of_tiny_numbers_is_not_empty(rng):
    X, y = problem(rng, 30, 4)
    found = lasso_fit(X * 1e-3, y, 15e-3)
    np.testing.assert_allclose(found, lasso_fit(X, y, 15.0) * 1e3, rtol=1e-9)


def test_lasso_takes_whole_numbers(rng):
    X, y = rng.integers(-5, 6, size=(20, 4)), rng.integers(-9, 10, size=20)
    np.testing.assert_array_equal(lasso_fit(X, y, 30), lasso_fit(X * 1.0, y * 1.0, 30.0))


# ---------------------------------------------------------------- dropout


@pytest.mark.tensorflow
@pytest.mark.parametrize("rate", [0.0, 0.3, 0.75])
def test_dropout_agrees_with_the_layer_of_keras(rng, rate):
    """The layer draws its own mask; where its result is not 0 it kept."""
    import keras

    x = rng.uniform(1, 2, size=(40, 30))
    layer = keras.layers.Dropout(rate, seed=5, dtype="float64")
    dropped = np.asarray(layer(x, training=True))
    keep = dropped != 0
    assert keep.all() == (rate == 0)
    np.testing.assert_allclose(dropout(x, rate, keep, True), dropped, rtol=1e-12)
    np.testing.assert_array_equal(dropout(x, rate, keep, False), layer(x, training=False))


@pytest.mark.parametrize("training_now", [True, False])
@pytest.mark.parametrize("rate", [1.0, 1.5, -0.1, np.nan])
def test_dropout_refuses_impossible_rates_in_both_modes(rate, training_now):
    x = np.ones(3)
    with pytest.raises(ValueError, match="less than 1"):
        dropout(x, rate, x > 0, training_now)


def test_dropout_of_whole_numbers_gives_floats():
    x, keep = np.array([3, 5, 7]), np.array([True, False, True])
    np.testing.assert_array_equal(dropout(x, 0.5, keep, True), [6.0, 0.0, 14.0])


# ---------------------------------------------------------------- the penalised gradient


@pytest.mark.tensorflow
def test_the_penalised_gradient_agrees_with_automatic_differentiation(rng):
    """Of a loss with the regulariser of Keras added, at weights of which some are 0."""
    import keras
    import tensorflow as tf

    w = rng.normal(size=(4, 3))
    w[1] = 0
    weights, slopes = tf.constant(w), rng.normal(size=(4, 3))
    for l1, l2 in ((0.3, 0.7), (0.0, 0.4), (0.2, 0.0)):
        with tf.GradientTape() as tape:
            tape.watch(weights)
            loss = tf.reduce_sum(weights * slopes)
            loss += keras.regularizers.L1(l1)(weights) if l1 else 0.0
            loss += keras.regularizers.L2(l2)(weights) if l2 else 0.0
        expected = tape.gradient(loss, weights)
        np.testing.assert_allclose(penalized_gradient(slopes, w, l1, l2), expected, rtol=1e-6)


def test_the_penalised_gradient_is_the_slope_of_the_costs(rng):
    X, y = problem(rng, 9, 4)
    beta = rng.normal(size=4)
    errors = 2 * X.T @ (X @ beta - y)
    for cost, l1, l2 in ((lasso_cost, 1.5, 0.0), (ridge_cost, 0.0, 1.5)):
        numerical = approx_fprime(beta, lambda b, cost=cost: cost(X, y, b, 1.5), 1e-7)
        found = penalized_gradient(errors, beta, l1, l2)
        np.testing.assert_allclose(found, numerical, rtol=1e-4, atol=1e-4)


def test_arguments_stay_as_they_are(rng):
    X, y = problem(rng, 8, 3)
    beta, x = rng.normal(size=3), rng.normal(size=(4, 5))
    given = {
        lasso_cost: (X, y, beta, 0.5),
        ridge_cost: (X, y, beta, 0.5),
        ridge_fit: (X, y, 0.5),
        soft_threshold: (x, 0.5),
        lasso_fit: (X, y, 0.5),
        dropout: (x, 0.5, x > 0, True),
        penalized_gradient: (x, x + 1, 0.5, 0.5),
    }
    for function, arguments in given.items():
        before = copy.deepcopy(arguments)
        function(*arguments)
        np.testing.assert_equal(arguments, before, err_msg=function.__name__)
