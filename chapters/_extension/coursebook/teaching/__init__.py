"""The teaching guide's tables, made from the chapters and the exercises as they are.

``chapters`` reads the book, ``tables`` puts it and what the exercises ask on the page.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from . import tables


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    tables.setup(app)
