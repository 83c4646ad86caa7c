"""What is in a student's lane is a stranger's: what is collected of it, under which name and time."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from grader.gradebook import collecting
from grader.gradebook.deadlines import Deadlines
from grader.gradebook.plain_files import MAX_FILES, Refused, copy_plain_files
from hub.exchange import Collect, ReleaseFeedback, submission_time

SECRET = "5" * 128


@pytest.fixture
def room(tmp_path):
    """A course directory and an exchange with the lanes of two students."""
    for part in ("inbound", "feedback"):
        for student in ("ada", "lin"):
            (tmp_path / "exchange" / "c" / part / student).mkdir(parents=True)
    (tmp_path / "course").mkdir()
    return tmp_path


@pytest.fixture(autouse=True)
def no_deadline(monkeypatch):
    """The deadline is the gradebook's; here there is neither."""
    monkeypatch.setattr(Collect, "_deadlines", lambda self: Deadlines())


def in_room(kind, room: Path, **options):
    config = Config()
    config.CourseDirectory.root = str(room / "course")
    config.CourseDirectory.course_id = "c"
    config.CourseDirectory.assignment_id = "lstm"
    config.Exchange.root = str(room / "exchange")
    return kind(
        coursedir=CourseDirectory(config=config), authenticator=None, config=config, **options
    )


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def hand_in(room: Path, lane: str, name: str | None = None, when: datetime | None = None, text="1"):
    claimed = written(when or now())
    folder = (
        room / "exchange" / "c" / "inbound" / lane / f"{name or lane}+lstm+{claimed}+abcdefghijkl"
    )
    folder.mkdir()
    (folder / "lstm.ipynb").write_text(json.dumps(text))
    (folder / "timestamp.txt").write_text(claimed)
    (folder / "submission_secret.txt").write_text(SECRET)
    return folder


def cut_off_before_the_time(folder):
    (folder / "timestamp.txt").unlink()
    (folder / "submission_secret.txt").unlink()


def cut_off_before_the_secret(folder):
    (folder / "submission_secret.txt").write_text(SECRET[:50])


def cut_off_in_the_notebook(folder):
    (folder / "lstm.ipynb").write_text('{"cells": [')


@pytest.mark.parametrize(
    "cut_off", [cut_off_before_the_time, cut_off_before_the_secret, cut_off_in_the_notebook]
)
def test_a_submission_that_broke_off_takes_no_place(room, cut_off, caplog):
    """A full disk leaves such a folder; the whole one before it counts."""
    hand_in(room, "ada", when=now() - timedelta(minutes=2), text="whole")
    cut_off(hand_in(room, "ada", text="broken"))
    assert collect(room) == {"ada": "whole"}
    assert "was not handed in completely" in caplog.text


def collect(room: Path, **options) -> dict[str, str]:
    """Collect, and return each student's collected notebook."""
    in_room(Collect, room, **options).start()
    found = (room / "course" / "submitted").glob("*/lstm/lstm.ipynb")
    return {path.parts[-3]: json.loads(path.read_text()) for path in found}


def test_the_last_submission_of_each_lane_is_collected(room):
    hand_in(room, "ada", when=now() - timedelta(minutes=2), text="older")
    hand_in(room, "ada", text="newer")
    hand_in(room, "lin", text="lin's")
    assert collect(room) == {"ada": "newer", "lin": "lin's"}


def test_a_later_submission_replaces_a_collected_one_only_when_asked(room):
    hand_in(room, "ada", when=now() - timedelta(minutes=2), text="first")
    assert collect(room) == {"ada": "first"}
    hand_in(room, "ada", text="second")
    assert collect(room) == {"ada": "first"}
    assert collect(room, update=True) == {"ada": "second"}
    assert not list((room / "course" / "submitted" / "ada").glob(".*"))


def test_nobody_hands_in_for_another(room, caplog):
    hand_in(room, "lin", text="lin's")
    hand_in(room, "ada", name="lin", text="forged")
    with caplog.at_level(logging.ERROR):
        assert collect(room) == {"lin": "lin's"}
    assert "it names lin, and was handed in by ada" in caplog.text


