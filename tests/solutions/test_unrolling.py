"""The recurrent network agrees with what others built: published values, SciPy and Keras."""

import copy
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
import scipy.special

from course import training
from solutions.unrolling import (
    count_parameters,
    generate,
    rnn_forward,
    rnn_outputs,
    rnn_step,
    softmax,
)

training.quiet()

PUBLISHED = json.loads(
    (Path(__file__).parent / "reference_values.json").read_text(encoding="utf-8")
)
N, T, D, H, K = 3, 6, 4, 5, 7


def spaced(bounds, *shape):
    """Evenly spaced numbers in the given shape, as the published examples use them."""
    return np.linspace(*bounds, num=np.prod(shape, dtype=int)).reshape(shape)


@pytest.fixture
def rng():
    return np.random.default_rng(30)


def random_layer(rng, inputs=D):
    return rng.normal(size=(inputs, H)), rng.normal(size=(H, H)), rng.normal(size=H)


def keras_layer(weights, **options):
    """Keras' own recurrent layer, in double precision, with these weights."""
    import keras

    layer = keras.layers.SimpleRNN(H, dtype="float64", **options)
    layer.build((None, None, len(weights[0])))
    layer.set_weights(weights)
    return layer


# ---------------------------------------------------------------- a step, and many


def test_a_step_gives_the_published_values():
    example = PUBLISHED["rnn_step"]
    N, D, H = (example[size] for size in "NDH")
    s_t = rnn_step(
        spaced(example["x"], N, D),
        spaced(example["prev_h"], N, H),
        spaced(example["Wx"], D, H),
        spaced(example["Wh"], H, H),
        spaced(example["b"], H),
    )
    np.testing.assert_allclose(s_t, example["next_h"], rtol=0, atol=1e-8)


def test_a_whole_sequence_gives_the_published_values():
    example = PUBLISHED["rnn_forward"]
    N, T, D, H = (example[size] for size in "NTDH")
    S = rnn_forward(
        spaced(example["x"], N, T, D),
        spaced(example["h0"], N, H),
        spaced(example["Wx"], D, H),
        spaced(example["Wh"], H, H),
        spaced(example["b"], H),
    )
    np.testing.assert_allclose(S, example["h"], rtol=0, atol=1e-8)


@pytest.mark.tensorflow
def test_a_sequence_agrees_with_keras(rng):
    X, s_0, weights = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)), random_layer(rng)
    layer = keras_layer(weights, return_sequences=True)
    expected = np.asarray(layer(X, initial_state=s_0))
    np.testing.assert_allclose(rnn_forward(X, s_0, *weights), expected, rtol=1e-12)


def test_integers_are_read_as_the_floats_they_equal(rng):
    X, s_0, weights = rng.integers(0, 2, (N, T, D)), np.zeros((N, H), int), random_layer(rng)
    expected = rnn_forward(X.astype(float), s_0.astype(float), *weights)
    np.testing.assert_array_equal(rnn_forward(X, s_0, *weights), expected)


# ---------------------------------------------------------------- what it says


@pytest.mark.parametrize(
    "z",
    [
        np.linspace(-40, 40, 60).reshape(3, 4, 5),
        np.arange(-6, 6).reshape(4, 3),
        np.array([1.0, 2.0, 3.0]),
        np.array([[1e4, 1e4 - 1, -1e4], [-1e4, -1e4 + 1, -1e4], [0, 720, 719.0]]),
        np.array([[5.0]]),
    ],
    ids=["wide", "integers", "one-row", "far-out", "one-class"],
)
def test_softmax_agrees_with_scipy_and_never_warns(z):
    before = z.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = softmax(z)
    assert found.dtype == float
    np.testing.assert_allclose(found, scipy.special.softmax(z, axis=-1), rtol=1e-12, atol=1e-300)
    np.testing.assert_array_equal(z, before)


@pytest.mark.tensorflow
def test_outputs_agree_with_a_dense_layer_of_keras(rng):
    import keras

    S, V, c = rng.normal(size=(N, T, H)), rng.normal(size=(H, K)), rng.normal(size=K)
    layer = keras.layers.Dense(K, "softmax", dtype="float64")
    layer.build(S.shape)
    layer.set_weights([V, c])
    np.testing.assert_allclose(rnn_outputs(S, V, c), np.asarray(layer(S)), rtol=1e-12)


# ---------------------------------------------------------------- how large it is


@pytest.mark.tensorflow
@pytest.mark.parametrize(("D", "H", "K"), [(1, 1, 1), (4, 5, 7), (24, 48, 24)])
def test_the_count_is_that_of_keras_for_any_number_of_steps(D, H, K):
    import keras

    for steps in (3, 30):
        network = keras.Sequential(
            [
                keras.layers.Input((steps, D)),
                keras.layers.SimpleRNN(H, return_sequences=True),
                keras.layers.Dense(K, "softmax"),
            ]
        )
        assert count_parameters(D, H, K) == network.count_params()


# ---------------------------------------------------------------- what it writes


@pytest.mark.tensorflow
def test_what_is_written_agrees_with_a_stateful_layer_of_keras(rng):
    import keras

    for _ in range(5):
        weights = random_layer(rng, K)
        V, c, s_0 = rng.normal(size=(H, K)), rng.normal(size=K), np.tanh(rng.normal(size=(1, H)))
        layer = keras_layer(weights, return_state=True)
        token, state, expected = 2, s_0, []
        for _ in range(10):
            x_t = keras.ops.one_hot([[token]], K, dtype="float64")
            _, state = layer(x_t, initial_state=state)
            token = int(np.argmax(state @ V + c))
            expected.append(token)
        found = generate(2, s_0, *weights, V, c, 10)
        assert found == expected
        assert all(type(token) is int for token in found)


def test_a_network_wired_to_count_counts():
    """Token k drives unit k, and unit k speaks for token k + 1: known without any program."""
    U, V = 3 * np.eye(K), 5 * np.roll(np.eye(K), 1, axis=1)
    tokens = generate(
        5, np.zeros((1, K)), U, np.zeros((K, K)), np.zeros(K), V, np.zeros(K), steps=9
    )
    assert tokens == [6, 0, 1, 2, 3, 4, 5, 6, 0]


def test_writing_on_is_writing_in_one_go(rng):
    weights = random_layer(rng, K)
    V, c, s_0 = rng.normal(size=(H, K)), rng.normal(size=K), np.zeros((1, H))
    whole = generate(0, s_0, *weights, V, c, 8)
    X = np.eye(K)[[[0, *whole[:2]]]]
    state = rnn_forward(X, s_0, *weights)[:, -1]
    assert whole[:3] + generate(whole[2], state, *weights, V, c, 5) == whole


def test_no_function_changes_its_arguments(rng):
    weights, V, c = random_layer(rng, K), rng.normal(size=(H, K)), rng.normal(size=K)
    X, s_0 = rng.normal(size=(1, T, K)), rng.normal(size=(1, H))
    arrays = (X, s_0, *weights, V, c)
    before = copy.deepcopy(arrays)
    S = rnn_forward(X, s_0, *weights)
    rnn_step(X[:, 0], s_0, *weights)
    rnn_outputs(S, V, c)
    generate(1, s_0, *weights, V, c, 4)
    for was, now in zip(before, arrays, strict=True):
        np.testing.assert_array_equal(was, now)
