"""The lecture's code for the tweets: its cleaning, its padded rows and its network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

WORDS, INPUTS, UNITS = 2000, 128, 196


def cleaned(texts: np.ndarray) -> list[str]:
    """The lecture's three steps, slips included."""
    text = pd.Series(texts).str.lower().str.replace(r"[^a-zA-z0-9\s]", "", regex=True)
    return text.str.replace("rt", " ", regex=False).tolist()


def inputs(texts: np.ndarray, train: np.ndarray) -> np.ndarray:
    """(N, T) ints, padded at the front; the words are those of the rows `train`."""
    import keras
    import tensorflow as tf

    text = cleaned(texts)
    index = keras.layers.TextVectorization(max_tokens=WORDS, standardize=None, ragged=True)
    index.adapt([text[row] for row in train])
    found = index(tf.constant(text))
    return keras.utils.pad_sequences(tf.ragged.boolean_mask(found, found != 1).to_list())


def network(classes: int, recurrent_dropout: float = 0.2, **settings: Any) -> Any:
    """The lecture's network, compiled; `settings` go to `compile`."""
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            layers.Embedding(WORDS, INPUTS),
            layers.LSTM(UNITS, dropout=0.2, recurrent_dropout=recurrent_dropout),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"], **settings
    )
    return model
