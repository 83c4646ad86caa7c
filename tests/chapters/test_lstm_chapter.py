"""The chapter on the LSTM: its code is right, its words fit its numbers, the exercise stays open."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from course import training
from solutions import lstm as reference
from tests.chapters.page import Page

training.quiet()

PAGE = Page("lstm")
APPENDIX = Page("lstm_appendix")
take = PAGE.take
number = PAGE.number


def test_every_equation_of_the_cell_is_numbered():
    labels = re.findall(r"^:label: eq-lstm-(\w+)$", PAGE.source, flags=re.MULTILINE)
    assert {"forget", "input", "candidate", "cell", "output", "hidden"} <= set(labels)


@pytest.mark.parametrize("seed", range(3))
def test_the_scalar_cell_is_the_reference_with_one_unit(seed):
    rng = np.random.default_rng(seed)
    weights = {layer: rng.normal(size=3) for layer in ("forget", "input", "candidate", "output")}
    params = {}
    for layer, letter in zip(weights, "fico", strict=True):
        params[f"W{letter}"] = weights[layer][:2, None]
        params[f"b{letter}"] = weights[layer][2:]
    x = rng.normal(size=12)
    hs, cs = reference.lstm_forward(x[None, :, None], np.zeros((1, 1)), np.zeros((1, 1)), params)
    notes = list(take("read")["read"](weights, x))
    np.testing.assert_allclose([note["h"] for note in notes], hs[0, :, 0], rtol=1e-12)
    np.testing.assert_allclose([note["C"] for note in notes], cs[0, :, 0], rtol=1e-12)


def test_the_counter_counts():
    """The page says so of its hand-set cell, and the explorer's first preset is the same cell."""
    from tests.explorers.javascript import value

    chapter = take("read", "counter")
    inputs = [1, 0, 1, 1, -1, 1]
    counted = [note["C"] for note in chapter["read"](chapter["counter"], inputs)]
    assert np.round(counted) == pytest.approx([1, 1, 2, 3, 0, 1])
    preset = value("lstm-gates", "presets")["counter"]["cell"]
    assert {k: (v["h"], v["x"], v["b"]) for k, v in preset.items()} == chapter["counter"]


@pytest.mark.tensorflow
def test_the_forget_bias_is_set_and_no_other():
    import keras

    cell = keras.layers.LSTMCell(3)
    cell.build((None, 2))
    take("set_forget_bias")["set_forget_bias"](cell, 2)
    assert cell.bias.numpy().tolist() == [0] * 3 + [2] * 3 + [0] * 6


def gru(x, h, kernel, recurrent_kernel, bias, reset_after):
    """One step by the two equations of the page; Keras' order of gates is z, r, candidate."""
    H = h.shape[1]
    Wz, Wr, Wx = np.split(kernel, 3, axis=1)
    Uz, Ur, Wh = np.split(recurrent_kernel, 3, axis=1)
    b, b_hidden = bias if reset_after else (bias, np.zeros(3 * H))
    z, r = (
        reference.sigmoid(x @ W + h @ U + b[part] + b_hidden[part])
        for W, U, part in ((Wz, Uz, slice(0, H)), (Wr, Ur, slice(H, 2 * H)))
    )
    b_h, b_after = b[2 * H :], b_hidden[2 * H :]
    if reset_after:
        candidate = np.tanh(r * (h @ Wh + b_after) + x @ Wx + b_h)
    else:
        candidate = np.tanh((r * h) @ Wh + x @ Wx + b_h)
    return z * h + (1 - z) * candidate


@pytest.mark.tensorflow
@pytest.mark.parametrize("reset_after", [False, True])
def test_each_equation_of_the_gru_is_the_keras_layer_that_the_page_names(reset_after):
    import keras

    given = {} if reset_after else {"reset_after": False}  # Keras' default is True
    rng = np.random.default_rng(0)
    layer = keras.layers.GRU(4, return_sequences=True, bias_initializer="normal", **given)
    X = rng.normal(size=(2, 6, 3)).astype("float32")
    found = np.asarray(layer(X))
    weights = [w.astype(float) for w in layer.get_weights()]
    h = np.zeros((2, 4))
    for t in range(6):
        h = gru(X[:, t].astype(float), h, *weights, reset_after)
        np.testing.assert_allclose(found[:, t], h, atol=1e-5)
    assert "`GRU(reset_after=False)`" in APPENDIX.source
    assert "[r_t * h_{t-1}, x_t]\\, W_h + b_h" in APPENDIX.source
    assert "r_t * (h_{t-1}\\, W_h^{(h)} + b_h') + x_t\\, W_h^{(x)} + b_h" in APPENDIX.source


