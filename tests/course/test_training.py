"""The feed gives every row once, in the promised order and width, and training can be repeated."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from course import training

training.quiet()


def padded(lengths, width, side="post"):
    """Rows of 1s of the given lengths, padded with 0, each starting with its own number + 2."""
    x = np.zeros((len(lengths), width), dtype=int)
    for row, length in enumerate(lengths):
        if length:
            start = 0 if side == "post" else width - length
            x[row, start : start + length] = 1
            x[row, start] = row + 2
    return x


def small_model():
    import keras

    return keras.Sequential(
        [
            keras.layers.Embedding(40, 4, mask_zero=True),
            keras.layers.LSTM(3, dropout=0.2, recurrent_dropout=0.2),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )


def test_quiet_respects_settings_of_the_reader(monkeypatch):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    monkeypatch.delenv("TF_ENABLE_ONEDNN_OPTS", raising=False)
    training.quiet()
    import os

    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"
    assert os.environ["TF_ENABLE_ONEDNN_OPTS"] == "0"


@pytest.mark.tensorflow
@pytest.mark.slow
def test_many_training_runs_write_nothing():
    """The book counts any text on stderr as an error."""
    script = """if True:
        import sys
        sys.ps1 = ">>> "  # as in a notebook, where TensorFlow says more
        from course import training
        training.quiet()
        import keras, numpy as np
        x = np.ones((8, 2))
        for n in range(7):  # TensorFlow would complain of the sixth
            training.seed(n)
            model = keras.Sequential([keras.layers.Dense(1)])
            model.compile("sgd", "mse")
            model.fit(training.dataset(x, x[:, :1], shuffle_seed=0), epochs=1, verbose=0)
            training.predict(model, x)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert done.stderr == ""


@pytest.mark.tensorflow
def test_dataset_keeps_the_order_unless_a_seed_shuffles_it():
    x = np.arange(50)
    kept = np.concatenate([batch.numpy() for batch in training.dataset(x, batch_size=7)])
    shuffled = training.dataset(x, batch_size=7, shuffle_seed=1)
    first = np.concatenate([batch.numpy() for batch in shuffled])
    second = np.concatenate([batch.numpy() for batch in shuffled])
    assert kept.tolist() == x.tolist()
    assert first.tolist() != x.tolist()
    assert sorted(first) == sorted(second) == x.tolist()
    assert first.tolist() != second.tolist(), "each epoch has its own order"


@pytest.mark.tensorflow
def test_rows_labels_and_weights_stay_together():
    x = np.arange(40).reshape(20, 2)
    feed = training.dataset(x, x[:, 0] * 10, 3, shuffle_seed=5, sample_weight=x[:, 1] / 2)
    for rows, labels, weights in feed:
        assert np.array_equal(rows[:, 0] * 10, labels)
        assert np.array_equal(rows[:, 1] / 2, weights)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    "texts",
    [["a", "bé"], np.array(["a", "bé"]), pd.Series(["a", "bé"]), pd.Series(["a", "bé"]).array],
    ids=["list", "numpy", "series", "pandas array"],
)
def test_dataset_takes_strings_in_each_shape_they_come_in(texts):
    (batch,) = training.dataset(texts)
    assert [text.decode() for text in batch.numpy()] == ["a", "bé"]


@pytest.mark.parametrize("feed", [training.dataset, training.bucketed])
def test_bad_arguments_are_named(feed):
    with pytest.raises(ValueError, match=r"differ in length: \[3, 2\]"):
        feed(np.zeros((3, 2)), np.zeros(2))
    with pytest.raises(ValueError, match="needs y"):
        feed(np.zeros((3, 2)), sample_weight=np.ones(3))
    with pytest.raises(ValueError, match="no rows"):
        feed(np.zeros((0, 2)))


def test_bucketed_refuses_what_it_cannot_cut():
    with pytest.raises(ValueError, match=r"shape \(N, T\)"):
        training.bucketed(np.zeros(3))
    with pytest.raises(ValueError, match="'post' or 'pre', not 'left'"):
        training.bucketed(np.zeros((3, 2)), padding="left")


