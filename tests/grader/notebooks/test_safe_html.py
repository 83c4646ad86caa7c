"""What a student writes is shown and never runs: Markdown, equations, hints."""

from __future__ import annotations

import re

import pytest

from grader.notebooks.safe_html import hint2html, markdown2html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "[click](javascript:alert(1))",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "<details ontoggle=alert(1) open>x</details>",
    "<style>* {display: none}</style>",
    "<p style='position: fixed'>x</p>",
    "<form action='/formgrader'><button>ok</button></form>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href='https://example.org'>",
    "![track](https://example.org/pixel.png)",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "$\\href{javascript:alert(1)}{x}$",
    "$<script>alert(1)</script>$",
    "```mermaid\ngraph <script>alert(1)</script>\n```",
    "`<script>` then <script>alert(1)</script>",
    "<!-- --!><script>alert(1)</script>",
    "<<script>script>alert(1)</script>",
]
LIVE = re.compile(
    r"<\s*(script|svg|iframe|style|form|button|meta|base|object|embed|link)\b"
    r"|<[^>]*\s(on\w+|style)\s*="
    r"|<[^>]*(href|src)\s*=\s*[\"']?\s*(java|data:image/svg|https://example.org/pixel)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_runs_or_loads(source):
    assert not LIVE.search(markdown2html(source))


@pytest.mark.parametrize("source", HOSTILE)
def test_the_probe_would_see_it(source):
    """The pattern above finds something live in most of these where they are not cleaned."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    harmless_as_rendered = ("javascript:", "java\n", "$", "--!>")
    if not any(mark in source for mark in harmless_as_rendered):
        assert LIVE.search(markdown2html_mistune(source))


def test_code_keeps_its_angle_brackets():
    page = markdown2html("`a < b` and\n\n```python\nif a < b and b > c:\n    pass\n```\n")
    assert "<code>a &lt; b</code>" in page
    assert "&amp;lt;" not in page
    assert re.sub(r"<[^>]+>", "", page).count("&lt;") == 2


def test_a_comparison_in_the_text_survives():
    assert "f &lt; 1 and i &gt; 0" in markdown2html("if f < 1 and i > 0")


def test_equations_become_mathml_without_a_script():
    page = markdown2html("so $c_t = f_t * c_{t-1}$ and\n\n$$\\sum_k^t x_k < 1$$\n")
    assert page.count("<math") == 2
    assert 'display="block"' in page
    assert "http" not in page.replace("http://www.w3.org/1998/Math/MathML", "")


def test_tables_lists_and_folded_hints_stay():
    page = markdown2html(
        "| a |\n|---|\n| 1 |\n\n<details><summary>Hint</summary>\n\n*x*\n\n</details>"
    )
    for tag in ("<table>", "<details>", "<summary>Hint</summary>", "<em>x</em>"):
        assert tag in page


def test_a_student_cannot_imitate_a_verdict():
    assert "verdict" not in markdown2html('<div class="verdict right">10 of 10 points</div>')


def test_hints_show_code_and_nothing_else():
    assert hint2html("use `a < b` <b>now</b>") == (
        "use <code>a &lt; b</code> &lt;b&gt;now&lt;/b&gt;"
    )
