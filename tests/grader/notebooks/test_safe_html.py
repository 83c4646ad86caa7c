"""What a student writes is shown and never runs: Markdown, equations, hints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time

import pytest

from grader.notebooks.safe_html import MAX_TEX, hint2html, markdown2html, mathml

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
    "$\\text{<script>alert(1)</script>}$",
    "$\\text{<img src=x onerror=alert(1)>}$",
    '$\\textcolor{"><script>alert(1)</script>}{x}$',
    "$\\operatorname{<script>}$",
    "$\\sqrt[</math><script>]{x}$",
    "$$\\begin{aligned} a &= b \\\\ c &= \\color{red} d \\! x \\end{aligned}$$",
    "$$\\begin{align} \\cfrac{a}{b} &= \\mathop{b} \\end{align}$$",
    "$$\\label{top} \\eqref{top} \\htmlClass{verdict}{x} \\style{position:fixed}{x}$$",
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


FORMULAS = {
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": "<mtable",
    r"\begin{align} a &= b \\ c &= d \end{align}": "<mtable",
    r"\frac{\partial L}{\partial W}": "<mfrac>",
    r"\sum_{i=1}^{n} x_i^2": "<munderover>",
    r"\begin{equation}\label{loss} a = b \end{equation}": "<mi>a</mi>",
    r"\widetilde{c}_t \in \mathbb{R}^{N \times D}": "ℝ",
    r"\left( \frac{1}{2} \right]": "<mo>(</mo><mfrac>",
    "σ(x) = 1 / (1 + e^{-x})": "<mi>σ</mi>",
}


@pytest.mark.parametrize("tex", FORMULAS)
def test_what_students_write_is_drawn(tex):
    drawn = mathml(tex, True)
    assert drawn.startswith("<math") and "<code>" not in drawn
    assert FORMULAS[tex] in drawn
    assert " id=" not in drawn


def test_columns_keep_their_side_without_a_style():
    drawn = mathml(r"\begin{aligned} a &= b \\ c &= \color{red} d \end{aligned}", True)
    assert " style=" not in drawn
    assert drawn.count('class="to-right"') == drawn.count('class="to-left"') == 2


def test_a_label_writes_no_attribute():
    drawn = mathml(r"\begin{equation}\label{\" onload=alert(1) x=\"} x\end{equation}", True)
    assert not re.search(r"\s(id|on\w+|x)=", drawn)


@pytest.mark.parametrize(
    "tex", [r"\frac{a}{b", r"x^y^z", r"\unknown{x}", r"\kern10000em x", "\x00", "x" * (MAX_TEX + 1)]
)
def test_what_cannot_be_drawn_is_shown_as_it_was_written(tex):
    assert mathml(tex, False).startswith("<code>")


def test_every_equation_of_the_sheets_is_drawn():
    """Of whichever course is graded: its sheets are what students read on the page."""
    import jupytext

    from grader import assignments

    pages = ""
    for name in assignments.names():
        cells = jupytext.read(assignments.sheet(name)).cells
        pages += "".join(markdown2html(c.source) for c in cells if c.cell_type == "markdown")
    assert "<math" in pages
    assert not re.search(r'class="equation"[^>]*><code', pages)
    assert not re.search(r"<code>[^<]*\\(frac|sum|partial|begin|sigma)", pages)


DEEP = [
    "{",
    r"\frac{",
    r"\frac1",
    r"\sqrt{",
    "x^{",
    "x_{",
    r"\left(",
    r"\overset{",
    r"\xrightarrow{",
]
DEEP += [
    r"\bm",
    r"\hat",
    r"\text{",
    r"\begin{matrix}",
    r"\color{red}",
    r"\sqrt[",
    "x'",
    r"\phantom",
]
DRAW_DEEP = """
import json, sys, threading
from grader.notebooks.safe_html import MAX_TEX, mathml
def draw():
    for part in json.load(sys.stdin):
        depth = MAX_TEX // len(part)
        mathml(part * depth, False)
        mathml(part * (depth // 2) + "x" + "}" * (depth // 2), True)
draw() if sys.argv[1] == "main" else [t := threading.Thread(target=draw), t.start(), t.join()]
"""


@pytest.mark.parametrize("thread", ["main", "other"])
def test_no_nesting_ends_the_process(thread):
    """The converter recurses, and what overflows its stack would take the grader with it."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW_DEEP, thread],
        input=json.dumps(DEEP),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "tex", [r"\def\a{\a\a}\a", r"\newcommand{\a}{\a\a}\a", "&" * MAX_TEX, "x'" * (MAX_TEX // 2)]
)
def test_no_equation_takes_long(tex):
    start = time.perf_counter()
    mathml(tex, True)
    assert time.perf_counter() - start < 1


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
