"""What of a chapter goes onto slides, and in which order.

The title; the objectives; for each section a slide with its first sentences, and with what follows
them at once if that is an equation; then a slide for each further equation, figure, table and list;
each question with its choices; the summary; the exercise. Nothing has to be marked in a chapter.
Running text and code stay there: slides are what stands behind somebody who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, NavigableString, Tag

SENTENCE = re.compile(r"[.?!]['”’)]*(?=\s|$)")
LEAD = 90  # characters that a slide's opening has at least, if the paragraph has them
TOO_LONG = 330  # characters of a sentence that is to lead into an equation
ROWS = 12  # of a table, and items of a list, that can still be read from the last bench
NOT_SHOWN = ("further-reading", "references")
UNSEEN = ".headerlink, script, button, details, .tag_remove-input > .cell_input"
TEXT = ("p", "blockquote")


@dataclass
class Slide:
    """``kind`` is for the style sheet; ``source`` is the place in the chapter."""

    kind: str
    title: str
    source: str
    body: list[Tag] = field(default_factory=list)


def slides_of(article: Tag, page: str) -> list[Slide]:
    """All slides of a chapter whose article this is; ``page`` is its address from the slides."""
    article = prepared(article, page)
    top = article.find("section")
    slides = [title_slide(top, page)]
    if box := top.select_one(".objectives"):
        slides.append(box_slide(box, page))
    for section in top.find_all("section"):
        if section["id"] not in NOT_SHOWN:
            slides += section_slides(section, f"{page}#{section['id']}")
    for slide in slides:
        for part in slide.body:
            forget_names(part)
    return slides


def prepared(article: Tag, page: str) -> Tag:
    """A copy without what belongs to the page only, its links as seen from the slides."""
    article = copy(article)
    for element in article.select(UNSEEN):
        element.decompose()
    for link in article.find_all("a", href=True):
        address = link["href"]
        if address.startswith("#"):
            link["href"] = page + address
        elif not re.match(r"\w+:|\.\./|/", address):
            link["href"] = f"../chapters/{address}"
    return article


def title_slide(top: Tag, page: str) -> Slide:
    """The first slide: chapter and title."""
    heading = top.find("h1")
    number = heading.find(class_="section-number")
    lines = [f"Chapter {number.get_text(strip=True).rstrip('.')}"] if number else []
    return Slide("title", title_of(heading), page, [made("p", line) for line in lines])


def box_slide(box: Tag, source: str) -> Slide:
    """Objectives and summary: a list with a title."""
    heading = box.select_one(".admonition-title")
    for time in heading.select(".objectives-time"):
        time.extract()
    return Slide("list", title_of(heading), source, box.find_all("ul", recursive=False))


def section_slides(section: Tag, source: str) -> list[Slide]:
    """The slides of a section, its subsections apart: they are sections too."""
    title, slides = title_of(section.find(["h2", "h3", "h4"])), []
    said: Tag | None = None  # the last paragraph
    together = False  # it, or the equation after it, is the last thing on the last slide
    for block in blocks(section):
        kind = kind_of(block)
        if kind == "text":
            together = not slides
            if together:
                slides.append(Slide("section", title, source, [opening(block)]))
            said = block
        elif kind == "equation":
            if not together:
                slides.append(Slide(kind, title, source, closing(said) if said else []))
            slides[-1].body.append(block)
            together = True
        elif kind:
            slides.append(slide_of(kind, block, title, source))
            together = False
    return slides


def blocks(parent: Tag) -> Iterator[Tag]:
    """What stands in a section, in order, with what the cells gave out, less its subsections."""
    for child in parent.find_all(recursive=False):
        if (
            child.name == "div"
            and not kind_of(child)
            and "admonition" not in child.get("class", [])
        ):
            yield from blocks(child)
        elif child.name != "section":
            yield child


def kind_of(block: Tag) -> str:
    """The kind of slide that a block asks for; empty where it gets none."""
    names = set(block.get("class", []))
    if block.name in TEXT:
        return "text"
    if block.name == "figure" or (block.name == "img" and block.get("src")):
        return "figure"
    if block.name == "table":
        return "table" if len(block.find_all("tr")) <= ROWS else ""
    if block.name in ("ul", "ol"):
        return "list" if len(block.find_all("li", recursive=False)) <= ROWS else ""
    for name in ("quiz", "explorer", "summary", "assignment"):
        if name in names:
            return name
    return "equation" if "math" in names and block.name == "div" else ""


def slide_of(kind: str, block: Tag, title: str, source: str) -> Slide:
    """The slide of one block, by its kind."""
    if kind == "quiz":
        return question(block, source)
    if kind == "summary":
        return box_slide(block, source)
    if kind == "explorer":
        link = made("a", "Open the explorer in the chapter", href=source)
        return Slide(kind, title_of(block.select_one(".explorer-title")), source, [wrapped(link)])
    if kind == "assignment":
        heading = block.select_one(".assignment-title").extract()
        return Slide(kind, title_of(heading), source, [block])
    if kind == "figure":
        for caption in block.select("figcaption .caption-text"):
            caption.replace_with(opening(caption, "span"))
    if kind == "list":
        for item in block.select("li > p:first-child"):
            item.replace_with(opening(item))
    if kind == "table":
        block = wrapped(block, "div", "output")  # which scrolls where it is too wide
    return Slide(kind, title, source, [block])


def question(quiz: Tag, source: str) -> Slide:
    """Its choices as a list with letters, to be answered by a show of hands."""
    legend = quiz.find("legend").extract()
    for kicker in legend.select(".quiz-kicker"):
        kicker.extract()
    choices = made("ol")
    for label in quiz.select(".quiz-choice label"):
        item = made("li")
        item.extend(list(label.contents))
        choices.append(item)
    legend.name = "p"
    preamble = list(quiz.find("fieldset").find_all(recursive=False, name="p"))
    return Slide("quiz", "Check yourself", source, [legend, *preamble, choices])


# ---- Sentences ---------------------------------------------------------------------------------


def opening(block: Tag, name: str = "p") -> Tag:
    """The first sentence of a paragraph, and the next ones if it is short."""
    paragraph = block.find("p") if block.name == "blockquote" else block
    found, length = made(name), 0
    for child in list(paragraph.children):
        if isinstance(child, NavigableString):
            for match in SENTENCE.finditer(child):
                if length + match.end() >= LEAD:
                    found.append(NavigableString(child[: match.end()]))
                    return found
        length += len(words_of(child))
        found.append(copy(child))
    return found


def closing(paragraph: Tag) -> list[Tag]:
    """The last sentence of a paragraph, which leads into what follows; none if it is long."""
    found = made("p")
    for child in reversed(list(paragraph.children)):
        if isinstance(child, NavigableString):
            ends = [m.end() for m in SENTENCE.finditer(child)]
            ends = [end for end in ends if child[end:].strip() or len(found.contents)]
            if ends:
                found.insert(0, NavigableString(child[ends[-1] :].lstrip()))
                break
        found.insert(0, copy(child))
    return [found] if 0 < len(words_of(found).strip()) <= TOO_LONG else []


def words_of(node: Tag | NavigableString) -> str:
    """The text as it is seen: a formula is there once, and not also for screen readers."""
    if isinstance(node, NavigableString):
        return str(node)
    seen = copy(node)
    for hidden in seen.select(".katex-mathml, .section-number"):
        hidden.decompose()
    return seen.get_text()


def title_of(heading: Tag) -> str:
    """A heading's words."""
    return " ".join(words_of(heading).split())


# ---- Elements ----------------------------------------------------------------------------------


def made(name: str, text: str = "", **attributes: str) -> Tag:
    """A new element."""
    element = BeautifulSoup("", "html.parser").new_tag(name, attrs=attributes)
    if text:
        element.string = text
    return element


def wrapped(element: Tag, name: str = "p", kind: str = "") -> Tag:
    """An element inside a new one."""
    around = made(name, **({"class": kind} if kind else {}))
    around.append(element)
    return around


def forget_names(element: Tag) -> None:
    """The chapter's anchors stay the chapter's: on slides they could be there twice."""
    for named in [element, *element.find_all(True)]:
        named.attrs.pop("id", None)
        named.attrs.pop("aria-labelledby", None)
