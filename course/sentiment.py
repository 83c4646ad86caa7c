"""The course's network: a recurrent one that reads a raw tweet and says what its writer feels.

The steps, each a function: learn the words (:func:`vectorizer`), where they start
(:func:`first_vectors`), what to aim at (:func:`soft_targets`,
:func:`linear_opinion`), the layers (:func:`build`), the training (:func:`train`), the balance
between the classes (:func:`rebalance`).
:func:`fit` takes them in turn. :func:`evaluate`, :func:`calibration`, :func:`predict`,
:func:`explain`, :func:`save` and :func:`load` are for what it returns. Cleaning is
`course.text.standardize`; groups and splits are in `course.tweets`.

Call `course.training.quiet` before importing this module, which imports TensorFlow.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers
from scipy.sparse import coo_matrix, csr_matrix, diags, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.extmath import randomized_svd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from course import recurrent, training, tweets
from course.text import standardize

__all__ = [
    "build",
    "calibration",
    "evaluate",
    "explain",
    "first_vectors",
    "fit",
    "fit_linear",
    "linear_model",
    "linear_opinion",
    "load",
    "predict",
    "rebalance",
    "save",
    "soft_targets",
    "train",
    "valence",
    "vectorizer",
    "word_vectors",
]

CLASSES = len(tweets.LABELS)
VOCABULARY, INPUTS, UNITS = 6000, 64, 48
RATED = 8  # of a word's INPUTS, all of which start at its valence: dropout never hides them all
EPOCHS, BATCH, RATE = 6, 128, 3e-3
TRUST = 0.5  # how much of the target is the linear model's opinion
RATING = 0.3  # a valence of 1, in the vectors with which words start
PENALTY = 0.5  # of the linear model: scikit-learn's C
WINDOW = 4  # words on each side that count as neighbours
UNKNOWN = 1


def vectorizer(
    texts: Sequence[str] | np.ndarray, size: int = VOCABULARY, lexicon: bool = True
) -> layers.TextVectorization:
    """A layer that turns raw texts into rows of indices: the words of `texts`, and rated ones.

    Parameters
    ----------
    texts : sequence of N strings
        Raw training tweets.
    size : int
        The largest number of indices for the words of `texts`, 0 for padding and 1 for unknown
        words among them.
    lexicon : bool
        Whether the words of :func:`valence` that are not in `texts` come after them.

    Returns
    -------
    keras.layers.TextVectorization
        Takes strings (N,), gives ints (N, T), padded with 0 at the end.
    """
    layer = layers.TextVectorization(size, standardize=standardize)
    layer.adapt(np.asarray(texts, dtype=object))
    if not lexicon:
        return layer
    known = layer.get_vocabulary(include_special_tokens=False)
    rated = [word for word in _analyzer().lexicon if re.fullmatch("[a-z]+", word)]
    words = list(dict.fromkeys([*known, *rated]))
    return layers.TextVectorization(standardize=standardize, vocabulary=words)


def valence(words: Sequence[str]) -> np.ndarray:
    """How good or bad people find each word, as ten of them rated it for VADER's lexicon.

    Nine thousand tweets hardly teach that *contemptible* is no praise (C. J. Hutto and
    E. Gilbert, 2014).

    Parameters
    ----------
    words : sequence of V strings
        Words as the standardiser leaves them; hashtags count as the word behind the #.

    Returns
    -------
    array (V,) of float32
        Between -4 and 4; 0 for words that nobody rated.
    """
    lexicon = _analyzer().lexicon
    return np.array([lexicon.get(word.lstrip("#"), 0.0) for word in words], dtype="float32")


@functools.cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def word_vectors(ids: np.ndarray, words: int, size: int = INPUTS) -> np.ndarray:
    """Vectors in which words that keep the same company lie close together.

    Positive pointwise mutual information of neighbours at most four words apart, and the largest
    singular vectors of that matrix (O. Levy, Y. Goldberg and I. Dagan, 2015).

    Parameters
    ----------
    ids : array (N, T) of ints
        Rows of indices below `words`, padded with 0.
    words : int
        V, how many indices there are.
    size : int
        D, numbers for each word; less than V.

    Returns
    -------
    array (V, D) of float32
        Standard deviation 0.1 over the words that have neighbours; zeros for padding.
    """
    together = csr_matrix((words, words))
    for gap in range(1, min(WINDOW, ids.shape[1] - 1) + 1):
        left, right = ids[:, :-gap].ravel(), ids[:, gap:].ravel()
        both = (left > UNKNOWN) & (right > UNKNOWN)
        pairs = left[both], right[both]
        together = together + coo_matrix((np.ones(both.sum()), pairs), together.shape)
    together = csr_matrix(together + together.T)
    count = np.asarray(together.sum(axis=0)).ravel()
    context = count**0.75  # keeps rare words from being everybody's closest
    present = count > 0
    rarity = np.divide(1.0, count, where=present, out=np.zeros(words))
    context = np.divide(context.sum(), context, where=present, out=np.zeros(words))
    ppmi = csr_matrix(diags(rarity) @ together @ diags(context))
    ppmi.data = np.log(np.maximum(ppmi.data, 1.0))
    left, strength, _ = randomized_svd(ppmi, size, n_iter=3, random_state=0)
    vectors = left * np.sqrt(strength)
    spread = vectors[present].std() if present.any() else 0.0
    scaled: np.ndarray = (vectors * (0.1 / spread if spread else 0.0)).astype("float32")
    return scaled


def first_vectors(ids: np.ndarray, words: Sequence[str], lexicon: bool = True) -> np.ndarray:
    """Where the words start: the company that they keep, and what people think of them.

    Parameters
    ----------
    ids : array (N, T) of ints
        Rows of indices, as a :func:`vectorizer` gives them.
    words : sequence of V strings
        Its vocabulary.
    lexicon : bool
        Whether the valence is included; otherwise there are zeros in its place.

    Returns
    -------
    array (V, D) of float32
        Of each word's D numbers the last eight are its :func:`valence`, scaled.
    """
    company = word_vectors(ids, len(words), INPUTS - RATED)
    rated = valence(words) * (RATING if lexicon else 0)
    return np.hstack([company, np.repeat(rated[:, None], RATED, axis=1)])


def soft_targets(y: np.ndarray, confidence: np.ndarray, classes: int = CLASSES) -> np.ndarray:
    """A label as the opinion that it is: its share of the annotators, the rest spread evenly.

    Parameters
    ----------
    y : array (N,) of ints
        The classes.
    confidence : array (N,)
        How sure the annotators were, between 0 and 1.
    classes : int
        K.

    Returns
    -------
    array (N, K) of float32
        Rows that sum to one.

    Raises
    ------
    ValueError
        Where a confidence is not a share.
    """
    confidence = np.asarray(confidence, dtype="float32")
    if not ((confidence >= 0) & (confidence <= 1)).all():
        raise ValueError("a confidence lies between 0 and 1")
    rest = (1 - confidence) / (classes - 1)
    targets = np.repeat(rest[:, None], classes, axis=1)
    targets[np.arange(len(y)), y] = confidence
    return targets


def linear_model(lexicon: bool = False, **settings: Any) -> Pipeline:
    """TF-IDF of words, word pairs and runs of letters, and a logistic regression on top.

    Parameters
    ----------
    lexicon : bool
        Whether it is also told what VADER's rules make of each text.
    **settings
        Of scikit-learn's `LogisticRegression`.

    Returns
    -------
    sklearn.pipeline.Pipeline
        To be fitted on raw texts.
    """
    common: dict[str, Any] = {"sublinear_tf": True, "min_df": 2}
    parts = [
        TfidfVectorizer(ngram_range=(1, 2), **common),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **common),
    ]
    if lexicon:
        parts.append(FunctionTransformer(_ruled))
    # SAGA, stopped early: the same answers as the default solver, in a tenth of the time.
    regression = LogisticRegression(solver="saga", tol=1e-2, random_state=0, **settings)
    return make_pipeline(make_union(*parts), regression)


def _ruled(texts: Sequence[str] | np.ndarray) -> csr_matrix:
    """VADER's shares of good and bad words, and its verdict's two directions: (N, 4)."""
    said = [_analyzer().polarity_scores(text) for text in texts]
    return csr_matrix(
        [
            (each["pos"], each["neg"], max(each["compound"], 0.0), max(-each["compound"], 0.0))
            for each in said
        ]
    )


def fit_linear(texts: np.ndarray, targets: np.ndarray, lexicon: bool = True) -> Pipeline:
    """The linear model, fitted to shares of the classes instead of to labels.

    Parameters
    ----------
    texts : array (N,) of strings
        Raw training tweets.
    targets : array (N, K)
        Shares, as from :func:`soft_targets`.
    lexicon : bool
        As for :func:`linear_model`.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Its `predict_proba` gives probabilities (N, K).
    """
    model = linear_model(lexicon, C=PENALTY)
    features, regression = model[0], model[-1]
    x, classes = features.fit_transform(texts), targets.shape[1]
    each = np.repeat(np.arange(classes), len(texts))
    # Every text once for each class, with the class's share as its weight.
    regression.fit(vstack([x] * classes), each, sample_weight=targets.T.ravel())
    return model


def linear_opinion(
    texts: np.ndarray,
    targets: np.ndarray,
    y: np.ndarray,
    groups: np.ndarray,
    lexicon: bool = True,
) -> np.ndarray:
    """What a linear model says of each text that it has not seen, nor any copy of it.

    Parameters
    ----------
    texts : array (N,) of strings
        Raw training tweets.
    targets : array (N, K)
        Their shares of the classes, for :func:`fit_linear`.
    y, groups : arrays (N,)
        Their classes and their groups; two halves never divide a group.
    lexicon : bool
        As for :func:`linear_model`.

    Returns
    -------
    array (N, K) of float32
        Probabilities.
    """
    opinion = np.zeros(targets.shape, dtype="float32")
    for learn, ask in tweets.grouped_folds(y.tolist(), groups.tolist(), n_splits=2, seed=0):
        model = fit_linear(texts[learn], targets[learn], lexicon)
        opinion[ask] = model.predict_proba(texts[ask])
    return opinion


def build(vectors: np.ndarray, reader: keras.Layer | None = None) -> keras.Sequential:
    """The network: two LSTMs read the tweet, one from each end.

    Parameters
    ----------
    vectors : array (V, D)
        Where the words start.
    reader : keras.Layer, optional
        What reads in place of the LSTMs; it must heed the mask.

    Returns
    -------
    keras.Sequential
        Takes ints (N, T), gives probabilities (N, K); not compiled.
    """
    start = keras.initializers.Constant(vectors)
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int64"),
            layers.Embedding(*vectors.shape, embeddings_initializer=start, mask_zero=True),
            layers.SpatialDropout1D(0.5),
            reader or layers.Bidirectional(layers.LSTM(UNITS)),
            layers.Dropout(0.5),
            layers.Dense(CLASSES, activation="softmax"),
        ]
    )


def train(
    model: keras.Model,
    ids: np.ndarray,
    targets: np.ndarray,
    seed: int = 0,
    epochs: int = EPOCHS,
    progress: bool = False,
) -> keras.callbacks.History:
    """Train with Adam, at a rate that falls to zero along a cosine, in batches of like length.

    Parameters
    ----------
    model : keras.Model
        As :func:`build` makes it.
    ids : array (N, T) of ints
        The tweets.
    targets : array (N, K)
        Shares of the classes, for each tweet.
    seed : int
        Of the order of the rows.
    epochs : int
        How often each tweet is read.
    progress : bool
        Whether Keras's progress bar is shown.

    Returns
    -------
    keras.callbacks.History
        For `training.history_table`.
    """
    feed = training.bucketed(ids, targets, BATCH, shuffle_seed=seed)
    falling = keras.optimizers.schedules.CosineDecay(RATE, epochs * int(feed.cardinality()))
    model.compile(keras.optimizers.Adam(falling), "categorical_crossentropy")
    return model.fit(feed, epochs=epochs, verbose=1 if progress else 0)


def fit(
    texts: np.ndarray,
    y: np.ndarray,
    confidence: np.ndarray,
    groups: np.ndarray,
    *,
    trust: float = TRUST,
    lexicon: bool = True,
    seed: int = 0,
    epochs: int = EPOCHS,
    progress: bool = False,
) -> keras.Sequential:
    """All steps: from training tweets to a network that takes raw text.

    Parameters
    ----------
    texts, y, confidence, groups : arrays (N,)
        Raw tweets, their classes, the annotators' confidence, and the groups of near-duplicates.
    trust : float
        The linear model's share of the targets; 0 leaves it out.
    lexicon : bool
        Whether words start with what people think of them, and the linear model is told too.
    seed : int
        Of the order of the rows, the first weights and dropout.
    epochs : int
        How often each tweet is read.
    progress : bool
        Whether Keras's progress bar is shown.

    Returns
    -------
    keras.Sequential
        Takes strings (N,), gives probabilities (N, K); for :func:`predict`.
    """
    training.seed(seed)
    words = vectorizer(texts)
    ids = words(tf.constant(list(texts))).numpy()
    targets = soft_targets(y, confidence)
    if trust:
        opinion = linear_opinion(texts, targets, y, groups, lexicon)
        targets = (1 - trust) * targets + trust * opinion
    model = build(first_vectors(ids, words.get_vocabulary(), lexicon))
    train(model, ids, targets, seed, epochs, progress)
    return keras.Sequential([keras.Input((), dtype="string"), words, model])


def predict(model: keras.Model, texts: Sequence[str] | np.ndarray) -> np.ndarray:
    """Probabilities (N, K) for N raw texts; nan for a text of which the model knows no word.

    The nan says that there is no verdict: what the network would answer for unknown words alone
    shows its habit, and says nothing about the text.
    """
    ids = _words(model)(tf.constant(list(texts))).numpy()
    p = training.predict(model, np.asarray(texts, dtype=object)).astype(float)
    p[~(ids > UNKNOWN).any(axis=1)] = np.nan
    return p


def rebalance(p: np.ndarray, share: np.ndarray, power: float) -> np.ndarray:
    """Probabilities with the classes' shares taken out of them, wholly or in part.

    Accuracy favours a network that bets on the large class, and macro-F1 doesn't; the power is the
    exchange rate (A. K. Menon and others, 2021: logit adjustment).

    Parameters
    ----------
    p : array (N, K)
        Probabilities.
    share : array (K,)
        The classes' shares of the training rows, all positive.
    power : float
        0 changes nothing, 1 treats all classes as equally large.

    Returns
    -------
    array (N, K)
        Rows that sum to one.
    """
    weighted = p * np.asarray(share, dtype=float) ** -power
    balanced: np.ndarray = weighted / weighted.sum(axis=1, keepdims=True)
    return balanced


def evaluate(y: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Accuracy and macro-F1 of the likeliest classes, and the mean cross-entropy.

    Parameters
    ----------
    y : array (N,) of ints
        The true classes.
    p : array (N, K)
        Probabilities.

    Returns
    -------
    dict
        `accuracy`, `macro_f1` and `loss`.
    """
    guess = p.argmax(axis=1)
    truth = p[np.arange(len(y)), y]
    return {
        "accuracy": float(accuracy_score(y, guess)),
        "macro_f1": float(f1_score(y, guess, average="macro")),
        "loss": float(-np.log(np.maximum(truth, 1e-12)).mean()),
    }


