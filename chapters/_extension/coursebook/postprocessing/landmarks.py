"""The side bar is no landmark, so that the course's name in it belongs nowhere (axe: region)."""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Give the sidebar the role and name of a landmark."""
    if sidebar := page.find(id="pst-primary-sidebar"):
        # A role, not an <aside>: the theme's script looks for a <div>.
        sidebar["role"] = "complementary"
        sidebar["aria-label"] = "The book"
