"""The LSTM agrees with what others built: published values, SciPy, Keras and its gradients."""

import copy
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
import scipy.special

from course import training
from solutions.lstm import (
    from_keras,
    lstm_forward,
    lstm_gates,
    lstm_step,
    lstm_step_backward,
    sigmoid,
)

training.quiet()

PUBLISHED = json.loads(
    (Path(__file__).parent / "reference_values.json").read_text(encoding="utf-8")
)
N, T, D, H = 3, 6, 4, 5


def spaced(bounds, *shape):
    """Evenly spaced numbers in the given shape, as the published examples use them."""
    return np.linspace(*bounds, num=np.prod(shape, dtype=int)).reshape(shape)


def published_parameters(example):
    """The example's weights, whose blocks of columns stand in the order i, f, o, candidate."""
    D, H = example["D"], example["H"]
    x_rows = spaced(example["Wx"], D, 4 * H)
    h_rows = spaced(example["Wh"], H, 4 * H)
    biases = spaced(example["b"], 4 * H)
    params = {}
    for block, gate in enumerate("ifoc"):
        columns = slice(block * H, (block + 1) * H)
        params["W" + gate] = np.vstack([h_rows[:, columns], x_rows[:, columns]])
        params["b" + gate] = biases[columns]
    return params


def random_parameters(rng):
    params = {}
    for gate in "fico":
        params["W" + gate] = rng.normal(size=(H + D, H))
        params["b" + gate] = rng.normal(size=H)
    return params


@pytest.fixture
def rng():
    return np.random.default_rng(20)


@pytest.fixture
def keras_weights(rng):
    """Kernel, recurrent kernel and bias in the shapes in which Keras stores them."""
    return rng.normal(size=(D, 4 * H)), rng.normal(size=(H, 4 * H)), rng.normal(size=4 * H)


@pytest.fixture
def cell(keras_weights):
    """Keras' own LSTM cell, in double precision, with these weights."""
    return keras_cell(keras_weights)


def keras_cell(weights):
    import keras

    cell = keras.layers.LSTMCell(H, dtype="float64")
    cell.build((None, D))
    cell.set_weights(weights)
    return cell


# ---------------------------------------------------------------- a gate


@pytest.mark.parametrize(
    "z",
    [
        np.linspace(-40, 40, 333).reshape(3, 111),
        np.arange(-6, 6).reshape(2, 3, 2),
        np.array([-1e4, -746.0, -0.0, 0.0, 746.0, 1e4]),
        -2.5,
        3,
    ],
    ids=["wide", "integers", "far-out", "float", "int"],
)
def test_sigmoid_agrees_with_scipy_and_never_warns(z):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sigmoid(z)
    assert found.dtype == float
    assert found.shape == np.shape(z)
    np.testing.assert_allclose(found, scipy.special.expit(z), rtol=1e-14, atol=1e-300)


# ---------------------------------------------------------------- forward


