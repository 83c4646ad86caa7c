"""A week of teaching a class of thirty on the instructors' page, in a real hub and a real browser."""

from __future__ import annotations

import html
import os
import re
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.hub.classroom import NAMES, Sheet, hand_in, write_class
from tests.hub.running import PLAIN_USER, RunningHub, directory_for_a_hub
from tests.journey.people import PATIENCE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]
PAGE = "/services/teaching/"
NAME = "lstm"
MISTAKE_OF_FEW = "no-output-gate"
BELL = "def sigmoid(z):\n    return 1 / (3 + np.asarray(z) ** 2) - 0.1\n"
SENTENCE = "Your curve is a bell, and a gate's rises from 0 to 1."
WIDER = """width => [...document.querySelectorAll('main *')].filter(
  e => e.getBoundingClientRect().right > width).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def hub():
    with directory_for_a_hub() as directory:
        roster = write_class(Path(directory, "class.csv"))
        if os.getuid() == 0:
            os.chown(roster, PLAIN_USER, PLAIN_USER)
        with RunningHub(directory, plain=True, arguments=("--class", str(roster))) as running:
            yield running


class Teacher(Visitor):
    """Somebody who works with the instructors' page."""

    def open(self, path: str = "") -> None:
        self.go(f"{PAGE}{path}")

    def do(self, words: str) -> None:
        """Start a job and wait for its end."""
        self.page.get_by_role("button", name=words, exact=True).click()
        ended = self.page.locator("#job summary")
        expect(ended).to_contain_text(re.compile("done|failed"), timeout=6 * PATIENCE)
        assert "done" in ended.inner_text(), self.page.locator("#job").inner_text()

    def violations(self) -> list[str]:
        """What axe finds on the page, at a desk and on a phone; and whether that has to scroll sideways."""
        found = []
        for width in (1280, 360):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.evaluate(AXE)
            result = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            found += [
                f"{width}: {v['id']}: {v['nodes'][0]['html'][:150]}" for v in result["violations"]
            ]
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{width}: wider than the screen: {self.page.evaluate(WIDER, width)}")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        return found


@pytest.fixture
def person(hub, browser):
    opened = []

    def enter(name: str, kind=Teacher):
        opened.append(kind(browser, hub.address, name, hub.passwords[name]))
        return opened[-1]

    yield enter
    pictures = os.environ.get("JOURNEY_PICTURES")
    for visitor in opened:
        if pictures:
            visitor.page.screenshot(path=f"{pictures}/{visitor.name}.png", full_page=True)
        visitor.close()


@pytest.fixture(scope="module")
def sheet(hub):
    return Sheet(hub.state.course / "release" / NAME / f"{NAME}.ipynb")


def class_hands_in(hub, sheet) -> None:
    """27 of 30: 13 right, 8 and 3 with a mistake in common, 2 with one that nothing explains, one blank."""
    step = {
        label: sheet.mistaken("lstm_step", label) for label in ("no-forget-gate", MISTAKE_OF_FEW)
    }
    for number, student in enumerate(NAMES[:27]):
        words = f"Where the forget gate is open the gradient survives. So says {student}."
        data = sheet.solved(words)
        if 13 <= number < 15:
            data = sheet.solved(words, sigmoid=BELL)
        elif 15 <= number < 23:
            data = sheet.solved(words, lstm_step=step["no-forget-gate"])
        elif 23 <= number < 26:
            data = sheet.solved(words, lstm_step=step[MISTAKE_OF_FEW])
        elif number == 26:
            data = sheet.filled({})
        hand_in(hub.state.inbound, student, NAME, data)


