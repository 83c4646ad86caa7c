"""The prose of a MyST page: its words with their lines, less code, mathematics and names of files.

The page is read by MyST's own parser. Directives are read like the text around them, since what
stands in a quiz is prose too; of a code cell only the alternative text and the caption count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

EXTENSIONS = {"dollarmath", "amsmath", "colon_fence", "deflist", "attrs_inline", "attrs_block"}
# Roles whose text is read by the reader as it stands; the others name files, labels and keys.
SPOKEN_ROLES = {"term", "chapter", "index", "ref", "doc", "numref"}
TARGET = re.compile(r"\s*<[^<>]+>$")
DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
OPTION = re.compile(r"^(:[\w-]+:.*|---)$")
SPOKEN_OPTIONS = re.compile(r"^:(?:title|caption|alt):\s*(.*)")
CELL_TEXT = re.compile(r"^(\s*)(?:alt|caption):\s*(?:[>|]-?\s*$|(.*))")
CODE = {
    "alignment",
    "code-cell",
    "code-block",
    "code",
    "math",
    "glue:figure",
    "bibliography",
    "toctree",
}
TAG = re.compile(r"<[^>]*>")
UNREAD = re.compile(r"https?://\S+|\S*[\w-]\.\w{2,5}\b/?|[@#]\w+|\S*_\S*|\S*\\\S*")
WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")  # Latin letters: no symbols

Line = tuple[int, str]


def words(path: Path) -> Iterator[tuple[int, str]]:
    """Each word of a page's prose with the number of its line, from 1."""
    for number, text in lines(path.read_text("utf-8")):
        for word in WORD.findall(UNREAD.sub(" ", text)):
            yield number, word.replace("’", "'").removesuffix("'s")


@cache
def parser() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def lines(text: str, first: int = 1) -> Iterator[Line]:
    """Pieces of prose with their lines; ``first`` is the number of the text's first line."""
    for token in parser().parse(text):
        start = first + (token.map[0] if token.map else 0)
        if token.type == "inline":
            yield from inline(token, start)
        elif token.type in ("fence", "colon_fence"):
            yield from fenced(token, start)
        elif token.type == "html_block":
            for offset, line in enumerate(token.content.splitlines()):
                yield start + offset, TAG.sub(" ", line)


def inline(token: Token, start: int) -> Iterator[Line]:
    """The text of a paragraph; what is emphasised within a word stays part of it."""
    line, parts = start, []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            yield line, "".join(parts)
            line, parts = line + 1, []
        elif child.type == "text":
            parts.append(child.content)
        elif child.type == "image":
            parts.append(f" {child.content} ")
        elif child.type == "myst_role" and child.meta["name"] in SPOKEN_ROLES:
            parts.append(spoken(child))
        elif child.type not in ("em_open", "em_close", "strong_open", "strong_close"):
            parts.append(" ")
        line += child.content.count("\n") if child.type != "text" else 0
    yield line, "".join(parts)


def spoken(role: Token) -> str:
    """What a role shows. A bare label, file or key is a name and not a word."""
    text, given = TARGET.subn("", " ".join(role.content.split()))
    return text if given or role.meta["name"] in ("term", "index") else " "


def fenced(token: Token, start: int) -> Iterator[Line]:
    match = DIRECTIVE.match(token.info.strip())
    if not match:
        return
    name, argument = match.groups()
    if name == "code-cell":
        yield from cell_text(token.content, start + 1)
    elif name not in CODE and not name.startswith(("glue", "nb-")):
        if name not in ("assignment", "explorer", "figure", "image"):
            yield start, argument
        yield from directive(token.content, start + 1)


def directive(content: str, start: int) -> Iterator[Line]:
    """The options that are shown, then the rest as a text of its own."""
    rest = content.splitlines()
    while rest and OPTION.match(rest[0]):
        if match := SPOKEN_OPTIONS.match(rest[0]):
            yield start, match[1]
        rest.pop(0)
        start += 1
    yield from lines("\n".join(rest), start)


def cell_text(content: str, start: int) -> Iterator[Line]:
    """Alternative text and caption in the metadata of a code cell."""
    indent = None
    rows = content.splitlines()
    if not rows or rows[0] != "---":
        return
    for offset, row in enumerate(rows[1 : rows.index("---", 1)], start=1):
        if match := CELL_TEXT.match(row):
            indent = len(match[1])
            yield from inline_text(match[2] or "", start + offset)
        elif indent is not None and row.strip() and len(row) - len(row.lstrip()) > indent:
            yield from inline_text(row.strip(), start + offset)
        else:
            indent = None


def inline_text(text: str, line: int) -> Iterator[Line]:
    for _, piece in lines(text.strip("\"'")):
        yield line, piece