@pytest.mark.tensorflow
@pytest.mark.parametrize("side", ["post", "pre"])
def test_buckets_lose_no_token_and_no_row(side):
    """Cut from the wrong side, rows would lose words and the network would learn from padding."""
    lengths = np.random.default_rng(0).integers(0, 12, 200)
    x = padded(lengths, 15, side)
    feed = training.bucketed(x, lengths, 16, shuffle_seed=2, buckets=4, padding=side)
    seen = []
    for rows, of_length in feed:
        assert np.array_equal(np.count_nonzero(rows, axis=1), of_length)
        seen += [row.max() - 2 for row in rows.numpy() if row.any()]
    assert sorted(seen) == np.flatnonzero(lengths).tolist()


@pytest.mark.tensorflow
def test_buckets_are_narrow_where_rows_are_short():
    x = padded([2] * 50 + [10] * 50, 30)
    widths = {batch.shape[1] for batch in training.bucketed(x, buckets=2)}
    assert widths == {2, 10}


@pytest.mark.tensorflow
def test_the_same_seeds_train_the_same_network():
    x = padded(np.random.default_rng(1).integers(1, 9, 30), 9)
    y = np.arange(30) % 3

    def probabilities(n):
        training.seed(n)
        model = small_model()
        model.compile("adam", "sparse_categorical_crossentropy")
        feed = training.bucketed(x, y, 8, shuffle_seed=0)
        model.fit(feed, epochs=2, shuffle=False, verbose=0)
        return training.predict(model, x)

    assert np.array_equal(probabilities(1), probabilities(1))
    assert not np.array_equal(probabilities(1), probabilities(2))


@pytest.mark.tensorflow
def test_predict_keeps_the_order_and_agrees_with_a_direct_call():
    training.seed(0)
    model = small_model()
    x = padded(np.random.default_rng(2).integers(1, 9, 30), 9)
    expected = np.asarray(model(x, training=False))
    np.testing.assert_allclose(training.predict(model, x, batch_size=7), expected, atol=1e-6)


@pytest.mark.tensorflow
def test_history_table_counts_epochs_from_one():
    import keras

    history = keras.callbacks.History()
    history.history = {"loss": [2.0, 1.0], "val_loss": [3.0, 2.5]}
    table = training.history_table(history)
    assert table.index.tolist() == [1, 2]
    assert table.loc[2, "val_loss"] == 2.5


def test_stopwatch_separates_waiting_from_working():
    import time

    with training.stopwatch() as waiting:
        time.sleep(0.2)
    assert waiting.wall >= 0.2
    assert waiting.cpu < 0.15


@pytest.mark.tensorflow
def test_a_fresh_start_forgets_all_of_an_earlier_run():
    """The same numbers, whatever the network was trained on before; the learning rate stays."""
    import keras

    x, y = np.random.default_rng(0).normal(size=(40, 3)), np.arange(40) % 2

    stack = [keras.layers.Dense(5, "relu"), keras.layers.Dropout(0.3), keras.layers.Dense(2)]
    model = keras.Sequential([keras.Input((3,)), *stack])
    adam = keras.optimizers.Adam(0.02)
    model.compile(adam, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.optimizer.build(model.trainable_variables)

    def run(seed):
        training.start_afresh(model, seed)
        fit = model.fit(training.dataset(x, y, 10, shuffle_seed=0), epochs=2, verbose=0)
        return fit.history["loss"]

    first = run(1)
    other = run(2)
    assert other != pytest.approx(first)
    assert run(1) == pytest.approx(first, rel=1e-6)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.02)


@pytest.mark.tensorflow
def test_a_model_that_keras_cannot_clone_starts_afresh_by_its_builder():
    import keras

    class Unknown(keras.regularizers.Regularizer):
        def __call__(self, weights):
            return 0.01 * keras.ops.sum(weights**2)

    def build():
        dense = keras.layers.Dense(2, kernel_regularizer=Unknown())
        model = keras.Sequential([keras.Input((3,)), dense])
        model.compile("adam", "mse")
        model.optimizer.build(model.trainable_variables)
        return model

    model = build()
    training.start_afresh(model, 1, build)
    first = model.get_weights()[0]
    training.start_afresh(model, 2, build)
    assert not np.allclose(model.get_weights()[0], first)
    training.start_afresh(model, 1, build)
    np.testing.assert_array_equal(model.get_weights()[0], first)
