"""Three directives of the teaching guide: ``timetable``, ``workload`` and ``alignment``.

.. code-block:: markdown

   :::{alignment} lstm
   - sections: [A gate, "One step, in four moves"]
     builds: [sigmoid, lstm_step]
     asks: [2, 3]
   :::

says of each objective of a chapter, in the order of its box, where the chapter teaches it, what the
exercise has the student build for it, and which of the chapter's own questions ask for it. Everything
else comes from the chapter and the exercise themselves, and a name that isn't there is a warning.
Tables are filled in once all pages are read, before references are resolved.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..contents import Contents
from ..exercises import Exercise, exercises, sources
from .chapters import Chapter, chapter

Chapters = dict[str, Chapter]
Exercises = dict[str, Exercise]
Cell = str | nodes.Node | list[nodes.Node]

logger = logging.getLogger(__name__)


class teaching_table(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The place of a table; ``kind`` names it, ``name`` its chapter, ``rows`` what the page says."""


class Table(SphinxDirective):
    """``timetable`` and ``workload``: of all chapters that the book has."""

    def run(self) -> list[nodes.Node]:
        """A place for the table, which is filled in when all pages are read."""
        return [self.place()]

    def place(self, **what: Any) -> teaching_table:
        """Note what the page rests on; the chapters see to themselves (``outdated``)."""
        pages = getattr(self.env, "teaching_pages", set())
        self.env.teaching_pages = pages | {self.env.docname}
        root = Path(self.env.srcdir)
        for path in sources(root, Contents(root).chapters):
            if path.is_file():
                self.env.note_dependency(str(path))
        node = teaching_table(**{"kind": self.name, "name": "", "rows": []} | what)
        self.set_source_info(node)
        return node


class Alignment(Table):
    """Which objective is taught, tried, built and asked where."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A place for the table of the rows that the directive's YAML lists."""
        try:
            rows = yaml.safe_load("\n".join(self.content)) or []
        except yaml.YAMLError as error:
            raise self.error(f"alignment of {self.arguments[0]}: {error}") from error
        return [self.place(name=self.arguments[0], rows=rows)]


class FillIn(SphinxPostTransform):
    """Fills in the teaching guide's tables."""

    default_priority = 8  # before references are resolved, as the tables have some

    def run(self, **kwargs: Any) -> None:
        """Put the tables in their places."""
        found = list(self.document.findall(teaching_table))
        if not found:
            return
        root = Path(self.app.srcdir)
        names = Contents(root).chapters
        written = [name for name in names if f"chapters/{name}" in self.env.found_docs]
        chapters = {name: chapter(self.env, name) for name in written}
        asked = exercises(root, Path(self.app.outdir).parent)
        for node in found:
            if node["kind"] == "alignment" and node["name"] not in names:
                warn(node, f"there is no chapter {node['name']}")
            make = {"timetable": timetable, "workload": workload, "alignment": alignment}
            node.replace_self(make[node["kind"]](node, chapters, asked) or [])


def timetable(node: teaching_table, chapters: Chapters, asked: Exercises) -> nodes.table:
    """A week for each chapter: what to read, what to show, what to build."""
    rows, total = [], [0, 0, 0, 0]
    for week, found in enumerate(chapters.values(), start=1):
        sheet = asked.get(found.name)
        asks = (sheet.minutes, sheet.points, sheet.by_hand) if sheet else (0, 0, 0)
        numbers = (found.minutes, *asks)
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        slides = nodes.reference("", f"slides {week}", refuri=f"../slides/{found.name}.html")
        read, *rest = map(number, numbers)
        rows.append([str(week), link(found), read, slides, *rest])
    heads = ["week", "read", "minutes", "show", "exercise, minutes", "points", "by hand"]
    read, *rest = map(number, total)
    return table(heads, [*rows, ["", "together", read, "", *rest]])


def workload(node: teaching_table, chapters: Chapters, asked: Exercises) -> nodes.table:
    """What a chapter is made of, counted, and how long its cells ran in this build."""
    rows = [
        [
            link(found),
            number(found.words),
            number(found.equations),
            number(found.figures),
            number(len(found.questions)),
            "" if found.seconds is None else f"{found.seconds:.0f} s",
        ]
        for found in chapters.values()
    ]
    return table(["chapter", "words", "equations", "figures", "questions", "its cells ran"], rows)


