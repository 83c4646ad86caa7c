"""Controls whose name for screen readers hides the words that they show.

Whoever speaks to the computer says what stands there ("Show the code"), and it must answer
to that (axe: label-content-name-mismatch, WCAG 2.5.3).
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Let controls be named by the words that they show."""
    for control in page.select("summary[aria-label], .search-button-field[aria-label]"):
        del control["aria-label"]
    # An icon's title counts as its button's words; the button says what it does by itself.
    for icon in page.select(".theme-switch-button > i[title]"):
        del icon["title"]
    for icon in page.select("button > i, a > i, .btn__icon-container > i, form > i"):
        icon["aria-hidden"] = "true"
