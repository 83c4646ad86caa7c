"""The ladder on a function that it has never seen: nothing in it is written for one check."""

from __future__ import annotations

import types
from dataclasses import replace

import numpy as np
import pytest

from grader.checks import Assignment, Check
from grader.judging.evidence import CellError, Context, Letters
from grader.judging.judge import answers_of, judge
from grader.judging.relations import Comparison, Pair, relation
from grader.sandbox.inside.wire import Answer, dump, load

SOURCE = '''
def blend(X, w, bias, scale):
    """Weighted rows.

    X     : (N, T) numbers.
    w     : (T, H) weights.
    bias  : (H,) numbers.
    scale : number.
    Returns an array (N, H).
    """
    return np.tanh(X @ w + bias) * scale
'''
reference = types.ModuleType("reference")
reference.np = np
exec(SOURCE, vars(reference))


def draw(rng):
    cases = []
    for N, T, H in ((3, 4, 5), (2, 6, 3)):
        X, w, bias = rng.normal(size=(N, T)), rng.normal(size=(T, H)), rng.normal(size=H)
        cases.append({"X": X, "w": w, "bias": bias, "scale": float(rng.uniform(1, 3))})
    return cases


CHECK = Check("blend", 2, draw)
COURSE = Assignment("demo", reference, (CHECK,))
CASES = draw(np.random.default_rng(3))


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    monkeypatch.setattr("grader.judging.reference.source_of", lambda module, name: SOURCE)


def crossed(answer):
    return replace(answer, value=load(dump(answer.value, lenient=True), CHECK.max_bytes))


def verdict(body: str, arguments: str = "X, w, bias, scale"):
    source = f"def blend({arguments}):\n    {body}\n"

    def ask(cases):
        return [crossed(each) for each in answers_of(COURSE, CHECK, source, cases)]

    return judge(COURSE, CHECK, CASES, ask(CASES), context=Context(source, (), ask))


def test_right_answers_are_not_explained():
    found = verdict("return (scale * np.tanh(bias + X @ w)).tolist()")
    assert (found.share, found.hint, found.kind, found.misconception) == (1, "", "", None)


@pytest.mark.parametrize(
    ("body", "kind", "label", "says"),
    [
        (
            "return (np.tanh(X @ w + bias) * scale).T",
            "relation",
            "relation:transposed",
            "transposed",
        ),
        ("return -np.tanh(X @ w + bias) * scale", "relation", "relation:sign", "wrong sign"),
        ("return 0 * (X @ w)", "relation", "relation:zeros", "is 0 everywhere"),
        (
            "return np.full((3, 5), 0.25)",
            "relation",
            "relation:constant",
            "one and the same number",
        ),
        ("return np.tanh(X @ w + bias) * scale / 2", "relation", "relation:factor:half", "half"),
        (
            "return np.tanh(X @ w + bias)",
            "relation",
            "relation:factor:1-/-`scale`-times",
            "`scale`",
        ),
        (
            "return np.round(np.tanh(X @ w + bias) * scale, 2)",
            "relation",
            "relation:rounded-to",
            "2 decimals",
        ),
        ("return (np.tanh(X @ w + bias) * scale)[0]", "relation", "relation:first-only", "(N)"),
        (
            "return np.float16(np.tanh(X @ w + bias) * scale)",
            "relation",
            "relation:single-precision",
            "float16",
        ),
        ("return w", "relation", "relation:input", "`w`"),
        ("print(X @ w)", "error", "error:nothing-returned", "prints"),
        ("return X @ w.T", "error", "error:shapes", "`X` is (3, 4) and `w.T` is (5, 4)"),
        ("return np.tanh(X @ w + baias)", "error", "error:name", "did you mean `bias`"),
        (
            "X *= 2; return np.tanh(X / 2 @ w + bias) * scale",
            "error",
            "error:argument-changed",
            "`X`",
        ),
        (
            "return [[object()] * len(bias)] * len(X)",
            "error",
            "error:type-of-parts",
            "values of type object",
        ),
        (
            "return np.random.normal(size=(len(X), len(bias)))",
            "experiment",
            "experiment:chance",
            "",
        ),
    ],
)
def test_mistakes_are_named(body, kind, label, says):
    found = verdict(body)
    assert found.share == 0
    assert (found.kind, found.misconception) == (kind, label)
    assert says in found.hint


def test_a_key_under_another_name_is_one_key():
    pairs = [Pair({"f": 1.5, "cell": 2.5}, {"f": 1.5, "c": 2.5}, {})]
    by = Comparison(lambda one, other: one == other, 1e-6, 1e-9, Letters({}, ()), "f and cell")
    found = relation(pairs, by)
    assert found.hint == "your result lacks the key 'cell', and has another in its place ('c')."


def test_an_error_whose_text_is_kept_back_is_explained_all_the_same():
    answers = [Answer(raised=("IndexError", "Exception"), line="X[:, t]")] * len(CASES)
    found = judge(COURSE, CHECK, CASES, answers, context=Context("def blend(): ..."))
    assert found.misconception == "error:index"
    assert "either an index is too large" in found.hint


def test_experiment_and_change_together():
    found = verdict("return np.tanh(X @ w - bias) * scale")
    assert found.kind == "both"
    assert "subtracted that has to be added" in found.hint
    assert "`bias` is 0" in found.hint


def test_nothing_is_said_where_nothing_is_found():
    found = verdict("return np.tanh(np.sin(7 * X) @ np.cos(3 * w) + bias**3) * np.exp(scale)")
    assert (found.kind, found.misconception) == ("", None)
    assert "differs in" in found.hint


@pytest.mark.parametrize(
    ("source", "label", "says"),
    [
        (
            "def blend(X):\n    return X[\u201ca\u201d]\n",
            "error:curly-quote",
            "line 2 has a curly quote",
        ),
        (
            "<<<<<<< HEAD\ndef blend(X):\n    return X\n",
            "error:merge-mark",
            "line 1 is a merge marker",
        ),
        ("def blend(X):\n    if X:\n\treturn X\n", "error:tabs", "line 3 mixes tabs and spaces"),
        ("def blend(X):\n    return (X\n", "error:bracket", "opens in line 2, character 12"),
        ("def blend(X)\n    return X\n", "error:colon", "a colon is missing"),
        ("def blennd(X):\n    return X\n", "error:misnamed", "should be called `blend`"),
    ],
)
def test_a_cell_that_defines_nothing_is_explained(source, label, says):
    missing = [Answer(raised=("NameError",), message="name 'blend' is not defined")]
    try:
        compile(source, "cell", "exec")
        errors = ()
    except SyntaxError as error:
        errors = (CellError(type(error).__name__, str(error)),)
    found = judge(COURSE, CHECK, CASES, missing, context=Context(source, errors))
    assert (found.unanswered, found.misconception) == ("undefined", label)
    assert says in found.hint


def test_what_a_student_raises_is_cut_to_words():
    found = verdict("raise ValueError(str(X.tolist()) + 'q' * 500)")
    assert len(found.hint) < 300
    assert not any(f"{value:.4f}" in found.hint for value in CASES[0]["X"].ravel())


def test_a_hint_prints_no_hidden_input():
    for expression in (
        "repr(X)",
        "str(X.tolist())",
        "repr({'X': X})",
        "' '.join(map(str, X.ravel()))",
    ):
        found = verdict(f"    raise ValueError({expression})")
        assert "ValueError" in found.hint
        for number in CASES[0]["X"].ravel():
            assert f"{number:.3f}"[:5] not in found.hint
