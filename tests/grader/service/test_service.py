"""Handing in is enough: the page lies in the student's lane, whatever else lies in the others."""

from __future__ import annotations

import errno
import io
import json
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from grader.__main__ import main
from grader.gradebook import named
from grader.gradebook.plain_files import MAX_FILES, Refused
from grader.grading import grade
from grader.sandbox.pool import SandboxUnavailable
from grader.service import attempts, practice
from grader.service.attempts import Log
from grader.service.lanes import AT_ONCE, Attempt, Lanes, Quota
from grader.service.limits import Allowance
from grader.service.modes import Mode
from grader.service.practice import Practice
from grader.service.service import Service, Settings
from grader.submission import Graded, Named
from tests.grader.classroom import Classroom, rewritten

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


def test_the_limit_survives_a_restart(tmp_path, room):
    exchange = Exchange(tmp_path, room, allowance=Allowance(1, 10))
    exchange.hand_in("ada", room.solved)
    exchange.serve()
    second = exchange.hand_in("ada", room.solved)
    exchange.clock = time.time()
    exchange.serve()
    assert "Too many attempts" in exchange.page(second)


def test_however_many_lines_the_last_hour_has_they_are_read(tmp_path, monkeypatch):
    """A whole class in the hour before a deadline writes more than is read at first."""
    monkeypatch.setattr(attempts, "RECENT", 1000)
    now = datetime.now(UTC)
    log = Log(tmp_path / "labels.jsonl")
    assert list(log.recent()) == []
    with log.path.open("w", encoding="utf-8") as stream:
        for number in range(400):  # one in each half minute
            when = (now - timedelta(seconds=30 * (400 - number))).isoformat()
            known = {"student": "ada", "assignment": NAME, "attempt": str(number), "checks": {}}
            stream.write(json.dumps(known | {"time": when}) + "\n")
    found = [int(entry.attempt) for entry in log.recent()]
    assert found == list(range(found[0], 400))
    assert 0 < found[0] <= 400 - 120


@pytest.mark.parametrize(
    ("quota", "word"),
    [
        (Quota(folders=3), "more than 3 submissions"),
        (Quota(bytes=1 << 20), "more than 1 MiB"),
    ],
)
def test_of_a_lane_that_is_too_full_nothing_is_read(tmp_path, room, quota, word, monkeypatch):
    exchange = Exchange(tmp_path, room, quota=quota)
    folders = [exchange.hand_in("eve", room.solved) for _ in range(4)]
    (folders[0] / "more").write_bytes(b"x" * (1 << 20))
    fine = exchange.hand_in("ada", room.solved)
    graded = []

    def watched(submission, sandbox):
        graded.append(submission.student)
        return grade(submission, sandbox)

    monkeypatch.setattr(practice, "grade", watched)
    exchange.serve()
    assert word in exchange.page(folders[-1])
    assert "eve" not in graded
    assert "not your grade" in exchange.page(fine)


def test_a_flood_of_folders_gets_one_word(tmp_path, room):
    exchange = Exchange(tmp_path, room, quota=Quota(folders=10))
    for _ in range(30):
        exchange.hand_in("eve", room.solved)
    exchange.serve()
    assert len(exchange.pages("eve")) == 1


def test_of_many_at_once_the_last_have_a_word_and_no_assignment_is_forgotten(exchange, room):
    """However many lie there when it looks: a word for each would keep everybody waiting."""
    folders = [exchange.hand_in("eve", room.blank) for _ in range(3 * AT_ONCE)]
    first = folders[0].rename(Path(str(folders[0]).replace(f"+{NAME}+", "+another+")))
    lanes = exchange.service().lanes
    found = [attempt.folder for attempt in lanes.attempts({NAME, "another"})]
    assert found == [first, *folders[-AT_ONCE:]]
    assert list(lanes.attempts({NAME, "another"})) == []


@pytest.mark.parametrize("much", ["files", "folders"])
def test_a_lane_is_not_read_further_than_it_is_full(tmp_path, room, much, monkeypatch):
    """A folder of very many files, or folders in folders: nobody counts them to their end."""
    exchange = Exchange(tmp_path, room, quota=Quota(folders=1))
    folder = exchange.hand_in("eve", room.solved)
    if much == "files":
        for number in range(20 * MAX_FILES):
            (folder / str(number)).touch()
    else:
        (folder / "/".join("f" * 3 * MAX_FILES)).mkdir(parents=True)
    lanes = exchange.service().lanes
    assert lanes.crowded("eve") == "too many files"
    read = 0
    scandir = os.scandir

    class Counted:
        def __init__(self, path):
            self.inner = scandir(path)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.inner.close()

        def __iter__(self):
            return self

        def __next__(self):
            nonlocal read
            read += 1
            return next(self.inner)

    monkeypatch.setattr(os, "scandir", Counted)
    assert lanes.crowded("eve") == "too many files"
    (attempt,) = lanes.attempts({NAME})
    with pytest.raises(Refused):
        practice.read(attempt)
    assert read < 4 * MAX_FILES


