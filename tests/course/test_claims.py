"""The words that pages share when they say what came out."""

from math import nan

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
