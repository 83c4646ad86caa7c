"""What a member sees first, as data and in a browser; and the calls by which members come and go."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta

import pytest
import requests

from grader import assignments
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import extend, local, set_deadline
from hub import first_screen
from hub.first_screen import Line, book_file, lines, next_step
from hub.members import Member
from hub.places import CHECKOUT, State
from tests.book.test_axe import axe, describe  # noqa: F401 (a fixture)
from tests.hub.running import Person
from tests.hub.test_exchange import SECRET, now, written

DUE = datetime(2099, 3, 1, 12)
BOOK = CHECKOUT / "_build" / "html"


@pytest.fixture
def ada(tmp_path) -> Member:
    return Member("ada", "student", os.getuid(), os.getgid(), tmp_path / "home", first_name="Ada")


@pytest.fixture
def state(tmp_path, ada) -> State:
    """A hub's state in which two assignments are out."""
    state = State(tmp_path / "state")
    for folder in (state.inbound / "ada", state.feedback / "ada", state.course, ada.home):
        folder.mkdir(parents=True)
    for name in ("context", "unrolling"):
        release(state, name)
    return state


def release(state: State, name: str) -> None:
    (state.outbound / name).mkdir(parents=True)
    (state.outbound / name / f"{name}.ipynb").write_text("{}")