def alignment(
    node: teaching_table, chapters: Chapters, asked: Exercises
) -> list[nodes.Node] | None:
    """Objective, section, exercise, check, for one chapter; nothing where the book hasn't it."""
    found = chapters.get(node["name"])
    if found is None:
        return None
    sheet = asked.get(found.name)
    checks = {check["function"]: check for check in sheet.checks} if sheet else {}
    if len(node["rows"]) != len(found.objectives):
        warn(
            node,
            f"the chapter {found.name} has {len(found.objectives)} objectives, and here are "
            f"{len(node['rows'])}",
        )
    rows = []
    for objective, row in zip(found.objectives, node["rows"], strict=False):
        sections = [
            link(found, title, found.sections[title])
            for title in known(node, row, "sections", found.sections)
        ]
        functions = known(node, row, "builds", checks)
        numbers = dict(enumerate(found.questions, start=1))
        questions = [
            link(found, str(number), numbers[number])
            for number in known(node, row, "asks", numbers)
        ]
        rows.append(
            [
                [copy.deepcopy() for copy in objective],
                lines(sections),
                separated(questions),
                lines(check_of(checks[name]) for name in functions),
            ]
        )
    for name in set(checks) - {name for row in node["rows"] for name in row.get("builds", [])}:
        warn(node, f"no objective of {found.name} has `{name}` built")
    heads = ["objective", "section", "question", "exercise and check"]
    title = nodes.rubric("", "", link(found))
    return [title, table(heads, rows)]


def known(node: teaching_table, row: dict, key: str, names: Iterable) -> list:
    """The entries of a row that exist; a warning for each of the others."""
    for name in row.get(key, []):
        if name not in names:
            warn(node, f"{key}: {node['name']} has no {name!r}")
    return [name for name in row.get(key, []) if name in names]


def warn(node: teaching_table, message: str) -> None:
    """Say in the build's log what does not fit together."""
    logger.warning("alignment: %s", message, location=node, type="course", subtype="alignment")


def check_of(check: dict) -> list[nodes.Node]:
    """Step, the function that is called, its worth, and how many wrong answers have a word."""
    return [
        nodes.Text(f"{check['step']}: "),
        nodes.literal("", check["function"]),
        nodes.Text(
            f", {number(check['points'])} point{'s' * (check['points'] != 1)}, "
            f"{check['mistakes']} known mistake{'s' * (check['mistakes'] != 1)}"
        ),
    ]


def number(value: float) -> str:
    """A number with thin groups of thousands."""
    return f"{value:,g}".replace(",", "\N{NO-BREAK SPACE}")


def link(found: Chapter, text: str = "", anchor: str = "") -> nodes.Node:
    """A reference to a chapter, or to a place in it."""
    text = text or found.title
    if anchor:
        return nodes.reference("", text, internal=True, refuri=f"{found.name}.html#{anchor}")
    return pending_xref(
        "", nodes.inline("", text), refdomain="std", reftype="doc", reftarget=f"/{found.docname}",
        refdoc="chapters/teaching", refexplicit=True, refwarn=True,
    )  # fmt: skip


def lines(parts: Iterable[nodes.Node | list[nodes.Node]]) -> list[nodes.Node]:
    """Each part a paragraph of its own."""
    return [nodes.paragraph("", "", *(p if isinstance(p, list) else [p])) for p in parts]


def separated(parts: list[nodes.Node]) -> list[nodes.Node]:
    """Nodes with commas between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [nodes.Text(", "), part] if found else [part]
    return found


def table(heads: list[str], rows: list[list[Cell]]) -> nodes.table:
    """A table node of heads and rows."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]
    group += nodes.thead("", row_of(heads))
    group += nodes.tbody("", *map(row_of, rows))
    return nodes.table("", group, classes=["colwidths-auto", "teaching"])


def row_of(cells: list[Cell]) -> nodes.row:
    """A table's row."""
    return nodes.row("", *map(entry, cells))


def entry(cell: Cell) -> nodes.entry:
    """A table's cell."""
    if isinstance(cell, list) and all(isinstance(part, nodes.paragraph) for part in cell):
        return nodes.entry("", *cell)
    parts = [nodes.Text(cell)] if isinstance(cell, str) else cell
    return nodes.entry(
        "", nodes.paragraph("", "", *(parts if isinstance(parts, list) else [parts]))
    )


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Whenever a chapter is read, the tables that tell of it are made anew."""
    chapters = {f"chapters/{name}" for name in Contents(Path(app.srcdir)).chapters}
    pages = getattr(env, "teaching_pages", set()) & env.found_docs
    return pages if chapters & (added | changed | removed) else set()


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_node(teaching_table)
    app.add_directive("timetable", Table)
    app.add_directive("workload", Table)
    app.add_directive("alignment", Alignment)
    app.add_post_transform(FillIn)
    app.connect("env-get-outdated", outdated)
