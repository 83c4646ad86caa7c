"""What the chapter bptt says and computes holds, by other ways than the chapter's own."""

from __future__ import annotations

import re

import numpy as np
import pytest

from solutions import bptt
from tests.chapters.page import ROOT, Page

PAGE = Page("bptt")
take = PAGE.take


RADII_ABOVE_ROUNDING = (0.9, 1.0, 1.1, 1.5)  # at 0.5 the nudge is soon lost in rounding


class Counted(np.ndarray):
    """An array whose matrix products are counted in multiplications."""

    multiplications = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        plain = [x.view(np.ndarray) if isinstance(x, Counted) else x for x in inputs]
        if ufunc is np.matmul:
            Counted.multiplications += plain[0].size * plain[1].shape[-1]
        if kwargs.get("out"):
            kwargs["out"] = tuple(x.view(np.ndarray) for x in kwargs["out"])
        result = getattr(ufunc, method)(*plain, **kwargs)
        return result.view(Counted) if isinstance(result, np.ndarray) else result


def test_the_way_back_costs_about_twice_the_way_forwards():
    """In products with matrices, and so do the chapter, the sheet, glossary and cheat sheet say."""
    N, T, D, H, K = 3, 5, 7, 11, 6
    rng = np.random.default_rng(0)
    shapes = {"U": (D, H), "W": (H, H), "b": (H,), "V": (H, K), "c": (K,)}
    params = {name: rng.normal(size=shape).view(Counted) for name, shape in shapes.items()}
    X, s_0 = rng.normal(size=(N, T, D)).view(Counted), np.zeros((N, H)).view(Counted)
    Counted.multiplications = 0
    bptt.rnn_backward(X, s_0, rng.integers(K, size=(N, T)), **params)
    forwards = N * T * (D * H + H * H + H * K)
    back = Counted.multiplications - forwards
    # The reference leaves out one product, the gradient of the inputs, which nobody asks for.
    assert back == 2 * forwards - N * T * D * H
    for path in ("chapters/bptt.md", "chapters/glossary.md", "chapters/cheatsheet.md"):
        text = " ".join((ROOT / path).read_text("utf-8").split())
        assert "about twice as much as the way forwards" in text, path


def test_the_six_echoes_are_the_gradient():
    page = PAGE.run("u, w = 0.8, 1.1", "echoes = np.zeros", np=np)
    U, W = np.array([[page["u"]]]), np.array([[page["w"]]])

    def loss(W):
        state, total = page["s_0"], 0.0
        for x, y in zip(page["x"], page["y"], strict=True):
            state = np.tanh(x * U + state * W).item()
            total += 0.5 * (state - y) ** 2
        return total

    assert page["by_echoes"] == pytest.approx(bptt.numerical_gradient(loss, W).item(), abs=1e-9)


def test_errors_travel_as_echoes_everywhere():
    """Letters are those of the alphabet."""
    for path in ("chapters/bptt.md", "exercises/bptt/bptt.md"):
        text = (ROOT / path).read_text("utf-8")
        assert len(re.findall(r"\becho(?:es)?\b", text, re.IGNORECASE)) >= 5
        assert re.findall(r"\bletters? (?:home|that|from|of error)", text) == []


def test_powers_and_nudges_do_what_the_page_says():
    """With the radius of a random matrix; and tanh only ever takes away."""
    page = take(
        "H", "RADII", "random_matrix", "norms_of_powers", "for_all_seeds", "straight", "nudge_left",
        "squashed",
    )  # fmt: skip
    left = {r: np.median(runs[:, 50]) for r, runs in page["straight"].items()}
    with_tanh = {r: np.median(runs[:, 50]) for r, runs in page["squashed"].items()}
    assert left[0.5] < left[0.9] < 0.1 and left[1.5] > left[1.1] > 10
    assert 0.1 < left[1.0] < 10
    assert all(with_tanh[r] < left[r] for r in RADII_ABOVE_ROUNDING)
    assert with_tanh[1.0] < 0.01 and with_tanh[1.1] < 1
    for r in (0.9, 1.0, 1.5):
        assert 0.05 < left[r] / r**50 < 20


def test_a_numerical_derivative_is_as_wrong_as_the_figure_says():
    page = PAGE.run(
        "u, w = 0.8, 1.1", "later, gradient = 0.0, 0.0", "def E(w)", np=np, by_echoes=0.0
    )
    E, w, gradient = page["E"], page["w"], page["gradient"]
    two_sided = abs((E(w + 1e-5) - E(w - 1e-5)) / 2e-5 - gradient)
    one_sided = abs((E(w + 1e-8) - E(w)) / 1e-8 - gradient)
    assert two_sided < 1e-10 < 1e-9 < one_sided < 1e-7


