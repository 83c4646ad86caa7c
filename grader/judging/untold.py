"""An answer that came with a right helper, without the words in which it could carry off what that gave.

Hidden inputs are the same at each hand-in. A function that is lent a right helper can ask it for what its
own helper should give there, and hand in again with these numbers, if a hint brings them back: in the text
or the name of an error, in the names of keys and types, in a shape. So a hint repeats of such an answer
only words that stand in the specification, the inputs, the student's cell or Python itself.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from grader.checks import Case, Check
from grader.sandbox.inside.wire import Answer, Unsupported

SMALL = 10
"""Below it any size is told; a larger one only where it follows from the sizes of the inputs."""
MOST_AXES = 4
"""With more, the sizes of one array could spell a number."""
_ENCOUNTERED = re.compile(r"RuntimeWarning: [a-z ]{1,20} encountered in (\w+)")
_TYPES = {"generator", "map", "zip", "filter", "dict_keys", "dict_values", "dict_items", "function"}


def untold(
    aided: Answer, own: Answer, check: Check, case: Case, source: str, documented: str
) -> Answer:
    """The answer with such words left out.

    Parameters
    ----------
    aided : Answer
        What the function gave with right helpers.
    own : Answer
        What it gave on the same inputs with the student's own: nothing in it is a right helper's.
    check : Check
        Of the function.
    case : Case
        The inputs.
    source : str
        The cell that defines the function.
    documented : str
        The function's specification.

    Returns
    -------
    Answer
        With the same value, where all of it is of the kind that is asked for.
    """
    if _same_error(aided, own):
        return replace(aided, value=None)
    inputs = check.inputs(case)
    words = set(re.findall(r"\w+", documented)) | set(_keys_in([*inputs.values(), own.value]))
    sizes = _sizes_of([*inputs.values(), own.value])
    raised = tuple(name for name in aided.raised if _is_error(name))
    return replace(
        aided,
        value=_plain(aided.value, words, sizes),
        raised=raised or ("Exception",) * bool(aided.raised),
        message="",
        line=aided.line if _stands_in(aided.line, source) else "",
        shapes=_small(aided.shapes, source, sizes),
        warnings=tuple(map(_of_numpy, aided.warnings)),
    )


def _same_error(aided: Answer, own: Answer) -> bool:
    return bool(aided.raised) and (aided.raised, aided.line, aided.message, aided.shapes) == (
        own.raised,
        own.line,
        own.message,
        own.shapes,
    )


def _stands_in(text: str, source: str) -> bool:
    """Whatever its quotation marks and white space."""
    text, source = ("".join(each.replace('"', "'").split()) for each in (text, source))
    return text in source


def _small(shapes: str, source: str, sizes: Collection[int]) -> str:
    """The shapes of parts of the cell, without sizes that could be a message."""
    if not re.fullmatch(r"(?:(?:`[^`]+` is \([\d, ]*\))(?: and )?)+", shapes):
        return ""
    if not all(_stands_in(text, source) for text in re.findall("`([^`]+)`", shapes)):
        return ""
    told = [each[1] for each in re.finditer(r"` is \(([\d, ]*)\)", shapes)]
    if any(len(re.findall(r"\d+", each)) > MOST_AXES for each in told):
        return ""

    def cut(shape: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda n: n[0] if _told(int(n[0]), sizes) else "...", shape[0])

    return re.sub(r"(?<=` is )\([\d, ]*\)", cut, shapes)


def _told(size: int, sizes: Collection[int]) -> bool:
    return size < SMALL or size in sizes


def _sizes_of(values: list[object]) -> set[int]:
    """The lengths in some values, and what a mistake makes of them: one more, one less, two together."""
    own = {size for value in values for size in _lengths(value)}
    pairs = {size for a in own for b in own for size in (a + b, a * b)}
    return own | {size + 1 for size in own} | {size - 1 for size in own} | pairs


def _lengths(value: object) -> set[int]:
    if isinstance(value, np.ndarray):
        return set(value.shape)
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return {abs(int(value))}
    if isinstance(value, dict):
        return {len(value)}.union(*map(_lengths, value.values()))
    if isinstance(value, list | tuple):
        return {len(value)}.union(*(_lengths(part) for part in value if not isinstance(part, int)))
    return set()


def _is_error(name: str) -> bool:
    found = getattr(builtins, name, None) or getattr(np.linalg, name, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def _of_numpy(warning: str) -> str:
    """A warning of NumPy's as it is, any other by no more than that it was one."""
    found = _ENCOUNTERED.fullmatch(warning)
    return warning if found and hasattr(np, found[1]) else "Warning"


def _keys_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*map(str, value), *_keys_in(list(value.values()))]
    if isinstance(value, list | tuple):
        return [key for part in value for key in _keys_in(part)]
    return []


def _of_other_size(value: object, sizes: Collection[int]) -> bool:
    """Whether the size of a value could be a message."""
    if isinstance(value, np.ndarray):
        return value.ndim > MOST_AXES or not all(_told(size, sizes) for size in value.shape)
    return isinstance(value, dict | list | tuple) and not _told(len(value), sizes)


def _plain(value: object, words: Collection[str], sizes: Collection[int]) -> object:
    if isinstance(value, Unsupported):
        name = value.type_name
        return value if hasattr(builtins, name) or name in _TYPES else Unsupported("object")
    if _of_other_size(value, sizes):
        return Unsupported(f"{type(value).__name__} (of another size)")
    if isinstance(value, dict):
        return {
            key if str(key) in words else f"key {number}": _plain(part, words, sizes)
            for number, (key, part) in enumerate(value.items(), start=1)
        }
    if isinstance(value, list):
        return [_plain(part, words, sizes) for part in value]
    if isinstance(value, tuple):
        return tuple(_plain(part, words, sizes) for part in value)
    return value
