"""Slides are made from the chapters: what goes onto them, and how they behave in a browser."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from coursebook import slides
from coursebook.slides.deck import closing, opening

from tests.book import fonts
from tests.book.conftest import CHAPTERS, parsed
from tests.book.test_axe import axe, describe  # noqa: F401 (a fixture)
from tests.book.test_pages import file_of, is_local, loaded

PAGE = """<article><section id="cells">
<h1><span class="section-number">4. </span>Cells<a class="headerlink" href="#cells">#</a></h1>
<div class="objectives admonition"><p class="admonition-title">In this chapter you will
<span class="objectives-time">45 minutes</span></p><ul><li><p>turn a gate</p></li></ul></div>
<section id="gates"><h2><span class="section-number">4.1. </span>Gates</h2>
<p>A gate is a number. It says how much of something passes, and it is computed from what is read.
More is said here.</p>
<div class="math" id="equation-a">a</div>
<p>Then something else. This leads into it:</p>
<div class="math" id="equation-b">b</div>
<p>Between.</p>
<div class="cell"><div class="cell_input">code</div><div class="cell_output">
<figure id="fig"><img src="../_images/a.svg" alt="A gate"><figcaption><p><span class="caption-number">
Fig. 1</span><span class="caption-text">What a single gate lets through, for each of two inputs and
of three units, from nought to one. And more.</span></p></figcaption></figure></div></div>
<section id="open"><h3>Open</h3><p>See <a href="#fig">the figure</a>, <a href="glossary.html">or</a>
<a href="https://example.org">out</a>.</p></section>
</section>
<section id="check"><h2>Check yourself</h2>
<div class="quiz"><fieldset><legend><span class="quiz-kicker">Check yourself</span> Which?</legend>
<div class="quiz-choice"><input type="radio"><label>This</label></div>
<div class="quiz-choice"><input type="radio"><label>That</label></div></fieldset>
<details class="quiz-answers"><summary>Show</summary><ol><li>Right: This</li></ol></details></div>
<div class="summary admonition"><p class="admonition-title">What to take</p><ul><li>all</li></ul></div>
</section>
<section id="further-reading"><h2>Further reading</h2><p>Books.</p></section>
</section></article>"""


@pytest.fixture(scope="module")
def deck() -> BeautifulSoup:
    return BeautifulSoup(slides.deck_of(PAGE, "cells", "en-GB"), "html.parser")


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def paragraph(html: str):
    return BeautifulSoup(f"<p>{html}</p>", "html.parser").p


def test_a_deck_has_title_objectives_sections_questions_and_summary(deck):
    kinds = [section["class"][1].removeprefix("slide-") for section in deck.select(".slide")]
    assert kinds == ["title", "list", "section", "equation", "figure", "section", "quiz", "list"]
    titles = [words(heading) for heading in deck.select("h1, h2")]
    assert titles == [
        "Cells", "In this chapter you will", "Gates", "Gates", "Gates", "Open", "Check yourself",
        "What to take",
    ]  # fmt: skip


def test_a_section_opens_with_a_sentence_and_the_equation_that_follows_at_once(deck):
    body = deck.select(".slide-section .slide-body")[0]
    assert words(body.p).endswith("from what is read.")
    assert "More is said" not in words(body)
    assert words(body.select_one(".math")) == "a"
    second = deck.select_one(".slide-equation .slide-body")
    assert words(second) == "This leads into it: b"


def test_a_figure_comes_with_the_first_sentence_of_its_caption(deck):
    figure = deck.select_one(".slide-figure figure")
    assert figure.img["alt"] == "A gate"
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
    assert len(page.select(".slide")) > 10
    assert len(page.select(".slide-quiz")) == len(
        parsed(html / "chapters" / f"{name}.html").select(".quiz")
    )
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
