"""The explorer look-back agrees with the reference and with the chapter's clocks."""

import numpy as np
import pytest

from solutions import after
from tests.chapters.page import Page
from tests.explorers.javascript import call, value

SOUNDS = value("look-back", "sounds")
PAGE = Page("after").take("places", "attention", "backwards", "SHARP")


def test_its_clocks_are_the_chapters():
    for place in (0, 3, 6.45):
        found = call("look-back", "clocks", place)
        np.testing.assert_allclose(found, PAGE["places"](np.array([place]))[0], atol=1e-12)


@pytest.mark.parametrize(("place", "sharp"), [(6, 20), (2.5, 20), (3.3, 1.5), (0, 0), (4, 1000)])
def test_its_weights_are_the_references(place, sharp):
    keys = PAGE["places"](np.arange(7))
    query = sharp * PAGE["places"](np.array([place]))
    expected = after.attention_weights(query, keys[None], np.ones((1, 7), bool))[0]
    found = call("look-back", "look", place, sharp, 7)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)
    values = np.array(SOUNDS, dtype=float)[None, :, None]
    context = after.attend(query, keys[None], values, np.ones((1, 7), bool))[0, 0]
    assert call("look-back", "context", found, SOUNDS) == pytest.approx(context, abs=1e-9)


def test_it_begins_with_the_sentence_of_the_chapter():
    assert PAGE["backwards"](SOUNDS)[1] == SOUNDS[::-1]
    assert Page("after").take("sounds")["sounds"] == SOUNDS
