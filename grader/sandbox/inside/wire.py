"""Plain values over the boundary between the grader and a student's process.

A value becomes two lines of text: a JSON tree, and the bytes of all its arrays, one after the
other, in base64. The tree says of each array its dtype and shape and nothing else, so there is no
archive to unpack, no header to parse and no pickle: the number of bytes follows from the tree, and
must be there exactly. Every size is checked before memory is spent on it.

Both ends use this module; it needs NumPy and the standard library only.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_DEPTH = 16
MAX_ITEMS = 100_000
_DTYPE = re.compile(r"\|b1|\|[iu]1|<[iu][248]|<f[248]|<U[0-9]{1,7}")
_INTEGERS = range(-(2**63), 2**64)


class WireError(ValueError):
    """A value that cannot cross, or a text that is not a value."""


@dataclass(frozen=True)
class Unsupported:
    """Stands where something was that cannot cross; `type_name` says what."""

    type_name: str


@dataclass(frozen=True)
class Answer:
    """What a student's function did in one case. All of it is a claim of the student's process.

    Attributes
    ----------
    value : object
        What the call returned (None, bool, int, float, str, ndarray, list, tuple or dict),
        with NumPy scalars as the Python scalars that they equal and `Unsupported` for
        anything else.
    raised : tuple of str
        Names of the exception's class and of its bases, most special first; empty if none.
    message : str
        The exception's text, cut to a bounded length.
    changed : tuple of str
        Names of the inputs that the call changed.
    warnings : tuple of str
        "RuntimeWarning: overflow ...", a bounded number of bounded lines.
    seconds : float
        Time that the call took.
    line : str
        The expression of the student's code in which the exception arose, if known.
    shapes : str
        "`a` is (4, 3) and `b` is (2, 3)", the two sides of that expression, if known.
    """

    value: object = None
    raised: tuple[str, ...] = ()
    message: str = ""
    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    line: str = ""
    shapes: str = ""


def dump(value: object, *, lenient: bool = False, max_bytes: int | None = None) -> str:
    """The text of a value, for `load`.

    NumPy scalars become Python scalars; subclasses of the container types become the plain type, and
    a column of pandas (Series, Index, and what they hold) a list.

    Parameters
    ----------
    value : object
        None, a number, text, array, list, tuple or dict.
    lenient : bool, default False
        What cannot cross becomes an `Unsupported` leaf in place of an error.
    max_bytes : int, optional
        That the value may take.

    Returns
    -------
    str
        Two lines of ASCII.

    Raises
    ------
    WireError
        For what cannot cross, and always for more than `MAX_DEPTH` levels, `MAX_ITEMS` items
        or `max_bytes`.
    """
    writer = _Writer(lenient, math.inf if max_bytes is None else max_bytes)
    tree = writer.node(value, 0)
    text = json.dumps(tree) + "\n" + base64.b64encode(b"".join(writer.blocks)).decode()
    if max_bytes is not None and len(text) > text_length(max_bytes):
        raise WireError("too large")
    return text


def load(text: str, max_bytes: int) -> object:
    """The value that `dump` wrote.

    Arrays are fresh, contiguous and writeable. A lone surrogate in a string becomes "?", so that
    every string can be printed and stored.

    Parameters
    ----------
    text : str
        Anything that the other side sent.
    max_bytes : int
        That the value may take.

    Returns
    -------
    object
        The value.

    Raises
    ------
    WireError
        Where the text is not one of a value.
    """
    if not isinstance(text, str):
        raise WireError("the answer is not text")
    if len(text) > text_length(max_bytes):
        raise WireError(f"the answer is larger than {max_bytes} bytes")
    head, _, tail = text.partition("\n")
    tree = parse_json(head)
    try:
        block = base64.b64decode(tail, validate=True)
    except (binascii.Error, ValueError):
        raise WireError("the arrays are not in base64") from None
    reader = _Reader(block)
    value = reader.value(tree, 0)
    if reader.offset != len(block):
        raise WireError("there are more bytes than the arrays need")
    return value


def copied(value: object) -> object:
    """Return a value of the wire again that shares nothing with it, faster than `copy.deepcopy`."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: copied(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(copied, value))
    return value


