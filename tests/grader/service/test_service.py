"""Handing in is enough: the page lies in the student's lane, whatever else lies in the others."""

from __future__ import annotations

import json
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from grader.grading import grade
from grader.service import practice
from grader.service.attempts import Log
from grader.service.lanes import Lanes
from grader.service.limits import Allowance
from grader.service.modes import Mode
from grader.service.practice import Practice
from grader.service.service import Service, Settings
from tests.grader.classroom import Classroom

pytestmark = pytest.mark.sandbox
NAME = "smoothing"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("service"), NAME)


class Exchange:
    """Lanes of three students and a service that looks into them when it is told to."""

    def __init__(self, root: Path, room: Classroom, **settings):
        self.root, self.room = root, room
        for part in ("inbound", "feedback"):
            for student in ("ada", "bea", "eve"):
                (root / part / student).mkdir(parents=True)
        self.labels = root / "labels.jsonl"
        usual = {"allowance": Allowance(100, 100), "log": Log(self.labels)}
        self.quota = settings.pop("quota", None)
        self.mode: Mode = Practice(room.course.root / "release")
        self.settings = Settings((NAME,), **(usual | settings))
        self.clock = time.time()
        self.handed_in = 0

    def service(self) -> Service:
        lanes = Lanes(self.root / "inbound", self.root / "feedback", self.quota)
        return Service(lanes, self.mode, self.settings, clock=lambda: self.clock)

    def hand_in(
        self, student: str, notebook, lane: str | None = None, whole: bool = True, late=False
    ) -> Path:
        """As nbgrader's submit does: the files, then the time, then the secret."""
        self.handed_in += 1
        moment = datetime.now(UTC) if late else datetime.now(UTC) - timedelta(seconds=1)
        when = moment.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        folder = self.root / "inbound" / (lane or student) / f"{student}+{NAME}+{when}+abc"
        folder.mkdir()
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        (folder / f"{NAME}.ipynb").write_bytes(data)
        (folder / "timestamp.txt").write_text(when)
        if whole:
            (folder / "submission_secret.txt").write_text(f"{self.handed_in:0128x}")
        return folder

    def serve(self) -> None:
        """Look once, and wait until all is done."""
        service = self.service()
        service.start()
        service.poll()
        while any(len(queue) for queue in service._queues.values()):
            time.sleep(0.02)
        service.stop()

    def page(self, folder: Path) -> str | None:
        """What the student's Fetch Feedback finds for a submission."""
        secret = (folder / "submission_secret.txt").read_text()
        name = notebook_hash(secret=secret, notebook_id=NAME)
        path = self.root / "feedback" / folder.parent.name / f"{name}.html"
        return path.read_text(encoding="utf-8") if path.exists() else None

    def pages(self, student: str) -> list[str]:
        return sorted(os.listdir(self.root / "feedback" / student))


