"""What holds for each chapter of the course."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict

import pytest

from grader import assignments
from tests.chapters.page import ROOT, Page


@pytest.fixture(params=assignments.names(), scope="module")
def page(request) -> Page:
    return Page(request.param)


def test_it_is_in_the_contents(page):
    contents = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert re.search(rf"^ +- file: chapters/{page.name}$", contents, re.MULTILINE)


def test_no_function_of_its_exercise_is_given_away(page):
    assignment = assignments.load(page.name)
    functions = {check.function for check in assignment.checks}
    assert functions
    assert not page.named() & functions


def test_every_name_is_defined_by_an_earlier_cell(page, tmp_path):
    """Ruff reads the code as one module. A name that is missing would be found after minutes only."""
    path = tmp_path / f"{page.name}.py"
    path.write_text(page.code, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    command += ["--select", "F821,F822,F823", "--output-format", "concise", str(path)]
    command += ["--config", 'builtins = ["display"]']  # IPython's
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_imports_only_what_a_student_has(page):
    assert not page.imported() & {"solutions", "grader", "exercises", "tests"}


def test_every_picture_has_a_text_for_those_who_cannot_see_it(page):
    pictures = [
        cell for cell in page.cells if cell.source.rstrip().splitlines()[-1].startswith("plt.show(")
    ]
    assert len(pictures) >= 3
    for cell in pictures:
        shown = cell.metadata["mystnb"]
        assert len(shown["image"]["alt"]) > 60, cell.source[-200:]
        assert shown["figure"]["caption"], cell.source[-200:]


def test_it_takes_the_time_that_it_says(page):
    said = re.search(r"^:::\{objectives\} (\d+) minutes$", page.source, re.MULTILINE)
    assert abs(int(said[1]) - page.minutes) < 7.5, f"it takes {page.minutes:.0f} minutes"


def test_code_that_draws_is_folded(page):
    assert page.figures
    for cell in page.shown:
        assert "plt." not in cell.source, cell.source


def test_it_has_a_quiz_and_the_parts_of_a_chapter(page):
    assert page.source.count(":::{quiz}") >= 5
    for part in (":::{objectives}", ":::{summary}", f":::{{assignment}} {page.name}"):
        assert page.source.count(part) == 1, part


def test_it_types_nothing_that_its_exercise_says(page):
    """The card reads time and points from the checks."""
    box = page.source.split(f":::{{assignment}} {page.name}\n")[1].split("\n:::")[0]
    assert not box.startswith(":")


WITH_CODE = [
    path.stem
    for path in sorted((ROOT / "chapters").glob("*.md"))
    if "```{code-cell}" in path.read_text(encoding="utf-8")
]
WORDS_OF_A_LINE = 12  # what a line of prose holds that is as wide as one of code


@pytest.mark.parametrize("name", WITH_CODE)
def test_no_page_shows_more_code_than_prose(name):
    page = Page(name)
    lines = sum(bool(line.strip()) for cell in page.shown for line in cell.source.splitlines())
    assert lines <= len(page.prose.split()) / WORDS_OF_A_LINE


def test_no_function_is_defined_in_two_chapters():
    """What several pages need stands in the course's package; what differs has names that differ."""
    homes = defaultdict(list)
    for name in WITH_CODE:
        for function in Page(name).functions():
            homes[function].append(name)
    assert not {function: pages for function, pages in homes.items() if len(pages) > 1}


@pytest.mark.book
class TestTheBuiltPage:
    def test_it_is_silent_on_stderr_and_without_errors(self, page):
        for output in page.outputs:
            assert output.get("name") != "stderr", output["text"]
            assert output["output_type"] != "error", output["evalue"]

    def test_what_a_sentence_quotes_is_computed(self, page):
        assert page.quoted == set(page.glued)
