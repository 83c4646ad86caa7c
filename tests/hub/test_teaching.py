"""The instructors' page: its numbers, its marks, its jobs, and who may do what on it."""

from __future__ import annotations

import asyncio
import html
import json
import re
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests

from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook import deadlines, report
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.release import release
from hub import passback
from hub.places import FETCHED
from hub.teaching import history, marking, tasks
from hub.teaching.desk import Desk
from hub.teaching.job import Busy, Jobs
from hub.teaching.overview import overview
from tests.hub import large_class
from tests.hub.classroom import Sheet, hand_in
from tests.hub.played_platform import Platform

NAME, WRITTEN = "lstm", "written-why-it-survives"
STUDENTS = ("ada", "bea", "cal", "dan", "eve")
EXCHANGE = """
c.Exchange.root = {root!r}
c.ExchangeFactory.collect = "hub.exchange.Collect"
c.ExchangeFactory.release_feedback = "hub.exchange.ReleaseFeedback"
"""
NASTY = "Because <script>alert(1)</script> the **gate** is open."


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    """ada and bea right, cal with a mistake, all collected and graded; dan has fetched; eve has nothing."""
    root = tmp_path_factory.mktemp("desk")
    course, exchange = CourseDirectory(root / "course"), root / "exchange" / "recurrent-networks"
    sheet = Sheet(release(course, NAME))
    for student in STUDENTS:
        (exchange / "inbound" / student).mkdir(parents=True)
        (exchange / "feedback" / student).mkdir(parents=True)
    (exchange / "outbound").mkdir()
    with course.gradebook() as gradebook:
        for student in STUDENTS:
            gradebook.add_student(student, first_name=student.title())
    mistaken = sheet.mistaken("lstm_step", "no-forget-gate")
    files = {
        "ada": sheet.solved(NASTY),
        "bea": sheet.solved("f near 1."),
        "cal": sheet.solved(lstm_step=mistaken),
    }
    for student, data in files.items():
        hand_in(exchange / "inbound", student, NAME, data)
    (exchange / "inbound" / "dan" / f"{FETCHED}{NAME}").touch()
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as stream:
        stream.write(EXCHANGE.format(root=str(root / "exchange")))
    made = Desk(course.root, exchange, root / "attempts.jsonl")
    assert tasks.collect(made, NAME, step) == ["3 new submissions."]
    autograde(course, NAME, sandbox="none")
    return made


def step(done: int, total: int) -> None:
    pass


# ---------------------------------------------------------------- numbers


def row(desk: Desk):
    rows, students = overview(desk)
    assert students == len(STUDENTS)
    return next(one for one in rows if one.name == NAME)


@pytest.mark.slow
def test_the_overview_counts_what_each_student_did(desk):
    one = row(desk)
    assert (one.fetched, one.handed_in, one.graded, one.waiting) == (4, 3, 3, 2)
    assert one.passed == 1, "what waits for a person has not passed yet; no words, no wait"
    assert not one.released


def test_an_extension_makes_nobody_a_student_who_handed_in(desk):
    due = datetime(2026, 3, 2, 12, tzinfo=UTC)
    deadlines.set_deadline(desk.course, NAME, due)
    deadlines.extend(desk.course, NAME, "eve", due + timedelta(days=2))
    assert row(desk).graded == 3
    assert row(desk).due == due
    deadlines.set_deadline(desk.course, NAME, None)


def test_own_assignments_come_after_the_courses(desk):
    assert desk.names()[0] == "context"
    (desk.root / "source" / "quiz").mkdir()
    assert desk.names()[-1] == "quiz"
    assert desk.title("quiz") == "quiz"
    (desk.root / "source" / "quiz").rmdir()


# ---------------------------------------------------------------- marks


