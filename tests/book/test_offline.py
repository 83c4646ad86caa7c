"""The book in a browser, opened from disk: nothing asked of the network, nothing broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.book import fonts
from tests.book.conftest import listed_pages, parsed

pytestmark = [pytest.mark.book, pytest.mark.browser]

LIMIT = 1_500_000  # bytes of a page with all that it asks for, its explorers and their data apart
PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}  # what WCAG 1.4.10 asks for
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG = '<code class="docutils literal"><span class="pre">' + "x/" * 60 + "</span></code>"
CODE = f"""<section><h2>{LONG}</h2><p>{LONG} <kbd>{"x" * 60}</kbd> <a href="#">{LONG}</a></p>
<ul><li>{LONG}</li></ul>
<table class="table"><thead><tr><th>{LONG}</th><th>b</th></tr></thead>
<tbody><tr><td>{LONG}</td><td>b</td></tr></tbody></table>
<div class="admonition note"><p class="admonition-title">{LONG}</p><p>{LONG}</p></div>
<figure><figcaption><p><span class="caption-text">{LONG}</span></p></figcaption></figure>
<div class="quiz"><fieldset><legend>{LONG}</legend><div class="quiz-choice"><input type="radio">
<label>{LONG}</label></div></fieldset></div><div class="assignment"><p>{LONG}</p></div></section>"""
CODE_THAT_STANDS_OUT = """() => [...document.querySelectorAll("article code, article kbd")]
  .filter(code => code.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(code => code.parentElement.outerHTML.slice(0, 80))"""


@contextmanager
def opened(browser, path: Path, **options) -> Iterator:
    """A page of its own; ``page.asked`` and ``page.complaints`` collect while it is open."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def first_page_with(html: Path, selector: str) -> Path:
    for name in listed_pages():
        path = html / f"{name}.html"
        if parsed(path).select_one(selector):
            return path
    pytest.skip(f"no page has {selector} yet")


def test_a_page_asks_nothing_of_the_network_and_complains_of_nothing(browser, html, page_name):
    with opened(browser, html / f"{page_name}.html") as page:
        assert [url for url in page.asked if not url.startswith("file:")] == []
        assert page.complaints == []


def test_a_page_is_light(browser, html, page_name):
    """Uncompressed, scrolled to its end; a server that compresses sends about a third."""
    path = html / f"{page_name}.html"
    with opened(browser, path) as page:
        page.keyboard.press("End")
        page.wait_for_load_state("networkidle")
        files = {Path(unquote(urlsplit(url).path)) for url in page.asked}
    data = sum(len(s.string) for s in parsed(path).find_all("script", type="application/json"))
    weight = sum(file.stat().st_size for file in files if "explorers" not in file.parts) - data
    assert weight < LIMIT


@pytest.mark.parametrize("advance", [None, fonts.WIDE], ids=["own-fonts", "wide-font"])
def test_a_page_fits_a_phone(browser, html, page_name, advance):
    """In the fonts that this machine has, and in one wider than any: inline code breaks anywhere."""
    with opened(browser, html / f"{page_name}.html", viewport=PHONE) as page:
        if advance:
            fonts.set_in(page, advance)
        assert page.evaluate(OVERHANG) <= 0
        page.set_viewport_size(NARROWEST)
        assert page.evaluate(OVERHANG) <= 0


def test_a_long_word_of_code_breaks_wherever_it_stands(browser, html):
    """In text, lists, tables, boxes, quizzes, captions and headings."""
    first = html / f"{listed_pages()[0]}.html"
    with opened(browser, first, viewport=NARROWEST) as page:
        page.locator("article").first.evaluate(
            "(article, html) => { article.innerHTML = html }", CODE
        )
        assert page.evaluate(OVERHANG) <= 0
        assert page.evaluate(CODE_THAT_STANDS_OUT) == []


def test_explorers_are_drawn(browser, html, page_name):
    path = html / f"{page_name}.html"
    if not parsed(path).select_one(".explorer"):
        pytest.skip("no explorer on this page")
    with opened(browser, path) as page:
        explorers = page.locator(".explorer").all()
        assert [explorer.get_attribute("data-ready") for explorer in explorers] == ["true"] * len(
            explorers
        )


def test_without_scripts_explorers_and_quizzes_still_say_something(browser, html):
    path = first_page_with(html, ".explorer")
    with opened(browser, path, java_script_enabled=False) as page:
        for stage in page.locator(".explorer-stage").all():
            assert stage.inner_text().strip() or stage.locator("img").count()
        for summary in page.locator(".quiz-answers summary").all():
            summary.click()
        assert all(item.is_visible() for item in page.locator(".quiz-answers li").all())


def test_a_quiz_is_answered_by_keyboard(browser, html):
    path = first_page_with(html, ".quiz input[type=radio]")
    with opened(browser, path) as page:
        quiz = page.locator(".quiz", has=page.locator("input[type=radio]")).first
        quiz.locator("input").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        assert quiz.get_by_role("status").inner_text()
        shown = quiz.locator(".quiz-words:visible")
        assert shown.count() == 1
        assert len(shown.inner_text()) > 10


def test_what_a_quiz_said_goes_when_the_choice_changes(browser, html):
    with opened(browser, first_page_with(html, ".quiz input[type=radio]")) as page:
        quiz = page.locator(".quiz", has=page.locator("input[type=radio]")).first
        quiz.locator("input").nth(0).check()
        quiz.get_by_role("button", name="Check").click()
        assert quiz.locator(".quiz-words:visible").count() == 1
        quiz.locator("input").nth(1).check()
        assert quiz.locator(".quiz-words:visible").count() == 0
        assert quiz.get_by_role("status").inner_text() == ""


def test_where_several_hold_green_never_says_wrong(browser, html):
    with opened(browser, first_page_with(html, ".quiz input[type=checkbox]")) as page:
        quiz = page.locator(".quiz", has=page.locator("input[type=checkbox]")).first
        boxes = quiz.locator("input").all()
        boxes[0].check()
        quiz.get_by_role("button", name="Check").click()
        words = quiz.locator(".quiz-words")
        assert words.count() == len(boxes)
        for each in words.all():
            verdict = each.locator(".quiz-verdict").inner_text()
            met = each.get_attribute("data-met") == "true"
            assert met == (verdict in ("It holds:", "Rightly left out:")), verdict


def test_the_search_works_from_disk(browser, html):
    with opened(browser, html / "search.html") as page:
        page.goto((html / "search.html").as_uri() + "?q=gradient")
        page.locator("#search-results li").first.wait_for(timeout=10_000)
        assert page.complaints == []


def test_the_theme_can_be_switched(browser, html):
    first = html / f"{listed_pages()[0]}.html"
    with opened(browser, first, color_scheme="light") as page:
        before = page.evaluate("document.documentElement.dataset.theme")
        page.locator(".theme-switch-button").click()
        assert page.evaluate("document.documentElement.dataset.theme") != before
