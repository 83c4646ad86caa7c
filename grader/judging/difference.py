"""Compares two plain values, and says in words what differs without giving the right one away."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.sandbox.inside.wire import Unsupported

Array = npt.NDArray[Any]

NUMBERS = "fiu"  # kinds of dtype that hold numbers; True and False are none
_HOLDS = {"f": "numbers", "i": "numbers", "u": "numbers", "b": "True or False", "U": "strings"}


def difference(
    expected: object,
    given: object,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    name: str = "the result",
    promises: Collection[str] = (),
) -> str | None:
    """Where and how two values differ, in words that do not give the expected one away.

    None where they agree by value: numbers within |expected - given| <= atol + rtol |expected|,
    whatever their types; a NumPy scalar and an array without axes are numbers; a tuple is a list;
    nested lists of numbers are an array. `promises` are the exceptions that a specification makes: see
    `checks.PROMISES`.
    """
    return _Comparison(rtol, atol, frozenset(promises)).difference(expected, given, name)


def plain(value: object) -> object:
    """NumPy scalars and arrays without axes as Python values."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    return value


def as_array(value: object) -> Array | None:
    """A number, an array or nested sequences of one as the array that they equal, else None."""
    if isinstance(value, np.ndarray):
        return value
    if not isinstance(value, bool | int | float | str | list | tuple | np.generic):
        return None
    try:
        array = np.array(value)
    except (ValueError, OverflowError):  # ragged
        return None
    return array if array.dtype.kind in "fiubU" else None


def close(expected: Any, given: Any, rtol: float, atol: float) -> Any:
    """Both nan, equal (also infinite), or within the tolerance; elementwise."""
    with np.errstate(all="ignore"):
        near = np.abs(expected - given) <= atol + rtol * np.abs(expected)
    finite = np.isfinite(expected) & np.isfinite(given)
    return (finite & near) | (expected == given) | (np.isnan(expected) & np.isnan(given))


class _Comparison:
    """Two values and their parts, by one measure."""

    def __init__(self, rtol: float, atol: float, promises: frozenset[str]):
        self.rtol, self.atol, self.promises = rtol, atol, promises

    def difference(self, expected: object, given: object, name: str) -> str | None:
        if isinstance(given, Unsupported):
            return f"{name} should be {kind(expected)}, but is of type {given.type_name}."
        if isinstance(expected, np.ndarray) and expected.ndim:
            return self.arrays(expected, given, name)
        if isinstance(expected, dict):
            return self.dicts(expected, given, name)
        if isinstance(expected, list | tuple):
            return self.sequences(expected, given, name)
        return self.scalars(plain(expected), plain(given), name)

    def scalars(self, expected: object, given: object, name: str) -> str | None:
        if _is_number(expected):
            if not _is_number(given):
                return f"{name} should be {kind(expected)}, but is {kind(given)}."
            if not close(np.float64(expected), np.float64(given), self.rtol, self.atol):  # type: ignore[arg-type]
                return f"{name} is a different number."
            if "int" in self.promises and isinstance(expected, int) and isinstance(given, float):
                return f"{name} has the right value, but it should be an int and is a float."
            return None
        if type(expected) is not type(given):
            return f"{name} should be {kind(expected)}, but is {kind(given)}."
        return None if expected == given else f"{name} is a different one."

    def arrays(self, expected: Array, given: object, name: str) -> str | None:
        array = as_array(given)
        if array is None or (array.ndim == 0 and not isinstance(given, np.ndarray)):
            return f"{name} should be {kind(expected)}, but is {kind(given)}."
        if array.shape != expected.shape:
            if 0 in array.shape and array.size == expected.size:
                return None  # nested lists can't say how long an axis is behind an empty one
            return f"{name} has the shape {array.shape}; it should have {expected.shape}."
        if "array" in self.promises and not isinstance(given, np.ndarray):
            return f"{name} should be an array; yours is {kind(given)}."
        if not _kinds_agree(expected.dtype.kind, array.dtype.kind):
            wanted = _HOLDS.get(expected.dtype.kind, "other values")
            return f"{name} should hold {wanted}, but its dtype is {array.dtype}."
        if expected.dtype == array.dtype and expected.tobytes() == array.tobytes():
            return None  # the usual case, in a tenth of the time
        if expected.dtype.kind in NUMBERS:
            wrong = ~close(expected.astype(float), array.astype(float), self.rtol, self.atol)
        else:
            wrong = expected != array
        if wrong.any():
            first = [int(i) for i in np.argwhere(wrong)[0]]
            return (
                f"{name} differs in {int(wrong.sum())} of {wrong.size} entries, first at {first}."
            )
        whole = expected.dtype.kind in "iu"
        if "int" in self.promises and whole and array.dtype.kind == "f" and array.size:
            return f"{name} has the right values, but should hold ints, and its dtype is {array.dtype}."
        return None

    def dicts(self, expected: dict[Any, object], given: object, name: str) -> str | None:
        if not isinstance(given, dict):
            return f"{name} should be a dict, but is {kind(given)}."
        missing = [key for key in expected if key not in given]
        surplus = [key for key in given if key not in expected]
        if missing or surplus:
            return (
                f"{name} does not have the right keys: {len(missing)} missing, {len(surplus)} too many"
                f"{f' ({shown(surplus)})' if surplus else ''}."
            )
        for key in expected:
            found = self.difference(expected[key], given[key], f"entry {key!r} of {name}")
            if found is not None:
                return found
        return None

    def sequences(
        self, expected: list[object] | tuple[object, ...], given: object, name: str
    ) -> str | None:
        items = list(given) if isinstance(given, np.ndarray) and given.ndim else given
        if not isinstance(items, list | tuple):
            return f"{name} should be {kind(expected)}, but is {kind(given)}."
        if len(items) != len(expected):
            return f"{name} has {counted(len(items), 'item')}; it should have {len(expected)}."
        for number, (wanted, found) in enumerate(zip(expected, items, strict=True), start=1):
            problem = self.difference(wanted, found, f"item {number} of {name}")
            if problem is not None:
                return problem
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _kinds_agree(expected: str, given: str) -> bool:
    return expected == given or (expected in NUMBERS and given in NUMBERS)


def kind(value: object) -> str:
    """What sort of value this is, for people."""
    value = plain(value)
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Unsupported):
        return f"of type {value.type_name}"
    names = {bool: "True or False", int: "a whole number", float: "a number", str: "a string"}
    names |= {dict: "a dict", list: "a list", tuple: "a tuple", type(None): "None"}
    return names.get(type(value), f"of type {type(value).__name__}")


def counted(count: int, noun: str) -> str:
    """1 item, 2 items."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def shown(keys: list[Any]) -> str:
    """The first few of some keys, none of them longer than a word."""
    text = ", ".join(map(_word, keys[:3]))
    return text + (", ..." if len(keys) > 3 else "")


def _word(key: object) -> str:
    """A key that holds many digits may have been made of the hidden inputs."""
    text = repr(key)[:30]
    return "..." if sum(map(str.isdigit, text)) > 3 else text