def calibration(y: np.ndarray, p: np.ndarray, bins: int = 10) -> pd.DataFrame:
    """How often the network is right, for each degree of sureness that it claims.

    Parameters
    ----------
    y : array (N,) of ints
        The true classes.
    p : array (N, K)
        Probabilities.
    bins : int
        How many bins, each with about the same number of rows.

    Returns
    -------
    pd.DataFrame
        A row for each bin, from unsure to sure: `rows`, the mean `confidence`, the `accuracy`. The
        expected calibration error is in `attrs["error"]`.
    """
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    parts = [part for part in np.array_split(np.argsort(sure, kind="stable"), bins) if len(part)]
    table = pd.DataFrame(
        {
            "rows": [len(part) for part in parts],
            "confidence": [sure[part].mean() for part in parts],
            "accuracy": [right[part].mean() for part in parts],
        }
    )
    gap = (table["confidence"] - table["accuracy"]).abs()
    table.attrs["error"] = float(np.average(gap, weights=table["rows"]))
    return table


def save(model: keras.Model, path: str | os.PathLike[str]) -> None:
    """Words, weights and the way from one to the other, in one `.keras` file."""
    model.save(path)


def load(path: str | os.PathLike[str]) -> keras.Model:
    """The model that :func:`save` wrote; importing this module has registered its standardiser."""
    return keras.models.load_model(path)


