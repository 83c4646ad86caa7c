"""The book's own Sphinx extension: directives, roles, and the postprocessing of what the tools write.

Each module has one job and its own ``setup``; this file only calls them, in order.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from . import (
    chapter_role,
    directives,
    environment,
    execution_cache,
    index,
    launch,
    math_renderer,
    minutes_role,
    notebooks,
    pages,
    parallel_execution,
    pdf,
    postprocessing,
    progress,
    published,
    rebuild_after_warnings,
    rebuild_on_change,
    search,
    slides,
    stale_files,
    teaching,
    tweets,
    wheel,
)

PARTS = (
    progress,
    environment,
    tweets,
    execution_cache,
    parallel_execution,
    rebuild_on_change,
    math_renderer,
    directives,
    chapter_role,
    minutes_role,
    index,
    launch,
    notebooks,
    pages,
    published,
    pdf,
    slides,
    teaching,
    postprocessing,
    search,
    stale_files,
    wheel,
    rebuild_after_warnings,
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Enter all parts in Sphinx, in their order."""
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
