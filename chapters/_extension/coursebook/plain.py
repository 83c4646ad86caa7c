r"""A page's Markdown as every notebook shows it, without MyST's directives and roles.

JupyterLab and Colab render plain Markdown with mathematics. What a page says beyond that is said here
in their means: equations get their numbers by ``\tag``, quizzes a list that unfolds, figures their
captions, citations names and years, and what the code computed for a sentence stands in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

import jupytext
import nbformat

from course.first_cell import TAG, first_cell

from . import minutes_role
from .contents import Contents
from .exercises import Exercise, exercises

FENCE = re.compile(r"^(:{3,}|`{3,})(\{[a-z:-]+\})? ?(.*)$")
OPTION = re.compile(r"^:([a-z-]+): ?(.*)$")
ROLE = re.compile(r"\{([a-z:]+)\}`([^`]+)`")
EXPLICIT = re.compile(r"^(.*?)\s*<([^>]+)>$", re.DOTALL)
COMMENT = "%"
CHOICE = re.compile(r"^- \[([ xX])\] +(.*)$")
NOT_RUN = "…"
# In the book it puts results into sentences; in a notebook they stand there already.
GLUE = re.compile(r"^from myst_nb import glue$", re.MULTILINE)


class Book(Contents):
    """What pages have to know of each other: titles, numbers of equations and figures, references."""

    @property
    def contents(self) -> list[tuple[str, bool]]:
        """All pages in order, and whether they are numbered."""
        return [(page, part.numbered) for part in self.parts for page in part.pages]

    @cache  # noqa: B019 (one book lives as long as the process)
    def source(self, page: str) -> str:
        """The Markdown of a page; read once."""
        return super().source(page)

    @property
    def build(self) -> Path:
        """Where the built book is, if there is one."""
        return self.root / "_build"

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises of the chapters, by name."""
        return exercises(self.root, self.build)

    def _numbers(self, pattern: str) -> dict[str, str]:
        """Sphinx's numbers: by chapter, and on all pages without a number as if they were one."""
        found, chapter, loose = {}, 0, 0
        for page, numbered in self.contents:
            chapter += numbered
            labels = re.findall(pattern, self.source(page), re.MULTILINE)
            for position, label in enumerate(labels, start=1):
                found[label] = f"{chapter}.{position}" if numbered else str(loose + position)
            loose += 0 if numbered else len(labels)
        return found

    @cached_property
    def equations(self) -> dict[str, str]:
        """The numbers of the equations, by label."""
        return self._numbers(r"^(?::label: |\$\$ \()([\w-]+)\)?$")

    @cached_property
    def figures(self) -> dict[str, str]:
        """The numbers of the figures, by name."""
        return self._numbers(r"^ +name: (fig-\S+)$")

    @cached_property
    def references(self) -> dict[str, str]:
        """Names and year of each reference, by its key."""
        from pybtex.database import parse_file

        entries = parse_file(str(self.root / "chapters" / "references.bib")).entries
        return {key: names_and_year(entry) for key, entry in entries.items()}


def names_and_year(entry) -> str:
    """A reference as it is cited in a sentence."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(person.prelast_names + person.last_names) for person in people]
    names = [name.strip("{}") for name in names]
    who = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    who = who or entry.fields.get("organization", entry.fields.get("title", entry.key)).strip("{}")
    return ", ".join(filter(None, [who, entry.fields.get("year")]))


def notebook(book: Book, page: str, results: dict[str, str] | None = None):
    """The page as a notebook of plain Markdown.

    Parameters
    ----------
    book : Book
        Whose page it is.
    page : str
        Its name.
    results : dict of str to str, optional
        By name, what its sentences quote.

    Returns
    -------
    NotebookNode
        Without outputs.
    """
    read = jupytext.reads(book.source(page), fmt="md:myst")
    read.cells = with_first_cell(book, plain_cells(book, page, read.cells, results or {}))
    return read


def with_first_cell(book: Book, cells: Iterable) -> list:
    """The cells of a notebook after one that installs what they need, wherever it is opened."""
    cells = list(cells)
    if not (book.root / "pyproject.toml").is_file():  # a book of the tests has no package
        return cells
    source = first_cell(book.root, code(cells))
    first = nbformat.v4.new_code_cell(source, metadata={"tags": [TAG]})
    return [first, *cells] if source else cells


def plain_cells(book: Book, page: str, cells: Iterable, results: dict[str, str]) -> Iterator:
    """Cells with plain Markdown, each figure followed by its caption."""
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = plain(book, page, cell.source, results)
        else:
            cell.source = runnable(cell.source)
        yield cell
        figure = cell.metadata.get("mystnb", {}).get("figure", {})
        if cell.cell_type == "code" and figure.get("caption"):
            number = book.figures.get(figure.get("name"), "")
            caption = spoken(book, page, " ".join(figure["caption"].split()), results)
            yield nbformat.v4.new_markdown_cell(f"**Fig. {number}** {caption}".replace("  ", " "))


def built_results(book: Book, page: str) -> dict[str, str]:
    """What the built book quotes on a page; nothing where it isn't built, or from other code."""
    path = book.build / "html" / "_sources" / f"{page}.ipynb"
    if not path.is_file():
        return {}
    cells = nbformat.read(path, as_version=4).cells
    source = code(jupytext.reads(book.source(page), fmt="md:myst").cells)
    same = code(cells) == [runnable(text) for text in source]
    return quoted_results(cells) if same else {}


def code(cells: Iterable) -> list[str]:
    """What the page's own code cells say, without the first cell that a notebook gets besides."""
    own = (c for c in cells if c.cell_type == "code" and TAG not in c.metadata.get("tags", ()))
    return [cell.source.strip() for cell in own]


