"""The course that is graded, as `course.toml` at its root describes it, and its assignments.

This is the engine's only way to a course. Which one: the root that `$GRADER_COURSE` names, else the
checkout that holds this package; `using` switches for a block.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import importlib
import importlib.util
import os
import re
import stat
import sys
import threading
import tomllib
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
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
VARIABLE = "GRADER_COURSE"
_IN_MIB = ("memory", "address_space_extra", "file_size", "tmp_size")


@dataclass(frozen=True)
class OnSubmit:
    """What happens to what is handed in on a hub: `[service]` of `course.toml`.

    Attributes
    ----------
    practice : tuple of str
        Assignments that may be practised.
    graded : tuple of str
        Those whose last submission before the deadline is graded and recorded.
    withhold : mapping of str to datetime
        Of these, from when on feedback is shown.
    a_minute, an_hour : int
        Attempts that one student may make at one assignment.
    lane_folders, lane_mib : int
        What one student's lane may hold.
    """

    practice: tuple[str, ...] = ()
    graded: tuple[str, ...] = ()
    withhold: Mapping[str, datetime] = field(default_factory=dict)
    a_minute: int = 1
    an_hour: int = 10
    lane_folders: int = 500
    lane_mib: int = 500


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
    service: OnSubmit
    trials: str
    template: str
    first_cell: str
    profiles: dict[str, Profile]

    def folder(self, name: str) -> Path:
        """Where an assignment's sheet and checks are."""
        return self.root / self.exercises / name

    def sheet(self, name: str) -> Path:
        """The exercise sheet of an assignment: the one source of its notebook."""
        return self.folder(name) / f"{name}.md"

    def checks(self, name: str) -> Path:
        """The file that says what is checked."""
        return self.folder(name) / "checks.py"

    def reference(self, name: str) -> Path:
        """The module that solves an assignment."""
        return self.root / self.solutions / f"{name}.py"

    def check_files(self, name: str) -> list[Path]:
        """The files that decide what is checked."""
        exercises = self.root / self.exercises
        return sorted([*exercises.glob("*.py"), *self.folder(name).glob("*.py")])

    def reference_files(self, name: str) -> list[Path]:
        """The files that decide what is right."""
        return [self.root / self.solutions / "__init__.py", self.reference(name)]

    @cached_property
    def pages(self) -> dict[str, Path]:
        """The book's page of each name in the table of contents, in its order."""
        return _entries(self.root / self.order)

    def names(self) -> list[str]:
        """The assignments, in the order of the chapters.

        Returns
        -------
        list of str
            Their names.

        Raises
        ------
        GraderError
            Where one has no chapter, no sheet or no checks.
        """
        found = {path.parent.name for path in (self.root / self.exercises).glob("*/checks.py")}
        found |= {p.stem for p in (self.root / self.exercises).glob("*/*.md") if self._is_sheet(p)}
        for name in sorted(found):
            if name not in self.pages:
                raise GraderError(
                    f"{self.folder(name)}: no chapter {name!r} stands in {self.root / self.order};"
                    " enter it there, where its assignment belongs"
                )
            for path in (self.sheet(name), self.checks(name)):
                if not path.is_file():
                    raise GraderError(f"{path} is missing: an assignment has a sheet and checks")
        for name in (*self.service.practice, *self.service.graded):
            if name not in found:
                raise GraderError(
                    f"{_line(self.root / FILE, name)}: [service] serves {name!r},"
                    f" which is no assignment; there are: {', '.join(sorted(found))}"
                )
        return [name for name in self.pages if name in found]

    @staticmethod
    def _is_sheet(path: Path) -> bool:
        return path.stem == path.parent.name

    def title(self, name: str) -> str:
        """The title of an assignment's chapter, as its page says it.

        Parameters
        ----------
        name : str
            Of the assignment.

        Returns
        -------
        str
            The first heading, as Markdown.

        Raises
        ------
        GraderError
            Where the page is missing or has no title.
        """
        page = self.pages[name]
        try:
            lines = page.read_text(encoding="utf-8").splitlines()
        except OSError:
            raise GraderError(
                f"{page} is missing: {self.root / self.order} names it as the chapter of {name!r}"
            ) from None
        titles = [line[2:].strip() for line in lines if line.startswith("# ")]
        if not titles:
            raise GraderError(f"{page}: a page begins with its title, `# ...`")
        return titles[0]

    def opening(self, sources: list[str]) -> str:
        """The first cell of a notebook, as the course has it.

        Parameters
        ----------
        sources : list of str
            The notebook's cells of code.

        Returns
        -------
        str
            Its code; empty for none.

        Raises
        ------
        GraderError
            Where the course's module for it fails.
        """
        if not self.first_cell:
            return ""
        with _importing:
            self._find_own()
            try:
                code: str = importlib.import_module(self.first_cell).first_cell(self.root, sources)
            except Exception as error:
                raise GraderError(f"{self.root / FILE}: {self.first_cell}: {error}") from error
        return code

    def profile(self, name: str) -> Profile:
        """A kind of submission.

        Parameters
        ----------
        name : str
            As `course.toml` has it.

        Returns
        -------
        Profile
            What its processes begin with, and its limits.

        Raises
        ------
        GraderError
            Where there is no such profile.
        """
        try:
            return self.profiles[name]
        except KeyError:
            raise GraderError(
                f"{self.root / FILE}: there is no [profiles.{name}]; there are: "
                + ", ".join(self.profiles)
            ) from None

    def load(self, name: str) -> Assignment:
        """The checks of an assignment, imported as their files are now.

        Parameters
        ----------
        name : str
            Of the assignment.

        Returns
        -------
        Assignment
            `ASSIGNMENT` of its `checks.py`.

        Raises
        ------
        GraderError
            Where there is no such assignment, or its checks cannot be imported: with file and
            line.
        """
        if name not in self.names():
            there = ", ".join(self.names())
            raise GraderError(f"there is no assignment {name!r}; there are: {there}")
        with _importing:
            self._importable(name)
            for module in self.lazy:
                import_when_used(module)
            try:
                checks = importlib.import_module(f"{self.exercises}.{name}.checks")
                assignment: Assignment = checks.ASSIGNMENT
            except Exception as error:
                place = self._place(error) or self.checks(name)
                raise GraderError(f"{place}: {type(error).__name__}: {error}") from error
        return assignment

    def _importable(self, name: str) -> None:
        """Make sure that an import finds this course's modules as their files are now.

        A process may grade for days. What it imported before a check was mended is forgotten; otherwise
        the grade would come from a check that its fingerprint doesn't cover.
        """
        root = str(self.root)
        self._find_own()
        packages = (self.exercises, self.solutions)
        now = _digest([*self.check_files(name), *self.reference_files(name)])
        if _imported.get((root, name), now) != now or any(map(self._is_foreign, packages)):
            forget(packages)
        _imported[root, name] = now

    def _find_own(self) -> None:
        """Let imports look in this course first."""
        root = str(self.root)
        if sys.path[:1] != [root]:
            sys.path[:] = [root, *(path for path in sys.path if path != root)]

    def _is_foreign(self, package: str) -> bool:
        module = sys.modules.get(package)
        if module is None:
            return False
        own = (self.root / package).resolve()
        return own not in [Path(path).resolve() for path in getattr(module, "__path__", ())]

    def _place(self, error: Exception) -> str:
        """The file and line of this course where an import went wrong."""
        if isinstance(error, SyntaxError) and error.filename:
            return f"{error.filename}:{error.lineno}"
        frames = traceback.extract_tb(error.__traceback__)
        own = [f for f in frames if Path(f.filename).is_relative_to(self.root)]
        own = [f for f in own if not Path(f.filename).is_relative_to(ROOT / "grader")]
        return f"{own[-1].filename}:{own[-1].lineno}" if own else ""


