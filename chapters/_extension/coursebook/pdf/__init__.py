"""The book as one PDF: ``python -m coursebook.pdf HTML FILE --offer``, or ``make pdf``.

``pages`` puts the built pages into one document, ``printing`` has Chromium print it, and ``offer``
links the file from the book's first page.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from . import offer


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    offer.setup(app)
