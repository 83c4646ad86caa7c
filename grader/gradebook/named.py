"""Mistakes that instructors have named during a term, where the exercises are not theirs to change.

They stand in the course directory, in the form of a `mistake` of `checks.py`, and judging knows them as
it knows those. Their code runs in the grader's own process: `grader.authoring.hint` says what gets in.
The file has a folder of its own, so that the service of practice can be shown it and nothing else.
"""

from __future__ import annotations

import ast
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.gradebook import notes
from grader.submission import Named

FOLDER = "named"
FILE = f"{FOLDER}/mistakes.json"


def named(root: Path, assignment: str) -> tuple[Named, ...]:
    """The named mistakes of an assignment.

    Parameters
    ----------
    root : Path
        The course directory.
    assignment : str
        Its name.

    Returns
    -------
    tuple of Named
        In the order in which they were named.

    Raises
    ------
    GraderError
        Where the file can't be read.
    """
    return named_in(root / FOLDER, assignment)


def named_in(folder: Path, assignment: str) -> tuple[Named, ...]:
    """The named mistakes of an assignment, for whoever has their folder alone.

    Parameters
    ----------
    folder : Path
        `FOLDER` of a course directory.
    assignment : str
        Its name.

    Returns
    -------
    tuple of Named
        In the order in which they were named.

    Raises
    ------
    GraderError
        Where the file can't be read.
    """
    path = folder / Path(FILE).name
    try:
        found = tuple(Named(**fields) for fields in notes.read(path).get(assignment, ()))
        for mistake in found:
            _require(mistake)
    except (AttributeError, TypeError, ValueError, SyntaxError) as error:
        raise GraderError(f"{path} is not as it was written: {error}") from error
    return found


def _require(mistake: Named) -> None:
    """An error where it could not be used: the file may have been changed by hand."""
    if not all(isinstance(part, str) and part.strip() for part in vars(mistake).values()):
        raise ValueError("a mistake has a function, a label, a hint and a source, which are texts")
    body = ast.parse(mistake.source).body
    if mistake.function not in {getattr(statement, "name", "") for statement in body}:
        raise ValueError(f"the source of {mistake.label!r} doesn't define {mistake.function!r}")


def keep(root: Path, assignment: str, mistake: Named) -> Path:
    """Keep one more mistake.

    Parameters
    ----------
    root : Path
        The course directory.
    assignment : str
        Its name.
    mistake : Named
        With a label that is new to its function.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    GraderError
        Where the file can't be read or written.
    """
    with _changed(root) as kept:
        kept.setdefault(assignment, []).append(vars(mistake))
    return root / FILE


def drop(root: Path, assignment: str, function: str, label: str) -> None:
    """Take the name of a mistake back.

    Parameters
    ----------
    root : Path
        The course directory.
    assignment, function, label : str
        Of the mistake.

    Raises
    ------
    GraderError
        Where no such mistake is kept, or the file can't be read or written.
    """
    with _changed(root) as kept:
        before = kept.get(assignment, [])
        kept[assignment] = [m for m in before if (m["function"], m["label"]) != (function, label)]
        if kept[assignment] == before:
            raise GraderError(f"nobody has named a mistake {label!r} of {function!r} here")


def _changed(root: Path) -> AbstractContextManager[dict[str, Any]]:
    """The file's content, to be changed; its folder is made with the first mistake."""
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    return notes.changed(path)
