"""What a student writes is shown and never runs: Markdown, equations, hints."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import time

import pytest

from grader.notebooks import safe_html
from grader.notebooks.merge import MAX_CELL_CHARACTERS, MAX_DRAWN, MAX_DRAWN_PAGE
from grader.notebooks.safe_html import (
    MAX_GROWTH,
    MAX_TEX,
    cell2html,
    code2html,
    hint2html,
    markdown2html,
    mathml,
)

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


@pytest.mark.slow
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


@pytest.mark.parametrize(
    ("hint", "shown"),
    [
        ("times f_t.", "times <i>f</i><sub>t</sub>."),
        ("1 - f_t, tanh(c_t)", "1 − <i>f</i><sub>t</sub>, tanh(<i>c</i><sub>t</sub>)"),
        ("candidate^2, X^T y", "candidate<sup>2</sup>, X<sup>T</sup> y"),
        ("take min_delta.", "take <code>min_delta</code>."),
        ("np.exp(-z) overflows", "<code>np.exp(-z)</code> overflows"),
        ("begin with X[:, 0].", "begin with <code>X[:, 0]</code>."),
        ("`c_prev` is c_t", "<code>c_prev</code> is <i>c</i><sub>t</sub>"),
        ("the key 'W_f' is \"a_b\"", "the key &#x27;W_f&#x27; is &quot;a_b&quot;"),
        ("e.g. 0.5, i.e. -1", "e.g. 0.5, i.e. -1"),
        ("<b>h_t</b>[0]", "&lt;b&gt;h_t&lt;/b&gt;[0]"),
    ],
)
def test_formulas_and_names_in_hints_look_like_it(hint, shown):
    assert hint2html(hint) == shown


# Each of these, repeated, takes its reader's time by the square of the length, or grows.
REPEATED = [
    *("<div>", "<ul>", "<em>", "<p>", "<details>", "<a ", "<a href=x>", "<!--", "</p>", "<td>"),
    *("&", "&lt", "[", "![", "[a](", "[x] ", "``a`", "~~~\n", "> ", "- ", "_a_ ", "***", "\\", "'"),
    *("\\begin{a}", "\\\\[", "\\\\(", "$", "$$", "$x$", "a\n: b\n", "|a|b|\n|-|-|\n", "http://a "),
    "$" + r"\newcommand{\a}{" + "x" * 1000 + "}" + r"\a" * 300 + "$\n",
    r"$$\begin{matrix}" + "&" * 900 + r"\end{matrix}$$" + "\n",
]
SECONDS_A_CELL = 3  # of processor time; a page draws as much as five


@pytest.mark.parametrize("part", REPEATED)
def test_no_text_takes_long_or_makes_a_large_page(part):
    source = (part * MAX_DRAWN)[:MAX_DRAWN]
    start = time.process_time()
    page = markdown2html(source)
    assert time.process_time() - start < SECONDS_A_CELL
    assert len(page) <= 3_000 + MAX_GROWTH * len(source)
    assert MAX_DRAWN_PAGE <= 5 * MAX_DRAWN


@pytest.mark.parametrize("part", REPEATED)
def test_what_is_too_long_is_shown_as_it_was_written_at_once(part):
    source = (part * 100_000)[:100_000]
    start = time.process_time()
    page = markdown2html(source)
    assert time.process_time() - start < 0.5
    assert "shown as it was written" in page
    assert "<math" not in page
    assert html.escape(source) in page


def test_a_page_of_formulas_that_unfold_stays_small():
    formula = r"$\newcommand{\a}{\sqrt{x_1^2}\sqrt{x_1^2}\sqrt{x_1^2}}" + r"\a" * 20 + "$ "
    source = (formula * 100)[:MAX_DRAWN]
    assert len(markdown2html(source)) <= 3_000 + MAX_GROWTH * MAX_DRAWN


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), KeyError(1)])
def test_whatever_a_parser_raises_the_text_is_there(error, monkeypatch):
    def broken(source: str) -> str:
        raise error

    monkeypatch.setattr(safe_html, "_drawn", broken)
    page = markdown2html("so <b> it is")
    assert "<pre>so &lt;b&gt; it is</pre>" in page
    assert "cannot be drawn" in page


@pytest.mark.parametrize(
    "source", ["</div></div><h1>x</h1>", "<div><div>", "</div>" * 9, "<li></ul>"]
)
def test_no_text_leaves_its_box(source):
    import bs4

    (box,) = bs4.BeautifulSoup(f"{markdown2html(source)}", "html.parser").find_all(recursive=False)
    assert "rendered" in box["class"]


def test_long_code_is_shown_without_colours_at_once():
    assert "<span" in code2html("x = 1  # <b>")
    start = time.process_time()
    page = code2html("a = b < c\n" * (MAX_CELL_CHARACTERS // 10))
    assert time.process_time() - start < 0.5
    assert "<span" not in page
    assert "a = b &lt; c" in page


def test_a_cell_says_that_it_is_shown_as_written():
    cell = {"source": "*x*", "metadata": {"submitted": {"as_written": True}}}
    assert "<pre>*x*</pre>" in cell2html(cell)
