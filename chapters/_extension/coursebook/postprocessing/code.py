"""Pygments puts each word and each comma of a program into an element of its own: half of a chapter's.

Names, punctuation and spaces have the colour of the text around them in the light style as in the dark
one, so that they need none.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

PLAIN = ("n", "p", "w")  # Pygments' short names: Name, Punctuation, Whitespace


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Leave only the elements that give a colour."""
    for line in page.select("div.highlight pre"):
        for word in line.find_all("span", recursive=False):
            if word.get("class") in [[name] for name in PLAIN] or not word.contents:
                word.unwrap()
        line.smooth()
