"""The explorer read-a-sentence computes what the reference LSTM computes, and reads as the page says."""

from __future__ import annotations

import numpy as np
import pytest

from solutions import lstm
from tests.explorers.javascript import call, value

OPENING = value("read-a-sentence", "opening")
WEIGHTS = value("read-a-sentence", "weights")


def words_of(text: str) -> list[str]:
    return call("read-a-sentence", "split", text)


def last(text: str) -> float:
    return call("read-a-sentence", "read", words_of(text))[-1]


def counted(text: str) -> float:
    return call("read-a-sentence", "count", words_of(text))


SENTENCES = [
    OPENING,
    "Good, but very bad",
    "however really awful still nice",
    "nothing of this is known",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_it_agrees_with_the_reference(text):
    words = words_of(text)
    X = np.array([[call("read-a-sentence", "encode", word) for word in words]], dtype=float)
    params = {name: np.array(values, dtype=float) for name, values in WEIGHTS.items()}
    hs, _ = lstm.lstm_forward(X, np.zeros((1, 2)), np.zeros((1, 2)), params)
    found = call("read-a-sentence", "read", words)
    np.testing.assert_allclose(found, hs[0, :, 0], rtol=1e-9, atol=1e-12)


def test_the_verdict_on_the_concert_turns_at_but():
    words = words_of(OPENING)
    verdicts = call("read-a-sentence", "read", words)
    turn = words.index("but")
    assert verdicts[turn - 1] < -0.3
    assert abs(verdicts[turn]) < 0.05
    assert verdicts[-1] > 0.3


def test_in_another_order_the_concert_was_bad_and_the_count_is_the_same():
    other = " ".join(
        {"boring": "terribly exciting.", "terribly": "boring", "exciting.": ""}.get(word, word)
        for word in words_of(OPENING)
    )
    assert last(other) < -0.3
    assert counted(other) == pytest.approx(counted(OPENING), abs=1e-12)
    assert counted(OPENING) < 0, "counting takes it for a bad concert"


def test_emphasis_holds_for_one_word_only():
    assert last("very good") > last("good") + 0.1
    assert last("very much good") == pytest.approx(last("good"), abs=0.02)


def test_what_it_does_not_know_leaves_it_undecided():
    assert call("read-a-sentence", "inWords", last("xyzzy plugh")) == "undecided"


def test_it_is_fooled_by_not_as_the_page_says():
    assert last("not good") == pytest.approx(last("good"), abs=0.02)


@pytest.mark.parametrize(
    "text", [*SENTENCES, "100 % fun & more + 50/50?", "ein Stück Käse", "שלום but good"]
)
def test_the_address_carries_the_sentence(text):
    words = words_of(text)
    assert (
        call("read-a-sentence", "fromAddress", call("read-a-sentence", "toAddress", words)) == words
    )


@pytest.mark.parametrize("address", ["", "#", "#read=", "#read=%E0%A4%A", "#the-way"])
def test_another_address_carries_none(address):
    assert call("read-a-sentence", "fromAddress", address) is None


def test_a_long_sentence_is_cut_to_what_can_be_shown():
    assert len(words_of("word " * 100)) == 40
    assert len(call("read-a-sentence", "fromAddress", "#read=" + "a+" * 1000)) <= 40


def test_moving_a_word_keeps_all_of_them():
    assert call("read-a-sentence", "moved", list("abcd"), 0, 2) == list("bcad")
    assert call("read-a-sentence", "moved", list("abcd"), 3, 0) == list("dabc")
