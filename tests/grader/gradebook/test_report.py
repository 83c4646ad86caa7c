"""The class report: what is taught again first stands first, and no student can write into it."""

from __future__ import annotations

import csv
import datetime
import io
import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from grader.assignments import ROOT
from grader.gradebook.report import Group, as_csv, as_table, commonest, summarise
from grader.gradebook.report_page import as_page

HINT = "Your `gate` is upside down: 1 < 2."
POINTS = {"easy": 1, "hard": 4, "middle": 2}


def row(student: str, wrong: dict[str, str | None], **more) -> dict:
    """A student's entry: `wrong` names the failed checks, each with its misconception's label."""
    checks = {
        name: {
            "score": 0.0 if name in wrong else points,
            "max_score": points,
            "misconception": wrong.get(name),
            "hint": HINT if name in wrong else None,
            "status": "wrong" if name in wrong else "right",
            "kind": "known" if wrong.get(name) else None,
            "follows": None,
            "behaviour": None,
        }
        for name, points in POINTS.items()
    }
    score = sum(check["score"] for check in checks.values())
    usual = {"seconds": 0.2, "written": None, "late": 0, "total": score, "max_total": 7}
    return {"student": student, "score": score, "max_score": 7, "checks": checks, **usual, **more}


@pytest.fixture
def rows():
    """Eight students: `hard` loses most points, `easy` most students."""
    return [
        row("ada", {}),
        row("bea", {"easy": "sign"}),
        row("cal", {"easy": "sign"}),
        row("dan", {"easy": "sign"}),
        row("eve", {"hard": "gate"}, written={"score": 0, "waits": True}),
        row("fay", {"hard": "gate"}, seconds=9.0),
        row("gus", {"hard": None, "middle": "gate"}),
        row("hal", {}, seconds=None),
    ]


def page_of(rows: list[dict], groups: list[Group] | None = None) -> BeautifulSoup:
    text = as_page("smoothing", rows, datetime.date(2026, 3, 2), groups)
    return BeautifulSoup(text, "html.parser")


def test_checks_stand_in_the_order_of_points_lost(rows):
    assert [check.function for check in summarise(rows).checks] == ["hard", "easy", "middle"]
    names = [span.text for span in page_of(rows).select(".check .name")]
    assert names == ["hard", "easy", "middle"]


def test_rates_and_shares_are_of_the_whole_class(rows):
    hard = summarise(rows).checks[0]
    assert hard.pass_rate == pytest.approx(5 / 8)
    assert hard.points_lost == 12
    assert [(m.label, m.count, m.share) for m in hard.mistakes] == [("gate", 2, 2 / 8)]


def test_the_headline_says_what_to_reteach(rows):
    headline = page_of(rows).select_one(".headline").text
    assert "Reteach hard first" in headline
    assert "62%" in headline
    assert "2 of 8" in headline


def test_who_has_less_than_half_is_listed_the_lowest_first(rows):
    assert [entry["student"] for entry in summarise(rows).need_help] == ["gus", "eve", "fay"]
    text = page_of(rows).find("h2", string="Who needs help").find_next("ul").text
    assert "gus, 1 of 7" in text


def test_times_and_waiting_answers(rows):
    summary = summarise(rows)
    assert summary.slowest == ("fay", 9.0)
    assert summary.median_seconds == pytest.approx(0.2)
    assert summary.waiting == 1


def test_the_commonest_mistake_is_the_one_of_most_students_named_or_not(rows):
    """What one alone has got wrong, and what nobody wrote, are no mistakes of the class."""
    unwritten = [row(name, {"easy": None}) for name in ("ivy", "jan", "kim", "leo", "mia")]
    for one in unwritten:
        one["checks"]["easy"]["status"] = "unwritten"
    group = Group("hard", "f00", ["gus", "hal", "ada", "eve"], HINT, "def hard(): pass")
    alone = Group("middle", "ba4", ["gus"], HINT, "")
    found = commonest([*rows, *unwritten], [group, alone])
    assert [(one.function, one.students, one.behaviour) for one in found] == [
        ("hard", ["gus", "hal", "ada", "eve"], "f00"),
        ("easy", ["bea", "cal", "dan"], ""),
        ("hard", ["eve", "fay"], ""),
    ]
    assert [one.students for one in commonest([row("ada", {"easy": "sign"})], [])] == [["ada"]]
    assert commonest([], []) == []


def test_a_class_without_mistakes_has_nothing_to_reteach():
    assert "Nothing to reteach" in page_of([row("ada", {}), row("bea", {})]).text


def test_an_empty_class_is_no_error():
    assert "Nobody has been graded yet" in page_of([]).text
    assert as_table([]) == "nobody has been graded yet"
    assert as_csv([]).startswith("student,score,max_score")


@pytest.mark.parametrize("field", ["student", "hint", "misconception", "function"])
def test_nothing_in_a_row_becomes_html(rows, field):
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    if field == "student":
        rows[4]["student"] = evil
    elif field == "function":
        for entry in rows:
            entry["checks"][evil] = entry["checks"].pop("hard")
    else:
        for entry in rows[4:6]:
            entry["checks"]["hard"][field] = evil
    page = page_of(rows)
    assert page.find(["script", "img"]) is None
    assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert "alert(1)" in str(page), "it is shown, as text"


def test_code_in_a_hint_is_set_as_code(rows):
    mistakes = page_of(rows).select_one(".mistakes")
    assert mistakes.find("code").text == "gate"
    assert "1 < 2" in mistakes.text


def test_the_page_asks_nobody_and_runs_nothing(rows):
    page = page_of(rows)
    assert page.find(["script", "link", "iframe", "object", "img"]) is None
    assert "url(" not in page.style.text
    assert "@import" not in page.style.text


def test_the_table_has_a_line_for_each_student_and_the_commonest_mistakes(rows):
    lines = as_table(rows).splitlines()
    assert lines[0].split() == ["student", "score", "easy", "hard", "middle"]
    assert lines[1].split() == ["ada", "7/7", "1", "4", "2"]
    assert "commonest mistakes" in lines
    assert lines[lines.index("commonest mistakes") + 1].split()[:2] == ["38%", "easy:"]


def test_the_csv_reads_back(rows):
    read = list(csv.DictReader(io.StringIO(as_csv(rows), newline="")))
    assert [entry["student"] for entry in read] == [entry["student"] for entry in rows]
    assert float(read[4]["hard"]) == 0
    assert read[4]["hard misconception"] == "gate"
    assert read[7]["seconds"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_the_csv_is_a_formula(rows, start):
    rows[0]["student"] = start + "HYPERLINK(1)"
    first = next(csv.DictReader(io.StringIO(as_csv(rows), newline="")))
    assert first["student"] == f"'{start}HYPERLINK(1)"
    assert first["score"] == "7"


@pytest.mark.slow
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    """`grader ... | head` ends without a traceback."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "grader", "build", "smoothing", "--course", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
