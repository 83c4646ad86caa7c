"""The way back agrees with scikit-learn, SciPy, TensorFlow's automatic gradients and Keras."""

import copy

import numpy as np
import pytest
from scipy.optimize import rosen, rosen_der
from sklearn.metrics import log_loss

from course import training
from solutions.bptt import (
    clip_by_global_norm,
    numerical_gradient,
    rnn_backward,
    sequence_loss,
    state_jacobian_norms,
)

training.quiet()

N, T, D, H, K = 3, 6, 4, 5, 7


@pytest.fixture
def rng():
    return np.random.default_rng(40)


@pytest.fixture
def problem(rng):
    """Inputs, right tokens and weights, in the order of rnn_backward's arguments."""
    return {
        "X": rng.normal(size=(N, T, D)),
        "s_0": np.tanh(rng.normal(size=(N, H))),
        "Y": rng.integers(K, size=(N, T)),
        "U": rng.normal(size=(D, H)),
        "W": rng.normal(size=(H, H)),
        "b": rng.normal(size=H),
        "V": rng.normal(size=(H, K)),
        "c": rng.normal(size=K),
    }


def keras_network(problem):
    """Keras' own recurrent and output layer, in double precision, with the problem's weights."""
    import keras

    recurrent = keras.layers.SimpleRNN(H, return_sequences=True, dtype="float64")
    recurrent.build(problem["X"].shape)
    recurrent.set_weights([problem["U"], problem["W"], problem["b"]])
    output = keras.layers.Dense(K, "softmax", dtype="float64")
    output.build((N, T, H))
    output.set_weights([problem["V"], problem["c"]])
    return recurrent, output


# ---------------------------------------------------------------- the loss


def test_the_loss_is_the_log_loss_of_scikit_learn_step_by_step(rng):
    outputs, tokens = rng.dirichlet(np.ones(K), size=(N, T)), rng.integers(K, size=(N, T))
    steps = [log_loss(tokens[:, t], outputs[:, t], labels=range(K)) for t in range(T)]
    found = sequence_loss(outputs, tokens)
    assert isinstance(found, float)
    np.testing.assert_allclose(found, sum(steps), rtol=1e-12)


@pytest.mark.tensorflow
@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8])
def test_the_loss_is_the_cross_entropy_of_keras_summed_over_time(rng, dtype):
    import keras

    outputs = rng.dirichlet(np.ones(K), size=(N, T))
    tokens = rng.integers(K, size=(N, T)).astype(dtype)
    expected = keras.losses.sparse_categorical_crossentropy(tokens, outputs)
    np.testing.assert_allclose(
        sequence_loss(outputs, tokens), np.asarray(expected).sum(axis=1).mean(), rtol=1e-10
    )


# ---------------------------------------------------------------- by trying


@pytest.mark.parametrize("shape", [(4,), (2, 3), (2, 1, 3), (2,)])
def test_the_gradient_by_trying_is_that_of_a_published_function(rng, shape):
    """Rosenbrock's function, whose gradient SciPy has in closed form."""
    theta = rng.normal(size=shape)
    before = theta.copy()
    found = numerical_gradient(lambda x: rosen(x.ravel()), theta)
    expected = rosen_der(theta.ravel()).reshape(shape)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(theta, before)


def test_integers_are_pushed_by_less_than_one():
    found = numerical_gradient(rosen, np.array([1, -2, 3]))
    np.testing.assert_allclose(found, rosen_der(np.array([1.0, -2, 3])), rtol=1e-6)


def test_the_error_for_a_cubic_is_the_square_of_eps():
    """(x + e)^3 - (x - e)^3 = 2 e (3 x^2 + e^2)."""
    found = numerical_gradient(lambda x: x[0] ** 3, np.array([2.0]), 0.1)
    np.testing.assert_allclose(found, [12.01], rtol=1e-12)


# ---------------------------------------------------------------- through time


@pytest.mark.tensorflow
@pytest.mark.parametrize("steps", [T, 1])
def test_the_gradients_agree_with_tensorflow(problem, steps):
    import keras
    import tensorflow as tf

    problem |= {"X": problem["X"][:, :steps], "Y": problem["Y"][:, :steps]}
    recurrent, output = keras_network(problem)
    with tf.GradientTape() as tape:
        outputs = output(recurrent(problem["X"], initial_state=problem["s_0"]))
        losses = keras.losses.sparse_categorical_crossentropy(problem["Y"], outputs)
        loss = tf.reduce_sum(losses) / N
    expected = tape.gradient(loss, recurrent.trainable_weights + output.trainable_weights)
    found = rnn_backward(**problem)
    assert set(found) == set("UWbVc")
    for name, gradient in zip("UWbVc", expected, strict=True):
        np.testing.assert_allclose(found[name], gradient, rtol=1e-10, atol=1e-12)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", list("UWbVc"))
