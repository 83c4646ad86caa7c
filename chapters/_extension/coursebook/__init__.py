"""The book's own Sphinx extension: directives, a role, and mends to what the tools leave behind.

Each module has one job and its own ``setup``; this file only calls them, in order.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from . import (
    ahead,
    chapter_role,
    directives,
    environment,
    execution,
    index,
    launch,
    leftovers,
    machinery,
    mathematics,
    mends,
    notebooks,
    pages,
    pdf,
    slides,
    teaching,
    tweets,
    unfinished,
)

PARTS = (
    environment,
    tweets,
    execution,
    ahead,
    machinery,
    mathematics,
    directives,
    chapter_role,
    index,
    launch,
    notebooks,
    pages,
    pdf,
    slides,
    teaching,
    mends,
    leftovers,
    unfinished,
)


def setup(app: Sphinx) -> dict[str, bool]:
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
