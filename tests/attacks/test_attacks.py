"""No attack wins a point, no accident costs more than it must, no honest answer loses one.

All submissions are graded as one class: the worst that any of them can do to the others would show too.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

import grader.grading
from grader import assignments
from grader.assignments import ROOT
from grader.batch import autograde
from grader.gradebook.feedback import feedback
from grader.gradebook.report import as_table, report
from grader.gradebook.report_page import as_page
from grader.service import record
from grader.service.attempts import Log
from grader.service.lanes import Lanes
from grader.service.modes import Mode
from grader.service.practice import Practice
from grader.service.record import Recording
from grader.service.service import Service, Settings
from grader.submission import Graded, Submission, fingerprint
from tests.attacks.catalogue import CATALOGUE, TOLD, Desk
from tests.grader.classroom import Classroom
from tests.grader.notebooks.test_safe_html import LIVE

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
MAX_PAGE = 16 << 20  # outputs of a whole notebook, and its text
IDS = [entry.name for entry in CATALOGUE]
# Links and pipes: the batch passes over the file, the service refuses the submission.
NOT_TAKEN = {
    *("linked-notebook", "linked-folder", "linked-source"),
    *("pipe", "endless-device", "circular-link"),
}
# No notebook in them can be read: they take no good submission's place, and nothing is recorded of them.
NOT_WHOLE = {
    *("cut-off", "empty-file", "no-notebook", "missing-file"),
    *("deep-json", "folder-as-file", "huge-file"),
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
        patch.setattr(grader.grading, "grade", graded_once())
        yield room


def graded_once() -> Callable[[Submission, str], Graded]:
    """Grading as it is, but the same submission is graded once: its grade is a function of it."""
    known: dict[str, Graded] = {}
    grade = grader.grading.grade

    def graded(submission: Submission, sandbox: str = "bubblewrap") -> Graded:
        key = f"{submission.student} {fingerprint(submission)}"
        if key not in known:
            known[key] = grade(submission, sandbox)
        return known[key]

    graded.known = known
    return graded


@pytest.fixture(scope="module")
def room(class_of_all):
    summary = autograde(class_of_all.course, "lstm", jobs=2)
    assert summary.failed == {}, summary.failed
    return class_of_all


@pytest.fixture(scope="module")
def rows(room):
    return {row["student"]: row for row in report(room.course, "lstm")}


@pytest.fixture(scope="module")
def pages_of_the_grade(room):
    return feedback(room.course, "lstm")


@pytest.fixture(scope="module")
def practised(class_of_all, tmp_path_factory):
    """The same class through the service: each folder as it is, in its student's lane."""
    root = tmp_path_factory.mktemp("lanes")
    mode = Practice(class_of_all.course.root / "release")
    serve(class_of_all, root, mode, Log(root / "attempts.jsonl"))
    return root


@pytest.fixture(scope="module")
def recorded(room, tmp_path_factory):
    """The same class graded on submit, in a course directory of its own, when the deadline is over.

    What is graded the batch has graded already, so that only taking, recording and feedback are done.
    """
    root = tmp_path_factory.mktemp("recorded")
    other = Classroom(root / "course", "lstm")
    (other.course.root / "grading_seed.txt").write_text(room.course.seed)
    # each release draws identifiers of its own for some cells
    shutil.copy(room.course.release("lstm"), other.course.release("lstm"))
    with Gradebook(other.course.db_url) as gradebook:
        now = datetime.now(UTC).replace(tzinfo=None)
        gradebook.find_assignment("lstm").duedate = now + timedelta(hours=1)
        gradebook.db.commit()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "_now", lambda: now + timedelta(hours=2))
        serve(room, root, Recording(other.course), None)
    other.root = root
    return other


