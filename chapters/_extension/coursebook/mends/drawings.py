"""Matplotlib's SVGs are written to be read: comments, indents, positions to a millionth of a point.

A chapter has a dozen of them, most of a megabyte. The same drawing takes half of that, to a
hundredth of a point and with each position told from the one before.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

UNSEEN = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
BETWEEN_TAGS = re.compile(r">\s+<")
# Move, line, curves, close: all that Matplotlib draws with.
PATH = re.compile(r'(?<= d=")[MLQCz\d\s.eE+-]*(?=")')
COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
FINENESS = 100  # steps of a point


def setup(app: Sphinx) -> None:
    app.connect("build-finished", slim_all)


def slim_all(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    for path in Path(app.outdir, app.builder.imagedir).glob("*.svg"):
        text = path.read_text("utf-8")
        if text.startswith("<?xml"):  # else an earlier build has done it
            path.write_text(slim(text), "utf-8")


def slim(svg: str) -> str:
    svg = PATH.sub(lambda match: relative(match[0]), UNSEEN.sub("", svg))
    return BETWEEN_TAGS.sub("><", svg).strip()


def relative(path: str) -> str:
    """The same path in relative commands; rounding is of positions, so that no error adds up."""
    parts, last, here, start = [], "", (0, 0), (0, 0)
    for letter, numbers in COMMAND.findall(path):
        steps = [round(float(number) * FINENESS) for number in numbers.split()]
        points = list(zip(steps[::2], steps[1::2], strict=True))
        moves = [
            value(there - begin)
            for point in points
            for there, begin in zip(point, here, strict=True)
        ]
        command = letter.lower()
        # A letter may stand for several equal ones, but what follows a move is a line.
        parts.append(joined(moves, "" if command == last and command != "m" else command))
        if letter == "M":
            start = points[0]
        here, last = (points[-1] if points else start), command
    return "".join(parts)


def value(steps: int) -> str:
    """Hundredths as a decimal number, in the fewest characters."""
    sign, steps = ("-" if steps < 0 else ""), abs(steps)
    whole, rest = divmod(steps, FINENESS)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return sign + (str(whole) if whole or not decimals else "") + decimals


def joined(numbers: list[str], letter: str) -> str:
    """Numbers after a letter; a minus separates as well as a space does."""
    text = letter
    for position, number in enumerate(numbers):
        needs_space = not number.startswith("-") and (position or not letter)
        text += (" " if needs_space else "") + number
    return text
