"""One notation: what the pages write in mathematics is what the notation page says."""

from __future__ import annotations

import re

import pytest

from tests.chapters.page import ROOT

NOTATION = ROOT / "chapters" / "notation.md"
CHAPTERS = "context unrolling bptt lstm overfitting regularization search tweets after".split()
PAGES = [
    *(ROOT / "chapters" / f"{name}.md" for name in (*CHAPTERS, "lstm_appendix", "cheatsheet")),
    *(ROOT / "exercises" / name / f"{name}.md" for name in CHAPTERS),
]
RECURRENT = [path for path in PAGES if path.stem in ("lstm_appendix", *CHAPTERS[:4])]
INLINE_CODE = re.compile(r"`[^`\n]+`")
FENCE = re.compile(r"^(`{3,})(.*)$")
MATHEMATICS = re.compile(r"\$\$(.*?)\$\$|\$([^$]+)\$", re.DOTALL)
WORDS = re.compile(r"\\(?:text|texttt|mathrm|operatorname|begin|end|label)\{[^}]*\}")
COMMAND = re.compile(r"\\[A-Za-z]+")
GREEK = {"lambda", "sigma", "rho", "tau", "delta", "beta", "mu", "theta", "varepsilon", "nabla"}


def mathematics(text: str) -> str:
    """All mathematics of a page, without the words in it."""
    prose, fence, is_math = [], "", False
    for line in text.splitlines():
        match = FENCE.match(line)
        if not fence and match:
            fence, is_math = match[1], match[2].startswith("{math}")
            prose.append("$$" if is_math else "")
        elif fence and line.strip() == fence:
            prose.append("$$" if is_math else "")
            fence = ""
        elif not fence or (is_math and not line.startswith(":label:")):
            prose.append(line)
    found = MATHEMATICS.findall(INLINE_CODE.sub(" ", "\n".join(prose)))
    return WORDS.sub(" ", "\n".join("".join(groups) for groups in found))


def letters(mathematics: str) -> set[str]:
    """The letters that stand for something: a to z, A to Z, and the names of Greek ones."""
    greek = {name[1:] for name in COMMAND.findall(mathematics)} & GREEK
    return greek | set(re.findall(r"[A-Za-z]", COMMAND.sub(" ", mathematics)))


def cells(text: str) -> list[str]:
    """The first column of every table: the symbols that are explained."""
    rows = re.findall(r"^\| (\$.*?\$.*?) \|", text, re.MULTILINE)
    return [row.replace(r"\|", "|") for row in rows]


def explained() -> set[str]:
    text = NOTATION.read_text("utf-8")
    prose = text.split("## Two ways")[0]  # what comes later shows others' notation
    unit = re.search(r"^A network of one unit.*?\n\n", prose, re.MULTILINE | re.DOTALL)[0]
    return letters(mathematics("\n".join(cells(prose)) + "\n\n" + unit))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_letter_in_mathematics_is_explained(path):
    used = letters(mathematics(path.read_text("utf-8")))
    assert len(used) >= 3 or path not in RECURRENT, "the mathematics was read"
    assert used - explained() <= {"e"}  # the base of the exponential function


@pytest.mark.parametrize("path", RECURRENT, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_cell_state_is_upper_case(path):
    """A lower-case c is the bias of the output."""
    text = mathematics(path.read_text("utf-8"))
    assert not re.findall(r"\\tilde\{?\s*c|(?<![A-Za-z\\])c_\{?[t0-9]|[WUb]_\{?c\b", text)


def test_no_symbol_is_explained_twice():
    symbols = cells(NOTATION.read_text("utf-8").split("## Two ways")[0])
    assert len(symbols) > 30
    assert len(symbols) == len(set(symbols))


def borrowed() -> list[tuple[str, str]]:
    """The formulas that one chapter writes with letters of its own, each with that chapter."""
    page = NOTATION.read_text("utf-8")
    table = page.split("## Letters that one chapter borrows")[1].split("## Two ways")[0]
    return re.findall(r"^\| \$(.*?)\$ \| \{chapter\}`(\w+)` \|", table, re.MULTILINE)


@pytest.mark.parametrize(("formula", "chapter"), borrowed(), ids=lambda part: part)
def test_a_borrowed_letter_stands_where_the_page_says(formula, chapter):
    written = mathematics((ROOT / "chapters" / f"{chapter}.md").read_text("utf-8"))
    assert "".join(formula.split()) in "".join(written.split())


def test_a_foreign_letter_is_found():
    assert "L" in letters(mathematics(r"the loss $\partial L / \partial W$"))
    assert "g" in letters(mathematics("```{math}\n:label: eq-x\nf(g(x))\n```"))
    assert letters(mathematics("`L` costs nothing, nor does\n\n```python\nx = '$L$'\n```")) == set()
    assert not {"L", "G", "Q"} & explained()
