"""What every page says about itself: a description for search engines and screen readers."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

LONGEST = 155  # characters that a search result shows


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_description)


def add_description(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if 'name="description"' in context.get("metatags", ""):
        return
    description = opening(doctree) if doctree else f"{context.get('title', '')} of the book."
    context["metatags"] = (
        context.get("metatags", "") + f'\n<meta name="description" content="{escape(description)}">'
    )


def opening(doctree: nodes.document) -> str:
    """The page's first paragraph of prose, cut between words."""
    for section in doctree.findall(nodes.section):
        for child in section.children:
            if isinstance(child, nodes.paragraph):
                return shorten(child.astext())
    return ""


def shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
