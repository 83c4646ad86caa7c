"""What is known of a wrong answer, and what a look at it can find."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from grader.checks import Assignment, Case, Check
from grader.judging.difference import difference
from grader.sandbox.inside.wire import Answer

LONG = 1500
"""Lines that one call of the reference may execute before fewer experiments are made with it."""


@dataclass(frozen=True)
class CellError:
    """An error that a cell of the notebook ended with: its class, its text and its traceback."""

    name: str
    message: str
    traceback: str = ""


@dataclass(frozen=True)
class Context:
    """What the notebook tells besides the answers.

    Attributes
    ----------
    source : str
        The cell that should define the function, as the student left it.
    errors : tuple of CellError
        What this cell ended with, if with an error.
    ask : callable or None
        Calls the student's function once more, on other cases; no answers where that fails.
    left_out : frozenset of str
        Names that the notebook binds in cells that only show something, by code that doesn't
        run when grading.
    ask_changed : callable or None
        Calls, for each of some cases, the function as a source of its own defines it, beside all
        else that the student wrote; no answers where that fails.
    """

    source: str = ""
    errors: tuple[CellError, ...] = ()
    ask: Callable[[list[Case]], list[Answer]] | None = None
    left_out: frozenset[str] = frozenset()
    ask_changed: Callable[[list[Case], list[str]], list[Answer]] | None = None


@dataclass(frozen=True)
class Finding:
    """A mistake that explains what was seen.

    Attributes
    ----------
    kind : str
        How it was found: "known", "error", "relation", "experiment", "change" or "both".
    label : str
        Short and stable, for reports; known mistakes have plain labels, others "kind:what".
    hint : str
        One or two sentences to the student.
    weak : bool
        It says where the mistake is rather than what it is; a better word may be added.
    """

    kind: str
    label: str
    hint: str
    weak: bool = False


@dataclass(frozen=True)
class Evidence:
    """A wrong answer beside the right one, case by case.

    Attributes
    ----------
    lines : callable
        Of a case by its number, how many lines the reference executes, up to `LONG`.
    """

    assignment: Assignment
    check: Check
    cases: list[Case]
    expected: list[Answer]
    answers: list[Answer]
    context: Context = field(default_factory=Context)
    lines: Callable[[int], int] = lambda number: 0

    def agree(self, expected: object, given: object) -> bool:
        """Whether two values are the same by value, as this check compares."""
        check = self.check
        return difference(expected, given, check.rtol, check.atol, "", check.promises) is None

    def equal(self, expected: object, given: object) -> bool:
        """Whether they are the same by value, whatever their types."""
        return difference(expected, given, self.check.rtol, self.check.atol) is None

    @cached_property
    def right(self) -> tuple[bool, ...]:
        """Which cases are answered as they should be, side effects aside."""
        return tuple(
            bool(given.raised and wanted.raised[0] in given.raised)
            if wanted.raised
            else not given.raised and self.agree(wanted.value, given.value)
            for wanted, given in zip(self.expected, self.answers, strict=True)
        )

    @cached_property
    def telling_first(self) -> tuple[int, ...]:
        """The cases by number, the wrong ones first and the cheap before the costly.

        Most explanations fail in the first: the order decides how long it takes.
        """
        costs = [self.lines(number) for number in range(len(self.cases))]
        return tuple(sorted(range(len(self.cases)), key=lambda i: (self.right[i], costs[i])))

    @cached_property
    def long(self) -> bool:
        """Whether the reference has much to do: then less can be tried in its place."""
        return self.lines(self.telling_first[0]) >= LONG

    @cached_property
    def letters(self) -> Letters:
        """The names that the specification gives to the axes."""
        return Letters.of(getattr(self.assignment.reference, self.check.function, None))


_SHAPE = re.compile(
    r"\(([A-Za-z]\w*(?:\s*[-+]\s*\w+)?(?:,\s*\d*[A-Za-z]\w*(?:\s*[-+]\s*\w+)?)*),?\)"
)
_ARGUMENTS = re.compile(r"^\s*((?:\w+)(?:, ?\w+)*)\s*:\s(.*)$")


@dataclass(frozen=True)
class Letters:
    """Letters of axes, read off a specification's "(N, T, H)".

    Attributes
    ----------
    arguments : dict of str to tuple of tuple of str
        Of each argument: its shapes, each as letters.
    result : tuple of tuple of str
        The shapes of what is returned.
    """

    arguments: dict[str, tuple[tuple[str, ...], ...]]
    result: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, function: object) -> Letters:
        """The letters in a function's docstring; none where it has no docstring."""
        text = (getattr(function, "__doc__", None) or "") if callable(function) else ""
        before, _, after = text.partition("Returns")
        arguments: dict[str, tuple[tuple[str, ...], ...]] = {}
        for line in before.splitlines():
            found = _ARGUMENTS.match(line)
            if not found:
                continue
            names, shapes = re.split(r",\s*", found[1]), _shapes(found[2])
            for number, name in enumerate(names):
                own = shapes[number : number + 1] if len(shapes) == len(names) else shapes
                arguments.setdefault(name, own)
        return cls(arguments, _shapes(after))

    def of_result(self, axes: int) -> tuple[str, ...] | None:
        """The letters of a result with so many axes, where the specification leaves no choice."""
        fitting = {letters for letters in self.result if len(letters) == axes}
        return fitting.pop() if len(fitting) == 1 else None

    def of_argument(self, name: str, axes: int) -> tuple[str, ...] | None:
        """The letters of an argument with so many axes, where there is no choice."""
        fitting = {each for each in self.arguments.get(name, ()) if len(each) == axes}
        return fitting.pop() if len(fitting) == 1 else None


def _shapes(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(part.strip() for part in shape.split(",") if part.strip())
        for shape in _SHAPE.findall(text)
    )


def sizes(case: Case, letters: Letters) -> dict[str, int]:
    """The sizes that occur in a case, by the specification's letters or in words."""
    found: dict[str, int] = {}
    for name, value in case.items():
        if isinstance(value, np.ndarray) and value.ndim:
            names = letters.of_argument(name, value.ndim)
            for axis, size in enumerate(value.shape):
                text = names[axis] if names else f"the length of `{name}`"
                if not names and value.ndim > 1:
                    text = f"the size of axis {axis} of `{name}`"
                found.setdefault(text, size)
        elif isinstance(value, list | tuple | dict) and value:
            found.setdefault(f"the number of items in `{name}`", len(value))
    return found
