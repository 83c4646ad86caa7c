"""The course's network: its targets, its words' first vectors, its verdicts and its file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from course import training

training.quiet()
pytestmark = pytest.mark.tensorflow
sentiment = pytest.importorskip("course.sentiment")

GOOD, BAD, SO = "a brilliant answer", "an awful answer", "the debate is on at nine"
TEXTS = np.array(
    [
        f"{text} {n} {word}"
        for n in range(40)
        for word in ("now", "here")
        for text in (BAD, SO, GOOD)
    ],
    dtype=object,
)
Y = np.tile([0, 1, 2], 80)
GROUPS = np.arange(len(Y))


@pytest.fixture(scope="module")
def model():
    """A few seconds' training on three sentences that nobody could mistake."""
    return sentiment.fit(TEXTS, Y, np.ones(len(Y)), GROUPS, epochs=25, trust=0.5)


def test_a_label_is_the_opinion_that_it_is():
    targets = sentiment.soft_targets(np.array([0, 2]), np.array([0.6, 1.0]))
    assert targets == pytest.approx(np.array([[0.6, 0.2, 0.2], [0, 0, 1]]))


@pytest.mark.parametrize("confidence", [-0.1, 1.1, np.nan])
def test_a_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        sentiment.soft_targets(np.array([0]), np.array([confidence]))


def test_words_that_keep_the_same_company_start_close_together():
    """Indices 2 and 3 stand between the same words, 4 stands elsewhere."""
    rows = [[5, 2, 6], [5, 3, 6], [5, 2, 6], [5, 3, 6], [7, 4, 8], [7, 4, 8]]
    vectors = sentiment.word_vectors(np.array(rows), words=9, size=4)
    assert vectors.shape == (9, 4) and vectors.dtype == np.float32

    def cosine(a, b):
        return a @ b / np.linalg.norm(a) / np.linalg.norm(b)

    assert cosine(vectors[2], vectors[3]) > 0.9 > 0.5 > cosine(vectors[2], vectors[4])
    assert vectors[0] == pytest.approx(0, abs=1e-6)
    assert vectors[2:].std() == pytest.approx(0.1, rel=0.01)


def test_words_without_neighbours_start_at_zero():
    assert (sentiment.word_vectors(np.array([[2], [3]]), words=5, size=3) == 0).all()


def test_people_rate_words_and_not_the_names_of_things():
    found = sentiment.valence(["brilliant", "#brilliant", "awful", "debate", ""])
    assert found[0] == found[1] > 0 > found[2] and (found[3:] == 0).all()
    assert found.dtype == np.float32 and (abs(found) <= 4).all()


def test_rated_words_are_known_that_no_tweet_has():
    words = sentiment.vectorizer(["a debate", "a debate at nine"], size=4).get_vocabulary()
    assert set(words[:4]) == {"", "[UNK]", "debate", "a"}
    assert "nine" not in words and "contemptible" in words and len(words) == len(set(words))


@pytest.mark.parametrize("lexicon", [True, False])
def test_words_start_at_the_company_they_keep_and_at_their_valence(lexicon):
    words = ["", "[UNK]", "debate", "nine", "brilliant", "awful"]
    ids = np.array([[2, 3, 2], [4, 2, 3]])
    vectors = sentiment.first_vectors(ids, words, lexicon)
    company, rated = vectors[:, : -sentiment.RATED], vectors[:, -sentiment.RATED :]
    size = sentiment.INPUTS - sentiment.RATED
    assert (company == sentiment.word_vectors(ids, len(words), size)).all()
    signs = np.array([0, 0, 0, 0, 1, -1]) if lexicon else np.zeros(6)
    assert (np.sign(rated) == signs[:, None]).all()


def test_the_linear_model_takes_shares_of_the_classes_for_what_they_are():
    """The same text throughout: what is left to learn is the mean of the targets."""
    targets = np.tile([[0.5, 0.3, 0.2]], (60, 1)).astype("float32")
    targets[::2] = [0.7, 0.3, 0.0]
    texts = np.array(["the debate"] * 60, dtype=object)
    p = sentiment.fit_linear(texts, targets).predict_proba(texts[:1])[0]
    assert p == pytest.approx([0.6, 0.3, 0.1], abs=0.02)


def test_the_linear_model_with_the_lexicon_knows_words_that_it_has_not_seen():
    targets = sentiment.soft_targets(Y, np.ones(len(Y)))
    unseen = ["contemptible", "a delightful and joyful evening"]
    told = sentiment.fit_linear(TEXTS, targets).predict_proba(unseen)
    untold = sentiment.fit_linear(TEXTS, targets, lexicon=False).predict_proba(unseen)
    assert told[0, 0] > untold[0, 0] and told[1, 2] > untold[1, 2]


