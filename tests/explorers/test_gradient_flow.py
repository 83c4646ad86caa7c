"""The explorer gradient-flow computes what the references compute for networks of one unit."""

import numpy as np
import pytest

from solutions import lstm
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


@pytest.mark.parametrize("bias", [-2.0, 1.0, 5.0, 8.0])
@pytest.mark.parametrize("u", [0.0, 0.5, 3.0])
def test_along_the_cell_state_it_is_the_slope_of_the_reference(bias, u):
    """Gates that look at the input alone; the slope of C_T by C_t, by central differences."""
    zero = np.zeros((1, 1))
    params = {f"W{layer}": np.zeros((2, 1)) for layer in "fico"}
    params |= {f"b{layer}": np.zeros(1) for layer in "fico"}
    params["Wf"], params["bf"] = np.array([[0.0], [u]]), np.array([bias])
    left = call("gradient-flow", "cellFlow", bias, u, INPUTS)
    X = np.array(INPUTS).reshape(1, -1, 1)
    for t in (0, 4, len(INPUTS) - 1):
        ends = []
        for nudge in (-1e-4, 1e-4):
            c = zero + nudge
            if t + 1 < len(INPUTS):
                c = lstm.lstm_forward(X[:, t + 1 :], zero, c, params)[1][:, -1]
            ends.append(c.item())
        np.testing.assert_allclose((ends[1] - ends[0]) / 2e-4, left[t], rtol=1e-6)


def test_what_has_gone_has_no_width_and_what_exploded_fits_its_place():
    """Nothing at all was once the longest bar."""
    widths = [call("gradient-flow", "width", left) for left in (0, 1e-9, 1e-4, 0.1, 1, 10, 1e9)]
    assert widths[0] == 0
    assert widths == sorted(widths)
    assert widths[-1] <= 44 and widths[4] == 24


def test_at_the_usual_settings_the_lstm_brings_the_error_home():
    plain = call("gradient-flow", "flow", 0.9, 0.5, INPUTS, True)
    cell = call("gradient-flow", "cellFlow", 5, 0.5, INPUTS)
    reason = value("gradient-flow", "words").index("France")
    assert plain[reason] < 0.2 < 0.8 < cell[reason]
