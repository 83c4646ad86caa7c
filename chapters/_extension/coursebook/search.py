"""What the search of the book needs to lead to a section, and to quote it where nothing may be fetched.

Sphinx's index knows pages. `SEARCH_SECTIONS` has the text of each section besides, as a script, since
browsers load those from disk too; only the search page loads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

SCORER = Path(__file__).parents[1] / "search" / "scorer.js"
DATA = "search-sections.js"
UNREAD = (nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.section, nodes.title)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("config-inited", name_scorer)
    app.connect("html-page-context", add_data)
    app.connect("build-finished", write_data)


def name_scorer(app: Sphinx, config: Config) -> None:
    """Let Sphinx put it before its own script."""
    config.html_search_scorer = str(SCORER)


def add_data(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """The text of the sections goes to the page that searches."""
    if pagename == "search":
        app.add_js_file(DATA, loading_method="defer", priority=100)


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write what all pages say, as `{page: [[id, title, text], ...]}`."""
    if exception or app.builder.format != "html":
        return
    trees = {page: app.env.get_doctree(page) for page in sorted(app.env.found_docs)}
    pages = {page: [*sections_of(tree), *terms_of(tree)] for page, tree in trees.items()}
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    path = Path(app.outdir, "_static", DATA)
    path.write_text(f"var SEARCH_SECTIONS = {text};\n", encoding="utf-8")


def sections_of(doctree: nodes.document) -> Iterator[list[str]]:
    """Each section's id, title and prose, without the sections in it."""
    for section in doctree.findall(nodes.section):
        title = next(section.findall(nodes.title), None)
        parts = [own_text(child) for child in section.children if not isinstance(child, UNREAD)]
        yield [
            section["ids"][0],
            title.astext() if title else "",
            " ".join(" ".join(parts).split()),
        ]


def terms_of(doctree: nodes.document) -> Iterator[list[str]]:
    """Each term of a glossary as a section of its own: id, term, what it means."""
    for item in doctree.findall(nodes.definition_list_item):
        term = next(item.findall(nodes.term), None)
        if term is not None and term["ids"]:
            meaning = " ".join(own_text(d) for d in item.findall(nodes.definition))
            yield [term["ids"][0], term.astext(), " ".join(meaning.split())]


def own_text(node: nodes.Node) -> str:
    """What a reader reads of a node: no code, no mathematics, nothing of a script."""
    if isinstance(node, UNREAD):
        return " "
    if isinstance(node, nodes.Text):
        return str(node)
    return " ".join(own_text(child) for child in node.children)
