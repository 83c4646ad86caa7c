"""Roles of the bibliography's parts that ARIA no longer has, or that promise what isn't there."""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

RETIRED = {"doc-biblioentry", "doc-biblioref", "doc-backlink"}


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Take away roles that were retired or do not fit."""
    for element in page.find_all(role=lambda role: role in RETIRED):
        del element["role"]
    # Not a list: its children are entries with the anchors that back-references need between them.
    for element in page.select('.citation-list[role="list"]'):
        del element["role"]