def test_the_gradients_agree_with_pushing_the_weights_of_keras(problem, name):
    def loss(weights):
        recurrent, output = keras_network(problem | {name: weights})
        outputs = np.asarray(output(recurrent(problem["X"], initial_state=problem["s_0"])))
        return sequence_loss(outputs, problem["Y"])

    tried = numerical_gradient(loss, problem[name])
    found = rnn_backward(**problem)[name]
    error = np.linalg.norm(tried - found) / np.linalg.norm(tried + found)
    assert error < 1e-7


def test_one_hot_integers_are_read_as_the_floats_they_equal(problem, rng):
    tokens = np.eye(D, dtype=int)[rng.integers(D, size=(N, T))]
    found = rnn_backward(**problem | {"X": tokens})
    expected = rnn_backward(**problem | {"X": tokens.astype(float)})
    for name in expected:
        np.testing.assert_array_equal(found[name], expected[name])


def test_outputs_far_out_overflow_nowhere(problem):
    with np.errstate(all="raise", under="ignore"):
        found = rnn_backward(**problem | {"c": problem["c"] * 1e4})
    assert all(np.isfinite(gradient).all() for gradient in found.values())


# ---------------------------------------------------------------- what is left of it


@pytest.mark.tensorflow
def test_the_norms_agree_with_the_jacobians_of_tensorflow(problem):
    import tensorflow as tf

    recurrent, _ = keras_network(problem)
    states = np.asarray(recurrent(problem["X"], initial_state=problem["s_0"]))[0]
    expected = []
    for t in range(T):
        s_t = tf.constant(states[t : t + 1])
        with tf.GradientTape() as tape:
            tape.watch(s_t)
            rest = problem["X"][:1, t + 1 :]
            last = recurrent(rest, initial_state=s_t)[:, -1] if t + 1 < T else s_t
        jacobian = np.asarray(tape.jacobian(last, s_t))[0, :, 0]
        expected.append(np.linalg.svd(jacobian, compute_uv=False)[0])
    np.testing.assert_allclose(state_jacobian_norms(states, problem["W"]), expected, rtol=1e-9)


def test_the_norms_stay_below_the_published_bound(rng):
    """Pascanu, Mikolov & Bengio (2013): at most (gamma sigma)^l over l steps, gamma = 1 for tanh."""
    W = rng.normal(size=(H, H))
    W *= 0.9 / np.linalg.svd(W, compute_uv=False)[0]
    norms = state_jacobian_norms(np.tanh(rng.normal(size=(30, H))), W)
    assert norms[-1] == 1
    assert (norms <= 0.9 ** np.arange(30)[::-1] + 1e-15).all()


def test_a_rotation_between_states_of_zero_loses_nothing(rng):
    rotation = np.linalg.qr(rng.normal(size=(H, H)))[0]
    np.testing.assert_allclose(state_jacobian_norms(np.zeros((9, H)), rotation), np.ones(9))


# ---------------------------------------------------------------- clipping


@pytest.mark.tensorflow
@pytest.mark.parametrize("max_norm", [0.5, 3.0, 1e3])
def test_clipping_agrees_with_tensorflow(problem, max_norm):
    import tensorflow as tf

    grads = rnn_backward(**problem)
    clipped, norm = clip_by_global_norm(grads, max_norm)
    expected, expected_norm = tf.clip_by_global_norm(list(grads.values()), max_norm)
    assert isinstance(norm, float)
    np.testing.assert_allclose(norm, expected_norm, rtol=1e-12)
    for name, gradient in zip(grads, expected, strict=True):
        np.testing.assert_allclose(clipped[name], gradient, rtol=1e-12)


@pytest.mark.parametrize("max_norm", [1e-3, 1.0, np.inf])
def test_a_gradient_of_zeros_stays_zero(max_norm):
    with np.errstate(all="raise"):
        clipped, norm = clip_by_global_norm({"W": np.zeros((2, 3)), "b": np.zeros(2)}, max_norm)
    assert norm == 0
    assert not clipped["W"].any()
    assert not clipped["b"].any()


def test_integers_are_clipped_to_floats():
    clipped, norm = clip_by_global_norm({"a": np.array([3]), "b": np.array([[4]], np.int8)}, 1.0)
    assert norm == 5
    np.testing.assert_allclose(clipped["a"], [0.6])
    np.testing.assert_allclose(clipped["b"], [[0.8]])


def test_no_function_changes_its_arguments(problem):
    before = copy.deepcopy(problem)
    grads = rnn_backward(**problem)
    kept = copy.deepcopy(grads)
    clip_by_global_norm(grads, 0.01)
    state_jacobian_norms(problem["s_0"], problem["W"])
    for was, now in ((before, problem), (kept, grads)):
        for name in was:
            np.testing.assert_array_equal(was[name], now[name])
