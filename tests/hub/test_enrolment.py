"""Members come and go, and assignments are released and withdrawn, while the hub runs."""

from __future__ import annotations

import re

import pytest
import requests

from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.leavers import left
from tests.hub.running import Person, RunningHub, directory_for_a_hub

pytestmark = [pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]


def said(hub: RunningHub, module: str, *arguments: str) -> str:
    done = hub.command(module, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def can_log_in(hub: RunningHub, login: str, password: str) -> bool:
    session = requests.Session()
    session.get(f"{hub.address}/hub/login", timeout=30)
    form = {"username": login, "password": password}
    form["_xsrf"] = session.cookies.get("_xsrf", path="/hub/")
    answer = session.post(f"{hub.address}/hub/login", data=form, timeout=30, allow_redirects=False)
    return answer.status_code == 302


def test_a_student_joins_and_leaves_beside_one_who_works(hub):
    lin = Person(hub, "lin")
    lin.start_server()
    started = lin.hub_api("GET", "users/lin", lin.token).json()["servers"][""]["started"]

    added = said(hub, "hub.members", "add", "eva", "--first-name", "Eva")
    hub.passwords["eva"] = re.search(r"the password (\S+)", added)[1]
    eva = Person(hub, "eva")
    eva.terminal("echo hers > mine.txt; ls /srv/exchange/*/inbound")
    course = CourseDirectory(hub.state.course)
    with course.gradebook() as gradebook:
        assert gradebook.find_student("eva").first_name == "Eva"

    said(hub, "hub.members", "rename", "eva", "evangeline")
    assert not can_log_in(hub, "eva", hub.passwords["eva"])
    assert can_log_in(hub, "evangeline", hub.passwords["eva"])

    said(hub, "hub.members", "remove", "eva")
    assert not can_log_in(hub, "evangeline", hub.passwords["eva"])
    assert eva.hub_api("GET", "users/eva", eva.token).status_code == 403, "the token has ended"
    assert list(left(course)) == ["eva"]
    assert "left" in said(hub, "hub.members", "list")

    back = said(hub, "hub.members", "restore", "eva")
    password = re.search(r"the password (\S+)", back)[1]
    assert can_log_in(hub, "evangeline", password)
    assert left(course) == {}
    assert (hub.state.home("eva") / "mine.txt").read_text() == "hers\n", "the home is the same"

    server = lin.hub_api("GET", "users/lin", lin.token).json()["servers"][""]
    assert server["started"] == started and server["ready"], "nobody else has noticed"


def test_what_is_not_asked_for_is_not_out_and_what_was_withdrawn_stays_so():
    with directory_for_a_hub() as directory:
        with RunningHub(directory, plain=True) as first:
            assert said(first, "hub.release", "--withdraw", "lstm").split()[:2] == [
                "context",
                "unrolling",
            ]
            assert not (first.state.outbound / "lstm").exists()
            said(first, "hub.members", "add", "eva")
        with RunningHub(directory, plain=True) as second:
            assert "eva" in second.passwords
            assert not (second.state.outbound / "lstm").exists(), (
                "withdrawn, though the class is another"
            )
            assert "lstm" in said(second, "hub.release", "lstm").split()
            assert (second.state.outbound / "lstm" / "lstm.ipynb").is_file()
            refused = second.command("hub.release", "nothing")
            assert refused.returncode == 1 and "no assignment 'nothing'" in refused.stderr
