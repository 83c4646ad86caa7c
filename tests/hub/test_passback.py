"""Points travel to the learning management system by LTI: previewed, repeatable, whatever it answers."""

from __future__ import annotations

import stat

import pytest

from grader.errors import GraderError
from grader.gradebook.people import Student
from hub import passback
from hub.grades import Marks
from tests.hub.played_platform import Platform

pytestmark = [pytest.mark.hub, pytest.mark.usefixtures("layer")]
CLASS = {"ada": "101", "bea": "102", "cal": "103", "dan": "", "eve": "105", "fay": "106"}


@pytest.fixture(scope="module")
def key(layer, tmp_path_factory):
    path = tmp_path_factory.mktemp("key") / "key.pem"
    return path, passback.key_set(path)


@pytest.fixture
def lms(key):
    with Platform(key[1], {"101", "102", "103", "106"}) as running:
        yield running


@pytest.fixture
def marks() -> Marks:
    """eve left the platform's course; dan's number isn't known; fay's words wait."""
    points = {("ada", "lstm"): 12.5, ("bea", "lstm"): 0.0, ("cal", "lstm"): 14.0}
    points |= {("dan", "lstm"): 3.0, ("eve", "lstm"): 7.0, ("ada", "search"): 6.0}
    people = {name: Student(name, lms_id=number) for name, number in CLASS.items()}
    return Marks(people, {"lstm": 14.0, "search": 10.0}, points, {("fay", "lstm")})


class Course:
    """This side of the wire."""

    def __init__(self, lms: Platform, key, marks: Marks):
        self.slept: list[float] = []
        text = key[0].read_text()
        self.platform = passback.Platform(lms.client_id, lms.token_url, lms.lineitems, text)
        self.service = passback.Service(self.platform, self.slept.append)
        self.marks = marks

    def plan(self) -> passback.Plan:
        return passback.plan(self.marks, self.service, self.platform)

    def send(self) -> passback.Sent:
        titles = {"lstm": "The LSTM"}
        return passback.send(self.plan(), self.service, self.platform, titles)


@pytest.fixture
def course(lms, key, marks) -> Course:
    return Course(lms, key, marks)


def scores(lms: Platform) -> dict[tuple[str, str], float]:
    names = {number: item["resourceId"].split("/")[1] for number, item in lms.items.items()}
    return {(names[i], user): one["resultScore"] for (i, user), one in lms.results.items()}


SENT = {("lstm", "101"): 12.5, ("lstm", "102"): 0, ("lstm", "103"): 14, ("search", "101"): 6}


def test_a_preview_says_everything_and_changes_nothing(course, lms):
    made = course.plan()
    assert {(c.student, c.assignment): c.points for c in made.changes} == {
        ("ada", "lstm"): 12.5,
        ("bea", "lstm"): 0.0,
        ("cal", "lstm"): 14.0,
        ("eve", "lstm"): 7.0,
        ("ada", "search"): 6.0,
    }
    assert (made.without, made.waiting) == (["dan"], [("fay", "lstm")])
    said = "\n".join(passback.lines(made))
    for words in (
        "lstm of ada: 12.5 of 14",
        "a column will be made for search",
        "dan has no number",
    ):
        assert words in said
    assert "lstm of fay waits" in said
    assert (lms.items, lms.results) == ({}, {})
    assert not [request for request in lms.asked if request.startswith("POST")]


def test_what_is_sent_arrives_and_an_unknown_student_holds_up_nobody(course, lms):
    done = course.send()
    assert scores(lms) == SENT
    assert done.count == 4
    assert "not in this course" in done.refused["eve", "lstm"]
    assert lms.items["1"]["label"] == "The LSTM"
    assert lms.items["1"]["scoreMaximum"] == 14


