"""What is packed for the page is the network that is measured, and nothing else is packed."""

import base64

import numpy as np
import pytest

from course import training

training.quiet()
pytestmark = pytest.mark.tensorflow

WORDS = ["", "[UNK]", "good", "bad"]


def network(*middle, rows=4):
    import keras
    from keras import layers

    training.seed(1)
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int64"),
            layers.Embedding(rows, 3, mask_zero=True),
            *middle,
            layers.Dense(2, activation="softmax"),
        ]
    )


def test_rounding_moves_no_weight_further_than_half_a_step():
    from keras import layers

    from course.browser import pack

    model = network(layers.LSTM(2))
    before = model.layers[0].get_weights()[0]
    packed = pack(model, WORDS, ["no", "yes"])
    after = model.layers[0].get_weights()[0]
    assert np.abs(after - before).max() <= packed["scale"] / 2 * (1 + 1e-6)
    assert not np.array_equal(after, before)

    whole = np.frombuffer(base64.b64decode(packed["embedding"]), dtype=np.int8).reshape(4, 3)
    assert np.abs(whole).max() == 127
    np.testing.assert_array_equal(whole * np.float32(packed["scale"]), after)


def test_arrays_keep_their_values_and_order():
    from keras import layers

    from course.browser import pack

    model = network(layers.LSTM(2))
    packed = pack(model, WORDS, ["no", "yes"])
    names = ("kernel", "recurrent", "bias", "dense", "denseBias")
    for name, expected in zip(names, model.get_weights()[1:], strict=True):
        found = np.frombuffer(base64.b64decode(packed[name]), dtype="<f4")
        np.testing.assert_array_equal(found, expected.ravel(), err_msg=name)


def test_spare_rows_stay_at_home():
    """A vocabulary may be shorter than the embedding; the rest would be dead weight in the page."""
    from keras import layers

    from course.browser import pack

    packed = pack(network(layers.LSTM(2), rows=100), WORDS, ["no", "yes"])
    assert len(base64.b64decode(packed["embedding"])) == len(WORDS) * 3


def test_what_the_page_cannot_run_is_refused():
    from keras import layers

    from course.browser import pack

    with pytest.raises(ValueError, match="the model has Embedding, GRU, Dense"):
        pack(network(layers.GRU(2)), WORDS, ["no", "yes"])
    with pytest.raises(ValueError, match="5 words, but the embedding has 4 rows"):
        pack(network(layers.LSTM(2)), [*WORDS, "more"], ["no", "yes"])
    with pytest.raises(ValueError, match="3 classes, but the last layer has 2 units"):
        pack(network(layers.LSTM(2)), WORDS, ["no", "perhaps", "yes"])