def test_a_name_that_is_no_text_is_told_of(exchange, room):
    """Unix takes any bytes for a name, and a page takes text."""
    folders = [exchange.hand_in("ada", room.solved), exchange.hand_in("bea", room.solved)]
    alone, linked = map(os.fsencode, folders)
    os.rename(alone + f"/{NAME}.ipynb".encode(), alone + b"/caf\xe9.ipynb")
    os.symlink("/etc/passwd", linked + b"/caf\xe9.txt")
    exchange.serve()
    assert "caf?.ipynb" in exchange.page(folders[0])
    assert "not your grade" in exchange.page(folders[0])
    assert "caf?.txt is a link" in exchange.page(folders[1])


def test_a_full_disk_delays_and_loses_nothing(exchange, room, monkeypatch):
    folder = exchange.hand_in("ada", room.solved)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("grader.service.lanes.os.fsync", full)
        service = exchange.service()
        service.start()
        service.poll()
        until(lambda: service._later)
        assert exchange.pages("ada") == [], "nothing half written is left behind"
    exchange.clock += 60
    service.poll()
    until(lambda: exchange.page(folder))
    service.stop()
    assert "not your grade" in exchange.page(folder)
    assert len(exchange.settings.log.rows(NAME)) == 1


ODD = "def blend(old, new, share):\n    return np.cos(new) * old + 0.125 * share\n"
COSINE = Named("blend", "cosine", "The new value goes in as it is, and not its cosine.", ODD)


def test_who_makes_a_mistake_that_was_named_is_told_so(exchange, room, tmp_path, caplog):
    """Also of what is named while the service runs; a file that can't be read stops nobody."""
    exchange.mode = Practice(
        room.course.root / "release", mistakes=tmp_path / "course" / named.FOLDER
    )
    (tmp_path / "course").mkdir()
    service = exchange.service()
    service.start()

    def page(moment: str) -> str:
        folder = exchange.hand_in("ada", room.with_answer("blend", ODD))
        service.poll()
        until(lambda: exchange.page(folder))
        assert "not your grade" in exchange.page(folder), moment
        return exchange.page(folder)

    assert COSINE.hint not in page("nothing is named")
    path = named.keep(tmp_path / "course", NAME, COSINE)
    assert COSINE.hint in page("it is named")
    kept = path.read_text()
    for _ in range(2):
        path.write_text("{")
        assert COSINE.hint not in page("the file is broken")
    path.write_text(kept)
    assert COSINE.hint in page("it is mended")
    service.stop()
    said = [r.getMessage() for r in caplog.records if "mistakes that were named" in r.getMessage()]
    assert len(said) == 1 and str(path) in said[0], "said once"
    rows = exchange.settings.log.rows(NAME)
    assert rows[0]["checks"]["blend"]["misconception"] == "cosine", "and the class report knows"


