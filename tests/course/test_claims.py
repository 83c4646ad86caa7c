"""The words that pages share when they say what came out."""

import sys
from math import nan
from types import ModuleType

import pytest

from course import claims


@pytest.mark.parametrize(
    ("difference", "noise", "expected"),
    [
        (0.03, 0.01, "ahead"),
        (-0.03, 0.01, "behind"),
        (0.01, 0.01, "level"),
        (-0.004, 0.01, "level"),
        (0.0, 0.0, "level"),
        (1e-9, 0.0, "ahead"),
    ],
)
def test_a_difference_counts_only_beyond_the_noise(difference, noise, expected):
    assert claims.side(difference, noise) == expected


@pytest.mark.parametrize(("difference", "noise"), [(nan, 0.1), (0.1, nan), (0.1, -0.1)])
def test_nothing_is_said_of_what_is_not_a_number(difference, noise):
    with pytest.raises(ValueError, match="no judgement"):
        claims.side(difference, noise)


def test_points_have_a_true_minus_and_no_signed_zero():
    assert claims.points(0.0257) == "2.6"
    assert claims.points(-0.007) == "−0.7"
    assert claims.points(0.0257, signed=True) == "+2.6"
    assert claims.points(-0.0001) == claims.points(0.0001, signed=True) == "0.0"


def test_above_and_below():
    assert claims.above(0.0257) == "2.6 points above"
    assert claims.above(-0.007) == "0.7 points below"


def test_a_list_ends_in_and():
    assert claims.listed(["SGD"]) == "SGD"
    assert claims.listed(["SGD", "Adam"]) == "SGD and Adam"
    assert claims.listed(["SGD", "Adam", "Nadam"]) == "SGD, Adam and Nadam"


def test_a_signed_number_has_a_true_minus():
    assert claims.signed(0.312) == "+0.31"
    assert claims.signed(-0.07) == "−0.07"


def test_powers_of_ten_are_written_as_a_page_prints_them():
    assert claims.scientific(3.14e-7) == "3.1\u00a0·\u00a010⁻⁷"
    assert claims.scientific(1234) == "1.2\u00a0·\u00a010³"
    assert claims.scientific(0.153) == "0.15"


def test_what_a_page_puts_aside_is_quoted_in_a_book_and_not_shown_elsewhere(monkeypatch, capsys):
    kept = {}
    book = ModuleType("myst_nb")
    book.glue = lambda name, value, display: kept.update({name: (value, display)})
    monkeypatch.setitem(sys.modules, "myst_nb", book)
    claims.put(best="0.8", seeds=3)
    assert kept == {"best": ("0.8", False), "seeds": (3, False)}
    monkeypatch.setitem(sys.modules, "myst_nb", None)  # importing it fails
    claims.put(best="0.9")
    assert kept["best"] == ("0.8", False)
    assert capsys.readouterr().out == ""
