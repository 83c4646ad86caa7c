"""pandas heads its column of row names with an empty header cell (axe: empty-table-header)."""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx


def mend(page: BeautifulSoup, app: Sphinx) -> None:
    for cell in page.select("table thead th"):
        if not cell.get_text(strip=True) and not cell.find(True):
            cell.name = "td"