_imported: dict[tuple[str, str], str] = {}
_importing = threading.RLock()


def forget(packages: Iterable[str]) -> None:
    """Let the next import of these packages read their files again."""
    for module in list(sys.modules):
        if module.partition(".")[0] in packages:
            del sys.modules[module]
    importlib.invalidate_caches()
    _imported.clear()


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(digest_of_file(path) or b"")
    return digest.hexdigest()


def digest_of_file(path: Path) -> bytes | None:
    """Of what a file holds, None where it is none.

    It is read again when it was written again: a class asks once a student.
    """
    try:
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(state.st_mode):
        return None
    return _read_digest(path, state.st_mtime_ns, state.st_size, state.st_ino)


@cache
def _read_digest(path: Path, *state: int) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _entries(toc: Path) -> dict[str, Path]:
    """The pages in a table of contents (sphinx-external-toc) by their names, in its order."""
    try:
        tree = yaml.safe_load(toc.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise GraderError(f"{toc}: the order of the chapters cannot be read: {error}") from error
    found: dict[str, Path] = {}

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            if file := node.get("file") or node.get("root"):
                page = toc.parent / f"{str(file).removesuffix('.md')}.md"
                found[page.stem] = page
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
    _require_known(path, data)
    try:
        about = data["course"]
        hidden = tuple(about["hidden"])
        for package in (about["exercises"], about["solutions"]):
            if package not in hidden:
                raise GraderError(
                    f"{_line(path, 'hidden')}: {package!r} is not among the `hidden` packages, and"
                    " students' code must never see it"
                )
        shared = data.get("environment", {})
        profiles = {
            name: _profile(path, name, {"environment": shared, **each}, hidden)
            for name, each in data["profiles"].items()
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
            service=_on_submit(path, data.get("service", {})),
            trials=about.get("trials", ""),
            template=about.get("template", ""),
            first_cell=about.get("first_cell", ""),
            profiles=profiles,
        )
    except KeyError as error:
        raise GraderError(f"{path}: {error} is missing") from None


def _require_known(path: Path, data: dict[str, Any]) -> None:
    """GraderError for a word that means nothing here, and would otherwise be passed over in silence."""
    own = {"root", "service", "profiles"}  # of the class; the file has them elsewhere
    course = {field.name for field in fields(Course)} - own
    profile = {"preload", "rehearse", "environment", "limits", "nice"}
    tables = [
        ("", data, {"course", "environment", "service", "profiles"}),
        ("course", data.get("course", {}), course),
        ("service", data.get("service", {}), {field.name for field in fields(OnSubmit)}),
        *((f"profiles.{name}", each, profile) for name, each in data.get("profiles", {}).items()),
    ]
    for table, given, known in tables:
        for word in given:
            if word not in known:
                near = difflib.get_close_matches(word, known, 1)
                perhaps = f"did you mean {near[0]!r}?" if near else f"there are: {_listed(known)}"
                where = f"[{table}]" if table else "the file"
                raise GraderError(f"{_line(path, word)}: {where} knows no {word!r}; {perhaps}")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _line(path: Path, word: str) -> str:
    """A file with the first line in which a word stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [n for n, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(word)}\b", line)]
    return f"{path}:{found[0]}" if found else str(path)


def _profile(path: Path, name: str, about: dict[str, Any], hidden: tuple[str, ...]) -> Profile:
    sizes = {k: v * MIB if k in _IN_MIB else v for k, v in about.get("limits", {}).items()}
    try:
        limits = Limits(**sizes)
    except TypeError as error:
        raise GraderError(f"{path}, [profiles.{name}.limits]: {error}") from None
    nice = about.get("nice", 0)
    if type(nice) is not int or not 0 <= nice <= 19:
        raise GraderError(f"{path}, [profiles.{name}]: nice is {nice!r}, not a number from 0 to 19")
    return Profile(
        name,
        tuple(about["preload"]),
        tuple(about["rehearse"]),
        hidden,
        limits,
        tuple(sorted(about["environment"].items())),
        nice,
    )


def _on_submit(path: Path, fields: dict[str, Any]) -> OnSubmit:
    names = {key: tuple(fields.get(key, ())) for key in ("practice", "graded")}
    withhold = fields.get("withhold", {})
    try:
        found = OnSubmit(**{**fields, **names, "withhold": _moments(withhold)})
    except TypeError as error:
        raise GraderError(f"{path}, [service]: {error}") from None
    for key in ("a_minute", "an_hour", "lane_folders", "lane_mib"):
        value = getattr(found, key)
        if type(value) is not int or value < 1:
            raise GraderError(f"{path}, [service]: {key} is {value!r}, not a number from 1 up")
    if both := sorted({*found.practice} & {*found.graded}):
        raise GraderError(f"{path}, [service]: {both[0]!r} is for practice or graded, not both")
    if unknown := sorted({*found.withhold} - {*found.graded}):
        raise GraderError(
            f"{path}, [service]: withhold names {unknown[0]!r}, which isn't among `graded`"
        )
    return found


def _moments(withhold: dict[str, Any]) -> dict[str, datetime]:
    """Dates as TOML has them; one without an offset is by the machine's clock."""
    for name, moment in withhold.items():
        if not isinstance(moment, datetime):
            raise TypeError(f"withhold.{name} is {moment!r}: write 2026-12-24T12:00:00")
    return {name: moment.astimezone() for name, moment in withhold.items()}


@cache
def _read(root: str) -> Course:
    return read(Path(root))


def course() -> Course:
    """The course that is graded."""
    return _read(os.environ.get(VARIABLE) or str(ROOT))


@contextlib.contextmanager
def using(root: Path) -> Iterator[Course]:
    """Grade another course in this block, and in the programs that it starts.

    It is for one course after another, not for two at a time.
    """
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(Path(root).resolve())
    packages: tuple[str, ...] = ()
    _read.cache_clear()
    try:
        found = course()
        packages = (found.exercises, found.solutions)
        forget(packages)
        yield found
    finally:
        forget(packages)
        _read.cache_clear()
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


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
    """Stands for a module until something of it is asked for; only then is it imported."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__") and attribute != "__path__":
            raise AttributeError(attribute)  # whoever walks through all modules uses none
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), attribute)


def import_when_used(name: str) -> None:
    """Let `import name` cost nothing until something of it is used.

    Reference modules import a framework at their top, as the student's notebook does; but trained
    models are judged by properties, so the grader's own process rarely needs it, and it takes seconds
    and hundreds of megabytes.
    """
    if name not in sys.modules and (spec := importlib.util.find_spec(name)):
        sys.modules[name] = _WhenUsed(name)
        sys.modules[name].__spec__ = spec
