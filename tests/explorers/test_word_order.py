"""The explorer word-order computes the leaky memory of the reference, and its bag is one without order."""

import numpy as np
import pytest

from solutions import context
from tests.explorers.javascript import call, value

OPENING = value("word-order", "opening").split()
VALUES = {"boring": -1.0, "exciting": 1.0}


@pytest.mark.parametrize("decay", [0.3, 0.7, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_adds_up_to_the_leaky_memory(decay, seed):
    words = [str(word) for word in np.random.default_rng(seed).permutation(OPENING)]
    left = call("word-order", "left", words, decay)
    x = np.array([VALUES.get(word, 0.0) for word in words])
    assert call("word-order", "sum", left) == pytest.approx(context.leaky_memory(x, decay)[-1])


def test_without_forgetting_every_order_adds_up_to_the_same():
    turned = [OPENING, OPENING[::-1]]
    sums = [call("word-order", "sum", call("word-order", "left", words, 1)) for words in turned]
    assert sums == [0, 0]


def test_the_opening_sentence_ends_well_and_its_twin_does_not():
    swapped = [{"boring": "exciting", "exciting": "boring"}.get(word, word) for word in OPENING]
    good, bad = (
        call("word-order", "sum", call("word-order", "left", words, 0.7))
        for words in (OPENING, swapped)
    )
    assert good > 0.5 and bad == pytest.approx(-good)
