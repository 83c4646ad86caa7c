"""The way from tweet to sentiment agrees with pandas, scikit-learn and Keras on the same tweets."""

import copy
from collections import Counter

import numpy as np
import pandas as pd
import pytest
import sklearn.feature_extraction.text
import sklearn.metrics

from course import tweets as corpus
from course.data import generate_corpus
from solutions import tweets
from solutions.tweets import (
    build_vocabulary,
    clean_tweet,
    confusion,
    encode,
    predict_sentiment,
    retweet_groups,
    save_and_reload,
    train_network,
)

ROWS = generate_corpus.rows(400, seed=7)
TEXTS = [row["text"] for row in ROWS]
LABELS = [row["sentiment"] for row in ROWS]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("RT @ann_1: Hello, World!", "hello world"),
        ("  rt\t@ann:hi", "hi"),
        ("RT @ann hi: you", "ann hi you"),
        ("RT @ann : hi", "ann hi"),
        ("RT@ann: hi", "rtann hi"),
        ("RT @ann: RT @bob: hi", "bob hi"),
        ("So true RT @ann: hi", "so true ann hi"),
        ("hi\nRT @ann: you", "hi ann you"),
        ("http://t.co/a RT @ann: hi", "ann hi"),
        ("HTTPS://T.CO/a?b=c,d hi http://t.co/", "hi"),
        ("wow!http://t.co/a,b c", "wow c"),
        ("The party's heart, a START", "the partys heart a start"),
        ("rt R.T. #rt rts", "rts"),
        ("a-b_c [d] ^e `f\\g", "abc d e fg"),
        ("tom &amp; jerry", "tom amp jerry"),
        ("@ann #GOPDebate 2016", "ann gopdebate 2016"),
        ("caf\u00e9 \u0663 \U0001f44f\u2026", "caf"),
        ("one \t two\r\nthree", "one two three"),
        ("http://t.co/a", ""),
        ("", ""),
    ],
)
def test_clean_tweet_follows_each_rule_of_the_contract(text, clean):
    assert clean_tweet(text) == clean


def test_retweet_groups_are_the_codes_that_pandas_gives_the_clean_texts():
    codes, _ = pd.factorize(pd.Series([clean_tweet(text) for text in TEXTS], dtype=object))
    assert retweet_groups(TEXTS) == codes.tolist()
    assert max(codes) < len(TEXTS) - 1, "the corpus has retweets"


@pytest.mark.parametrize("max_tokens", [2, 3, 50, 10_000])
def test_vocabulary_counts_as_scikit_learn_and_sorts_as_pandas(max_tokens):
    counter = sklearn.feature_extraction.text.CountVectorizer(
        preprocessor=clean_tweet, token_pattern=r"\S+"
    )
    counts = np.asarray(counter.fit_transform(TEXTS).sum(axis=0)).ravel()
    table = pd.DataFrame({"word": counter.get_feature_names_out(), "count": counts})
    table = table.sort_values(["count", "word"], ascending=[False, True])
    words = table["word"].tolist()[: max_tokens - 2]
    assert build_vocabulary(TEXTS, max_tokens) == {w: i for i, w in enumerate(words, start=2)}


@pytest.mark.tensorflow
@pytest.mark.parametrize("length", [1, 9, 40])
def test_encode_pads_and_cuts_as_keras_does(length):
    import keras

    vocabulary = build_vocabulary(TEXTS[:200], 120)
    rows = [[vocabulary.get(w, 1) for w in clean_tweet(text).split()] for text in TEXTS]
    X = encode(TEXTS, vocabulary, length)
    np.testing.assert_array_equal(X, keras.utils.pad_sequences(rows, maxlen=length))
    assert X.dtype.kind == "i"


def test_encode_of_a_tweet_without_words_is_padding():
    assert encode(["http://t.co/a"], {"a": 2}, 3).tolist() == [[0, 0, 0]]
    assert encode(["a b"], {}, 3).tolist() == [[0, 1, 1]]


@pytest.mark.parametrize("classes", [corpus.LABELS, corpus.LABELS[::-1], ("b", "a", "d", "c")])
def test_confusion_is_that_of_scikit_learn(classes):
    rng = np.random.default_rng(0)
    y_true, y_pred = rng.choice(classes[:-1], size=(2, 50))
    expected = sklearn.metrics.confusion_matrix(y_true, y_pred, labels=list(classes))
    np.testing.assert_array_equal(confusion(y_true, y_pred, classes), expected)
    np.testing.assert_array_equal(confusion(list(y_true), list(y_pred), list(classes)), expected)


def test_nothing_changes_its_arguments():
    vocabulary = build_vocabulary(TEXTS, 50)
    before = copy.deepcopy((TEXTS, LABELS, vocabulary))
    retweet_groups(TEXTS)
    encode(TEXTS, vocabulary, 5)
    confusion(LABELS, LABELS, list(corpus.LABELS))
    assert before == (TEXTS, LABELS, vocabulary)


@pytest.mark.tensorflow
def test_the_network_learns_from_its_arguments_alone_and_alike_each_time():
    before = copy.deepcopy((TEXTS, LABELS))
    network, vocabulary = train_network(TEXTS, LABELS)
    assert vocabulary == build_vocabulary(TEXTS, len(vocabulary) + 2)
    words = Counter(word for text in TEXTS for word in clean_tweet(text).split())
    assert set(vocabulary) <= set(words)
    assert "LSTM" in [type(layer).__name__ for layer in network.layers]
    again, _ = train_network(TEXTS, LABELS)
    for first, second in zip(network.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_allclose(first, second, atol=1e-5)
    assert before == (TEXTS, LABELS)


@pytest.mark.tensorflow
@pytest.mark.slow
def test_predictions_of_unseen_tweets_are_far_better_than_a_constant():
    groups = set(map(clean_tweet, tweets.texts))
    unseen = {clean_tweet(row["text"]): row for row in generate_corpus.rows(800, seed=8)}
    unseen = [row for group, row in unseen.items() if group not in groups]
    true = [row["sentiment"] for row in unseen]
    given = predict_sentiment([row["text"] for row in unseen])
    assert sklearn.metrics.f1_score(true, given, average="macro") > 0.6
    assert sklearn.metrics.accuracy_score(true, given) > 0.7


@pytest.mark.tensorflow
def test_a_reloaded_model_is_a_new_one_with_the_same_weights_and_optimizer(tmp_path):
    import keras

    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Embedding(9, 3), keras.layers.LSTM(2)]
    )
    model.compile("nadam", "mse")
    model.train_on_batch(np.ones((3, 4)), np.ones((3, 2)))
    path = str(tmp_path / "model.keras")
    loaded = save_and_reload(model, path)
    assert loaded is not model
    assert (tmp_path / "model.keras").stat().st_size > 1000
    for old, new in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    assert type(loaded.optimizer) is keras.optimizers.Nadam
    assert int(loaded.optimizer.iterations) == 1
