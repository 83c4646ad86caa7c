"""The explorer unrolling-steps agrees with the reference, and its presets do as named."""

import numpy as np
import pytest

from solutions import unrolling
from tests.explorers.javascript import call, value

PRESETS = value("unrolling-steps", "presets")
KINDS = ("aligned", "many-to-one", "one-to-many", "unaligned")


def reference(net, inputs):
    """States `(T,)` and probabilities of the second class `(T,)`, by the solutions of the chapter."""
    X = np.array(inputs, dtype=float).reshape(1, -1, 1)
    U, W, b = np.array([[net["u"]]]), np.array([[net["w"]]]), np.array([net["b"]])
    V, c = np.array([[0.0, net["v"]]]), np.array([0.0, net["c"]])
    S = unrolling.rnn_forward(X, np.zeros((1, 1)), U, W, b)
    return S[0, :, 0], unrolling.rnn_outputs(S, V, c)[0, :, 1]


def explored(net, inputs, kind):
    steps = call("unrolling-steps", "run", net, inputs, kind)
    return np.array([step["s"] for step in steps]), np.array([step["p"] for step in steps])


@pytest.mark.parametrize("seed", range(3))
def test_random_networks_agree_with_the_reference(seed):
    rng = np.random.default_rng(seed)
    net = dict(zip("uwbvc", map(float, rng.uniform(-8, 8, 5)), strict=True))
    inputs = [int(x) for x in rng.integers(-1, 2, size=8)]
    for found, expected in zip(
        explored(net, inputs, "aligned"), reference(net, inputs), strict=True
    ):
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_does_not_read_counts_as_zero(kind):
    net, inputs = PRESETS["fading"]["net"], [1, -1, 1, 1, -1, 1, -1, 1]
    read = [x * call("unrolling-steps", "reads", kind, t, 8) for t, x in enumerate(inputs)]
    for found, expected in zip(explored(net, inputs, kind), reference(net, read), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)


def test_the_kinds_read_and_say_as_they_are_named():
    def pattern(function, kind):
        return [call("unrolling-steps", function, kind, t, 4) for t in range(4)]

    every, yes, no = [True] * 4, True, False
    assert pattern("reads", "aligned") == pattern("says", "aligned") == every
    assert pattern("says", "many-to-one") == [no, no, no, yes]
    assert pattern("reads", "one-to-many") == [yes, no, no, no]
    assert pattern("reads", "unaligned") == [yes, yes, no, no]
    assert pattern("says", "unaligned") == [no, no, yes, yes]


def test_large_scores_stay_finite():
    """Sliders end at ±8, but the arithmetic must not break where a reader edits the numbers."""
    net = {"u": 1e4, "w": 1.0, "b": 0.0, "v": 1e4, "c": 0.0}
    np.testing.assert_allclose(explored(net, [1, -1], "aligned")[1], [1, 0], atol=1e-12)


def probabilities(name, inputs, kind):
    return explored(PRESETS[name]["net"], inputs, kind)[1]


def test_the_film_remembers_the_last_clue():
    p = probabilities("story", [1, 0, 0, -1, 0, 1, -1, 0], "aligned")
    assert list(p > 0.5) == [True, True, True, False, False, True, False, False]
    assert (abs(p - 0.5) > 0.45).all()


def test_the_alarm_stays_on_and_is_silent_without_cause():
    assert probabilities("alarm", [0, 1, 0, 0, 0, 0, 0, 0], "many-to-one")[-1] > 0.95
    assert probabilities("alarm", [0] * 8, "many-to-one")[-1] < 0.05


def test_the_swing_goes_on_after_one_push():
    p = probabilities("swing", [1] + [0] * 7, "one-to-many")
    assert list(p > 0.5) == [True, False] * 4


def test_without_w_equal_inputs_give_equal_states():
    s, _ = explored(PRESETS["none"]["net"], [1, 0, -1, 0, 1, 1, 0, -1], "aligned")
    assert s[0] == s[4] == s[5] and s[1] == s[3] == s[6] == 0
