"""What every page says about itself, and the door in front of the first one."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

LONGEST = 155  # characters of a description that a search result shows

DOOR = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{title}: the way in.">
<meta http-equiv="refresh" content="0; url={first}">
<title>{title}</title>
<link rel="icon" href="_static/favicon.svg">
</head>
<body><main><h1>{title}</h1><p><a href="{first}">Open the book</a></p></main></body>
</html>
"""


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("html-page-context", add_description)
    # Before sphinx_external_toc, which would write one without a language, a title or a link.
    app.connect("build-finished", write_door, priority=400)


def add_description(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """What search engines show of a page: its opening."""
    if 'name="description"' in context.get("metatags", ""):
        return
    title = f"{context.get('title', '')}: {app.config.html_title}"
    description = (doctree and opening(doctree)) or title
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
    """A text cut after a word."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def write_door(app: Sphinx, exception: Exception | None) -> None:
    """``index.html``, which leads to the first page; and a word to GitHub's page server."""
    if exception or app.builder.format != "html" or app.config.root_doc == "index":
        return
    door = DOOR.format(
        lang=app.config.language.replace("_", "-"),
        title=escape(app.config.html_title),
        first=app.builder.get_target_uri(app.config.root_doc),
    )
    Path(app.outdir, "index.html").write_text(door, "utf-8")
    # GitHub Pages would leave out every folder whose name begins with an underscore.
    Path(app.outdir, ".nojekyll").touch()
