"""Right helpers for follow-through marks: they stand in where the student's own are wrong.

A stand-in runs in the grader's process, on arguments that a student's process chose. So it answers only
calls of the kind that its own check makes: nothing that would keep the grader busy, or fill its memory.
"""

from __future__ import annotations

import inspect
import math
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.checks import Assignment, Case, Check
from grader.judging.judge import WARNINGS
from grader.sandbox.inside.wire import copied

ROOM = 64
"""How many times as large as in the cases the arguments of a stand-in may be, and their work."""


def stand_in(assignment: Assignment, check: Check, cases: Iterable[Case]) -> Callable[..., object]:
    """The reference function of a check, for calls of the kind that `cases` are.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        Of the function.
    cases : iterable of Case
        By which the size of a call is measured: its own check's, and those of whoever calls it.

    Returns
    -------
    callable
        The function. It raises TypeError for arguments that it doesn't take and ValueError
        for those that are far larger than any in `cases`; else what the reference raises.
    """
    function: Callable[..., object] = getattr(assignment.reference, check.function)
    signature = inspect.signature(function)
    drawn = [list(case.values()) for case in cases]
    most = ROOM * max(map(_size, drawn), default=1)
    most_work = ROOM * max(map(_work, drawn), default=1)

    def answer(*arguments: object, **named: object) -> object:
        signature.bind(*arguments, **named)
        given = [*arguments, *named.values()]
        if _size(given) > most or _work(given) > most_work:
            raise ValueError(
                f"{check.function} was called with far larger arguments than it is for"
            )
        with WARNINGS, warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return function(*map(copied, arguments), **{n: copied(v) for n, v in named.items()})

    return answer


def right_helpers(
    assignment: Assignment, check: Check, wrong: Iterable[str], draw: Callable[[Check], list[Case]]
) -> dict[str, Callable[..., object]]:
    """Stand-ins for the functions that a check needs and that are wrong.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        Whose function is to be asked again.
    wrong : iterable of str
        Functions that were found wrong.
    draw : callable
        `draw(check)`: cases of a check; by the size of those of the helper and of its caller a
        stand-in knows what calls are for it.

    Returns
    -------
    dict of str to callable
        Right functions by name; empty where none is needed.
    """
    wanted = set(wrong)
    return {
        name: stand_in(assignment, assignment[name], [*draw(assignment[name]), *draw(check)])
        for name in check.needs
        if name in wanted and assignment[name].judge is None
    }


def _work(arguments: list[Any]) -> float:
    """What is done for each entry as often as the whole numbers say: texts cut to a length, say."""
    counts = [each for each in arguments if type(each) is int]
    rest = [each for each in arguments if type(each) is not int]
    return _size(rest) * math.prod(max(1.0, float(abs(each))) for each in counts)


def _size(arguments: list[Any]) -> float:
    """Entries, characters and the work that a whole number may ask for, all together."""
    return 1.0 + sum(
        max(1.0, float(abs(each))) if type(each) is int else _entries(each) for each in arguments
    )


def _entries(value: Any) -> float:
    """Entries and characters; a number inside of something is data, whatever its value."""
    if isinstance(value, np.ndarray):
        return max(1.0, float(value.size))
    if isinstance(value, str):
        return max(1.0, float(len(value)))
    if isinstance(value, bool | int | float) or value is None:
        return 1.0
    if isinstance(value, dict):
        return 1.0 + sum(_entries(key) + _entries(entry) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return 1.0 + sum(map(_entries, value))
    return float("inf")  # `Unsupported`, or what nobody sends
