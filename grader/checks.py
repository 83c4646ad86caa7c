"""The vocabulary in which an assignment says what is checked.

A `Check` grades one function of the contract: it draws inputs, and by default the student's answers
are compared with what the reference function gives on the same inputs. Its misconceptions are known
wrong implementations, each with the sentence that the student who makes this mistake gets to read;
they explain a wrong answer, and they prove that the check rejects it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import numpy as np

PROMISES = {
    "int": "what is a whole number in the reference's result has a type of whole numbers",
    "array": "what is an array in the reference's result is a NumPy array, not nested lists",
}
"""What a specification can promise of types. Without it a value is right that equals the right one."""

Case = dict[str, object]
"""The inputs of one call by name, in the order of the function's arguments."""


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation and the sentence that sets its author right.

    Attributes
    ----------
    label : str
        Short and stable, words joined by hyphens; appears in reports.
    hint : str
        What the student reads. Names the mistake and why it is one; never shows the
        reference's code or values.
    change : tuple of (str, str)
        Pairs of old and new text in the body of the reference function, each old one standing
        there exactly once.
    source : str
        In its place: the whole wrong function, where a change of the reference cannot express
        it.
    """

    label: str
    hint: str
    change: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def code(self, reference: str) -> str:
        """The wrong function's source.

        Parameters
        ----------
        reference : str
            The reference function's source.

        Returns
        -------
        str
            Source that defines a function of the same name.

        Raises
        ------
        ValueError
            Where the reference lacks the text to change, or has it more than once.
        """
        if bool(self.change) == bool(self.source):
            raise ValueError(f"misconception {self.label!r}: give either change or source")
        if self.source:
            return textwrap.dedent(self.source).strip() + "\n"
        reference = without_docstring(reference)
        for old, new in self.change:
            if reference.count(old) != 1:
                raise ValueError(
                    f"misconception {self.label!r}: {old!r} stands {reference.count(old)} times in"
                    " the reference, not once; adapt the change to the solution as it is now"
                )
            reference = reference.replace(old, new)
        return reference


def mistake(label: str, hint: str, *change: str, source: str = "") -> Misconception:
    """A `Misconception` in short.

    Either `mistake(label, hint, old, new, ...)` or `mistake(label, hint, source=...)`.

    Parameters
    ----------
    label : str
        Short and stable, words joined by hyphens.
    hint : str
        What the student reads; white space in it is evened out.
    *change : str
        Text of the reference and what stands in its place, by turns.
    source : str, default ''
        The whole wrong function, in place of changes.

    Returns
    -------
    Misconception
        The misconception.
    """
    pairs = tuple(zip(change[::2], change[1::2], strict=True))
    return Misconception(label, " ".join(hint.split()), pairs, source)


@dataclass(frozen=True)
class Outcome:
    """What a property check found: `score` from 0 (wrong) to 1 (right), and why it is not 1.

    Attributes
    ----------
    misconception : str or None
        The label of a known mistake.
    lacks : str
        Where it is none, a short and stable name of the property that fails, for reports.
    """

    score: float
    hint: str = ""
    misconception: str | None = None
    lacks: str = ""


def case_by_case(
    problem: Callable[[Case, object], Outcome | str | None], misconceptions: Sequence[Misconception]
) -> Callable[[list[Case], list[object]], Outcome]:
    """A property check that is passed if no case has a problem.

    Parameters
    ----------
    problem : callable
        `problem(case, answer)`: None where all is well, the label of one of the
        misconceptions, whose hint is then given, or an Outcome of its own.
    misconceptions : sequence of Misconception
        Those whose labels `problem` gives.

    Returns
    -------
    callable
        The `judge` of a `Check`.
    """
    hints = {known.label: known.hint for known in misconceptions}

    def judge(cases: list[Case], answers: list[object]) -> Outcome:
        for case, answer in zip(cases, answers, strict=True):
            found = problem(case, answer)
            if found is not None:
                return found if isinstance(found, Outcome) else Outcome(0, hints[found], found)
        return Outcome(1)

    return judge


def type_name(value: object) -> str:
    """What a student calls the type of an answer, also of one that could not be sent as it was."""
    return str(getattr(value, "type_name", type(value).__name__))


@dataclass(frozen=True)
class Check:
    """How one function (or one variable that holds an answer) is graded.

    Attributes
    ----------
    function : str
        Its name in the contract.
    points : float
        What it is worth.
    draw : callable
        rng -> list of cases. Sizes should all differ, so that a wrong axis shows.
    misconceptions : tuple of Misconception
        Known mistakes, the likeliest first.
    call : str
        Python expression evaluated with the case's inputs as names, in the student's process
        and, with the reference function under the same name, in the grader's. Default: the
        function on all inputs.
    setup : str
        Statements run before it (what a plain value cannot carry: a function, a generator).
        They find none of the notebook's names, and import what they need; the call finds those
        that it asks for and that are no inputs, not the setup's and not built in.
    apart : str
        Expression evaluated on what the call gave, as `given`, in a fresh process that has run
        nothing of the student's, after the same setup and with the same inputs. Its value takes
        the place of the call's. For what only code can read: a file, a network. Where it gives
        none, `judge` finds an `Unsupported` there.
    judge : callable or None
        Property check in place of the comparison: (cases, answers) -> Outcome. `answers` are
        the plain values; called only if every call returned one.
    needs : tuple of str
        Functions of the same assignment that a solution usually calls: where one of them is
        wrong too, the student is sent there first.
    withheld : tuple of str
        Names in a case that never leave the grader: what only `judge` may see.
    silent : bool
        The contract forbids warnings.
    seconds : float
        Time for all cases together, in the student's process.
    rtol, atol : float
        Tolerances of the comparison by value.
    promises : tuple of str
        Which types the specification promises, of `PROMISES`: all else is compared by value
        alone.
    """

    function: str
    points: float
    draw: Callable[[np.random.Generator], list[Case]]
    misconceptions: tuple[Misconception, ...] = ()
    call: str = ""
    setup: str = ""
    apart: str = ""
    judge: Callable[[list[Case], list[object]], Outcome] | None = None
    needs: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    silent: bool = False
    seconds: float = 20.0
    max_bytes: int = 8 << 20
    rtol: float = 1e-6
    atol: float = 1e-9
    promises: tuple[str, ...] = ()

    def inputs(self, case: Case) -> Case:
        """What the student's process gets of a case."""
        return {name: value for name, value in case.items() if name not in self.withheld}

    def expression(self, case: Case) -> str:
        """The call as Python text."""
        return self.call or f"{self.function}({', '.join(self.inputs(case))})"

    def expression_after(self, source: str, case: Case) -> str:
        """The call as Python text, of the function as the text that the name `source` holds defines it.

        It is defined beside all else that the student wrote.

        Parameters
        ----------
        source : str
            A name that no case has.
        case : dict of str to object
            Inputs by name.

        Returns
        -------
        str
            A Python expression.
        """
        name = self.function
        changed = f"(lambda names: (exec({source}, names), names[{name!r}])[1])"
        return f"({name} := {changed}(dict({name}.__globals__)), {self.expression(case)})[1]"


