"""What a published book needs beside its pages: addresses, a picture to share it with, a way back.

Search engines and those who are sent a link want to know where a page is at home, what it says and what
to show of it. A book that isn't published anywhere (``course_book_url`` is empty) says nothing of it.
"""

from __future__ import annotations

import json
import os
import subprocess
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from course.first_cell import ADDRESS

from . import node
from .pages import opening

EXPLORER = Path(__file__).parents[2] / "_explorers" / "read-a-sentence.js"
PICTURE, SIZE = "_static/share.png", (1200, 630)
ICON, ICON_SIZES = "favicon.ico", [(16, 16), (32, 32), (48, 48)]
READ = """
const reader = require(process.argv[1]);
const words = reader.split(reader.opening);
process.stdout.write(JSON.stringify({words: words, verdicts: reader.read(words)}));
"""
LOST = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>There is no such page: {title}</title>
<link rel="icon" href="{base}_static/favicon.svg">
</head>
<body><main>
<h1>There is no such page</h1>
<p>The book may have moved it, or the address has lost a letter.</p>
<p><a href="{base}{first}">{title}</a> · <a href="{base}search.html">Search the book</a></p>
</main></body>
</html>
"""


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("config-inited", name_home)
    app.connect("html-page-context", add_card)
    app.connect("build-finished", write_files)


def name_home(app: Sphinx, config: Config) -> None:
    """Sphinx writes canonical links for a book that knows where it is published."""
    address = os.environ.get(ADDRESS, config.course_book_url)
    config.html_baseurl = address.rstrip("/") + "/" if address else ""


def add_card(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """What is shown of the page where its address is posted (the Open Graph protocol)."""
    home = app.config.html_baseurl
    if not home or doctree is None:
        return
    book = app.config.html_title
    title = app.env.titles[pagename].astext()  # the context's has the chapter's number in a span
    found = {
        "og:type": "article",
        "og:site_name": book,
        "og:title": title,
        "og:description": opening(doctree) or book,
        "og:url": home + app.builder.get_target_uri(pagename),
        "og:image": home + PICTURE,
        "og:image:width": SIZE[0],
        "og:image:height": SIZE[1],
        "og:image:alt": "A sentence about a concert, and the verdict of a network that reads it word by "
        "word: bad until the word but, good at the end.",
        "og:locale": app.config.language,
    }
    tags = [
        f'<meta property="{name}" content="{escape(str(text))}">' for name, text in found.items()
    ]
    tags.append('<meta name="twitter:card" content="summary_large_image">')
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags])


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """The picture, the icon of old browsers, and the page for addresses that lead nowhere."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    draw_card(out / PICTURE)
    draw_icon(out / ICON)
    page = LOST.format(
        lang=app.config.language.replace("_", "-"),
        title=escape(app.config.html_title),
        base=urlsplit(app.config.html_baseurl).path or "/",
        first=app.builder.get_target_uri(app.config.root_doc),
    )
    (out / "404.html").write_text(page, encoding="utf-8")


def reading() -> tuple[list[str], list[float]]:
    """The words of the book's first sentence, and the explorer's verdict after each."""
    command = [str(node.program()), "-e", READ, str(EXPLORER)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found["words"], found["verdicts"]


def draw_card(path: Path) -> None:
    """The picture: the curve of the verdict above the words that make it."""
    from matplotlib.figure import Figure

    words, verdicts = reading()
    figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100, facecolor="#12171d")
    axes = figure.add_axes((0.06, 0.38, 0.88, 0.42))
    axes.set_facecolor("none")
    axes.axhline(0, color="#46525e", linewidth=1.5)
    axes.plot(range(len(words)), verdicts, color="#7db8f0", linewidth=5, solid_joinstyle="round")
    turn = words.index("but")
    axes.plot([turn], [verdicts[turn]], "o", color="#cf9fe0", markersize=16)
    for place, word in enumerate(words):
        colour = "#cf9fe0" if place == turn else "#dfe5eb"
        weight = "bold" if place == turn else "normal"
        axes.text(place, -0.72, word, color=colour, weight=weight, fontsize=17, rotation=48,
                  rotation_mode="anchor", ha="right", va="top")  # fmt: skip
    axes.set(xlim=(-1.2, len(words) - 0.4), ylim=(-0.62, 0.62))
    axes.axis("off")
    figure.text(0.06, 0.87, "Recurrent networks, from the loop to the tweet", color="#ffffff",
                fontsize=27, weight="bold", family="serif")  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})


def draw_icon(path: Path) -> None:
    """The loop of favicon.svg for browsers that ask for an .ico."""
    from PIL import Image, ImageDraw

    scale = 8
    image = Image.new("RGBA", (32 * scale, 32 * scale))
    draw = ImageDraw.Draw(image)
    pen = {"fill": None, "outline": "#c9631d", "width": int(3.2 * scale)}
    draw.rounded_rectangle([s * scale for s in (6, 13, 26, 30)], radius=5 * scale, **pen)
    draw.arc([s * scale for s in (8, 1, 25, 22)], 175, 350, fill="#c9631d", width=pen["width"])
    draw.line(
        [s * scale for s in (17.5, 8, 22, 12, 27, 8)],
        fill="#c9631d",
        width=pen["width"],
        joint="curve",
    )
    image.save(path, sizes=ICON_SIZES)
