"""Stopping, counting and folding agree with Keras, scikit-learn and pandas."""

import copy

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import KFold

from course import training
from solutions.overfitting import (
    early_stopping,
    generalization_gap,
    kfold_indices,
    lstm_parameter_count,
    smallest_within,
)

training.quiet()


@pytest.fixture
def rng():
    return np.random.default_rng(40)


# ---------------------------------------------------------------- the gap


@pytest.mark.tensorflow
def test_the_gap_of_a_keras_history_is_the_difference_of_the_errors(rng):
    """With a learning rate of 0 the network stays as it is, so its errors can be worked out."""
    import keras

    X, y = rng.normal(size=(24, 3)), rng.normal(size=24)
    train, held_out = slice(0, 16), slice(16, 24)
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    network.compile(keras.optimizers.SGD(0.0), "mse")
    history = network.fit(
        training.dataset(X[train], y[train]),
        validation_data=training.dataset(X[held_out], y[held_out]),
        epochs=3,
        shuffle=False,
        verbose=0,
    ).history
    predicted = training.predict(network, X)[:, 0]
    gap = mean_squared_error(y[held_out], predicted[held_out])
    gap -= mean_squared_error(y[train], predicted[train])
    np.testing.assert_allclose(generalization_gap(history), [gap] * 3, rtol=1e-4)


def test_the_gap_is_an_array_with_a_sign():
    found = generalization_gap(
        {"val_loss": [0.5, 0.75], "accuracy": [0.0, 1.0], "loss": [0.75, 0.25]}
    )
    assert isinstance(found, np.ndarray)
    np.testing.assert_array_equal(found, [-0.25, 0.5])


# ---------------------------------------------------------------- early stopping


def keras_stopping(losses, patience, min_delta):
    """(stopped, best) of Keras' callback, which is told one loss after the other."""
    from types import SimpleNamespace

    import keras

    callback = keras.callbacks.EarlyStopping("val_loss", min_delta, patience, mode="min")
    network = SimpleNamespace(stop_training=False)
    callback.set_model(network)
    callback.on_train_begin()
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if network.stop_training:
            break
    return epoch, callback.best_epoch


@pytest.mark.tensorflow
def test_stopping_agrees_with_the_callback_of_keras(rng):
    """Losses are multiples of 1/16, so that ties and gains of exactly min_delta are frequent."""
    seen = set()
    for _ in range(400):
        epochs, patience = int(rng.integers(1, 25)), int(rng.integers(1, 6))
        min_delta = float(rng.choice([0, 0, 1, 2, 5])) / 16
        steps = rng.integers(-3, 3, size=epochs) / 16
        losses = (8 + np.cumsum(steps)).tolist()
        expected = keras_stopping(losses, patience, min_delta)
        assert early_stopping(losses, patience, min_delta) == expected
        assert early_stopping(np.array(losses), patience, min_delta=min_delta) == expected
        if not min_delta:
            assert early_stopping(losses, patience) == expected
        seen.add((expected[0] == epochs - 1, expected[1] == expected[0], min_delta > 0))
    assert len(seen) >= 6, "the curves do not cover stopping, not stopping and both kinds of best"


@pytest.mark.tensorflow
def test_stopping_tells_how_long_a_keras_training_lasts(rng):
    """The whole of `fit`, not just the callback: as many epochs, and the best of its losses."""
    import keras

    training.seed(3)
    X, y = rng.normal(size=(20, 4)), rng.normal(size=20)
    network = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(30, "tanh"), keras.layers.Dense(1)]
    )
    network.compile(keras.optimizers.Adam(0.02), "mse")
    stopper = keras.callbacks.EarlyStopping(patience=3, min_delta=0.001)
    losses = network.fit(
        training.dataset(X[:10], y[:10]),
        validation_data=training.dataset(X[10:], y[10:]),
        epochs=200,
        shuffle=False,
        verbose=0,
        callbacks=[stopper],
    ).history["val_loss"]
    assert 4 <= len(losses) < 200, "the example should stop early"
    stopped, best = early_stopping([*losses, 0.0, 0.0], 3, 0.001)
    assert (stopped, best) == (len(losses) - 1, stopper.best_epoch)


def test_a_first_loss_that_is_infinite_can_be_beaten():
    assert early_stopping([np.inf, np.inf, 2.0, 3.0, 3.0], 2) == (4, 2)


# ---------------------------------------------------------------- capacity


@pytest.mark.tensorflow
@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (50, 7, 5, 3), (2000, 128, 196, 3)])
def test_the_count_agrees_with_keras(shape):
    import keras

    vocabulary, embedding, units, classes = shape
    network = keras.Sequential(
        [
            keras.Input((9,)),
            keras.layers.Embedding(vocabulary, embedding),
            keras.layers.LSTM(units),
            keras.layers.Dense(classes, "softmax"),
        ]
    )
    assert lstm_parameter_count(*shape) == network.count_params()


def test_the_smallest_agrees_with_a_selection_in_pandas(rng):
    for _ in range(200):
        size = int(rng.integers(1, 8))
        capacities = rng.choice(100, size=size, replace=False).tolist()
        losses = dict(zip(capacities, (rng.integers(-9, 9, size=size) / 4).tolist(), strict=True))
        tolerance = float(rng.integers(0, 9)) / 4
        series = pd.Series(losses)
        expected = series[series.sub(series.min()).le(tolerance)].sort_index().index[0]
        assert smallest_within(losses, tolerance) == expected


# ---------------------------------------------------------------- folds


def test_folds_agree_with_scikit_learn():
    for n in range(2, 16):
        for k in range(2, n + 1):
            expected = list(KFold(k).split(np.zeros(n)))
            found = kfold_indices(n, k)
            assert isinstance(found, list)
            assert len(found) == k
            for pair, (train, test) in zip(found, expected, strict=True):
                np.testing.assert_array_equal(pair[0], train, strict=True)
                np.testing.assert_array_equal(pair[1], test, strict=True)


def test_arguments_stay_as_they_are():
    given = {
        generalization_gap: ({"loss": [3.0, 2.0], "val_loss": [3.0, 3.0]},),
        early_stopping: (np.array([3.0, 2.0, 4.0]), 1),
        smallest_within: ({4: 0.5, 2: 0.75}, 0.25),
    }
    for function, arguments in given.items():
        before = copy.deepcopy(arguments)
        function(*arguments)
        np.testing.assert_equal(arguments, before, err_msg=function.__name__)
