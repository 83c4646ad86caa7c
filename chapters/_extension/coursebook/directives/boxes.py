"""``objectives`` opens a chapter (what you will know, how long it takes); ``summary`` closes it.

.. code-block:: markdown

   :::{objectives} 45 minutes
   - say what a gate does
   :::
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Box(SphinxDirective):
    """An admonition with a fixed title and a class of its own."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"name": directives.unchanged}
    title = ""
    kind = ""

    def run(self) -> list[nodes.Node]:
        """The box, with its title and what stands in it."""
        self.assert_has_content()
        box = nodes.admonition(classes=[self.kind])
        self.set_source_info(box)
        box += self.make_title()
        self.state.nested_parse(self.content, self.content_offset, box)
        self.add_name(box)
        return [box]

    def make_title(self) -> nodes.title:
        """Its title."""
        return nodes.title("", self.title)


class Objectives(Box):
    """What a chapter teaches, and how long it takes."""

    title = "In this chapter you will"
    kind = "objectives"

    def make_title(self) -> nodes.title:
        """Its title, with the time that the argument says."""
        title = super().make_title()
        if self.arguments:
            title += nodes.Text(" ")
            title += nodes.inline("", self.arguments[0], classes=["objectives-time"])
        return title


class Summary(Box):
    """What to take with you from a chapter."""

    title = "What to take with you"
    kind = "summary"

    def make_title(self) -> nodes.title:
        """The argument, where there is one."""
        return nodes.title("", self.arguments[0] if self.arguments else self.title)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_directive("objectives", Objectives)
    app.add_directive("summary", Summary)
