"""Small changes of a function: one operator, constant, sign, comparison, axis or index at a time.

Of a variable that holds an answer: one entry of its dict at a time.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from grader.checks import without_docstring

Change = Callable[[ast.AST], None]

OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """(description, source) of every mutant of a function, each with one change.

    The description is the changed line as it was and as it is: it names a mutant stably, also when
    other lines move.
    """
    tree = ast.parse(without_docstring(source))
    before = ast.unparse(tree).splitlines()
    for number, node in enumerate(ast.walk(tree)):
        for change in _changes(node):
            mutant = copy.deepcopy(tree)
            change(_nth(mutant, number))
            text = ast.unparse(ast.fix_missing_locations(mutant))
            after = text.splitlines()
            differing = [(b, a) for b, a in zip(before, after, strict=False) if a != b]
            if differing:
                old, new = differing[0]
                yield f"{old.strip()}  ->  {new.strip()}", text


def _nth(tree: ast.AST, number: int) -> ast.AST:
    for index, node in enumerate(ast.walk(tree)):
        if index == number:
            return node
    raise IndexError(number)


def _changes(node: ast.AST) -> Iterator[Change]:
    """Functions that change a node of the same kind in place."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        for operator in OPERATORS.get(type(node.op), ()):
            yield _with("op", operator())
    elif isinstance(node, ast.Compare):
        for index, old in enumerate(node.ops):
            for new in COMPARISONS[type(old)]:
                yield _with("ops", new(), index)
    elif isinstance(node, ast.BoolOp):
        yield _with("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield _with("op", ast.UAdd())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        # `not x` becomes `not not x`: the same truth value as x without rewriting the parent
        yield _with("operand", ast.UnaryOp(op=type(node.op)(), operand=copy.deepcopy(node.operand)))
    elif isinstance(node, ast.Constant):
        for value in _other_constants(node.value):
            yield _with("value", value)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield _with("value", ast.Constant(None))  # what is called for its effect
    elif isinstance(node, ast.Slice):
        for edge in ("lower", "upper", "step"):
            if getattr(node, edge) is not None:
                yield _with(edge, None)
    elif isinstance(node, ast.Dict):
        for index, entry in _other_entries(node):
            yield _with("values", entry, index)


def _with(field: str, value: object, index: int | None = None) -> Change:
    """A change that puts a value into a field of a node, or into one place of a list."""

    def change(node: ast.AST) -> None:
        if index is None:
            setattr(node, field, value)
        else:
            getattr(node, field)[index] = value

    return change


def _other_entries(node: ast.Dict) -> Iterator[tuple[int, ast.Constant]]:
    """For each entry of a dict that is a string, another string of the same dict in its place."""
    strings = [
        (index, entry.value)
        for index, entry in enumerate(node.values)
        if isinstance(entry, ast.Constant) and isinstance(entry.value, str)
    ]
    for index, old in strings:
        for new in sorted({value for _, value in strings} - {old}):
            yield index, ast.Constant(new)


def _other_constants(value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1, value - 1)
    if isinstance(value, float):
        return (value * 2 if value else 1.0, -value if value else -1.0)
    return ()
