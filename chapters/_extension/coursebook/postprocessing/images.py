"""Images without a size make the text jump when they arrive (Lighthouse: unsized-images).

The style sheet scales them down to the page's width; the attributes give their shape beforehand.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from bs4 import BeautifulSoup
from PIL import Image
from sphinx.application import Sphinx

from ..internals import written_pictures

ROOT = re.compile(r"<svg\b[^>]*>")
LENGTH = r'\s{side}="([\d.]+)(pt|px|)"'
VIEW = re.compile(r'\sviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')
POINT = 4 / 3  # pixels


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Give each picture its size, so that the text does not jump when it comes."""
    for logo in page.select(".dropdown-menu img"):  # not shown before somebody opens the menu
        logo["loading"] = "lazy"
    sources = written_pictures(app)
    for image in page.find_all("img", src=True):
        if "width" in image.attrs or "height" in image.attrs:
            continue
        path = PurePosixPath(image["src"].partition("?")[0])
        source = sources.get(path.name) or Path(app.outdir, "_static", *static_parts(path))
        if source.is_file() and (size := size_of(source)):
            image["width"], image["height"] = (round(length) for length in size)


def static_parts(path: PurePosixPath) -> tuple[str, ...]:
    """The path below ``_static``, from which the theme takes its logos."""
    parts = path.parts
    return parts[parts.index("_static") + 1 :] if "_static" in parts else parts


def size_of(path: Path) -> tuple[float, float] | None:
    """Width and height in CSS pixels, or None where an SVG doesn't tell them."""
    if path.suffix != ".svg":
        with Image.open(path) as image:
            return image.size
    root = ROOT.search(path.read_text("utf-8"))[0]
    lengths = [re.search(LENGTH.format(side=side), root) for side in ("width", "height")]
    if all(lengths):
        return tuple(float(match[1]) * (POINT if match[2] == "pt" else 1) for match in lengths)
    view = VIEW.search(root)
    return view and (float(view[1]), float(view[2]))
