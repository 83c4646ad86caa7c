"""Right helpers for follow-through marks: they stand in where the student's own are wrong.

A stand-in runs in the grader's process, on arguments that a student's process chose. So it answers only
calls of the kind that its own check makes: nothing that would keep the grader busy, or fill its memory.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.checks import Assignment, Case, Check
from grader.judging.judge import WARNINGS
from grader.sandbox.inside.wire import copied

ROOM = 64
"""How many times as large as in its own check's cases the arguments of a stand-in may be."""


def stand_in(assignment: Assignment, check: Check, cases: Iterable[Case]) -> Callable[..., object]:
    """The reference function of a check, for calls of the kind that `cases` are.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        Of the function.
    cases : iterable of Case
        By which the size of a call is measured.

    Returns
    -------
    callable
        The function. It raises TypeError for arguments that it doesn't take and ValueError
        for those that are far larger than any in `cases`; else what the reference raises.
    """
    function: Callable[..., object] = getattr(assignment.reference, check.function)
    signature = inspect.signature(function)
    most = ROOM * max((_size(list(case.values())) for case in cases), default=1)

    def answer(*arguments: object, **named: object) -> object:
        signature.bind(*arguments, **named)
        if _size([*arguments, *named.values()]) > most:
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
        `draw(check)`: cases of it, by whose size a stand-in knows what calls are for it.

    Returns
    -------
    dict of str to callable
        Right functions by name; empty where none is needed.
    """
    wanted = set(wrong)
    return {
        name: stand_in(assignment, assignment[name], draw(assignment[name]))
        for name in check.needs
        if name in wanted and assignment[name].judge is None
    }


def _size(value: Any) -> float:
    """Entries, characters and the work that a whole number may ask for, all together."""
    if isinstance(value, np.ndarray):
        return float(value.size)
    if isinstance(value, str):
        return float(len(value))
    if isinstance(value, bool | float) or value is None:
        return 1.0
    if isinstance(value, int):
        return max(1.0, float(abs(value)))
    if isinstance(value, dict):
        return 1.0 + sum(_size(key) + _size(entry) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return 1.0 + sum(map(_size, value))
    return float("inf")  # `Unsupported`, or what nobody sends