def test_a_step_gives_the_published_values():
    example = PUBLISHED["lstm_step"]
    N, D, H = example["N"], example["D"], example["H"]
    h_t, c_t = lstm_step(
        spaced(example["x"], N, D),
        spaced(example["prev_h"], N, H),
        spaced(example["prev_c"], N, H),
        published_parameters(example),
    )
    np.testing.assert_allclose(h_t, example["next_h"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(c_t, example["next_c"], rtol=0, atol=1e-8)


def test_a_whole_sequence_gives_the_published_values():
    example = PUBLISHED["lstm_forward"]
    N, T, D, H = (example[size] for size in "NTDH")
    hs, cs = lstm_forward(
        spaced(example["x"], N, T, D),
        spaced(example["h0"], N, H),
        np.zeros((N, H)),
        published_parameters(example),
    )
    np.testing.assert_allclose(hs, example["h"], rtol=0, atol=1e-8)
    assert cs.shape == (N, T, H)


@pytest.mark.tensorflow
def test_a_step_agrees_with_the_cell_of_keras(rng, keras_weights, cell):
    x_t, h, c = rng.normal(size=(N, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    h_t, c_t = lstm_step(x_t, h, c, from_keras(*keras_weights))
    _, (keras_h, keras_c) = cell(x_t, [h, c])
    np.testing.assert_allclose(h_t, keras_h, rtol=1e-12)
    np.testing.assert_allclose(c_t, keras_c, rtol=1e-12)


@pytest.mark.tensorflow
def test_a_whole_sequence_agrees_with_the_layer_of_keras(rng, keras_weights):
    import keras

    X, h_0, c_0 = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    layer = keras.layers.LSTM(H, return_sequences=True, return_state=True, dtype="float64")
    layer.build((None, T, D))
    layer.set_weights(keras_weights)
    keras_hs, keras_h, keras_c = layer(X, initial_state=[h_0, c_0])
    hs, cs = lstm_forward(X, h_0, c_0, from_keras(*keras_weights))
    np.testing.assert_allclose(hs, keras_hs, rtol=1e-11)
    np.testing.assert_allclose(hs[:, -1], keras_h, rtol=1e-11)
    np.testing.assert_allclose(cs[:, -1], keras_c, rtol=1e-11)


@pytest.mark.tensorflow
def test_gates_are_those_that_act_in_the_cell_of_keras(rng, keras_weights, cell):
    """Keras shows no gate, but what its cell does gives each away, step by step.

    The forget gate is the slope of the new cell state in the old one; the output gate is the hidden
    state over tanh of the cell state; with its input gate forced open, the cell shows the candidate.
    """
    import tensorflow as tf

    X, h_0, c_0 = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    gates = lstm_gates(X, h_0, c_0, from_keras(*keras_weights))
    assert {name: gate.shape for name, gate in gates.items()} == dict.fromkeys(
        ("f", "i", "o", "candidate"), (N, T, H)
    )
    kernel, recurrent_kernel, bias = (weights.copy() for weights in keras_weights)
    kernel[:, :H], recurrent_kernel[:, :H], bias[:H] = 0, 0, 50
    open_cell = keras_cell([kernel, recurrent_kernel, bias])
    h, c = tf.constant(h_0), tf.constant(c_0)
    for t in range(T):
        with tf.GradientTape() as tape:
            tape.watch(c)
            _, (next_h, next_c) = cell(X[:, t], [h, c])
        f = tape.gradient(next_c, c).numpy()
        candidate = open_cell(X[:, t], [h, c])[1][1] - f * c
        i = (next_c - f * c) / candidate
        o = next_h / tf.tanh(next_c)
        for name, seen in {"f": f, "i": i, "o": o, "candidate": candidate}.items():
            np.testing.assert_allclose(gates[name][:, t], seen, rtol=1e-8, err_msg=name)
        h, c = next_h, next_c


# ---------------------------------------------------------------- backward


@pytest.mark.tensorflow
@pytest.mark.parametrize("batch", [1, N])
def test_the_gradient_of_a_step_agrees_with_automatic_differentiation(
    rng, keras_weights, cell, batch
):
    import tensorflow as tf

    x_t, h, c = (tf.constant(rng.normal(size=(batch, size))) for size in (D, H, H))
    dh, dc = rng.normal(size=(batch, H)), rng.normal(size=(batch, H))
    with tf.GradientTape() as tape:
        tape.watch([x_t, h, c])
        _, (h_t, c_t) = cell(x_t, [h, c])
        # dc is the slope with h_t held fixed: exactly what this loss has in c_t beside h_t
        loss = tf.reduce_sum(h_t * dh) + tf.reduce_sum(c_t * dc)
    sources = [x_t, h, c, cell.kernel.value, cell.recurrent_kernel.value, cell.bias.value]
    dx, dh_prev, dc_prev, *weights = (gradient.numpy() for gradient in tape.gradient(loss, sources))
    expected = {"x_t": dx, "h_prev": dh_prev, "c_prev": dc_prev, **from_keras(*weights)}

    params = from_keras(*keras_weights)
    grads = lstm_step_backward(dh, dc, x_t.numpy(), h.numpy(), c.numpy(), params)
    assert grads.keys() == expected.keys()
    for name, gradient in expected.items():
        np.testing.assert_allclose(grads[name], gradient, rtol=1e-9, atol=1e-12, err_msg=name)


# ---------------------------------------------------------------- what the contract promises of all


def arguments(rng):
    """Function -> arguments it takes, for every function of the module."""
    x_t, h, c = rng.normal(size=(N, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    X, params = rng.normal(size=(N, T, D)), random_parameters(rng)
    return {
        sigmoid: (rng.normal(size=(N, H)),),
        lstm_step: (x_t, h, c, params),
        lstm_gates: (X, h, c, params),
        lstm_forward: (X, h, c, params),
        lstm_step_backward: (rng.normal(size=(N, H)), rng.normal(size=(N, H)), x_t, h, c, params),
        from_keras: (
            rng.normal(size=(D, 4 * H)),
            rng.normal(size=(H, 4 * H)),
            rng.normal(size=4 * H),
        ),
    }


def test_arguments_stay_as_they_are(rng):
    for function, given in arguments(rng).items():
        before = copy.deepcopy(given)
        function(*given)
        np.testing.assert_equal(given, before, err_msg=function.__name__)


def test_whole_numbers_count_as_floats(rng):
    """Integer arrays are allowed, and give what the same numbers as floats give."""
    for function, given in arguments(rng).items():
        whole = [_apply(lambda array: np.rint(2 * array).astype(int), value) for value in given]
        floats = [_apply(lambda array: array.astype(float), value) for value in whole]
        np.testing.assert_equal(function(*whole), function(*floats), err_msg=function.__name__)


def _apply(change, value):
    """The value with all of its arrays changed, in a dict or alone."""
    if isinstance(value, dict):
        return {name: change(array) for name, array in value.items()}
    return change(value)
