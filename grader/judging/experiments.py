"""Isolating experiments: which simplification of the inputs makes a wrong function right.

The student's function and the reference are asked once more, on inputs of which one thing at a time was
simplified. Where that makes the answer right, the mistake has to do with it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.checks import Case
from grader.judging.changes import parts_of, wrong_parts
from grader.judging.conditions import condition, right_only
from grader.judging.difference import as_array
from grader.judging.evidence import Evidence, Finding, Letters
from grader.judging.reference import reference_answers
from grader.judging.words import listed
from grader.sandbox.inside.wire import Answer

MOST_CASES = 2
MOST_EXPERIMENTS = 40
MOST_PLACES = 9
MOST_ZEROS = 3  # where more of the inputs do it, zero has made everything simple

Key = tuple[str, str]
"""What was done, and to what."""


def common_property(evidence: Evidence) -> Finding | None:
    """What the wrong cases have in common, seen without a further question."""
    telling = [
        wanted.raised != () or _telling(wanted.value)
        for wanted, right in zip(evidence.expected, evidence.right, strict=True)
        if right
    ]
    if not any(telling):
        return None
    if (only := right_only(evidence)) is not None:
        hint = f"your result is right only where {only[1]}."
        return Finding("experiment", f"experiment:right-if-{only[0]}-1", hint, weak=True)
    found = condition(evidence, [not right for right in evidence.right])
    if found is None or sum(telling) < 2:
        return None
    label, words = found
    hint = f"your result is wrong where {words}; otherwise it is right."
    return Finding("experiment", f"experiment:{label}", hint, weak=True)


def again(evidence: Evidence) -> Finding | None:
    """Whether the same inputs give the same result once more."""
    if evidence.context.ask is None:
        return None
    answers = evidence.context.ask(evidence.cases)
    if len(answers) != len(evidence.cases) or all(
        bool(a.raised) == bool(b.raised) and (a.raised or evidence.equal(a.value, b.value))
        for a, b in zip(answers, evidence.answers, strict=True)
    ):
        return None
    source = evidence.context.source
    if re.search(r"rand|choice|rng|shuffle|permut", source):
        text = "your function draws at random: the same inputs give another result each time, and"
        text += " the result asked for follows from the inputs alone."
        return Finding("experiment", "experiment:chance", text)
    text = (
        "the same inputs give another result at the second call: your function keeps something from"
    )
    text += " one call to the next, or draws at random."
    return Finding("experiment", "experiment:memory", text)


def experiment(evidence: Evidence) -> Finding | None:
    """The simplifications that make the answer right in every case that it was wrong in."""
    if evidence.context.ask is None:
        return None
    wrong = [
        case
        for case, right, wanted, given in zip(
            evidence.cases, evidence.right, evidence.expected, evidence.answers, strict=True
        )
        if not right and not wanted.raised and not given.raised
    ]
    plans = _plans(wrong[: 1 if evidence.long else MOST_CASES], evidence.letters)
    if evidence.long:
        plans = {key: cases for key, cases in plans.items() if key[0] != "one"}
    plans = dict(list(plans.items())[:MOST_EXPERIMENTS])
    parts = wrong_parts(evidence)
    asked: list[tuple[Key, list[Case], list[Answer]]] = []
    for key, cases in plans.items():
        expected = reference_answers(evidence.assignment, evidence.check, cases)
        if not any(each.raised for each in expected) and _tells(expected, parts):
            asked.append((key, cases, expected))
    if not asked:
        return None
    flat = [case for _, cases, _ in asked for case in cases]
    answers = evidence.context.ask(flat)
    if len(answers) != len(flat):
        return None
    successful, rest = [], iter(answers)
    for key, _, expected in asked:
        given = [next(rest) for _ in expected]
        if all(
            not g.raised and evidence.agree(e.value, g.value)
            for e, g in zip(expected, given, strict=True)
        ):
            successful.append(key)
    return _said(successful)


def _said(keys: list[Key]) -> Finding | None:
    whole = [name for what, name in keys if what == "floats"]
    if whole:
        text = (
            f"your result is right as soon as {listed(whole, 'or')} holds floats in place of ints:"
        )
        text += " an array of ints takes no decimals."
        return Finding("experiment", f"experiment:floats-{'-'.join(whole)}", text)
    zeros = [name for what, name in keys if what == "zero"]
    if 0 < len(zeros) <= MOST_ZEROS:
        text = (
            f"your result is right as soon as {listed(zeros, 'or')} is 0: look at how your function"
        )
        text += f" uses {'it' if len(zeros) == 1 else 'them'}."
        return Finding("experiment", f"experiment:zero-{'-'.join(zeros)}", text)
    pairs = [name for what, name in keys if what == "zeros"]
    if len(pairs) == 1 and not zeros:
        text = f"your result is right as soon as {listed(pairs[0].split())} are both 0: look at how"
        text += " your function uses them."
        return Finding("experiment", f"experiment:zeros-{pairs[0].replace(' ', '-')}", text)
    for what, name in keys:
        if what == "one":
            text = f"your result is right as soon as {name} is 1: look at what happens between one"
            text += f" and the next along {name}." if len(name) <= 2 else " and the next."
            return Finding("experiment", f"experiment:one-{name.replace(' ', '-')}", text)
    texts = {
        "unit": "your result is right as soon as `{name}` is 1: look at how your function uses it.",
        "small": "your result is right as soon as `{name}` has small entries only.",
    }
    for what, name in keys:
        if what in texts:
            label = f"experiment:{what}-{name}"
            return Finding("experiment", label, texts[what].format(name=name))
    return None


def _tells(expected: list[Answer], parts: list[Any]) -> bool:
    """Whether the right answers say something, in each of the parts that were wrong before."""
    values = [each.value for each in expected]
    if not all(_finite(value) for value in values):
        return False
    if not parts:
        return any(_telling(value) for value in values)
    split = [parts_of(value) for value in values]
    return all(any(own is not None and _telling(own.get(part)) for own in split) for part in parts)


def _finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(_finite(each) for each in value.values())
    array = as_array(value)
    if array is not None:
        return array.dtype.kind not in "fiu" or bool(np.isfinite(array.astype(float)).all())
    return all(_finite(each) for each in value) if isinstance(value, list | tuple) else True


def _telling(value: object) -> bool:
    """Whether a right answer is more than the same number everywhere."""
    if isinstance(value, dict):
        return any(_telling(each) for each in value.values())
    array = as_array(value)
    if array is not None and array.dtype.kind in "fiu":
        values = np.unique(array)
        return len(values) > 2 or (array.ndim == 0 and bool((values != 0).any()))
    if isinstance(value, list | tuple):
        return any(_telling(each) for each in value)
    return value is not None and (not isinstance(value, str | bool) or bool(value))


def _plans(cases: list[Case], letters: Letters) -> dict[Key, list[Case]]:
    """Simplified cases by what was simplified, where every case allows it."""
    plans: dict[Key, list[Case]] = {}
    counts: dict[Key, int] = {}
    for case in cases:
        own: dict[Key, list[Case]] = {}
        for key, simple in _simpler(case, letters):
            own.setdefault(key, []).append(simple)
        for key, simples in own.items():
            plans.setdefault(key, []).extend(simples)
            counts[key] = counts.get(key, 0) + 1
    return {key: found for key, found in plans.items() if counts[key] == len(cases)}


def _simpler(case: Case, letters: Letters) -> Iterator[tuple[Key, Case]]:
    for name, value in case.items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
            yield ("floats", name), {**case, name: value.astype(float)}
        if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
            yield ("zero", name), {**case, name: 0 * np.nan_to_num(value)}
        elif isinstance(value, dict):
            for key, part in value.items():
                if isinstance(key, str) and isinstance(part, np.ndarray | float):
                    zero: Any = {**value, key: 0.0 * np.nan_to_num(part)}
                    yield ("zero", str(key)), {**case, name: zero}
    yield from _two_zeros(case)
    yield from _shorter(case, letters)
    for name, value in case.items():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            yield (
                ("small", name),
                {**case, name: value / max(1.0, float(np.abs(value).max(initial=0)))},
            )
        if isinstance(value, float):
            yield ("unit", name), {**case, name: 1.0}


def _two_zeros(case: Case) -> Iterator[tuple[Key, Case]]:
    """Two arguments of one shape at once, such as two initial states."""
    arrays = {
        name: value
        for name, value in case.items()
        if isinstance(value, np.ndarray) and value.dtype.kind == "f"
    }
    for (one, a), (other, b) in itertools.combinations(arrays.items(), 2):
        if a.shape == b.shape:
            yield ("zeros", f"{one} {other}"), {**case, one: 0.0 * a, other: 0.0 * b}


def _shorter(case: Case, letters: Letters) -> Iterator[tuple[Key, Case]]:
    """Every size of the case cut to one, wherever it occurs: once for each place along it."""
    arrays = {name: value for name, value in case.items() if isinstance(value, np.ndarray)}
    named: dict[int, str] = {}
    for name, value in arrays.items():
        axes = letters.of_argument(name, value.ndim)
        for axis, size in enumerate(value.shape):
            named.setdefault(size, axes[axis] if axes else f"the length of axis {axis} of `{name}`")
    for size, text in named.items():
        if not 1 < size <= MOST_PLACES:
            continue
        for place in range(size):
            simple = dict(case)
            for name, value in arrays.items():
                cut = tuple(
                    slice(place, place + 1) if length == size else slice(None)
                    for length in value.shape
                )
                simple[name] = value[cut].copy()
            yield ("one", text), simple
