"""``assignment``: the card at a chapter's end that leads to its graded exercise.

.. code-block:: markdown

   :::{assignment} lstm
   What the exercise builds, in a sentence or two.
   :::

How long it takes and what it is worth, its checks say. The card opens the chapter in the course's
hub (``course_hub_url``) and offers the released notebook (``course_release_path``/lstm/lstm.ipynb),
which is copied into the book.
"""

from __future__ import annotations

import os
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from course.launch import hub_path

from ..exercises import Exercise, exercises, sources

FOLDER = "_assignments"
logger = logging.getLogger(__name__)


class assignment(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The card; its children are the description."""


class Assignment(SphinxDirective):
    """The card of a chapter's exercise: what it asks, takes and is worth, and the ways to it."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The card, or nothing but a warning where there is no such exercise."""
        name = self.arguments[0]
        asked = self.asked(name)
        facts = [asked.time, asked.worth] if asked else []
        node = assignment(name=name, facts=facts, released=self.release(name))
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

    def asked(self, name: str) -> Exercise | None:
        """What the exercise asks, and its files as sources of this page."""
        root = Path(self.env.srcdir)
        for path in sources(root, [name]):
            self.env.note_dependency(str(path))
        found = exercises(root, Path(self.env.app.outdir).parent).get(name)
        if found is None:
            self.warn(name, f"the book has no chapter {name} with exercises/{name}/checks.py")
        return found

    def release(self, name: str) -> bool:
        """Note the released notebook as a source of this page; say how to make a missing one."""
        notebook = released(self.env.app, name)
        self.env.note_dependency(str(notebook))
        if notebook.is_file():
            return True
        path = notebook.relative_to(self.env.srcdir)
        self.warn(name, f"{path} is missing; `make release` builds it")
        return False

    def warn(self, name: str, message: str) -> None:
        """Say in the build's log what is wrong with this directive."""
        logger.warning(
            "assignment “%s”: %s",
            name,
            message,
            location=self.get_location(),
            type="course",
            subtype="assignment",
        )


def released(app: Sphinx, name: str) -> Path:
    """The notebook that students get of an exercise."""
    return Path(app.srcdir, app.config.course_release_path, name, f"{name}.ipynb")


def visit_assignment(self, node: assignment) -> None:
    """The card's head: its title and facts."""
    name = escape(node["name"])
    facts = "".join(
        f' <span class="assignment-fact">{escape(fact)}</span>' for fact in node["facts"]
    )
    self.body.append(
        f'<div class="assignment" role="group" aria-label="Assignment: {name}">\n'
        f'<p class="assignment-title">Your turn: <em>{name}</em>{facts}</p>\n'
    )


def depart_assignment(self, node: assignment) -> None:
    """The card's foot: the ways to the exercise."""
    config = self.builder.config
    links, hub = [], config.course_hub_url.rstrip("/")
    if hub:
        path = hub_path(config.course_student_repository, self.builder.current_docname)
        links.append(f'<a class="assignment-hub" href="{escape(hub + path)}">Open in the hub</a>')
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
    """`$COURSE_HUB_URL` goes before what `_config.yml` says."""
    config.course_hub_url = os.environ.get("COURSE_HUB_URL", config.course_hub_url)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_config_value("course_hub_url", "", "html", types=(str,))
    app.add_config_value("course_release_path", "build/course/release", "env", types=(str,))
    app.add_directive("assignment", Assignment)
    app.add_node(assignment, html=(visit_assignment, depart_assignment))
    app.connect("config-inited", let_environment_name_the_hub)
    app.connect("doctree-resolved", copy_notebook)
