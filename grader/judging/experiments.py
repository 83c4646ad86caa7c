"""Isolating experiments: which simplification of the inputs makes a wrong function right.

The student's function and the reference are asked once more, on inputs of which one thing at a time was
simplified. Where that makes the answer right, the mistake has to do with it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.checks import Case
from grader.judging.changes import parts_of, wrong_parts
from grader.judging.conditions import condition, right_only
from grader.judging.difference import as_array, difference
from grader.judging.errors import holds_unsupported
from grader.judging.evidence import Evidence, Finding, Letters
from grader.judging.reference import reference_answers
from grader.judging.relations import Comparison, Pair, comparison, relation
from grader.judging.words import axis_name, listed
from grader.sandbox.inside.wire import Answer

MOST_CASES = 2
MOST_EXPERIMENTS = 40
MOST_PLACES = 9
MOST_ZEROS = 3  # where more of the inputs do it, zero has made everything simple

DISTURBANCES = (0.1, 0.7, 3.0)

Key = tuple[str, str]
"""What was done, and to what."""

Disturbed = tuple[str, str, str]
"""An argument, the end of it that was changed, and along which axis; both empty for all of it."""


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
    if any(holds_unsupported(each.value) for each in evidence.answers):
        return None  # which are never the same
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


def _also_where_right(evidence: Evidence, ignored: list[Disturbed]) -> list[Disturbed]:
    """Those that the function ignores in its right answers as well: else it does use them somewhere."""
    numbers = [
        n
        for n, right in enumerate(evidence.right)
        if right and not evidence.expected[n].raised and not evidence.answers[n].raised
    ]
    asked = [
        (key, number, changed)
        for number in numbers
        for key, changed in _disturbed(evidence.cases[number], evidence.letters)
        if key in ignored
    ]
    if not asked or evidence.context.ask is None:
        return ignored
    answers = evidence.context.ask([changed for _, _, changed in asked])
    used = {
        key
        for (key, number, _), each in zip(asked, answers, strict=False)
        if each.raised or difference(evidence.answers[number].value, each.value, 0, 0) is not None
    }
    return [key for key in ignored if key not in used]


def unused(evidence: Evidence) -> Finding | None:
    """An argument, or its first or last place, that changes the right result and not the student's."""
    if evidence.context.ask is None or evidence.long:
        return None
    wrong = [
        n
        for n, right in enumerate(evidence.right)
        if not right and not evidence.expected[n].raised and not evidence.answers[n].raised
    ]
    wrong = [n for n in wrong if not _without_numbers(evidence.answers[n].value)]
    if not all(_finite(evidence.answers[n].value) for n in wrong):
        return None  # nan stays the same for many reasons
    telling = [n for n in wrong if _fractional(evidence.answers[n].value)]
    if len(telling) < min(len(wrong), MOST_CASES) or not telling:
        return None  # and so do whole numbers
    plans = _telling_disturbances(evidence, telling)
    flat = [case for cases in plans.values() for _, case in cases]
    answers = evidence.context.ask(flat) if flat else []
    if not flat or len(answers) != len(flat):
        return None
    ignored, rest = [], iter(answers)
    for key, cases in plans.items():
        given = [next(rest) for _ in cases]
        if all(
            not each.raised and difference(evidence.answers[n].value, each.value, 0, 0) is None
            for (n, _), each in zip(cases, given, strict=True)
        ):
            ignored.append(key)
    ignored = _also_where_right(evidence, ignored)
    whole = [name for name, place, _ in ignored if not place]
    if whole and len(whole) < len({name for name, _, _ in plans}):
        text = (
            f"your result stays the same whatever {listed(whole, 'or')} is: your function makes no"
        )
        text += " use of it." if len(whole) == 1 else " use of them."
        return Finding("experiment", f"experiment:unused-{'-'.join(whole)}", text)
    for name, place, axis in [] if whole else ignored:
        text = (
            f"your result stays the same whatever stands {place} in `{name}`{axis}: your function"
        )
        text += " makes no use of it."
        return Finding("experiment", f"experiment:unused-{place}-{name}", text)
    return None


def of_an_end(found: Finding) -> bool:
    """Whether this says no more than that one end of an argument isn't used."""
    return found.label.startswith(("experiment:unused-first-", "experiment:unused-last-"))


def _telling_disturbances(
    evidence: Evidence, telling: list[int]
) -> dict[Disturbed, list[tuple[int, Case]]]:
    """What can be disturbed, in the largest cases that have it, and always changes the right result."""
    seen: Counter[Disturbed] = Counter()
    tried: Counter[Disturbed] = Counter()
    plans: dict[Disturbed, list[tuple[int, Case]]] = {}
    for number in sorted(telling, key=lambda n: -_extent(evidence.cases[n])):
        disturbed = list(_disturbed(evidence.cases[number], evidence.letters))
        full = {key for key, _ in disturbed if seen[key] >= MOST_CASES}
        seen.update({key for key, _ in disturbed})
        for key, changed in disturbed:  # the largest: in a small one little matters
            if key in full:
                continue
            tried[key] += 1
            right = evidence.expected[number].value
            wanted = reference_answers(evidence.assignment, evidence.check, [changed])[0]
            if not wanted.raised and not evidence.equal(right, wanted.value):
                plans.setdefault(key, []).append((number, changed))
    return {key: cases for key, cases in plans.items() if len(cases) == tried[key]}


