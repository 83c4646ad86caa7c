"""Looks for answers in a folder, an unpacked image for one: `python3 answers.py FOLDER`.

Finds the body of any function of `solutions/` in any Python file or notebook, however it is indented or
commented, and the instructor's packages by name. Needs nothing but the standard library.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"solutions", "exercises", "grader"}
TELLING = 80  # characters of a body below which anybody might write the same


def answers(solutions: Path = ROOT / "solutions") -> dict[str, str]:
    """body → name, for every function of the reference that is long enough to tell."""
    found = {}
    for path in sorted(solutions.glob("*.py")):
        for name, body in functions(path.read_text(encoding="utf-8")):
            if len(body) >= TELLING:
                found[body] = f"{path.stem}.{name}"
    return found


def functions(source: str) -> Iterator[tuple[str, str]]:
    """Name and body of each function: no docstring, no comments, one way of writing."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return
    for name, body in bodies(tree):
        yield name, "\n".join(ast.unparse(line) for line in body)


def bodies(tree: ast.AST) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Name and statements of each function, without its docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.body[1:] if ast.get_docstring(node) is not None else node.body


def sources(path: Path) -> Iterator[str]:
    """The Python code of a file: the file, or a notebook's cells."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".py":
        yield text
        return
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        return
    for cell in cells:
        if cell.get("cell_type") == "code":
            yield "".join(cell["source"])


def leaks(folder: Path) -> list[str]:
    """What should not be there, each with its place."""
    bodies = answers()
    if not bodies:
        raise ValueError(
            "no reference functions to look for: run this in the instructor's checkout"
        )
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        if path.parent.name in PACKAGES and path.name == "__init__.py":
            found.append(f"{path}: the package {path.parent.name}")
        if path.suffix in (".py", ".ipynb"):
            for source in sources(path):
                known = (bodies.get(body) for _, body in functions(source))
                found += [f"{path}: the body of {name}" for name in known if name]
    return found


if __name__ == "__main__":
    found = leaks(Path(sys.argv[1]))
    print("\n".join(found) or f"no answers in {sys.argv[1]}")
    sys.exit(bool(found))
