"""Train Keras networks quietly, repeatably and without idle waits.

Call :func:`quiet` before anything imports TensorFlow. TensorFlow and Keras are imported inside the
functions, so that importing this module costs nothing and leaves `quiet` time to act.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import keras
    import tensorflow as tf
    from numpy.typing import ArrayLike

__all__ = [
    "bucketed",
    "dataset",
    "history_table",
    "predict",
    "quiet",
    "seed",
    "start_afresh",
    "stopwatch",
]


def quiet() -> None:
    """Ask TensorFlow, before it is imported, to log only errors and to round alike everywhere.

    Settings that are already in the environment win. oneDNN is off because it sums in another
    order on other processors, and announces itself on stderr. Keras's warning that a dataset does
    its own shuffling is silenced too, since that is what :func:`dataset` is for; and so is
    TensorFlow's that many models were built, since cross-validation builds many.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    # A filter, since TensorFlow sets the level anew when a notebook imports it.
    logging.getLogger("tensorflow").addFilter(_is_error)
    warnings.filterwarnings("ignore", message="`shuffle=True` was passed", category=UserWarning)


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR


def seed(n: int) -> None:
    """Seed Python, NumPy and the backend of Keras.

    Parameters
    ----------
    n : int
        The seed.
    """
    import keras

    keras.utils.set_random_seed(n)


def start_afresh(
    model: keras.Model, seed: int, build: Callable[[], keras.Model] | None = None
) -> None:
    """Give a compiled, built model new random weights and an optimiser that remembers nothing.

    One network then serves for many runs, where building and compiling each anew would take longer
    than its training. Weights, dropout and everything random depend on `seed` only; the learning
    rate stays as it is.

    Parameters
    ----------
    model : keras.Model
        The model, compiled, and its optimiser built.
    seed : int
        The seed.
    build : function, optional
        Makes a model of the same layers, for models that Keras can't clone.
    """
    import keras

    keras.utils.set_random_seed(seed)
    clone = build() if build else keras.models.clone_model(model)
    for variable, fresh in zip(model.variables, clone.variables, strict=True):
        variable.assign(fresh)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))


def dataset(
    x: ArrayLike,
    y: ArrayLike | None = None,
    batch_size: int = 32,
    shuffle_seed: int | None = None,
    sample_weight: ArrayLike | None = None,
) -> tf.data.Dataset:
    """Batches of `x`, `(x, y)` or `(x, y, sample_weight)` for `fit`, `evaluate` and `predict`.

    `fit` given plain arrays waits idly at the end of every epoch while tf.data tunes itself. Here
    that tuning is off.

    Parameters
    ----------
    x : array (N, ...) of numbers, or N strings
        The inputs; strings as a list or a pandas column.
    y : array (N,) or (N, K), optional
        The targets.
    batch_size : int, default 32
        Rows of a batch; the last one may have fewer.
    shuffle_seed : int, optional
        None keeps the order. A number shuffles anew each epoch; the order depends on it and on
        :func:`seed` only.
    sample_weight : array (N,), optional
        Weights of the rows; they need `y`.

    Returns
    -------
    tf.data.Dataset
        The batches.

    Raises
    ------
    ValueError
        Where the lengths differ, there are no rows, or weights come without `y`.
    """
    import tensorflow as tf

    columns = _columns(x, y, sample_weight)
    size = len(columns[0])
    rows = tf.data.Dataset.range(size)
    if shuffle_seed is not None:
        rows = rows.shuffle(size, seed=shuffle_seed)
    return _tuned(rows.batch(batch_size).map(_gather(columns)))


