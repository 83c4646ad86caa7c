"""The book's contents, as ``_toc.yml`` has them: which pages there are, and in which order.

It is the one place that says so. The course's chapters are the pages of its numbered parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from .internals import parse_toc_yaml

TOC = "_toc.yml"
INSTRUCTORS = "For instructors"  # the caption of the part that is for nobody else
READING_TIME = re.compile(r"^:::\{objectives\} (\d+) minutes$", re.MULTILINE)
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """Pages under one caption; the first part is the first page, without a caption."""

    caption: str
    numbered: bool
    pages: tuple[str, ...]


class Contents:
    """What the book holds; everything is read when it is asked for.

    Parameters
    ----------
    root : Path
        The folder with ``_toc.yml``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """In the order of the book; none where there is no ``_toc.yml``."""
        if not (self.root / TOC).is_file():
            return ()
        site = parse_toc_yaml(self.root / TOC)
        trees = [
            Part(tree.caption or "", bool(tree.numbered), tuple(tree.files()))
            for tree in site.root.subtrees
        ]
        return (Part("", False, (site.root.docname,)), *trees)

    @property
    def pages(self) -> list[str]:
        """All pages, by the names that Sphinx has for them (``chapters/lstm``)."""
        return [page for part in self.parts for page in part.pages]

    @property
    def students_pages(self) -> list[str]:
        """All pages but those for instructors."""
        return [page for part in self.parts if part.caption != INSTRUCTORS for page in part.pages]

    @property
    def chapters(self) -> list[str]:
        """The names of the course's chapters (``lstm``), in order."""
        numbered = (part for part in self.parts if part.numbered)
        return [PurePosixPath(page).name for part in numbered for page in part.pages]

    def source(self, page: str) -> str:
        """The text of a page."""
        return (self.root / f"{page}.md").read_text("utf-8")

    def title(self, page: str) -> str:
        """The heading of a page, as it is written there."""
        return HEADING.search(self.source(page))[1]

    def reading_minutes(self, page: str) -> int | None:
        """How long a chapter takes to read, as the box at its head says; None where it doesn't."""
        if not (self.root / f"{page}.md").is_file():
            return None
        found = READING_TIME.search(self.source(page))
        return found and int(found[1])
