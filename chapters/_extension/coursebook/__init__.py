"""The book's own Sphinx extension: directives, and mends to what the tools leave behind.

Each module has one job and its own ``setup``; this file only calls them, in order.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from . import directives, environment, execution, launch, machinery, mathematics, mends, pages


def setup(app: Sphinx) -> dict[str, bool]:
    parts = (environment, execution, machinery, mathematics, directives, launch, pages, mends)
    for part in parts:
        part.setup(app)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
