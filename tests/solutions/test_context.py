"""Bags, memories and windows agree with scikit-learn, SciPy, NumPy and Keras."""

import copy

import numpy as np
import pytest
import scipy.signal
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.feature_extraction.text import CountVectorizer

from course import training
from solutions.context import bag_of_words, leaky_memory, sliding_windows, task_kinds

training.quiet()

SENTENCES = [
    "The concert was BORING for the first 15 minutes, but then: terribly exciting!",
    "Don't say 'party'; it's an art-party. Don’t!",
    "so_good, well-known; rock'n'roll",
    "",
    "nothing of this",
]
VOCABULARY = ["the", "party", "don't", "art", "don", "'party'", "good", "so_good", "15", "but"]


# ---------------------------------------------------------------- a bag


def test_counts_agree_with_scikit_learn():
    vectorizer = CountVectorizer(vocabulary=VOCABULARY, token_pattern=r"[a-z']+")
    found = bag_of_words(SENTENCES, VOCABULARY)
    assert found.dtype.kind == "i"
    np.testing.assert_array_equal(found, vectorizer.transform(SENTENCES).toarray())


def test_order_is_lost_and_counts_add_up():
    a, b = "boring but exciting", "exciting, but boring"
    both = bag_of_words([a, b, f"{a} {b}"], ["but", "boring", "exciting"])
    np.testing.assert_array_equal(both, [[1, 1, 1], [1, 1, 1], [2, 2, 2]])


def test_the_lists_stay_as_they_are():
    before = copy.deepcopy((SENTENCES, VOCABULARY))
    bag_of_words(SENTENCES, VOCABULARY)
    assert before == (SENTENCES, VOCABULARY)


# ---------------------------------------------------------------- a memory


@pytest.mark.parametrize("decay", [0.0, 0.3, 0.99, 1.0, -0.5, 1])
@pytest.mark.parametrize("dtype", [float, int, np.int8])
def test_memory_agrees_with_a_first_order_filter(decay, dtype):
    x = np.array([3, -1, 0, 2, 2, 7, -4], dtype=dtype)
    found = leaky_memory(x, decay)
    assert found.dtype == float
    expected = scipy.signal.lfilter([1.0], [1.0, -decay], x.astype(float))
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.tensorflow
def test_memory_is_a_recurrent_layer_of_keras_with_one_unit():
    import keras

    x = np.random.default_rng(0).normal(size=9)
    layer = keras.layers.SimpleRNN(
        1, activation="linear", use_bias=False, return_sequences=True, dtype="float64"
    )
    layer.build((1, 9, 1))
    layer.set_weights([np.ones((1, 1)), np.full((1, 1), 0.8)])
    expected = np.asarray(layer(x[None, :, None]))[0, :, 0]
    np.testing.assert_allclose(leaky_memory(x, 0.8), expected, rtol=1e-12)


def test_memory_leaves_its_input_alone():
    x = np.array([1.0, 2.0, 3.0])
    leaky_memory(x, 0.5)
    np.testing.assert_array_equal(x, [1, 2, 3])


# ---------------------------------------------------------------- a window


@pytest.mark.parametrize(("T", "width"), [(9, 1), (9, 4), (9, 8), (2, 1)])
def test_windows_agree_with_the_view_of_numpy(T, width):
    series = np.random.default_rng(1).normal(size=T)
    X, y = sliding_windows(series, width)
    view = sliding_window_view(series, width + 1)
    np.testing.assert_array_equal(X, view[:, :-1])
    np.testing.assert_array_equal(y, view[:, -1])
    assert not np.shares_memory(X, series)
    assert not np.shares_memory(y, series)


@pytest.mark.tensorflow
def test_windows_agree_with_keras():
    import keras

    series = np.random.default_rng(2).normal(size=12)
    batches = keras.utils.timeseries_dataset_from_array(series, series[3:], 3, batch_size=20)
    expected_X, expected_y = next(iter(batches))
    X, y = sliding_windows(series, 3)
    np.testing.assert_array_equal(X, expected_X)
    np.testing.assert_array_equal(y, expected_y)


def test_windows_show_a_linear_model_the_rule_of_the_fibonacci_numbers():
    X, y = sliding_windows(np.array([1.0, 1, 2, 3, 5, 8, 13, 21]), 2)
    np.testing.assert_allclose(np.linalg.lstsq(X, y, rcond=None)[0], [1, 1], rtol=1e-12)


@pytest.mark.parametrize(("T", "width"), [(5, 0), (5, 5), (5, 6), (5, -1), (1, 1), (1, 0)])
def test_a_width_that_leaves_no_input_or_no_target_is_refused(T, width):
    with pytest.raises(ValueError, match=f"length {T}, not {width}"):
        sliding_windows(np.zeros(T), width)


# ---------------------------------------------------------------- kinds of tasks


def test_kinds_are_those_of_the_published_examples():
    """Karpathy (2015) names captioning, sentiment, translation and labelling each frame of a video."""
    assert task_kinds["image captioning"] == "one-to-many"
    assert task_kinds["tweet sentiment"] == "many-to-one"
    assert task_kinds["machine translation"] == "many-to-many (unaligned)"
    assert task_kinds["frame-by-frame video labelling"] == "many-to-many (aligned)"


def test_a_task_with_an_output_for_each_input_is_aligned_and_one_from_a_label_is_not_many_to():
    assert task_kinds["part-of-speech tagging"] == "many-to-many (aligned)"
    assert task_kinds["music from a genre label"] == "one-to-many"
    assert len(task_kinds) == 6