def explain(model: keras.Model, text: str) -> pd.DataFrame:
    """What the network makes of a text, word by word.

    Parameters
    ----------
    model : keras.Model
        As from :func:`fit`.
    text : str
        A raw text.

    Returns
    -------
    pd.DataFrame
        A row for each of T words: the `word` as the network sees it, the mean over the units of the
        three gates `input`, `forget` and `output` of the LSTM that reads forwards, and the
        probability of each class had the text ended there.
    """
    words, network = _words(model), model.layers[-1]
    ids = words(tf.constant([text])).numpy()[0]
    ids = ids[ids != 0]
    embedding, reader = network.layers[0], network.layers[2].forward_layer
    table = pd.DataFrame({"word": np.array(words.get_vocabulary())[ids]})
    gates = ["input", "forget", "output"]
    table[gates] = np.zeros((len(ids), len(gates)))
    if len(ids):
        forget, let_in, output, _ = recurrent.gates_of(reader.cell, embedding(ids[None]).numpy())
        for name, gate in zip(gates, (let_in, forget, output), strict=True):
            table[name] = gate[0].mean(axis=1)
        prefixes = np.tril(np.tile(ids, (len(ids), 1)))
        table[list(tweets.LABELS)] = network.predict_on_batch(prefixes)
    return table


def _words(model: keras.Model) -> layers.TextVectorization:
    """The layer that turns text into indices, of a model that :func:`fit` made."""
    return next(layer for layer in model.layers if isinstance(layer, layers.TextVectorization))
