"""``assignment``: the card at a chapter's end that leads to its graded exercise.

.. code-block:: markdown

   :::{assignment} lstm
   :time: 90 minutes
   What the exercise builds, in a sentence or two.
   :::

The card opens the course's hub (``course_hub_url``) and offers the released notebook
(``course_release_path``/lstm/lstm.ipynb), which is copied into the book.
"""

from __future__ import annotations

import os
import shutil
from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

FOLDER = "_assignments"
# nbgrader's list of assignments is a command of JupyterLab's; the hub fills in the reader's server.
HUB_PAGE = "/hub/user-redirect/lab"

logger = logging.getLogger(__name__)


class assignment(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The card; its children are the description."""


class Assignment(SphinxDirective):
    has_content = True
    required_arguments = 1
    option_spec: ClassVar = {
        "time": directives.unchanged_required,
        "title": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        node = assignment(
            name=name,
            title=self.options.get("title", name),
            time=self.options.get("time", ""),
            released=self.release(name),
        )
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

    def release(self, name: str) -> bool:
        """Note the released notebook as a source of this page; say how to make a missing one."""
        notebook = released(self.env.app, name)
        self.env.note_dependency(str(notebook))
        if notebook.is_file():
            return True
        logger.warning(
            "assignment “%s”: %s is missing; `make release` builds it",
            name,
            notebook.relative_to(self.env.srcdir),
            location=self.get_location(),
            type="course",
            subtype="assignment",
        )
        return False


def released(app: Sphinx, name: str) -> Path:
    return Path(app.srcdir, app.config.course_release_path, name, f"{name}.ipynb")


def visit_assignment(self, node: assignment) -> None:
    title, time = escape(node["title"]), escape(node["time"])
    clock = f' <span class="assignment-time">{time}</span>' if time else ""
    self.body.append(
        f'<div class="assignment" role="group" aria-label="Assignment: {title}">\n'
        f'<p class="assignment-title">Your turn: <em>{title}</em>{clock}</p>\n'
    )


def depart_assignment(self, node: assignment) -> None:
    links, hub = [], self.builder.config.course_hub_url.rstrip("/")
    if hub:
        links.append(
            f'<a class="assignment-hub" href="{escape(hub + HUB_PAGE)}">Open in the hub</a>'
        )
    if node["released"]:
        name = node["name"]
        uri = self.builder.get_relative_uri(self.builder.current_docname, "index")
        folder = uri.rsplit("/", 1)[0] + "/" if "/" in uri else ""
        links.append(
            f'<a class="assignment-download" href="{folder}{FOLDER}/{name}.ipynb" download>'
            "Download the notebook</a>"
        )
    if links:
        self.body.append(f'<p class="assignment-links">{" ".join(links)}</p>\n')
    if not hub:
        self.body.append(
            "<p>Does your course run a hub? Then fetch the assignment from its list there, "
            "and submit it there too.</p>\n"
        )
    self.body.append("</div>\n")


def copy_notebook(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Bring the released notebooks that a page offers into the book."""
    for node in doctree.findall(assignment):
        if node["released"] and app.builder.format == "html":
            folder = Path(app.outdir, FOLDER)
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(released(app, node["name"]), folder / f"{node['name']}.ipynb")


def let_environment_name_the_hub(app: Sphinx, config: Config) -> None:
    config.course_hub_url = os.environ.get("COURSE_HUB_URL", config.course_hub_url)


def setup(app: Sphinx) -> None:
    app.add_config_value("course_hub_url", "", "html", types=(str,))
    app.add_config_value("course_release_path", "build/course/release", "env", types=(str,))
    app.add_directive("assignment", Assignment)
    app.add_node(assignment, html=(visit_assignment, depart_assignment))
    app.connect("config-inited", let_environment_name_the_hub)
    app.connect("doctree-resolved", copy_notebook)
