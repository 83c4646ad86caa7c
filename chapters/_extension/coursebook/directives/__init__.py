"""The directives that chapters are written with: quiz, explorer, assignment, and boxes."""

from __future__ import annotations

from sphinx.application import Sphinx

from . import assignment, boxes, explorer, quiz


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    for directive in (boxes, quiz, explorer, assignment):
        directive.setup(app)
