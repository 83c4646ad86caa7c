"""The class report on what nothing explains, what follows, and what is nobody's commonest mistake."""

from __future__ import annotations

import json
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.report import Group, as_csv, as_table, commonest, group, plain, summarise
from grader.gradebook.report_page import as_page
from tests.grader.gradebook.test_report import HINT, page_of, row

EVIL = "<script>alert(1)</script>\x1b[2J"


def unexplained(student: str, function: str, behaviour: str) -> dict:
    entry = row(student, {function: None})
    entry["checks"][function]["behaviour"] = behaviour
    return entry


@pytest.fixture
def rows() -> list[dict]:
    """`hard` is wrong in two ways that have no name; `middle` once since it is; one wrote nothing."""
    blank = row("ida", dict.fromkeys(("easy", "hard", "middle")))
    for check in blank["checks"].values():
        check["status"] = "unwritten"
    misled = row("cal", {"hard": None, "middle": None})
    misled["checks"]["hard"]["behaviour"] = "aaaaaaaa"
    misled["checks"]["middle"]["follows"] = "hard"
    others = [unexplained("bea", "hard", "aaaaaaaa"), unexplained("dan", "hard", "bbbbbbbb")]
    return [row("ada", {}), others[0], misled, others[1], row("eve", {"easy": "sign"}), blank]


@pytest.fixture
def course(rows, tmp_path) -> CourseDirectory:
    """Their graded notebooks, each with its source."""
    sources = {"bea": "def hard(z):\n    # by Bea\n    return  z+0", "cal": "hard = lambda z: z"}
    sources["dan"] = f"%magic {EVIL}"
    for entry in rows:
        cell = {
            "metadata": {"nbgrader": {"grade_id": "hard"}},
            "source": sources.get(entry["student"], ""),
        }
        path = tmp_path / "autograded" / entry["student"] / "toy" / "toy.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"cells": [cell, {"metadata": {}, "source": ["x", "y"]}]}))
    return CourseDirectory(tmp_path)


@pytest.fixture
def groups(course, rows) -> list[Group]:
    return group(course, "toy", rows)


def test_the_largest_group_comes_first_with_the_shortest_code(groups):
    assert [(g.function, g.behaviour, g.students) for g in groups] == [
        ("hard", "aaaaaaaa", ["bea", "cal"]),
        ("hard", "bbbbbbbb", ["dan"]),
    ]
    assert groups[0].code == "hard = lambda z: z"


def test_an_example_says_what_the_code_does_and_not_who_wrote_it():
    source = 'def f(z):\n    """I am Bea."""\n    # 1234567\n    return  z+0 # B'
    assert plain(source) == "def f(z):\n    return z + 0"
    assert plain("def f(z):\n    '''Only this.'''") == "def f(z):\n    pass"
    assert plain(" %magic\n") == "%magic"
    assert plain("(" * 5000) == "(" * 5000


def test_the_text_shows_groups_with_an_example(rows, groups):
    text = as_table(rows, groups)
    start = text.index("what nothing explains")
    lines = text[start:].splitlines()
    assert lines[1].split() == ["33%", "hard", "aaaaaa:", "bea,", "cal"]
    assert lines[2].strip() == f"told: {HINT}"
    assert lines[3].strip() == "hard = lambda z: z"
    assert lines[4].split() == ["17%", "hard", "bbbbbb:", "dan"]
    assert "\x1b" not in text, "no terminal obeys a student"


def test_the_page_shows_groups_as_text_and_links_them(rows, groups):
    page = page_of(rows, groups)
    found = page.select(".group")
    assert [g.h3.text for g in found] == ["hard: 2 of 6", "hard: 1 of 6"]
    assert "bea, cal" in found[0].text
    assert "grader hint smoothing hard aaaaaa" in found[0].text
    assert page.find("script") is None
    assert "alert(1)" in found[1].pre.text
    ids = {tag["id"] for tag in page.find_all(id=True)}
    links = [a["href"] for a in page.select("a[href^='#']")]
    assert len(links) >= 2
    assert {link[1:] for link in links} <= ids


def test_the_headline_leads_to_the_mistake_without_a_name(rows, groups):
    headline = page_of(rows, groups).select_one(".headline")
    assert "Reteach hard first" in headline.text
    assert "2 of 6 make one mistake that has no name yet" in headline.text
    assert headline.a["href"] == "#aaaaaaaa"


