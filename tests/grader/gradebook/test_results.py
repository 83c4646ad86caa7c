"""The head of the page that a student reads: a line for each function, and totals as in the report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from grader import assignments
from grader.batch import autograde
from grader.gradebook.feedback import feedback
from grader.gradebook.report import report
from tests.grader.classroom import Classroom

pytestmark = [pytest.mark.sandbox, pytest.mark.browser, pytest.mark.slow]
NAME = "smoothing"
DUE, LATE = "2026-03-01 12:00:00 UTC", "2026-03-02 12:00:00 UTC"
PENALTY = """
from nbgrader.plugins import BasePlugin

class OnePoint(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.0
"""
CONFIG = """
import sys
sys.path.insert(0, {root!r})
c = get_config()
c.AssignLatePenalties.plugin_class = "one_point_late.OnePoint"
"""
REMARK = "Which *gate*, with $f_t$?"


FOLLOWS = "Your other function is not right yet."


def mistake() -> tuple[str, str]:
    """A function and the label of a known mistake in it."""
    check = next(check for check in assignments.load(NAME).checks if check.misconceptions)
    return check.function, check.misconceptions[-1].label


def written(room: Classroom) -> list[str]:
    """The answers in words."""
    fields = [c["metadata"].get("nbgrader", {}) for c in room.solved["cells"]]
    kinds = [cell["cell_type"] for cell in room.solved["cells"]]
    pairs = zip(fields, kinds, strict=True)
    return [f["grade_id"] for f, kind in pairs if kind == "markdown" and f.get("solution")]


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    """One who waits, one who is late and was read, one with nothing, one who can't be read."""
    from nbgrader.api import Gradebook

    root = tmp_path_factory.mktemp("results")
    (root / "one_point_late.py").write_text(PENALTY)
    (root / "nbgrader_config.py").write_text(CONFIG.format(root=str(root)))
    room = Classroom(root, NAME)
    with Gradebook(room.course.db_url, room.course.api.coursedir.course_id) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=DUE)
    wrong = room.with_misconception(*mistake())
    answer, *_ = written(room)
    room.cell(wrong, answer)["source"] = "Because of $f_t$."
    room.submit("waits", wrong)
    room.submit("read", wrong, timestamp=LATE)
    room.submit("blank", room.blank)
    room.submit("damaged", b"{")
    room.submit("misled", room.blank)
    room.submit("killed", killed(room))
    room.submit("broken", broken(room))
    autograde(room.course, NAME)
    first, *_, last = assignments.load(NAME).checks
    enter(room.course.autograded(NAME, "misled"), last.function, first.function)
    with Gradebook(room.course.db_url, room.course.api.coursedir.course_id) as gradebook:
        grade = gradebook.find_grade(answer, NAME, NAME, "read")
        grade.manual_score, grade.needs_manual_grade = grade.max_score - 1, False
        gradebook.find_comment(answer, NAME, NAME, "read").manual_comment = REMARK
        gradebook.db.commit()
    autograde(room.course, NAME, students=["read"], force=True)  # what was read stays read
    return room


def killed(room: Classroom) -> dict:
    """All right, but for a cell of the student's own before the first function, which ends the process."""
    first = assignments.load(NAME).checks[0].function
    notebook = room.with_answer(first, room.cell(room.solved, first)["source"])
    places = [c["metadata"].get("nbgrader", {}).get("grade_id") for c in notebook["cells"]]
    crash = {"cell_type": "code", "metadata": {}, "outputs": []}
    crash["source"] = "import ctypes\nctypes.string_at(0)"
    notebook["cells"].insert(places.index(first), crash)
    return notebook


def broken(room: Classroom) -> dict:
    """The first function lacks a colon, the second one is called otherwise."""
    first, second = (check.function for check in assignments.load(NAME).checks[:2])
    notebook = room.with_answer(first, room.cell(room.solved, first)["source"].replace(":", "", 1))
    cell = room.cell(notebook, second)
    cell["source"] = re.sub(rf"\b{second}\b", f"{second}s", cell["source"])
    return notebook


def enter(path: Path, function: str, cause: str) -> None:
    """Make a verdict in a graded notebook one that follows from another."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    verdict = Classroom.cell(notebook, f"check-{function}")["metadata"]["grader"]
    verdict |= {"status": "wrong", "follows": cause, "hint": FOLLOWS}
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def pages(room) -> dict[str, Path]:
    return {path.parent.parent.name: path for path in feedback(room.course, NAME)}


@pytest.fixture(scope="module")
def rows(room) -> dict[str, dict]:
    return {row["student"]: row for row in report(room.course, NAME)}


@pytest.fixture
def opened(browser, pages):
    """Opens a student's page; closes it after the test."""
    page = browser.new_page(viewport={"width": 1280, "height": 600})
    yield lambda student: (page.goto(pages[student].as_uri()), page)[1]
    page.close()


