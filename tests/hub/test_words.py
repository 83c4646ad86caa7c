"""What the hub says and finds where something is missing, in use or to be removed."""

from __future__ import annotations

import shlex
import subprocess
from types import SimpleNamespace

import pytest

from grader.gradebook import course_directory
from hub import __main__ as start
from hub import rooms, view
from hub.members import GROUP, ClassError, Member
from hub.places import CHECKOUT, Inside, State


@pytest.fixture
def state(tmp_path) -> State:
    return State(tmp_path / "a state")


@pytest.fixture
def iris(state) -> Member:
    return Member("iris", "instructor", 1, 1, state.home("iris"))


def test_what_removes_the_demo_leaves_no_user_no_group_and_no_file(state):
    steps = [shlex.split(step) for step in start._removal(["ada", "lin"], state).split("; ")]
    assert steps == [
        ["userdel", "ada"],
        ["userdel", "lin"],
        ["groupdel", GROUP],
        ["rm", "-r", str(state.root)],
    ]


def test_a_hub_that_does_not_come_up_says_what_it_printed_last(state, monkeypatch):
    state.root.mkdir()
    state.log.write_text("\n".join(f"line {number}" for number in range(40)))
    options = SimpleNamespace(ip="127.0.0.1", port=1, ssl_cert=None)
    gone = SimpleNamespace(poll=lambda: 1)
    with pytest.raises(ClassError, match=r"did not start:\nline 25\n(.*\n)+line 39\Z"):
        start._wait_until_up(options, gone, state)


@pytest.mark.parametrize(
    ("fails", "says"),
    [
        (0, "No view can be made for ada: refused\nThe hub keeps members apart"),
        (1, "Nothing could be graded here: refused\nThe grader runs submissions in a sandbox"),
    ],
)
def test_without_name_spaces_it_does_not_start_and_says_what_to_do(
    fails, says, state, iris, monkeypatch
):
    """The sandbox's own, without a network, are tried as well: else grading would refuse later."""
    tried = []

    def run(command, **options):
        tried.append(command)
        return SimpleNamespace(returncode=len(tried) - 1 == fails, stderr="refused\n")

    monkeypatch.setattr(rooms.subprocess, "run", run)
    monkeypatch.setattr(view, "command", lambda member, state: [member.name])
    monkeypatch.setattr(rooms, "bubblewrap", lambda: "bwrap")
    ada = Member("ada", "student", 2, 2, state.home("ada"))
    with pytest.raises(ClassError) as refused:
        rooms.try_views(state, [iris, ada])
    assert str(refused.value).startswith(says)
    assert len(tried) == fails + 1 and (not fails or "--unshare-net" in tried[1])


def test_in_the_hubs_terminal_the_course_is_the_hubs(iris, monkeypatch):
    told = view.environment(iris)[course_directory.VARIABLE]
    monkeypatch.setenv(course_directory.VARIABLE, told)
    assert course_directory.default() == Inside.COURSE


@pytest.mark.parametrize("taught", ["build/course", "build/hub/course"])
def test_make_finds_the_course_in_which_something_was_handed_in(taught, tmp_path):
    (tmp_path / taught / "submitted" / "ada").mkdir(parents=True)
    command = ["make", "-f", str(CHECKOUT / "Makefile"), "help"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert f"course directory ({taught})" in said
