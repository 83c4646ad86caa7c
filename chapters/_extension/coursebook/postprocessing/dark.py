"""A drawing is there twice, for light pages and for dark ones; the style sheet shows one of them.

Inverting a drawing by a filter would do for lines; a heat map would be turned inside out. Browsers don't
fetch a lazy picture that isn't shown.
"""

from __future__ import annotations

from copy import copy
from pathlib import Path, PurePosixPath

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from course import figures

from ..internals import written_pictures

SUFFIX = ".dark.svg"


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Put the dark drawing beside each light one, and write it."""
    sources = written_pictures(app)
    for image in page.select(".cell_output img[src$='.svg']"):
        path = PurePosixPath(image["src"])
        source = sources.get(path.name)
        if source is None or not source.is_file():
            continue
        name = path.with_suffix(SUFFIX)
        target = Path(app.outdir, app.builder.imagedir, name.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(figures.redrawn_dark(source.read_text("utf-8")), encoding="utf-8")
        dark = copy(image)
        dark["src"] = str(name)
        for each, mode in ((image, "light"), (dark, "dark")):
            each["class"] = [*each.get("class", []), f"on-{mode}"]
            each["loading"] = "lazy"
        place = image.wrap(page.new_tag("div", attrs={"class": "drawing"}))
        place.append(dark)
