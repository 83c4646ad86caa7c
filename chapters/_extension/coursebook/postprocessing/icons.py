"""The icons' fonts carry 2,000 icons for the twenty on the pages; here they lose the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

AFTER_THE_STYLES = 700
ICON = re.compile(r"[\ue000-\uf8ff]|\\[ef][0-9a-f]{3}")
SOURCE = re.compile(r"url\(([^)]*webfonts/fa-[\w-]+)\.woff2\)[^,}]*,url\([^)]*\.ttf\)[^;}]*")


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("build-finished", shrink, priority=AFTER_THE_STYLES)


def shrink(app: Sphinx, exception: Exception | None) -> None:
    """Cut the icon font down to the icons that the pages show."""
    static = Path(app.outdir, "_static")
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    if exception or app.builder.format != "html" or not sheet.is_file():
        return
    css = sheet.read_text("utf-8")
    used = icons_in(css)
    for other in static.rglob("*book-theme.css"):
        used |= icons_in(other.read_text("utf-8"))
    sheet.write_text(SOURCE.sub(r'url(\1.woff) format("woff")', css), "utf-8")
    for font in static.rglob("webfonts/fa-*.ttf"):
        font.with_suffix(".woff").write_bytes(subset_of(font, used))
        font.unlink()
        font.with_suffix(".woff2").unlink()


def icons_in(css: str) -> set[int]:
    """The characters that a style sheet puts in, once it has only the rules that are used."""
    return {int(icon[1:], 16) if icon[0] == "\\" else ord(icon) for icon in ICON.findall(css)}


def subset_of(font: Path, characters: set[int], features: Sequence[str] = ()) -> bytes:
    """A font with these characters and OpenType features only, as a WOFF file's bytes."""
    options = subset.Options(flavor="woff", layout_features=list(features), notdef_outline=True)
    options.drop_tables += ["FFTM"] if features else ["GSUB", "GPOS", "GDEF"]
    with TTFont(font, recalcTimestamp=False) as drawn:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(drawn)
        drawn.flavor = "woff"
        out = BytesIO()
        drawn.save(out)
    return out.getvalue()