def test_a_mistake_of_one_is_nobodys_commonest(rows):
    assert "commonest mistakes" not in as_table(rows)
    rows.append(row("fay", {"easy": "sign"}))
    assert "commonest mistakes" in as_table(rows)
    alone = [row("ada", {"easy": "sign"})]
    assert "commonest mistakes" in as_table(alone)


def test_one_label_for_different_mistakes_is_no_mistake_of_the_class(rows):
    """That one entry alone is wrong says where the mistake is: what the functions do tells which."""
    for entry in rows:
        if entry["checks"]["hard"]["behaviour"]:
            entry["checks"]["hard"]["misconception"] = "relation:only-entry"
    (hard,) = [check for check in summarise(rows).checks if check.function == "hard"]
    assert hard.mistakes == []
    assert "commonest mistakes" not in as_table(rows)
    groups = [Group("hard", "aaaaaaaa", ["bea", "cal"], HINT, "")]
    assert [(one.students, one.behaviour) for one in commonest(rows, groups)] == [
        (["bea", "cal"], "aaaaaaaa")
    ]


def test_the_shares_of_a_check_sum_to_all_that_are_wrong():
    labels = ("a", "a", "b", "b", "c", "d", "d", "d")
    found = page_of([row(str(n), {"hard": label}) for n, label in enumerate(labels)])
    counts = [li.span.text for li in found.select(".mistakes")[0].select("li")]
    assert [int(re.search(r"\((\d+)\)", text)[1]) for text in counts] == [3, 2, 2, 1]


def test_of_a_tie_none_is_the_commonest(rows):
    for student, label in (("x", "sign"), ("y", "turned"), ("z", "turned")):
        rows.append(row(student, {"hard": label}))
    rows.append(row("w", {"hard": "sign"}))
    text = page_of(rows).select_one(".headline").text
    assert "A common mistake, 2 of" in text
    rows.append(row("v", {"hard": "turned"}))
    assert "The commonest mistake, 3 of" in page_of(rows).select_one(".headline").text


def test_what_follows_from_another_function_is_said_and_is_not_taught_again(rows):
    middle = next(check for check in summarise(rows).checks if check.function == "middle")
    assert middle.follows == {"hard": 1}
    assert middle.to_reteach == 0
    assert middle.points_lost == 4
    assert "17%  middle, from hard" in as_table(rows)
    (line,) = [li.text for li in page_of(rows).select(".mistakes li") if "follows" in li.text]
    assert "17% (1)" in line and "follows from hard" in line


def test_unwritten_work_is_not_ranked_above_mistakes():
    blank = [row(str(n), {"hard": None}) for n in range(5)]
    for entry in blank:
        entry["checks"]["hard"]["status"] = "unwritten"
    found = summarise([*blank, row("ada", {"easy": "sign"})])
    assert found.checks[0].function == "easy"
    page = page_of(blank)
    assert "Nothing to reteach" in page.text
    assert "Everybody has everything right" not in page.text


def test_right_own_following_and_absent_are_the_whole_class(rows):
    for check in summarise(rows).checks:
        assert check.right + check.own + check.absent + sum(check.follows.values()) == len(rows)


def test_totals_stand_in_every_form(rows):
    rows[0] |= {"total": 8.5, "max_total": 10, "late": 0.5, "written": {"score": 2, "waits": True}}
    assert "8.5/10 (-0.5 late) waits" in as_table(rows)
    assert "8.5 of 10" in page_of(rows).text
    assert "−0.5" in page_of(rows).text
    assert (
        as_csv(rows)
        .splitlines()[0]
        .startswith("student,score,max_score,written,late,total,seconds")
    )
    assert "8.5" in as_csv(rows).splitlines()[1].split(",")


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser, tmp_path, rows, groups, width, mode):
    package = find_spec("axe_playwright_python")
    if package is None:
        remedy = "no axe-core: pip install -r requirements.txt (axe-playwright-python)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(remedy)
    path = tmp_path / "report.html"
    path.write_text(as_page("toy", rows, groups=groups), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(Path(package.origin).with_name("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    context.close()
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] == []
    assert not too_wide, "the page scrolls sideways"