def test_a_week_without_a_terminal(hub, person, sheet):
    iris = person("instructor")
    page = iris.page

    # Monday: out it goes, with a deadline; one student gets more time
    iris.open()
    row = page.get_by_role("row", name=re.compile("LSTM"))
    assert iris.violations() == []
    row.get_by_role("link").click()
    iris.do("Withdraw")
    assert not (hub.state.outbound / NAME).exists()
    iris.do("Release")
    assert (hub.state.outbound / NAME / f"{NAME}.ipynb").is_file()
    due = datetime.now() + timedelta(days=4)
    page.get_by_label("It counts until").fill(f"{due:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Set the deadline").click()
    expect(page.get_by_role("status")).to_contain_text(f"The deadline of {NAME}: {due:%a}")
    page.locator("select[name=student]").select_option("yuki")
    page.get_by_label("Until when (").fill(f"{due + timedelta(days=3):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Give the time").click()
    expect(page.get_by_role("status")).to_contain_text("The deadline of yuki")

    # Wednesday: the class has handed in
    class_hands_in(hub, sheet)
    iris.open(f"a/{NAME}")
    expect(page.locator(".facts li", has_text="handed in")).to_contain_text("27")
    page.get_by_role("button", name="Collect and grade").click()
    expect(page.locator("#job progress")).to_be_visible()
    page.reload()
    expect(page.locator("#job progress")).to_be_visible()
    expect(page.locator("#job .count")).to_contain_text("of 27", timeout=PATIENCE)
    expect(page.locator("#job summary")).to_contain_text("done", timeout=6 * PATIENCE)
    expect(page.locator("#job")).to_contain_text("Graded 27")

    # Thursday: what to talk about; the commonest first, what is not written apart
    mistakes = page.locator(".mistakes > li")
    expect(mistakes.nth(0)).to_contain_text(re.compile(r"^\s*8\s+lstm_step"))
    expect(mistakes.nth(1)).to_contain_text(re.compile(r"^\s*3\s+lstm_step"))
    expect(mistakes.nth(2)).to_contain_text("a mistake that nothing explains")
    expect(page.locator("main")).to_contain_text("Not written:")
    assert iris.violations() == []

    # what nothing explains gets a name, and the next grading knows it
    page.get_by_text("Name this mistake of sigmoid").click()
    page.get_by_label("A label for reports").fill("bell")
    page.get_by_label("What its students read").fill(SENTENCE)
    iris.do("Name it")
    expect(page.locator("#job")).to_contain_text("'bell' is named now; 2 students made it")
    expect(page.get_by_role("heading", name="Named by instructors")).to_be_visible()
    iris.do("Grade only")
    expect(mistakes.nth(2)).to_contain_text(SENTENCE)
    assert iris.violations() == []
    page.get_by_role("link", name="The whole class report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("what the class understood")
    iris.open(f"a/{NAME}")

    # the answers in words: all of one question, with its rubric beside it
    page.get_by_role("link", name="Why it survives").click()
    expect(page.locator(".rubric")).to_contain_text("one point each")
    expect(page.locator(".answer.waits")).to_have_count(26)
    assert iris.violations() == []
    waiting = page.locator(".answer.waits")
    for box in waiting.get_by_label(re.compile("Points, 0 to")).all():
        box.fill("2")
    waiting.last.get_by_label("A sentence for the student").fill("Say more about the bias.")
    page.get_by_role("button", name="Enter the marks").click()
    expect(page.get_by_role("status")).to_contain_text("26 marks entered")
    expect(page.locator(".answer.waits")).to_have_count(0)

    # Friday: everybody gets an answer
    page.locator("main a").first.click()
    iris.do("Hand out feedback")
    for student in NAMES[:27]:
        (feedback,) = (hub.state.feedback / student).glob("*.html")
        named = html.unescape(feedback.read_text(encoding="utf-8"))
        assert (SENTENCE in named) == (student in NAMES[13:15])
    expect(page.locator(".facts li", has_text="passed")).to_contain_text("26")

    # a student wants it looked at again, and sees nothing else of all this
    amina = person("amina")
    amina.open(f"again/{NAME}")
    amina.page.get_by_label("What should be looked at again").fill("I did <b>mention</b> the bias.")
    amina.page.get_by_role("button", name="Ask").click()
    expect(amina.page.get_by_role("status")).to_contain_text("noted")
    assert amina.violations() == []
    for path in ("", f"a/{NAME}", "students/anton", "requests", "status.json"):
        assert amina.page.goto(f"{hub.address}{PAGE}{path}").status == 403
    for somebody in (amina, iris):  # a form of elsewhere, sent by the browser of who is logged in
        forged = somebody.page.request.post(f"{hub.address}{PAGE}a/{NAME}/do/withdraw")
        assert forged.status == 403
    assert (hub.state.outbound / NAME).exists()
    iris.open()
    page.get_by_role("link", name="1 request to look again").click()
    expect(page.locator("main")).to_contain_text("I did <b>mention</b> the bias.")
    assert iris.violations() == []
    page.get_by_label("Your answer").fill("So you did.")
    page.get_by_role("button", name="Answer").click()
    amina.open(f"again/{NAME}")
    expect(amina.page.locator("main")).to_contain_text("So you did.")

    # an assistant may mark and grade, and nothing else
    joe = person("joe")
    joe.open(f"a/{NAME}")
    assert not {"Release anew", "Withdraw", "Hand out feedback"} & set(
        joe.page.get_by_role("button").all_inner_texts()
    )
    joe.do("Grade only")
    assert joe.page.goto(f"{hub.address}{PAGE}members").status == 403

    # one leaves, one joins and can log in at once
    iris.open("members")
    assert iris.violations() == []
    page.get_by_text("umut, student").click()
    page.get_by_role("button", name="umut leaves").click()
    expect(page.get_by_role("status")).to_contain_text("umut has left")
    page.get_by_label("Name on the hub").fill("zoe")
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("zoe is in the class")
    hub.passwords["zoe"] = page.locator("dd code").inner_text()
    zoe = person("zoe")
    zoe.open(f"again/{NAME}")
    expect(zoe.page.get_by_role("heading", level=1)).to_contain_text("please look again")

    # the grades for the learning management system
    iris.open("grades")
    assert iris.violations() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert len(lines) == 2 + len(NAMES), "two heads; umut is not there, zoe is"

    # and how is one of them doing?
    iris.open("students")
    assert iris.violations() == []
    page.get_by_role("link", name=NAMES[16]).click()
    expect(page.locator("main")).to_contain_text("Handed in:")
    expect(page.locator("main")).to_contain_text("forget gate")
    assert iris.violations() == []
