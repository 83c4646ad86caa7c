"""Renders what students wrote without letting it run: Markdown, equations and hints as HTML.

nbgrader shows a student's Markdown in the feedback and, worse, in the instructor's formgrader, with its
HTML as it stands. Here the rendered HTML is sanitised: after rendering, so that a `<` in code survives.
Equations become MathML, which browsers draw without a script and without asking anybody; what is no
MathML that draws, and an equation that can't be read, is shown as the TeX that was written.

nbgrader_config.py puts `markdown2html` and `hint2html` in place for both pages.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree import ElementTree

import bleach
from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TAGS = frozenset(
    "a blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr img input li ol p pre"
    " span strong summary table tbody td th thead tr ul".split()
)
CLASSES = re.compile(r"(highlight|math-inline|math-block|language-\w{1,20}|[a-z]{1,2}[0-9]?)\Z")
IMAGE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+\Z")
MATH = re.compile(r'<span class="math-(inline|block)">(.*?)</span>', re.DOTALL)
MAX_TEX = 2_000
"""Characters of an equation. The converter recurses: so many can't nest deeper than a stack of 8 MB
bears. The longest equation of the course has 443."""
DRAWS = frozenset(  # `code` stands in for \texttt
    "code math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot"
    " mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none".split()
)
LOADS = re.compile(r"href|src|id$|on|.*url", re.IGNORECASE | re.DOTALL)
FAR = re.compile(r"(?<![\d.])(\d{2,}|-[1-9])[\d.]*(r?em|ex|p[tx]|in|[cm]m|v[wh])")
"""Lengths that would push an equation out of its place on the page."""
SIDE = re.compile(r"text-align: (left|right)")
NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot);)\w+;")
LABEL = re.compile(r"\\label\{[^{}]*\}")
_converter = LatexToMathML(
    fancy_error=False, allow_unreliable_rendering=True, max_expansions=100, xml_namespace=False
)


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

    def heading(self, text: str, level: int, **attrs: object) -> str:
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
    return MATH.sub(lambda match: _placed(html.unescape(match[2]), match[1] == "block"), text)


def _placed(tex: str, block: bool) -> str:
    """A displayed equation may be wider than a phone: the keyboard has to reach it to scroll it."""
    drawn = mathml(tex, block)
    if not block:
        return drawn
    return f'<span class="equation" tabindex="0" role="group" aria-label="Equation">{drawn}</span>'


@lru_cache(4096)
def mathml(tex: str, block: bool) -> str:
    """An equation as MathML, or its TeX as code where it can't be drawn: a page fails for none."""
    as_written = f"<code>{html.escape(tex)}</code>"
    if len(tex) > MAX_TEX:
        return as_written
    try:
        drawn = _converter.convert_with_local_state(LABEL.sub("", tex), displaystyle=block)
        drawn = NAMED.sub(lambda entity: html.unescape(entity[0]), drawn)
        root = ElementTree.fromstring(drawn)
    except (LatexError, ElementTree.ParseError):
        return as_written
    if not all(map(_only_draws, root.iter())):
        return as_written
    for element in root.iter():
        _without_style(element)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _only_draws(element: ElementTree.Element) -> bool:
    """Whether an element loads nothing, names nothing and stays in its place."""
    return element.tag in DRAWS and not any(
        LOADS.match(name) or LOADS.match(value) or FAR.search(value)
        for name, value in element.attrib.items()
    )


def _without_style(element: ElementTree.Element) -> None:
    """Columns keep their side, as a class for the page's style sheet; colours and kerning go."""
    side = SIDE.match(element.attrib.pop("style", ""))
    if side:
        element.set("class", f"to-{side[1]}")
