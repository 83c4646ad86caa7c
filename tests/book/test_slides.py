"""Slides are made from the chapters: what goes onto them, and how they behave in a browser."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from coursebook import slides
from coursebook.slides import marks
from coursebook.slides.deck import closing, opening
from docutils import nodes

from tests.book import fonts
from tests.book.conftest import CHAPTERS, parsed
from tests.book.test_axe import axe, describe  # noqa: F401 (a fixture)
from tests.book.test_pages import file_of, is_local, loaded

FEWEST, MOST = 12, 25  # slides of a chapter
MARK = '<template class="slide-mark"></template>'
NAMED = '<template class="slide-mark" data-title="Two &amp; one"></template>'
PAGE = """<head><link rel="stylesheet" href="../_static/explorers/explorer.css">
<script src="../_static/other.js"></script><script src="../_static/explorers/gate.js"></script></head>
<article><section id="cells">
<h1><span class="section-number">4. </span>Cells<a class="headerlink" href="#cells">#</a></h1>
<div class="objectives admonition"><p class="admonition-title">In this chapter you will
<span class="objectives-time">45 minutes</span></p><ul><li><p>turn a gate</p></li></ul></div>
<section id="gates"><h2><span class="section-number">4.1. </span>Gates</h2>
MARK<p>A gate is a number. It says how much of something passes, and it is computed from what is read.
More is said here.</p>
<div class="math" id="equation-a">a</div>
<p>Not marked, not shown. </p>
<p>Then something else. This leads into it:</p>
NAMED<div class="math" id="equation-b">b</div>
<p>Between.</p>
MARK<div class="cell"><div class="cell_input">code</div><div class="cell_output">
<figure id="fig"><img src="../_images/a.svg" alt="A gate" loading="lazy"><figcaption><p>
<span class="caption-number">Fig. 1</span> <span class="caption-text">
What a single gate lets through, for each of two inputs and
of three units, from nought to one. And more.</span></p></figcaption></figure></div></div>
<script type="application/json" id="gate-data">{}</script>
MARK<div class="explorer" data-explorer="gate" aria-label="Turn it"><p class="explorer-title">Turn it</p>
<div class="explorer-stage"><p>Without scripts.</p></div></div>
<section id="open"><h3>Open</h3>MARK<p>See <a href="#fig">the figure</a>, <a href="glossary.html">or</a>
<a href="https://example.org">out</a>.</p></section>
</section>
<section id="check"><h2>Check yourself</h2>
<div class="quiz"><fieldset><legend>Not asked here</legend></fieldset></div>
MARK<div class="quiz"><fieldset><legend><span class="quiz-kicker">Check yourself</span> Which?</legend>
<div class="quiz-choice"><input type="radio"><label>This</label></div>
<div class="quiz-choice"><input type="radio"><label>That</label></div></fieldset>
<details class="quiz-answers"><summary>Show</summary><ol><li>Right: This</li></ol></details></div>
<div class="summary admonition"><p class="admonition-title">What to take</p><ul><li>all</li></ul></div>
</section>
<section id="further-reading"><h2>Further reading</h2><p>Books.</p></section>
</section></article>""".replace("MARK", MARK).replace("NAMED", NAMED)


@pytest.fixture(scope="module")
def deck() -> BeautifulSoup:
    return BeautifulSoup(slides.deck_of(PAGE, "cells", "en-GB"), "html.parser")


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def paragraph(html: str):
    return BeautifulSoup(f"<p>{html}</p>", "html.parser").p


def test_a_deck_has_title_objectives_what_is_marked_and_summary(deck):
    kinds = [section["class"][1].removeprefix("slide-") for section in deck.select(".slide")]
    assert kinds == [
        "title", "list", "section", "equation", "figure", "explorer", "section", "quiz", "list",
    ]  # fmt: skip
    titles = [words(heading) for heading in deck.select("h1, h2")]
    assert titles == [
        "Cells", "In this chapter you will", "Gates", "Two & one", "Gates", "Turn it", "Open",
        "Check yourself", "What to take",
    ]  # fmt: skip
    assert "Not marked" not in words(deck) and "Not asked" not in words(deck)


def test_a_section_opens_with_a_sentence_and_the_equation_that_follows_at_once(deck):
    body = deck.select(".slide-section .slide-body")[0]
    assert words(body.p).endswith("from what is read.")
    assert "More is said" not in words(body)
    assert words(body.select_one(".math")) == "a"
    second = deck.select_one(".slide-equation .slide-body")
    assert words(second) == "This leads into it: b"


def test_an_explorer_comes_with_its_scripts_and_its_data(deck):
    assert deck.select_one(".slide-explorer .explorer")["data-explorer"] == "gate"
    scripts = [script.get("src") for script in deck.select("script[src]")]
    assert scripts[-1] == "../_static/explorers/gate.js" and "../_static/other.js" not in scripts
    assert deck.select_one("link[href='../_static/explorers/explorer.css']")
    assert deck.select_one("script[type='application/json']")["id"] == "gate-data"


def test_a_comment_in_the_source_becomes_a_mark():
    from docutils.core import publish_doctree

    document = publish_doctree(".. slide: A <title>\n\n.. another comment\n\n.. slide\n\nText.\n")
    marks.Marks(document).apply()
    raw = [node.astext() for node in document.findall(nodes.raw)]
    title = ' data-title="A &lt;title&gt;"'
    assert raw == [f'<template class="slide-mark"{named}></template>' for named in (title, "")]


def test_a_figure_comes_with_the_first_sentence_of_its_caption(deck):
    figure = deck.select_one(".slide-figure figure")
    assert figure.img["alt"] == "A gate" and "loading" not in figure.img.attrs
    assert "nought to one." in words(figure) and "And more" not in words(figure)


def test_answers_and_code_stay_in_the_chapter(deck):
    quiz = deck.select_one(".slide-quiz")
    assert [words(item) for item in quiz.select("ol li")] == ["This", "That"]
    assert "Right" not in words(deck) and "code" not in words(deck)


def test_links_are_seen_from_the_slides_and_anchors_are_not_repeated(deck):
    addresses = [a["href"] for a in deck.select(".slide-body a")]
    assert addresses == [
        "../chapters/cells.html#fig", "../chapters/glossary.html", "https://example.org",
    ]  # fmt: skip
    names = [element["id"] for element in deck.select("[id]")]
    assert sorted(names) == sorted(set(names)) and "fig" not in names


def test_sentences_are_cut_where_they_end():
    text = "One thing is <em>very</em> sure. " + "A" * 90 + ". And <b>more</b>."
    assert words(opening(paragraph(text))).endswith("A.")
    assert words(opening(paragraph("Only <em>half</em> a sentence"))) == "Only half a sentence"
    assert [words(p) for p in closing(paragraph("One. Two <b>is</b> this:"))] == ["Two is this:"]
    assert closing(paragraph("long " * 100)) == []


@pytest.mark.book
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_deck_is_complete_and_its_links_lead_somewhere(html, name):
    path = html / "slides" / f"{name}.html"
    page = parsed(path)
    chapter = parsed(html / "chapters" / f"{name}.html")
    marked = chapter.select("template.slide-mark")
    always = chapter.select(".objectives, .summary, .assignment")
    assert len(page.select(".slide")) == 1 + len(always) + len(marked), "no mark is without a slide"
    assert FEWEST <= len(page.select(".slide")) <= MOST
    assert len(page.select(".slide .explorer")) == len(chapter.select(".explorer"))
    assert len(page.select(".slide-figure img[alt]")) == len(page.select(".slide img"))
    addresses = loaded(page) + [link["href"] for link in page.find_all("a", href=True)]
    broken = [a for a in addresses if is_local(a) and not file_of(a, path).is_file()]
    assert broken == []
    assert [address for address in loaded(page) if not is_local(address)] == []


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_on_slides(browser, axe, html, name, mode):  # noqa: F811
    context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme=mode)
    page = context.new_page()
    page.goto((html / "slides" / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    context.close()
    assert [describe(violation) for violation in found["violations"]] == []


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_slide_fits_a_screen_and_a_phone_scrolls_one_way(browser, html, name):
    """Nine slides of ten fit whole, on the narrowest projector; the others scroll.

    Set in a font of common width, so that it is the slides that count and not the machine's fonts.
    """
    page = browser.new_page(viewport={"width": 1024, "height": 768})
    page.goto((html / "slides" / f"{name}.html").as_uri())
    fonts.set_in(page, fonts.COMMON)
    heights = page.evaluate("[...document.querySelectorAll('.slide')].map(s => s.offsetHeight)")
    assert sum(height > 769 for height in heights) <= len(heights) / 10
    page.set_viewport_size({"width": 360, "height": 740})
    root = "document.documentElement"
    for advance in (fonts.COMMON, fonts.WIDE):
        fonts.set_in(page, advance)
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0
    page.close()


@pytest.mark.book
@pytest.mark.browser
def test_slides_turn_by_keyboard(browser, html):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((html / "slides" / f"{CHAPTERS[0]}.html").as_uri())
    last = page.locator(".slide").count()

    def shown() -> int:
        return int(page.evaluate("document.activeElement.id").removeprefix("slide-"))

    def press(key: str) -> int:
        page.keyboard.press(key)
        return shown()

    assert [press(key) for key in ("ArrowRight", "PageDown", " ", "ArrowLeft")] == [2, 3, 4, 3]
    assert [press("End"), press("ArrowRight"), press("Home")] == [last, last, 1]
    assert page.evaluate("location.hash") == "#slide-1"
    page.close()


@pytest.mark.book
@pytest.mark.browser
def test_slides_print_one_to_a_page(browser, html, tmp_path):
    from pypdf import PdfReader

    page = browser.new_page()
    page.goto((html / "slides" / f"{CHAPTERS[0]}.html").as_uri())
    number = page.locator(".slide").count()
    page.pdf(path=tmp_path / "slides.pdf", prefer_css_page_size=True)
    page.close()
    sheets = PdfReader(tmp_path / "slides.pdf").pages
    assert len(sheets) == number
    assert sheets[0].mediabox.width > sheets[0].mediabox.height


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("name", CHAPTERS)
def test_explorers_run_on_slides_and_keep_their_keys(browser, html, name):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((html / "slides" / f"{name}.html").as_uri())
    places = page.locator(".slide .explorer")
    for place in places.all():
        assert place.get_attribute("data-ready") == "true"
        place.locator(":is(button, input, select):enabled").locator("visible=true").first.focus()
        before = page.evaluate("scrollY")
        page.keyboard.press("End")
        assert page.evaluate("scrollY") == before, "the slide stays"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className").startswith("slide ")
    assert errors == []
    page.close()


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("name", CHAPTERS)
def test_no_picture_is_missing_on_paper(browser, html, name):
    """Printed at once, without having been looked at; from a dark screen, too."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="dark")
    page.goto((html / "slides" / f"{name}.html").as_uri())
    page.emulate_media(media="print")
    shown = page.locator(".slide img").locator("visible=true")
    assert shown.count() == page.locator(".slide img.on-light, .slide img:not(.on-dark)").count()
    assert shown.evaluate_all("images => images.every(image => image.naturalWidth > 0)")
    page.close()
