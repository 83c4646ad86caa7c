"""Finds what is wrong in an assignment's declarations before a student pays for it.

A misconception whose text has gone from the reference, a misspelt name in `needs`: while a class is
graded they would cost a student points, or a hint. Here they stop the build, each with its place in
the files and what to do about it.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import inspect
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader import assignments
from grader.checks import PROMISES, Assignment, Case, Check, Misconception, source_of
from grader.errors import GraderError


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do about it.

    Attributes
    ----------
    text : str
        The string in the files that is wrong; where it stands there more than once, the first
        place is told, or the last.
    """

    says: str
    text: str = ""
    last: bool = False


def require_sound(assignment: Assignment, name: str) -> None:
    """GraderError with a line for each wrong declaration of the assignment `name`."""
    course = assignments.course()
    files = [p for p in course.check_files(name) if p.parent == course.folder(name)]
    files.sort(key=lambda path: path != course.checks(name))  # it comes first
    found = [f"{_place(files, p)}: {p.says}" for p in problems(assignment, name)]
    if found:
        raise GraderError("\n".join(found))


def problems(assignment: Assignment, name: str) -> Iterator[Problem]:
    """Everything that is wrong, the whole assignment first, then check by check."""
    if assignment.name != name:
        yield Problem(f"the folder is {name!r}: give the assignment that name", assignment.name)
    if assignment.profile not in assignments.course().profiles:
        there = ", ".join(assignments.course().profiles)
        yield Problem(
            f"there is no profile {assignment.profile!r}: name one that course.toml has ({there})",
            assignment.profile,
        )
    functions = [check.function for check in assignment.checks]
    for double in _doubles(functions):
        yield Problem(f"two checks of {double!r}: a function has one", double, last=True)
    for check in assignment.checks:
        yield from _of_check(assignment, check, functions)


def _of_check(assignment: Assignment, check: Check, functions: Iterable[str]) -> Iterator[Problem]:
    about = f"the check of {check.function!r}"
    if not 0 < check.points < math.inf:
        yield Problem(f"{about} is worth {check.points:g} points: give it some", check.function)
    if not (check.seconds > 0 and check.max_bytes > 0 and check.rtol >= 0 and check.atol >= 0):
        yield Problem(
            f"{about} leaves no room for a right answer: seconds and max_bytes are more than 0, rtol"
            " and atol not less",
            check.function,
        )
    for promise in check.promises:
        if promise not in PROMISES:
            there = ", ".join(PROMISES)
            yield Problem(
                f"{about} knows no promise {promise!r}: there are {there}"
                f"{_perhaps(promise, PROMISES)}",
                promise,
            )
    for needed in check.needs:
        if needed not in functions or needed == check.function:
            yield Problem(
                f"{about} needs {needed!r}, which is not another check of this assignment"
                f"{_perhaps(needed, functions)}",
                needed,
            )
    for label in _doubles(known.label for known in check.misconceptions):
        yield Problem(f"{about} has two misconceptions {label!r}: rename one", label, last=True)
    try:
        source = source_of(assignment.reference, check.function)
    except (AttributeError, ValueError):
        yield Problem(
            f"{assignment.reference.__name__} has no {check.function!r}: write it there, or rename"
            f" the check{_perhaps(check.function, vars(assignment.reference))}",
            check.function,
        )
    else:
        for known in check.misconceptions:
            yield from _of_misconception(check, known, source)
    yield from _of_cases(assignment, check)


def _of_misconception(check: Check, known: Misconception, source: str) -> Iterator[Problem]:
    if not known.hint.strip():
        yield Problem(f"misconception {known.label!r}: a hint is missing", known.label)
    try:
        tree = ast.parse(known.code(source))
    except ValueError as error:  # says itself what to do
        gone = [old for old, _ in known.change if source.count(old) != 1]
        yield Problem(str(error), gone[0] if gone else known.label)
    except SyntaxError as error:
        yield Problem(
            f"misconception {known.label!r}: its code is not Python: {error.msg} in"
            f" {(error.text or '').strip()!r}",
            known.label,
        )
    else:
        if check.function not in _defined(tree):
            yield Problem(
                f"misconception {known.label!r}: its code defines no {check.function!r}",
                known.label,
            )


def _defined(tree: ast.Module) -> set[str]:
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def _of_cases(assignment: Assignment, check: Check) -> Iterator[Problem]:
    about = f"the check of {check.function!r}"
    try:
        cases = check.draw(np.random.default_rng(0))
    except Exception as error:
        yield Problem(f"{about} draws no cases: {type(error).__name__}: {error}", check.function)
        return
    if not cases:
        yield Problem(f"{about} draws no cases: one is needed at least", check.function)
        return
    for name in check.withheld:
        if any(name not in case for case in cases):
            yield Problem(
                f"{about} withholds {name!r}, which a case does not have{_perhaps(name, cases[0])}",
                name,
            )
    names = [tuple(check.inputs(case)) for case in cases]
    if len(set(names)) > 1:
        yield Problem(
            f"{about} draws cases of different inputs, {names[0]} and"
            f" {next(other for other in names if other != names[0])}: all are called in the same way",
            check.function,
        )
    elif check.call:
        yield from _of_expressions(assignment, check, cases[0])
    else:
        yield from _of_arguments(assignment, check, cases[0])


def _of_expressions(assignment: Assignment, check: Check, case: Case) -> Iterator[Problem]:
    """Whether `setup` and `call` are Python, and know all that they name."""
    known = {*vars(builtins), *vars(assignment.reference), check.function, *check.inputs(case)}
    for what, text, mode in (("setup", check.setup, "exec"), ("call", check.call, "eval")):
        try:
            tree = ast.parse(text, mode=mode)
        except SyntaxError as error:
            yield Problem(
                f"the {what} of the check of {check.function!r} is no Python: {error.msg} in"
                f" {(error.text or '').strip()!r}",
                text,
            )
            return
        known |= _bound(tree)
        for name in sorted(_used(tree) - known):
            yield Problem(
                f"the {what} of the check of {check.function!r} uses {name!r}, which is no input of"
                f" the cases and no name of {assignment.reference.__name__}{_perhaps(name, known)}",
                text,
            )


def _used(tree: ast.AST) -> set[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}


def _bound(tree: ast.AST) -> set[str]:
    """Every name that gets a value somewhere in the text."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
    return found


def _of_arguments(assignment: Assignment, check: Check, case: Case) -> Iterator[Problem]:
    """Whether the inputs, handed over by position, are in the order of the arguments."""
    function = getattr(assignment.reference, check.function, None)
    if not inspect.isfunction(function):
        return
    given, wanted = list(check.inputs(case)), list(inspect.signature(function).parameters)
    if given != wanted[: len(given)]:
        yield Problem(
            f"the check of {check.function!r} calls it with {', '.join(given)}, and its arguments are"
            f" {', '.join(wanted)}: name and order the inputs so, or give the check a `call`",
            check.function,
        )


def _doubles(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _perhaps(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _place(files: list[Path], problem: Problem) -> str:
    """File and line of a string that is the problem's text, best as what a call begins with."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}
    for strings in (_names, _strings):
        for path, tree in trees.items():
            lines = [n.lineno for n in strings(tree) if n.value == problem.text]
            if lines:
                return f"{path}:{max(lines) if problem.last else min(lines)}"
    return str(files[0])


def _strings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def _names(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that are the first argument of a call: of `Check`, `mistake`, `Assignment`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            yield node.args[0]
