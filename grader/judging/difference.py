"""Compares two plain values; says where and by how much they differ and gives neither away."""

from __future__ import annotations

import numpy as np

from grader.sandbox.inside.wire import Unsupported


def difference(
    expected: object,
    given: object,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    name: str = "the result",
) -> str | None:
    """Where and by how much two values differ, in words that do not give the expected one away.

    None where they agree by value: floats within |expected - given| <= atol + rtol |expected|, NumPy
    scalars count as numbers, a tuple as a list, an integer array of any dtype as an integer array.
    """
    if isinstance(given, Unsupported):
        return f"{name} should be {_kind(expected)}, but is of type {given.type_name}."
    if isinstance(expected, np.ndarray) and expected.ndim:
        return _array_difference(expected, given, rtol, atol, name)
    if isinstance(expected, dict):
        return _dict_difference(expected, given, rtol, atol, name)
    if isinstance(expected, list | tuple):
        return _sequence_difference(expected, given, rtol, atol, name)
    return _scalar_difference(_plain(expected), _plain(given), rtol, atol, name)


def _plain(value: object) -> object:
    """NumPy scalars and arrays without axes as Python values."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    return value


def _kind(value: object) -> str:
    value = _plain(value)
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    names = {bool: "True or False", int: "a whole number", float: "a number", str: "a string"}
    names |= {dict: "a dict", list: "a list", tuple: "a tuple", type(None): "None"}
    return names.get(type(value), f"of type {type(value).__name__}")


def _scalar_difference(expected, given, rtol, atol, name) -> str | None:
    numbers = (int, float)
    if isinstance(expected, numbers) and not isinstance(expected, bool):
        whole = isinstance(expected, int) and isinstance(given, float)
        if isinstance(given, bool) or not isinstance(given, numbers) or whole:
            return f"{name} should be {_kind(expected)}, but is {_kind(given)}."
        if _close(np.float64(expected), np.float64(given), rtol, atol):
            return None
        return f"{name} is off by {_amount(abs(np.float64(expected) - np.float64(given)))}."
    if type(expected) is not type(given):
        return f"{name} should be {_kind(expected)}, but is {_kind(given)}."
    return None if expected == given else f"{name} is a different one."


def _array_difference(expected: np.ndarray, given, rtol, atol, name) -> str | None:
    if not isinstance(given, np.ndarray):
        return f"{name} should be an array of shape {expected.shape}, but is {_kind(given)}."
    if given.shape != expected.shape:
        return f"{name} has the shape {given.shape}; it should have {expected.shape}."
    if not _kinds_agree(expected.dtype.kind, given.dtype.kind):
        wanted = {"f": "numbers", "i": "whole numbers", "u": "whole numbers", "b": "True or False"}
        return (
            f"{name} should hold {wanted.get(expected.dtype.kind, 'strings')},"
            f" but its dtype is {given.dtype}."
        )
    if expected.dtype == given.dtype and expected.tobytes() == given.tobytes():
        return None  # the usual case, in a tenth of the time
    if expected.dtype.kind in "fiu":
        wrong = ~_close(expected.astype(float), given.astype(float), rtol, atol)
    else:
        wrong = expected != given
    if not wrong.any():
        return None
    first = [int(i) for i in np.argwhere(wrong)[0]]
    text = f"{name} differs in {int(wrong.sum())} of {wrong.size} entries, first at {first}"
    if expected.dtype.kind not in "fiu":
        return f"{text}."
    with np.errstate(all="ignore"):
        gap = np.abs(expected.astype(float) - given.astype(float))[wrong]
    return f"{text}; the largest difference is {_amount(gap.max())}."


def _kinds_agree(expected: str, given: str) -> bool:
    """Whole numbers may stand for floats by value, not the other way round."""
    if expected == "f":
        return given in "fiu"
    if expected in "iu":
        return given in "iu"
    return expected == given


def _close(expected, given, rtol, atol):
    """Both nan, equal (also infinite), or within the tolerance; elementwise."""
    with np.errstate(all="ignore"):
        near = np.abs(expected - given) <= atol + rtol * np.abs(expected)
    finite = np.isfinite(expected) & np.isfinite(given)
    return (finite & near) | (expected == given) | (np.isnan(expected) & np.isnan(given))


def _amount(gap: float) -> str:
    """Two digits: enough to see the size of a mistake, too few to copy a value from."""
    return "not a finite number" if not np.isfinite(gap) else f"{gap:.2g}"


def _dict_difference(expected: dict, given, rtol, atol, name) -> str | None:
    if not isinstance(given, dict):
        return f"{name} should be a dict, but is {_kind(given)}."
    missing = [key for key in expected if key not in given]
    surplus = [key for key in given if key not in expected]
    if missing or surplus:
        return (
            f"{name} has not the right keys: {len(missing)} missing, {len(surplus)} too many"
            f"{f' ({_shown(surplus)})' if surplus else ''}."
        )
    for key in expected:
        found = difference(expected[key], given[key], rtol, atol, f"entry {key!r} of {name}")
        if found is not None:
            return found
    return None


def _shown(keys: list) -> str:
    text = ", ".join(repr(key)[:30] for key in keys[:3])
    return text + (", ..." if len(keys) > 3 else "")


def _sequence_difference(expected, given, rtol, atol, name) -> str | None:
    if isinstance(given, np.ndarray) and given.ndim == 1:
        given = given.tolist()
    if not isinstance(given, list | tuple):
        return f"{name} should be {_kind(expected)}, but is {_kind(given)}."
    if len(given) != len(expected):
        return f"{name} has {len(given)} items; it should have {len(expected)}."
    for number, (wanted, found) in enumerate(zip(expected, given, strict=True), start=1):
        problem = difference(wanted, found, rtol, atol, f"item {number} of {name}")
        if problem is not None:
            return problem
    return None
