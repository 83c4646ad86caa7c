"""The cheat sheet helps to remember, and does no exercise."""

from __future__ import annotations

from grader import assignments
from tests.chapters.page import Page

SHEET = Page("cheatsheet")
TRANSCRIPTS = {  # what would be a function of the contract, but for the spelling
    "ridge_fit": "^{-1}",
    "soft_threshold and expected_improvement": r"\max",
    "clip_by_global_norm": r"\min",
    "expected_improvement": r"\Phi",
    "dropout": r"\frac{x * \text{keep}}",
    "rnn_backward": r"\delta_{t+1}",
    "sequence_loss": r"O_{n,t,Y_{n,t}}",
}


def test_its_code_has_no_function_of_an_exercise():
    functions = {
        check.function for name in assignments.names() for check in assignments.load(name).checks
    }
    assert len(functions) > 40
    assert not SHEET.named() & functions


def test_its_equations_are_no_function_of_an_exercise():
    assert {name: text for name, text in TRANSCRIPTS.items() if text in SHEET.source} == {}
