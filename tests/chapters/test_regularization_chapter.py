"""The chapter on regularization: its equations hold, its settings give the cost they promise."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from course import training
from solutions import regularization as reference
from tests.chapters.page import Page

training.quiet()

PAGE = Page("regularization")
FITTERS = PAGE.take("FITTERS", "plain", "precise")["FITTERS"]
number = PAGE.number


@pytest.mark.parametrize("seed", range(3))
def test_the_settings_of_scikit_learn_give_the_lectures_minimum(seed):
    """alpha = λ / 2n for `Lasso`, alpha = λ for `Ridge`, against the reference's own descent."""
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(20, 4)), rng.normal(size=20)
    for lam in (0.5, 5.0, 20.0):
        found = FITTERS["lasso"](X, y, lam)
        np.testing.assert_allclose(found, reference.lasso_fit(X, y, lam), atol=1e-6)
        found = FITTERS["ridge"](X, y, lam)
        np.testing.assert_allclose(found, reference.ridge_fit(X, y, lam), atol=1e-8)


def test_the_c_of_logistic_regression_is_one_over_two_lam():
    """At its solution the slope of Σ loss + λ Σ β² is zero."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    X, y, lam = rng.normal(size=(50, 3)), rng.integers(0, 2, 50), 1.7
    model = LogisticRegression(C=1 / (2 * lam), fit_intercept=False, tol=1e-10).fit(X, y)
    beta = model.coef_[0]
    slope = X.T @ (1 / (1 + np.exp(-X @ beta)) - y) + 2 * lam * beta
    np.testing.assert_allclose(slope, 0, atol=1e-4)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", ["L1", "L2"])
def test_kerass_strength_is_lam_over_n(name):
    import keras

    rng = np.random.default_rng(0)
    X, y, beta, lam = rng.normal(size=(8, 3)), rng.normal(size=8), rng.normal(size=3), 4.0
    penalty = getattr(keras.regularizers, name)(lam / len(y))
    layer = keras.layers.Dense(1, use_bias=False, kernel_regularizer=penalty)
    model = keras.Sequential([keras.Input((3,)), layer])
    model.compile(loss="mse")
    layer.set_weights([beta[:, None]])
    cost = {"L1": reference.lasso_cost, "L2": reference.ridge_cost}[name](X, y, beta, lam)
    assert len(y) * model.evaluate(X, y[:, None], verbose=0) == pytest.approx(cost, rel=1e-5)


@pytest.mark.parametrize("z", [-1.3, 0.2, 0.6])
@pytest.mark.parametrize("lam", [0.5, 1.2, 2.0])
def test_the_equation_for_one_coefficient_is_the_lowest_point(z, lam):
    beta = np.linspace(-2, 2, 400_001)
    lasso = np.sign(z) * max(abs(z) - lam / 2, 0)
    assert beta[np.argmin((beta - z) ** 2 + lam * abs(beta))] == pytest.approx(lasso, abs=2e-5)
    ridge = z / (1 + lam)
    assert beta[np.argmin((beta - z) ** 2 + lam * beta**2)] == pytest.approx(ridge, abs=2e-5)


def test_the_answer_of_the_quiz_about_two_columns():
    X, y = np.eye(2), np.array([0.4, -2])
    np.testing.assert_allclose(reference.lasso_fit(X, y, 1.0), [0, -1.5])
    np.testing.assert_allclose(reference.ridge_fit(X, y, 1.0), [0.2, -1])


def test_dropout_on_a_linear_model_is_ridge_over_all_masks():
    """The equation of the disguise, with the mean taken over every mask there is."""
    rng = np.random.default_rng(0)
    X, y, beta, rate = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=2), 0.3
    mean = 0.0
    for bits in product((False, True), repeat=X.size):
        keep = np.array(bits).reshape(X.shape)
        chance = (1 - rate) ** keep.sum() * rate ** (~keep).sum()
        dropped = reference.dropout(X, rate, keep, True)
        mean += chance * reference.ridge_cost(dropped, y, beta, 0.0)
    penalty = rate / (1 - rate) * np.sum((X**2).sum(axis=0) * beta**2)
    assert mean == pytest.approx(reference.ridge_cost(X, y, beta, 0.0) + penalty)


@pytest.mark.tensorflow
def test_both_dropouts_of_a_recurrent_layer_draw_one_mask_per_sequence():
    import keras

    whole = np.ones((1, 6, 50), dtype="float32")
    for rates in ({"dropout": 0.5}, {"recurrent_dropout": 0.5}):
        layer = keras.layers.SimpleRNN(
            50,
            activation=None,
            kernel_initializer="identity",
            recurrent_initializer="identity" if "recurrent_dropout" in rates else "zeros",
            return_sequences=True,
            **rates,
        )
        states = np.asarray(layer(whole, training=True))[0]
        # A state that was dropped holds this step's input alone; an input that was dropped, none.
        missing = states[1:] == (1 if "recurrent_dropout" in rates else 0)
        assert 0 < missing[0].sum() < 50
        assert (missing == missing[0]).all()


@pytest.mark.parametrize("case", ["weak", "alike", "against"])
def test_the_explorers_cases_do_what_the_page_asks_to_look_for(case):
    from tests.explorers.javascript import call, value

    given = value("lasso-ridge", "cases")[case]
    strengths = list(np.linspace(0, 10, 101))
    lasso, ridge = (
        np.array(call("lasso-ridge", kind, given["rho"], given["b"], strengths))
        for kind in ("lasso", "ridge")
    )
    if case == "weak":  # the weak one leaves at twice its least-squares value
        first_zero = strengths[np.flatnonzero(lasso[:, 1] == 0)[0]]
        assert given["rho"] == 0 and first_zero == pytest.approx(2 * given["b"][1])
    elif case == "alike":  # the lasso lets the second go; ridge first lifts it
        assert lasso[40, 0] > 0 == lasso[40, 1]
        assert ridge[3, 1] > given["b"][1]
    else:  # under ridge the first changes sign, under the lasso it stops at zero
        assert ridge[0, 0] > 0 > ridge[-1, 0]
        assert (lasso[:, 0] >= 0).all() and (lasso[-1] == 0).any()


@pytest.mark.book
class TestTheExecutedPage:
    def test_the_bowls_end_as_told(self):
        assert number("bowls_lasso") > 0.3 * number("bowls")
        assert number("bowls_ridge") == 0

    def test_the_selection_finds_the_needles_and_much_chaff(self):
        found, of = (int(part) for part in PAGE.glued["needles_found"].split(" of "))
        assert found > 0.95 * of
        assert number("kept_median") > 10

    def test_the_lasso_loses_where_all_features_matter(self):
        lost, of = (int(part) for part in PAGE.glued["lasso_worse"].split(" of "))
        assert lost > 0.8 * of

    def test_dropout_and_ridge_agree_but_for_chance(self):
        assert number("disguise_apart") < 0.05 * number("disguise_size")
