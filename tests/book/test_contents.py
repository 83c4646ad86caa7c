"""One home for each fact: order in ``_toc.yml``, titles on pages, minutes and points in checks."""

from __future__ import annotations

import ast
import importlib
import re

import jupytext
import pytest
from coursebook.contents import Contents, Part
from coursebook.exercises import Exercise

from tests.book.conftest import CHAPTERS, EXTENSION, ROOT, parsed

TOC = """
format: jb-book
root: chapters/intro
parts:
  - caption: Before
    chapters:
      - file: chapters/notation
  - caption: The course
    numbered: true
    chapters:
      - file: chapters/one
      - file: chapters/two
"""


@pytest.fixture
def small(tmp_path) -> Contents:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "chapters" / "one.md").write_text(
        "---\n---\n# One: a\n\n:::{objectives} 45 minutes\n- do\n:::\n"
    )
    (tmp_path / "chapters" / "two.md").write_text("# Two\n\n## More\n")
    return Contents(tmp_path)


def test_parts_and_pages_come_in_their_order(small):
    assert small.parts == (
        Part("", False, ("chapters/intro",)),
        Part("Before", False, ("chapters/notation",)),
        Part("The course", True, ("chapters/one", "chapters/two")),
    )
    names = ["intro", "notation", "one", "two"]
    assert small.pages == [f"chapters/{name}" for name in names]
    assert small.chapters == ["one", "two"], "those that are numbered"


def test_a_title_and_its_minutes_are_the_pages_own(small):
    assert (small.title("chapters/one"), small.title("chapters/two")) == ("One: a", "Two")
    assert small.reading_minutes("chapters/one") == 45
    assert small.reading_minutes("chapters/two") is None
    assert small.reading_minutes("chapters/never") is None


def test_a_folder_without_contents_has_no_pages(tmp_path):
    assert Contents(tmp_path).pages == []


def test_an_exercise_adds_up_its_points():
    found = Exercise("lstm", 90, [{"points": 1}, {"points": 2.5}], [{"points": 3}])
    assert (found.points, found.by_hand) == (6.5, 3)
    assert (found.time, found.worth) == ("90 minutes", "6.5 points")
    assert Exercise("lstm", 90, [{"points": 1}], []).worth == "1 point"


def test_every_chapter_says_how_long_it_takes():
    contents = Contents(ROOT)
    assert all(contents.reading_minutes(f"chapters/{name}") for name in CHAPTERS)


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_chapter_repeats_the_time_of_its_exercise(name):
    """The card reads it; an option that nobody reads would only grow old."""
    cards = re.findall(
        r"^:::\{assignment\}.*?^:::", Contents(ROOT).source(f"chapters/{name}"), re.M | re.S
    )
    assert cards
    assert not any(re.search(r"^:|\b(minutes|hours|points)\b", card[3:-3], re.M) for card in cards)


@pytest.mark.book
@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CHAPTERS)
def test_the_built_card_says_what_the_checks_say(html, name):
    asked = importlib.import_module(f"exercises.{name}.checks").ASSIGNMENT
    sheet = jupytext.read(ROOT / "exercises" / name / f"{name}.md")
    written = [cell.metadata["written"] for cell in sheet.cells if "written" in cell.metadata]
    points = sum(check.points for check in asked.checks) + sum(w["points"] for w in written)
    card = parsed(html / f"chapters/{name}.html").select_one(".assignment")
    facts = [fact.get_text() for fact in card.select(".assignment-fact")]
    assert facts == [f"{asked.minutes} minutes", f"{points:g} points"]


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_sheet_says_of_itself_what_its_checks_say(name):
    """Minutes and points, where they are written on it."""
    asked = importlib.import_module(f"exercises.{name}.checks").ASSIGNMENT
    sheet = (ROOT / "exercises" / name / f"{name}.md").read_text("utf-8")
    minutes = re.findall(r"^\*About (\d+) minutes", sheet, re.M)
    assert set(minutes) <= {str(asked.minutes)}
    points = dict(re.findall(r"^\| \d+ \| .*`(\w+)` \| ([\d.]+) \|$", sheet, re.M))
    worth = {check.function: f"{check.points:g}" for check in asked.checks}
    assert {name: worth.get(name) for name in points} == points
    assert not points or set(points) == set(worth)


@pytest.mark.book
@pytest.mark.parametrize("name", CHAPTERS)
def test_links_to_a_chapter_carry_its_title(html, name):
    """Unless the text that is written there says something else."""
    heading = parsed(html / f"chapters/{name}.html").select_one("article h1")
    title = heading.find(string=True, recursive=False).strip()
    link = parsed(html / "chapters/intro.html").select_one(f'article table a[href="{name}.html"]')
    assert link.get_text(strip=True) == title


def test_the_extension_names_no_chapter():
    """A list of chapters in the code would be a second home for their order."""
    for path in EXTENSION.rglob("coursebook/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
                entries = node.keys if isinstance(node, ast.Dict) else node.elts
                words = {e.value for e in entries if isinstance(e, ast.Constant)}
                assert len(words & set(CHAPTERS)) < 2, path
