"""Check my work, in a real hub and a real browser: the result of each function beside the notebook."""

from __future__ import annotations

import os
import re
import time
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, Route, expect

from exercises.lstm import checks
from grader.checks import source_of
from tests.hub.running import RunningHub, directory_for_a_hub
from tests.journey.people import PATIENCE, Student

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]

REFERENCE = checks.ASSIGNMENT.reference
MISTAKE = next(m for m in checks.STEP.misconceptions if m.label == "no-forget-gate")
FUNCTIONS = [check.function for check in checks.ASSIGNMENT.checks]
BUTTON = "Check my work"


@pytest.fixture(scope="module")
def hub():
    with directory_for_a_hub() as directory, RunningHub(directory, plain=False) as running:
        yield running


@pytest.fixture(scope="module")
def axe() -> str:
    package = find_spec("axe_playwright_python")
    return Path(package.origin).with_name("axe.min.js").read_text("utf-8")


@pytest.fixture
def enter(hub, browser):
    opened = []

    def student(name: str) -> Student:
        person = Student(browser, hub.address, name, hub.passwords[name])
        opened.append(person)
        person.go("/hub/user-redirect/lab")
        if not (hub.state.home(name) / "lstm").exists():
            person.assignments().fetch("lstm")
        return person

    yield student
    pictures = os.environ.get("JOURNEY_PICTURES")
    for person in opened:
        if pictures:
            person.page.screenshot(path=f"{pictures}/{person.name}.png")
        person.close()


def panel(page: Page):
    return page.get_by_role("region", name=BUTTON)


def row(page: Page, function: str):
    name = page.get_by_role("button", name=function, exact=True)
    return panel(page).get_by_role("listitem").filter(has=name)


def test_the_result_beside_the_notebook(hub, enter, axe):
    """By keyboard alone from the button to the cell; what was not saved is saved."""
    lin = enter("lin")
    page = lin.page
    notebook = lin.open_notebook("lstm/lstm.ipynb")
    lin.write(notebook, "sigmoid", source_of(REFERENCE, "sigmoid"))
    lin.write(notebook, "lstm_step", MISTAKE.code(source_of(REFERENCE, "lstm_step")))
    page.get_by_role("button", name=BUTTON).focus()
    page.keyboard.press("Enter")
    said = panel(page).get_by_role("status")
    expect(said).to_contain_text("points so far", timeout=PATIENCE)
    expect(said).to_contain_text("Handed in at")
    expect(panel(page).get_by_role("heading")).to_be_focused()
    expect(row(page, "sigmoid")).to_contain_text("1 of 1")
    expect(row(page, "lstm_step")).to_contain_text(re.sub(r"[`*$\\_].*", "", MISTAKE.hint))
    shown = panel(page).get_by_role("list").get_by_role("listitem")
    assert shown.count() == len(FUNCTIONS) + 1  # and the answer in words
    assert "For practice: this is not your grade" in panel(page).inner_text()
    assert _problems(page, axe) == []

    for function in ("lstm_forward", "sigmoid"):
        row(page, function).get_by_role("button", name=function, exact=True).focus()
        page.keyboard.press("Enter")
        chosen = notebook.locator(".jp-Cell.jp-mod-active")
        expect(chosen).to_contain_text(f"def {function}(")
        expect(chosen).to_be_in_viewport()
    page.get_by_role("button", name="Open the whole feedback").focus()
    page.keyboard.press("Escape")
    assert notebook.evaluate("node => node.contains(document.activeElement)")

    page.get_by_role("button", name="Open the whole feedback").click()
    whole = page.frame_locator(".jp-HTMLViewer iframe")
    whole.get_by_role("list", name="Results").get_by_role("link", name="lstm_step").first.click()
    expect(whole.locator("section#lstm_step")).to_be_in_viewport()
    expect(whole.get_by_role("heading", name="Feedback on lstm")).to_have_count(1)

    lin.page.get_by_role("tab", name="lstm.ipynb").click()
    page.get_by_role("button", name=BUTTON).click()
    # one attempt a minute: a word beside the earlier result, or a new one where that is over
    expect(said).to_contain_text(re.compile("was not looked at|points so far"), timeout=PATIENCE)
    expect(row(page, "lstm_step")).to_be_visible()
    if "was not looked at" in said.inner_text():
        expect(panel(page)).to_contain_text("From an earlier attempt")
        assert _problems(page, axe) == []


