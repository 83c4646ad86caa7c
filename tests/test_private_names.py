"""Every name of a library that its authors keep for themselves, and that is used here all the same.

They may go or change with any release. What Sphinx and its extensions don't promise stands in
``coursebook.internals``; the rest is this table: where it is used, whose it is, and what for.
A failure here says what an upgrade has broken, before a class is graded with it.
"""

from __future__ import annotations

import ast
import importlib
import inspect

import pytest

from tests import docstrings

# file, name: (the class that has it, its parameters, what for)
PRIVATE = {
    ("grader.gradebook.record", "_check_late_penalty"): (
        "nbgrader.preprocessors:AssignLatePenalties", ("self", "notebook", "penalty"),
        "a late penalty takes no more than there is, and nothing for coming early",
    ),
    ("grader.nbgrader_plugin", "_init_resources"): (
        "nbconvert.exporters:NotebookExporter", ("self", "resources"),
        "the resources that nbgrader's converter reads, as the exporter itself begins with",
    ),
    ("grader.nbgrader_plugin", "_sanitizing"): (
        "nbgrader.converters:Autograde", None,
        "which of nbgrader's two passes over a submission this is",
    ),
}  # fmt: skip
PROMISED = {"os": {"_exit"}, "sphinx.locale": {"_"}}
"""Documented all the same: the end of a process without its clean-up, and Sphinx's translation."""
NAMEDTUPLE = {"_replace", "_asdict", "_fields", "_make"}


def own_names(tree: ast.Module) -> set[str]:
    """What a module calls so itself: its functions, classes, fields and attributes."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def foreign(tree: ast.Module, house: set[str]) -> set[str]:
    """The private names that a module takes from what isn't its own, nor this house's."""
    own, found = own_names(tree), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr):
            promised = PROMISED.get(ast.unparse(node.value), set())
            if node.attr not in own | promised | NAMEDTUPLE:
                found.add(node.attr)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            names = {alias.name for alias in node.names if private(alias.name)}
            parts = {part for part in module.split(".") if private(part)}
            if module.split(".")[0] not in house:
                found |= names - PROMISED.get(module, set()) | parts
    return found


def test_the_table_has_all_of_them_and_no_others():
    modules = docstrings.modules()
    house = {name.split(".")[0] for name in modules}
    found = {
        (name, used) for name, module in modules.items() for used in foreign(module.tree, house)
    }
    assert found == set(PRIVATE)


@pytest.mark.parametrize(("place", "name"), PRIVATE, ids=lambda part: part)
def test_it_is_still_there_and_takes_what_it_is_given(place, name):
    where, parameters, what_for = PRIVATE[place, name]
    module, _, owner = where.partition(":")
    holder = getattr(importlib.import_module(module), owner)
    assert hasattr(holder, name), f"{place} uses {where}.{name}: {what_for}"
    if parameters is not None:
        taken = tuple(inspect.signature(getattr(holder, name)).parameters)
        assert taken == parameters, f"{place} uses {where}.{name}: {what_for}"


@pytest.mark.parametrize(
    "source",
    [
        "import nbgrader\nnbgrader.api._secret()",
        "from nbgrader.api import _secret",
        "from nbgrader._api import known",
        "def f(thing):\n    return thing._secret",
    ],
)
def test_a_private_name_is_seen(source):
    assert len(foreign(ast.parse(source), {"grader"})) == 1


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    def __init__(self):\n        self._x = 1\n    def f(self):\n        return self._x",
        "from grader.judging import _own",
        "from os import path\nimport os\nos._exit(0)",
        "x = {}.__len__()",
    ],
)
def test_own_names_are_no_ones_else(source):
    assert foreign(ast.parse(source), {"grader"}) == set()