def test_every_function_has_a_line_with_its_points(opened, rows):
    page = opened("read")
    lines = [line.inner_text() for line in page.locator(".results li").all()]
    for name, check in rows["read"]["checks"].items():
        (line,) = [line for line in lines if line.split()[1] == name]
        assert f"{check['score']:g} of {check['max_score']:g}" in line
        if check["hint"]:
            assert check["hint"].replace("`", "") in line


@pytest.mark.parametrize("student", ["waits", "read", "blank", "damaged"])
def test_the_totals_are_the_reports_and_the_gradebooks(opened, rows, room, student):
    from nbgrader.api import Gradebook

    row = rows[student]
    total = f"{row['total']:g} of {row['max_total']:g} points"
    assert opened(student).locator(".total").inner_text().startswith(total)
    with Gradebook(room.course.db_url, room.course.api.coursedir.course_id) as gradebook:
        entered = gradebook.find_submission(NAME, student)
        assert entered.score - entered.late_submission_penalty == row["total"]
        assert entered.max_score == row["max_total"]


def test_late_and_written_points_are_part_of_the_total(opened, rows):
    row = rows["read"]
    assert row["late"] == 1
    assert row["written"]["score"] == row["written"]["max_score"] - 1 > 0
    assert row["total"] == row["score"] + row["written"]["score"] - 1
    assert "Handed in late" in opened("read").locator(".results").inner_text()
    assert "−1" in opened("read").locator(".results").inner_text()


def test_what_waits_for_a_person_is_said(opened):
    page = opened("waits")
    assert "so far" in page.locator(".total").inner_text()
    assert "still to be read by a person" in page.locator(".open").inner_text()
    assert "Waits for a person" in page.locator(".results").inner_text()
    for student in ("read", "blank"):
        assert "person" not in opened(student).inner_text("main")


def test_the_comment_stands_at_the_answer_and_is_announced(opened):
    page = opened("read")
    assert "comment" in page.locator(".results").inner_text()
    said = page.locator(".comment.said")
    assert "Which gate" in said.inner_text()
    assert said.locator("math").count() == 1


def test_a_function_that_follows_from_another_says_which_and_leads_there(opened, rows):
    cause, *_, name = rows["misled"]["checks"]
    assert rows["misled"]["checks"][name]["follows"] == cause
    line = opened("misled").locator(".results li").filter(has_text=FOLLOWS)
    assert line.locator("a").all_inner_texts() == [name, cause]
    assert f"Mend {cause} first" in " ".join(line.inner_text().split())
    line.locator("a", has_text=cause).last.click()
    assert line.page.url.endswith(f"#{cause}")


def test_a_click_on_a_function_leads_to_its_cell(opened, rows):
    for name in rows["read"]["checks"]:
        page = opened("read")
        page.locator(f".results .what > a[href='#{name}']").click()
        cell = page.locator(f"section#{name}")
        assert f"def {name}" in cell.inner_text() or f"{name} =" in cell.inner_text()
        top = page.evaluate(f"document.getElementById('{name}').getBoundingClientRect().top")
        at_the_end = page.evaluate("innerHeight + scrollY >= document.body.scrollHeight - 2")
        assert 0 <= top < 100 or at_the_end
        page.get_by_role("link", name="All results").first.click()
        assert page.evaluate("scrollY") < 100


def test_what_is_not_written_is_called_that_once(opened):
    lines = opened("blank").locator(".results li").all()
    for line in lines:
        if "in words" not in line.inner_text():
            assert "Not written yet" in line.inner_text()
            assert line.locator("p").count() == 0


def test_a_cell_that_does_not_run_is_not_called_missing(opened, rows):
    checks = rows["broken"]["checks"]
    first, second, *_ = opened("broken").locator(".results li").all()
    assert [checks[name]["misconception"] for name in list(checks)[:2]] == [
        "error:colon",
        "error:misnamed",
    ]
    assert "Its cell does not run" in first.inner_text()
    assert "Not found" in second.inner_text()


def test_a_notebook_that_was_stopped_is_told_so_once_with_the_way_to_the_cell(opened, rows):
    page = opened("killed")
    functions = list(rows["killed"]["checks"])
    hint = rows["killed"]["checks"][functions[0]]["hint"]
    assert page.locator(".results").inner_text().count(hint) == 1
    lines = [line.inner_text() for line in page.locator(".results li").all()]
    assert "Stopped" in lines[0]
    assert all("Not reached" in line for line in lines[1 : len(functions)])
    page.get_by_role("link", name="Go to the cell that was stopped").click()
    assert page.url.endswith("#stopped-here")
    assert page.locator("#stopped-here").count() == 1


def test_an_answer_in_words_that_was_not_written_is_called_that(opened):
    line = opened("blank").locator(".results li").last.inner_text()
    assert "Not written yet" in line
    assert "comment" not in line


def test_why_nothing_could_be_read_is_said_once(opened):
    text = opened("damaged").inner_text("main")
    head = text[: text.index("Your notebook")]
    assert len(re.findall("damaged", head)) == 1
    assert "Not read" in head
