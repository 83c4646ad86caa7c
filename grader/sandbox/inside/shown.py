"""What runs of the cells that only show something (tag `show`).

They draw, and some train a network for minutes, so that they don't run when a submission is graded. But
a student may have put a helper or an import there, which the graded functions need. Therefore their
imports, functions, classes and plain values run, as far as the rest of the notebook asks for them.

It is found out in the student's process, before any cell has run: what is hard to parse harms nobody else,
and before Python 3.12 two threads, as the grader has them, can't parse at once.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from IPython.core.inputtransformer2 import TransformerManager

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ACTIVE = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
_MAGIC = re.compile(r"^\s*[%!?].*$", re.MULTILINE)


def shown(pictures: list[str], others: list[str]) -> dict[str, list[str]]:
    """What the cells that show something are for the rest of a notebook, each in its order.

    Parameters
    ----------
    pictures : list of str
        The sources of the cells that show something.
    others : list of str
        Those of all other cells.

    Returns
    -------
    dict of str to list of str
        `runs`: for each picture the code of it that runs, "" where none does; `left_out`: the names
        that are bound in them by code that doesn't run.
    """
    parsed = [_parsed(source) for source in pictures]
    wanted = {name for source in others for each in _parsed(source) for name in _used(each)}
    definitions = [s for body in parsed for s in body if _defines(s)]
    chosen: set[int] = set()
    found = True
    while found:  # a helper may need another one
        found = False
        for statement in definitions:
            bound = set(_bound(statement))
            if id(statement) not in chosen and ("*" in bound or bound & wanted):
                chosen.add(id(statement))
                wanted.update(_used(statement))
                found = True
    runs = ["\n".join(ast.unparse(s) for s in body if id(s) in chosen) for body in parsed]
    rest = (s for body in parsed for s in body if id(s) not in chosen)
    return {"runs": runs, "left_out": sorted({name for s in rest for name in _bound(s)})}


def _parsed(source: str) -> list[ast.stmt]:
    """The statements of a cell, its magic commands left out or as calls; none where it can't be read."""
    plain = _MAGIC.sub("", source)
    readings: tuple[Callable[[], str], ...] = (
        lambda: source,
        lambda: plain,
        lambda: TransformerManager().transform_cell(plain),
    )
    for text in readings:
        try:
            return ast.parse(text()).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def _defines(statement: ast.stmt) -> bool:
    """Whether it does nothing but bind names: an import, a definition, a value that nothing computes."""
    if isinstance(statement, _DEFINITIONS):
        return True
    if isinstance(statement, ast.Try):  # an import, or what stands in for it
        return all(map(_defines, _inner(statement)))
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    names = all(map(_is_name, targets))
    return names and not any(isinstance(node, _ACTIVE) for node in ast.walk(statement.value))


def _is_name(target: ast.expr) -> bool:
    """Whether a value is bound to a name, or to several (`a, b = 1, 2`)."""
    if isinstance(target, ast.Tuple):
        return all(isinstance(part, ast.Name) for part in target.elts)
    return isinstance(target, ast.Name)


def _inner(statement: ast.Try) -> Iterator[ast.stmt]:
    """All that stands in it, less the `pass` of what need not be done."""
    blocks = [statement.body, statement.orelse, statement.finalbody]
    for block in blocks + [handler.body for handler in statement.handlers]:
        yield from (s for s in block if not isinstance(s, ast.Pass))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds in the notebook; "*" for all of a module."""
    left: list[ast.AST] = [statement]
    while left:
        node = left.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        else:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            left.extend(ast.iter_child_nodes(node))


def _used(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
