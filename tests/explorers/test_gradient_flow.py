"""The explorer gradient-flow computes what the reference computes for a network of one unit."""

import numpy as np
import pytest

from solutions.bptt import state_jacobian_norms
from solutions.unrolling import rnn_forward
from tests.explorers.javascript import call, value

INPUTS = value("gradient-flow", "inputs")


@pytest.mark.parametrize("w", [-1.7, -0.5, 0.0, 0.9, 1.0, 2.0])
@pytest.mark.parametrize("u", [0.0, 0.5, 3.0])
def test_it_agrees_with_the_reference(w, u):
    X = np.array(INPUTS).reshape(1, -1, 1)
    U, W = np.array([[u]]), np.array([[w]])
    S = rnn_forward(X, np.zeros((1, 1)), U, W, np.zeros(1))
    found = call("gradient-flow", "states", w, u, INPUTS, True)
    np.testing.assert_allclose(found, S[0, :, 0], rtol=1e-6, atol=1e-9)
    left = call("gradient-flow", "flow", w, u, INPUTS, True)
    np.testing.assert_allclose(left, state_jacobian_norms(S[0], W), rtol=1e-6, atol=1e-12)


def test_without_tanh_it_is_a_power_of_the_weight():
    left = call("gradient-flow", "flow", 1.1, 0.5, INPUTS, False)
    np.testing.assert_allclose(left, 1.1 ** np.arange(len(INPUTS))[::-1], rtol=1e-9)
