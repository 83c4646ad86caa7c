"""Renders what students wrote without letting it run: Markdown, equations and hints as HTML.

nbgrader shows a student's Markdown in the feedback and, worse, in the instructor's formgrader, with its
HTML as it stands. Here the rendered HTML is sanitised: after rendering, so that a `<` in code survives.
Equations become MathML, which browsers draw without a script and without asking anybody; what is no
MathML that draws, and an equation that can't be read, is shown as the TeX that was written. Pictures come
out of the notebook itself.

What is rendered stands in a box of the class `rendered`; the pages' styles, `contained.css`, let nothing be
painted outside it. Rendering takes a bounded time and gives a bounded page: what would take more is shown
as it was written.

`configuration.configure` puts these filters in place for both pages.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import bleach
from jinja2 import pass_context
from math_core import LatexError, LatexToMathML
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader.notebooks import pictures
from grader.notebooks.merge import MAX_DRAWN

log = logging.getLogger(__name__)

TAGS = frozenset(
    "a blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr img input li ol p pre"
    " span strong summary table tbody td th thead tr ul".split()
)
CLASSES = re.compile(r"(highlight|math-inline|math-block|language-\w{1,20}|[a-z]{1,2}[0-9]?)\Z")
IMAGE = re.compile(r"<img((?: [a-z]+=\"[^\"]*\")*)>")
NAMED_IMAGE = re.compile(r" src=\"attachment:([^\"]*)\"")
ALT = re.compile(r" alt=\"([^\"]*)\"")
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
    fancy_error=False, allow_unreliable_rendering=True, max_expansions=20, xml_namespace=False
)


BOX = '<div class="rendered tex2jax_ignore">{}</div>\n'
"""The box. Formgrader loads MathJax, which must not look for equations in it a second time."""
MAX_GROWTH = 60
"""Characters of HTML for each one of Markdown; the course's own texts have at most 20."""
MAX_HIGHLIGHTED = 50_000
"""Characters of code that are coloured."""
LONG = "This text is too long to be drawn, so it is shown as it was written."
TANGLED = "This text cannot be drawn, so it is shown as it was written."


def markdown2html(
    source: str,
    attachments: Mapping[str, Mapping[str, str]] | None = None,
    left_out: Mapping[str, str] | None = None,
    as_written: bool = False,
) -> str:
    """Markdown as nbconvert renders it, less whatever could run, load or deceive; it fails for none.

    Parameters
    ----------
    source : str
        The cell's text.
    attachments : mapping, optional
        The pictures that were pasted into the cell, as notebook format 4 has them.
    left_out : mapping of str to str, optional
        Why others are not there, by their names.
    as_written : bool, default False
        Show the text and draw nothing.

    Returns
    -------
    str
        HTML, in a box of its own.
    """
    source, more = pictures.embedded(source, attachments or ())
    if as_written or len(source) > MAX_DRAWN:
        return BOX.format(_as_written(source, LONG))
    try:
        page = _drawn(source)
    except (
        Exception
    ):  # a parser that met what its authors did not think of: one page must not stop all
        log.exception("Markdown of %d characters could not be rendered", len(source))
        page = ""
    if (not page and source.strip()) or len(page) > 2_000 + MAX_GROWTH * len(source):
        return BOX.format(_as_written(source, TANGLED))
    known = {**(attachments or {}), **more}
    return BOX.format(IMAGE.sub(lambda tag: _picture(tag[1], known, left_out or {}), page))


@pass_context
def in_block(context: Mapping[str, Any], source: str) -> str:
    """The filter `markdown2html` for nbconvert's templates, whose blocks know a `cell`."""
    cell = context.get("cell") or {}
    return cell2html(cell) if cell.get("source") == source else markdown2html(source)


def cell2html(cell: Mapping[str, Any]) -> str:
    """A Markdown cell of a graded notebook with its pictures, see `merge.Cell`."""
    source: str = cell["source"]
    about = cell.get("metadata", {}).get("submitted", {})
    return markdown2html(
        source, cell.get("attachments"), about.get("left_out"), about.get("as_written", False)
    )