def says(name, *given, **known):
    """A sentence that the page picks, for results that are given."""
    return take(name, **known)[name](*given)


@pytest.mark.tensorflow
class TestASentenceIsChosenByItsResult:
    """With results that no run has shown."""

    def test_birth(self):
        assert "*smaller*" in says("birth_in_words", 1e-8, 1e-12)
        assert "10,000 times" in says("birth_in_words", 1e-8, 1e-12)
        assert "vanishes more slowly" in says("birth_in_words", 1e-12, 1e-8)

    def test_the_knob(self):
        kinds = ("plain RNN", "LSTM, forget bias 1", "LSTM, forget bias 3")
        given = dict(zip(kinds, (1e-8, 1e-5, 2.0), strict=True))
        assert "by a factor of 1,000" in says("turned_in_words", given, 1e-3)
        assert "even grows" in says("turned_in_words", given, 1e-3)
        given = dict(zip(kinds, (1e-4, 1e-5, 0.1), strict=True))
        assert "still lies below" in says("turned_in_words", given, 1e-3)
        assert "is still there" in says("turned_in_words", given, 1e-3)
        assert "has nearly gone" in says("turned_in_words", given | {kinds[2]: 1e-6}, 1e-3)

    def test_the_contest(self):
        assert "more runs than" in says("adding_in_words", 0, [1, 3, 3], 4)
        assert "never the gates as such" in says("adding_in_words", 0, [1, 3, 3], 4)
        assert "no clear difference" in says("adding_in_words", 0, [3, 3, 4], 4)
        assert "no LSTM did better" in says("adding_in_words", 4, [1, 2, 3], 4)
        assert "did not help" in says("adding_in_words", 4, [1, 2, 3], 4)

    def test_what_learning_did(self):
        told = says("learning_in_words", (1e-3, 1e-9), (1e-4, 1.0), [0.1, 1.0], [1e-6])
        assert "spoils" in told and "builds" in told and "it has a path" in told
        told = says("learning_in_words", (1e-9, 1e-3), (1.0, 1e-4), [1e-9, 1.0], [1e-6])
        assert "did not spoil" in told and "Nor did" in told and "do not always" in told
        assert "path" not in says("learning_in_words", (1, 2), (1, 2), [], [1e-6])

    def test_the_most_selective_unit(self):
        assert "the counter that we set" in says("unit_in_words", 0.9, 0.1, 0.99)
        assert "other units have a share" in says("unit_in_words", 0.9, 0.1, 0.5)
        assert "No input gate" in says("unit_in_words", 0.5, 0.4, 0.99)

    def test_the_accuracy(self):
        assert "have learnt something" in says("accuracy_in_words", [70, 75], 61, "Negative")
        assert "None of" in says("accuracy_in_words", [60.5, 61], 61, "Negative")
        assert "Not every" in says("accuracy_in_words", [61, 75], 61, "Negative")

    def test_the_ending(self):
        assert "better than others" in says("ending_in_words", [90, 92], [80, 82])
        assert "91 % of the first and 81 % of the second" in says(
            "ending_in_words", [90, 92], [80, 82]
        )
        assert "no better than" in says("ending_in_words", [61, 61], [61, 61])

    def test_the_gates(self):
        assert "it leans" in says("lean_in_words", 0.99)
        assert "mostly all open" in says("lean_in_words", 0.2)


@pytest.mark.book
class TestTheExecutedPage:
    def test_a_new_lstm_without_forget_bias_forgets_faster_than_a_plain_network(self):
        assert number("rnn_50") > 10 * number("lstm0_50")
        assert number("lstm1_50") > number("rnn_50")
        assert number("lstm3_50") > number("lstm1_50")

    def test_the_contest_ends_as_told(self):
        assert number("solved_rnn") == 0
        assert number("solved_lstm0") <= number("solved_lstm1") <= number("solved_lstm3")
        assert number("solved_lstm3") > 0
        assert number("solved_irnn") > 0

    def test_learning_spoils_the_memory_of_the_plain_network_and_builds_the_lstms(self):
        assert number("after_rnn") < number("before_rnn")
        assert number("after_lstm1") > number("before_lstm1")
        assert number("winners_lowest") > number("losers_median")

    def test_the_gate_opens_at_the_marks(self):
        assert number("gate_marked") > 0.5 > number("gate_unmarked")
        assert number("star_correlation") > 0.9

    def test_the_leaky_memory_leaves_what_its_formula_says(self):
        assert number("leak_90") == pytest.approx(100 * math.pow(0.9, 50), abs=0.05)
