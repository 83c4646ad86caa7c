"""All pages of the book in one document, in the order of its contents, ready to be printed.

Each page's anchors get its name in front, since pages know nothing of one another's; links between
pages become links inside the document, and links to what isn't printed become plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

import yaml
from bs4 import BeautifulSoup, Tag

from ..contents import Contents

STYLE = Path(__file__).parents[3] / "_print" / "print.css"
# What can't be done on paper; folded code is left out, as its figures say what it computes.
UNPRINTED = (
    ".headerlink, script, button, .assignment-links, details.hide, .pdf-offer, "
    ".explorer-title, .toctree-wrapper, .prev-next-footer"
)
NAMES = ("id", "for", "aria-labelledby", "aria-describedby", "data-for", "name")

DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB" data-theme="light" data-mode="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
{styles}
<style>{print}</style>
</head>
<body>
<div class="cover"><img src="{logo}" alt=""><p class="cover-title">{title}</p>
<p>{author}</p></div>
<nav class="book-contents" aria-labelledby="contents"><h1 id="contents">Contents</h1>{contents}</nav>
<main>{pages}</main>
</body>
</html>
"""


@dataclass
class Entry:
    """A line of the contents: a part of the book (level 0), a page (1) or a section (2)."""

    level: int
    title: str
    anchor: str = ""


class Book:
    """The built pages as one document.

    Parameters
    ----------
    html : Path
        The folder of the built book.
    root : Path
        The folder with ``_toc.yml`` and ``_config.yml``.

    Attributes
    ----------
    entries : list of Entry
        The lines of its contents, in order; those with an anchor stand on a page.
    """

    def __init__(self, html: Path, root: Path) -> None:
        self.html = html
        config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
        self.title, self.author = config["title"], config["author"]
        self.entries: list[Entry] = []
        self.articles: list[Tag] = []
        self.styles: dict[str, None] = {}
        for part in Contents(root).parts:
            if part.caption:
                self.entries.append(Entry(0, part.caption))
            for name in part.pages:
                self.add(name)

    def add(self, name: str) -> None:
        """Take a built page into the document."""
        path = self.html / f"{name}.html"
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for link in page.select("link[rel=stylesheet]"):
            self.styles[(path.parent / link["href"].partition("?")[0]).resolve().as_uri()] = None
        article = page.select_one("article")
        for element in article.select(UNPRINTED):
            element.decompose()
        for details in article.find_all("details"):
            details["open"] = ""
        self.rename(article, PurePosixPath(name), path.parent)
        self.articles.append(article)
        self.list_headings(article)

    def rename(self, article: Tag, name: PurePosixPath, folder: Path) -> None:
        """Anchors, links and pictures, so that they hold in the one document."""
        for element in article.find_all(True):
            for attribute in NAMES:
                if attribute in element.attrs:
                    words = str(element[attribute]).split()
                    element[attribute] = " ".join(f"{name.name}--{word}" for word in words)
        article["id"], article["data-page"] = f"{name.name}--top", name.name
        for image in article.find_all("img", src=True):
            image["src"] = (folder / image["src"].partition("?")[0]).resolve().as_uri()
        for link in article.find_all("a", href=True):
            if address := inside(link["href"], name.name):
                link["href"] = address
            else:
                link.unwrap()

    def list_headings(self, article: Tag) -> None:
        """Enter a page's headings in the contents."""
        top = article.find("section")
        self.entries.append(Entry(1, title_of(top), top["id"]))
        for section in top.find_all("section", recursive=False):
            self.entries.append(Entry(2, title_of(section), section["id"]))

    def document(self, pages: dict[str, int] | None = None) -> str:
        """The HTML to print; ``pages`` tells on which page an anchor is."""
        return DOCUMENT.format(
            title=escape(self.title),
            author=escape(self.author),
            logo=(self.html / "_static" / "logo.svg").resolve().as_uri(),
            styles="\n".join(f'<link rel="stylesheet" href="{s}">' for s in self.styles),
            print=STYLE.read_text("utf-8"),
            contents=self.contents(pages or {}),
            pages="\n".join(str(article) for article in self.articles),
        )

    def contents(self, pages: dict[str, int]) -> str:
        """The printed table of contents; "000" where a page's number is not known yet."""
        lines = []
        for entry in self.entries:
            text = escape(entry.title)
            if entry.anchor:
                number = pages.get(entry.anchor, "000")
                text = f'<a href="#{entry.anchor}"><span>{text}</span> <span>{number}</span></a>'
            lines.append(f'<p class="contents-{entry.level}">{text}</p>')
        return "\n".join(lines)


def inside(address: str, page: str) -> str:
    """The address as seen from the one document; empty if it leads to what isn't printed."""
    if re.match(r"https://|mailto:", address):
        return address
    match = re.fullmatch(r"(?:(?:\.\./)?(?:chapters/)?([\w-]+)\.html)?(?:#(.+))?", address)
    if not match or address.startswith("../slides") or match[1] in ("genindex", "search"):
        return ""
    target = match[1] or page
    return f"#{target}--{match[2]}" if match[2] else f"#{target}--top"


def title_of(section: Tag) -> str:
    """A section's title as plain text."""
    return " ".join(section.find(["h1", "h2"]).get_text().split())
