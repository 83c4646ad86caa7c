"""Reads docstrings in NumPy's format, and what a function takes, gives and raises, off the sources.

Nothing is imported: the docstrings of what needs Keras, Sphinx or JupyterHub cost none of them.
"""

from __future__ import annotations

import ast
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from numpydoc.docscrape import NumpyDocString

ROOT = Path(__file__).parents[1]
ROOMS = ("course", "solutions", "exercises", "grader", "hub", "chapters/_extension/coursebook")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = Function | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """A module of the house.

    Attributes
    ----------
    name : str
        As it is imported.
    room : str
        The package in which it lies.
    path : Path
        Its file.
    tree : ast.Module
        What it says.
    """

    name: str
    room: str
    path: Path
    tree: ast.Module

    def own(self) -> dict[str, Documented]:
        """What it defines at its top for others: functions and classes by their names."""
        return {
            node.name: node
            for node in self.tree.body
            if isinstance(node, Documented) and not node.name.startswith("_")
        }

    def imported(self) -> Iterator[tuple[str, str]]:
        """Each (module, name) that it uses of others, by `from` or as an attribute of a module."""
        modules: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                modules |= {a.asname or a.name: a.name for a in node.names}
            elif isinstance(node, ast.ImportFrom):
                source = self._absolute(node)
                for alias in node.names:
                    modules[alias.asname or alias.name] = f"{source}.{alias.name}"
                    yield source, alias.name
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) and (name := ast.unparse(node.value)) in modules:
                yield modules[name], node.attr

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.room.split(".")
        package = package[: len(package) - node.level + 1]
        return ".".join([*package, *([node.module] if node.module else [])])


@functools.cache
def modules() -> dict[str, Module]:
    """All modules of the house but the tests, by their names."""
    found = {}
    for room in ROOMS:
        top = ROOT / room
        for path in sorted(sources(top)):
            parts = path.relative_to(top.parent).with_suffix("").parts
            package = ".".join(parts[:-1])
            name = package if path.stem == "__init__" else ".".join(parts)
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found[name] = Module(name, package, path, tree)
    return found


def sources(top: Path) -> Iterator[Path]:
    """The Python files below a folder that are the house's own; foreign ones are not even looked for."""
    for folder, inner, files in os.walk(top):
        inner[:] = [name for name in inner if name not in {"_new", ".venv", "node_modules"}]
        yield from (Path(folder, name) for name in files if name.endswith(".py"))


def shared(house: dict[str, Module]) -> Iterator[tuple[str, Documented]]:
    """What another room imports: functions, classes, and the public methods of these classes."""
    used: dict[str, set[str]] = {}
    for module in house.values():
        for source, name in module.imported():
            if source in house and house[source].room != module.room:
                used.setdefault(source, set()).add(name)
    for source, names in sorted(used.items()):
        own = house[source].own()
        for name in sorted(names & set(own)):
            yield f"{source}.{name}", own[name]
            if isinstance(own[name], ast.ClassDef):
                yield from methods(f"{source}.{name}", own[name])


def methods(name: str, node: ast.ClassDef) -> Iterator[tuple[str, Function]]:
    """The public methods of a class."""
    for each in node.body:
        if isinstance(each, Function) and not each.name.startswith("_"):
            yield f"{name}.{each.name}", each


def documented(house: dict[str, Module]) -> Iterator[tuple[str, Documented]]:
    """Every function, class and method that has a docstring, private ones too."""
    for module in house.values():
        for node in ast.walk(module.tree):
            if isinstance(node, Documented) and ast.get_docstring(node):
                yield f"{module.name}:{node.lineno} {node.name}", node


def parsed(node: Documented) -> NumpyDocString:
    """A docstring's sections. A section that NumPy's format doesn't know is a warning."""
    return NumpyDocString(ast.get_docstring(node) or "")


def has_sections(node: Documented) -> bool:
    """Whether a docstring says more than a summary and prose."""
    doc = parsed(node)
    return any(doc[name] for name in ("Parameters", "Returns", "Yields", "Raises"))


def needs_sections(function: Function) -> bool:
    """Whether one line can't say it: more than two arguments, or an exception of its own."""
    return len(arguments(function)) > 2 or bool(raises(function))


def shortcomings(function: Function) -> list[str]:
    """What a docstring with sections leaves out, adds, or puts in another order than the function."""
    if ast.get_docstring(function) is None:
        return ["has no docstring"]
    doc = parsed(function)
    described = [
        (name, " ".join(entry.desc))
        for entry in doc["Parameters"]
        for name in entry.name.split(", ")
    ]
    found = []
    if [name for name, _ in described] != arguments(function):
        found.append(f"describes {[name for name, _ in described]}, takes {arguments(function)}")
    found += [f"says nothing of {name}" for name, words in described if not words]
    given = doc["Returns"] or doc["Yields"]
    if gives(function) and not given:
        found.append("has no section Returns")
    found += [
        f"says nothing of what is returned: {entry.name or entry.type}"
        for entry in given
        if not " ".join(entry.desc)
    ]
    promised = {entry.type for entry in doc["Raises"]}
    found += [f"doesn't say that it raises {name}" for name in sorted(raises(function) - promised)]
    return found


def arguments(function: Function) -> list[str]:
    """The names of a function's arguments in its order, less a method's own object."""
    given = function.args
    names = [argument.arg for argument in given.posonlyargs + given.args]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    names += [f"*{given.vararg.arg}"] if given.vararg else []
    names += [argument.arg for argument in given.kwonlyargs]
    return names + ([f"**{given.kwarg.arg}"] if given.kwarg else [])


def gives(function: Function) -> bool:
    """Whether a function returns or yields something. Without an annotation it is taken to."""
    nothing = ("None", "NoReturn", "Iterator[None]")
    return function.returns is None or ast.unparse(function.returns) not in nothing


def raises(function: Function) -> set[str]:
    """The exceptions that a function raises in its own lines, less those of functions within it."""
    within = {
        id(node)
        for inner in ast.walk(function)
        if isinstance(inner, Function) and inner is not function
        for node in ast.walk(inner)
    }
    own = (n for n in ast.walk(function) if isinstance(n, ast.Raise) and id(n) not in within)
    raised = [node.exc for node in own if node.exc]
    return {ast.unparse(each.func if isinstance(each, ast.Call) else each) for each in raised}


def fields(node: ast.ClassDef) -> set[str]:
    """The names that a class gives its objects: of a dataclass, or in its methods."""
    own = {n.target.id for n in node.body if isinstance(n, ast.AnnAssign)}
    own |= {t.id for n in node.body if isinstance(n, ast.Assign) for t in n.targets}
    own |= {
        n.attr
        for n in ast.walk(node)
        if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)
    }
    return own | {n.name for n in node.body if isinstance(n, Function)}