def code2html(source: str, language: str = "ipython3", metadata: Any = None) -> str:
    """The filter `highlight_code` of nbconvert's templates: long code stays as it is."""
    if len(source) <= MAX_HIGHLIGHTED:
        try:
            coloured: str = Highlight2HTML(pygments_lexer=language)(source, metadata=metadata)
        except Exception:  # as above
            log.exception("code of %d characters could not be coloured", len(source))
        else:
            return coloured
    return f'<div class="highlight"><pre>{html.escape(source)}</pre></div>'


def _drawn(source: str) -> str:
    rendered = MarkdownWithMath(renderer=_Renderer(escape=False)).render(source)
    clean = bleach.clean(
        rendered,
        tags=TAGS,
        attributes=_allowed,
        protocols={"http", "https", "mailto", "attachment"},
    )
    return _with_mathml(clean)


def _as_written(source: str, why: str) -> str:
    return f'<p class="left-out"><em>{why}</em></p><pre>{html.escape(source)}</pre>'


def _picture(
    attributes: str, known: Mapping[str, Mapping[str, str]], left_out: Mapping[str, str]
) -> str:
    """A picture of the notebook, or a word in its place."""
    alt, named = ALT.search(attributes), NAMED_IMAGE.search(attributes)
    name = html.unescape(named[1]) if named else ""
    address = pictures.address(name, known)
    if address is not None:
        words = alt[1] if alt and alt[1] else "Picture without a description"
        return f'<img alt="{words}" src="{address}">'
    reason = left_out.get(name) or left_out.get(unquote(name)) or pictures.ABSENT
    called = f" “{alt[1]}”" if alt and alt[1] else ""
    return f'<em class="left-out">[Picture{called} left out: {html.escape(reason)}.]</em>'


def hint2html(hint: str) -> str:
    """A sentence of the grader, with `code` in backticks; formulas and names of variables look like it.

    Everything else in it is text. What stands in quotation marks or is part of a longer word stays.
    """
    parts = re.split(r"`([^`]+)`", html.escape(hint))
    return "".join(
        f"<code>{part}</code>" if number % 2 else _with_formulas(part)
        for number, part in enumerate(parts)
    )


_NOT_INSIDE = r"(?<![\w;&#.\\/@'-])"
_INDEXED = re.compile(_NOT_INSIDE + r"([A-Za-z]|alpha|beta|mu|sigma)_([A-Za-z0-9])(?![\w(\[&])")
_POWER = re.compile(r"(?<=[\w)])\^(\d|T)(?!\w)")
_CALL = r"(?:\((?:[^()\s]|, )*\))"
_PLACE = r"(?:\[(?:[^\[\]\s&]|, )+\])"
_CODE = re.compile(
    _NOT_INSIDE
    + rf"((?:[A-Za-z]{{2,}}\.)+\w{{2,}}{_CALL}?|[A-Za-z]\w*{_PLACE}|[A-Za-z]+(?:_[A-Za-z]+)+{_PLACE}?)"
    r"(?![\w(\[&])"
)


def _with_formulas(text: str) -> str:
    """Escaped text in which h_t has its index below, x^2 its power above, and min_delta is code."""
    text = _INDEXED.sub(r"<i>\1</i><sub>\2</sub>", text)
    text = _CODE.sub(r"<code>\1</code>", text)
    text = _POWER.sub(r"<sup>\1</sup>", text)
    return text.replace(" - ", " − ")


class _Renderer(IPythonRenderer):
    """Marks equations, so that they can be found again after sanitising."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img alt="{_quoted(text)}" src="{_quoted(url)}">'

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


def _quoted(text: str) -> str:
    """Fit for an attribute; what mistune hands over is escaped but for the quotation marks."""
    return text.replace('"', "&quot;")


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return all(CLASSES.match(part) for part in value.split())
    if tag == "img":
        return name == "alt" or (name == "src" and value.startswith("attachment:"))
    if tag == "input":  # the boxes of a task list
        return name in ("checked", "disabled") or (name == "type" and value == "checkbox")
    if (tag, name) == ("a", "href"):
        return not value.strip().lower().startswith("attachment:")
    return (tag, name) in {("a", "title"), ("ol", "start"), ("details", "open")}


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