def until(done, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def exchange(tmp_path, room):
    return Exchange(tmp_path, room)


def test_the_page_lies_where_it_is_fetched(exchange, room):
    right = exchange.hand_in("ada", room.solved)
    wrong = exchange.hand_in("bea", room.with_misconception("smooth", "blends-with-the-first"))
    exchange.serve()
    assert "Not right yet" not in exchange.page(right)
    assert "Not right yet" in exchange.page(wrong)
    labels = [json.loads(line) for line in exchange.labels.read_text().splitlines()]
    found = {entry["student"]: entry["checks"]["smooth"]["misconception"] for entry in labels}
    assert found == {"ada": None, "bea": "blends-with-the-first"}


def test_it_says_that_it_is_not_the_grade(exchange, room):
    folder = exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert "not your grade" in exchange.page(folder)


def test_nothing_is_recorded(exchange, room):
    before = sorted(str(path) for path in room.course.root.rglob("*"))
    exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert sorted(str(path) for path in room.course.root.rglob("*")) == before


def test_hidden_inputs_are_new_for_each_attempt(exchange, room, monkeypatch):
    """A leaked input is worthless: the next attempt, and the grade, have others."""
    seeds = []

    def watched(submission, sandbox):
        seeds.append(submission.seed)
        return grade(submission, sandbox)

    monkeypatch.setattr(practice, "grade", watched)
    for _ in range(2):
        exchange.hand_in("ada", room.solved)
        exchange.serve()
    assert len({*seeds, room.course.seed}) == 3


def test_only_what_was_handed_in_to_its_end_is_taken(exchange, room):
    folder = exchange.hand_in("ada", room.solved, whole=False)
    exchange.serve()
    assert exchange.pages("ada") == []
    (folder / "submission_secret.txt").write_text("a" * 128)
    exchange.serve()
    assert len(exchange.pages("ada")) == 1


def test_nobody_hands_in_for_another(exchange, room):
    exchange.hand_in("ada", room.solved, lane="eve")
    exchange.serve()
    assert exchange.pages("ada") == exchange.pages("eve") == []


def test_a_notebook_that_is_cut_off_is_told_so(exchange):
    folder = exchange.hand_in("ada", b'{"cells": [')
    exchange.serve()
    assert "could not be read" in exchange.page(folder)


@pytest.mark.parametrize("trap", ["link", "pipe", "huge", "damaged"])
def test_a_trap_stops_nobody(exchange, room, trap, tmp_path):
    folder = exchange.hand_in("eve", room.solved)
    notebook = folder / f"{NAME}.ipynb"
    if trap == "huge":
        notebook.write_bytes(b'"' + b"x" * (21 << 20) + b'"')
    elif trap == "damaged":
        notebook.write_bytes(b'{"cells": 7}')
    else:
        notebook.unlink()
        if trap == "link":
            notebook.symlink_to("/etc/passwd")
        else:
            os.mkfifo(notebook)
    fine = exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert exchange.page(fine)
    assert "root:" not in (exchange.page(folder) or "")
    if trap in ("huge", "damaged"):
        assert "could not be read" in exchange.page(folder)


def test_over_the_limit_there_is_a_word(tmp_path, room):
    exchange = Exchange(tmp_path, room, allowance=Allowance(1, 10))
    first = exchange.hand_in("ada", room.solved)
    service = exchange.service()
    service.start()
    service.poll()
    while exchange.page(first) is None:
        time.sleep(0.02)
    second = exchange.hand_in("ada", room.solved)
    service.poll()
    while exchange.page(second) is None:
        time.sleep(0.02)
    service.stop()
    assert "Too many attempts" in exchange.page(second)
    assert "is safe" in exchange.page(second)


def test_what_was_not_served_is_found_again(exchange, room):
    """The service may be ended at any moment: nothing is lost, and nothing is served twice."""
    folder = exchange.hand_in("ada", room.solved)
    service = exchange.service()
    service.poll()  # and it ends before anybody has worked on it
    service.stop()
    exchange.serve()
    assert exchange.page(folder)
    entries = exchange.labels.read_text().splitlines()
    exchange.serve()
    assert exchange.labels.read_text().splitlines() == entries


def test_twenty_at_once_each_have_a_word_and_the_last_is_graded(exchange, room):
    folders = [exchange.hand_in("eve", room.solved) for _ in range(20)]
    fine = exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert all(exchange.page(folder) for folder in folders)
    assert "not your grade" in exchange.page(folders[-1])
    assert "not your grade" in exchange.page(fine)


def test_it_runs_until_it_is_stopped(exchange, room):
    service = exchange.service()
    thread = threading.Thread(target=service.run)
    thread.start()
    folder = exchange.hand_in("ada", room.solved)
    deadline = time.monotonic() + 30
    while exchange.page(folder) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    service.stop()
    thread.join(10)
    assert exchange.page(folder)
    assert not thread.is_alive()
