"""British spelling in all that is read: the book's pages, the exercise sheets, the README and its like.

Hunspell checks, with the British dictionary that LibreOffice uses too. words.txt beside this file
has the field's terms and the names that no dictionary has; a word is added there only if it is
meant.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pybtex.database import parse_file
from pybtex.richtext import Text

from tests.book import prose
from tests.book.conftest import ROOT, missing

TERMS = Path(__file__).with_name("words.txt")
REMEDY = "apt-get install hunspell hunspell-en-gb (or your system's like of it)"


def pages() -> list[Path]:
    return [
        *sorted(ROOT.glob("*.md")),
        *sorted((ROOT / "chapters").glob("*.md")),
        *sorted((ROOT / "exercises").glob("*/*.md")),
    ]


def authors() -> set[str]:
    """Names in the bibliography are spelt as they are there."""
    entries = parse_file(ROOT / "chapters" / "references.bib").entries.values()
    people = (person for entry in entries for person in entry.persons.get("author", []))
    names = (str(Text.from_latex(str(person))) for person in people)
    return {word for name in names for word in prose.WORD.findall(name)}


def misspelt(words: set[str], terms: str | Path = TERMS) -> set[str]:
    """Those of the words that the dictionary, the list of terms and the bibliography lack."""
    if shutil.which("hunspell") is None:
        missing("no hunspell", REMEDY)
    command = ["hunspell", "-l", "-d", "en_GB", "-i", "utf-8", "-p", str(terms)]
    done = subprocess.run(
        command, input="\n".join(sorted(words)), capture_output=True, text=True, check=False
    )
    if "Can't open" in done.stderr:
        missing("hunspell has no British dictionary", REMEDY)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split()) - authors()


def test_no_page_has_a_misspelt_word():
    """Fails with file, line and word."""
    found = [(path, *place) for path in pages() for place in prose.words(path)]
    assert len(found) > 20_000, "the prose was read"
    wrong = misspelt({word for _, _, word in found})
    places = [f"{p.relative_to(ROOT)}:{line}: {word}" for p, line, word in found if word in wrong]
    assert places == []


def test_british_it_is():
    """The dictionary takes British words for right, and American ones for wrong."""
    american = {"color", "behavior", "modeling", "labeled"}
    assert misspelt({"colour", "behaviour", "modelling", "labelled", *american}) == american


def test_the_list_of_terms_is_sorted_and_needed():
    """Each stands there once, and the dictionary lacks it."""
    terms = TERMS.read_text("utf-8").split()
    assert terms == sorted(set(terms), key=lambda word: (word.lower(), word))
    assert set(terms) - misspelt(set(terms), os.devnull) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A `codde` word and $mathh_t$.", ["A", "word", "and"]),
        ("See {term}`gate <gait>` {cite}`hochreiter`.", ["See", "gate"]),
        ("[link text](https://exmple.org/pth) here", ["link", "text", "here"]),
        (":::{quiz} Which *one*?\n- [x] This\n  Yes.\n:::", ["Which", "one", "x", "This", "Yes"]),
        ("```python\ncodde = 1\n```\n\nafter", ["after"]),
        ("```{code-cell} ipython3\ncodde\n```", []),
        (
            "```{code-cell}\n---\nmystnb:\n  image:\n    alt: >\n      A map\n      or so\n---\nx\n```",
            ["A", "map", "or", "so"],
        ),
    ],
)
def test_prose_is_read_and_code_is_not(tmp_path, text, expected):
    page = tmp_path / "page.md"
    page.write_text(text)
    assert [word for _, word in prose.words(page)] == expected


def test_lines_are_told_right(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One\n\nthree\nfour\n\n:::{summary}\n- seven\n:::\n\n```{note} ten\neleven\n```"
    )
    lines = {word: line for line, word in prose.words(page)}
    assert lines == {"One": 1, "three": 3, "four": 4, "seven": 7, "ten": 10, "eleven": 11}
