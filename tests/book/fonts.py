"""Fonts of known widths, so that no test rests on which fonts a machine has.

Each is made on the spot: every character is the same box, so wide as is asked. A page that fits with
boxes of a whole em fits with any font that people read, as none of them is wider on average.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000  # units
COMMON = 550  # a little wider than running text in the usual sans-serifs
WIDE = EM
CHARACTERS = range(0x20, 0x2C00)
RULE = """
@font-face { font-family: "boxes"; src: url("data:font/ttf;base64,%s"); }
:not(math, math *) { font-family: "boxes" !important; }
"""


@cache
def boxes(advance: int) -> str:
    """A style sheet that sets everything in boxes of this width; mathematics brings its own fonts."""
    return RULE % b64encode(font(advance)).decode("ascii")


def font(advance: int) -> bytes:
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(dict.fromkeys(CHARACTERS, "box"))
    builder.setupGlyf(dict.fromkeys([".notdef", "box"], box(advance)))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "box"], (advance, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-250)
    builder.setupNameTable({"familyName": "boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def box(advance: int):
    pen = TTGlyphPen(None)
    corners = [(50, 0), (50, 700), (advance - 50, 700), (advance - 50, 0)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def set_in(page, advance: int) -> None:
    """Set an open page in boxes of this width, and wait until they are there."""
    page.add_style_tag(content=boxes(advance))
    loaded = page.evaluate("async () => (await document.fonts.load('16px boxes')).length")
    assert loaded, "the boxes are there"
