"""Turns wrong answers that nothing explains into a known misconception.

It goes into the assignment's `checks.py`; where that isn't to be changed by whoever names it, as on a
hub, into the course directory, where the next grading finds it as well.

The code becomes part of the checks, and those are run by the grader itself. So what is taken from a
student is the least that gives the answers, without comments, from a narrow part of the language; it is
tried out in the sandbox; and whoever names the mistake is shown it.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
from collections.abc import Sequence
from pathlib import Path

from grader import assignments, grading
from grader.authoring.checks_file import insert_mistake
from grader.checks import Assignment, Check
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.named import keep, named
from grader.gradebook.report import SHORT, Answers, Group, group, plain, report
from grader.submission import Named

LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MODULES = frozenset("collections functools itertools math numpy re scipy string".split())
"""What the code of a mistake may import, besides what the reference imports."""
NO_NAMES = frozenset(
    "breakpoint compile delattr eval exec exit getattr globals help input locals memoryview open quit"
    " setattr vars".split()
)
NO_ATTRIBUTES = frozenset(
    "ctypeslib dump dumps f2py fromfile fromregex genfromtxt lib load loads loadtxt memmap open os save"
    " savetxt savez savez_compressed sys system testing tofile utils".split()
)


def find(course: CourseDirectory, assignment: str, function: str, name: str) -> Group:
    """The one group of a function that a beginning of its digest, or one of its students, names.

    Parameters
    ----------
    course : CourseDirectory
        Where the class is graded.
    assignment : str
        Its name.
    function : str
        The function that the answers are to.
    name : str
        The first characters of a digest, or a student.

    Returns
    -------
    Group
        The group.

    Raises
    ------
    GraderError
        Where there is none, or more than one.
    """
    _check(assignments.load(assignment), function)
    groups = group(course, assignment, report(course, assignment))
    groups = [found for found in groups if found.function == function]
    matching = [g for g in groups if g.behaviour.startswith(name) or name in g.students]
    if len(matching) == 1:
        return matching[0]
    there = "".join(
        f"\n  {g.behaviour[: len(name) + SHORT]}  {', '.join(g.students)}"
        for g in matching or groups
    )
    if matching:
        raise GraderError(f"{name!r} names more than one group of {function!r}:{there}")
    raise GraderError(
        f"no group of {function!r} is named {name!r}; there are:{there}"
        if groups
        else f"there is nothing of {function!r} that nothing explains; has the class been graded by"
        f" `grader autograde {assignment}`?"
    )


def name_mistake(
    course: CourseDirectory,
    assignment_name: str,
    group: Group,
    label: str,
    hint: str,
    student: str | None = None,
    sandbox: str = "bubblewrap",
) -> tuple[Path, str]:
    """Let a group's mistake be known from the next grading on.

    Parameters
    ----------
    course : CourseDirectory
        Where the class is graded.
    assignment_name : str
        Whose checks get the mistake.
    group : Group
        The students who made it.
    label : str
        Small letters and hyphens; new to the function.
    hint : str
        What students read from now on.
    student : str, optional
        Whose code is taken; by default the shortest that will do.
    sandbox : str, default 'bubblewrap'
        In which the code is tried.

    Returns
    -------
    (Path, str)
        The file that was changed, and the code that is in it now: the assignment's checks, or
        the one in the course directory where these can't be written.

    Raises
    ------
    GraderError
        Where label or hint won't do, or no code of the group gives the group's answers by
        itself.
    """
    of_course = named(course.root, assignment_name)
    assignment = grading.knowing(assignments.load(assignment_name), of_course)
    check = _check(assignment, group.function)
    if not LABEL.fullmatch(label):
        raise GraderError(
            f"the label {label!r} should be small letters and hyphens: no-forget-gate"
        )
    if label in {known.label for known in check.misconceptions}:
        raise GraderError(f"{group.function!r} has a mistake {label!r} already: take another label")
    if not hint.strip():
        raise GraderError("the hint is empty: it is what the student reads")
    code = _code(course, assignment, check, group, student, sandbox)
    path = assignments.course().checks(assignment_name)
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        insert_mistake(path, group.function, label, hint, code)
        return path, code
    mistake = Named(group.function, label, " ".join(hint.split()), code)
    return keep(course.root, assignment_name, mistake), code


def _check(assignment: Assignment, function: str) -> Check:
    try:
        return assignment[function]
    except KeyError:
        there = ", ".join(check.function for check in assignment.checks)
        raise GraderError(
            f"{assignment.name} has no check of {function!r}; there are: {there}"
        ) from None


def _code(
    course: CourseDirectory,
    assignment: Assignment,
    check: Check,
    group: Group,
    student: str | None,
    sandbox: str,
) -> str:
    """The shortest code of the group that gives the group's answers by itself."""
    answers = Answers(course, assignment.name)
    students = [student] if student else group.students
    written = sorted({answers.of(s, check.function) for s in students}, key=lambda c: (len(c), c))
    reasons: list[str] = []
    for source in written:
        try:
            code = needed(source, check.function)
            require_tame(code, inspect.getsource(assignment.reference))
        except GraderError as error:
            reasons.append(str(error))
            continue
        if grading.behaviour_of(assignment, check, code, sandbox) == group.behaviour:
            return code
        reasons.append(
            "by itself, beside the reference's other functions, it gives other answers than in the"
            " student's notebook: it must depend on something else there"
        )
    raise GraderError(
        f"no code of this group can become a mistake of {check.function!r}: {reasons[0]}. Write the"
        " mistake into the checks by hand"
    )


def needed(source: str, name: str) -> str:
    """Of a cell's source the statement that defines a name, and what that needs of the same cell.

    GraderError where the cell doesn't define it, or is no Python.
    """
    try:
        body = ast.parse(plain(source)).body
    except (SyntaxError, ValueError):
        raise GraderError("the cell is not plain Python") from None
    bound: dict[str, list[ast.stmt]] = {}
    for statement in body:
        for defined in _defines(statement):
            bound.setdefault(defined, []).append(statement)
    if name not in bound:
        raise GraderError(f"the cell doesn't define {name!r} in a plain way")
    wanted, todo = set[int](), [name]
    while todo:
        for statement in bound.pop(todo.pop(), []):
            wanted.add(id(statement))
            todo += [n.id for n in ast.walk(statement) if isinstance(n, ast.Name)]
    return "\n".join(ast.unparse(s) for s in body if id(s) in wanted)


def _defines(statement: ast.stmt) -> Sequence[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).split(".")[0] for alias in statement.names]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    return []


def require_tame(code: str, reference: str) -> None:
    """GraderError where code does more than compute: it is to run in the grader's own process.

    A guard and not a wall: read what you take over.
    """
    allowed = MODULES | {module for node in ast.walk(ast.parse(reference)) for module in _of(node)}
    for node in ast.walk(ast.parse(code)):
        stray = next((module for module in _of(node) if module not in allowed), "")
        if isinstance(node, ast.Name) and (node.id in NO_NAMES or node.id.startswith("__")):
            stray = node.id
        if isinstance(node, ast.Attribute):
            hidden = node.attr.startswith("_") or node.attr in NO_ATTRIBUTES
            stray = f".{node.attr}" if hidden else ""
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            stray = stray or next(iter(sorted(names & (NO_ATTRIBUTES | {"*"}))), "")
        if stray:
            raise GraderError(f"it uses `{stray}`, and the code of a mistake should only compute")


def _of(node: ast.AST) -> list[str]:
    """The top-level modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." if node.level else (node.module or "").split(".")[0]]
    return []
