"""A result that shows nothing has no box.

Rich, by which Keras describes a network, also hands over an empty page where its text goes elsewhere; the
theme would draw it as an empty frame.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx

SEEN = (
    "img",
    "svg",
    "video",
    "audio",
    "iframe",
    "object",
    "canvas",
    "table",
    "input",
    "button",
    "script",
)


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Take out each result in HTML that has neither text nor anything else to be seen."""
    for result in page.select("div.output.text_html"):
        if is_empty(result):
            result.decompose()


def is_empty(result: Tag) -> bool:
    """Whether a reader sees nothing of it."""
    return not result.get_text(strip=True) and result.find(SEEN) is None
