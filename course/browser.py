"""Hand a trained Keras LSTM to a page, where the explorer *type a tweet* runs it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

__all__ = ["pack"]


def pack(model: keras.Model, words: Sequence[str], classes: Sequence[str]) -> dict[str, Any]:
    """Round the embedding of `model` to eight bits, and describe the network for a page.

    The rounding changes `model`, so that what is measured afterwards is what the page runs: each
    entry of the embedding becomes a whole number from -127 to 127 times one scale.

    Parameters
    ----------
    model : keras.Model
        Embedding (V, D), LSTM of H units and Dense of K classes with softmax, in this order; layers
        without weights may stand between them.
    words : sequence of V strings
        The vocabulary, as `TextVectorization.get_vocabulary` gives it.
    classes : sequence of K strings
        The names of the outputs.

    Returns
    -------
    dict
        For `figures.page_data`: `words`, `classes`, the sizes `inputs` D and `units` H, `scale`,
        and arrays as base64: `embedding` (int8, V · D) and, as little-endian float32, `kernel`
        (D · 4H), `recurrent` (H · 4H), `bias` (4H), `dense` (H · K), `denseBias` (K), in row order
        and with Keras's order of the gates: input, forget, candidate, output.

    Raises
    ------
    ValueError
        Where the layers are different ones, or `words` or `classes` don't fit them.
    """
    embedding, lstm, dense = _layers(model)
    (table,) = embedding.get_weights()
    if len(words) > len(table):
        raise ValueError(f"{len(words)} words, but the embedding has {len(table)} rows")
    if len(classes) != dense.units:
        raise ValueError(f"{len(classes)} classes, but the last layer has {dense.units} units")
    table = table[: len(words)]
    scale = np.abs(table).max() / np.float32(127)
    rounded = np.rint(table / scale).astype(np.int8)
    whole = np.zeros_like(embedding.get_weights()[0])
    whole[: len(words)] = rounded * scale
    embedding.set_weights([whole])

    names = ("kernel", "recurrent", "bias", "dense", "denseBias")
    arrays = zip(names, lstm.get_weights() + dense.get_weights(), strict=True)
    return {
        "words": [str(word) for word in words],
        "classes": [str(name) for name in classes],
        "inputs": table.shape[1],
        "units": lstm.units,
        "scale": float(scale),
        "embedding": _base64(rounded),
        **{name: _base64(array.astype("<f4")) for name, array in arrays},
    }


def _layers(model: keras.Model) -> list[keras.Layer]:
    from keras import layers

    weighted = [layer for layer in model.layers if layer.get_weights()]
    kinds = [type(layer) for layer in weighted]
    if kinds != [layers.Embedding, layers.LSTM, layers.Dense]:
        names = ", ".join(kind.__name__ for kind in kinds)
        raise ValueError(f"needs Embedding, LSTM and Dense, in this order; the model has {names}")
    return weighted


def _base64(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
