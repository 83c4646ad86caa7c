"""Runs the reference, and functions like it, in the grader's own process: as a check calls it."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import CodeType, FrameType
from typing import Any

import numpy as np

from grader.checks import Assignment, Case, Check, Misconception, source_of
from grader.judging.difference import difference
from grader.sandbox.inside.scope import scope as names_of
from grader.sandbox.inside.trace import place
from grader.sandbox.inside.wire import Answer, copied, dump, load

Namespace = dict[str, Any]


@cache
def _compiled(source: str, name: str, mode: str) -> CodeType:
    """The same sources are needed for every submission; compiling takes longer than running them."""
    return compile(source, name, mode)


@cache
def wrong_source(known: Misconception, reference: str) -> str:
    """The source of a known misconception's function; made once."""
    return known.code(reference)


def reference_source(assignment: Assignment, check: Check) -> str:
    """The source of the reference function that a check grades."""
    return source_of(assignment.reference, check.function)


def reference_answers(assignment: Assignment, check: Check, cases: list[Case]) -> list[Answer]:
    """What the reference function does with the cases."""
    return answers_of(assignment, check, reference_source(assignment, check), cases)


def answers_of(
    assignment: Assignment,
    check: Check,
    source: str,
    cases: list[Case],
    helpers: Mapping[str, object] | None = None,
) -> list[Answer]:
    """The same call as in the student's process, with the function that `source` defines.

    `helpers` take the place of other functions of the reference that it calls.
    """
    scope = namespace(assignment, check, source, helpers)
    return [answer(check, scope, case, source) for case in cases]


def lines_of(assignment: Assignment, check: Check, case: Case, most: int) -> int:
    """How many lines of Python the check's call executes with the reference; no more than `most`."""
    scope = namespace(assignment, check, reference_source(assignment, check))
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        nonlocal count
        count += 1
        if count > most:
            raise _Enough
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        answer(check, scope, case)
    except _Enough:
        pass
    finally:
        sys.settrace(before)
    return count


class _Enough(BaseException):
    """Not an Exception: a function may catch those."""


_LEAST_SQUARES = "SVD did not converge in Linear Least Squares"
_SVD = "SVD did not converge"


def _refusing(function: Callable[..., Any], message: str) -> Callable[..., Any]:
    """NumPy's, without the lines that LAPACK prints to the terminal before NumPy raises.

    Wrong functions often come to a matrix with nan in it, and nobody has asked for those lines.
    """

    def finite_only(a: Any, *arguments: Any, **keywords: Any) -> Any:
        if (matrix := np.asarray(a)).dtype.kind in "fc" and not np.isfinite(matrix).all():
            raise np.linalg.LinAlgError(message)
        return function(a, *arguments, **keywords)

    return finite_only


_LOUD = {name: getattr(np.linalg, name) for name in ("lstsq", "pinv", "svd")}
_QUIET = {
    name: _refusing(function, _LEAST_SQUARES if name == "lstsq" else _SVD)
    for name, function in _LOUD.items()
}


@contextmanager
def _quiet_lapack() -> Iterator[None]:
    """For the function itself and for those of the reference that it calls."""
    before = {name: getattr(np.linalg, name) for name in _QUIET}
    vars(np.linalg).update(_QUIET)
    try:
        yield
    finally:
        vars(np.linalg).update(before)


def namespace(
    assignment: Assignment,
    check: Check,
    source: str,
    helpers: Mapping[str, object] | None = None,
) -> Namespace:
    """The reference's names with those that `source` defines."""
    scope = dict(vars(assignment.reference)) | dict(helpers or {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(_compiled(source, f"<{check.function}>", "exec"), scope)
    return scope


def answer(check: Check, scope: Namespace, case: Case, source: str = "") -> Answer:
    """What the check's call gives on one case, with the functions of a namespace."""
    sent = check.inputs(case)
    inputs: Case = copied(sent)  # type: ignore[assignment]
    prepare = _compiled(check.setup, "<setup of the check>", "exec")
    call = _compiled(check.expression(case), "<call of the check>", "eval")
    value: object = None
    raised: tuple[str, ...] = ()
    message, line, shapes = "", "", ""
    with warnings.catch_warnings(record=True) as caught, _quiet_lapack():
        warnings.simplefilter("always")
        try:
            value = eval(call, names_of(prepare, call, inputs, scope))
            if check.apart:
                value = _apart(check, sent, value)
        except Exception as error:
            raised = tuple(each.__name__ for each in type(error).__mro__)
            message = str(error)[:1000]
            line, shapes = place(error, source)
    changed = tuple(n for n in sent if difference(sent[n], inputs[n], rtol=0, atol=0) is not None)
    return Answer(
        value=value,
        raised=raised,
        message=message,
        changed=changed,
        warnings=tuple(f"{w.category.__name__}: {w.message}" for w in caught),
        line=line,
        shapes=shapes,
    )


def _apart(check: Check, sent: Case, value: object) -> object:
    """What is made of a value that has crossed to another process, here without one."""
    given = load(dump(value, lenient=True), check.max_bytes)
    prepare = _compiled(check.setup, "<setup of the check>", "exec")
    examine = _compiled(check.apart, "<call of the check>", "eval")
    return eval(examine, names_of(prepare, examine, {**sent, "given": given}, {}))


def same(check: Check, wrong: Answer, given: Answer) -> bool:
    """Whether two functions did the same: value or exception, and side effects."""
    if bool(wrong.raised) != bool(given.raised) or set(wrong.changed) != set(given.changed):
        return False
    if check.silent and bool(wrong.warnings) != bool(given.warnings):
        return False
    if wrong.raised:
        return wrong.raised[0] == given.raised[0]
    return difference(wrong.value, given.value, check.rtol, check.atol) is None