@pytest.fixture
def asked(desk):
    yield marking.question(desk, NAME, WRITTEN)
    with desk.course.gradebook() as gradebook:
        for student in ("ada", "bea"):
            grade = gradebook.find_grade(WRITTEN, NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = None, True
            gradebook.find_comment(WRITTEN, NAME, NAME, student).manual_comment = None
        gradebook.db.commit()


def answer(desk: Desk, student: str) -> marking.Answer:
    return next(one for one in marking.answers(desk, NAME, WRITTEN) if one.student == student)


def mark(desk: Desk, student: str, points: float, comment: str = "") -> marking.Mark:
    return marking.Mark(student, points, comment, answer(desk, student).version)


def test_marks_go_into_the_gradebook_and_wait_no_more(desk, asked):
    assert asked.points == 3
    assert marking.waiting(desk, NAME) == {WRITTEN: 2}
    marks = [mark(desk, "ada", 2.5, "Say more. "), mark(desk, "cal", 1)]
    assert marking.give(desk, NAME, asked, marks) == []
    found = answer(desk, "ada")
    assert (found.points, found.comment, found.waits) == (2.5, "Say more.", False)
    assert marking.waiting(desk, NAME) == {WRITTEN: 1}
    assert marking.answers(desk, NAME, WRITTEN)[0].student == "bea", "it waits"
    assert row(desk).passed == 2


def test_who_wrote_nothing_is_seen(desk, asked):
    assert {one.student: one.empty for one in marking.answers(desk, NAME, WRITTEN)} == {
        "ada": False,
        "bea": False,
        "cal": True,
    }


def test_two_who_mark_the_same_answer_undo_nothing(desk, asked):
    first, second = mark(desk, "ada", 3), mark(desk, "ada", 1)
    assert marking.give(desk, NAME, asked, [first]) == []
    assert marking.give(desk, NAME, asked, [second]) == ["ada"]
    assert answer(desk, "ada").points == 3


@pytest.mark.parametrize("points", [-1, 3.5, float("nan"), float("inf")])
def test_points_out_of_range_enter_nothing_at_all(desk, asked, points):
    with pytest.raises(GraderError, match="0 to 3"):
        marking.give(desk, NAME, asked, [mark(desk, "bea", 1), mark(desk, "ada", points)])
    assert marking.waiting(desk, NAME) == {WRITTEN: 2}


# ---------------------------------------------------------------- history, requests


def test_a_students_history_has_what_was_handed_in_and_why_it_was_wrong(desk):
    chapter = next(one for one in history.history(desk, "cal") if one.name == NAME)
    assert len(chapter.times) == 1
    assert "forget gate" in chapter.row["checks"]["lstm_step"]["hint"]
    with pytest.raises(GraderError, match="no student"):
        history.history(desk, "../cal")


def test_a_request_is_asked_answered_and_asked_anew(desk):
    history.ask(desk, "ada", NAME, "Please.")
    history.ask(desk, "bea", NAME, "x" * 10_000)
    assert [(one.student, one.open) for one in history.requests(desk)] == [
        ("ada", True),
        ("bea", True),
    ]
    assert len(history.request(desk, "bea", NAME).text) == history.LONGEST
    history.answer(desk, "ada", NAME, "Done.", "iris")
    assert [one.student for one in history.requests(desk)] == ["bea", "ada"]
    assert history.request(desk, "ada", NAME).by == "iris"
    history.ask(desk, "ada", NAME, "Once more.")
    assert history.request(desk, "ada", NAME).open
    for student, text in (("eve", "Please."), ("ada", "  ")):
        with pytest.raises(GraderError):
            history.ask(desk, student, NAME, text)


# ---------------------------------------------------------------- jobs


def ended(jobs: Jobs):
    deadline = time.monotonic() + 30
    while jobs.status.runs and time.monotonic() < deadline:
        time.sleep(0.01)
    return jobs.status


def test_one_job_at_a_time_and_its_status_survives(tmp_path):
    jobs, go_on = Jobs(tmp_path / "job.json"), threading.Event()

    def work(step):
        step(1, 2)
        go_on.wait(30)
        return ["two things"]

    jobs.start("Grading lstm", "iris", work)
    while not jobs.status.total:
        time.sleep(0.01)
    with pytest.raises(Busy, match="Grading lstm"):
        jobs.start("Grading bptt", "joe", work)
    told = json.loads((tmp_path / "job.json").read_text())
    assert (told["done"], told["total"], told["who"], told["ended"]) == (1, 2, "iris", "")
    restarted = Jobs(tmp_path / "job.json").status
    assert "cut off by a restart" in restarted.error
    go_on.set()
    assert ended(jobs).notes == ("two things",)
    assert Jobs(tmp_path / "job.json").status == jobs.status


@pytest.mark.parametrize("error", [GraderError("no disk"), ZeroDivisionError("no disk")])
def test_a_job_that_fails_says_why_and_lets_the_next_one_run(tmp_path, error):
    jobs = Jobs(tmp_path / "job.json")

    def fail(step):
        raise error

    jobs.start("Grading", "iris", fail)
    assert "no disk" in ended(jobs).error
    jobs.start("Grading", "iris", lambda step: ["well"])
    assert ended(jobs).notes == ("well",)


def test_what_is_refused_in_collecting_is_said(desk):
    lane = desk.exchange / "inbound" / "dan"
    (lane / f"ada+{NAME}+2026-03-02 12:00:00 UTC+abc").mkdir()
    notes = tasks.collect(desk, NAME, step)
    assert notes[0] == "No new submissions."
    assert "it names ada, and was handed in by dan" in notes[1]
    (lane / f"ada+{NAME}+2026-03-02 12:00:00 UTC+abc").rmdir()


def test_release_and_withdraw_and_why_not(desk):
    tasks.release(desk, NAME, step)
    assert row(desk).released
    tasks.withdraw(desk, NAME, step)
    assert not row(desk).released
    with pytest.raises(GraderError):
        tasks.withdraw(desk, NAME, step)


def test_feedback_reaches_the_lanes(desk):
    assert tasks.feedback(desk, NAME, step) == ["3 students can fetch the feedback."]
    for student in ("ada", "bea", "cal"):
        assert len(list((desk.exchange / "feedback" / student).glob("*.html"))) == 1
    with pytest.raises(GraderError, match="Nothing of bptt has been graded"):
        tasks.feedback(desk, "bptt", step)


# ---------------------------------------------------------------- who may do what


@pytest.fixture(scope="module")
def served(layer, desk, tmp_path_factory):
    """The application without a hub: `served.group` is the group of who asks."""
    from hub.teaching.app import Page, make
    from hub.teaching.pages import PAGES

    class Served:
        group = "instructors"
        jobs = Jobs(tmp_path_factory.mktemp("jobs") / "job.json")

    with pytest.MonkeyPatch.context() as patch:
        who = lambda page: {"name": "ada", "groups": [Served.group]} if Served.group else None  # noqa: E731
        patch.setattr(Page, "get_current_user", who)
        patch.setattr(Page, "get_login_url", lambda page: "/login")
        patch.setattr(Page, "xsrf_token", property(lambda page: b"token"))
        patch.setattr(Page, "check_xsrf_cookie", lambda page: None)
        application = make(desk, Served.jobs, "/t/", PAGES)
        loop, ready = asyncio.new_event_loop(), threading.Event()

        async def serve():
            server = application.listen(0, "127.0.0.1")
            (listening,) = server._sockets.values()
            Served.address = f"http://127.0.0.1:{listening.getsockname()[1]}/t/"
            ready.set()

        thread = threading.Thread(
            target=lambda: (loop.run_until_complete(serve()), loop.run_forever())
        )
        thread.start()
        ready.wait(10)
        yield Served
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def status(served, group: str | None, method: str, path: str, **form) -> int:
    served.group = group
    url = served.address + path
    answer = requests.request(method, url, data=form, allow_redirects=False, timeout=60)
    if served.jobs.status:
        ended(served.jobs)
    return answer.status_code


TEACHERS_PAGES = ("", f"a/{NAME}", f"a/{NAME}/report", f"a/{NAME}/words/{WRITTEN}", "students")
TEACHERS_PAGES += ("students/cal", "requests", "status.json")
INSTRUCTORS_FORMS = (
    *(f"a/{NAME}/do/{task}" for task in ("release", "withdraw", "feedback")),
    *(f"a/{NAME}/{what}" for what in ("deadline", "extension", "mode", "name", "unname")),
    *("grades/file", "grades/preview", "grades/send"),
)


@pytest.mark.parametrize("path", TEACHERS_PAGES)
def test_pages_are_for_who_teaches(served, path):
    wanted = {"instructors": 200, "assistants": 200, "students": 403, "": 302, "others": 403}
    wanted[""] = 403 if path == "status.json" else 302
    assert {group: status(served, group, "GET", path) for group in wanted} == wanted


def test_an_instructors_own_assignment_has_its_page_too(served, desk):
    (desk.root / "source" / "quiz").mkdir()
    assert status(served, "instructors", "GET", "a/quiz") == 200
    (desk.root / "source" / "quiz").rmdir()


@pytest.mark.parametrize("path", INSTRUCTORS_FORMS)
def test_assistants_grade_and_mark_and_do_nothing_else(served, path):
    for group in ("assistants", "students", "others", ""):
        assert status(served, group, "POST", path) == 403
    assert status(served, "assistants", "GET", "grades") == 403


def test_assistants_collect(served, desk):
    assert status(served, "assistants", "POST", f"a/{NAME}/do/collect") == 303
    assert served.jobs.status.what == f"Collecting {NAME}"
    assert served.jobs.status.error == ""


def test_a_student_may_ask_and_only_for_oneself(served, desk):
    path = f"again/{NAME}"
    assert status(served, "students", "POST", path, text="Once more", student="bea") == 303
    assert history.request(desk, "ada", NAME).text == "Once more"
    assert history.request(desk, "bea", NAME).text != "Once more"
    assert status(served, "students", "GET", path) == 200
    assert status(served, "students", "POST", "requests", student="ada", assignment=NAME) == 403


@pytest.mark.parametrize(
    ("method", "path", "form", "expected"),
    [
        ("GET", "a/nothing", {}, 404),
        ("GET", "a/..%2F..", {}, 404),
        ("GET", f"a/{NAME}/words/nothing", {}, 400),
        ("GET", "students/nobody", {}, 400),
        ("POST", f"a/{NAME}/do/everything", {}, 404),
        ("POST", f"a/{NAME}/deadline", {"due": "tomorrow"}, 400),
        ("POST", f"a/{NAME}/mode", {"mode": "sometimes"}, 400),
        ("POST", f"a/{NAME}/name", {"function": "sigmoid"}, 400),
        ("POST", f"a/{NAME}/unname", {"function": "sigmoid", "label": "bell"}, 400),
        ("POST", f"a/{NAME}/extension", {"student": "nobody", "until": ""}, 400),
        ("POST", "grades/send", {"ticket": "old"}, 400),
        ("POST", "grades/preview", {}, 400),
    ],
)
def test_nonsense_is_refused_with_a_word(served, method, path, form, expected):
    assert status(served, "instructors", method, path, **form) == expected


def test_a_group_that_is_not_there_gets_no_name_and_the_page_says_so(served, desk):
    form = {"function": "sigmoid", "behaviour": "0" * 64, "label": "bell", "hint": "A bell."}
    assert status(served, "instructors", "POST", f"a/{NAME}/name", **form) == 303
    assert "nothing of 'sigmoid' that nothing explains" in served.jobs.status.error
    assert not (desk.root / "named" / "mistakes.json").exists()


def test_a_job_that_ends_while_a_page_is_made_has_it_loaded_anew(served, monkeypatch):
    from hub.teaching import pages

    served.group, go_on, gather = "instructors", threading.Event(), pages.shown

    def slowly(*arguments):
        found = gather(*arguments)
        go_on.set()
        ended(served.jobs)
        return found

    monkeypatch.setattr(pages, "shown", slowly)
    served.jobs.start("Naming", "iris", lambda step: ["named"] if go_on.wait(60) else [])
    assert 'data-runs="yes"' in requests.get(f"{served.address}a/{NAME}", timeout=60).text
    monkeypatch.undo()
    assert 'data-runs="no"' in requests.get(f"{served.address}a/{NAME}", timeout=60).text


def test_what_students_write_is_shown_and_never_run(served):
    served.group = "assistants"
    answer = requests.get(f"{served.address}a/{NAME}/words/{WRITTEN}", timeout=60)
    assert "<script>alert" not in answer.text
    assert "<strong>gate</strong>" in answer.text
    assert "one point each" in answer.text, "the rubric is beside them"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'(src|href)="(https?:)?//', answer.text), "nothing comes from elsewhere"


