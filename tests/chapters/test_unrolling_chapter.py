"""What the chapter unrolling says and prints holds, by other ways than the chapter's own."""

from math import log2

import numpy as np
import pytest

from solutions import unrolling
from tests.chapters.page import Page

PAGE = Page("unrolling")
run = PAGE.run


def states(x, U, W):
    """By the reference, from the state zero: `(T, H)`."""
    X = np.array(x, dtype=float).reshape(1, len(x), -1)
    W = np.array(W, dtype=float)
    zero = np.zeros((1, len(W)))
    return unrolling.rnn_forward(X, zero, np.array(U, dtype=float), W, zero[0])[0]


def test_the_unit_of_the_film_is_the_reference_with_one_unit():
    page = run("def unit")
    np.testing.assert_allclose(page["said"], states(page["film"], [[4]], [[2]])[:, 0], atol=0.005)


def test_a_memory_of_one_unit_leaks_below_one_and_holds_above():
    """With w above 1 the state settles where s = tanh(w s), else it goes to zero."""
    from scipy.optimize import brentq

    page = run("def unit")
    for w in (1.5, 2.0):
        fixed = brentq(lambda s, w=w: np.tanh(w * s) - s, 0.1, 1)
        s = page["unit"](1, 0.0)
        for _ in range(1000):
            s = page["unit"](0, s, w=w)
        assert s == pytest.approx(fixed, abs=1e-9)
    s = page["unit"](1, 0.0)
    for _ in range(1000):
        s = page["unit"](0, s, w=0.9)
    assert abs(s) < 1e-6


@pytest.mark.tensorflow
def test_the_printed_shapes_are_those_of_the_reference():
    page = run("recurrent = layers.SimpleRNN")
    U, W, b, V, c = (np.asarray(array, dtype=float) for array in page["arrays"].values())
    S = unrolling.rnn_forward(page["X"], np.zeros((page["N"], page["H"])), U, W, b)
    np.testing.assert_allclose(
        unrolling.rnn_outputs(S, V, c), np.asarray(page["O"]), rtol=1e-4, atol=1e-5
    )
    sizes = sum(array.size for array in (U, W, b, V, c))
    assert sizes == unrolling.count_parameters(page["D"], page["H"], page["K"])


@pytest.mark.tensorflow
def test_the_networks_set_by_hand_do_what_the_page_says():
    import matplotlib

    matplotlib.use("Agg")
    page = run(
        "recurrent = layers.SimpleRNN",
        "def by_hand",
        "alarm = by_hand",
        "def echo_backwards",
    )
    assert page["echo_backwards"](1, -1, -1) == [-1, -1, 1]
    assert page["echo_backwards"](1, 1, -1, 1, -1) == [-1, 1, -1, 1, 1]
    long = [1, 1, 1, -1, -1, -1, -1]
    assert page["echo_backwards"](*long) == long[::-1][: page["PLACES"] - 1]
    alarm, sequence = page["alarm"], page["sequence"]
    assert alarm(sequence(0, 1, 0, 0, 0)).numpy().item() > 0.9
    assert alarm(sequence(0, 0, 0)).numpy().item() == 0


def test_the_swing_goes_on_by_itself():
    angle = 2 * np.pi / 12
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    cell = PAGE.cell_with("swing = by_hand")
    assert "1.15 * np.array(turn)" in cell and "2 * np.pi / 12" in cell
    S = states([1] + [0] * 999, [[1, 0]], 1.15 * turn)[:, 0]
    assert 0.6 < S[-24:].max() < 0.75 and -0.75 < S[-24:].min() < -0.6


def test_counting_gives_a_distribution_and_knows_a_hand_computed_case():
    page = {}
    cell = PAGE.cell_with("def count_windows").split("WIDTHS =")[0]
    page["LETTERS"], page["np"], page["known"], page["new"] = "\nab", np, ["ab", "aa"], ["b"]
    exec(cell, page)
    seen, chance = page["count_windows"](["ab", "aa"], 1), page["counted_probability"]
    for before in ("\n", "a", "b"):
        assert sum(chance(seen, before, letter) for letter in "\nab") == pytest.approx(1)
    # Alone: a 3, b 1, end 2 of 6, three kinds. Mixed with 1/3 each: b (1 + 3/3) / 9.
    assert chance(seen, "", "b") == pytest.approx(2 / 9)
    # At the start only a was seen, twice: b gets what one kind leaves over.
    assert chance(seen, "\n", "b") == pytest.approx((2 / 9) / 3)
    assert page["bits_of_counting"](0) == pytest.approx(-(log2(2 / 9) + log2(3 / 9)) / 2)