@dataclass(frozen=True)
class Assignment:
    """One assignment: its checks in the notebook's order and the module that solves it.

    Attributes
    ----------
    profile : str
        The name of a profile in `course.toml`: what the warm process has imported already.
    minutes : int
        How long the sheet takes; it says so in the place of `{{ minutes }}`.
    """

    name: str
    reference: ModuleType
    checks: tuple[Check, ...]
    profile: str = "numpy"
    minutes: int = 60
    files: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, function: str) -> Check:
        for check in self.checks:
            if check.function == function:
                return check
        raise KeyError(f"{self.name} has no check of {function!r}")

    @property
    def max_score(self) -> float:
        """The points of all checks together."""
        return sum(check.points for check in self.checks)


@cache
def source_of(module: ModuleType, name: str) -> str:
    """The text of a function, or of an assignment with the comment above it, in a module.

    Parameters
    ----------
    module : module
        That was imported from a file.
    name : str
        Defined at its top level.

    Returns
    -------
    str
        Its lines as they stand in the file.

    Raises
    ------
    ValueError
        Where the module defines no such name.
    """
    value = getattr(module, name)
    if inspect.isfunction(value):
        return inspect.getsource(value)
    lines = inspect.getsource(module).splitlines(keepends=True)
    for node in ast.parse("".join(lines)).body:
        targets = node.targets if isinstance(node, ast.Assign) else ()
        if any(getattr(target, "id", None) == name for target in targets):
            first = node.lineno - 1
            while first and lines[first - 1].startswith("#"):
                first -= 1
            return "".join(lines[first : node.end_lineno])
    raise ValueError(f"{module.__name__} defines no {name!r} at its top level")


def without_docstring(source: str) -> str:
    """A function's source without its docstring; other source as it is."""
    node = ast.parse(source).body[0]
    if not isinstance(node, ast.FunctionDef) or ast.get_docstring(node) is None:
        return source
    lines = source.splitlines(keepends=True)
    docstring = node.body[0]
    return "".join(lines[: docstring.lineno - 1] + lines[docstring.end_lineno :])


def implementation(module: ModuleType, name: str, source: str) -> object:
    """Run source as if it stood in a copy of the module.

    Parameters
    ----------
    module : module
        Whose names the source may use; it stays as it is.
    name : str
        That the source defines.
    source : str
        The text to run: trusted, as it runs here.

    Returns
    -------
    object
        What it defines as `name`.
    """
    namespace = dict(vars(module))
    exec(compile(source, f"<{name}>", "exec"), namespace)
    return namespace[name]
