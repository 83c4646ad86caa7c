"""On the hub handing in is enough: feedback lies ready in seconds, and the service sees no grade."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from grader import assignments
from grader.assignments import OnSubmit
from grader.errors import GraderError
from grader.gradebook import named
from grader.submission import Named
from hub import modes, service, view
from hub.members import Member
from hub.places import CHECKOUT, PYTHON, Inside, State
from tests.hub.running import Person, RunningHub, directory_for_a_hub

pytestmark = [pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]

FEEDBACK_SECONDS = 60  # with a cold grader, on a machine that has other work to do
HAND_IN = "nbgrader fetch_assignment lstm; nbgrader submit lstm"
FETCH = "nbgrader fetch_feedback lstm; grep -c 'this is not your grade' lstm/feedback/*/lstm.html"


@pytest.fixture(scope="module")
def feedback(hub) -> str:
    """What a student finds who has handed in and fetches feedback, nobody having graded anything."""
    lin = Person(hub, "lin")
    assert "Submitted as" in lin.terminal(HAND_IN)
    deadline = time.monotonic() + FEEDBACK_SECONDS
    lane = hub.state.feedback / "lin"
    while not list(lane.glob("*.html")) and time.monotonic() < deadline:
        time.sleep(0.2)
    return lin.terminal(FETCH)


def test_the_feedback_is_fetched_as_any_other(feedback):
    assert feedback.strip().splitlines()[-1] == "1"


def test_nothing_was_recorded(hub, feedback):
    assert not (hub.state.course / "autograded").exists()
    assert "lin" in (hub.state.practice / "attempts.jsonl").read_text()


def test_the_service_ends_with_the_hub(hub, feedback):
    assert any("grader.service" in line for line in hub.processes())


def in_the_services_view(state: State, script: str, records: bool = False) -> str:
    root = os.getuid() == 0
    instructor = Member(
        name="instructor",
        role="instructor",
        uid=os.getuid() if not root else 20003,
        gid=os.getgid() if not root else 20003,
        home=state.root / "homes" / "instructor",
    )
    view.write_accounts(instructor, state, "https://example.org/course")
    done = subprocess.run(
        [*view.service_command(instructor, state, records), str(PYTHON), "-c", script],
        env=view.environment(instructor) | {"HOME": "/tmp"},
        capture_output=True,
        text=True,
        cwd="/",
    )
    return done.stdout + done.stderr


@pytest.fixture
def state():
    with directory_for_a_hub() as directory:
        made = State(Path(directory) / "state")
        for folder in (made.named, made.outbound, made.inbound, made.feedback, made.practice):
            folder.mkdir(parents=True)
        (made.course / "gradebook.db").write_text("grades")
        (made.course / "grading_seed.txt").write_text("seed")
        subprocess.run(["chmod", "-R", "a+rwX", directory], check=True)
        yield made


def test_it_sees_no_gradebook_no_seed_and_no_network(state):
    script = """
import os, socket
for folder, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if (folder, f) not in (("/", "proc"), ("/", "usr"))]
    folders[:] = [f for f in folders if f != "site-packages"]  # nbgrader's tests bring a gradebook
    for name in files:
        if name in ("gradebook.db", "grading_seed.txt"):
            print("FOUND", folder, name)
print("network:", *(name for _, name in socket.if_nameindex()))
"""
    said = in_the_services_view(state, script)
    assert said.split() == ["network:", "lo"]
    assert "FOUND" not in said


def test_it_reads_what_instructors_have_named_and_nothing_else_of_the_course_directory(state):
    mistake = Named("sigmoid", "bell", "It rises, and falls again.", "def sigmoid(z): pass")
    named.keep(state.course, "lstm", mistake).chmod(0o644)
    script = f"""
from pathlib import Path
from grader.gradebook.named import named_in
folder = Path({str(Inside.NAMED)!r})
print(named_in(folder, "lstm")[0].hint)
for path in (folder / "mistakes.json", folder / "more"):
    try:
        path.write_text("changed")
        print("WROTE", path)
    except OSError:
        pass
print(Path({str(Inside.COURSE)!r}).exists())
"""
    assert in_the_services_view(state, script).splitlines() == [mistake.hint, "False"]


def test_it_writes_nowhere_but_into_the_lanes_of_feedback(state):
    rooms = [str(CHECKOUT / room) for room in ("course", "exercises", "grader", "solutions")]
    places = [*rooms, "/srv/exchange/recurrent-networks/inbound", "/etc", "/"]
    script = f"""
import os
for place in {places!r}:
    try:
        open(os.path.join(place, "written"), "w")
        print("WROTE", place)
    except OSError:
        pass
try:
    open(os.path.join({str(CHECKOUT)!r}, "written"), "w")  # its own /tmp, if the checkout lies in /tmp
except OSError:
    pass
open("/srv/exchange/recurrent-networks/feedback/written", "w")
print("done")
"""
    said = in_the_services_view(state, script)
    assert "WROTE" not in said
    assert said.strip() == "done"
    assert not (CHECKOUT / "written").exists()


def test_who_records_has_the_course_directory_and_no_network(state):
    script = """