def test_sending_again_sends_what_is_new(course, lms, marks):
    course.send()
    lms.users.add("105")
    marks.points["ada", "lstm"] = 13.0
    lms.asked.clear()
    made = course.plan()
    assert [(c.student, c.before, c.points) for c in made.changes] == [
        ("ada", 12.5, 13.0),
        ("eve", None, 7.0),
    ]
    assert made.same == 3
    course.send()
    assert scores(lms) == SENT | {("lstm", "101"): 13.0, ("lstm", "105"): 7.0}
    assert len(lms.items) == 2, "no second column"
    assert course.plan().changes == []


def test_a_platforms_own_maximum_is_taken_into_account(course, lms):
    course.send()
    lms.items["1"]["scoreMaximum"] = 100
    for one in lms.results.values():
        one.update(resultScore=one["resultScore"] / 14 * 100, resultMaximum=100)
    assert [c.student for c in course.plan().changes if c.assignment == "lstm"] == ["eve"]


def test_a_busy_platform_is_waited_for_as_it_asks(course, lms):
    lms.refusals = [("POST", 429, {"Retry-After": "7"}), ("POST", 503, {}), ("POST", 429, {})]
    course.send()
    assert scores(lms) == SENT
    assert course.slept == [7.0, 2.0, 4.0]


def test_a_platform_that_stays_busy_says_how_many_arrived(course, lms):
    course.send()
    lms.results.clear()
    lms.refusals = [("POST", 429, {"Retry-After": "100000"})] * passback.TRIES
    with pytest.raises(GraderError, match=r"0 grades were sent.*come back later"):
        course.send()
    assert max(course.slept) == passback.LONGEST_WAIT


def test_a_token_that_ends_is_renewed_once(course, lms):
    made = course.plan()
    lms.tokens = set()
    assert passback.send(made, course.service, course.platform).count == 4
    lms.refusals = [("GET", 401, {})] * 2
    with pytest.raises(GraderError, match="allowed to use Assignment and Grade Services"):
        course.plan()


def test_a_column_that_is_gone_is_one_answer_for_each_student(course, lms):
    course.send()
    lms.results.clear()
    made = course.plan()
    lms.items.clear()
    done = passback.send(made, course.service, course.platform)
    assert done.count == 0
    assert set(done.refused.values()) == {'{"error": "no such line item"} (HTTP 404)'}


def test_a_course_that_is_gone_is_said(course, lms):
    lms.refusals = [("GET", 404, {})]
    with pytest.raises(GraderError, match="does the course still exist"):
        course.plan()


def test_a_foreign_key_gets_no_token(lms, tmp_path, marks):
    passback.key_set(tmp_path / "other.pem")
    foreign = Course(lms, (tmp_path / "other.pem",), marks)
    with pytest.raises(GraderError, match="Does it have the public key of this course"):
        foreign.plan()
    assert lms.asked == []


def test_the_token_goes_to_nobody_else(course, lms):
    lms.items["1"] = {"id": "x", "resourceId": "other"}
    lms.refusals = [("GET", 200, {"Link": '<http://127.0.0.1:9/next>; rel="next"'})]
    with pytest.raises(GraderError, match="sends us to"):
        course.plan()


def test_a_platform_that_is_not_there_is_said(course, lms):
    lms.__exit__()
    with pytest.raises(GraderError, match="gives no token"):
        course.plan()


def test_the_key_is_its_owners_and_stays(key, tmp_path):
    path, public = key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert passback.key_set(path) == public
    assert not {"d", "p", "q"} & set(public["keys"][0]), "nothing of the private half"


def test_the_file_of_a_platform_says_what_it_lacks(key, tmp_path):
    path = tmp_path / "lms.toml"
    (tmp_path / "key.pem").write_text(key[0].read_text())
    path.write_text('client_id = "a"\nkey = "key.pem"\nlineitems = "https://lms.example/1"\n')
    with pytest.raises(GraderError, match="does not say token_url"):
        passback.Platform.read(path)
    path.write_text(path.read_text() + 'token_url = "http://lms.example/token"\n')
    with pytest.raises(GraderError, match="token_url must begin with https"):
        passback.Platform.read(path)
    path.write_text(path.read_text().replace("http:", "https:"))
    assert passback.Platform.read(path).client_id == "a"
