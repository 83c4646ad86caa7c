"""Accessibility: axe finds nothing on any page, light or dark, wide or narrow."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.book.conftest import missing

pytestmark = [pytest.mark.book, pytest.mark.browser]

# Colours that change with the mode fade in: half-way between two modes nothing has its contrast.
AT_REST = """Promise.race([
  Promise.allSettled(document.getAnimations().map(animation => animation.finished)),
  new Promise(resolve => setTimeout(resolve, 2000)),
])"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as PyPI's axe-playwright-python brings it."""
    package = find_spec("axe_playwright_python")
    if package is None:
        missing("no axe-core", "pip install -r requirements.txt (axe-playwright-python)")
    return Path(package.origin).with_name("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser, axe, html, page_name, mode, width):
    viewport = {"width": width, "height": 900}
    context = browser.new_context(viewport=viewport, color_scheme=mode)
    page = context.new_page()
    page.goto((html / f"{page_name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.evaluate(AT_REST)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    context.close()
    assert [describe(violation) for violation in found["violations"]] == []


def describe(violation: dict) -> str:
    places = [node["html"][:120] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']}: {places}"
