"""The small network says what a reader would say, on whichever tweets it was trained."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from course import training, tweets
from course.data import everyday

training.quiet()

SHIPPED = Path(tweets.__file__).parent / "data" / "tweets.csv"
LARGEST = 400_000  # bytes of the weights and words, as they stand in a page
UNREAD = ["xylophone", "Qwertyuiop zxcvb", "مرحبا بالعالم", "😀 😭"]


class TestOpinions:
    """The everyday opinions are lessons: written by rule, balanced, and nothing that is asked later."""

    @pytest.fixture(scope="class")
    def opinions(self):
        return everyday.sentences(8000)

    def test_the_same_seed_gives_the_same_sentences(self):
        assert everyday.sentences(50, seed=1) == everyday.sentences(50, seed=1)
        assert everyday.sentences(50, seed=1) != everyday.sentences(50, seed=2)

    def test_praise_is_as_frequent_as_blame(self, opinions):
        labels = [label for _, label in opinions]
        shares = {label: labels.count(label) / len(labels) for label in tweets.LABELS}
        assert abs(shares["Positive"] - shares["Negative"]) < 0.03
        assert 0.15 < shares["Neutral"] < 0.25

    def test_every_slot_is_filled(self, opinions):
        assert not any(set("{}[]|") & set(text) for text, _ in opinions)

    @pytest.mark.tensorflow
    def test_no_sentence_that_is_asked_has_been_taught(self, opinions):
        from course.small_network import LESSONS, SENTENCES

        def plain(text):
            return " ".join(text.lower().strip(".! ").split())

        assert len(opinions) == LESSONS
        taught = {plain(text) for text, _ in opinions}
        asked = {plain(text) for text in SENTENCES if len(text.split()) > 3}
        assert not taught & asked


@pytest.fixture(scope="module", params=["shipped", "real"])
def trained(request):
    """The network as the page has it, embedding rounded, with its words and its packing."""
    from course import browser, small_network

    if request.param == "real" and not os.environ.get("GOP_TWEETS"):
        pytest.skip("set GOP_TWEETS to the real Sentiment.csv to train on it")
    frame = tweets.load(None if request.param == "real" else SHIPPED)
    assert frame.attrs["source"] == request.param
    texts = frame["text"].to_numpy(dtype=object)
    y = frame["sentiment"].map(tweets.LABELS.index).to_numpy()
    confidence = frame["sentiment_confidence"].to_numpy(dtype="float32")
    groups = tweets.near_duplicate_groups(frame["text"])
    (fit_on, held_out), *_ = tweets.grouped_folds(y, groups, n_splits=3, seed=0)
    network, words = small_network.train(texts[fit_on], y[fit_on], confidence[fit_on])
    packed = browser.pack(network, words.get_vocabulary(), tweets.LABELS)
    return network, words, packed, (texts[held_out], y[held_out])


@pytest.mark.tensorflow
@pytest.mark.slow
class TestVerdicts:
    """Trained on two thirds of the tweets, as in the chapter, for the shipped and for the real ones."""

    def test_each_sentence_comes_out_as_a_reader_would_say(self, trained):
        from course.small_network import SENTENCES, answers

        network, words, _, _ = trained
        assert (
            dict(zip(SENTENCES, answers(network, words, list(SENTENCES)), strict=True)) == SENTENCES
        )

    def test_words_that_it_does_not_know_get_no_verdict(self, trained):
        from course.small_network import answers

        network, words, _, _ = trained
        assert answers(network, words, UNREAD) == [""] * len(UNREAD)

    def test_it_reads_tweets_better_than_a_constant_does(self, trained):
        from course.small_network import answers

        network, words, _, (texts, y) = trained
        right = np.mean(
            [tweets.LABELS.index(a or "Neutral") for a in answers(network, words, texts)] == y
        )
        assert right > np.bincount(y).max() / len(y) + 0.02

    def test_it_is_small_enough_for_a_page(self, trained):
        assert len(json.dumps(trained[2])) < LARGEST

    def test_the_page_computes_what_keras_computes(self, trained):
        from course.small_network import SENTENCES
        from tests.explorers.javascript import call

        network, words, packed, _ = trained
        for text in SENTENCES:
            expected = network.predict_on_batch(words([text]).numpy())[0]
            found = call("type-a-tweet", "run", packed, text)[-1]["classes"]
            np.testing.assert_allclose(found, expected, atol=1e-5)