def test_the_file_for_the_learning_management_system_is_made_here(served):
    served.group = "instructors"
    answer = requests.post(f"{served.address}grades/file", data={"system": "moodle"}, timeout=60)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.text.splitlines()[1].startswith("ada,")


def test_grades_are_previewed_and_then_sent_once(served, desk):
    """cal's arrive; ada's and bea's words wait; a preview is good for one sending."""
    from hub.teaching import sending

    keys = passback.key_set(desk.root / "key.pem")
    with desk.course.gradebook() as gradebook:
        gradebook.update_or_create_student("cal", lms_user_id="103")
    with Platform(keys, {"103"}) as lms:
        (desk.root / sending.PLATFORM).write_text(
            f'client_id = "{lms.client_id}"\nkey = "key.pem"\n'
            f'token_url = "{lms.token_url}"\nlineitems = "{lms.lineitems}"\n'
        )
        served.group = "instructors"
        page = requests.post(f"{served.address}grades/preview", timeout=60).text
        assert f"{NAME} of cal" in page
        assert f"not sent: {NAME} of ada waits" in page
        assert lms.results == {}
        ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
        assert status(served, "instructors", "POST", "grades/send", ticket=ticket) == 303
        assert served.jobs.status.notes == ("Grades sent: 1.",)
        ((_, result),) = lms.results.items()
        assert result["userId"] == "103"
        assert lms.items["1"]["label"] == desk.title(NAME)
        assert status(served, "instructors", "POST", "grades/send", ticket=ticket) == 400
        page = requests.post(f"{served.address}grades/preview", timeout=60).text
        assert "grades that are there already: 1" in page
        assert "ticket" not in page, "nothing to send"
    (desk.root / sending.PLATFORM).unlink()