def test_no_linear_opinion_is_of_a_text_whose_copy_was_seen():
    """One group of a kind: where all copies are left out, nothing tells its label from the others."""
    words = "red blue green white black brown grey pink gold teal plum rose".split()
    texts = np.array([word for word in words for _ in range(3)], dtype=object)
    y, groups = np.repeat(np.arange(12) % 3, 3), np.repeat(np.arange(12), 3)
    opinion = sentiment.linear_opinion(texts, np.eye(3)[y], y, groups)
    assert opinion.sum(axis=1) == pytest.approx(1)
    assert (opinion.argmax(axis=1) == y).mean() < 0.7


def test_the_network_learns_and_takes_raw_text(model):
    p = sentiment.predict(model, [f"{GOOD}!", f"{BAD}.", SO])
    assert p.argmax(axis=1).tolist() == [2, 0, 1]


def test_unknown_words_alone_give_no_verdict(model):
    p = sentiment.predict(model, ["xylophone zebra", "", f"xylophone {GOOD}"])
    assert np.isnan(p[:2]).all() and p[2].sum() == pytest.approx(1)


def test_the_file_holds_everything(model, tmp_path):
    sentiment.save(model, tmp_path / "model.keras")
    again = sentiment.load(tmp_path / "model.keras")
    assert (sentiment.predict(again, TEXTS[:9]) == sentiment.predict(model, TEXTS[:9])).all()


def test_explain_follows_the_text(model):
    text = f"{BAD} now"
    table = sentiment.explain(model, text)
    assert table["word"].tolist() == text.split()
    gates = table[["input", "forget", "output"]].to_numpy()
    assert ((gates > 0) & (gates < 1)).all()
    whole = sentiment.predict(model, [text])[0]
    assert table.iloc[-1][list("Negative Neutral Positive".split())].to_numpy(
        float
    ) == pytest.approx(whole, abs=1e-5)


def test_explains_gates_are_those_of_keras(model):
    """The state to which these gates lead is the state of Keras' own layer."""
    import keras

    words, network = model.layers[0], model.layers[-1]
    embedding, reader = network.layers[0], network.layers[2].forward_layer
    x = embedding(words([BAD])[:, :1]).numpy()
    means = sentiment.explain(model, BAD)[["input", "forget", "output"]].to_numpy()[0]
    i, _, g, o = np.split(x[0, 0] @ reader.get_weights()[0] + reader.get_weights()[2], 4)
    i, o = 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-o))
    state = keras.ops.convert_to_numpy(reader(x))[0]
    assert state == pytest.approx(o * np.tanh(i * np.tanh(g)), abs=1e-5)
    assert means[[0, 2]] == pytest.approx([i.mean(), o.mean()], abs=1e-5)


def test_rebalancing_takes_the_shares_out():
    share = np.array([0.6, 0.3, 0.1])
    p = np.array([share, [0.2, 0.2, 0.6]])
    assert sentiment.rebalance(p, share, 0) == pytest.approx(p)
    assert sentiment.rebalance(p, share, 1)[0] == pytest.approx([1 / 3] * 3)
    assert sentiment.rebalance(p, share, 0.2).sum(axis=1) == pytest.approx(1)


def test_evaluate():
    p = np.array([[0.8, 0.1, 0.1], [0.8, 0.1, 0.1], [0.2, 0.2, 0.6]])
    found = sentiment.evaluate(np.array([0, 1, 2]), p)
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert found["loss"] == pytest.approx(-np.log([0.8, 0.1, 0.6]).mean())


def test_calibration_finds_boasting():
    """Half of the rows are said to be sure at 0.9 and are right at 0.6; the others keep their word."""
    rng = np.random.default_rng(0)
    sure = np.repeat([0.5, 0.9], 5000)
    right = rng.random(10000) < np.repeat([0.5, 0.6], 5000)
    p = np.column_stack([sure, (1 - sure) / 2, (1 - sure) / 2])
    table = sentiment.calibration(np.where(right, 0, 1), p, bins=2)
    assert table["rows"].tolist() == [5000, 5000]
    assert table["confidence"].tolist() == pytest.approx([0.5, 0.9])
    assert table["accuracy"].tolist() == pytest.approx([0.5, 0.6], abs=0.03)
    assert table.attrs["error"] == pytest.approx(0.15, abs=0.03)
    assert isinstance(table, pd.DataFrame)