def runnable(source: str) -> str:
    """Code that runs where nothing of the book's own tools is installed."""
    return GLUE.sub("from course.claims import glue", source)


def quoted_results(cells: Iterable) -> dict[str, str]:
    """What executed cells have put into sentences (by myst-nb's `glue`), by name."""
    found = {}
    for output in (o for c in cells if c.cell_type == "code" for o in c.get("outputs", [])):
        name = output.get("metadata", {}).get("scrapbook", {}).get("name")
        text = output.get("data", {}).get("application/papermill.record/text/plain")
        if name and text is not None:
            found[name] = str(ast.literal_eval(text))
    return found


def plain(book: Book, page: str, text: str, results: dict[str, str]) -> str:
    """Plain Markdown for a text with MyST's directives and roles."""
    parts, prose = [], []

    def flush() -> None:
        if prose:
            parts.append(spoken(book, page, "\n".join(prose), results))
            prose.clear()

    lines = iter(text.splitlines())
    for line in lines:
        fence = FENCE.match(line)
        if not fence:
            if not line.startswith(COMMENT):
                prose.append(line)
            continue
        flush()
        body = list(until(lines, fence[1]))
        if fence[2] is None:  # code to read
            parts.append("\n".join([line, *body, fence[1]]))
            continue
        options, body = split_options(body)
        write = BLOCKS.get(fence[2].strip("{}"), elsewhere)
        inner = plain(book, page, "\n".join(body), results) if write not in VERBATIM else body
        argument = spoken(book, page, fence[3], results)
        parts.append(write(book, argument, options, inner))
    flush()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip("\n")


def until(lines: Iterator[str], fence: str) -> Iterator[str]:
    """The lines up to a fence, which is used up."""
    for line in lines:
        if line.rstrip() == fence:
            return
        yield line


def split_options(body: list[str]) -> tuple[dict[str, str], list[str]]:
    """The options at the top of a directive, and the rest of it."""
    options = {}
    while body and (option := OPTION.match(body[0])):
        options[option[1]] = option[2]
        body = body[1:]
    return options, body


# ---------------------------------------------------------------- directives


def mathematics(book: Book, argument: str, options: dict[str, str], body: list[str]) -> str:
    """An equation with the number that it has in the book."""
    number = book.equations.get(options.get("label", ""))
    tag = [rf"\tag{{{number}}}"] if number else []
    return "\n".join(["", "$$", *(line for line in body if line.strip()), *tag, "$$", ""])


def objectives(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """What a chapter teaches."""
    return f"**In this chapter you will** ({argument})\n\n{body}\n"


def summary(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """What to take with you."""
    return f"**What to take with you**\n\n{body}\n"


def quiz(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """The question and its choices; the answers unfold."""
    before, choices, answers = [], [], []
    for line in body.splitlines():
        choice = CHOICE.match(line)
        if choice:
            choices.append(f"- {choice[2]}")
            answers.append(f"- {'✗' if choice[1] == ' ' else '✓'} {choice[2]}  ")
        else:
            (answers if choices else before).append(line)
    question = "\n".join([f"**{argument}**", *before])
    hidden = ["<details><summary>The answers</summary>", "", *answers, "", "</details>"]
    return "\n".join(["", question, "", *choices, "", *hidden, ""])


def assignment(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """What the exercise asks, and how it is fetched."""
    asked = book.exercises.get(argument)
    time = f" ({asked.time}, {asked.worth})" if asked else ""
    fetch = "On the hub, fetch it from the menu *Nbgrader*, *Assignment List*."
    return f"**The exercise `{argument}`{time}**\n\n{body}\n\n{fetch}\n"


def explorer(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """A word in the place of what a notebook cannot play."""
    return f"\n*{options.get('title', argument)}: to be played with on this page of the book.*\n"


def glossary(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """Terms and what they mean."""
    entries = re.sub(r"^(\S.*)$", r"**\1**", body, flags=re.MULTILINE)
    return re.sub(r"^ +", "", entries, flags=re.MULTILINE).replace("**\n", "**  \n")


def elsewhere(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """A word in the place of what only the book shows."""
    return "\n*(On this page of the book.)*\n"


def nothing(book: Book, argument: str, options: dict[str, str], body: str) -> str:
    """Nothing: it only means something to the book."""
    return ""


BLOCKS: dict[str, Callable] = {
    "math": mathematics,
    "objectives": objectives,
    "summary": summary,
    "quiz": quiz,
    "assignment": assignment,
    "explorer": explorer,
    "glossary": glossary,
    "raw": nothing,
}
VERBATIM = (mathematics,)


# ---------------------------------------------------------------- roles


def spoken(book: Book, page: str, text: str, results: dict[str, str]) -> str:
    """The text with each role in its place as words, numbers or links."""

    def replace(match: re.Match) -> str:
        kind, content = match.groups()
        explicit = EXPLICIT.match(content)
        words, target = explicit.groups() if explicit else ("", content)
        if kind == "glue:text":
            return results.get(target, NOT_RUN)
        if kind in ("chapter", "doc"):
            name = f"chapters/{target}"
            words = words or book.title(name)
            return f"[{words}]({target}.ipynb)" if name in book.students_pages else words
        if kind == "cite":
            return f"({'; '.join(book.references[key.strip()] for key in target.split(','))})"
        if kind == "eq":
            return f"({book.equations[target]})"
        if kind == "numref":
            return f"Fig. {book.figures[target]}"
        if kind == "minutes":
            return minutes_role.spoken(minutes_role.minutes_of(target, book.root, book.build))
        if kind == "kbd":
            return f"`{target}`"
        return words or target  # terms, and what has a name but no page

    return ROLE.sub(replace, text)
