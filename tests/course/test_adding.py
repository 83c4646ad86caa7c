"""The adding problem: its marks, its sums, its constant, and that a network learns it."""

from __future__ import annotations

import numpy as np
import pytest

from course import adding, training


@pytest.mark.parametrize("T", [2, 7, 40])
def test_each_half_has_a_mark_and_the_answer_is_the_sum(T):
    x, y = adding.adding_problem(1000, T, np.random.default_rng(1))
    assert x.shape == (1000, T, 2)
    assert (x[:, : T // 2, 1].sum(axis=1) == 1).all()
    assert (x[:, T // 2 :, 1].sum(axis=1) == 1).all()
    np.testing.assert_allclose((x[..., 0] * x[..., 1]).sum(axis=1), y, rtol=1e-6)


def test_the_constant_is_the_best_there_is():
    _, y = adding.adding_problem(200_000, 4, np.random.default_rng(1))
    constants = np.linspace(0.5, 1.5, 101)
    errors = [np.mean((y - constant) ** 2) for constant in constants]
    assert min(errors) == pytest.approx(adding.CONSTANT, rel=0.01)
    assert constants[np.argmin(errors)] == pytest.approx(1, abs=0.02)


@pytest.mark.tensorflow
def test_a_network_learns_two_numbers_and_alike_each_time():
    training.quiet()
    import keras

    runs = []
    for _ in range(2):
        training.seed(0)
        model = adding.build(keras.layers.LSTM(8), 2, 25)
        runs.append(adding.learn(model, 0, 500, 25))
    assert runs[0].shape == (20,)
    assert runs[0][-1] < adding.CONSTANT / 4
    np.testing.assert_allclose(*runs, rtol=1e-4)
