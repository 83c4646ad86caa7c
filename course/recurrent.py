"""Look inside recurrent cells of Keras: how far back they remember, and what their gates do.

TensorFlow and Keras are imported inside the functions, so that importing this module costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras
    from numpy.typing import NDArray

__all__ = ["gates_of", "memory_of"]

BRIM = 1e8
"""A cell state so large that nothing added to it shows in seven digits."""
CERTAIN = 1000
"""A bias that makes a candidate one."""


def memory_of(cell: keras.layers.Layer, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """How strongly the last memory of a cell depends on its memory k steps earlier.

    The memory is the cell state C of an LSTM, and the state S of a plain cell.

    Parameters
    ----------
    cell : keras.layers.LSTMCell or keras.layers.SimpleRNNCell
        The cell, built, with H units.
    inputs : array (T, D)
        One sequence, which the cell reads from a state of zeros.

    Returns
    -------
    array (T,)
        Entry k is the spectral norm of the derivative of C_T with respect to C_{T-k}: the total
        derivative, which includes what goes by way of the hidden state and the gates.
    """
    import keras
    import tensorflow as tf

    # Row j of the batch reads the same inputs and asks for the gradient of unit j of the last
    # state. So one backward pass gives the whole Jacobian at every step.
    units = cell.units
    states = 2 if isinstance(cell, keras.layers.LSTMCell) else 1
    state, kept = [tf.zeros((units, units))] * states, []
    with tf.GradientTape() as tape:
        tape.watch(state)
        for x_t in inputs:
            _, state = cell(tf.tile(x_t[None], (units, 1)), state)
            kept.append(state[-1])
    jacobians = tape.gradient(kept[-1], kept, output_gradients=tf.eye(units))
    norms: NDArray[np.float32] = np.linalg.norm(np.stack(jacobians), ord=2, axis=(1, 2))
    return norms[::-1]


def gates_of(cell: keras.layers.LSTMCell, X: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """What the gates of an LSTM cell do while it reads: found by asking the cell, which hides them.

    Parameters
    ----------
    cell : keras.layers.LSTMCell
        The cell, built, with H units.
    X : array (N, T, D)
        The sequences, which the cell reads from states of zeros.

    Returns
    -------
    list of four arrays (N, T, H)
        Forget gate, input gate, output gate, and the cell state after each step.
    """
    import keras
    import tensorflow as tf

    certain = keras.layers.LSTMCell(cell.units)  # the same cell, but its candidate is one
    certain.build((None, X.shape[2]))
    kernel, recurrent_kernel, bias = cell.get_weights()
    sure = np.repeat(
        [0, 0, CERTAIN, 0], cell.units
    )  # Keras' order: input, forget, candidate, output
    certain.set_weights([kernel, recurrent_kernel, bias + sure])

    h = c = empty = tf.zeros((len(X), cell.units))
    steps = []
    for x_t in X.swapaxes(0, 1):
        o, (_, full) = cell(x_t, [h, empty + BRIM])  # f is what is left of a full memory
        _, (_, i) = certain(x_t, [h, empty])  # i is how much of a one is written
        h, (_, c) = cell(x_t, [h, c])
        steps.append((full / BRIM, i, o, c))
    return [np.stack(values, axis=1) for values in zip(*steps, strict=True)]
