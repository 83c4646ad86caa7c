"""What is seen in Keras' recurrent cells is what the equations give."""

from __future__ import annotations

import numpy as np
import pytest

from course import recurrent, training
from solutions import lstm as reference

training.quiet()


def read_on(weights, state, inputs):
    """The states of a cell after these inputs: `[S]` of a plain cell, `[h, C]` of an LSTM."""
    for x in inputs[:, None]:
        if len(state) == 1:
            kernel, recurrent, bias = weights
            state = [np.tanh(x @ kernel + state[0] @ recurrent + bias)]
        else:
            state = list(reference.lstm_step(x, *state, reference.from_keras(*weights)))
    return state


def moved(state, shift):
    """The same states with the last one moved; the hidden state that shows it moves along."""
    if len(state) == 1:
        return [state[0] + shift]
    h, c = state
    return [h / np.tanh(c) * np.tanh(c + shift), c + shift]


@pytest.mark.tensorflow
@pytest.mark.parametrize(("kind", "states"), [("SimpleRNNCell", 1), ("LSTMCell", 2)])
def test_memory_of_is_the_norm_of_the_jacobian(kind, states):
    """Against central differences: the last state as a function of each earlier one."""
    import keras

    keras.utils.set_random_seed(3)
    cell = getattr(keras.layers, kind)(4)
    cell.build((None, 3))
    inputs = np.random.default_rng(3).normal(size=(6, 3))
    found = recurrent.memory_of(cell, inputs.astype("float32"))

    weights = [w.astype(float) for w in cell.get_weights()]
    for lag in range(len(inputs)):
        early, late = inputs[: len(inputs) - lag], inputs[len(inputs) - lag :]
        state = read_on(weights, [np.zeros((1, 4))] * states, early)
        rows = [
            read_on(weights, moved(state, e), late)[-1]
            - read_on(weights, moved(state, -e), late)[-1]
            for e in 1e-5 * np.eye(4)
        ]
        assert found[lag] == pytest.approx(np.linalg.norm(np.concatenate(rows) / 2e-5, 2), rel=1e-4)


@pytest.mark.tensorflow
def test_gates_of_finds_the_gates_that_keras_hides():
    """Asked only through its output, a Keras cell gives the gates that the equations give."""
    import keras

    keras.utils.set_random_seed(5)
    cell = keras.layers.LSTMCell(6)
    cell.build((None, 3))
    X = np.random.default_rng(5).normal(size=(4, 9, 3)).astype("float32")
    f, i, o, c = recurrent.gates_of(cell, X)
    params = reference.from_keras(*(w.astype(float) for w in cell.get_weights()))
    zero = np.zeros((4, 6))
    expected = reference.lstm_gates(X.astype(float), zero, zero, params)
    np.testing.assert_allclose(f, expected["f"], atol=1e-6)
    np.testing.assert_allclose(i, expected["i"], atol=1e-6)
    np.testing.assert_allclose(o, expected["o"], atol=1e-6)
    np.testing.assert_allclose(
        c, reference.lstm_forward(X.astype(float), zero, zero, params)[1], atol=1e-5
    )
