"""What of a chapter goes onto slides, and in which order.

The title; the objectives; each block that the chapter has marked (see ``marks``), a slide for each; the
summary; the exercise. A marked paragraph gives its first sentence, and what follows it at once if that
is an equation; an equation comes with the sentence that leads into it; a question with its choices.
Running text and code stay in the chapter: slides are what stands behind somebody who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, NavigableString, Tag

from .marks import CLASS as MARK

SENTENCE = re.compile(r"[.?!]['”’)]*(?=\s|$)")
LEAD = 90  # characters that a slide's opening has at least, if the paragraph has them
TOO_LONG = 330  # characters of a sentence that is to lead into an equation
ROWS = 12  # of a table, and items of a list, that can still be read from the last bench
ALWAYS = ("summary", "assignment")  # these need no mark
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
    slides = [title_slide(top, page), *section_slides(top, page)]
    if box := top.select_one(".objectives"):
        slides.append(box_slide(box, page))
    for section in top.find_all("section"):
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
    for image in article.select("img[loading]"):  # on paper a picture that waits is an empty frame
        del image["loading"]
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
    title, slides = title_of(section.find(["h1", "h2", "h3", "h4"])), []
    mark: Tag | None = None
    said: Tag | None = None  # the last paragraph
    goes_on = False  # what comes next belongs to the last slide, if it is an equation
    for block in blocks(section):
        kind = kind_of(block)
        if kind == "mark":
            mark, goes_on = block, False
        elif goes_on and kind == "equation":
            slides[-1].body.append(block)
        elif kind and (mark or kind in ALWAYS):
            lead = closing(said) if said and kind == "equation" else []
            slides.append(slide_of(kind, block, title, source, lead))
            if mark and "data-title" in mark.attrs:
                slides[-1].title = mark["data-title"]
            mark, goes_on = None, kind in ("text", "equation")
        elif kind:
            goes_on = False
        if kind == "text":
            said = block
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
    if MARK in names:
        return "mark"
    if block.name in TEXT:
        return "text"
    if block.name == "figure" or "drawing" in names or (block.name == "img" and block.get("src")):
        return "figure"
    if block.name == "table":
        return "table" if len(block.find_all("tr")) <= ROWS else ""
    if block.name in ("ul", "ol"):
        return "list" if len(block.find_all("li", recursive=False)) <= ROWS else ""
    for name in ("quiz", "explorer", "summary", "assignment"):
        if name in names:
            return name
    return "equation" if "math" in names and block.name == "div" else ""


def slide_of(kind: str, block: Tag, title: str, source: str, lead: list[Tag]) -> Slide:
    """The slide of one block, by its kind, after the words that lead into it."""
    if kind == "text":
        return Slide("section", title, source, [opening(block)])
    if kind == "quiz":
        return question(block, source)
    if kind == "summary":
        return box_slide(block, source)
    if kind == "explorer":
        return Slide(kind, title_of(block.select_one(".explorer-title").extract()), source, [block])
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
    return Slide(kind, title, source, [*lead, block])


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
    """The text, without the number of its section."""
    if isinstance(node, NavigableString):
        return str(node)
    seen = copy(node)
    for hidden in seen.select(".section-number"):
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


def wrapped(element: Tag, name: str, kind: str) -> Tag:
    """An element inside a new one."""
    around = made(name, **{"class": kind})
    around.append(element)
    return around


def forget_names(element: Tag) -> None:
    """The chapter's anchors stay the chapter's: on slides they could be there twice."""
    for named in [element, *element.find_all(True)]:
        named.attrs.pop("id", None)
        named.attrs.pop("aria-labelledby", None)
