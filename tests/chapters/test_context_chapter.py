"""What the chapter context says about its examples holds, by other ways than the chapter's own."""

import re
from collections import Counter
from itertools import permutations

import numpy as np
import pytest

from solutions import context
from tests.chapters.page import Page

PAGE = Page("context")
cell_with = PAGE.cell_with
run = PAGE.run


@pytest.fixture(scope="module")
def sentences():
    return run("SWAPPED = (")


def test_the_two_concerts_have_the_same_bag(sentences):
    texts = [sentences["CONCERT"], sentences["SWAPPED"]]
    words = sorted(set(re.findall(r"[a-z']+", texts[0].lower())))
    first, second = context.bag_of_words(texts, words)
    assert (first == second).all() and texts[0] != texts[1]


def test_the_number_of_orders_is_right_for_a_word_that_can_be_counted_out():
    """The formula of the page, n! over the factorials of the repeats, against enumeration."""
    from math import factorial, prod

    letters = "banana"
    formula = factorial(len(letters)) // prod(map(factorial, Counter(letters).values()))
    assert formula == len(set(permutations(letters)))
    assert "factorial(len(words)) // prod(map(factorial, Counter(words).values()))" in cell_with(
        "orders ="
    )


@pytest.mark.parametrize("decay", [1.0, 0.9, 0.6])
def test_the_fading_memory_ends_where_the_reference_ends(sentences, decay):
    words = sentences["CONCERT"].lower().rstrip(".").split()
    ending = run("def ending", words=words, VALUE={"boring": -1, "terribly": -1, "exciting": 1})
    for values in ({"boring": -1, "exciting": 1}, {"boring": -1, "terribly": -1, "exciting": 1}):
        x = np.array([values.get(word, 0) for word in words])
        expected = context.leaky_memory(x, decay)[-1]
        assert ending["ending"](decay, values) == pytest.approx(expected, abs=1e-12)


def test_the_pencil_line_has_the_right_exponent(sentences):
    words = sentences["CONCERT"].lower().rstrip(".").split()
    assert (words.index("boring"), words.index("terribly"), words.index("exciting")) == (3, 17, 18)
    assert r"-\lambda^{15} + 1" in PAGE.source


def test_each_bag_holds_as_many_good_endings_as_bad_ones():
    made = run("def twins", np=np)
    for part in (made["train"], made["test"]):
        bags = {}
        for text, verdict in part.items():
            bags.setdefault(tuple(sorted(text.split())), []).append(verdict)
        # Of each bag half are good: a model of bags gets one half right, whatever it says.
        assert all(sum(verdicts) * 2 == len(verdicts) for verdicts in bags.values())
    assert not set(made["train"]) & set(made["test"])


def test_the_best_window_agrees_with_a_lookup_of_windows():
    """The score computed from the clue's age, against what the windows themselves allow."""
    film = run("SHOTS, RARE", "def best_with_window", np=np)
    shot, story = film["shot"], film["story"]
    for width in (1, 3, 8):
        X, _ = context.sliding_windows(np.append(shot, 0), width)
        votes = {}
        for window, answer in zip(X, story[width - 1 :], strict=True):
            # Two windows tell the same story if their last clues agree.
            clues = window[window > 0]
            votes.setdefault(clues[-1] if len(clues) else 0, Counter())[answer] += 1
        best = sum(counter.most_common(1)[0][1] for counter in votes.values()) / len(X)
        assert film["best_with_window"](width) == pytest.approx(best, abs=1e-3)


def test_the_wrong_answers_of_the_memory_quiz_are_the_mistakes_that_they_explain():
    """The memory s = 0.5 s + x reads 1, 0, 2."""
    x = np.array([1.0, 0.0, 2.0])
    quiz = PAGE.source.split(":::{quiz} The memory is")[1].split("\n:::")[0]
    options = [(mark, float(value)) for mark, value in re.findall(r"- \[(.)\] ([\d.]+)", quiz)]
    right = context.leaky_memory(x, 0.5)[-1]
    assert [value for mark, value in options if mark == "x"] == [right]
    mistakes = [x.sum(), 0.5 * x.sum(), right - x[-1] / 2]  # no leak, one for all, the last one too
    assert sorted(value for mark, value in options if mark == " ") == sorted(mistakes)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("pairs", "recurrent", "told"),
    [
        (1.0, [0.99, 1.0, 1.0, 1.0], "here is the surprise"),
        (0.8, [0.99, 1.0, 1.0, 1.0], "does not go all the way"),
        (0.55, [0.5, 0.52, 0.6, 0.7], "Neither has learnt the rule"),
        (1.0, [0.5, 0.52, 0.6, 0.7], "here is the surprise"),
    ],
)
def test_what_the_scores_mean_is_chosen_by_the_scores(pairs, recurrent, told):
    conclusion = PAGE.take("conclusion_in_words")["conclusion_in_words"]
    sentence = conclusion(pairs, recurrent)
    assert told in sentence
    assert f"{np.median(recurrent):.3f}" in sentence and f"{pairs:.3f}" in sentence


@pytest.mark.tensorflow
def test_terribly_misleads_or_not_as_the_verdicts_say():
    page = PAGE.take("terribly_in_words")
    assert "hardly misleads them" in page["terribly_in_words"](0.9, 0.95)
    assert "misleads them: without it" in page["terribly_in_words"](-0.2, 0.95)
