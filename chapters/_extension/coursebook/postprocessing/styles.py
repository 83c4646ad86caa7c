"""The themes' style sheets: 400 KB, most of it for parts of pages that this book doesn't have.

PurgeCSS drops a rule when it asks for something that is on no page and that no script can add. Gone as
well are the source maps and the icons' script, 6 MB that no page loads.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from .. import node

SHEETS = (
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
    "math/temml.css",
)
# No page loads them, and what they say about classes doesn't count.
UNLOADED = ("fontawesome.js*", "*.map")
AFTER_MYST_NB = 600  # which brings its sheet when the build is finished


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("build-finished", shrink_all, priority=AFTER_MYST_NB)


def shrink_all(app: Sphinx, exception: Exception | None) -> None:
    """Drop style sheets that no page loads, and rules that none uses."""
    if exception or app.builder.format != "html":
        return
    html, static = Path(app.outdir), Path(app.outdir, "_static")
    for pattern in UNLOADED:
        for path in static.rglob(pattern):
            path.unlink()
    sheets = [path for pattern in SHEETS for path in static.glob(pattern)]
    shrink(sheets, [*html.rglob("*.html"), *static.rglob("*.js")])


def shrink(sheets: Iterable[Path], content: Iterable[Path]) -> None:
    """Leave in the sheets only what may apply to the content: pages, and scripts that add to them."""
    request = {"sheets": sorted(map(str, sheets)), "content": sorted(map(str, content))}
    if request["sheets"]:
        node.run("styles.mjs", request)
