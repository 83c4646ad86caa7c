"""The adding problem, on which a network shows how far back it remembers.

From S. Hochreiter and J. Schmidhuber (1997), in a simple form. Call `course.training.quiet` before building
a network here: that imports TensorFlow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from course import training

if TYPE_CHECKING:
    import keras

__all__ = ["CONSTANT", "adding_problem", "build", "learn"]

CONSTANT = 1 / 6
"""The mean squared error of the best constant: the variance of the sum of two uniform numbers."""
BATCH = 32


def adding_problem(
    n: int, T: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sequences of values and marks, and the sums of the marked values.

    Parameters
    ----------
    n : int
        How many.
    T : int
        Their length, at least 2.
    rng : numpy.random.Generator
        Where they are drawn from.

    Returns
    -------
    x : array (n, T, 2)
        At each step a value, uniform in [0, 1), and a mark: 1 at one step of each half, else 0.
    y : array (n,)
        The sum of the two marked values.
    """
    value, mark, row = rng.uniform(size=(n, T)), np.zeros((n, T)), np.arange(n)
    mark[row, rng.integers(0, T // 2, n)] = 1
    mark[row, rng.integers(T // 2, T, n)] = 1
    x, y = np.stack([value, mark], axis=-1), (value * mark).sum(axis=1)
    return x.astype("float32"), y.astype("float32")


def build(layer: keras.layers.Layer, T: int, every: int) -> keras.Model:
    """A network of one recurrent layer and one output, ready to learn the adding problem.

    It is compiled by XLA and takes several updates in one call, which is five times as fast for so
    small a network.

    Parameters
    ----------
    layer : keras.layers.Layer
        Takes sequences (N, T, 2) and gives its last state.
    T : int
        The length of the sequences.
    every : int
        How many updates are taken in one call.

    Returns
    -------
    keras.Model
        Trained with Adam, a learning rate of 0.01, and gradients no longer than 1.
    """
    import keras

    model = keras.Sequential([keras.Input((T, 2)), layer, keras.layers.Dense(1)])
    optimiser = keras.optimizers.Adam(0.01, clipnorm=1)
    model.compile(optimiser, "mse", jit_compile=True, steps_per_execution=every)
    model.optimizer.build(model.trainable_variables)
    return model


def learn(model: keras.Model, seed: int, updates: int, every: int) -> NDArray[np.float64]:
    """Train on 32 new sequences at each update.

    Parameters
    ----------
    model : keras.Model
        From `build`.
    seed : int
        Which sequences.
    updates : int
        How many updates, a multiple of `every`.
    every : int
        As for `build`.

    Returns
    -------
    array (updates / every,)
        The mean squared error, averaged over each `every` updates. No sequence comes twice, so this
        is the error on sequences never seen before.
    """
    T = model.input_shape[1]
    x, y = adding_problem(updates * BATCH, T, np.random.default_rng(seed))
    stream = training.dataset(x, y, BATCH)
    history = model.fit(stream, steps_per_epoch=every, epochs=updates // every, verbose=0)
    return np.array(history.history["loss"])