# ---------------------------------------------------------------- words and numbers of the pages


def text_of(address: str, path: str) -> str:
    """What a page says, without its tags."""
    answer = requests.get(address + path, timeout=60)
    answer.raise_for_status()
    said = re.sub(r"<(head|header)\b.*?</\1>|<[^>]*>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(said).split())


@pytest.mark.parametrize("path", [f"a/{NAME}", f"a/{NAME}/words/{WRITTEN}"])
def test_a_question_is_called_by_words_and_not_by_its_cells_label(served, path):
    served.group = "instructors"
    said = text_of(served.address, path)
    assert "Why it survives" in said and WRITTEN not in said


def test_on_a_narrow_screen_each_number_has_its_columns_name_beside_it(served):
    """There the head of the table is not to be seen: the style sheet shows `data-column` in its place."""
    served.group = "instructors"
    page = requests.get(served.address, timeout=60).text
    _, *columns = re.findall(r"<th scope=\"col\"[^>]*>([^<]+)<", page)
    rows = re.findall(r"<tr role=\"row\"><th scope=\"row\".*?</tr>", page, re.DOTALL)
    assert rows and "Handed in" in columns
    for one in rows:
        assert re.findall(r'data-column="([^"]+)"', one) == columns


def test_a_requests_assignment_is_called_as_in_the_book(served, desk):
    served.group = "instructors"
    history.ask(desk, "ada", NAME, "Look again, please")
    assert f"ada on {desk.title(NAME)}" in text_of(served.address, "requests")


def test_a_students_points_are_the_sum_of_the_lines_below_them(served, desk):
    served.group = "instructors"
    said = text_of(served.address, "students/cal").split(desk.title(NAME))[1]
    total, *parts = re.findall(r"([\d.]+) of ([\d.]+)", said.split(" points. ")[0]) + re.findall(
        r": ([\d.]+) of ([\d.]+)", said.split(" points. ")[1].split(desk.title("overfitting"))[0]
    )
    assert len(parts) == 8 and "Answers in words" in said
    for place in (0, 1):
        assert sum(float(part[place]) for part in parts) == pytest.approx(float(total[place]))


def test_a_count_of_one_is_in_the_singular(served, desk):
    served.group = "instructors"
    checks = {"sigmoid": {"score": 0, "max_score": 1}}
    known = {"student": "dan", "assignment": "context", "time": "2026-03-02T12:00:00+00:00"}
    for attempt, word in (("one", "once"), ("two", "2 times")):
        with desk.log.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(known | {"attempt": attempt, "checks": checks}) + "\n")
        assert f"Tried for practice: {word}" in text_of(served.address, "students/dan")
    desk.log.unlink()