import os, socket
print(open("/home/instructor/course/gradebook.db").read())
open("/home/instructor/course/written", "w")
print("network:", *(name for _, name in socket.if_nameindex()))
"""
    assert in_the_services_view(state, script, records=True).split() == ["grades", "network:", "lo"]


@pytest.fixture
def started(monkeypatch):
    """The services that are started, quickly: each as its command and a process in its place."""
    monkeypatch.setattr(service, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(service, "AGAIN_SECONDS", 0.02)
    monkeypatch.setattr(service.view, "service_command", lambda *_: [])
    found = []

    def start(command, instructor, state):
        arguments = command[command.index("grader.service") :]
        found.append((arguments, subprocess.Popen(["sleep", "60"])))
        return found[-1][1]

    monkeypatch.setattr(service, "_start", start)
    yield found
    assert all(process.poll() is not None for _, process in found)


def wait_for(count: int, started: list) -> None:
    deadline = time.monotonic() + 10
    while len(started) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(started) == count


@pytest.mark.parametrize(
    ("graded", "expected"),
    [((), {"bptt": "--release"}), (("lstm",), {"bptt": "--release", "lstm": "--course"})],
)
def test_who_records_starts_only_where_the_course_says_so(
    state, monkeypatch, started, graded, expected
):
    rules = OnSubmit(practice=("bptt",), graded=graded)
    course = dataclasses.replace(assignments.course(), service=rules)
    monkeypatch.setattr(assignments, "course", lambda: course)
    with service.running(None, state):
        wait_for(len(expected), started)
        time.sleep(0.2)
    commands = [command for command, _ in started]
    assert {c[-1]: ({"--release", "--course"} & set(c)).pop() for c in commands} == expected
    assert all(("--mistakes" in c) == ("--release" in c) for c in commands)


def test_a_service_that_is_killed_is_started_again(state, started):
    with service._running(None, state, modes.PRACTICE):
        for number in (1, 2):
            wait_for(number, started)
            started[-1][1].kill()
        wait_for(3, started)
        assert started[-1][1].poll() is None


def test_the_services_follow_an_instructors_choice(state, started):
    """One graded, one off; what can't be read changes nothing."""
    with service.running(None, state):
        wait_for(1, started)
        names = assignments.names()
        assert started[0][0][-len(names) :] == names
        modes.choose(state.course, "lstm", modes.GRADED)
        wait_for(3, started)
        assert started[0][1].poll() is not None
        assert {command[-1] for command, _ in started[1:]} == {"lstm", names[-1]}
        chosen = (state.course / modes.FILE).read_text()
        (state.course / modes.FILE).write_text("{")
        time.sleep(0.2)
        assert len(started) == 3
        (state.course / modes.FILE).write_text(chosen)  # else all would practise for a moment
        modes.choose(state.course, "lstm", modes.OFF)
        time.sleep(0.2)
        assert len(started) == 3, "practice is as it was"
        assert sum(process.poll() is None for _, process in started) == 1


def test_no_mode_is_chosen_that_there_is_not(state):
    with pytest.raises(GraderError, match="no mode"):
        modes.choose(state.course, "lstm", "sometimes")
    with pytest.raises(GraderError, match="not of this course"):
        modes.choose(state.course, "quiz", modes.OFF)


def hand_in(state: State, student: str, assignment: str) -> Path:
    """Lay a whole submission into the student's lane; gives the page that will answer it."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    folder = state.inbound / student / f"{student}+{assignment}+{when}+x"
    folder.mkdir()
    secret = os.urandom(64).hex()
    shutil.copy(state.outbound / assignment / f"{assignment}.ipynb", folder)
    (folder / "timestamp.txt").write_text(when)
    (folder / "submission_secret.txt").write_text(secret)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    name = notebook_hash(secret=secret, notebook_id=assignment)
    return state.feedback / student / f"{name}.html"


def is_answered(page: Path) -> bool:
    deadline = time.monotonic() + FEEDBACK_SECONDS
    while not page.exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    return page.exists() and "For practice" in page.read_text(encoding="utf-8")


def services() -> set[int]:
    """The numbers of this checkout's grading services, each in its view."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if path.read_bytes().startswith(f"{PYTHON}\0-m\0grader.service\0".encode()):
                found.add(int(path.parent.name))
    return found


def test_hub_and_service_restart_in_either_order():
    """What is handed in while the one or the other is away is answered when it is back."""
    others = services()
    with directory_for_a_hub() as directory:
        with RunningHub(directory, plain=False) as hub:
            assert is_answered(hand_in(hub.state, "ada", "lstm"))
            (number,) = services() - others
            os.kill(number, signal.SIGKILL)
            assert is_answered(hand_in(hub.state, "ada", "bptt")), "the hub starts it again"
        assert services() <= others, "the service ends with the hub"
        page = hand_in(hub.state, "lin", "lstm")
        time.sleep(1)
        assert not page.exists()
        with RunningHub(directory, plain=False):
            assert is_answered(page)
