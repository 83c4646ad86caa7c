"""The reference of the bench's Keras assignment."""

from __future__ import annotations

import keras


def build_classifier(vocabulary, length, units, dropout):
    """A compiled Keras model: indices (N, length) -> probabilities of three classes (N, 3).

    Embedding of 8 numbers, an LSTM, dropout, a softmax layer; Adam; sparse cross-entropy.
    """
    model = keras.Sequential(
        [
            keras.layers.Input((length,)),
            keras.layers.Embedding(vocabulary, 8),
            keras.layers.LSTM(units),
            keras.layers.Dropout(dropout),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model
