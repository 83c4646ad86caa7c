"""The themes' style sheets: 400 KB, most of it for parts of pages that this book doesn't have.

A rule goes when it asks for a class that no page carries and no script can add. Scripts also put
names together ("bs-" + kind), so that what they hold as a beginning keeps all that begins so. Gone
as well are the source maps and the icons' script, 6 MB that no page loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx

SHEETS = ("styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "mystnb.*.css")
# No page loads them, and what they say about classes doesn't count.
UNLOADED = ("fontawesome.js*", "*.map")
WORD = re.compile(r"[A-Za-z_][\w-]*")
AFTER_MYST_NB = 600  # which brings its sheet when the build is finished


def setup(app: Sphinx) -> None:
    app.connect("build-finished", shrink, priority=AFTER_MYST_NB)


def shrink(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    html, static = Path(app.outdir), Path(app.outdir, "_static")
    for pattern in UNLOADED:
        for path in static.rglob(pattern):
            path.unlink()
    scripts = words_of(static.rglob("*.js"))
    classes = words_of(html.rglob("*.html")) | scripts
    beginnings = tuple(word for word in scripts if word.endswith("-"))
    for pattern in SHEETS:
        for sheet in static.glob(pattern):
            sheet.write_text(used(sheet.read_text("utf-8"), classes, beginnings), "utf-8")


def words_of(files: Iterator[Path]) -> set[str]:
    return {word for path in files for word in WORD.findall(path.read_text("utf-8"))}


def used(css: str, classes: set[str], beginnings: tuple[str, ...] = ()) -> str:
    """The style sheet less comments and the rules for classes that are nowhere."""

    def exists(name: str) -> bool:
        return name in classes or name.startswith(beginnings)

    return serialize(tinycss2.parse_stylesheet(css, skip_comments=True), exists)


def serialize(rules: list, exists) -> str:
    parts = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in split(rule.prelude) if all(map(exists, class_names(s)))]
            if selectors:
                body = tinycss2.serialize(rule.content).strip()
                parts.append(f"{','.join(map(text, selectors))}{{{body}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = serialize(tinycss2.parse_rule_list(rule.content, skip_comments=True), exists)
            if inner:
                parts.append(f"@{rule.at_keyword} {text(rule.prelude)}{{{inner}}}")
        elif rule.type != "whitespace":
            parts.append(rule.serialize())
    return "\n".join(parts)


def text(tokens: list) -> str:
    return tinycss2.serialize(tokens).strip()


def split(prelude: list) -> list[list]:
    """A rule's selectors, one list of tokens each."""
    selectors = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def class_names(selector: list) -> Iterator[str]:
    """The classes that an element must have; inside ``:not()`` or ``:is()`` none is a must."""
    for dot, name in pairwise(selector):
        if dot == "." and name.type == "ident":
            yield name.value
