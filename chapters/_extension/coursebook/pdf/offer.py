"""The link to the PDF on the book's first page: there once the PDF is, and not before.

Building the book makes no PDF, and a link to a file that isn't there would be a broken one. So the
page has an empty paragraph, which is filled after a build and after a printing.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

NAME = "recurrent-networks.pdf"
PLACE = '<p class="pdf-offer" hidden></p>'
LINK = '<p class="pdf-offer">The whole book is also <a href="../{name}">a PDF to print</a>.</p>'


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("build-finished", after_a_build)


def after_a_build(app: Sphinx, exception: Exception | None) -> None:
    """Link the PDF again, if there is one: a build writes the first page anew."""
    if not exception and app.builder.format == "html":
        link(Path(app.outdir))


def link(html: Path) -> None:
    """Fill the empty paragraphs of the pages in ``html``, if the PDF is beside them."""
    if not (html / NAME).is_file():
        return
    for page in html.glob("chapters/*.html"):
        text = page.read_text("utf-8")
        if PLACE in text:
            page.write_text(text.replace(PLACE, LINK.format(name=NAME)), "utf-8")
