"""The book's directives and its role, in a small book of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.book.conftest import EXTENSION

pytestmark = pytest.mark.slow

CONF = """
import sys
sys.path.insert(0, {extension!r})
extensions = ["myst_nb", "coursebook"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
nb_execution_mode = "off"
html_math_renderer = "coursebook"
course_hub_url = "https://hub.example.org/"
root_doc = "chapters/intro"
html_title = "A small book"
exclude_patterns = ["build", "_build"]
"""

TOC = """
format: jb-book
root: chapters/intro
parts:
- caption: The course
  numbered: true
  chapters:
  - file: chapters/lstm
  - file: chapters/tweets
"""

INTRO = """
# Intro

The first paragraph of the page, which describes it.

```{toctree}
:glob:
*
```

See {chapter}`lstm`, {chapter}`tweets` and {chapter}`the gates <lstm>`. A chapter takes
{minutes}`chapters`, an exercise {minutes}`exercises`.
"""

BOXES = """
# Boxes

:::{objectives} 45 minutes
- say what a *gate* does
:::

:::{summary}
- a gate multiplies
:::
"""

TERMS = """
# Terms

A {term}`gate`.

## Below

{term}`Gate <Gate>` and {term}`hinge`, and {term}`memory`, which is nobody's term.

```{glossary}
gate
  What opens and closes.

hinge
  What it turns on.
```
"""

ONE = """
# One

:::{quiz} Which gate *erases*?
Look at $C_t$.

- [ ] The output gate
  It only *shows*.
- [x] $f_t$
  Yes: $C_t = f_t * C_{t-1}$

  And it does nothing else.
:::
"""

SEVERAL = """
# Several

:::{quiz} Which hold?
- [x] The first
  It holds.
- [x] The second
  It holds too.
- [ ] The third

  It does not.
:::
"""

EXPLORER = """
# Explorer

:::{explorer} demo
:title: Turn & see
:height: 210
What to see without scripts.
:::
"""

ASSIGNMENT = """
# Assignment

:::{assignment} lstm
You build *the cell*.
:::
"""

FAULTS = {
    "silent": (":::{quiz} Q?\n- [ ] Alone\n- [x] Told\n  Why.\n:::", "“Alone” has no feedback"),
    "short": (":::{quiz} Q?\n- [x] One\n  Why.\n:::", "at least two choices"),
    "unright": (":::{quiz} Q?\n- [ ] One\n  No.\n- [ ] Two\n  No.\n:::", "marked [x]"),
    "unmarked": (":::{quiz} Q?\n- One\n  No.\n- [x] Two\n  Yes.\n:::", "starts with [ ] or [x]"),
    "nowhere": (":::{explorer} nowhere\nText.\n:::", "no chapters/_explorers/nowhere.js"),
    "bare": (":::{explorer} demo\n:::", "whose scripts are off"),
    "unreleased": (":::{assignment} tweets\nText.\n:::", "`make release` builds it"),
    "unchecked": (
        ":::{assignment} context\nText.\n:::",
        "no chapter context with exercises/context",
    ),
    "hours": ("{minutes}`hours`", "knows chapters and exercises, not 'hours'"),
    "formula": ("$\\notacommand{x}$", "\\\\notacommand"),
    "stranger": ("{chapter}`nonsense`", "nonsense"),
}

CHECKS = """
from types import SimpleNamespace as Thing

gate = Thing(function="gate", points=2.5, misconceptions=())
ASSIGNMENT = Thing(minutes={minutes}, checks=(gate,))
"""


class Book:
    """A built book: its pages, and what was said of each of them."""

    def __init__(self, root: Path, said: str) -> None:
        self.html = root / "_build" / "html"
        self.said = said

    def page(self, name: str) -> BeautifulSoup:
        return BeautifulSoup((self.html / f"chapters/{name}.html").read_text(), "html.parser")

    def warnings(self, name: str) -> str:
        return "\n".join(line for line in self.said.splitlines() if f"/{name}.md" in line)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    root = tmp_path_factory.mktemp("book")
    chapters = root / "chapters"
    chapters.mkdir()
    (root / "conf.py").write_text(CONF.format(extension=str(EXTENSION)))
    pages = {"intro": INTRO, "boxes": BOXES, "one": ONE, "several": SEVERAL, "explorer": EXPLORER}
    pages |= {"terms": TERMS}
    pages |= {"assignment": ASSIGNMENT, "lstm": f"# The cell\n{BOXES.partition('Boxes')[2]}"}
    pages |= {name: f"# {name}\n\n{text}\n" for name, (text, _) in FAULTS.items()}
    for name, text in pages.items():
        (chapters / f"{name}.md").write_text(text)
    (root / "_toc.yml").write_text(TOC)
    for name, minutes in {"lstm": 90, "tweets": 120}.items():
        exercise = root / "exercises" / name
        exercise.mkdir(parents=True)
        (exercise / "checks.py").write_text(CHECKS.format(minutes=minutes))
        (exercise / f"{name}.md").write_text("# Assignment: a cell\n")
        (root / "solutions").mkdir(exist_ok=True)
        (root / "solutions" / f"{name}.py").touch()
    release = root / "build/course/release/lstm"
    release.mkdir(parents=True)
    (release / "lstm.ipynb").write_text("{}")
    done = sphinx(root)
    assert done.returncode == 0, done.stderr
    return Book(root, done.stderr)


def sphinx(root: Path) -> subprocess.CompletedProcess:
    """Build in a process of its own: the extension sets environment variables and libraries."""
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-N", "-b", "html"]
    command += ["-d", str(root / "_build/.doctrees"), str(root), str(root / "_build/html")]
    environment = {k: v for k, v in os.environ.items() if k not in ("GOP_TWEETS", "COURSE_HUB_URL")}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False, timeout=600
    )


def words(element) -> str:
    return element.get_text(" ", strip=True)


def test_pages_without_a_fault_build_without_a_warning(book):
    for name in ["intro", "boxes", "one", "several", "explorer", "assignment"]:
        assert book.warnings(name) == ""


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_a_warning_that_says_what_to_do(book, name):
    warned = book.said if name == "formula" else book.warnings(name)
    assert FAULTS[name][1] in warned


def test_boxes_carry_their_title_and_the_time(book):
    page = book.page("boxes")
    assert words(page.select_one(".objectives .objectives-time")) == "45 minutes"
    assert page.select_one(".objectives em").string == "gate"
    assert words(page.select_one(".summary .admonition-title")) == "What to take with you"


def test_one_right_choice_makes_radio_buttons_in_a_fieldset_with_a_legend(book):
    quiz = book.page("one").select_one(".quiz")
    inputs = quiz.select("fieldset input")
    assert [field["type"] for field in inputs] == ["radio", "radio"]
    assert len({field["name"] for field in inputs}) == 1
    assert "erases" in words(quiz.select_one("legend"))
    assert "Look at" in words(quiz.select_one("fieldset > p"))
    assert [label["for"] for label in quiz.select("label")] == [field["id"] for field in inputs]


def test_several_right_choices_make_checkboxes(book):
    inputs = book.page("several").select(".quiz input")
    assert [field["type"] for field in inputs] == ["checkbox"] * 3


def test_the_answers_are_a_list_that_opens_without_scripts(book):
    details = book.page("one").select_one(".quiz details")
    wrong, right = details.select("li")
    assert (wrong["data-verdict"], right["data-verdict"]) == ("wrong", "right")
    assert words(wrong) == "Wrong: The output gate It only shows ."
    assert "And it does nothing else." in words(right)
    assert right.select_one("p math"), "mathematics in feedback is rendered"


def test_feedback_may_be_a_paragraph_of_its_own(book):
    third = book.page("several").select(".quiz-answers li")[2]
    assert words(third) == "Wrong: The third It does not."


def test_a_choice_of_mathematics_alone_has_a_name(book):
    first, second = book.page("one").select(".quiz input")
    assert second["aria-label"] == "f_t"
    assert "aria-label" not in first.attrs


def test_scripts_come_only_to_the_pages_that_use_them(book):
    def scripts(name):
        return {
            re.sub(r"\?.*", "", script["src"]).rsplit("/", 1)[-1]
            for script in book.page(name).find_all("script", src=True)
        }

    assert "quiz.js" in scripts("one")
    assert scripts("explorer") >= {"kit.js", "demo.js"}
    assert not scripts("boxes") & {"quiz.js", "kit.js", "demo.js"}


def test_an_explorer_has_a_name_a_place_and_a_fallback(book):
    explorer = book.page("explorer").select_one(".explorer")
    assert explorer["data-explorer"] == "demo"
    assert explorer["aria-label"] == "Turn & see"
    stage = explorer.select_one(".explorer-stage")
    assert "min-height:210px" in stage["style"]
    assert stage.find_all(recursive=False)[-1].get_text() == "What to see without scripts."
    kit = [
        s["src"] for s in book.page("explorer").find_all("script", src=True) if "kit" in s["src"]
    ]
    assert (book.html / "chapters" / re.sub(r"\?.*", "", kit[0])).resolve().is_file()


def test_an_explorer_is_a_picture_where_scripts_are_off(book):
    """It is what its own script draws, with nothing that only a script can move."""
    still = book.page("explorer").select_one(".explorer-stage > .explorer-still")
    picture = still.select_one("svg[role=img]")
    assert picture["aria-label"].startswith("A curve that falls from 1 to 0.0")
    assert "var(--kit-blue)" in picture.select_one("polyline")["stroke"], "light and dark"
    assert "of the input is left" in words(still)
    assert not still.select("input, select, button, [tabindex]")


def test_an_assignment_opens_the_hub_and_downloads_the_released_notebook(book):
    card = book.page("assignment").select_one(".assignment")
    facts = [words(fact) for fact in card.select(".assignment-fact")]
    assert facts == ["90 minutes", "2.5 points"], "as its checks say"
    assert card.select_one(".assignment-hub")["href"].startswith("https://hub.example.org/hub/")
    link = card.select_one(".assignment-download")["href"]
    assert (book.html / "chapters" / link).resolve().read_text() == "{}"


def test_an_assignment_that_is_not_released_offers_no_download(book):
    assert not book.page("unreleased").select(".assignment-download")


def test_a_chapter_that_is_there_is_linked_and_another_is_only_named(book):
    paragraph = book.page("intro").select("section > p")[-1]
    assert [words(link) for link in paragraph.select("a")] == ["The cell", "the gates"]
    assert ", tweets and" in words(paragraph)


def test_minutes_are_those_of_the_boxes_and_of_the_checks(book):
    paragraph = " ".join(words(book.page("intro").select("section > p")[-1]).split())
    assert paragraph.endswith("A chapter takes 45 minutes, an exercise 90 to 120 minutes.")


def test_a_page_is_described_by_its_first_paragraph(book):
    description = book.page("intro").find("meta", attrs={"name": "description"})["content"]
    assert description == "The first paragraph of the page, which describes it."


def test_the_index_leads_to_where_a_chapter_first_speaks_of_a_term(book):
    page = BeautifulSoup((book.html / "genindex.html").read_text(), "html.parser")
    places = [link["href"] for link in page.select(".genindextable a")]
    assert sorted(places) == [  # below: the hinge, and memory
        "chapters/terms.html#below", "chapters/terms.html#below", "chapters/terms.html#term-gate",
        "chapters/terms.html#term-hinge", "chapters/terms.html#terms",
    ]  # fmt: skip
    assert "Gate" not in page.get_text(), "a capital makes no other term"
    assert "memory" in book.warnings("terms"), "a term that the glossary lacks is a warning"