def text_length(max_bytes: int) -> int:
    """Length of text that a value of `max_bytes` may take: base64 is a third longer."""
    return max_bytes * 4 // 3 + 1024


def parse_json(text: str | bytes) -> object:
    """Parse JSON from the other side.

    A list costs thirty times the two characters that write it, so brackets are counted first.

    Parameters
    ----------
    text : str or bytes
        Anything that the other side sent.

    Returns
    -------
    object
        What it stands for.

    Raises
    ------
    WireError
        Where it is wrong, or costly to hold.
    """
    if isinstance(text, str):
        brackets = text.count("[") + text.count("{")
    else:
        brackets = text.count(b"[") + text.count(b"{")
    if brackets > 4 * MAX_ITEMS:
        raise WireError("the answer has too many parts")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise WireError("the answer is not valid JSON") from None


def clean(text: str) -> str:
    """Return `text` with lone surrogates replaced, fit for UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _is_column(value: object) -> bool:
    """Whether it is one of pandas' columns; nothing imports pandas for that."""
    of_pandas = type(value).__module__.partition(".")[0] == "pandas"
    return of_pandas and getattr(value, "ndim", 0) == 1 and hasattr(value, "tolist")


class _Writer:
    def __init__(self, lenient: bool, max_bytes: float):
        self.lenient = lenient
        self.left = max_bytes
        self.items = 0
        self.blocks: list[bytes] = []

    def node(self, value: object, depth: int) -> object:
        self.items += 1
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} levels deep")
        if self.items > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} items")
        if isinstance(value, np.generic):
            value = float(value) if isinstance(value, np.longdouble) else value.item()
        if value is None or isinstance(value, bool | int | float | str):
            return self.scalar(value)
        if isinstance(value, np.ndarray):
            return self.array(value)
        if isinstance(value, list):
            return [self.node(v, depth + 1) for v in list(value)]
        if isinstance(value, tuple):
            return {"tuple": [self.node(v, depth + 1) for v in value]}
        if isinstance(value, dict):
            pairs = list(value.items())
            if all(isinstance(k, str | int | float | np.generic) for k, _ in pairs):
                return {"dict": [[self.key(k), self.node(v, depth + 1)] for k, v in pairs]}
            return self.unsupported("dict with other keys than text and numbers")
        if isinstance(value, Unsupported):
            return {"unsupported": str(value.type_name)[:200]}
        if _is_column(value):
            return self.node(value.tolist(), depth)  # type: ignore[attr-defined]
        return self.unsupported(type(value).__name__)

    def scalar(self, value: object) -> object:
        # str.__str__ and its like: a subclass may print itself as it pleases
        if isinstance(value, str):
            self.spend(len(value))
            return str.__str__(value)
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, int) and not isinstance(value, bool):
            value = int.__int__(value)
            if value not in _INTEGERS:
                return self.unsupported("int of more than 64 bits")
        return value

    def key(self, key: object) -> object:
        key = self.scalar(key.item() if isinstance(key, np.generic) else key)
        if isinstance(key, dict):
            raise WireError("a key of more than 64 bits")
        return key

    def array(self, array: np.ndarray) -> object:
        array = np.asarray(array)
        if array.dtype == np.longdouble:
            array = array.astype(np.float64)
        elif array.dtype.kind == "O":
            array = self.plain(array)
        elif array.dtype.kind == "T":  # strings of any length
            array = self.plain(array.astype(object))
        dtype = array.dtype.newbyteorder("<").str
        if array.dtype.kind == "U" and array.dtype.itemsize == 0:
            dtype = "<U1"
        if not _DTYPE.fullmatch(dtype):
            return self.unsupported(f"array of {array.dtype}")
        self.spend(array.size * np.dtype(dtype).itemsize)
        self.blocks.append(array.astype(dtype).tobytes())
        return {"array": [dtype, list(array.shape)]}

    def plain(self, objects: np.ndarray) -> np.ndarray:
        """An array of Python objects that are numbers, or strings, in a dtype of its own."""
        if objects.size > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} items")
        items = [v.item() if isinstance(v, np.generic) else v for v in objects.ravel().tolist()]
        kinds = {type(item) for item in items}
        if not items or (kinds - {int, float} and kinds not in ({bool}, {str})):
            return objects
        array = np.array(items, dtype=float if float in kinds else None)
        return array.reshape(objects.shape) if array.dtype.kind in "biufU" else objects

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise WireError("too large")

    def unsupported(self, name: str) -> object:
        if not self.lenient:
            raise WireError(f"cannot send a value of this kind: {name}")
        return {"unsupported": str(name)[:200]}


