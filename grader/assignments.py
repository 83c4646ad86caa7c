"""The course that is graded, as `course.toml` at its root describes it, and its assignments.

This is the engine's only way to a course. Which one: the root that `$GRADER_COURSE` names, else the
checkout that holds this package; a test switches by `using`.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from grader.checks import Assignment
from grader.errors import GraderError
from grader.sandbox.inside.limits import MIB, Limits
from grader.sandbox.profile import Profile

ROOT = Path(__file__).resolve().parents[1]
FILE = "course.toml"
_IN_MIB = ("memory", "address_space_extra", "file_size", "tmp_size")


@dataclass(frozen=True)
class Course:
    """A course as its `course.toml` describes it, where each field is explained."""

    root: Path
    id: str
    exercises: str
    solutions: str
    installed: tuple[str, ...]
    hidden: tuple[str, ...]
    lazy: tuple[str, ...]
    data: tuple[str, ...]
    versions: tuple[str, ...]
    order: str
    profiles: dict[str, Profile]

    def sheet(self, name: str) -> Path:
        """The exercise sheet of an assignment: the one source of its notebook."""
        return self.root / self.exercises / name / f"{name}.md"

    @cached_property
    def _order(self) -> list[str]:
        return _entries(self.root / self.order)

    def names(self) -> list[str]:
        """The assignments that have a sheet, in the order of the chapters."""
        sheets = {path.parent.name for path in (self.root / self.exercises).glob("*/*.md")}
        names = {name for name in sheets if self.sheet(name).is_file()}
        stray = sorted(names.difference(self._order))
        if stray:
            raise GraderError(
                f"{self.sheet(stray[0])}: no chapter {stray[0]!r} stands in {self.root / self.order};"
                " enter it there, where its assignment belongs"
            )
        return [name for name in self._order if name in names]

    def profile(self, name: str) -> Profile:
        try:
            return self.profiles[name]
        except KeyError:
            raise GraderError(
                f"{self.root / FILE}: there is no [profiles.{name}]; there are: "
                + ", ".join(self.profiles)
            ) from None

    def load(self, name: str) -> Assignment:
        """The checks of an assignment; GraderError for a name that is none."""
        if name not in self.names():
            there = ", ".join(self.names())
            raise GraderError(f"there is no assignment {name!r}; there are: {there}")
        if str(self.root) not in sys.path:
            sys.path.insert(0, str(self.root))
        for module in self.lazy:
            import_when_used(module)
        checks = importlib.import_module(f"{self.exercises}.{name}.checks")
        assignment: Assignment = checks.ASSIGNMENT
        self.profile(assignment.profile)
        return assignment


def _entries(toc: Path) -> list[str]:
    """The names of the pages in a table of contents (sphinx-external-toc), in its order."""
    try:
        tree = yaml.safe_load(toc.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise GraderError(f"{toc}: the order of the chapters cannot be read: {error}") from error
    found: list[str] = []

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            if "file" in node:
                found.append(Path(node["file"]).name.removesuffix(".md"))
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit(tree)
    return found


def read(root: Path) -> Course:
    """The course whose root this is. GraderError where `course.toml` is missing or wrong."""
    path = Path(root).resolve() / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GraderError(f"{path} is missing: it says what the course's packages are") from None
    except tomllib.TOMLDecodeError as error:
        raise GraderError(f"{path}: {error}") from error
    try:
        about = data["course"]
        hidden = tuple(about["hidden"])
        profiles = {
            name: _profile(path, name, fields, hidden) for name, fields in data["profiles"].items()
        }
        return Course(
            root=path.parent,
            id=about["id"],
            exercises=about["exercises"],
            solutions=about["solutions"],
            installed=tuple(about["installed"]),
            hidden=hidden,
            lazy=tuple(about.get("lazy", ())),
            data=tuple(about.get("data", ())),
            versions=tuple(about.get("versions", ())),
            order=about["order"],
            profiles=profiles,
        )
    except KeyError as error:
        raise GraderError(f"{path}: {error} is missing") from None


def _profile(path: Path, name: str, fields: dict[str, Any], hidden: tuple[str, ...]) -> Profile:
    sizes = {k: v * MIB if k in _IN_MIB else v for k, v in fields.get("limits", {}).items()}
    try:
        limits = Limits(**sizes)
    except TypeError as error:
        raise GraderError(f"{path}, [profiles.{name}.limits]: {error}") from None
    return Profile(name, tuple(fields["preload"]), tuple(fields["rehearse"]), hidden, limits)


_used: list[Course] = []


@cache
def _read(root: str) -> Course:
    return read(Path(root))


def course() -> Course:
    """The course that is graded."""
    return _used[-1] if _used else _read(os.environ.get("GRADER_COURSE") or str(ROOT))


@contextlib.contextmanager
def using(root: Path) -> Iterator[Course]:
    """Grade another course in this block; for one thread's tests, not for two courses at a time."""
    _used.append(read(root))
    try:
        yield _used[-1]
    finally:
        _used.pop()


def names() -> list[str]:
    """The assignments that have a sheet, in the order of the chapters."""
    return course().names()


def sheet(name: str) -> Path:
    """The exercise sheet of an assignment."""
    return course().sheet(name)


def load(name: str) -> Assignment:
    """The checks of an assignment; GraderError for a name that is none."""
    return course().load(name)


def profile(name: str) -> Profile:
    """A kind of submission; GraderError for a name that is none."""
    return course().profile(name)


class _WhenUsed(ModuleType):
    """Stands for a module until something of it is asked for; then that is imported."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__") and attribute != "__path__":
            raise AttributeError(attribute)  # whoever walks through all modules uses none
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), attribute)


def import_when_used(name: str) -> None:
    """Let `import name` cost nothing until something of it is used.

    Reference modules import Keras at their top, as the student's notebook does; but trained models are
    judged by properties, so that the grader's own process rarely needs it. It takes seconds and
    hundreds of megabytes.
    """
    if name not in sys.modules and (spec := importlib.util.find_spec(name)):
        sys.modules[name] = _WhenUsed(name)
        sys.modules[name].__spec__ = spec
