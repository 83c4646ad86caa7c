"""What a mistake makes of a right array: each change with its key, and the words for it.

`changes_of` lists what one can do to an array without knowing what it means; a relation is a key whose
change gives the student's array in every case.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.judging.words import axis_name

Array = npt.NDArray[Any]
Key = tuple[str, *tuple[Any, ...]]

SMALLEST, LARGEST = 1e-12, 1e12


def changes_of(right: Array) -> Iterator[tuple[Key, Array]]:
    """(key, array) for everything that a plain mistake makes of the right array."""
    axes = range(right.ndim)
    yield from _rearranged(right)
    yield from _elementwise(right)
    for k in axes:
        yield from _along(right, k)
    yield from _reduced(right)
    yield from _other_axes(right)


def _rearranged(right: Array) -> Iterator[tuple[Key, Array]]:
    axes = tuple(range(right.ndim))
    if right.ndim == 2:
        yield ("transposed",), right.T
    for order in itertools.permutations(axes) if 2 < right.ndim <= 4 else ():
        if order != axes:
            yield ("axes", order), right.transpose(order)
    for order in itertools.permutations(axes) if 1 < right.ndim <= 3 else ():
        if order != axes:
            yield ("reshaped",), right.transpose(order).reshape(right.shape)
            yield ("flattened-order",), right.transpose(order).ravel()
    for k in axes:
        yield ("reversed", k), np.flip(right, k)


def _elementwise(right: Array) -> Iterator[tuple[Key, Array]]:
    values = right.astype(float)
    yield ("sign",), -values
    yield ("complement",), 1 - values
    yield ("reciprocal",), 1 / values
    yield ("absolute",), np.abs(values)
    yield ("clipped-at-0",), np.maximum(values, 0)
    yield ("only-negative",), np.minimum(values, 0)
    yield ("clipped-to-1",), np.clip(values, 0, 1)
    yield ("truncated",), np.trunc(values)
    yield ("rounded",), np.round(values)
    yield ("rounded-down",), np.floor(values)
    yield ("rounded-up",), np.ceil(values)
    for digits in (1, 2, 3, 4):
        yield ("rounded-to", digits), np.round(values, digits)
    yield ("square",), values**2
    yield ("root",), np.sqrt(values)
    yield ("half-square",), values**2 / 2
    yield ("logarithm",), np.log(values)
    yield ("logarithm-10",), np.log10(values)
    yield ("negative-logarithm",), -np.log(values)
    yield ("exponential",), np.exp(values)
    yield ("exponential-of-the-negative",), np.exp(-values)
    yield ("tanh",), np.tanh(values)
    yield ("sigmoid",), 1 / (1 + np.exp(-values))
    yield ("presence",), (values > 0).astype(float)
    yield ("signs-only",), np.sign(values)
    if right.size > 1 and right.ndim:
        total = values.sum()
        yield ("share-of-all",), values / total
        yield ("share-of-maximum",), values / values.max()
        yield ("unit-length",), values / np.sqrt((values**2).sum())
        yield ("centred",), values - values.mean()


def _along(right: Array, k: int) -> Iterator[tuple[Key, Array]]:
    length = right.shape[k]
    if length == 0:
        return

    def part(start: int | None, stop: int | None) -> Array:
        return right[(slice(None),) * k + (slice(start, stop),)]

    yield ("cumulative", k), np.cumsum(right, axis=k)
    yield ("running-mean", k), _running_mean(right, k)
    yield ("sorted", k), np.sort(right, axis=k)
    yield ("sorted-down", k), np.flip(np.sort(right, axis=k), k)
    yield ("shares", k), right / right.sum(axis=k, keepdims=True)
    largest = np.expand_dims(right.argmax(axis=k), k)
    places = np.arange(length).reshape(_along_only(right, k))
    yield ("largest-only", k), (places == largest).astype(float)
    yield ("first-repeated", k), np.repeat(part(0, 1), length, axis=k)
    yield ("last-repeated", k), np.repeat(part(-1, None), length, axis=k)
    rest = np.zeros_like(right)
    rest[(slice(None),) * k + (slice(0, 1),)] = part(0, 1)
    yield ("first-else-0", k), rest
    rest = np.zeros_like(right)
    rest[(slice(None),) * k + (slice(length - 1, length),)] = part(-1, None)
    yield ("last-else-0", k), rest
    rest = right.copy()
    rest[(slice(None),) * k + (slice(0, 1),)] = 0
    yield ("first-is-0", k), rest
    rest = right.copy()
    rest[(slice(None),) * k + (slice(length - 1, length),)] = 0
    yield ("last-is-0", k), rest
    if length > 1:
        yield ("late", k), np.concatenate([np.zeros_like(part(0, 1)), part(0, -1)], axis=k)
        yield ("early", k), np.concatenate([part(1, None), np.zeros_like(part(0, 1))], axis=k)
        yield ("rolled-on", k), np.roll(right, 1, axis=k)
        yield ("rolled-back", k), np.roll(right, -1, axis=k)
    yield ("without-first", k), part(1, None)
    yield ("without-last", k), part(0, -1)
    yield ("steps", k), np.diff(right, axis=k)


def _running_mean(right: Array, k: int) -> Array:
    counts = np.arange(1, right.shape[k] + 1).reshape(_along_only(right, k))
    return np.cumsum(right, axis=k) / counts


def _along_only(right: Array, k: int) -> list[int]:
    """The shape of an array with the axis k of this one, and no other."""
    return [-1 if a == k else 1 for a in range(right.ndim)]


def _reduced(right: Array) -> Iterator[tuple[Key, Array]]:
    if right.ndim == 0 or right.size == 0:
        return
    reductions: dict[str, Callable[..., Any]] = {
        "sum": np.sum,
        "mean": np.mean,
        "largest": np.max,
        "smallest": np.min,
    }
    for k in range(right.ndim):
        yield ("first-only", k), right.take(0, axis=k)
        yield ("last-only", k), right.take(-1, axis=k)
        yield ("first-only-kept", k), right.take([0], axis=k)
        yield ("last-only-kept", k), right.take([-1], axis=k)
        for name, reduce in reductions.items():
            small = np.asarray(reduce(right, axis=k, keepdims=True))
            yield (name, k), small.squeeze(k)
            yield (f"{name}-kept", k), small
            yield (f"{name}-everywhere", k), np.broadcast_to(small, right.shape)
    if right.ndim > 1:
        for name, reduce in reductions.items():
            small = np.asarray(reduce(right))
            yield (name, None), small
            yield (f"{name}-everywhere", None), np.broadcast_to(small, right.shape)


def _other_axes(right: Array) -> Iterator[tuple[Key, Array]]:
    if right.ndim > 1:
        yield ("flattened",), right.ravel()
    if 1 in right.shape:
        yield ("squeezed",), right.squeeze()
    for k in range(right.ndim + 1):
        yield ("extra-axis", k), np.expand_dims(right, k)


def undoings_of(given: Array) -> Iterator[tuple[Key, Array]]:
    """(key, array) for what would have made the given array the right one."""
    if given.ndim == 0 or given.size == 0:
        return
    for k in range(given.ndim):
        yield ("not-summed", k), given.sum(axis=k)
        yield ("not-averaged", k), given.mean(axis=k)
        if given.shape[k] > 1:
            yield ("one-more-first", k), given[(slice(None),) * k + (slice(1, None),)]
            yield ("one-more-last", k), given[(slice(None),) * k + (slice(0, -1),)]
        yield ("all-not-last", k), given.take(-1, axis=k)
        yield ("all-not-first", k), given.take(0, axis=k)
    if given.ndim > 1:
        yield ("not-summed", None), np.asarray(given.sum())
        yield ("not-averaged", None), np.asarray(given.mean())


def factors(numbers: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """(words, number) of everything by which a mistake multiplies, from the numbers of a case."""
    fixed = {
        "half": 0.5, "twice": 2.0, "a third of": 1 / 3, "three times": 3.0, "a quarter of": 0.25,
        "four times": 4.0, "a tenth of": 0.1, "ten times": 10.0, "a hundred times": 100.0,
        "a hundredth of": 0.01, "minus half": -0.5, "minus twice": -2.0,
    }  # fmt: skip
    yield from fixed.items()
    yield "log 2 times", math.log(2)
    yield "1 / log 2 times", 1 / math.log(2)
    yield "log 10 times", math.log(10)
    yield "1 / log 10 times", 1 / math.log(10)
    for name, value in numbers.items():
        if not SMALLEST < abs(value) < LARGEST:
            continue
        yield f"{name} times", value
        yield f"1 / {name} times", 1 / value
        yield f"2 {name} times", 2 * value
        yield f"1 / (2 {name}) times", 1 / (2 * value)
        yield f"{name} squared times", value**2
        yield f"1 / ({name} squared) times", 1 / value**2
        yield f"minus {name} times", -value
        yield f"minus 1 / {name} times", -1 / value
        if value > 0:
            yield f"the root of {name} times", math.sqrt(value)
            yield f"1 / (root of {name}) times", 1 / math.sqrt(value)
        if value != 1:
            yield f"1 - {name} times", 1 - value
            yield f"1 / (1 - {name}) times", 1 / (1 - value)
            yield f"{name} / (1 - {name}) times", value / (1 - value)
            yield f"(1 - {name}) / {name} times", (1 - value) / value
            yield f"{name} / ({name} - 1) times", value / (value - 1)
            yield f"({name} - 1) / {name} times", (value - 1) / value
            yield f"1 / ({name} - 1) times", 1 / (value - 1)
    for (one, a), (other, b) in itertools.combinations(numbers.items(), 2):
        if min(abs(a), abs(b)) > SMALLEST:
            yield f"{one} times {other} times", a * b
            yield f"1 / ({one} times {other}) times", 1 / (a * b)
            yield f"{one} / {other} times", a / b
            yield f"{other} / {one} times", b / a


def sentence(key: Key, it: str, letters: tuple[str, ...] | None, axes: int) -> str:
    """The relation in words; `it` is what stands in this relation to the right one."""
    name, *rest = key
    if name in _PLAIN:
        return _PLAIN[name].format(it=it)
    if name == "axes":
        return _axes(rest[0], it, letters, axes)
    if name == "rounded-to":
        return f"{it} is rounded to {rest[0]} decimals. Leave the numbers as they are."
    if name == "extra-axis":
        return f"{it} has one axis of length 1 too many (axis {rest[0]})."
    if name == "value-of-key":
        return f"{it} is the value that stands in `{rest[0]}` under the key that is asked for."
    if name in ("place-of-key", "place-of-sorted-key"):
        order = ", once the keys are sorted" if "sorted" in name else ""
        return (
            f"{it} is the place at which the right key stands in `{rest[0]}`{order}, not the key."
        )
    if name == "input":
        return f"{it} is the argument `{rest[0]}` as it was given."
    if name in ("first-is-input", "last-is-input"):
        place, along = name.partition("-")[0], axis_name(rest[1], letters, axes)
        return f"in {it} what stands {place} along {along} is `{rest[0]}` as it was given."
    if name == "fixed-length":
        length, axis = rest
        along = "its last axis" if axis == -1 else axis_name(axis, letters, axes)
        return (
            f"{it} has the length {length} along {along} in every case, whatever the sizes of the"
            " inputs are: a size is written as a number where it should be read from the inputs."
        )
    if name == "constant":
        return f"{it} has the same value in every place."
    if name == "factor":
        return f"{it} is {rest[0]} the right one{_reason(rest[0])}."
    if name == "offset":
        return f"{it} is the right one {rest[0]}."
    base = name.removesuffix("-everywhere").removesuffix("-kept")
    if base in _AMOUNTS:
        over = "everything" if rest[0] is None else axis_name(rest[0], letters, axes)
        if name.endswith("-everywhere"):
            return f"{it} has {_AMOUNTS[base]} over {over} in each place, in place of the numbers."
        return f"{it} is {_AMOUNTS[base]} over {over}; all the numbers are asked for."
    if name in _UNDONE:
        over = "everything" if rest[0] is None else f"axis {rest[0]}"
        return _UNDONE[name].format(it=it, axis=over)
    return _ALONG[name].format(it=it, axis=axis_name(rest[0], letters, axes))


def _axes(order: tuple[int, ...], it: str, letters: tuple[str, ...] | None, axes: int) -> str:
    moved = [k for k, old in enumerate(order) if k != old]
    if len(moved) == 2:
        one, other = (axis_name(k, letters, axes) for k in moved)
        return f"in {it}, {one} and {other} have changed places."
    if letters:
        found, wanted = ", ".join(letters[k] for k in order), ", ".join(letters)
        return f"the axes of {it} are ({found}); they should be ({wanted})."
    return f"{it} has its axes in another order."


def _reason(words: str) -> str:
    if "log" in words:
        return ": the logarithm has another base"
    return ""


_AMOUNTS = {
    "sum": "the sum", "mean": "the mean", "largest": "the largest number",
    "smallest": "the smallest number",
}  # fmt: skip

_PLAIN = {
    "transposed": "{it} is transposed: rows and columns have changed places.",
    "reshaped": "{it} has the right numbers in the wrong places: `reshape` keeps their order in memory"
    " and swaps no axes.",
    "flattened-order": "{it} is flattened, and its axes were in another order before.",
    "flattened": "{it} is flattened: the numbers are right, but the axes are gone.",
    "squeezed": "{it} has lost its axes of length 1. Keep them.",
    "other-shape": "{it} has the right numbers in the right order, but another shape.",
    "sign": "{it} has the wrong sign: every number is minus the right one.",
    "complement": "{it} is 1 minus the right one.",
    "reciprocal": "{it} is 1 divided by the right one: a quotient is upside down.",
    "absolute": "{it} has lost its signs: every number is positive.",
    "clipped-at-0": "in {it} the negative numbers have become 0.",
    "only-negative": "in {it} the positive numbers have become 0.",
    "clipped-to-1": "{it} is clipped to the range from 0 to 1.",
    "truncated": "{it} is cut down to whole numbers: what comes after the point has gone. An array of"
    " ints does that to floats written into it.",
    "rounded": "{it} is rounded to whole numbers.",
    "rounded-down": "{it} is rounded down to whole numbers.",
    "rounded-up": "{it} is rounded up to whole numbers.",
    "square": "{it} is the square of the right one: is a square root missing?",
    "half-square": "{it} is half the square of the right one.",
    "root": "{it} is the square root of the right one: there is one root too many, or a"
    " square missing.",
    "logarithm": "{it} is the logarithm of the right one.",
    "logarithm-10": "{it} is the logarithm (to base 10) of the right one.",
    "negative-logarithm": "{it} is minus the logarithm of the right one.",
    "exponential": "{it} is the exponential of the right one: a logarithm is missing.",
    "exponential-of-the-negative": "{it} is the exponential of minus the right one: a logarithm"
    " is missing.",
    "tanh": "{it} is the tanh of the right one: it is squashed once too often.",
    "sigmoid": "{it} is the logistic function of the right one: it is squashed once too often.",
    "presence": "{it} only says whether there is something (1) or nothing (0), not how much.",
    "signs-only": "{it} has only the signs of the right one.",
    "share-of-all": "{it} is divided by its own sum.",
    "share-of-maximum": "{it} is divided by its own largest number.",
    "unit-length": "{it} is divided by its own length, so that it has length 1.",
    "centred": "{it} has its own mean subtracted from it.",
    "zeros": "{it} is 0 everywhere.",
    "not-a-number": "{it} is nan (not a number) everywhere.",
    "any-factor": "{it} is the right one times a number: one factor is wrong or missing.",
    "any-offset": "{it} is the right one plus a number: one term is wrong or missing.",
    "first-entry-else-0": "in {it} only the very first entry is filled in; the rest is 0. Is there a"
    " `return` inside the loop?",
    "first-entry-right": "in {it} the very first entry is right, and what comes after it is not: does"
    " something left from the first turn of a loop get into the next?",
    "permuted": "{it} has the right numbers in another order.",
}

_ALONG = {
    "reversed": "{it} is reversed along {axis}: what should come first comes last.",
    "cumulative": "{it} is summed up along {axis}, each number with all before it.",
    "running-mean": "{it} is averaged along {axis}, each number with all before it.",
    "steps": "{it} has the differences of neighbours along {axis}.",
    "sorted": "{it} is sorted along {axis}. Leave the order as it is.",
    "sorted-down": "{it} is sorted along {axis}, the largest first. Leave the order as it is.",
    "shares": "{it} is divided by its sum along {axis}.",
    "largest-only": "{it} is 1 where the right one is largest along {axis}, and 0 elsewhere.",
    "first-repeated": "{it} repeats what stands first along {axis}; each place has a value of its own.",
    "last-repeated": "{it} repeats what stands last along {axis}; each place has a value of its own.",
    "first-else-0": "in {it} only what stands first along {axis} is filled in; the rest is 0.",
    "last-else-0": "in {it} only what stands last along {axis} is filled in; the rest is 0.",
    "first-is-0": "in {it} what stands first along {axis} is 0; all else is right.",
    "last-is-0": "in {it} what stands last along {axis} is 0; all else is right.",
    "late": "{it} comes one place late along {axis}, after a 0.",
    "early": "{it} comes one place early along {axis}, with a 0 at the end.",
    "rolled-on": "{it} is moved on by one place along {axis}, and the last comes first.",
    "rolled-back": "{it} is moved back by one place along {axis}, and the first comes last.",
    "without-first": "in {it} the first place along {axis} is missing.",
    "without-last": "in {it} the last place along {axis} is missing.",
    "first-only": "{it} is only what stands first along {axis}; all of it is asked for. Is there a"
    " `return` inside the loop?",
    "first-only-kept": "{it} is only what stands first along {axis}; all of it is asked for. Is there a"
    " `return` inside the loop?",
    "last-only": "{it} is only what stands last along {axis}; all of it is asked for.",
    "last-only-kept": "{it} is only what stands last along {axis}; all of it is asked for.",
    "shifted-late": "{it} comes one place late along {axis}: what should stand first stands second, and"
    " so on.",
    "shifted-early": "{it} comes one place early along {axis}: what should stand second stands first,"
    " and so on.",
    "first-right": "in {it} what stands first along {axis} is right, and nothing after it.",
    "last-right": "in {it} what stands last along {axis} is right, and nothing before it.",
    "first-wrong": "in {it} only what stands first along {axis} is wrong.",
    "too-long": "{it} begins as it should along {axis}, and is too long.",
    "too-short": "{it} begins as it should along {axis}, and ends too early.",
    "last-wrong": "in {it} only what stands last along {axis} is wrong.",
}

_UNDONE = {
    "not-summed": "{it} is not summed over {axis} yet.",
    "not-averaged": "{it} is not averaged over {axis} yet.",
    "one-more-first": "{it} has one place too many along {axis}, at the start.",
    "one-more-last": "{it} has one place too many along {axis}, at the end.",
    "all-not-last": "{it} has everything along {axis}; only what stands last is asked for.",
    "all-not-first": "{it} has everything along {axis}; only what stands first is asked for.",
}


WEAK = {
    "permuted", "any-factor", "any-offset", "first-entry-right", "first-right", "last-right",
    "first-wrong", "last-wrong", "first-is-input", "last-is-input",
    "constant",
}  # fmt: skip
"""Relations that say where a mistake is rather than what it is."""