def test_where_nothing_is_graded_the_page_says_what_comes_next(served, desk):
    path = "a/unrolling"
    for group, word in (("instructors", "choose Release"), ("assistants", "instructor releases")):
        served.group = group
        assert word in text_of(served.address, path)
    (desk.exchange / "outbound" / "unrolling").mkdir()
    assert "It is out, and nobody has handed it in" in text_of(served.address, path)
    hand_in(desk.exchange / "inbound", "eve", "unrolling", b"{}")
    assert "1 student has handed it in: Collect and grade" in text_of(served.address, path)
    (desk.exchange / "outbound" / "unrolling").rmdir()
    for folder in (desk.exchange / "inbound" / "eve").glob("eve+unrolling+*"):
        shutil.rmtree(folder)


def test_an_empty_class_says_how_somebody_joins(served, desk, monkeypatch):
    monkeypatch.setattr(Desk, "students", lambda self: {})
    for group, word in (("instructors", "Enter members"), ("assistants", "An instructor enters")):
        served.group = group
        assert f"Nobody is in the class yet. {word}" in text_of(served.address, "students")
    served.group = "instructors"
    said = text_of(served.address, f"a/{NAME}")
    assert "There is no student in the class yet" in said and "Give the time" not in said


# ---------------------------------------------------------------- large classes


def queries_of(desk: Desk, find) -> int:
    """How many questions a gradebook is asked."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    asked = []
    event.listen(Engine, "before_cursor_execute", noted := lambda *about: asked.append(about[2]))
    try:
        find()
    finally:
        event.remove(Engine, "before_cursor_execute", noted)
    return len(asked)


@pytest.mark.slow
def test_no_page_asks_more_of_the_gradebook_for_a_larger_class(tmp_path):
    small, large = (
        large_class.make(tmp_path / str(size), size, [NAME, "context"]) for size in (2, 8)
    )
    for page, find in large_class.pages(small, NAME).items():
        other = large_class.pages(large, NAME)[page]
        assert queries_of(small, find) == queries_of(large, other) > 0, page


def test_a_notebook_is_read_again_only_when_it_was_graded_again(desk, monkeypatch):
    path = desk.course.autograded(NAME, "cal")
    before = history.rows_of(desk, NAME)
    read = []
    monkeypatch.setattr(report, "verdicts_of", lambda *about: read.append(about) or {})
    assert history.rows_of(desk, NAME) == before and read == []
    path.write_text(path.read_text() + " ")
    history.rows_of(desk, NAME)
    assert len(read) == 1
    report._verdicts.cache_clear()