class _Reader:
    def __init__(self, block: bytes):
        self.block = block
        self.offset = 0
        self.items = 0

    def value(self, node: object, depth: int) -> object:
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise WireError("the answer is nested too deep or has too many parts")
        if isinstance(node, list):
            return [self.value(n, depth + 1) for n in node]
        if not isinstance(node, dict):
            return self.scalar(node)
        if len(node) != 1:
            raise WireError("the answer has a part of unknown kind")
        [(kind, content)] = node.items()
        if kind == "unsupported" and isinstance(content, str):
            return Unsupported(clean(content[:200]))
        if not isinstance(content, list):
            raise WireError("the answer has a part of unknown kind")
        if kind == "tuple":
            return tuple(self.value(n, depth + 1) for n in content)
        if kind == "dict":
            return self.mapping(content, depth)
        if kind == "array":
            return self.array(content)
        raise WireError("the answer has a part of unknown kind")

    def scalar(self, node: object) -> object:
        if isinstance(node, str):
            return clean(node)
        if isinstance(node, int) and node not in _INTEGERS:
            raise WireError("the answer has an int of more than 64 bits")
        return node

    def mapping(self, content: list[Any], depth: int) -> dict[Any, object]:
        result: dict[Any, object] = {}
        for pair in content:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("a dict of the answer is damaged")
            key = self.scalar(pair[0])
            if not isinstance(key, str | int | float):
                raise WireError("a dict of the answer has a key of unknown kind")
            result[key] = self.value(pair[1], depth + 1)
        if len(result) != len(content):
            raise WireError("a dict of the answer has a key twice")
        return result

    def array(self, content: list[Any]) -> np.ndarray:
        if len(content) != 2 or not isinstance(content[0], str):
            raise WireError("an array of the answer is damaged")
        name, shape = content
        if not _DTYPE.fullmatch(name):
            raise WireError("an array of the answer has an unknown dtype")
        if not isinstance(shape, list) or len(shape) > 32:
            raise WireError("an array of the answer has no usable shape")
        # bool is an int to isinstance, and True is no length
        if not all(type(n) is int and 0 <= n < 2**48 for n in shape):
            raise WireError("an array of the answer has no usable shape")
        dtype, count = np.dtype(name), math.prod(shape)
        end = self.offset + count * dtype.itemsize
        if dtype.itemsize == 0 or end > len(self.block):
            raise WireError("an array of the answer has fewer bytes than its shape needs")
        flat = np.frombuffer(self.block[self.offset : end], dtype).copy()
        self.offset = end
        if dtype.kind == "U":
            _check_characters(flat)
        elif dtype.kind == "b" and (flat.view(np.uint8) > 1).any():
            raise WireError("an array of the answer has truth values that are neither 0 nor 1")
        try:
            return flat.reshape(shape)
        except ValueError:
            raise WireError("an array of the answer has no usable shape") from None


def _check_characters(strings: np.ndarray) -> None:
    """NumPy takes any 32 bits for a character; Python then fails when it looks at one."""
    points = strings.view(np.uint32)
    if ((points > 0x10FFFF) | ((points >= 0xD800) & (points <= 0xDFFF))).any():
        raise WireError("an array of the answer has characters that do not exist")
