"""Matplotlib's SVGs are written to be read: comments, indents, positions to a millionth of a point.

A chapter has a dozen of them, most of a megabyte. SVGO takes a third of that, to a thousandth of a
point. It is done where myst-nb puts them, before they are copied into the book: their names come from
what Matplotlib wrote, so that none is written, or made smaller, a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .. import node

AS_WRITTEN = b"<?xml"  # SVGO drops this


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("env-check-consistency", shrink_all)


def shrink_all(app: Sphinx, env: BuildEnvironment) -> None:
    """Shrink the drawings that the pages' code has made."""
    if app.builder.format == "html":
        drawn = Path(app.outdir).parent / "jupyter_execute"
        shrink(path for path in drawn.glob("*.svg") if path.read_bytes().startswith(AS_WRITTEN))


def shrink(paths: Iterable[Path]) -> None:
    """Write each SVG anew, the same to the eye and smaller."""
    if found := sorted(map(str, paths)):
        node.run("drawings.mjs", found)
