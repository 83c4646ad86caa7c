"""The font of mathematics has 4,800 characters; here it keeps those of the formulas, a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from unicodedata import normalize

from sphinx.application import Sphinx

from .icons import subset_of

FONT = "math/latinmodern-math.otf"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
ELEMENT = re.compile(r"<[^>]*>")
# Letters of variables are slanted by the browser, which takes these characters for that (MathML Core).
ITALIC = (0x210E, *range(0x1D434, 0x1D468), 0x1D6A4, 0x1D6A5, *range(0x1D6E2, 0x1D71C))
SLANTED = {normalize("NFKC", chr(code)): code for code in ITALIC}
WITHOUT_DOTS = ("dtls",)  # the i and the j below an accent


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("build-finished", shrink)


def shrink(app: Sphinx, exception: Exception | None) -> None:
    """Cut the font down to the characters of the formulas."""
    font = Path(app.outdir, "_static", FONT)
    if exception or app.builder.format != "html" or not font.is_file():
        return
    pages = (path.read_text("utf-8") for path in Path(app.outdir).rglob("*.html"))
    font.with_suffix(".woff").write_bytes(subset_of(font, characters_in(pages), WITHOUT_DOTS))
    font.unlink()


def characters_in(pages: Iterable[str]) -> set[int]:
    """The characters of all formulas, upright and slanted."""
    formulas = (formula for page in pages for formula in FORMULA.findall(page))
    found = {letter for formula in formulas for letter in unescape(ELEMENT.sub("", formula))}
    return {code for letter in found for code in (ord(letter), SLANTED.get(letter, ord(letter)))}
