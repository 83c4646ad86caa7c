"""`grader check` sees each way in which a check can fail to hold, and says which."""

from __future__ import annotations

import shutil
import time

import pytest

from grader import assignments
from grader.__main__ import main
from grader.authoring import proof
from grader.authoring.mutants import mutants
from tests.grader.conftest import TOY

CHECKS = "drills/smoothing/checks.py"
STYLES, EQUIVALENTS = "trials/smoothing/styles.py", "trials/smoothing/equivalents.py"
STARTS = '"[blend(0 * X[0], X[0], share)]"'
WRONG = {
    "a reference that its own check refuses": (
        (CHECKS, "    needs=(", "    judge=lambda cases, answers: Outcome(0.5, 'Half.'),\n    needs=("),
        "the reference gets 50% on seed 0: Half.",
    ),
    "a misconception that is right": (
        (CHECKS, '"states[0]"', '"states[len(states) - 1]"'),
        "the misconception 'blends-with-the-first' gets 100%",
    ),
    "a misconception that does what an earlier one does": (
        (CHECKS, f'"[X[0]]",\n            {STARTS}', '"states[-1]", "1 * states[0]"'),
        "'starts-from-zero' gives the same answers as 'blends-with-the-first'",
    ),
    "a check that can't tell right from wrong": (
        (CHECKS, '"X": rng.normal(size=shape)', '"X": 0 * rng.normal(size=shape)'),
        "nobody notices the change",
    ),
    "a right answer that gets nothing": (
        (STYLES, "return old + share * (new - old)", "return old + share * (new + old)"),
        "the style 'difference' gets 0% on seed 0",
    ),
    "an equivalent that isn't there any more": (
        (EQUIVALENTS, "= {}", "= {'blend': {'a  ->  b': 'since'}}"),
        "equivalents.py names a change that no longer exists: a  ->  b",
    ),
}  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "toy"
    shutil.copytree(TOY, root, ignore=shutil.ignore_patterns("__pycache__", "build"))
    path = root / CHECKS
    path.write_text(
        path.read_text().replace(
            "import Assignment, Case, Check,", "import Assignment, Case, Check, Outcome,"
        )
    )
    with assignments.using(root):
        yield root


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_hold_is_said(copy, capsys, what):
    (file, old, new), says = WRONG[what]
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    assert main(["check", "smoothing", "--jobs", "1"]) == 1
    said = capsys.readouterr().out
    assert says in said
    assert "the checks do NOT hold" in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_checks_that_hold_say_so(copy, capsys, jobs):
    assert main(["check", "--jobs", jobs]) == 0
    said = capsys.readouterr().out
    assert said.count("  ok  ") == 2
    assert f"reference right on {proof.REFERENCE_SEEDS} seeds" in said
    assert "3 misconceptions, 3 styles, 8 changes" in said
    assert "the checks hold (2 of them" in said
    assert "owed" not in said


def test_what_is_owed_is_listed_and_no_error(copy, capsys):
    (copy / STYLES).unlink()
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert said.count("owed: there are 0 styles; 3 are the least") == 2


def test_a_wrong_declaration_comes_before_any_trial(copy, capsys):
    path = copy / CHECKS
    path.write_text(path.read_text().replace('needs=("blend",)', 'needs=("blendd",)'))
    assert main(["check"]) == 1
    assert "blendd" in capsys.readouterr().err


def test_an_endless_mutant_is_caught(monkeypatch):
    monkeypatch.setattr(proof, "MUTANT_SECONDS", 1)
    assignment = assignments.load("smoothing")
    trial = proof.Proof(assignment, assignment["blend"], seeds=[0])
    start = time.monotonic()
    assert trial._caught("def blend(old, new, share):\n    while True:\n        pass\n")
    assert time.monotonic() - start < 10


def test_a_mutant_differs_in_one_line_and_in_no_docstring():
    source = 'def f(x, n=2):\n    """Gives x + 1."""\n    return x[n:] - 1\n'
    found = dict(mutants(source))
    assert {text.count("+") for text in found.values()} == {0, 1}
    assert "return x[n:] - 1  ->  return x[n:] + 1" in found
    assert "return x[n:] - 1  ->  return x[:] - 1" in found
    assert "def f(x, n=2):  ->  def f(x, n=3):" in found
    assert not any("Gives" in text for text in found.values())


def test_whether_a_change_is_noticed_is_asked_and_not_why(toy, monkeypatch):
    """Looking for the mistake takes a hundred times as long as seeing that there is one."""
    asked = []
    monkeypatch.setattr("grader.judging.judge.diagnose", asked.append)
    assignment = assignments.load("smoothing")
    for check in assignment.checks:
        assert list(proof.Proof(assignment, check).mutants()) == []
    assert asked == []
