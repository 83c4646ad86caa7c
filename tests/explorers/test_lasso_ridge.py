"""The explorer lasso-ridge finds the coefficients that the reference finds."""

import numpy as np
import pytest

from solutions.regularization import lasso_cost, lasso_fit, ridge_cost, ridge_fit
from tests.explorers.javascript import call

CORRELATIONS = (-0.9, -0.4, 0.0, 0.6)
WANTED = ([2.2, 0.9], [-1.5, 2.8], [0.3, -3.0], [0.0, 0.0])
PRICES = (0.0, 0.4, 1.7, 3.5, 6.0)


def data(rho, wanted):
    """Two examples whose columns have length one, product rho and these least-squares answers."""
    X = np.linalg.cholesky([[1, rho], [rho, 1]]).T
    return X, X @ wanted


def both(kind, fit, rho, wanted):
    """(prices, 2) coefficients: the explorer's, the reference's."""
    X, y = data(rho, wanted)
    found = np.array(call("lasso-ridge", kind, rho, wanted, PRICES))
    return found, np.array([fit(X, y, lam) for lam in PRICES])


@pytest.mark.parametrize("rho", CORRELATIONS)
def test_ridge_agrees_with_the_reference(rho):
    for wanted in WANTED:
        found, expected = both("ridge", ridge_fit, rho, wanted)
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("rho", CORRELATIONS)
def test_the_lasso_agrees_with_the_reference_and_its_zeros_are_exact(rho):
    for wanted in WANTED:
        found, expected = both("lasso", lasso_fit, rho, wanted)
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
        # Without a price the reference descends for ever; nothing is exactly zero there.
        np.testing.assert_array_equal(found[1:] == 0, expected[1:] == 0)
        assert (found[1:] == 0).any()


@pytest.mark.parametrize("rho", CORRELATIONS)
def test_its_loss_is_that_of_the_reference_above_the_lowest(rho):
    """The rings of the drawing are level lines of the squared errors."""
    X, y = data(rho, WANTED[0])
    for beta in ([0.0, 0.0], [1.0, -0.5], WANTED[0]):
        found = call("lasso-ridge", "loss", rho, WANTED[0], beta)
        assert found == pytest.approx(ridge_cost(X, y, np.array(beta), 0.0), abs=1e-9)
        assert found == pytest.approx(lasso_cost(X, y, np.array(beta), 0.0), abs=1e-9)
