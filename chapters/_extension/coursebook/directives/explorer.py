"""``explorer``: something to play with in the page, with a still picture where scripts are off.

.. code-block:: markdown

   :::{explorer} lstm-gates
   :title: Turn the gates yourself
   :height: 420
   :beside: forget write
   What to show where scripts are off.
   :::

With ``:beside:`` it stands beside its section's text on wide screens, and stays in sight while the named
subsections are read.

``chapters/_explorers/lstm-gates.js`` draws into the element with ``data-explorer="lstm-gates"``. It
is a classic script, since browsers refuse ES modules from disk, and only pages that have the
explorer load it (after ``kit.js``, which all explorers share). The still picture is what the same script
draws while the book is built.
"""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .. import node as nodejs

SOURCES = Path(__file__).parents[3] / "_explorers"
FOLDER = "explorers"  # below the html's own _static
STILL = "<!-- still: {name} -->"
DATA = re.compile(r'<script type="application/json" id="([^"]+)">(.*?)</script>', re.DOTALL)

logger = logging.getLogger(__name__)


class explorer(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The place of an explorer; its children are what shows where scripts are off."""


class Explorer(SphinxDirective):
    """A place in a page where something can be played with."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar = {
        "title": directives.unchanged_required,
        "height": directives.nonnegative_int,
        "beside": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The explorer, its text for those who have no script inside."""
        name = self.arguments[0]
        if not (SOURCES / f"{name}.js").is_file():
            self.warn(f"there is no chapters/_explorers/{name}.js")
        if not self.content:
            self.warn("say or show something for readers whose scripts are off")
        node = explorer(
            name=name,
            title=self.options.get("title", name.replace("-", " ").capitalize()),
            height=self.options.get("height", 320),
            beside=self.options.get("beside", ""),
        )
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

    def warn(self, message: str) -> None:
        """Say in the build's log what is wrong with this directive."""
        logger.warning(
            "explorer “%s”: %s",
            self.arguments[0],
            message,
            location=self.get_location(),
            type="course",
            subtype="explorer",
        )


def visit_explorer(self, node: explorer) -> None:
    """The element that the explorer's script fills."""
    name, title = escape(node["name"]), escape(node["title"])
    beside = f' data-beside="{escape(node["beside"])}"' if node["beside"] else ""
    self.body.append(
        f'<div class="explorer" data-explorer="{name}"{beside} role="group" aria-label="{title}">\n'
        f'<p class="explorer-title" aria-hidden="true">{title}</p>\n'
        f'<div class="explorer-stage" style="min-height:{node["height"]}px">\n'
        f"{STILL.format(name=name)}\n"
    )


def depart_explorer(self, node: explorer) -> None:
    """Its end."""
    self.body.append("</div></div>\n")


def add_scripts(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Load what the explorers of this page need, and nothing on other pages."""
    names = {node["name"] for node in doctree.findall(explorer)} if doctree else set()
    if not names:
        return
    app.add_css_file(f"{FOLDER}/explorer.css")
    for name in ["kit", *sorted(names)]:
        app.add_js_file(f"{FOLDER}/{name}.js", loading_method="defer", priority=600)


def add_stills(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Put into each explorer's place the picture that it opens on, drawn by its own script."""
    places = list(doctree.findall(explorer)) if doctree else []
    places = [node for node in places if (SOURCES / f"{node['name']}.js").is_file()]
    if not places:
        return
    data = dict(DATA.findall(context["body"]))
    request = {
        "kit": str(SOURCES / "kit.js"),
        "explorers": [
            {"name": node["name"], "script": str(SOURCES / f"{node['name']}.js"), "data": data}
            for node in places
        ],
    }
    try:
        drawn = json.loads(nodejs.run("stills.mjs", request))
    except ExtensionError as error:
        logger.warning(
            "no still picture: %s", error, location=pagename, type="course", subtype="explorer"
        )
        return
    for node, html in zip(places, drawn, strict=True):
        still = f'<div class="explorer-still">{html}</div>'
        context["body"] = context["body"].replace(STILL.format(name=node["name"]), still)


def copy_scripts(app: Sphinx) -> None:
    """Copy before any page is written: Sphinx puts the files' checksums into the pages."""
    if app.builder.format == "html":
        shutil.copytree(SOURCES, Path(app.outdir, "_static", FOLDER), dirs_exist_ok=True)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_directive("explorer", Explorer)
    app.add_node(explorer, html=(visit_explorer, depart_explorer))
    app.connect("builder-inited", copy_scripts)
    app.connect("html-page-context", add_scripts)
    app.connect("html-page-context", add_stills)