@pytest.mark.parametrize("days", [-3, 3, 3000])
def test_the_systems_clock_counts_where_a_student_claims_another_time(room, days):
    """Neither before the deadline by writing so, nor in the future, so that nothing comes after it."""
    folder = hand_in(room, "ada", when=now() + timedelta(days=days))
    os.utime(folder, (0, 0))
    os.utime(folder / "lstm.ipynb", (0, 0))
    collect(room)
    text = (room / "course" / "submitted" / "ada" / "lstm" / "timestamp.txt").read_text()
    assert abs(datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f UTC") - now()) < timedelta(minutes=1)


def test_an_honest_time_is_kept_to_the_microsecond(room):
    moment = now() - timedelta(seconds=3)
    folder = hand_in(room, "ada", when=moment)
    assert submission_time(folder, written(moment)) == moment


def test_a_notebook_exchanged_later_counts_as_of_then(room, monkeypatch):
    """Hand in in time, go on writing in the lane: the time of the last change counts."""
    moment = now() - timedelta(hours=1)
    folder = hand_in(room, "ada", when=moment)
    assert submission_time(folder, written(moment)) - moment > timedelta(minutes=50)


def in_a_notebook_in_capitals(folder: Path) -> None:
    """One that is graded where it lies there alone, beside a hidden one that can be read."""
    (folder / "LSTM.IPYNB").write_text('"another"')


def in_the_secret(folder: Path) -> None:
    """Each attempt is ready in time, and which of them is whole is decided later."""
    (folder / "submission_secret.txt").write_text(SECRET)


@pytest.fixture
def strict(monkeypatch):
    """The system's time counts where the claimed one is a quarter of a second away."""
    monkeypatch.setattr(collecting, "BELIEVED", timedelta(seconds=0.25))


def prepared(room: Path) -> Path:
    """A submission some of whose files can be changed in place, which the folder doesn't show."""
    folder = hand_in(room, "ada", text="in time")
    (folder / "submission_secret.txt").write_text("")
    (folder / "LSTM.IPYNB").write_text('"in time"')
    return folder


@pytest.mark.parametrize("change", [in_a_notebook_in_capitals, in_the_secret])
def test_whatever_is_exchanged_later_counts_as_of_then(room, strict, change):
    moment = now()
    folder = prepared(room)
    assert submission_time(folder, written(moment)) == moment
    time.sleep(0.5)
    change(folder)
    assert submission_time(folder, written(moment)) - moment > timedelta(seconds=0.4)


def test_what_is_changed_while_it_is_taken_is_not_taken(room, strict, monkeypatch, caplog):
    """After the deadline, in the moment between the look at the time and the copy."""
    folder = hand_in(room, "ada", text="in time")
    copy = collecting.copy_plain_files

    def copied(source, goal):
        time.sleep(0.5)
        (folder / "lstm.ipynb").write_text('"late"')
        copy(source, goal)

    monkeypatch.setattr(collecting, "copy_plain_files", copied)
    assert collect(room) == {}
    assert "changed while it was taken" in caplog.text


def test_who_removes_the_last_submission_gets_no_earlier_one(room, monkeypatch):
    """After the deadline, when its grade is known: what was collected stays."""
    hand_in(room, "ada", when=now() - timedelta(minutes=3), text="earlier")
    last = hand_in(room, "ada", when=now() - timedelta(minutes=2), text="last")
    due = now() + timedelta(seconds=1)
    monkeypatch.setattr(Collect, "_deadlines", lambda self: Deadlines(due))
    assert collect(room, before_duedate=True) == {"ada": "last"}
    shutil.rmtree(last)
    assert collect(room, before_duedate=True, update=True) == {"ada": "last"}


@pytest.mark.parametrize("claimed", ["", "yesterday", "9" * 400, "2026-13-45", "../../x"])
def test_a_time_that_is_none_is_the_systems(room, claimed):
    folder = hand_in(room, "ada")
    assert abs(submission_time(folder, claimed) - now()) < timedelta(minutes=1)


def test_with_a_deadline_the_last_submission_in_time_is_collected(room, monkeypatch):
    hand_in(room, "ada", when=now() - timedelta(minutes=3), text="in time")
    hand_in(room, "ada", text="late")
    hand_in(room, "lin", when=now() - timedelta(seconds=30), text="late")
    hand_in(room, "lin", text="later")
    due = now() - timedelta(minutes=1)
    monkeypatch.setattr(Collect, "_deadlines", lambda self: Deadlines(due))
    assert collect(room, before_duedate=True) == {"ada": "in time", "lin": "later"}


@pytest.mark.slow
def test_a_student_with_more_time_is_in_time_for_longer(room, monkeypatch):
    monkeypatch.undo()  # the gradebook's deadline
    scripts = Path(sys.executable).parent  # nbgrader runs alembic from there
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{os.environ['PATH']}")
    due = now() - timedelta(minutes=2)
    coursedir = in_room(Collect, room).coursedir
    with Gradebook(coursedir.db_url, "c") as gradebook:
        gradebook.add_assignment("lstm", duedate=due.isoformat())
        for student in ("ada", "lin"):
            gradebook.add_student(student)
            gradebook.add_submission("lstm", student)
        gradebook.grant_extension("lstm", "ada", minutes=1, hours=1)
    for student in ("ada", "lin"):
        hand_in(room, student, when=now() - timedelta(minutes=3), text="before")
        hand_in(room, student, when=now() - timedelta(minutes=1), text="after")
    assert collect(room, before_duedate=True) == {"ada": "after", "lin": "before"}


def test_on_the_hub_the_deadline_counts():
    """What the page for students says is what formgrader's *Collect* does."""
    config = Path(__file__).resolve().parents[2] / "hub/config/instructor/nbgrader_config.py"
    assert "\nc.ExchangeCollect.before_duedate = True\n" in config.read_text()


def make_trap(folder: Path, kind: str, target: Path) -> None:
    trap = folder / "notes.txt"
    if kind == "link":
        trap.symlink_to(target)
    elif kind == "link to a folder":
        trap.symlink_to(target.parent)
    elif kind == "hard link":
        os.link(target, trap)
    elif kind == "pipe":
        os.mkfifo(trap)
    elif kind == "too many files":
        for number in range(MAX_FILES + 1):
            (folder / f"{number}.txt").touch()
    elif kind == "too large":
        with trap.open("wb") as stream:
            stream.truncate(60 << 20)
    elif kind == "too deep":
        (folder / "a" / "b" / "c" / "d" / "e").mkdir(parents=True)
    elif kind == "linked notebook":
        (folder / "lstm.ipynb").unlink()
        (folder / "lstm.ipynb").symlink_to(target)


@pytest.mark.parametrize(
    "kind",
    ["link", "link to a folder", "hard link", "pipe", "too many files", "too large", "too deep",
     "linked notebook"],
)  # fmt: skip
def test_a_trap_is_refused_and_nothing_of_it_is_kept(room, kind, caplog):
    """A link to the gradebook would be copied to where feedback carries it back to the student."""
    gradebook = room / "course" / "gradebook.txt"
    gradebook.write_text("everybody's grades")
    make_trap(hand_in(room, "ada"), kind, gradebook)
    hand_in(room, "lin", text="lin's")
    start = time.monotonic()
    with caplog.at_level(logging.ERROR):
        assert collect(room) == {"lin": "lin's"}
    assert time.monotonic() - start < 20, "nothing is waited for"
    assert "Not collected: ada/" in caplog.text
    assert not list((room / "course" / "submitted").glob("ada/**/*.*"))


def test_a_lane_that_is_a_link_is_refused(room, tmp_path):
    folder = hand_in(room, "ada")
    moved = tmp_path / "elsewhere"
    shutil.move(folder, moved)
    folder.symlink_to(moved)
    assert collect(room) == {}
    with pytest.raises(Refused):
        copy_plain_files(folder, tmp_path / "goal")


def test_feedback_goes_into_the_lane_of_its_student_alone(room):
    """Under the name that nbgrader's own fetch computes from the submission's secret."""
    for student in ("ada", "lin"):
        folder = room / "course" / "feedback" / student / "lstm"
        folder.mkdir(parents=True)
        (folder / "lstm.html").write_text(f"for {student}")
        (folder / "timestamp.txt").write_text(written(now()))
        (folder / "submission_secret.txt").write_text(SECRET)
    in_room(ReleaseFeedback, room).start()
    name = f"{notebook_hash(secret=SECRET, notebook_id='lstm')}.html"
    for student in ("ada", "lin"):
        lane = room / "exchange" / "c" / "feedback" / student
        assert [path.name for path in lane.iterdir()] == [name]
        assert (lane / name).read_text() == f"for {student}"


def test_a_secret_that_is_none_releases_nothing(room):
    """The secret becomes a file's name: it is the student's text."""
    folder = room / "course" / "feedback" / "ada" / "lstm"
    folder.mkdir(parents=True)
    (folder / "lstm.html").write_text("for ada")
    (folder / "submission_secret.txt").write_text("../../lin/x")
    in_room(ReleaseFeedback, room).start()
    assert not list((room / "exchange" / "c" / "feedback").rglob("*.html"))
