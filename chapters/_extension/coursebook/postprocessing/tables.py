"""A header cell over a column of row names that says nothing is no header (axe: empty-table-header).

pandas makes one for its index, Markdown one for every column that needs no name.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """An empty cell at a table's top is no heading."""
    for cell in page.select("table thead th"):
        if not cell.get_text(strip=True) and not cell.find("img"):
            cell.name = "td"
