"""How tweets become words inside a Keras model: a standardiser that `.keras` files can find again.

A `TextVectorization` layer keeps its standardiser by name only. Import this module before loading
a model that was saved with it; call `course.training.quiet` before that.
"""

from __future__ import annotations

import keras
import tensorflow as tf

__all__ = ["standardize"]

_RULES = (
    (r"&amp;", " and "),
    (r"&\w+;", " "),
    (r"https?:\S*", " "),
    (r"[‘’]", "'"),
    (r"\bcan't\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"n't\b", " not"),
    (r"!+", " ! "),  # tokens of their own
    (r"\?+", " ? "),
    (r"[^a-z0-9_@#'!? ]", " "),
)


@keras.saving.register_keras_serializable(package="course")
def standardize(texts: tf.Tensor) -> tf.Tensor:
    """Lower-case `texts` and leave what carries meaning in a tweet.

    Mentions, hashtags, exclamation and question marks stay (*!!!* as one *!*), and so do negations:
    *isn't* becomes *is not*, since without its apostrophe *isnt* is a rare word of its own. URLs
    and HTML entities go (but `&amp;` becomes *and*), and so does every other character, each
    leaving a space.

    Parameters
    ----------
    texts : tf.Tensor of strings, any shape
        Raw tweets.

    Returns
    -------
    tf.Tensor of strings, same shape
        Words and marks, separated by spaces.
    """
    texts = tf.strings.lower(texts)
    for pattern, replacement in _RULES:
        texts = tf.strings.regex_replace(texts, pattern, replacement)
    return texts