@pytest.mark.tensorflow
def test_the_experiment_starts_with_a_rotation():
    """What the page says of Keras' start: all eigenvalues have the absolute value one."""
    import keras

    page = take("KINDS", "NOISE", "UNITS", "plain_network", keras=keras)
    kernel = page["plain_network"](4).layers[0].get_weights()[1]
    np.testing.assert_allclose(kernel @ kernel.T, np.eye(len(kernel)), atol=1e-5)
    np.testing.assert_allclose(abs(np.linalg.eigvals(kernel)), 1, atol=1e-5)


def sentences_about(**lags):
    """The page's sentences, and its lesson, for medians given as lag16=0.97."""
    page = take("SKY", "FRENCH", "words_between", "GAPS", "LAGS", "reach", "recall_in_words",
                "sentences_in_words")  # fmt: skip
    medians = {int(name.removeprefix("lag")): value for name, value in lags.items()}
    reached = page["reach"](medians)
    return (
        reached,
        page["recall_in_words"](medians),
        page["sentences_in_words"](reached, *page["GAPS"].values()),
    )


def test_the_gaps_of_the_two_sentences_are_counted():
    gaps = take("SKY", "FRENCH", "words_between", "GAPS")["GAPS"]
    assert gaps == {"sky": len("are in the".split()), "French": 13}


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("scores", "reached", "says", "lesson"),
    [
        ((1, 1, 1, 1, 0.97, 0.26), 16, "Up to a lag of 16", "even why we speak French"),
        ((1, 1, 1, 0.95, 0.3, 0.25), 8, "At a lag of 16 it does hardly", "but not why we speak"),
        ((1, 1, 1, 1, 1, 0.7), 16, "still recalls 70%", "a paragraph earlier"),
        ((1, 1, 1, 1, 1, 0.95), 32, "still recalls 95%", "13 words after the reason"),
        ((0.95, 0.5, 0.3, 0.3, 0.2, 0.2), 1, "Up to a lag of 1 ", "neither"),
        ((0.5, 0.95, 0.3, 0.3, 0.2, 0.2), 0, "Even at a lag of 1 ", "neither"),
        ((1, 1, 0.5, 1, 1, 1), 2, "Up to a lag of 2 ", "neither"),
    ],
)
def test_what_the_recall_experiment_says_is_what_it_found(scores, reached, says, lesson):
    lags = {f"lag{2**k}": score for k, score in enumerate(scores)}
    found, sentence, meaning = sentences_about(**lags)
    assert found == reached
    assert says in sentence
    assert lesson in meaning


def test_truncation_keeps_what_a_loop_over_pairs_finds():
    """Every pair of an error and an earlier use, in one piece or not."""
    page = take("PIECES", "sizes_of_echoes", "shares")
    size = page["sizes_of_echoes"](0.9, 0)
    T = len(size)
    state, slopes = 0.0, []
    for x in np.random.default_rng(0).normal(size=T):
        state = np.tanh(0.5 * x + 0.9 * state)
        slopes.append(1 - state**2)
    assert size[7, 7] == 1
    assert size[9, 6] == pytest.approx(0.9**3 * slopes[7] * slopes[8] * slopes[9])

    kept, far = page["shares"](0.9, seeds=1)
    n = page["PIECES"][4]
    pairs = [(t, k) for t in range(T) for k in range(t + 1)]
    inside = sum(size[t, k] for t, k in pairs if t // n == k // n)
    too_far = sum(size[t, k] for t, k in pairs if t - k >= n)
    assert kept[4] == pytest.approx(inside / size.sum())
    assert far[4] == pytest.approx(too_far / size.sum())
    # The point of the section: more is lost than what travels too far.
    assert (1 - kept[1:] > far[1:]).all()


@pytest.mark.parametrize(
    ("kept", "far", "says"),
    [
        (0.9, 0.01, ("lose 10.0 %", "fault of the borders", "9.0 % because", "can afford it")),
        (0.5, 0.4, ("lose 50.0 %", "travelled further", "10.0 % because", "high price")),
    ],
)
def test_the_price_of_pieces_is_told_as_it_is(kept, far, says):
    sentence = take("pieces_in_words")["pieces_in_words"](0.9, 10, 1 - kept, far)
    assert all(part in sentence for part in says), sentence


@pytest.mark.book
class TestTheExecutedPage:
    def test_the_gradient_stops_at_the_border_of_a_piece(self):
        text = "".join(o.get("text", "") for o in PAGE.outputs)  # a pause may part what is printed
        assert "the same last state: True" in text
        assert "in one go, its gradient reaches back to step 1\n" in text
        assert "in three pieces, its gradient reaches back to step 21" in text

    def test_the_lesson_agrees_with_the_numbers(self):
        reached = re.search(
            r"Up to a lag of (\d+) the network",
            "".join(o.get("data", {}).get("text/markdown", "") for o in PAGE.outputs),
        )
        assert ("even why we speak French" in PAGE.glued["bptt_lesson"]) == (
            reached is not None and int(reached[1]) >= 13
        )
