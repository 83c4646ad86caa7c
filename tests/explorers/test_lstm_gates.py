"""The explorer lstm-gates computes what the reference LSTM computes, and its presets do as named."""

import numpy as np
import pytest

from solutions import lstm
from tests.explorers.javascript import call, value

LAYERS = {"forget": "f", "input": "i", "candidate": "c", "output": "o"}
PRESETS = value("lstm-gates", "presets")


def parameters(cell):
    """The explorer's cell as the course's parameter dict, with D = H = 1."""
    params = {}
    for name, letter in LAYERS.items():
        params[f"W{letter}"] = np.array([[cell[name]["h"]], [cell[name]["x"]]], dtype=float)
        params[f"b{letter}"] = np.array([cell[name]["b"]], dtype=float)
    return params


def compare(cell, inputs):
    X = np.array(inputs, dtype=float).reshape(1, -1, 1)
    zero = np.zeros((1, 1))
    hs, cs = lstm.lstm_forward(X, zero, zero, parameters(cell))
    gates = lstm.lstm_gates(X, zero, zero, parameters(cell))
    steps = call("lstm-gates", "run", cell, list(inputs))
    reference = {"h": hs, "c": cs, **{key: gates[key] for key in ("f", "i", "o", "candidate")}}
    for key, expected in reference.items():
        found = [step[key] for step in steps]
        np.testing.assert_allclose(found, expected[0, :, 0], rtol=1e-6, atol=1e-9, err_msg=key)


@pytest.mark.parametrize("seed", range(3))
def test_random_cells_agree_with_the_reference(seed):
    rng = np.random.default_rng(seed)
    cell = {
        name: dict(zip("hxb", map(float, rng.uniform(-10, 10, 3)), strict=True)) for name in LAYERS
    }
    compare(cell, [int(x) for x in rng.integers(-1, 2, size=12)])


@pytest.mark.parametrize("name", PRESETS)
def test_presets_agree_with_the_reference(name):
    compare(PRESETS[name]["cell"], PRESETS[name]["inputs"])


def test_extreme_weights_stay_finite():
    """Sliders end at ±10, but the arithmetic must not break where a reader edits the numbers."""
    cell = {name: {"h": -1e4, "x": 1e4, "b": -1e4} for name in LAYERS}
    compare(cell, [1, -1, 0, 1])


def cell_states(name, inputs):
    return [step["c"] for step in call("lstm-gates", "run", PRESETS[name]["cell"], inputs)]


def test_the_counter_counts_and_starts_again():
    assert np.round(cell_states("counter", [1, 0, 1, 1, -1, 1])) == pytest.approx(
        [1, 1, 2, 3, 0, 1]
    )


def test_the_bracket_counter_knows_the_depth():
    assert np.round(cell_states("brackets", [1, 1, -1, 1, -1, -1])) == pytest.approx(
        [1, 2, 1, 2, 1, 0]
    )


def test_the_switch_remembers_the_last_command_and_not_how_often():
    on = [
        step["h"] > 0.5
        for step in call(
            "lstm-gates", "run", PRESETS["switch"]["cell"], [0, 1, 1, 1, 0, -1, 0, -1, 1]
        )
    ]
    assert on == [False, True, True, True, True, False, False, False, True]
    assert max(cell_states("switch", [1] * 10)) < 1.25


def test_the_leaky_memory_decays_by_a_constant_factor():
    c = np.array(cell_states("leaky", [1, 0, 0, 0, 0]))
    np.testing.assert_allclose(c[1:] / c[:-1], c[1] / c[0], rtol=1e-9)


def test_the_plain_network_in_disguise_is_one():
    """Its hidden state is a tanh of h and x, within a second tanh; gates never quite shut."""
    cell, inputs = PRESETS["disguise"]["cell"], [1, 0, -1, 0, 1, 1]
    h = 0.0
    for x, step in zip(inputs, call("lstm-gates", "run", cell, inputs), strict=True):
        h = np.tanh(np.tanh(cell["candidate"]["h"] * h + cell["candidate"]["x"] * x))
        assert step["h"] == pytest.approx(h, abs=1e-3)


def test_a_value_set_by_hand_takes_the_place_of_the_layers_own():
    cell = PRESETS["counter"]["cell"]
    free = call("lstm-gates", "run", cell, [1, 0, 1])
    held = call("lstm-gates", "run", cell, [1, 0, 1], [{}, {"forget": 0, "candidate": -0.5}, {}])
    assert held[0] == free[0]
    assert held[1]["f"] == 0 and held[1]["candidate"] == -0.5
    assert held[1]["c"] == pytest.approx(held[1]["i"] * -0.5)
    assert held[1]["i"] == pytest.approx(free[1]["i"]), "the other layers keep their own"
