"""No attack wins a point, no accident costs more than it must, no honest answer loses one.

All submissions are graded as one class: the worst that any of them can do to the others would show too.
"""

from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import time
from pathlib import Path

import pytest

import grader.grading
from grader import assignments
from grader.assignments import ROOT
from grader.batch import autograde
from grader.gradebook.feedback import feedback
from grader.gradebook.report import as_table, report
from grader.gradebook.report_page import as_page
from grader.service.attempts import Log
from grader.service.lanes import Lanes
from grader.service.practice import Practice
from grader.service.service import Service, Settings
from tests.attacks.catalogue import CATALOGUE, Desk
from tests.grader.classroom import Classroom
from tests.grader.notebooks.test_safe_html import LIVE

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
IDS = [entry.name for entry in CATALOGUE]
# Links and pipes: the batch passes over the file, the service refuses the submission.
NOT_TAKEN = {
    *("linked-notebook", "linked-folder", "linked-source"),
    *("pipe", "endless-device", "circular-link"),
}


def hand_in(room: Classroom) -> None:
    for entry in CATALOGUE:
        desk = Desk(room, entry.name)
        submission = entry.make(desk)
        if submission is not None:
            room.submit(entry.name, submission)


@pytest.fixture(scope="module")
def class_of_all(tmp_path_factory):
    """A class of them all, to be graded with short patience."""
    room = Classroom(tmp_path_factory.mktemp("attacks"), "lstm")
    hand_in(room)
    known = assignments.profile("numpy")
    patience = dataclasses.replace(
        known, limits=dataclasses.replace(known.limits, cell_seconds=8.0)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(assignments.course().profiles, "numpy", patience)
        patch.setattr(grader.grading, "MOST_SECONDS", 4.0)
        yield room


@pytest.fixture(scope="module")
def room(class_of_all):
    summary = autograde(class_of_all.course, "lstm", jobs=2)
    assert summary.failed == {}, summary.failed
    return class_of_all


@pytest.fixture(scope="module")
def rows(room):
    return {row["student"]: row for row in report(room.course, "lstm")}


@pytest.fixture(scope="module")
def practised(class_of_all, tmp_path_factory):
    """The same class through the service: each folder as it is, in its student's lane."""
    root = tmp_path_factory.mktemp("lanes")
    lanes = Lanes(root / "inbound", root / "feedback")
    for entry in CATALOGUE:
        for part in (lanes.inbound, lanes.feedback):
            (part / entry.name).mkdir(parents=True)
        folder = lanes.inbound / entry.name / f"{entry.name}+lstm+2026-11-27 10:00:00.000000 UTC+x"
        subprocess.run(
            ["cp", "--archive", class_of_all.folder(entry.name), folder], capture_output=True
        )
        if folder.is_dir() and not folder.is_symlink():
            (folder / "timestamp.txt").write_text("2026-11-27 10:00:00.000000 UTC")
            (folder / "submission_secret.txt").write_text(
                hashlib.sha512(entry.name.encode()).hexdigest()
            )
    settings = Settings(("lstm",), log=Log(root / "attempts.jsonl"), workers=2)
    service = Service(lanes, Practice(class_of_all.course.root / "release"), settings)
    service.start()
    service.poll()
    while any(len(queue) for queue in service._queues.values()):
        time.sleep(0.1)
    service.stop()
    return root


@pytest.fixture(scope="module")
def practised_rows(practised):
    return {row["student"]: row for row in Log(practised / "attempts.jsonl").rows("lstm")}


def test_there_are_enough():
    assert sum(entry.kind != "honest" for entry in CATALOGUE) >= 60
    assert len(set(IDS)) == len(IDS)


def test_everybody_has_a_grade_or_is_no_submission(rows):
    # a link in place of the folder is graded too: as a submission without a notebook
    assert sorted(rows) == sorted(IDS)


@pytest.mark.parametrize("entry", CATALOGUE, ids=IDS)
def test_the_grade_is_what_the_answers_deserve(rows, entry):
    as_deserved(rows[entry.name], entry)


@pytest.mark.parametrize("entry", CATALOGUE, ids=IDS)
def test_practice_says_what_the_answers_deserve(practised, practised_rows, entry):
    """What can't be taken has a word or is no submission, and no points."""
    if entry.name in practised_rows:
        as_deserved(practised_rows[entry.name], entry)
        return
    assert entry.name in NOT_TAKEN
    pages = [p.read_text(encoding="utf-8") for p in (practised / "feedback" / entry.name).iterdir()]
    assert all("could not be taken" in page for page in pages)


def as_deserved(row, entry):
    for function, check in row["checks"].items():
        if function in entry.full:
            assert check["score"] == check["max_score"], check["hint"]
        elif function not in entry.may:
            assert check["score"] == 0
            assert check["hint"], "a zero comes with a reason"
            assert entry.says in check["hint"]


def test_nothing_of_what_they_wrote_runs_in_the_feedback(room):
    for path in feedback(room.course, "lstm"):
        _, _, body = path.read_text(encoding="utf-8").partition("</head>")
        found = LIVE.search(body)
        assert not found, f"{path.parent.parent.name}: {found[0]!r}"


def test_nothing_of_what_they_wrote_runs_in_the_pages_of_practice(practised):
    pages = list((practised / "feedback").glob("*/*.html"))
    assert len(pages) >= len(CATALOGUE) - len(NOT_TAKEN)
    for path in pages:
        _, _, body = path.read_text(encoding="utf-8").partition("</head>")
        found = LIVE.search(body)
        assert not found, f"{path.parent.name}: {found[0]!r}"


def test_nothing_of_what_they_wrote_runs_in_the_report(rows):
    listed = list(rows.values())
    listed[0] = {**listed[0], "student": "<script>alert(1)</script>"}
    page = as_page("lstm", listed)
    assert "<script" not in page
    assert as_table(listed)


def test_nothing_is_left_running(room):
    """The kernels' processes are gone when their grades are there."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        left = [
            path.parent.name
            for path in Path("/proc").glob("[0-9]*/cmdline")
            if b"still here" in _read(path)
        ]
        if not left:
            return
        time.sleep(0.2)
    raise AssertionError(left)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_nothing_was_written_outside(room):
    root = room.course.root
    assert not (root / "submitted" / "escaped").exists()
    assert "BEGIN SOLUTION" in (ROOT / "grader" / "notebooks" / "build.py").read_text()
    assert len((root / "grading_seed.txt").read_text().strip()) == 32
