"""Words that hints share; what they take from inputs or from a student's error is cut to a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from grader.checks import Case

MOST = 120
_FLOAT = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?", re.IGNORECASE)
_LONG = re.compile(r"\S{41,}")


def short(text: str, most: int = MOST) -> str:
    """Text of an error on one line: no decimals, no long words, and not much of it."""
    text = " ".join(_FLOAT.sub("...", text).split())
    text = _LONG.sub(lambda found: found[0][:24] + "...", text)
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


_BRACKETS = re.compile(r"\[[^\[\]]*[\s,][^\[\]]*\]")
_BRACES = re.compile(r"\{[^{}]*[\s,:][^{}]*\}")
_SHAPE = r"\(\s*\d+(?:\s*,\s*\d+){0,3}\s*,?\s*\)"
_TUPLE = re.compile(rf"(?P<shape>{_SHAPE})|\([^()]*,[^()]*,[^()]*,[^()]*\)")
_QUOTED = re.compile(
    r"""(?<!\w)[bfru]{0,2}(['"])(?:(?!\1).)*(?:\s|\S{25})(?:(?!\1).)*(?:\1(?!\w)|\Z)""", re.DOTALL
)
_OPEN = re.compile(r"[\[{][^\]}]{25,}\Z")
_NUMBERS = re.compile(rf"(?P<shape>{_SHAPE})|-?\b\d+(?:[\s,;:/|_+*-]+-?\d+){{2,}}\b|\d{{7,}}")


def without_values(text: str) -> str:
    """The text of a student's error, in which a value that is longer than a word is cut.

    An error's author may have written the hidden inputs into it: arrays, lists, dicts, texts, rows of
    numbers. Names, types, shapes and single small numbers stay, since they explain.
    """

    def unless_shape(found: re.Match[str]) -> str:
        return found["shape"] or "..."

    for _ in range(len(text)):  # from the inside out
        before = text
        text = _BRACES.sub("{...}", _BRACKETS.sub("[...]", text))
        if text == before:
            break
    text = _OPEN.sub("[...", text)  # the message itself was cut
    text = _QUOTED.sub(lambda found: f"{found[1]}...{found[1]}", text)
    text = _TUPLE.sub(lambda found: found["shape"] or "(...)", text)
    return short(_NUMBERS.sub(unless_shape, _FLOAT.sub("...", text)))


def where(case: Case) -> str:
    """Which inputs these were, by size and not by value."""
    inputs = ", ".join(f"`{name}` {size(value)}" for name, value in case.items())
    return f"For {inputs}: " if inputs else ""


def size(value: object) -> str:
    """How large a value is, in words."""
    if isinstance(value, np.ndarray):
        return f"of shape {value.shape}"
    if isinstance(value, dict):
        return f"with {len(value)} keys" if len(value) != 1 else "with 1 key"
    if isinstance(value, list | tuple):
        return f"with {len(value)} items" if len(value) != 1 else "with 1 item"
    if isinstance(value, str) and len(value) > 30:
        return f"of {len(value)} characters"
    if isinstance(value, float):
        return f"= {value:.3g}"
    return f"= {value!r}"


def listed(names: Iterable[object], last: str = "and") -> str:
    """`a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def axis_name(axis: int, letters: tuple[str, ...] | None, axes: int) -> str:
    """Such as "axis 1 (T)", or "the only axis"."""
    if axes == 1:
        return f"the {letters[0]} axis" if letters else "its only axis"
    return f"axis {axis} ({letters[axis]})" if letters else f"axis {axis}"
