"""What the tools leave behind on a page, and its mend: one module each, with the reason.

A mend is a function of the page's parsed HTML. The mends run as a page is written, so each page is
mended once, and pages that Sphinx needn't write again cost nothing. What can only be mended when
all pages are there (style sheets, the icons' font, drawings) waits for the end of the build.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from . import bibliography, drawings, head, icons, images, landmarks, names, styles, tables

MENDS = [head.mend, landmarks.mend, names.mend, images.mend, tables.mend, bibliography.mend]


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", mend_what_is_written)
    styles.setup(app)
    icons.setup(app)
    drawings.setup(app)


def mend_what_is_written(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    render = app.builder.templates.render

    def render_and_mend(template: str, context: dict) -> str:
        html = render(template, context)
        # The theme also renders parts of pages, to see whether they are empty.
        return mended(html, app) if "</html>" in html else html

    app.builder.templates.render = render_and_mend


def mended(html: str, app: Sphinx) -> str:
    page = BeautifulSoup(html, "html.parser")
    for mend in MENDS:
        mend(page, app)
    return page.decode(formatter="minimal")
