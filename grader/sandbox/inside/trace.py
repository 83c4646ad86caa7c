"""Where in a student's code an error arose, and the shapes of what the code worked on there."""

from __future__ import annotations

import ast
import itertools
import linecache
from types import FrameType, TracebackType
from typing import Any

import numpy as np

MAX_TEXT = 200
_NOT_THE_STUDENTS = ("<call of", "<setup of", "<frozen", "<__array_function__", "<string>")


def place(error: BaseException, source: str = "") -> tuple[str, str]:
    """Where in the code an error arose.

    Parameters
    ----------
    error : BaseException
        With its traceback.
    source : str, default ''
        The code, where Python does not know it by its file's name.

    Returns
    -------
    (str, str)
        The expression, and the shapes of its two sides; "" where unknown.
    """
    try:
        found = _innermost(error.__traceback__)
        if found is None:
            return "", ""
        text = _segment(found, source)
        return text[:MAX_TEXT], _shapes(text, found.tb_frame)[:MAX_TEXT]
    except (
        Exception
    ):  # it is the student's frame: whatever stands in it, there is an error to report
        return "", ""


def _innermost(trace: TracebackType | None) -> TracebackType | None:
    """The last entry of a traceback that is in a cell of the notebook."""
    found = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<") and not name.startswith(_NOT_THE_STUDENTS):
            found = trace
        trace = trace.tb_next
    return found


def _segment(trace: TracebackType, source: str) -> str:
    code = trace.tb_frame.f_code
    positions = next(itertools.islice(code.co_positions(), trace.tb_lasti // 2, None))
    first, last, start, end = positions
    if first is None or last is None or start is None or end is None:
        first = last = trace.tb_lineno
        start, end = 0, 10_000
    lines = source.splitlines() or [
        line.rstrip("\n") for line in linecache.getlines(code.co_filename)
    ]
    chosen = [line.encode() for line in lines[first - 1 : last]]  # columns count bytes
    if not chosen:
        return ""
    chosen[-1] = chosen[-1][:end]
    chosen[0] = chosen[0][start:]
    return " ".join(line.decode(errors="replace").strip() for line in chosen)


def _shapes(text: str, frame: FrameType) -> str:
    """Such as "h is (3, 4) and W is (2, 4)" for `h @ W`, as far as names say it."""
    tree = ast.parse(text, mode="eval").body
    if isinstance(tree, ast.BinOp):
        sides = [tree.left, tree.right]
    elif isinstance(tree, ast.Call):
        sides = list(tree.args)
        if len(sides) == 1 and isinstance(sides[0], ast.List | ast.Tuple):
            sides = sides[0].elts
    else:
        return ""
    found = []
    for side in sides[:3]:
        value = _value(side, frame)
        if isinstance(value, np.ndarray) and len(ast.unparse(side)) <= 30:
            found.append(f"`{ast.unparse(side)}` is {value.shape}")
    return " and ".join(found) if len(found) > 1 else ""


def _value(node: ast.expr, frame: FrameType) -> object:
    """What plain names, their transposes and their parts stand for; nothing is called."""
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute) and node.attr == "T":
        value: Any = _value(node.value, frame)
        return value.T if type(value) is np.ndarray else None
    if isinstance(node, ast.Subscript):
        value = _value(node.value, frame)
        return value[_index(node.slice, frame)] if type(value) in (np.ndarray, dict) else None
    return None


def _index(node: ast.expr, frame: FrameType) -> object:
    if isinstance(node, ast.Tuple):
        return tuple(_index(each, frame) for each in node.elts)
    if isinstance(node, ast.Slice):
        edges = (node.lower, node.upper, node.step)
        return slice(*(None if edge is None else _value(edge, frame) for edge in edges))
    return _value(node, frame)
