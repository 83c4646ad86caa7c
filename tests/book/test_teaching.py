"""The teaching guide: its tables come from chapters and exercises, drift is a warning, no answers."""

from __future__ import annotations

import re
from pathlib import Path

import jupytext
import pytest
import yaml
from bs4 import BeautifulSoup

from tests.book.conftest import CHAPTERS, EXTENSION, ROOT, parsed
from tests.book.test_directives import CONF, TOC, sphinx

GUIDE_SOURCE = (ROOT / "chapters" / "teaching.md").read_text("utf-8")

CHAPTER = """
# Cells

:::{objectives} 45 minutes
- turn a *gate*
- read what it's for
:::

## A gate

One two three.

## What it's for

:::{quiz} Which?
- [ ] This
  No.
- [x] That
  Yes.
:::
"""

CHECKS = """
from types import SimpleNamespace as Thing

def check(function, points, mistakes):
    return Thing(function=function, points=points, misconceptions=range(mistakes))

ASSIGNMENT = Thing(minutes=90, checks=(check("gate", 1, 6), check("step", 2.5, 1)))
"""

SHEET = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
---

## 1. The gate

```{code-cell}
:tags: [check-gate]
```

## 2. A step

```{code-cell}
:tags: [check-step]
```

+++ {"written": {"id": "why", "points": 3}}

The rubric.
"""

GUIDE = """
# Guide

:::{timetable}
:::

:::{alignment} lstm
- sections: [A gate]
  builds: [gate]
- sections: ["What it's for"]
  builds: [step]
  asks: [1]
:::

:::{alignment} tweets
- sections: [Never]
:::

:::{workload}
:::
"""

DRIFTED = """
# Drifted

:::{alignment} lstm
- sections: [A door]
  builds: [gates]
  asks: [2]
:::

:::{alignment} cells
- sections: [Never]
:::
"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory) -> tuple[dict[str, BeautifulSoup], str]:
    """The pages of a small book with one chapter, and what its build said."""
    root = tmp_path_factory.mktemp("guide")
    files = {
        "conf.py": CONF.format(extension=str(EXTENSION)).replace(
            "chapters/intro", "chapters/guide"
        ),
        "chapters/guide.md": GUIDE + "\n```{toctree}\n:glob:\n*\n```\n",
        "_toc.yml": TOC,
        "chapters/drifted.md": DRIFTED,
        "chapters/lstm.md": CHAPTER,
        "exercises/__init__.py": "",
        "exercises/lstm/__init__.py": "",
        "exercises/lstm/checks.py": CHECKS,
        "exercises/lstm/lstm.md": SHEET,
        "solutions/lstm.py": "",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    done = sphinx(root)
    assert done.returncode == 0, done.stderr
    html = root / "_build/html/chapters"
    pages = {
        n: BeautifulSoup((html / f"{n}.html").read_text(), "html.parser")
        for n in ("guide", "drifted")
    }
    return pages, done.stderr


def rows(table) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]
        for row in table.find_all("tr")
    ]


@pytest.mark.slow
def test_the_timetable_adds_up_what_chapter_and_exercise_say(guide):
    table = guide[0]["guide"].find_all("table")[0]
    assert rows(table)[1:] == [
        ["1", "Cells", "45", "slides 1", "90", "6.5", "3"],
        ["", "together", "45", "", "90", "6.5", "3"],
    ]
    assert [a["href"] for a in table.select("a")] == ["lstm.html", "../slides/lstm.html"]


@pytest.mark.slow
def test_the_alignment_leads_from_objective_to_check(guide):
    table = guide[0]["guide"].find_all("table")[1]
    assert rows(table)[1:] == [
        ["turn a gate", "A gate", "", "1. The gate: gate , 1 point, 6 known mistakes"],
        [
            "read what it’s for",
            "What it's for",
            "1",
            "2. A step: step , 2.5 points, 1 known mistake",
        ],
    ]
    addresses = [a["href"] for a in table.select("a")]
    assert addresses == ["lstm.html#a-gate", "lstm.html#what-it-s-for", "lstm.html#quiz-1"]
    assert table.em.string == "gate"


@pytest.mark.slow
def test_a_chapter_that_the_book_has_not_yet_is_left_out(guide):
    assert len(guide[0]["guide"].find_all("table")) == 3
    assert "guide.md" not in guide[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "warning",
    [
        "the chapter lstm has 2 objectives, and here are 1",
        "sections: lstm has no 'A door'",
        "builds: lstm has no 'gates'",
        "asks: lstm has no 2",
        "no objective of lstm has `step` built",
        "there is no chapter cells",
    ],
)
def test_what_is_not_there_is_a_warning(guide, warning):
    assert any("drifted.md" in line and warning in line for line in guide[1].splitlines())


def alignments() -> dict[str, list[dict]]:
    """By chapter, what the guide says of its objectives, whether or not the book has it yet."""
    found = re.findall(r"^:::\{alignment\} (\w+)\n(.*?)^:::", GUIDE_SOURCE, re.M | re.S)
    return {name: yaml.safe_load(body) for name, body in found}


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_guide_knows_every_chapter_as_it_is(name):
    """Before any build: objectives, sections, questions and functions are those of the sources."""
    rows = alignments()[name]
    text = (ROOT / f"chapters/{name}.md").read_text("utf-8")
    box = re.search(r"^:::\{objectives\}.*?^:::", text, re.M | re.S)[0]
    assert len(rows) == len(re.findall(r"^- ", box, re.M))
    headings = set(re.findall(r"^#{2,4} (.*)", text, re.M))
    assert {title for row in rows for title in row["sections"]} - headings == set()
    questions = range(1, len(re.findall(r"^:::\{quiz\}", text, re.M)) + 1)
    assert {number for row in rows for number in row.get("asks", [])} == set(questions)
    sheet = (ROOT / f"exercises/{name}/{name}.md").read_text("utf-8")
    built = [function for row in rows for function in row.get("builds", [])]
    assert sorted(built) == sorted(re.findall(r"^:tags: \[check-(\w+)", sheet, re.M))


@pytest.mark.book
def test_the_guide_tells_no_answers(html):
    """Students read the book: no rubric, no solution and no hint of a known mistake is on its pages."""
    text = " ".join(parsed(html / "chapters/teaching.html").get_text(" ").split())
    secrets = [
        sentence
        for sheet in sorted(ROOT.glob("exercises/*/*.md"))
        for sentence in written(sheet) + code(ROOT / "solutions" / f"{sheet.stem}.py")
    ]
    assert len(secrets) > 100
    assert [secret for secret in secrets if secret in text] == []


def written(sheet: Path) -> list[str]:
    """The lines of a sheet's rubric that are sentences of their own."""
    cells = [cell for cell in jupytext.read(sheet).cells if "written" in cell.metadata]
    return [line.strip() for cell in cells for line in cell.source.splitlines() if len(line) > 50]


def code(solution: Path) -> list[str]:
    lines = solution.read_text("utf-8").splitlines() if solution.is_file() else []
    return [line.strip() for line in lines if line.strip().startswith("return ")]
