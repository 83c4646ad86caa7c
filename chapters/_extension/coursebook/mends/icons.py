"""The icons' fonts carry 2,000 icons for the twenty on the pages; here they lose the others.

The theme's scripts and style sheets also come with their source maps, 3 MB that no page loads.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:"\\([0-9a-f]+)"\}')
CLASS = re.compile(r"fa-[\w-]+")
ESCAPE = re.compile(r"\\(f[0-9a-f]{3}|e[0-9a-f]{3})")
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
SOURCE = re.compile(r"url\(([^)]*webfonts/fa-[\w-]+)\.woff2\)[^,}]*,url\([^)]*\.ttf\)[^;}]*")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", shrink)


def shrink(app: Sphinx, exception: Exception | None) -> None:
    static = Path(app.outdir, "_static")
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    if exception or app.builder.format != "html" or not sheet.is_file():
        return
    css, used = drop_unused(sheet.read_text("utf-8"), icon_classes(Path(app.outdir)))
    # Characters that style sheets put in by themselves: arrows, the admonitions' signs.
    for other in [css, *(path.read_text("utf-8") for path in static.rglob("*book-theme.css"))]:
        used |= {int(code, 16) for code in ESCAPE.findall(other)}
        used |= {ord(character) for character in PRIVATE_USE.findall(other)}
    sheet.write_text(SOURCE.sub(r'url(\1.woff) format("woff")', css), "utf-8")
    for font in static.rglob("webfonts/fa-*.ttf"):
        font.with_suffix(".woff").write_bytes(subset_of(font, used))
    for pattern in ("webfonts/fa-*.ttf", "webfonts/fa-*.woff2", "fontawesome.js*", "*.map"):
        for path in static.rglob(pattern):
            path.unlink()


def icon_classes(html: Path) -> set[str]:
    """Every ``fa-…`` in a page or in a script that may add one."""
    files = [*html.rglob("*.html"), *html.glob("_static/scripts/*theme.js")]
    return {name for path in files for name in CLASS.findall(path.read_text("utf-8"))}


def drop_unused(css: str, names: set[str]) -> tuple[str, set[int]]:
    """The style sheet without the rules of other icons, and the kept icons' characters."""
    used = set()

    def keep(match: re.Match) -> str:
        if names.isdisjoint(CLASS.findall(match[1])):
            return ""
        used.add(int(match[2], 16))
        return match[0]

    return RULE.sub(keep, css), used


def subset_of(font: Path, characters: set[int]) -> bytes:
    options = subset.Options(flavor="woff", layout_features=[], notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    with TTFont(font, recalcTimestamp=False) as drawn:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(drawn)
        drawn.flavor = "woff"
        out = BytesIO()
        drawn.save(out)
    return out.getvalue()
