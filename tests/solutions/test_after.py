"""Attention agrees with SciPy, and the recurrence with SciPy's filter and Keras' scan."""

import numpy as np
import pytest
import scipy.signal
import scipy.special

from solutions.after import attend, attention_weights, linear_recurrence, min_gru_forward, scan


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def test_the_weights_are_scipys_softmax_over_the_words_alone(rng):
    query, keys = rng.normal(size=(3, 5)), rng.normal(size=(3, 7, 5))
    mask = np.arange(7) < np.array([[7], [4], [1]])
    weights = attention_weights(query, keys, mask)
    for n, length in enumerate((7, 4, 1)):
        expected = scipy.special.softmax(keys[n, :length] @ query[n] / np.sqrt(5))
        np.testing.assert_allclose(weights[n, :length], expected)
        assert not weights[n, length:].any()


def test_attention_to_equal_keys_is_the_mean_of_the_values(rng):
    values = rng.normal(size=(2, 4, 3))
    context = attend(rng.normal(size=(2, 5)), np.ones((2, 4, 5)), values, np.ones((2, 4), bool))
    np.testing.assert_allclose(context, values.mean(axis=1))


def test_with_a_constant_factor_the_recurrence_is_scipys_filter(rng):
    b = rng.normal(size=(2, 50, 3))
    states = linear_recurrence(np.full(b.shape, 0.9), b, np.zeros((2, 3)))
    np.testing.assert_allclose(states, scipy.signal.lfilter([1], [1, -0.9], b, axis=1))


@pytest.mark.parametrize("T", [1, 2, 3, 8, 100])
def test_the_scan_ends_where_the_loop_ends(rng, T):
    a, b = rng.uniform(0, 1, size=(2, T, 3)), rng.normal(size=(2, T, 3))
    s_0 = rng.normal(size=(2, 3))
    rounds = scan(a, b)
    kept, added = rounds[-1]
    assert len(rounds) == 1 + int(np.ceil(np.log2(T)))
    np.testing.assert_allclose(kept, np.cumprod(a, axis=1), rtol=1e-12)
    states = linear_recurrence(a, b, s_0)
    np.testing.assert_allclose(kept * s_0[:, None] + added, states, rtol=0, atol=1e-12)


@pytest.mark.tensorflow
def test_the_scan_agrees_with_that_of_keras(rng):
    import keras

    def join(first, then):
        return then[0] * first[0], then[0] * first[1] + then[1]

    a, b = rng.uniform(0, 1, size=(2, 13, 3)), rng.normal(size=(2, 13, 3))
    expected = keras.ops.associative_scan(join, (a, b), axis=1)
    for mine, theirs in zip(scan(a, b)[-1], expected, strict=True):
        np.testing.assert_allclose(mine, np.asarray(theirs), rtol=1e-6, atol=1e-9)


def test_a_gate_that_is_shut_keeps_the_state_and_an_open_one_takes_the_candidate(rng):
    X, h_0 = rng.normal(size=(2, 6, 3)), rng.normal(size=(2, 4))
    params = {"Wz": np.zeros((3, 4)), "Wh": rng.normal(size=(3, 4)), "bh": np.zeros(4)}
    shut = min_gru_forward(X, h_0, params | {"bz": np.full(4, -60.0)})
    np.testing.assert_allclose(shut, np.repeat(h_0[:, None], 6, axis=1))
    wide = min_gru_forward(X, h_0, params | {"bz": np.full(4, 60.0)})
    np.testing.assert_allclose(wide, X @ params["Wh"])
