"""The chapter on what came after: its code agrees with the reference, which it doesn't give away."""

from __future__ import annotations

import numpy as np
import pytest

from course import training
from solutions import after as reference
from tests.chapters.page import Page

training.quiet()

PAGE = Page("after")
take = PAGE.take


def test_its_attention_is_the_reference_with_one_query_for_each_row():
    rng = np.random.default_rng(0)
    queries, keys = rng.normal(size=(4, 6)), rng.normal(size=(9, 6))
    weights = take("attention")["attention"](queries, keys)
    expected = reference.attention_weights(queries, np.tile(keys, (4, 1, 1)), np.ones((4, 9), bool))
    np.testing.assert_allclose(weights, expected)


def test_the_clocks_say_long_sentences_backwards():
    chapter = take("SHARP", "places", "attention", "backwards")
    for T in (1, 7, 200):
        sounds = np.random.default_rng(T).choice([-1, 1], T)
        assert chapter["backwards"](sounds)[1] == sounds[::-1].tolist()


@pytest.mark.parametrize("T", [1, 2, 64])
def test_joining_in_pairs_is_the_recurrence(T):
    rng = np.random.default_rng(T)
    a, b = rng.uniform(size=(3, T, 2)), rng.normal(size=(3, T, 2))
    found = take("in_pairs")["in_pairs"](a, b)
    expected = reference.linear_recurrence(a, b, np.zeros((3, 2)))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_attention_costs_more_than_an_lstm_from_two_and_a_half_times_its_units_on():
    chapter = take("H", "attention_layer", "lstm_layer")
    for T, dearer in ((159, False), (161, True)):
        assert (chapter["attention_layer"](T)[0] > chapter["lstm_layer"](T)[0]) == dearer
    assert 2.5 * chapter["H"] == 160


@pytest.mark.tensorflow
def test_the_network_that_learns_is_the_reference():
    import keras

    chapter = take("MinGRU", "in_pairs")
    layer = chapter["MinGRU"](5)
    X = np.random.default_rng(0).normal(size=(3, 16, 2)).astype("float32")
    last = np.asarray(layer(keras.ops.array(X)))
    Wz, bz, Wh, bh = (np.asarray(w, dtype=float) for w in layer.get_weights())
    params = {"Wz": Wz, "bz": bz, "Wh": Wh, "bh": bh}
    states = reference.min_gru_forward(X.astype(float), np.zeros((3, 5)), params)
    np.testing.assert_allclose(last, states[:, -1], atol=1e-5)


@pytest.mark.tensorflow
def test_both_learners_keep_as_much_at_birth():
    import keras

    chapter = take("MinGRU", "in_pairs", "UNITS", "forget_bias_of_two", "lstm")
    cell = chapter["lstm"]().cell
    cell.build((None, 2))
    bias = np.asarray(cell.bias).reshape(4, -1)  # Keras' order: input, forget, candidate, output
    assert (bias == np.array([[0], [2], [0], [0]])).all()
    gate = chapter["MinGRU"](3)
    gate.build((None, 8, 2))
    assert (np.asarray(gate.gate.bias) == -2).all()
    assert float(keras.ops.sigmoid(2.0)) == pytest.approx(0.88, abs=0.005)
