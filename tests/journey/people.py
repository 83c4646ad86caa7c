"""What people do on the hub, with the mouse and the keyboard, in Chromium."""

from __future__ import annotations

import re
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect

PATIENCE = 90_000  # milliseconds; servers start and notebooks run on a small machine


class Visitor:
    """One person's browser window."""

    def __init__(self, browser: Browser, address: str, name: str, password: str):
        self.address, self.name, self.password = address, name, password
        self.context = browser.new_context(viewport={"width": 1400, "height": 1000})
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()

    def close(self) -> None:
        self.context.close()

    def go(self, path: str) -> Page:
        """Open a path of the hub, and log in where that is asked for."""
        self.page.goto(f"{self.address}{path}")
        form = self.page.locator("#username_input")
        if form.count():
            form.fill(self.name)
            self.page.fill("#password_input", self.password)
            self.page.click("#login_submit")
        return self.page


class Student(Visitor):
    def first_screen(self, name: str) -> str:
        """What the page after login says of an assignment."""
        page = self.go("/hub/course")
        page.wait_for_url("**/hub/course")
        chapter = page.locator(f"a[href*='chapters%2F{name}.ipynb']")
        return page.locator(".course ol li", has=chapter).inner_text()

    def open_by_launch_link(self, link: str, name: str) -> Locator:
        """A chapter, as the link in the book opens it; the notebook when it can be worked with."""
        self.go(link)
        self.page.wait_for_url(f"**/lab/tree/**/{name}")
        return self.notebook()

    def notebook(self) -> Locator:
        """The notebook in front, once its kernel waits for input: typing before that gets lost."""
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PATIENCE)
        return self.page.locator(".jp-NotebookPanel:visible .jp-Notebook")

    def open_notebook(self, path: str) -> Locator:
        self.page.goto(f"{self.address}/user/{self.name}/lab/tree/{path}?reset")
        return self.notebook()

    def assignments(self) -> Assignments:
        self.page.goto(f"{self.address}/user/{self.name}/lab?reset")
        expect(self.page.locator(".jp-Launcher")).to_be_visible(timeout=PATIENCE)
        self.page.get_by_role("menuitem", name="Nbgrader").click()
        self.page.get_by_role("menuitem", name="Assignment List").click()
        return Assignments(self.page)

    def write(self, notebook: Locator, function: str, source: str) -> None:
        """Replace the cell in which a function is to be written."""
        cell = notebook.locator(".jp-CodeCell", has_text=re.compile(rf"def {function}\("))
        editor = cell.first.locator(".cm-content")  # of a long cell, only what is seen is rendered
        editor.scroll_into_view_if_needed()
        editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def answer_in_words(self, notebook: Locator, text: str) -> None:
        """Write into the one cell of prose that is left to the student."""
        cell = notebook.locator(".jp-MarkdownCell", has_text="Your answer here")
        cell.scroll_into_view_if_needed()
        cell.locator("em", has_text="Your answer here").dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Shift+Enter")

    def validate(self) -> str:
        """What the dialog says when the notebook in front has run from the top."""
        self.page.locator(".jp-NotebookPanel:visible .validate-button").click()
        dialog = self.page.locator(".jp-Dialog")
        expect(dialog).to_be_visible(timeout=2 * PATIENCE)
        said = dialog.inner_text()
        dialog.get_by_role("button", name="OK").click()
        return said

    def save(self) -> None:
        with self.page.expect_response(
            lambda answer: "/api/contents/" in answer.url and answer.request.method == "PUT"
        ) as saved:
            self.page.keyboard.press("Control+S")
        assert saved.value.ok


class Assignments:
    """nbgrader's list of assignments, in the student's JupyterLab."""

    def __init__(self, page: Page):
        self.page = page

    def _row(self, part: str, name: str) -> Locator:
        rows = self.page.locator(f"#{part}_assignments_list > .list_item")
        return rows.filter(has=self.page.locator(".item_name", has_text=name)).first

    def fetch(self, name: str) -> None:
        self._row("released", name).get_by_role("button", name="Fetch").click()
        expect(self._row("fetched", name)).to_be_visible(timeout=PATIENCE)

    def submit(self, name: str) -> None:
        self._row("fetched", name).get_by_role("button", name="Submit").click()
        expect(self._row("submitted", name)).to_be_visible(timeout=PATIENCE)

    def feedback(self, name: str) -> str:
        """Fetch the feedback on the last submission, open it from the file browser, and read it."""
        row = self._row("submitted", name)
        row.get_by_role("button", name="Fetch Feedback").click()
        self._row("submitted", name).get_by_text("(view feedback)").first.click()
        listing = self.page.locator(".jp-DirListing-content")
        listing.get_by_text(f"{name}.html", exact=True).dblclick()
        page = self.page.frame_locator(".jp-HTMLViewer iframe").locator("main")
        expect(page).to_be_visible(timeout=PATIENCE)
        return page.inner_text()


class Instructor(Visitor):
    """Somebody who works in formgrader."""

    def formgrader(self, view: str) -> Page:
        self.go(f"/hub/user-redirect/formgrader/{view}")
        self.page.wait_for_url(f"**/formgrader/{view}")
        return self.page

    @contextmanager
    def answered(self, containing: str):
        """Waits for formgrader's dialog that says how a click ended, and closes it."""
        yield
        dialog = self.page.locator(".modal.in")
        expect(dialog).to_contain_text(containing, timeout=PATIENCE)
        dialog.get_by_role("button", name="Close").last.click()
        expect(dialog).to_have_count(0)

    def collect(self, assignment: str) -> None:
        page = self.formgrader("manage_assignments")
        row = page.locator("tbody tr", has=page.get_by_role("link", name=assignment, exact=True))
        with self.answered("Successfully collected"):
            row.locator(".collect a").click()

    def submission_row(self, student: str) -> Locator:
        return self.page.locator("tbody tr", has=self.page.get_by_text(student, exact=True))

    def autograde(self, assignment: str, student: str) -> None:
        self.formgrader(f"manage_submissions/{assignment}")
        with self.answered("Successfully autograded"):
            self.submission_row(student).locator(".autograde a").click()

    def mark_by_hand(self, assignment: str, student: str, points: float) -> None:
        """Give the points of the one written answer of a submission."""
        page = self.formgrader(f"gradebook/{assignment}/{assignment}")
        page.locator("tbody tr", has_text=student).get_by_role("link").first.click()
        box = page.locator("input.score:not([disabled])").last
        box.scroll_into_view_if_needed()
        with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.ok):
            box.fill(str(points))
            box.press("Tab")

    def give_feedback(self, assignment: str, students: list[str]) -> None:
        self.formgrader(f"manage_submissions/{assignment}")
        for student in students:
            with self.answered("Successfully generated feedback"):
                self.submission_row(student).locator(".generate-feedback a").click()
            with self.answered("Successfully released feedback"):
                self.submission_row(student).locator(".release-feedback a").click()
