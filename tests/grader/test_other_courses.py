"""The engine knows no course: neither the one of this checkout nor any other by name."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

import pytest

from grader import assignments

ENGINE = assignments.ROOT / "grader"
TESTS = Path(__file__).parent
ANY_PROGRAMS = {"after", "context", "search"}  # words that are not only names of assignments


def words_of(path: Path) -> set[str]:
    """The words of a file; of a program those of its names and values, not those of its comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        for node in ast.walk(tree):
            told = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            if told and ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
        text = ast.unparse(tree)
    return set(re.findall(r"\w+", text.lower()))


@pytest.fixture(scope="module")
def here():
    """The course of this checkout."""
    return assignments.read(assignments.ROOT)


def test_the_engine_names_nothing_of_the_course_beside_it(here):
    names = {here.id, *here.data, *here.names(), "keras", "tensorflow", "sentiment"}
    names = {name.lower() for name in names} - ANY_PROGRAMS
    files = [p for p in ENGINE.rglob("*") if p.suffix in {".py", ".j2", ".json", ".md"}]
    assert len(files) > 30
    hits = {str(path): found for path in files if (found := words_of(path) & names)}
    assert not hits


def test_the_engine_names_no_package_of_the_course_beside_it(here):
    """But as the fields of `course.toml`, which mean the packages of whichever course it is."""
    quoted = re.compile(rf"(?:from|import) (?:{here.exercises}|{here.solutions})\b(?!\.NAME)")
    hits = [p for p in ENGINE.rglob("*.py") if quoted.search(p.read_text(encoding="utf-8"))]
    assert not hits


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    return names | {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}


@pytest.mark.parametrize("folder", [ENGINE, TESTS], ids=["engine", "tests"])
def test_neither_the_engine_nor_its_tests_import_a_course(folder, here):
    packages = {here.exercises, here.solutions, *here.installed}
    of_the_course = {
        f"{path}: {name}"
        for path in folder.rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in packages or name.startswith("tests.exercises")
    }
    assert not of_the_course


def test_the_tests_name_none_of_the_assignments(here):
    """Where students' code runs is tried in all profiles; nothing else needs the course."""
    names = set(here.names()) - {"after"}  # of things that happen before and after others
    quoted = re.compile(rf"""["'/](?:{"|".join(sorted(names))})["'/.]""")
    hits = [
        f"{path}: {match[0]}"
        for path in TESTS.rglob("*.py")
        if "sandbox" not in path.parts and path != Path(__file__)
        for match in quoted.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not hits, "\n".join(hits)


def test_both_courses_are_read_one_after_the_other(here, toy):
    assert assignments.names() == ["smoothing"]
    with assignments.using(here.root):
        assert assignments.names() == here.names()
    assert assignments.load("smoothing").reference.__name__ == "answers.smoothing"


@pytest.mark.parametrize(
    ("contract", "known"),
    [("exercises", {"checks"}), ("inside", {"sandbox"})],
)
def test_no_room_of_the_engine_is_left_out_of_the_contracts(contract, known):
    """A contract that names what is forbidden would let pass a room that is new."""
    rules = configparser.ConfigParser()
    rules.read(assignments.ROOT / ".importlinter")
    forbidden = rules[f"importlinter:contract:{contract}"]["forbidden_modules"].split()
    rooms = {p.stem for p in ENGINE.glob("*.py")} | {p.parent.name for p in ENGINE.glob("*/*.py")}
    missing = rooms - {"__init__"} - {name.removeprefix("grader.") for name in forbidden} - known
    assert not missing
