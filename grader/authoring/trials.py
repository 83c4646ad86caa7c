"""Right answers in other styles, and changes that change nothing: what an author keeps for trials.

They lie in the folder that `course.toml` names as `trials`, one folder for each assignment:

    styles.py      : a function `<function>__<style>`, or a variable, is the answer `<function>` as
                     somebody else would write it; the imports above go with each of them.
    equivalents.py : EQUIVALENT, a dict function -> changed line -> why it is the same function.

Styles are never imported: they are pasted like students' cells, and need what those have.
"""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

from grader import assignments
from grader.errors import GraderError


def styles(assignment: str) -> dict[str, dict[str, str]]:
    """function -> style -> source; nothing where there is no such file."""
    path = _file(assignment, "styles.py")
    if path is None:
        return {}
    preamble: list[str] = []
    found: dict[str, dict[str, str]] = {}
    for node in _tree(path).body:
        name = getattr(node, "name", None)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        if name is None or "__" not in name:
            if isinstance(node, ast.Import | ast.ImportFrom):
                preamble.append(ast.unparse(node))
            continue
        function, style = name.split("__")
        source = ast.unparse(node).replace(name, function)
        found.setdefault(function, {})[style] = "\n".join([*preamble, source])
    return found


def equivalents(assignment: str) -> dict[str, dict[str, str]]:
    """function -> mutant -> why it is the same function; nothing where there is no such file."""
    path = _file(assignment, "equivalents.py")
    if path is None:
        return {}
    try:
        found: dict[str, dict[str, str]] = runpy.run_path(str(path))["EQUIVALENT"]
    except Exception as error:
        raise GraderError(f"{path}: no EQUIVALENT can be read: {error!r}") from error
    return found


def _file(assignment: str, name: str) -> Path | None:
    course = assignments.course()
    path = course.root / course.trials / assignment / name
    return path if course.trials and path.is_file() else None


def _tree(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise GraderError(f"{path}:{error.lineno}: {error.msg}") from error
