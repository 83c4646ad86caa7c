"""What the tools leave behind on a page, and its mend: one module each, with the reason.

A mend is a function of the page's parsed HTML. They run as a page is written, so each page is
mended once, and pages that Sphinx needn't write again cost nothing.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

MENDS = []


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", mend_what_is_written)


def mend_what_is_written(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    render = app.builder.templates.render

    def render_and_mend(template: str, context: dict) -> str:
        return mend(render(template, context))

    app.builder.templates.render = render_and_mend


def mend(html: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    for step in MENDS:
        step(page)
    return page.decode(formatter="minimal")
