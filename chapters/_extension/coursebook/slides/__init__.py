"""Slides of each chapter, made from its page: ``slides/lstm.html`` beside ``chapters/lstm.html``.

``deck`` says what of a page goes onto which slide; here it is put into a page of its own, with a
style sheet and a script from ``chapters/_slides``. A deck is made again when its chapter's page is.
"""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from ..contents import Contents
from . import marks
from .deck import Slide, slides_of

ASSETS = Path(__file__).parents[3] / "_slides"
FOLDER = "slides"
AFTER_THE_PAGES_ARE_DONE = 800
# What makes explorers run: style sheet and scripts, and the data that the chapter's code has computed
EXPLORERS = "head :is(link, script):is([href*='/explorers/'], [src*='/explorers/'])"
DATA = "article script[type='application/json'][id]"

PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Slides of the chapter {title}.">
<title>{title} · slides</title>
<link rel="icon" href="../_static/favicon.svg">
<link rel="stylesheet" href="../_static/math/temml.css">
<link rel="stylesheet" href="slides.css">
<script defer src="slides.js"></script>
<script defer src="../_static/scrolling.js"></script>
{explorers}
</head>
<body>
<main>
{slides}
</main>
{data}
</body>
</html>
"""

# A group and not a section, which with a title would be a landmark, and many have the same title.
SLIDE = """<div class="slide slide-{kind}" id="slide-{number}" role="group"
 aria-roledescription="slide" aria-labelledby="title-{number}">
<{level} id="title-{number}">{title}</{level}>
<div class="slide-body">{body}</div>
<p class="slide-foot"><a href="{source}">{chapter}</a> <span>{number} / {total}</span></p>
</div>"""


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    marks.setup(app)
    app.connect("build-finished", make_decks, priority=AFTER_THE_PAGES_ARE_DONE)


def make_decks(app: Sphinx, exception: Exception | None) -> None:
    """Write the slides of all chapters that were built."""
    if exception or app.builder.format != "html":
        return
    chapters = Contents(Path(app.srcdir)).chapters
    names = [name for name in chapters if f"chapters/{name}" in app.env.found_docs]
    pages = {name: Path(app.outdir, "chapters", f"{name}.html") for name in names}
    folder = Path(app.outdir, FOLDER)
    if pages:
        shutil.copytree(ASSETS, folder, dirs_exist_ok=True)
    for name, page in pages.items():
        deck = folder / f"{name}.html"
        if not deck.is_file() or deck.stat().st_mtime < page.stat().st_mtime:
            html = deck_of(page.read_text("utf-8"), name, app.config.language.replace("_", "-"))
            deck.write_text(html, "utf-8")
    for old in {path.stem for path in folder.glob("*.html")} - set(names):
        (folder / f"{old}.html").unlink()


def deck_of(html: str, name: str, language: str) -> str:
    """The page of slides for a chapter's page."""
    page = BeautifulSoup(html, "html.parser")
    slides = slides_of(page.select_one("article, [role=main]"), f"../chapters/{name}.html")
    chapter = escape(slides[0].title)
    written = [render(slide, n, len(slides), chapter) for n, slide in enumerate(slides, start=1)]
    runs = any(slide.kind == "explorer" for slide in slides)
    return PAGE.format(
        lang=language,
        title=chapter,
        slides="\n".join(written),
        explorers=all_of(page, EXPLORERS) if runs else "",
        data=all_of(page, DATA) if runs else "",
    )


def all_of(page: BeautifulSoup, selector: str) -> str:
    """Elements of the chapter's page as they are there: it lies as deep as the slides do."""
    return "\n".join(map(str, page.select(selector)))


def render(slide: Slide, number: int, total: int, chapter: str) -> str:
    """One slide as HTML."""
    return SLIDE.format(
        kind=slide.kind,
        number=number,
        total=total,
        level="h1" if number == 1 else "h2",
        title=escape(slide.title),
        body="".join(part.decode(formatter="minimal") for part in slide.body),
        source=slide.source,
        chapter=chapter,
    )
