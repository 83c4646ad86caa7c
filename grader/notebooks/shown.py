"""What runs of the cells that only show something (tag `show`).

They draw, and some train a network for minutes, so that they don't run when a submission is graded. But
a student may have put a helper or an import there, which the graded functions need. Therefore their
imports, functions, classes and plain values run, as far as the rest of the notebook asks for them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Cell = dict[str, Any]

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ACTIVE = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
_MAGIC = re.compile(r"^\s*[%!?].*$", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """What the cells that show something are for the rest of a notebook.

    runs     : for each of them, by its place in the notebook, the code that runs; "" where none does.
    left_out : the names that are bound in them by code that doesn't run.
    """

    runs: dict[int, str]
    left_out: frozenset[str]


def is_shown(cell: Cell) -> bool:
    """Whether a cell of a release, or of what was merged into it, only shows something."""
    return cell["cell_type"] == "code" and "show" in cell["metadata"].get("tags", [])


def shown(cells: list[Cell]) -> Shown:
    """What runs of the cells that show something, and what is bound in them and doesn't."""
    parsed = {place: _parsed(c["source"]) for place, c in enumerate(cells) if is_shown(c)}
    wanted: set[str] = set()
    for cell in cells:
        if cell["cell_type"] == "code" and not is_shown(cell):
            wanted |= {name for statement in _parsed(cell["source"]) for name in _used(statement)}
    definitions = [s for body in parsed.values() for s in body if _defines(s)]
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
    runs = {
        place: "\n".join(ast.unparse(s) for s in body if id(s) in chosen)
        for place, body in parsed.items()
    }
    rest = (s for body in parsed.values() for s in body if id(s) not in chosen)
    return Shown(runs, frozenset(name for statement in rest for name in _bound(statement)))


def _parsed(source: str) -> list[ast.stmt]:
    """The statements of a cell, without its magic commands; none where it can't be read."""
    for text in (source, _MAGIC.sub("", source)):
        try:
            return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def _defines(statement: ast.stmt) -> bool:
    """Whether it does nothing but bind names: an import, a definition, a value that nothing computes."""
    if isinstance(statement, _DEFINITIONS):
        return True
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    names = all(isinstance(target, ast.Name) for target in targets)
    return names and not any(isinstance(node, _ACTIVE) for node in ast.walk(statement.value))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds in the notebook; "*" for all of a module."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    else:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _used(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
