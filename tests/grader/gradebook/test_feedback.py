"""The page that a student reads: in a browser, light and dark, wide and narrow, from disk."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.batch import autograde
from grader.gradebook.feedback import feedback
from tests.grader.classroom import Classroom

pytestmark = [pytest.mark.sandbox, pytest.mark.browser, pytest.mark.slow]
HOSTILE = (
    "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
)
WRITTEN = (
    f"Because $c_t = f_t c_{{t-1}}$ has no matrix. {HOSTILE} [more](javascript:alert(1)) `a < b`"
)
OUTPUT = f"from IPython.display import HTML\nprint({HOSTILE!r})\nHTML({HOSTILE!r})"


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """Feedback for one who has all, one with a known mistake, one who can't be read, one hostile."""
    room = Classroom(tmp_path_factory.mktemp("feedback"), "smoothing")
    room.submit("ada", room.solved)
    room.submit("cal", room.with_misconception("smooth", "blends-with-the-first"))
    room.submit("dan", b"{")
    hostile = room.with_answer(
        "blend", f"{OUTPUT}\ndef blend(old, new, share):\n    raise ValueError({HOSTILE!r})"
    )
    room.cell(hostile, "written-the-price")["source"] = WRITTEN
    room.submit("mal", hostile)
    autograde(room.course, "smoothing")
    return {path.parent.parent.name: path for path in feedback(room.course, "smoothing")}


@pytest.fixture(scope="module")
def axe() -> str:
    package = find_spec("axe_playwright_python")
    if package is None:
        remedy = "no axe-core: pip install -r requirements.txt (axe-playwright-python)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(remedy)
    return Path(package.origin).with_name("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("student", ["ada", "cal", "dan", "mal"])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser, axe, pages, student, width, mode):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    page.goto(pages[student].as_uri())
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    context.close()
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] == []
    assert not too_wide, "the page scrolls sideways"


def test_nothing_that_a_student_wrote_runs(browser, pages):
    page = browser.new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(pages["mal"].as_uri())
    page.wait_for_timeout(300)
    assert page.title() == "Feedback: smoothing"
    assert page.locator("script, iframe, object, embed, a[href^='javascript:']").count() == 0
    handlers = "[...document.querySelectorAll('*')].some(e => [...e.attributes]"
    assert not page.evaluate(handlers + ".some(a => a.name.startsWith('on')))")
    assert said == []
    assert "document.title" in page.inner_text("main"), "what was printed is shown as text"
    page.close()


def test_the_page_asks_nobody(browser, pages):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    for path in pages.values():
        page.goto(path.as_uri())
        page.wait_for_load_state("networkidle")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_light_and_dark_differ(browser, pages):
    colours = set()
    for mode in ("light", "dark"):
        context = browser.new_context(color_scheme=mode)
        page = context.new_page()
        page.goto(pages["cal"].as_uri())
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert len(colours) == 2


def test_the_verdict_stands_in_words_with_its_hint(browser, pages):
    page = browser.new_page()
    page.goto(pages["cal"].as_uri())
    text = page.inner_text("main")
    page.close()
    assert "Right" in text
    assert "Not right yet" in text
    assert "Each step blends with the first state" in text
    assert re.search(r"2\s+of\s+7", text)


def test_an_equation_is_drawn_without_a_script(browser, pages):
    page = browser.new_page()
    page.goto(pages["mal"].as_uri())
    assert page.locator("math").count() > 0
    page.close()


def test_links_lead_to_the_checks_they_name(browser, pages):
    page = browser.new_page()
    page.goto(pages["cal"].as_uri())
    targets = page.evaluate(
        "[...document.querySelectorAll(\"a[href^='#']\")].map(a => a.getAttribute('href').slice(1))"
    )
    assert len(targets) >= 2
    assert page.evaluate("names => names.filter(n => !document.getElementById(n))", targets) == []
    page.close()
