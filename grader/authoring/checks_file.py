"""Edits a `checks.py`: enters a mistake where it belongs and leaves the rest as it is written."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

from grader.errors import GraderError
from grader.gradebook.whole_file import write_whole

WIDTH = 100
LONGEST = 104  # beyond which a line needs its excuse
INDENT = "    "


def insert_mistake(path: Path, function: str, label: str, hint: str, code: str) -> None:
    """Write a `mistake(label, hint, source=code)` as the last misconception of a function's check.

    GraderError where the file has no `Check("FUNCTION", ...)` that can be edited; then it is unchanged.
    """
    text = path.read_text(encoding="utf-8")
    try:
        changed = with_import(with_mistake(text, function, mistake_entry(label, hint, code)))
        ast.parse(changed)
    except (LookupError, SyntaxError) as error:
        raise GraderError(f"{path}: {error}; write the mistake there by hand") from error
    write_whole(path, changed)


def mistake_entry(label: str, hint: str, code: str) -> str:
    """The text of a mistake, unindented, as `ruff format` would leave it."""
    deep = len(INDENT) * 3
    sentence = textwrap.wrap(
        f'"""{_quoted(" ".join(hint.split()))}"""', WIDTH - deep - 1, break_long_words=False
    )
    source = textwrap.indent(_quoted(code.strip()), INDENT)
    lines = [*sentence, *source.splitlines()]
    excuse = "  # noqa: E501" if any(len(line) + deep > LONGEST for line in lines) else ""
    return "\n".join(
        [
            "mistake(",
            f'{INDENT}"{label}",',
            *(f"{INDENT}{line}" for line in sentence[:-1]),
            f"{INDENT}{sentence[-1]},",
            f'{INDENT}source="""',
            *source.splitlines(),
            f'{INDENT}""",{excuse}',
            "),",
        ]
    )


def _quoted(text: str) -> str:
    """Text as it stands between triple quotes."""
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'{text[:-1]}\\"' if text.endswith('"') else text


def with_mistake(text: str, function: str, entry: str) -> str:
    """The text of a checks file with one more misconception; LookupError where that has no place."""
    call = _call(text, function)
    given = next((k for k in call.keywords if k.arg == "misconceptions"), None)
    line = text.splitlines()[call.lineno - 1]
    margin = line[: len(line) - len(line.lstrip())] + INDENT
    entry = textwrap.indent(entry, margin + INDENT) + "\n"
    if given is not None and isinstance(given.value, ast.Tuple) and (at := _last(text, given)):
        return _replaced(text, at, at, entry)
    known = "".join(f"{margin}{INDENT}{part},\n" for part in _parts(text, given))
    field = f"misconceptions=(\n{known}{entry}{margin})"
    at = _last(text, call)
    if at and given is None:
        return _replaced(text, at, at, f"{margin}{field},\n")
    if at and given is not None:
        return _replaced(text, *_span(text, given), field)
    others = [part for part in (*call.args, *call.keywords) if part is not given]
    rows = "".join(f"{margin}{row},\n" for row in [*(_source(text, o) for o in others), field])
    start, end = _span(text, call)
    return _replaced(text, start, end, f"Check(\n{rows}{margin.removesuffix(INDENT)})")


def _last(text: str, node: ast.AST) -> int:
    """Where the line of a node's closing bracket begins; 0 if more stands in that line."""
    _, end = _span(text, node)
    head, _, line = text.encode()[: end - 1].rpartition(b"\n")
    return 0 if line.strip() else len(head) + 1


def _parts(text: str, given: ast.keyword | None) -> list[str]:
    """The source of each misconception that is there."""
    if given is None:
        return []
    if isinstance(given.value, ast.Tuple):
        return [_source(text, part) for part in given.value.elts]
    return [f"*{_source(text, given.value)}"]


def _source(text: str, node: ast.AST) -> str:
    return text.encode()[slice(*_span(text, node))].decode()


def _call(text: str, function: str) -> ast.Call:
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Check"
        and _named(node) == function
    ]
    if len(found) != 1:
        raise LookupError(f'Check("{function}", ...) stands there {len(found)} times, not once')
    return found[0]


def _named(call: ast.Call) -> object:
    named = [k.value for k in call.keywords if k.arg == "function"]
    first = [*call.args, *named][:1]
    return first[0].value if first and isinstance(first[0], ast.Constant) else None


def with_import(text: str) -> str:
    """The text with `mistake` among what it imports of the vocabulary; LookupError if there is none."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "grader.checks":
            names = {alias.name for alias in node.names}
            if "mistake" in names:
                return text
            ordered = sorted(names | {"mistake"}, key=lambda name: (name[0].islower(), name))
            line = f"from grader.checks import {', '.join(ordered)}"
            if len(line) > WIDTH:
                rows = "".join(f"{INDENT}{name},\n" for name in ordered)
                line = f"from grader.checks import (\n{rows})"
            return _replaced(text, *_span(text, node), line)
    raise LookupError("it imports nothing of grader.checks by name")


def _span(text: str, node: ast.AST) -> tuple[int, int]:
    """Where a node stands in the text's bytes, a keyword with its name."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
    end = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
    return start, end


def _replaced(text: str, start: int, end: int, new: str) -> str:
    data = text.encode()
    return (data[:start] + new.encode() + data[end:]).decode()
