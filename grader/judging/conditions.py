"""What the cases have in common that are answered wrongly, and no other has."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.checks import Case
from grader.judging.difference import plain
from grader.judging.evidence import Evidence, Letters

ENOUGH = 2  # cases that are right: a single one can be so by chance

Condition = tuple[str, str]
"""A label and words that follow "where"."""


def condition(evidence: Evidence, wrong: list[bool]) -> Condition | None:
    """The first property of the inputs that the wrong cases have, and no other case."""
    if sum(not bad for bad in wrong) < ENOUGH or not any(wrong):
        return None
    properties = [
        dict(_properties(evidence.check.inputs(case), evidence.letters)) for case in evidence.cases
    ]
    names = dict.fromkeys(name for each in properties for name in each)
    for name in names:
        if all(
            bool(each.get(name, False)) == bad for each, bad in zip(properties, wrong, strict=True)
        ):
            return name
    return None


def right_only(evidence: Evidence) -> Condition | None:
    """The axis that has length 1 in all the right cases, and is longer in all others."""
    if all(evidence.right) or not any(evidence.right):
        return None
    lengths: dict[Condition, list[bool]] = {}
    for case in evidence.cases:
        for name, value in evidence.check.inputs(case).items():
            if not isinstance(value, np.ndarray):
                continue
            letters = evidence.letters.of_argument(name, value.ndim)
            for axis, size in enumerate(value.shape):
                if letters is None:
                    key = (f"{name}-axis-{axis}", f"axis {axis} of `{name}` has length 1")
                else:
                    key = (letters[axis], f"{letters[axis]} is 1")
                ones = lengths.setdefault(key, [])
                if len(ones) < len(evidence.cases):
                    ones.append(size == 1)
    fitting = [key for key, ones in lengths.items() if ones == list(evidence.right)]
    return fitting[0] if len(fitting) == 1 else None


def _properties(case: Case, letters: Letters) -> Iterator[tuple[Condition, bool]]:
    for name, value in case.items():
        yield from _of_value(name, plain(value), letters)
    numbers = {
        name: value
        for name, value in case.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    for one, a in numbers.items():
        for other, b in numbers.items():
            if one < other:
                yield (f"{one}-equals-{other}", f"`{one}` equals `{other}`"), a == b
            if one != other and b > 0:
                rest = a % b != 0
                yield (f"{one}-not-multiple", f"`{one}` is not a multiple of `{other}`"), rest
                yield (f"{one}-multiple", f"`{one}` is a multiple of `{other}`"), not rest
    for one, first in case.items():
        for other, second in case.items():
            if isinstance(first, np.ndarray) and isinstance(second, np.ndarray) and one < other:
                same = first.shape == second.shape and bool((first == second).any())
                yield (f"{one}-meets-{other}", f"an entry of `{one}` equals one of `{other}`"), same


def _of_value(name: str, value: Any, letters: Letters) -> Iterator[tuple[Condition, bool]]:
    if isinstance(value, list):
        yield (f"{name}-list", f"`{name}` is a list, not an array"), True
    if isinstance(value, np.ndarray):
        yield (f"{name}-array", f"`{name}` is an array, not a list"), True
    if isinstance(value, bool):
        yield (f"{name}-true", f"`{name}` is True"), value
        yield (f"{name}-false", f"`{name}` is False"), not value
    elif value is None:
        yield (f"{name}-none", f"`{name}` is None"), True
    elif isinstance(value, int | float):
        yield from _of_number(name, value)
    elif isinstance(value, str):
        yield from _of_text(name, value)
    elif isinstance(value, np.ndarray):
        yield from _of_array(name, value, letters)
    elif isinstance(value, dict | list | tuple):
        yield from _of_container(name, value)


def _of_number(name: str, value: float) -> Iterator[tuple[Condition, bool]]:
    yield (f"{name}-0", f"`{name}` is 0"), value == 0
    yield (f"{name}-1", f"`{name}` is 1"), value == 1
    yield (f"{name}-negative", f"`{name}` is negative"), value < 0
    yield (f"{name}-below-1", f"`{name}` is less than 1"), value < 1
    yield (f"{name}-int", f"`{name}` is a whole number"), isinstance(value, int)


def _of_array(name: str, value: Any, letters: Letters) -> Iterator[tuple[Condition, bool]]:
    if value.dtype.kind not in "fiub":
        yield from _of_container(name, value.tolist())
        return
    yield (f"{name}-ints", f"`{name}` is an array of ints"), value.dtype.kind in "iu"
    names = letters.of_argument(name, value.ndim)
    for axis, size in enumerate(value.shape):
        text = f"{names[axis]} is 1" if names else f"axis {axis} of `{name}` has length 1"
        label = f"{names[axis]}-1" if names else f"{name}-axis-{axis}-1"
        yield (label, text), size == 1
    for axes in (1, 2, 3):
        word = "one axis" if axes == 1 else f"{axes} axes"
        yield (f"{name}-axes-{axes}", f"`{name}` has {word}"), value.ndim == axes
        if axes > 1:
            yield (
                (f"{name}-not-axes-{axes}", f"`{name}` does not have {axes} axes"),
                value.ndim != axes,
            )
    yield (f"{name}-axes-more", f"`{name}` has more than 2 axes"), value.ndim > 2
    if value.size and value.dtype.kind != "b":
        yield (f"{name}-all-0", f"all of `{name}` is 0"), not value.any()
        yield (f"{name}-has-0", f"`{name}` contains a 0"), bool((value == 0).any())
        yield (f"{name}-has-negative", f"`{name}` has negative entries"), bool((value < 0).any())
        yield (
            (f"{name}-large", f"`{name}` has very large entries"),
            float(np.abs(value).max()) > 500,
        )
        yield (f"{name}-nan", f"`{name}` contains a nan"), bool(np.isnan(value.astype(float)).any())


def _of_container(name: str, value: Any) -> Iterator[tuple[Condition, bool]]:
    yield (f"{name}-empty", f"`{name}` is empty"), len(value) == 0
    yield (f"{name}-single", f"`{name}` has one item"), len(value) == 1
    items = list(value.values()) if isinstance(value, dict) else list(value)
    keys = list(value) if isinstance(value, dict) else []
    if keys and all(isinstance(key, str) for key in keys):
        ordered = keys == sorted(keys)
        yield (f"{name}-keys-unordered", f"the keys of `{name}` are not in order"), not ordered
        capitals = any(key != key.lower() for key in keys)
        yield (f"{name}-keys-capitals", f"keys of `{name}` have capitals"), capitals
    if items and all(isinstance(each, str) for each in items):
        yield (f"{name}-has-empty", f"an item of `{name}` is an empty string"), "" in items
        yield (f"{name}-repeats", f"items of `{name}` occur twice"), len(set(items)) < len(items)
        capitals = any(each != each.lower() for each in items)
        yield (f"{name}-capitals", f"items of `{name}` have capitals"), capitals
    arrays = [each for each in items if isinstance(each, np.ndarray) and each.dtype.kind in "fiu"]
    if arrays and isinstance(value, dict):
        whole = all(each.dtype.kind in "iu" for each in arrays)
        yield (f"{name}-ints", f"`{name}` holds arrays of ints"), whole
    numbers = _flat(items)
    if numbers:
        yield (f"{name}-has-nan", f"`{name}` contains a nan"), any(map(math.isnan, numbers))
        ties = len(set(items_key(items))) < len(items) if items_key(items) else False
        yield (f"{name}-ties", f"`{name}` has equal values"), ties
        yield (f"{name}-negative", f"`{name}` has negative numbers"), min(numbers) < 0
        descending = isinstance(value, dict) and keys != sorted(keys, key=str)
        yield (f"{name}-unordered", f"the keys of `{name}` are not in order"), descending


def items_key(items: list[Any]) -> list[Any]:
    """The items, where they are numbers; else none."""
    return items if all(isinstance(each, int | float) for each in items) else []


def _flat(items: list[Any]) -> list[float]:
    found: list[float] = []
    for item in items:
        if isinstance(item, np.ndarray):
            found += [float(v) for v in item.ravel().tolist() if isinstance(v, int | float)]
        elif isinstance(item, list | tuple):
            found += _flat(list(item))
        elif isinstance(item, int | float):
            found.append(float(item))
    return found


_TEXT: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("link", "contains a link", lambda t: "http" in t.lower()),
    ("entity", "contains an entity such as &amp;", lambda t: "&" in t and ";" in t),
    ("at", "contains a name with @", lambda t: "@" in t),
    ("hash", "contains a #", lambda t: "#" in t),
    ("digits", "contains digits", lambda t: any(c.isdigit() for c in t)),
    ("capitals", "contains capitals", lambda t: t != t.lower()),
    ("ends", "begins or ends with white space", lambda t: t != t.strip()),
    ("spaces", "has more than single spaces", lambda t: t.split(" ") != t.split()),
    ("ascii", "contains letters or signs beyond a to z", lambda t: not t.isascii()),
    ("underscore", "contains an underscore", lambda t: "_" in t),
    ("apostrophe", "contains an apostrophe", lambda t: "'" in t or "\u2019" in t),
    ("punctuation", "contains punctuation", lambda t: any(c in ".,;:!?-" for c in t)),
    ("empty", "is empty", lambda t: not t),
)


def _of_text(name: str, value: str) -> Iterator[tuple[Condition, bool]]:
    for label, words, test in _TEXT:
        yield (f"{name}-{label}", f"`{name}` {words}"), test(value)
        if label != "empty":
            bare = words.replace("contains a ", "contains no ").replace("contains ", "has no ")
            if bare.startswith(("contains no", "has no")):
                yield (f"{name}-no-{label}", f"`{name}` {bare}"), not test(value)