def chosen(name, *given, **known):
    """A sentence that the page picks, for results that are given."""
    return PAGE.take(name, **known)[name](*given)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ([4.3, 3.1, 2.1, 1.7], ("of up to 2 letters", "**But the networks lose.**", "1.70 bits")),
        ([4.3, 3.1, 2.1, 2.3], ("of up to 3 letters", "**The networks win.**", "2.10 bits")),
        ([4.3, 3.1, 1.9, 2.3], ("call it a draw", "1.90 bits")),
        ([1.7, 1.6, 1.5, 1.4], ("no window at all", "**But the networks lose.**")),
    ],
)
def test_who_wins_counting_in_words_is_told_by_the_bits(counted, told):
    networks = np.array([1.88, 1.89, 1.91])
    sentence = chosen("counting_in_words", counted, networks, WIDTHS=range(len(counted)))
    assert all(part in sentence for part in told), sentence


@pytest.mark.tensorflow
def test_the_other_sentences_are_chosen_by_their_results():
    low, high = np.array([1.7, 1.8]), np.array([1.9, 2.0])
    assert "by heart." in chosen("heart_in_words", high, low)
    assert "none of them by heart" in chosen("heart_in_words", low, low)
    assert "stack is better" in chosen("stacks_in_words", high, low)
    assert "stack is worse" in chosen("stacks_in_words", low, high)
    assert "overlap" in chosen("stacks_in_words", low, low)
    assert "makes sense" in chosen("starts_in_words", 0.1, 0.6)
    assert "hardly" in chosen("starts_in_words", 0.5, 0.55)
    assert "2.0 times as likely" in chosen("beams_in_words", (8.0, "a"), (7.0, "b"))
    assert "already" in chosen("beams_in_words", (8.0, "a"), (8.0, "a"))


class Scripted:
    """A writer of a, b and line ends whose probabilities are given by the letter it read last."""

    def __init__(self):
        self.after = {"\n": (0.0, 0.6, 0.4), "a": (0.34, 0.33, 0.33), "b": (0.9, 0.05, 0.05)}

    def predict_on_batch(self, read):
        given = np.zeros((*read.shape, 4))
        for place in np.ndindex(read.shape):
            given[place][1:] = self.after["\n\nab"[read[place]]]
        return given


def test_a_beam_finds_what_the_greedy_choice_misses():
    """Greedy begins with a (0.6), and ends at 0.6 · 0.34; b and the end have 0.4 · 0.9."""
    letters = "\nab"
    number = {letter: k for k, letter in enumerate(letters, start=1)}
    with np.errstate(divide="ignore"):
        page = PAGE.take("likeliest_line", LENGTH=4, LETTERS=letters, number=number, np=np)
        greedy, wide = (page["likeliest_line"](Scripted(), width) for width in (1, 3))
    assert greedy[1] == "a\n" and greedy[0] == pytest.approx(-log2(0.6 * 0.34))
    assert wide[1] == "b\n" and wide[0] == pytest.approx(-log2(0.4 * 0.9))


def test_the_stack_has_about_as_many_weights_as_the_single_layer():
    """Recurrent layers and output: the embedding is the same in both."""
    wide = unrolling.count_parameters(16, 64, 28)
    narrow = unrolling.count_parameters(41, 41, 28) + 41 * (16 + 41 + 1)
    assert narrow == pytest.approx(wide, rel=0.02)
    cell = PAGE.cell_with("NARROW = ")
    assert "NARROW = 41" in cell and "64, 30, 3" in PAGE.cell_with("LENGTH, UNITS")


@pytest.mark.book
def test_the_perplexity_is_two_to_the_power_of_the_bits():
    from bs4 import BeautifulSoup

    [html] = [
        o["data"]["text/html"]
        for o in PAGE.outputs
        if "perplexity" in o.get("data", {}).get("text/html", "")
    ]
    rows = {
        row.th.text: [float(cell.text) for cell in row.find_all("td")]
        for row in BeautifulSoup(html, "html.parser").tbody.find_all("tr")
    }
    assert len(rows) == 8
    for bits, perplexity in rows.values():
        assert perplexity == pytest.approx(2**bits, rel=0.03)
    assert rows["every letter alike"][1] == 28