def bucketed(
    x: ArrayLike,
    y: ArrayLike | None = None,
    batch_size: int = 32,
    shuffle_seed: int | None = None,
    sample_weight: ArrayLike | None = None,
    *,
    buckets: int = 5,
    padding: str = "post",
) -> tf.data.Dataset:
    """Like :func:`dataset`, but each batch holds rows of similar length, cut to the longest.

    A recurrent layer takes one step per column, padding included, so short rows in short batches
    save most of the time. Rows come sorted by bucket, hence not in the order of `x`: use it to
    train, and :func:`dataset` or :func:`predict` for everything that needs the order.

    Parameters
    ----------
    x : array (N, T) of ints
        The inputs, padded with 0.
    y, batch_size, shuffle_seed, sample_weight : array, int, int and array
        As for :func:`dataset`.
    buckets : int, default 5
        How many lengths; their bounds are quantiles, so that buckets are about equally full.
    padding : {"post", "pre"}
        Where the zeros are: at the end, as `TextVectorization` puts them, or at the front, as
        `pad_sequences` does.

    Returns
    -------
    tf.data.Dataset
        The batches.

    Raises
    ------
    ValueError
        As :func:`dataset`, and where `x` is not two-dimensional or `padding` is neither word.
    """
    import tensorflow as tf

    if padding not in ("post", "pre"):
        raise ValueError(f"padding must be 'post' or 'pre', not {padding!r}")
    columns = _columns(x, y, sample_weight)
    if columns[0].ndim != 2:
        raise ValueError(f"x must have the shape (N, T), not {columns[0].shape}")
    lengths = _lengths(columns[0], padding)
    widths = np.unique(
        np.quantile(lengths, np.linspace(0, 1, buckets + 1)[1:], method="inverted_cdf")
    )
    bucket_of = np.searchsorted(widths, lengths)
    batches: Any = None
    for number, width in enumerate(widths):
        members = np.flatnonzero(bucket_of == number)
        rows = tf.data.Dataset.from_tensor_slices(members)
        if shuffle_seed is not None:
            rows = rows.shuffle(len(members), seed=shuffle_seed + number)
        part = rows.batch(batch_size).map(_gather(columns, int(width), padding))
        batches = part if batches is None else batches.concatenate(part)
    if shuffle_seed is not None:
        batches = batches.shuffle(len(lengths) // batch_size + len(widths), seed=shuffle_seed)
    return _tuned(batches)


def predict(model: keras.Model, x: ArrayLike, batch_size: int = 256) -> np.ndarray:
    """`model.predict` for numbers or strings, in order, without a progress bar or an idle wait.

    Parameters
    ----------
    model : keras.Model
        The network.
    x : array (N, ...) of numbers, or N strings
        The inputs, as for :func:`dataset`.
    batch_size : int, default 256
        Rows of a batch.

    Returns
    -------
    array (N, ...)
        The outputs.
    """
    predicted: np.ndarray = model.predict(dataset(x, batch_size=batch_size), verbose=0)
    return predicted


def history_table(history: keras.callbacks.History) -> pd.DataFrame:
    """One row per epoch, numbered from 1, one column per quantity that `fit` recorded.

    Parameters
    ----------
    history : keras.callbacks.History
        What `fit` returned.

    Returns
    -------
    pd.DataFrame
        The table; its index is named "epoch".
    """
    table = pd.DataFrame(history.history)
    table.index = pd.RangeIndex(1, len(table) + 1, name="epoch")
    return table


@dataclass
class Stopwatch:
    """Seconds that passed and that the processors worked inside a `with`.

    Attributes
    ----------
    wall : float
        Seconds on the clock.
    cpu : float
        Seconds of work of this process, on all processors together.
    """

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time the body of a `with`: `with stopwatch() as watch: ...`, then `watch.wall`.

    Yields
    ------
    Stopwatch
        The times, zero until the body is over.
    """
    watch = Stopwatch()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield watch
    finally:
        watch.wall = time.perf_counter() - wall
        watch.cpu = time.process_time() - cpu


def _columns(x: Any, y: Any, sample_weight: Any) -> list[np.ndarray]:
    if sample_weight is not None and y is None:
        raise ValueError("sample_weight needs y")
    columns = [_array(values) for values in (x, y, sample_weight) if values is not None]
    sizes = [len(column) for column in columns]
    if len(set(sizes)) > 1:
        raise ValueError(f"x, y and sample_weight differ in length: {sizes}")
    if sizes[0] == 0:
        raise ValueError("there are no rows")
    return columns


def _array(values: Any) -> np.ndarray:
    # TensorFlow takes strings only as objects, and walks pandas's own string arrays one by one.
    array = np.asarray(values)
    return array.astype(object) if array.dtype.kind in "UT" else array


def _lengths(x: np.ndarray, padding: str) -> np.ndarray:
    filled = x != 0
    from_its_end = filled[:, ::-1] if padding == "post" else filled
    padded = np.where(filled.any(axis=1), from_its_end.argmax(axis=1), x.shape[1] - 1)
    lengths: np.ndarray = x.shape[1] - padded
    return lengths


def _gather(columns: list[np.ndarray], width: int | None = None, padding: str = "post") -> Any:
    import tensorflow as tf

    tensors = [tf.constant(column) for column in columns]
    if width is not None:
        tensors[0] = tensors[0][:, :width] if padding == "post" else tensors[0][:, -width:]

    def batch(rows: Any) -> Any:
        picked = tuple(tf.gather(tensor, rows) for tensor in tensors)
        return picked if len(picked) > 1 else picked[0]

    return batch


def _tuned(batches: tf.data.Dataset) -> tf.data.Dataset:
    import tensorflow as tf

    options = tf.data.Options()
    options.autotune.enabled = False
    options.deterministic = True
    return batches.with_options(options).prefetch(2)
