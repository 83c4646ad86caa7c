"""`grader new NAME`: makes a chapter with its assignment, from the course's own template.

`course.toml` names the template's folder. Its tree mirrors the checkout; chaptername in paths and texts
becomes the name, chaptertitle a title to begin with, previousname the chapter that it comes after. What
is to be entered in files that are there already stands in its `insertions.toml`.
"""

from __future__ import annotations

import keyword
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from grader import assignments
from grader.assignments import Course
from grader.errors import GraderError

INSERTIONS = "insertions.toml"
NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Made:
    """What was made: new files, and those in which something was entered."""

    written: list[Path]
    changed: list[Path]


def new(name: str, after: str = "") -> Made:
    """Make a chapter with its assignment.

    Parameters
    ----------
    name : str
        Of the chapter, its assignment and its modules.
    after : str, default ''
        The assignment after which it comes; by default the last.

    Returns
    -------
    Made
        The files that were written and changed.

    Raises
    ------
    GraderError
        Where the name is taken or an insertion has no place. Nothing is written then.
    """
    course = assignments.course()
    template = _template(course)
    previous = after or course.names()[-1]
    _require_free(course, name, previous)
    words = {
        "chaptername": name,
        "chaptertitle": name.replace("_", " ").capitalize(),
        "previousname": previous,
    }
    files = {
        course.root / _filled(str(path.relative_to(template)), words): _filled(
            path.read_text(encoding="utf-8"), words
        )
        for path in sorted(template.rglob("*"))
        if path.is_file() and path.name != INSERTIONS and "__pycache__" not in path.parts
    }
    for path in files:
        if path.exists():
            raise GraderError(f"{path} is there already; nothing was written")
    changed = _inserted(course, template / INSERTIONS, words)
    for path, text in {**files, **changed}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Made(list(files), list(changed))


def _template(course: Course) -> Path:
    folder = course.root / course.template
    if not course.template or not folder.is_dir():
        raise GraderError(
            f"{course.root / assignments.FILE}: `template` names no folder, so that a new chapter has"
            " nothing to begin with; see `grader/authoring/new.py`"
        )
    return folder


def _require_free(course: Course, name: str, previous: str) -> None:
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise GraderError(
            f"{name!r} cannot be a module's name: use lower-case letters, digits and _"
        )
    if name in course.pages:
        raise GraderError(f"{course.root / course.order} has {name!r} already")
    if previous not in course.names():
        raise GraderError(f"there is no assignment {previous!r} after which it could come")


def _filled(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _inserted(course: Course, file: Path, words: dict[str, str]) -> dict[Path, str]:
    """The new texts of the files in which something is entered."""
    if not file.is_file():
        return {}
    texts: dict[Path, str] = {}
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["insert"]:
        path = course.root / entry["file"]
        text = texts.get(path) or path.read_text(encoding="utf-8")
        places = list(re.finditer(_filled(entry["after"], words), text, re.MULTILINE))
        if len(places) != 1:
            raise GraderError(
                f"{path}: what {file} enters there has {len(places)} places, not one;"
                " nothing was written"
            )
        end = places[0].end()
        texts[path] = text[:end] + _filled(entry["text"], words) + text[end:]
    return texts
