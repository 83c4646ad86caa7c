"""What a hint quotes of the student's process commands neither a terminal nor the rest of the sentence."""

from __future__ import annotations

import pytest

from grader.submission import Verdict


@pytest.mark.parametrize("command", ["\x1b[2J", "\x07", "\x9b2J", "\r", "\u202e", "\u2067"])
def test_a_quotation_that_commands_is_taken_apart(command):
    hint = Verdict("f", 1.0, 0.0, f"You give a {command}thing.").hint
    assert command[0] not in hint
    assert hint.startswith("You give a \N{REPLACEMENT CHARACTER}")


def test_words_of_any_language_stay():
    hint = "Your function raised ValueError: größer, שלום, ≤ 3\n\tin a second line."
    assert Verdict("f", 1.0, 0.0, hint).hint == hint