def _without_numbers(value: object) -> bool:
    """Whether there is an array in a value that came out empty: such a case tells little."""
    if isinstance(value, dict | tuple):
        return any(map(_without_numbers, value.values() if isinstance(value, dict) else value))
    array = as_array(value)
    return array is not None and array.size == 0


def _fractional(value: object) -> bool:
    """Whether a value holds finite numbers, some of them with decimals."""
    if isinstance(value, dict):
        return all(map(_fractional, value.values()))
    if isinstance(value, tuple):
        return all(map(_fractional, value))
    array = as_array(value)
    if array is None or array.dtype.kind not in "fiu" or not np.isfinite(array.astype(float)).all():
        return False
    return bool((array != np.round(array)).any())


def _extent(case: Case) -> int:
    return sum(value.size for value in case.values() if isinstance(value, np.ndarray))


def _disturbed(case: Case, letters: Letters) -> Iterator[tuple[Disturbed, Case]]:
    """The case with an argument, or what stands at one of its ends, changed in several ways."""
    for name, value in case.items():
        if isinstance(value, float):
            for size in DISTURBANCES:
                yield (name, "", ""), {**case, name: value * (1 + size) + size}
        if not isinstance(value, np.ndarray) or not value.size:
            continue
        if value.dtype.kind == "b":
            for other in (~value, np.zeros_like(value), np.ones_like(value)):
                if (other != value).any():
                    yield (name, "", ""), {**case, name: other}
        if value.dtype.kind != "f":
            continue
        steps = 1.0 + np.arange(value.size).reshape(value.shape) % 5
        for size in DISTURBANCES:
            yield (name, "", ""), {**case, name: value + size * steps}
        axes = letters.of_argument(name, value.ndim)
        for axis, length in enumerate(value.shape):
            for place, index in (("first", 0), ("last", length - 1)) if length > 1 else ():
                along = f" along {axis_name(axis, axes, value.ndim)}" if value.ndim > 1 else ""
                for size in DISTURBANCES:
                    other = value.copy()
                    cut = (slice(None),) * axis + (index,)
                    other[cut] = (value + size * steps)[cut]
                    yield (name, place, along), {**case, name: other}


def by_share(evidence: Evidence) -> Finding | None:
    """What one argument adds to the result, and the rest without it: how each of the two is related."""
    if evidence.context.ask is None or evidence.long:
        return None
    numbers = [
        n
        for n, (wanted, given) in enumerate(zip(evidence.expected, evidence.answers, strict=True))
        if not wanted.raised and not given.raised
    ]
    names = [
        name
        for name, value in evidence.cases[numbers[0]].items()
        if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    ] if numbers else []  # fmt: skip
    by = comparison(evidence)
    for name in names:
        cases = [
            {**evidence.cases[n], name: 0.0 * np.nan_to_num(value)}
            for n in numbers
            if isinstance(value := evidence.cases[n][name], float | np.ndarray)
        ]
        if len(cases) < len(numbers):
            continue
        found = _shares(evidence, name, numbers, cases, by)
        if found is not None:
            return found
    return None


def _shares(
    evidence: Evidence, name: str, numbers: list[int], cases: list[Case], by: Comparison
) -> Finding | None:
    assert evidence.context.ask is not None
    wanted = reference_answers(evidence.assignment, evidence.check, cases)
    given = evidence.context.ask(cases)
    if len(given) != len(cases) or any(a.raised for a in (*wanted, *given)):
        return None
    rest, added = [], []
    for n, w, g in zip(numbers, wanted, given, strict=True):
        full = as_array(evidence.expected[n].value), as_array(evidence.answers[n].value)
        bare = as_array(w.value), as_array(g.value)
        arrays = [each for each in (*full, *bare) if each is not None and each.dtype.kind in "fiu"]
        if len(arrays) < 4 or len({each.shape for each in arrays}) > 1:
            return None
        if not np.isfinite(np.stack([each.astype(float) for each in arrays])).all():
            return None
        rest.append(Pair(arrays[2], arrays[3], cases[numbers.index(n)]))
        added.append(Pair(arrays[0] - arrays[2], arrays[1] - arrays[3], evidence.cases[n]))
    fine = [all(by.equal(p.right, p.given) for p in pairs) for pairs in (rest, added)]
    if not all(any(np.any(p.right) for p in pairs) for pairs in (rest, added)):
        return None
    what = f"what `{name}` adds to your result"
    found = [
        None if fine[0] else relation(rest, by, f"your result without `{name}` (where it is 0)"),
        None if fine[1] else relation(added, by, what),
    ]
    if any(not f and (r is None or r.weak) for f, r in zip(fine, found, strict=True)):
        return None
    told = [each for each in found if each is not None]
    if not told:
        return None
    texts = [each.hint[:1].upper() + each.hint[1:] for each in told]
    if fine[0]:
        texts.insert(0, f"Where `{name}` is 0, your result is right.")
    elif fine[1]:
        texts.append(f"{what[:1].upper()}{what[1:]} is right.")
    labels = "+".join(f"{each.label}" for each in told)
    return Finding("relation" if len(told) == 1 else "both", f"{labels}:{name}", " ".join(texts))


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
