"""Answers the grader's questions with the student's functions.

Everything here runs beside the student's code and can be bent by it. That is no loss: what it
sends is a claim about that student's functions, and the grader believes nothing else.
"""

from __future__ import annotations

import contextlib
import io
import time
import warnings
from collections.abc import Iterator
from types import CodeType
from typing import Any

import numpy as np

from . import trace, wire
from .scope import scope

MAX_TEXT = 1000
MAX_WARNINGS = 20


def answer_all(
    namespace: dict[str, Any], call: str, setup: str, cases: str, max_bytes: int
) -> list[dict[str, object]]:
    """Evaluate `call` on every case; return one entry for each, or fewer where it is interrupted.

    Of the names in `namespace` the call finds those that it asks for (`scope`).
    """
    prepare = compile(setup, "<setup of the check>", "exec")
    evaluate = compile(call, "<call of the check>", "eval")
    answers: list[dict[str, object]] = []
    left = max_bytes
    for case in wire.load(cases, len(cases)):  # type: ignore[attr-defined]
        answer, interrupted = _answer(namespace, prepare, evaluate, case, left)
        left -= len(str(answer["value"]))
        answers.append(answer)
        if interrupted:
            break
    return answers


def _answer(
    namespace: dict[str, Any],
    prepare: CodeType,
    evaluate: CodeType,
    case: dict[str, object],
    max_bytes: int,
) -> tuple[dict[str, object], bool]:
    inputs: dict[str, Any] = wire.copied(case)  # type: ignore[assignment]
    value, text = None, ""
    error: BaseException | None = None
    start = time.perf_counter()
    with _quiet(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            names = scope(prepare, evaluate, inputs, namespace)
            with np.errstate(all="warn", under="ignore"):
                start = time.perf_counter()
                value = eval(evaluate, names)
        except BaseException as raised:
            error = raised
            text = _text(raised)
    seconds = time.perf_counter() - start
    line, shapes = trace.place(error) if error is not None else ("", "")
    answer: dict[str, object] = {
        "value": _portable(value, max_bytes),
        "raised": [c.__name__ for c in type(error).__mro__[:-1]] if error is not None else [],
        "message": text,
        "changed": [name for name in case if not same(case[name], inputs[name])],
        "warnings": [f"{w.category.__name__}: {_text(w.message)}" for w in caught[:MAX_WARNINGS]],
        "seconds": seconds,
        "line": wire.clean(line),
        "shapes": wire.clean(shapes),
    }
    return answer, isinstance(error, KeyboardInterrupt)


def same(a: Any, b: Any) -> bool:
    """Whether two values of the wire are the same in type, dtype, shape and every element."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return bool(a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes())
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b or (a != a and b != b))  # nan


def _portable(value: object, max_bytes: int) -> str:
    try:
        return wire.dump(value, lenient=True, max_bytes=max(0, max_bytes))
    except Exception as error:
        reason = error if isinstance(error, wire.WireError) else "it cannot be read"
        return wire.dump(wire.Unsupported(f"{type(value).__name__} ({reason})"))


def _text(value: object) -> str:
    try:
        return wire.clean(str(value)[:MAX_TEXT])
    except Exception:
        return ""


class _Nowhere(io.TextIOBase):
    """Swallows what is written to it."""

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with contextlib.redirect_stdout(_Nowhere()), contextlib.redirect_stderr(_Nowhere()):
        yield
