"""The explorer type-a-tweet splits texts as `course.text` does and computes what Keras computes."""

import numpy as np
import pytest

from course import training
from tests.explorers.javascript import call

training.quiet()
pytestmark = pytest.mark.tensorflow

TEXTS = [
    "RT @Some_One: It ISN’T over… can't, won't! See https://t.co/aB1?x=1 #GOPDebate",
    "salt &amp; pepper &lt;3 cant [a]^b—c Ünïcode 😭 K9",
    "  two\tlines\nhere  ",
    "?!?? no!!!",
    "",
]
WORDS = ["", "[UNK]", "it", "is", "not", "over", "!", "#gopdebate", "can", "will", "see", "and"]
CLASSES = ["Negative", "Neutral", "Positive"]


@pytest.fixture(scope="module")
def network():
    """A small network with weights large enough to drive its gates up and down, and its packing."""
    import keras

    from course.browser import pack

    training.seed(0)
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int64"),
            keras.layers.Embedding(len(WORDS), 5, mask_zero=True),
            keras.layers.SpatialDropout1D(0.5),
            keras.layers.LSTM(7),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    return model, pack(model, WORDS, CLASSES)


@pytest.mark.parametrize("text", TEXTS)
def test_the_page_splits_words_as_the_course_does(text):
    """Another split would send the network words that it was not trained on."""
    from course.text import standardize

    expected = standardize([text]).numpy()[0].decode().split()
    assert call("type-a-tweet", "words", text) == expected


@pytest.mark.parametrize("text", TEXTS[:4])
def test_the_answer_after_each_word_is_that_of_keras(network, text):
    model, packed = network
    steps = call("type-a-tweet", "run", packed, text)
    ids = [WORDS.index(now["word"]) if now["word"] in WORDS else 1 for now in steps]
    assert [now["known"] for now in steps] == [number != 1 for number in ids]
    for length, now in enumerate(steps, start=1):
        expected = model.predict_on_batch(np.array([ids[:length]]))[0]
        np.testing.assert_allclose(now["classes"], expected, atol=1e-6)


def test_the_gates_are_those_of_the_equations(network):
    """Gates and hidden state, from Keras's own weights in double precision."""
    model, packed = network
    table, kernel, recurrent, bias = (w.astype(float) for w in model.get_weights()[:4])
    H = recurrent.shape[0]
    h, c = np.zeros(H), np.zeros(H)
    for now in call("type-a-tweet", "run", packed, "it is not over ! and it is unheard of"):
        row = WORDS.index(now["word"]) if now["known"] else 1
        z = table[row] @ kernel + h @ recurrent + bias
        i, f, o = (1 / (1 + np.exp(-z[k * H : (k + 1) * H])) for k in (0, 1, 3))
        c = f * c + i * np.tanh(z[2 * H : 3 * H])
        h = o * np.tanh(c)
        for key, expected in {"i": i, "f": f, "o": o, "h": h}.items():
            np.testing.assert_allclose(now[key], expected, rtol=1e-6, atol=1e-7, err_msg=key)


def test_an_empty_text_reads_nothing(network):
    assert call("type-a-tweet", "run", network[1], "") == []


def test_unknown_words_alone_give_no_verdict(network):
    """The first word that is known brings the verdict, and it stays."""
    steps = call("type-a-tweet", "run", network[1], "xylophone zebra over unheard")
    assert [now["verdict"] for now in steps] == [False, False, True, True]


@pytest.mark.parametrize("text", TEXTS)
def test_the_pieces_of_a_text_hold_its_words(text):
    """Cut at its spaces, as the reader sees it, a text has the same words as a whole."""
    pieces = call("type-a-tweet", "pieces", text)
    assert [word for piece in pieces for word in piece["words"]] == call(
        "type-a-tweet", "words", text
    )
    assert [piece["typed"] for piece in pieces] == text.split()


def test_only_units_that_change_are_shown(network):
    steps = call("type-a-tweet", "run", network[1], "it is not over ! and it is unheard of")
    change = np.ptp([now["f"] for now in steps], axis=0)
    found = call("type-a-tweet", "restless", steps, "f", 3, 0.1)
    assert found == list(np.argsort(-change)[:3])
    assert call("type-a-tweet", "restless", steps, "f", 7, change.max() + 0.01) == []
    assert call("type-a-tweet", "restless", [], "f", 7, 0.1) == []


def test_what_is_too_long_is_counted_and_not_read():
    """An emoji is one character, and no half of it is read."""
    assert call("type-a-tweet", "within", "abc", 5) == {"read": "abc", "length": 3, "over": 0}
    assert call("type-a-tweet", "within", "ab😀cd", 3) == {"read": "ab😀", "length": 5, "over": 2}


@pytest.mark.parametrize(
    ("text", "way"),
    [("شكرا very much", "rtl"), ("1. תודה", "rtl"), ("thanks, شكرا", "ltr"), ("!?", "ltr")],
)
def test_words_run_as_their_text_does(text, way):
    assert call("type-a-tweet", "direction", text) == way
