"""A chapter as its tests see it: source, names in its code, results in the built book."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from pathlib import Path

import jupytext
import nbformat
from coursebook.plain import code, quoted_results, runnable

ROOT = Path(__file__).parents[2]
FOLDED = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
BUILT = ROOT / "_build" / "html" / "_sources" / "chapters"


class Page:
    """The page of one chapter.

    source, notebook : the text, and the notebook that it is.
    code, tree       : all code cells as one program, and its syntax tree.
    """

    def __init__(self, name: str):
        self.name = name
        self.path = ROOT / "chapters" / f"{name}.md"
        self.source = self.path.read_text(encoding="utf-8")
        self.notebook = jupytext.reads(self.source, fmt="md:myst")
        self.cells = [c for c in self.notebook.cells if c.cell_type == "code"]
        self.code = "\n".join(cell.source for cell in self.cells)
        self.tree = ast.parse(self.code)

    @property
    def shown(self) -> list[nbformat.NotebookNode]:
        """The code cells whose code a reader sees without unfolding anything."""
        return [cell for cell in self.cells if not FOLDED & set(cell.metadata.get("tags", ()))]

    @property
    def prose(self) -> str:
        """What is there to be read, quizzes and tables included."""
        return "\n".join(c.source for c in self.notebook.cells if c.cell_type == "markdown")

    @property
    def figures(self) -> list[nbformat.NotebookNode]:
        """The code cells that give the page a figure."""
        return [cell for cell in self.cells if "figure" in cell.metadata.get("mystnb", {})]

    @property
    def minutes(self) -> float:
        """How long it takes to work through the page.

        Two hundred words are read in a minute. A figure, a formula on a line of its own, a cell of
        code and a question of a quiz take a minute each, and an explorer five.
        """
        formulas = self.prose.count("{math}\n") + len(re.findall(r"(?m)^\$\$$", self.prose)) / 2
        questions, explorers = (self.prose.count(f":::{{{kind}}}") for kind in ("quiz", "explorer"))
        looked_at = len(self.figures) + formulas + len(self.shown) + questions
        return len(self.prose.split()) / 200 + looked_at + 5 * explorers

    def functions(self) -> set[str]:
        """The functions and classes that the page defines at the top level."""
        kinds = (ast.FunctionDef, ast.ClassDef)
        return {node.name for node in self.tree.body if isinstance(node, kinds)}

    @property
    def quoted(self) -> set[str]:
        """The names of the results that sentences quote."""
        return set(re.findall(r"\{glue:text\}`(\w+)", self.source))

    def imported(self) -> set[str]:
        """The packages that the page imports."""
        nodes = list(ast.walk(self.tree))
        names = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        names |= {n.name for node in nodes if isinstance(node, ast.Import) for n in node.names}
        return {name.split(".")[0] for name in names}

    def named(self) -> set[str]:
        """Every name that the page's code defines or uses."""
        nodes = list(ast.walk(self.tree))
        defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        return defined | {node.id for node in nodes if isinstance(node, ast.Name)}

    def calls(self, name: str):
        """First argument and keyword arguments of all calls of a function or method of that name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                first = ast.unparse(node.args[0]) if node.args else None
                yield first, {word.arg: ast.unparse(word.value) for word in node.keywords}

    def take(self, *wanted: str, **given) -> dict:
        """The page's own definitions of these names, with their imports, beside what is given."""
        wanted_ones = [each for each in self.tree.body if names_of(each) & set(wanted)]
        used = {n.id for each in wanted_ones for n in ast.walk(each) if isinstance(n, ast.Name)}
        kept = [
            statement
            for statement in self.tree.body
            if statement in wanted_ones or bound_by_import(statement) & used
        ]
        exec(compile(ast.Module(kept, []), self.path.name, "exec"), given)
        assert set(wanted) <= set(given)
        return given

    def cell_with(self, text: str) -> str:
        """The source of the only code cell that has this text in it."""
        found = [cell.source for cell in self.cells if text in cell.source]
        assert len(found) == 1, f"{len(found)} cells of {self.path.name} contain {text!r}"
        return found[0]

    def run(self, *texts: str, **given) -> dict:
        """The names that the cells with these texts make, each text being in one cell only."""
        for text in texts:
            exec(self.cell_with(text), given)
        return given

    @cached_property
    def built(self) -> list[nbformat.NotebookNode]:
        """The executed cells of the page in the built book. Only for tests that are marked `book`."""
        path = BUILT / f"{self.name}.ipynb"
        assert path.is_file(), "the book isn't built: make book"
        cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        assert code(cells) == [runnable(text) for text in code(self.cells)], (
            f"the built book has an older {self.path.name}: make book"
        )
        return cells

    @cached_property
    def outputs(self) -> list[nbformat.NotebookNode]:
        """All outputs of the page in the built book."""
        return [output for cell in self.built for output in cell.outputs]

    @cached_property
    def glued(self) -> dict[str, str]:
        """What the page's code put into its sentences, by name."""
        return quoted_results(self.built)

    def number(self, name: str) -> float:
        """A result, as in "8,645", "−2.5", "3 of 4" (which gives 3), "2.1 · 10⁻³" or "0.5 %"."""
        text = self.glued[name].translate({0xA0: " ", 0x2212: "-", ord(","): None})
        power = re.fullmatch(r"(.+) · 10(.+)", text)
        if power:
            exponent = power[2].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
            return float(power[1]) * 10.0 ** int(exponent)
        return float(text.split()[0])


def bound_by_import(statement: ast.stmt) -> set[str]:
    """The names that an import binds; none where the statement is no import."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return set()
    return {(alias.asname or alias.name).split(".")[0] for alias in statement.names}


def names_of(statement: ast.stmt) -> set[str]:
    """The names that a statement defines at the top level."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign):
        return {n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return set()
