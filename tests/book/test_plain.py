"""A page's notebook is plain Markdown: JupyterLab and Colab know no directives and no roles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coursebook.plain import NOT_RUN, Book, notebook, plain, quoted_results

from tests.book.conftest import ROOT, listed_pages, parsed

PAGES = [page for page in listed_pages() if page.startswith("chapters/")]
MYST = re.compile(r"^:{3,}|^`{3,}\{|\{[a-z:-]+\}`|^:[a-z-]+: ", re.MULTILINE)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(ROOT)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Book:
    root: Path = tmp_path_factory.mktemp("small")
    (root / "chapters").mkdir()
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/intro\nparts:\n- numbered: true\n  chapters:\n"
        "  - file: chapters/one\n  - file: chapters/two\n"
    )
    (root / "chapters" / "intro.md").write_text("# Intro\n")
    (root / "chapters" / "one.md").write_text("# One\n\n```{math}\n:label: eq-one-a\na\n```\n")
    (root / "chapters" / "two.md").write_text("# Two: more\n")
    (root / "chapters" / "references.bib").write_text(
        "@book{elman1990, author = {Elman, Jeffrey}, title = {Time}, year = 1990}\n"
    )
    return Book(root)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_keeps_a_directive_or_a_role(book, page):
    text = "\n\n".join(c.source for c in notebook(book, page).cells if c.cell_type == "markdown")
    assert MYST.findall(text) == []
    assert text.count("$$") % 2 == 0
    assert text.startswith("# ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{term}`gates <gate>` and {term}`loss`", "gates and loss"),
        ("{chapter}`two`, {chapter}`here <one>`", "[Two: more](two.ipynb), [here](one.ipynb)"),
        ("{eq}`eq-one-a`", "(1.1)"),
        ("{cite}`elman1990`", "(Elman, 1990)"),
        ("{kbd}`Ctrl`", "`Ctrl`"),
        ("is {glue:text}`known`, not {glue:text}`other`", f"is 0.5, not {NOT_RUN}"),
        ("```{math}\n:label: eq-one-a\na\n```", "$$\na\n\\tag{1.1}\n$$"),
        ("```\n:::{quiz} code stays\n```", "```\n:::{quiz} code stays\n```"),
        (":::{summary}\n- {term}`loss`\n:::", "**What to take with you**\n\n- loss"),
    ],
)
def test_what_becomes_of_a_part(small, written, expected):
    assert plain(small, "chapters/one", written, {"known": "0.5"}).strip() == expected


def test_a_quiz_hides_its_answers_until_asked(small):
    text = plain(
        small, "chapters/one", ":::{quiz} Which?\n- [ ] A\n  No.\n- [x] B\n  Yes.\n:::", {}
    )
    question, answers = text.split("<details>")
    assert "Which?" in question and "- A\n- B" in question
    assert "No." not in question and "✗ A" in answers and "✓ B" in answers and "Yes." in answers


@pytest.mark.book
def test_numbers_are_those_of_the_built_book(book, html):
    for label, number in book.equations.items():
        written = (f":label: {label}\n", f"$$ ({label})\n")
        page = next(p for p in PAGES if any(each in book.source(p) for each in written))
        place = parsed(html / f"{page}.html").find(id=f"equation-{label}")
        assert place.find(class_="eqno").text.strip("#()") == number
    for label, number in book.figures.items():
        page = next(p for p in PAGES if f"name: {label}\n" in book.source(p))
        place = parsed(html / f"{page}.html").find(id=label)
        assert place.find(class_="caption-number").text.split()[1] == number


@pytest.mark.book
def test_the_download_says_what_the_page_says(html):
    import nbformat

    built = nbformat.read(html / "_sources" / "chapters" / "lstm.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in built.cells if cell.cell_type == "markdown")
    assert not MYST.search(text) and NOT_RUN not in text.replace("… ", "")
    assert text.count("**Fig. ") == len(
        re.findall("name: fig-", Book(ROOT).source("chapters/lstm"))
    )
    assert len(quoted_results(built.cells)) > 10
