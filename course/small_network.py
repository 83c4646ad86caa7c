"""The network of the explorer *type a tweet*: one LSTM, small enough to travel with a page.

A debate's tweets hardly know everyday words, so a network that has read nothing else
finds *good* bad. This one learns from the tweets and, beside them, from short opinions written for the
course (`course.data.everyday`), which teach it words, *not* and *but*.

Call `course.training.quiet` before importing this module, which imports TensorFlow.
"""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course import sentiment, training, tweets
from course.data import everyday

__all__ = ["LESSONS", "SENTENCES", "WORDS", "answers", "train"]

WORDS = 4000
"""The largest number of indices, padding and unknown words among them."""
LESSONS = 8000
"""How many of the everyday opinions it reads."""
SENTENCES = {
    "The concert was boring but then was terribly exciting": "Positive",
    "good": "Positive",
    "The answer was good": "Positive",
    "awful answer but brilliant finish": "Positive",
    "The concert was boring for the first 15 minutes while the band warmed up but then was terribly "
    "exciting.": "Positive",
    "A boring start but then a brilliant answer!": "Positive",
    "A brilliant start but then a boring answer!": "Negative",
    "The questions were good.": "Positive",
    "The questions were not good.": "Negative",
    "The questions weren't good.": "Negative",
}
"""What a reader says of some texts, none of which is in its training."""
_INPUTS, _UNITS = 32, 32
_EPOCHS, _BATCH, _RATE = 5, 64, 4e-3


def train(
    texts: np.ndarray, y: np.ndarray, confidence: np.ndarray, seed: int = 0
) -> tuple[keras.Sequential, layers.TextVectorization]:
    """Train on tweets and on the everyday opinions together.

    Parameters
    ----------
    texts, y, confidence : arrays (N,)
        Raw training tweets, their classes (places in `tweets.LABELS`), the annotators' confidence.
    seed : int
        Of the first weights, the order of the rows and dropout; the opinions are always the same.

    Returns
    -------
    keras.Sequential
        Takes ints (N, T), gives probabilities (N, K); for `browser.pack`.
    keras.layers.TextVectorization
        Takes strings (N,), gives ints (N, T), padded with 0 at the end.
    """
    lessons, labels = zip(*everyday.sentences(LESSONS), strict=True)
    sure = np.ones(LESSONS, dtype="float32")
    told = np.array([tweets.LABELS.index(label) for label in labels])
    everything = np.concatenate([texts, np.array(lessons, dtype=object)])
    targets = sentiment.soft_targets(
        np.concatenate([y, told]), np.concatenate([confidence, sure]), len(tweets.LABELS)
    )
    training.seed(seed)
    words = sentiment.vectorizer(everything, WORDS, lexicon=False)
    ids = words(tf.constant(list(everything))).numpy()
    network = _build(len(words.get_vocabulary()))
    feed = training.bucketed(ids, targets, _BATCH, shuffle_seed=seed)
    falling = keras.optimizers.schedules.CosineDecay(_RATE, _EPOCHS * int(feed.cardinality()))
    network.compile(keras.optimizers.Adam(falling), "categorical_crossentropy")
    network.fit(feed, epochs=_EPOCHS, verbose=0)
    return network, words


def _build(words: int) -> keras.Sequential:
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int64"),
            layers.Embedding(words, _INPUTS, mask_zero=True),
            layers.SpatialDropout1D(0.2),
            layers.LSTM(_UNITS),
            layers.Dropout(0.3),
            layers.Dense(len(tweets.LABELS), activation="softmax"),
        ]
    )


def answers(
    network: keras.Model, words: layers.TextVectorization, texts: Sequence[str]
) -> list[str]:
    """The likeliest class of each text; "" where it knows no word of it, since then it has none."""
    ids = words(tf.constant(list(texts))).numpy()
    likeliest = training.predict(network, ids).argmax(axis=1)
    known = (ids > sentiment.UNKNOWN).any(axis=1)
    return [tweets.LABELS[k] if knows else "" for k, knows in zip(likeliest, known, strict=True)]