def _problems(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run('.course-feedback', {resultTypes: ['violations']})")
    places = [(violation["id"], violation["nodes"][0]["html"]) for violation in found["violations"]]
    return [f"{name}: {html[:150]}" for name, html in places]


def test_submit_saves_first_says_so_and_tells_of_feedback(hub, enter):
    """nbgrader's own button: what was typed and not saved is handed in."""
    ada = enter("ada")
    page = ada.page
    notebook = ada.open_notebook("lstm/lstm.ipynb")
    ada.write(notebook, "sigmoid", source_of(REFERENCE, "sigmoid") + "\n# not saved by hand\n")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    fetched = page.locator("#fetched_assignments_list > .list_item", has_text="lstm")
    fetched.get_by_role("button", name="Submit").click()
    expect(page.get_by_text(re.compile("lstm was handed in at"))).to_be_visible(timeout=PATIENCE)
    submitted = page.locator("#submitted_assignments_list > .list_item", has_text="lstm")
    expect(submitted).to_be_visible(timeout=PATIENCE)
    (handed_in,) = (hub.state.inbound / "ada").glob("*/lstm.ipynb")
    assert "# not saved by hand" in handed_in.read_text("utf-8")

    told = page.locator(".Toastify__toast", has_text="There is feedback on lstm.")
    expect(told).to_be_visible(timeout=PATIENCE)
    told.get_by_role("button", name="Open").click()
    whole = page.frame_locator(".jp-HTMLViewer iframe")
    expect(whole.get_by_role("heading", name="Feedback on lstm")).to_be_visible(timeout=PATIENCE)


def test_where_there_is_no_feedback_there_is_a_word(hub, enter):
    """No hub behind it, another notebook, and a service that gives no answer."""
    ada = enter("ada")
    page = ada.page
    ada.open_notebook("lstm/lstm.ipynb")
    said = panel(page).get_by_role("status")
    page.route("**/assignments?*", lambda route: route.fulfill(status=404))
    page.get_by_role("button", name=BUTTON).click()
    expect(said).to_contain_text("does not belong to a course's hub")
    page.unroute("**/assignments?*")

    page.route("**/assignments?*", _as_if_nobody_graded)
    page.get_by_role("button", name=BUTTON).click()
    expect(said).to_contain_text("There is no feedback yet", timeout=PATIENCE)
    assert "Handed in at" in said.inner_text()
    page.unroute("**/assignments?*")
    # one attempt a minute: a word, or the points where that is over
    expect(said).to_contain_text(re.compile("points so far|was not looked at"), timeout=PATIENCE)

    copy = hub.state.home("ada") / "lstm" / "another.ipynb"
    copy.write_bytes((hub.state.home("ada") / "lstm" / "lstm.ipynb").read_bytes())
    copy.chmod(0o666)
    before = len(list((hub.state.inbound / "ada").iterdir()))
    ada.open_notebook("lstm/another.ipynb")
    page.get_by_role("button", name=BUTTON).click()
    expect(said).to_contain_text("What is handed in is lstm/lstm.ipynb")
    time.sleep(1)
    assert len(list((hub.state.inbound / "ada").iterdir())) == before


def _as_if_nobody_graded(route: Route) -> None:
    answer = route.fetch()
    told = answer.json()
    for entry in told["value"]:
        for attempt in entry.get("submissions", ()):
            attempt["has_exchange_feedback"] = False
    route.fulfill(response=answer, json=told)


def test_a_chapter_has_no_such_button(hub, enter):
    lin = enter("lin")
    notes = hub.state.home("lin") / "notes.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    empty = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell()], metadata={"kernelspec": kernel}
    )
    nbformat.write(empty, notes)
    notes.chmod(0o666)
    lin.open_notebook("notes.ipynb")
    expect(lin.page.get_by_role("button", name="Validate")).to_be_visible()
    assert lin.page.get_by_role("button", name=BUTTON).count() == 0
