"""A reader without scripts whose browser prefers dark pages gets dark ones."""

from __future__ import annotations

import pytest
from coursebook.postprocessing import unscripted

# The page's ground and an explorer's lines, and which drawing is shown
SEEN = """() => [
  getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.querySelector(".explorer")).getPropertyValue("--kit-ink").trim(),
  ...[".on-light", ".on-dark"].map(kind =>
    document.querySelector(`.drawing > ${kind}`)?.checkVisibility() ?? null),
]"""


@pytest.fixture
def rules(tmp_path):
    """What is kept of a style sheet, without spaces."""

    def rules(css: str) -> str:
        (tmp_path / "a.css").write_text(css, "utf-8")
        return "".join(unscripted.dark_rules([tmp_path / "a.css"]).split())

    return rules


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("html[data-theme=dark] p{top:0}", 'html[data-theme="light"]p{top:0}'),
        ('html[data-theme="dark"] a,p{top:0}', 'html[data-theme="light"]a{top:0}'),
        ("p{top:0}", ""),
        ("html:not([data-theme=dark]) p{top:0}", ""),
        ("@media (width>9px){[data-theme=dark]{top:0}p{top:1px}}",
         '@media(width>9px){[data-theme="light"]{top:0}}'),
        ("@font-face{font-family:F}@keyframes k{to{top:0}}", ""),
    ],
)  # fmt: skip
def test_only_what_is_said_of_dark_pages_stays(rules, css, kept):
    assert rules(css) == kept


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("name", ["intro", "bptt", "lstm"])
def test_without_scripts_a_page_is_as_dark_as_with_them(browser, html, name):
    found = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, color_scheme="dark")
        page = context.new_page()
        page.goto((html / f"chapters/{name}.html").as_uri())
        found.append(page.evaluate(SEEN))
        context.close()
    assert found[0] == found[1]
