"""What a page may cost: elements and bytes, which are the same on every machine."""

from __future__ import annotations

import pytest

from tests.book.weighing import BUDGET, sent, weigh

SMALL = (
    "[...document.querySelectorAll('.explorer :is(button, input, select, summary, [role=button])')]"
)
# A slider's rail is thin by nature: what is pressed is its box. A label is part of its checkbox.
TAPPED = """.filter(target => target.checkVisibility())
  .map(target => {
    const label = target.type === "checkbox" || target.type === "radio" ? target.labels[0] : null;
    const boxes = [target, label].filter(Boolean).map(part => part.getBoundingClientRect());
    return [target.outerHTML.slice(0, 90), Math.max(...boxes.map(box => box.width)),
            Math.max(...boxes.map(box => box.height))];
  }).filter(([, width, height]) => width < 24 || height < 24)"""


def test_what_is_packed_already_goes_over_the_line_as_it_is():
    text = b"the concert " * 100
    assert sent("https://a.example/x.css?v=1", text) < len(text) / 5
    assert sent("https://a.example/x.woff2?v=1", text) == len(text)


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_page_keeps_to_its_budget(browser, served, page_name, mode):
    weight = weigh(browser, f"{served}/{page_name}.html", mode)
    assert weight.elements <= BUDGET.elements
    assert weight.size <= BUDGET.size
    assert weight.gzipped <= BUDGET.gzipped


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_tapped_in_an_explorer_is_large_enough(browser, html, page_name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((html / f"{page_name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    small = page.evaluate(SMALL + TAPPED)
    page.close()
    assert small == []
