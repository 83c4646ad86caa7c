"""A chapter says what goes onto its slides by a comment before it: a line ``% slide``.

.. code-block:: markdown

   % slide
   A gate is a number between 0 and 1.

   % slide: Four gates look at the same two vectors
   ```{code-cell} ipython3

What is marked is the next block: a paragraph (its first sentence, with the equation that follows), an
equation, what a cell shows, a list, a table, an explorer, a question. The slide's title is the section's,
or what the comment says.

On the page a mark is a ``<template>``, which browsers don't show.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

WORD = "slide"
CLASS = "slide-mark"
BEFORE_COMMENTS_GO = 700  # Docutils drops them at 740, where it is asked to


class Marks(SphinxTransform):
    """Puts the marks into the page."""

    default_priority = BEFORE_COMMENTS_GO

    def apply(self, **kwargs: object) -> None:
        """Make a mark of each comment that is one."""
        for comment in list(self.document.findall(nodes.comment)):
            word, colon, title = comment.astext().partition(":")
            if word.strip() == WORD:
                mark = mark_of(title.strip() if colon else "")
                comment.replace_self(nodes.raw("", mark, format="html"))


def mark_of(title: str) -> str:
    """A mark as it stands on the page."""
    named = f' data-title="{escape(title)}"' if title else ""
    return f'<template class="{CLASS}"{named}></template>'


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_transform(Marks)
