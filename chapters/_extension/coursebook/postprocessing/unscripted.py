"""Dark pages for readers without scripts: the theme marks a page as dark by a script alone.

A page is marked as light until a script says otherwise. Where none runs, a browser that prefers dark
pages gets one more sheet, made of all that the others say of dark pages.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from .. import node

SHEET = "dark.css"
MEDIUM = "screen and (prefers-color-scheme: dark)"
AFTER_THE_STYLES = 650  # which lose the rules that no page uses
# In the order in which pages load them; the course's own has the last word.
SOURCES = ("styles/pydata-*.css", "*.css", "styles/sphinx-book-*.css", "explorers/*.css")
LAST = "course.css"


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("build-finished", write_sheet, priority=AFTER_THE_STYLES)


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Name the sheet at the end of the head, where only browsers without scripts look."""
    own = page.head.find("link", href=lambda href: href and f"/{LAST}" in f"/{href}")
    if own is None:
        return
    static = PurePosixPath(own["href"].partition("?")[0]).parent
    link = page.new_tag("link", rel="stylesheet", href=str(static / SHEET), media=MEDIUM)
    unscripted = page.new_tag("noscript")
    unscripted.append(link)
    page.head.append(unscripted)


def write_sheet(app: Sphinx, exception: Exception | None) -> None:
    """Gather what the book's sheets say of dark pages."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    if not (static / LAST).is_file():  # no page of such a book names the sheet
        return
    (static / SHEET).write_text(dark_rules(sheets(static)), encoding="utf-8")


def sheets(static: Path) -> list[Path]:
    """The book's style sheets, in the order in which their rules count."""
    found = [path for pattern in SOURCES for path in sorted(static.glob(pattern))]
    return [*(path for path in found if path.name not in (SHEET, LAST)), static / LAST]


def dark_rules(sheets: list[Path]) -> str:
    """One style sheet of all rules for dark pages, standing for pages that are marked as light."""
    return node.run("unscripted.mjs", [os.fspath(path) for path in sheets])