def hand_in(state: State, name: str) -> None:
    made = written(now())
    folder = state.inbound / "ada" / f"ada+{name}+{made}+abcdefghijkl"
    folder.mkdir()
    (folder / f"{name}.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(made)
    (folder / "submission_secret.txt").write_text(SECRET)


def states(ada: Member, state: State) -> list[str]:
    return [line.state for line in lines(ada, state)]


def test_assignments_are_listed_in_the_courses_order_with_their_states(ada, state):
    assert [line.name for line in lines(ada, state)] == assignments.names()
    assert states(ada, state) == ["not fetched"] * 2 + ["not out"] * (len(assignments.names()) - 2)
    (ada.home / "context").mkdir()
    (ada.home / "context" / "context.ipynb").write_text("{}")
    assert states(ada, state)[0] == "fetched"
    hand_in(state, "context")
    assert states(ada, state)[0] == "handed in"
    from grader.service.lanes import Lanes

    (folder,) = (state.inbound / "ada").iterdir()
    attempt = Lanes(state.inbound, state.feedback).attempt("ada", folder.name)
    (state.feedback / "ada" / attempt.page_name).write_text("read me")
    found = lines(ada, state)
    assert found[0].state == "feedback" and found[0].handed_in is not None


def test_a_lane_is_walked_once_for_all_assignments_and_the_last_submission_counts(
    ada, state, monkeypatch
):
    for name in ("context", "unrolling", "context"):
        hand_in(state, name)
    asked = []

    def counted(folder, said):
        asked.append(folder.name)
        return submission_time(folder, said)

    submission_time = first_screen.submission_time
    monkeypatch.setattr(first_screen, "submission_time", counted)
    found = {line.name: line for line in lines(ada, state)}
    assert sorted(asked) == sorted(folder.name for folder in (state.inbound / "ada").iterdir())
    last = max(name for name in asked if "+context+" in name)
    made = submission_time(state.inbound / "ada" / last, last.split("+")[2])
    assert found["context"].handed_in == local(made)
    assert found["unrolling"].state == "handed in"


def test_an_instructors_own_assignment_comes_last_and_has_no_chapter(ada, state):
    release(state, "a-warm-up")
    *others, own = lines(ada, state)
    assert own.name == "a-warm-up" and own.state == "not fetched" and own.chapter == ""
    assert all(line.chapter for line in others) and len(others) == len(assignments.names())


def test_dates_are_the_students_own(ada, state):
    course = CourseDirectory(state.course)
    with course.gradebook() as gradebook:
        gradebook.add_student("ada")
        for name in ("context", "unrolling"):
            gradebook.add_assignment(name)
        gradebook.add_submission("unrolling", "ada")
        gradebook.grant_extension("unrolling", "ada", hours=5)
    for name in ("context", "unrolling"):
        set_deadline(course, name, DUE)
    extend(course, "context", "ada", DUE + timedelta(days=1))
    found = {line.name: line.due for line in lines(ada, state)}
    assert found["context"] == (DUE + timedelta(days=1)).replace(tzinfo=UTC)
    assert found["unrolling"] == (DUE + timedelta(hours=5)).replace(tzinfo=UTC)
    assert found["lstm"] is None


def test_the_next_thing_is_what_is_due_first():
    soon, later = (datetime(2099, 1, day, tzinfo=UTC) for day in (1, 2))
    first, second = Line("context", "", "fetched", later), Line("lstm", "", "not fetched", soon)
    assert next_step([first, second]) == ("fetch", second)
    assert next_step([first]) == ("work", first)
    over = Line("bptt", "", "not fetched", datetime(2020, 1, 1, tzinfo=UTC))
    assert over.late and next_step([over, first]) == ("work", first), "what is over comes last"
    read = Line("bptt", "", "feedback", soon, soon)
    assert next_step([read]) == ("read", read)
    assert next_step([Line("bptt", "", "not out")]) == ("wait", None)


def test_no_file_beside_the_book_is_served(tmp_path):
    book = tmp_path / "book"
    (book / "chapters").mkdir(parents=True)
    (book / "index.html").write_text("")
    (tmp_path / "secret").write_text("")
    (book / "link").symlink_to(tmp_path / "secret")
    assert book_file(book, "") == book_file(book, "index.html") == book / "index.html"
    for path in ("../secret", "link", "/etc/passwd", "chapters", "missing.html"):
        assert book_file(book, path) is None


@pytest.mark.hub
@pytest.mark.sandbox
@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser_it_is_what_comes_after_login(hub, browser, axe):  # noqa: F811
    """Wide and narrow: nothing for axe, nothing that has to be scrolled sideways."""
    pictures = os.environ.get("JOURNEY_PICTURES")
    for name, said in (("ada", "Next: fetch context"), ("instructor", "Formgrader")):
        for width in (1200, 360):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.goto(hub.address)
            page.fill("#username_input", name)
            page.fill("#password_input", hub.passwords[name])
            page.click("#login_submit")
            page.wait_for_url("**/hub/course")
            assert said in page.locator(".next").inner_text()
            assert page.locator(".course ol li").count() == len(assignments.names())
            page.evaluate(axe)
            found = page.evaluate("axe.run(document.querySelector('.course'))")["violations"]
            assert not found, describe(found)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if pictures:
                page.screenshot(path=f"{pictures}/first-{name}-{width}.png", full_page=True)
            page.close()


@pytest.mark.book
@pytest.mark.hub
@pytest.mark.sandbox
@pytest.mark.slow
def test_the_book_is_there_and_leads_to_this_hub(hub):
    """Whatever its port is, and whatever was thought to be the hub when the book was built."""
    if not (BOOK / "index.html").is_file():
        pytest.skip("no book here: make book")
    address = f"{hub.address}/hub/book/chapters/lstm.html"
    assert "/hub/login" in requests.get(address, timeout=30).url
    page = Person(hub, "lin").session.get(address, timeout=30)
    assert page.ok and page.headers["Content-Type"].startswith("text/html")
    links = re.findall(r'href="([^"]*/hub/user-redirect/[^"]*)"', page.text)
    assert links and all(link.startswith("/hub/user-redirect/") for link in links)
    style = Person(hub, "lin").session.get(f"{hub.address}/hub/book/_static/course.css", timeout=30)
    assert style.ok and style.headers["Content-Type"] == "text/css"


@pytest.mark.hub
@pytest.mark.sandbox
@pytest.mark.slow
def test_instructors_and_nobody_else_change_the_class_by_a_call(hub):
    iris, lin = Person(hub, "instructor"), Person(hub, "lin")
    assert lin.hub_api("GET", "class", lin.token).status_code == 403
    assert (
        lin.hub_api("POST", "class", lin.token, json={"name": "x", "role": "student"}).status_code
        == 403
    )
    assert requests.get(f"{hub.address}/hub/api/class", timeout=30).status_code == 403
    added = iris.hub_api("POST", "class", iris.token, json={"name": "mia", "role": "student"})
    assert added.status_code == 201, added.text
    hub.passwords["mia"] = added.json()["password"]
    Person(hub, "mia")
    assert iris.hub_api("PATCH", "class/mia", iris.token, json={"login": "amelie"}).ok
    assert iris.hub_api("DELETE", "class/mia", iris.token).status_code == 204
    listed = {row["name"]: row for row in iris.hub_api("GET", "class", iris.token).json()}
    assert listed["mia"]["login"] == "amelie" and listed["mia"]["left"]
    again = iris.hub_api("PATCH", "class/mia", iris.token, json={"left": False})
    assert json.loads(again.text)["password"]
    refused = iris.hub_api("POST", "class", iris.token, json={"name": "mia", "role": "student"})
    assert refused.status_code == 409 and "already" in refused.text
    assert iris.hub_api("POST", "class", iris.token, json={"name": "../x"}).status_code == 400