def test_a_line_that_was_cut_off_takes_no_other_with_it(exchange, room, monkeypatch):
    """On a full disk half of a line may be written; who writes hears of it, and writes all of it again."""

    class Short(io.FileIO):
        def write(self, data):
            return super().write(bytes(data)[: len(data) // 2])

    path, graded = exchange.labels, Graded("ada", json.dumps({"cells": []}), [])
    attempt = Attempt("ada", NAME, exchange.root / "one", "")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda self, mode, **_: Short(self, mode.replace("b", "")))
        with pytest.raises(OSError, match="No space"):
            Log(path).note(attempt, graded)
    Log(path).note(attempt, graded)
    assert [entry.attempt for entry in Log(path).recent()] == ["one"]


def test_a_grader_that_fails_says_so_and_tries_again(exchange, room, monkeypatch):
    folder = exchange.hand_in("ada", room.solved)

    def unavailable(*_):
        raise SandboxUnavailable("no name spaces")

    with monkeypatch.context() as patch:
        patch.setattr(practice, "grade", unavailable)
        exchange.serve()
    assert "not your fault" in exchange.page(folder)
    exchange.serve()
    assert "not your grade" in exchange.page(folder)


def test_what_changes_while_it_is_read_stops_nobody(exchange, room):
    """Whoever rewrites a submission again and again gets some page, and the others theirs."""
    folder = exchange.hand_in("eve", room.solved)
    with rewritten(folder, NAME, room.blank):
        fine = exchange.hand_in("ada", room.solved)
        exchange.serve()
    assert "not your grade" in exchange.page(fine)
    assert exchange.page(folder)


def test_a_submission_that_is_not_whole_is_asked_less_and_less(tmp_path, exchange, room):
    folder = exchange.hand_in("ada", room.solved, whole=False)
    now = 0.0
    lanes = Lanes(exchange.root / "inbound", exchange.root / "feedback", clock=lambda: now)
    asked = 0
    for _ in range(2400):  # ten minutes
        before = lanes._again.get("ada", {}).get(folder.name)
        assert list(lanes.attempts({NAME})) == []
        asked += lanes._again["ada"][folder.name] != before
        now += 0.25
    assert asked < 25
    (folder / "submission_secret.txt").write_text("a" * 128)
    now += 60
    assert [attempt.folder for attempt in lanes.attempts({NAME})] == [folder]


def test_the_class_report_is_live(exchange, room, capsys):
    exchange.hand_in("ada", room.solved)
    exchange.hand_in("bea", room.with_misconception("smooth", "blends-with-the-first"))
    exchange.serve()
    command = ["report", NAME, "--practice", str(exchange.labels)]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "ada" in said and "bea" in said and "commonest mistakes" not in said
    assert main([*command, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    found = {row["student"]: row["checks"]["smooth"]["misconception"] for row in rows}
    assert found == {"ada": None, "bea": "blends-with-the-first"}


def test_without_a_hub_one_command_tries_a_file(room, tmp_path, capsys):
    """Whatever its name; with a page to hand on, and nothing of it recorded."""
    file, page = tmp_path / "smoothing (1).ipynb", tmp_path / "feedback.html"
    wrong = room.with_misconception("smooth", "blends-with-the-first")
    file.write_text(json.dumps(wrong), encoding="utf-8")
    before = sorted(room.course.root.rglob("*"))
    command = ["practice", NAME, str(file), "--page", str(page), "--course", str(room.course.root)]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "nothing was recorded" in said and "smooth" in said
    assert "Not right yet" in page.read_text(encoding="utf-8")
    assert "not your grade" in page.read_text(encoding="utf-8")
    assert sorted(room.course.root.rglob("*")) == before


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


class Unforeseen(Exception):
    """What nobody has thought of."""


def raise_for(student: str, function):
    """The same function, which raises where one student is concerned."""

    def wrapped(*arguments, **named):
        if any(student in (getattr(a, "student", a), getattr(a, "name", "")) for a in arguments):
            raise Unforeseen
        return function(*arguments, **named)

    return wrapped


def test_a_page_that_cannot_be_drawn_has_a_word_in_its_place(exchange, room, monkeypatch):
    draw = practice.practice_page
    monkeypatch.setattr(practice, "practice_page", lambda *given: raise_for("eve", draw)(*given))
    bad, fine = exchange.hand_in("eve", room.solved), exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert "could not be drawn" in exchange.page(bad)
    assert "5 of 5 points" in exchange.page(bad)
    assert "not your grade" in exchange.page(fine)


def test_whatever_an_attempt_raises_it_has_a_word_and_the_next_is_served(
    exchange, room, monkeypatch
):
    monkeypatch.setattr(practice, "practise", raise_for("eve", practice.practise))
    bad, fine = exchange.hand_in("eve", room.solved), exchange.hand_in("ada", room.solved)
    exchange.serve()
    assert "The grader could not run" in exchange.page(bad)
    assert "not your grade" in exchange.page(fine)


def test_a_look_that_fails_does_not_end_the_service(exchange, room, monkeypatch):
    service = exchange.service()
    look, looks = service.lanes.attempts, []

    def broken(names):
        looks.append(1)
        if len(looks) == 1:
            raise Unforeseen
        return look(names)

    monkeypatch.setattr(service.lanes, "attempts", broken)
    thread = threading.Thread(target=service.run)
    thread.start()
    folder = exchange.hand_in("ada", room.solved)
    deadline = time.monotonic() + 60
    while exchange.page(folder) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    service.stop()
    thread.join(10)
    assert exchange.page(folder)


def test_a_lane_without_room_for_a_word_stops_nobody(exchange, room, monkeypatch):
    """Two attempts of one student: the older one is to get a word, and its lane takes none."""
    exchange.hand_in("eve", room.solved)
    exchange.hand_in("eve", room.solved)
    fine = exchange.hand_in("ada", room.solved)
    put = Lanes.put

    def full(self, attempt, *page):
        if attempt.student == "eve":
            raise OSError(28, "No space left on device")
        put(self, attempt, *page)

    monkeypatch.setattr(Lanes, "put", full)
    exchange.serve()
    assert "not your grade" in exchange.page(fine)