def serve(room: Classroom, root: Path, mode: Mode, log: Log | None) -> None:
    """Hand in for everybody, into lanes below `root`, and let a service work until it has done."""
    lanes = Lanes(root / "inbound", root / "feedback")
    for entry in CATALOGUE:
        for part in (lanes.inbound, lanes.feedback):
            (part / entry.name).mkdir(parents=True)
        folder = lanes.inbound / entry.name / f"{entry.name}+lstm+2026-11-27 10:00:00.000000 UTC+x"
        subprocess.run(["cp", "--archive", room.folder(entry.name), folder], capture_output=True)
        if folder.is_dir() and not folder.is_symlink():
            (folder / "timestamp.txt").write_text("2026-11-27 10:00:00.000000 UTC")
            (folder / "submission_secret.txt").write_text(
                hashlib.sha512(entry.name.encode()).hexdigest()
            )
    service = Service(lanes, mode, Settings(("lstm",), log=log, workers=2))
    service.start()
    service.poll()
    while any(len(queue) for queue in service._queues.values()):
        time.sleep(0.1)
    service.stop()


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


@pytest.mark.parametrize("entry", CATALOGUE, ids=IDS)
def test_graded_on_submit_records_what_the_batch_does(room, recorded, entry):
    """To the byte; what can't be taken has a word or is no submission, and no grade."""
    graded = recorded.course.autograded("lstm", entry.name)
    assert graded.exists() == (entry.name not in NOT_TAKEN | NOT_WHOLE)
    if graded.exists():
        assert graded.read_bytes() == room.course.autograded("lstm", entry.name).read_bytes()
        return
    pages = [page.read_text(encoding="utf-8") for page in _pages(recorded, entry.name)]
    assert all("could not be taken" in page for page in pages)


def test_graded_on_submit_takes_and_gives_no_more_than_it_should(room, recorded):
    """Points as the batch has them; pages in which nothing runs; nothing beside the course directory."""
    rows = {row["student"]: row["score"] for row in report(recorded.course, "lstm")}
    expected = {row["student"]: row["score"] for row in report(room.course, "lstm")}
    assert rows == {name: expected[name] for name in rows}
    assert {name for name in expected if name not in rows} == NOT_TAKEN | NOT_WHOLE
    assert all(expected[name] == 0 for name in NOT_TAKEN | NOT_WHOLE)
    for entry in CATALOGUE:
        for page in _pages(recorded, entry.name):
            _, _, body = page.read_text(encoding="utf-8").partition("</head>")
            found = LIVE.search(body)
            assert not found, f"{entry.name}: {found[0]!r}"
        if entry.name not in NOT_TAKEN:
            assert len(_pages(recorded, entry.name)) == 1
    assert sorted(path.name for path in recorded.root.iterdir()) == [
        "course",
        "feedback",
        "inbound",
    ]


def test_no_submission_was_graded_twice(room, recorded):
    """Else what is said of recording would cost as much as the batch."""
    assert len(grader.grading.grade.known) <= len(CATALOGUE)


def _pages(recorded: Classroom, student: str) -> list[Path]:
    return list((recorded.root / "feedback" / student).iterdir())


def as_deserved(row, entry):
    for function, check in row["checks"].items():
        if function in entry.full:
            assert check["score"] == check["max_score"], check["hint"]
        elif function not in entry.may:
            assert check["score"] == 0
            assert check["hint"], "a zero comes with a reason"
            assert entry.says in check["hint"]


def test_nothing_of_what_they_wrote_runs_in_the_feedback(pages_of_the_grade):
    for path in pages_of_the_grade:
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


def test_no_hint_tells_the_hidden_inputs(rows, practised_rows):
    told = [name for name in IDS if name.startswith(TOLD)]
    assert len(told) == 2
    for name in told:
        for row in (rows[name], practised_rows[name]):
            for function, check in row["checks"].items():
                assert not re.search(r"\d{3}|\d\.\d|array", check["hint"]), (name, function, check)


def test_no_page_is_larger_than_a_lane_can_bear(pages_of_the_grade, practised):
    pages = [*(practised / "feedback").glob("*/*.html"), *pages_of_the_grade]
    sizes = {str(page): page.stat().st_size for page in pages}
    assert max(sizes.values()) < MAX_PAGE, max(sizes, key=sizes.get)


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
