"""A class on the one-machine hub: scripted students go through a whole round, and are timed.

    python -m tests.hub.load                    30 students who come within two minutes
    python -m tests.hub.load --students 5       a first look
    python -m tests.hub.load --keep             keep the result in tests/hub/results.json, for the book

Each logs in, starts a server, fetches an assignment, saves right answers, validates, hands in and waits
for the page of practice, by the same calls as JupyterLab; the instructor collects, grades, marks and
hands out feedback on the instructors' page, while all the servers run; then each fetches it. Writes
_build/bench/hub.json:

    {"about": {"students", "cores", "load_before", ...}, "steps": {STEP: {"median", "worst"}, ...},
     "memory_mb", "memory_of": {KIND: MB}, "processes", "teaching": {STEP: seconds},
     "failed": {STUDENT: reason}}

Times are in seconds. memory_mb is the largest sum of what the hub's processes had to themselves (PSS).
"""

from __future__ import annotations

import argparse
import csv
import datetime
import html
import json
import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from hub.places import CHECKOUT, COURSE_ID
from tests.hub import running
from tests.hub.running import Person, RunningHub, directory_for_a_hub

RESULT = CHECKOUT / "_build" / "bench" / "hub.json"
KEPT = Path(__file__).with_name("results.json")
STUDENTS, MINUTES, NAME = 30, 2.0, "lstm"
PATIENCE = 1800.0
KINDS = {  # of processes, by what stands in their command lines
    "servers": "jupyterhub.singleuser",
    "kernels": "ipykernel",
    "hub": "-m jupyterhub --config",
    "proxy": "configurable-http-proxy",
    "grading service": "grader.service",
    "its warm processes": "_zygote",
    "instructors' page": "hub.teaching",
}
PAGE = "/services/teaching/"
FIELD = re.compile(r'name="([\w-]+)" value="([^"]*)"')


class Times:
    """How long steps took; threads may share it."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._lock = threading.Lock()

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        with self._lock:
            self._seconds[step].append(time.monotonic() - start)

    def summary(self) -> dict[str, dict[str, float]]:
        return {
            step: {"median": round(median(found), 2), "worst": round(max(found), 2)}
            for step, found in self._seconds.items()
        }


class Memory(threading.Thread):
    """Looks every few seconds what the hub's processes hold."""

    def __init__(self, hub: RunningHub):
        super().__init__(daemon=True)
        self.hub, self.most, self.processes = hub, 0.0, 0
        self.of: dict[str, float] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(5):
            found = _descendants(self.hub.process.pid)
            held = {number: _own_memory(number) for number in found}
            self.processes = max(self.processes, len(found))
            if sum(held.values()) > self.most:
                self.most = sum(held.values())
                self.of = {
                    kind: round(sum(held[n] for n, line in found.items() if mark in line))
                    for kind, mark in KINDS.items()
                }


def _descendants(process: int) -> dict[int, str]:
    """The command lines of all that a process has started, and what that has started."""
    parents, lines = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
            except OSError:
                continue
            parents[int(entry.name)] = int(status[1])
            lines[int(entry.name)] = line.decode(errors="replace")
    found = {process}
    while more := {n for n, parent in parents.items() if parent in found} - found:
        found |= more
    return {number: lines[number] for number in found if number in lines}


def _own_memory(process: int) -> float:
    """Megabytes, what is shared divided by those who share it."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def study(hub: RunningHub, name: str, solved: dict[str, str], times: Times) -> Person:
    """A student's way from the login to the page of practice."""
    with times.of("log in"):
        person = Person(hub, name)
    with times.of("start a server"):
        person.start_server(PATIENCE)
    about = {"assignment_id": NAME, "course_id": COURSE_ID}
    with times.of("fetch"):
        _done(person, "assignments/fetch", about)
    with times.of("save"):
        path = f"api/contents/{NAME}/{NAME}.ipynb"
        model = person.server_api("GET", path).json()
        for cell in model["content"]["cells"]:
            fields = cell["metadata"].get("nbgrader", {})
            if fields.get("solution"):
                cell["source"] = solved[fields["grade_id"]]
        person.server_api("PUT", path, json=model).raise_for_status()
    with times.of("validate"):
        value = _done(person, "assignments/validate", {"path": f"{NAME}/{NAME}.ipynb"})
        if value:
            raise RuntimeError(f"Validate complains: {str(value)[:500]}")
    with times.of("hand in"):
        _done(person, "assignments/submit", about)
    with times.of("wait for the page of practice"):
        lane = hub.state.feedback / name
        end = time.monotonic() + PATIENCE
        while not list(lane.glob("*.html")):
            if time.monotonic() > end:
                raise TimeoutError("no page of practice")
            time.sleep(0.2)
    return person


def read_feedback(person: Person, times: Times) -> None:
    with times.of("fetch the feedback"):
        about = {"assignment_id": NAME, "course_id": COURSE_ID}
        _done(person, "assignments/fetch_feedback", about)


class Teacher:
    """Works on the instructors' page, by the same requests as a browser, and is timed."""

    def __init__(self, hub: RunningHub):
        self._person = Person(hub, "iris")
        self._address = hub.address + PAGE
        self.took: dict[str, float] = {}

    def open(self, path: str = "", step: str = "") -> str:
        with self._timed(step):
            answer = self._person.session.get(self._address + path, timeout=PATIENCE)
            answer.raise_for_status()
        return answer.text

    def send(self, path: str, step: str, **form: str) -> None:
        """Send a form, and wait until the job that it may have started has ended."""
        token = dict(FIELD.findall(self.open(f"a/{NAME}")))["_xsrf"]
        with self._timed(step):
            data = form | {"_xsrf": token}
            answer = self._person.session.post(self._address + path, data=data, timeout=PATIENCE)
            answer.raise_for_status()
            while (status := json.loads(self.open("status.json"))).get("runs"):
                time.sleep(0.2)
        if status.get("error"):
            raise RuntimeError(status["error"])

    @contextmanager
    def _timed(self, step: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        if step:
            self.took[step] = round(time.monotonic() - start, 1)


def teach(hub: RunningHub) -> dict[str, float]:
    """What the instructor's week took on the page, in seconds, to a tenth."""
    iris = Teacher(hub)
    iris.open("", "all assignments")
    iris.send(f"a/{NAME}/do/collect", "collect")
    iris.send(f"a/{NAME}/do/grade", "grade")
    iris.open(f"a/{NAME}", "what the class has understood")
    iris.open(f"a/{NAME}", "the same once more")
    question = re.search(rf'href="{PAGE}(a/{NAME}/words/[^"?]+)"', iris.open(f"a/{NAME}"))
    if question is None:
        raise RuntimeError("the page shows no question to mark")
    form = dict(FIELD.findall(iris.open(question[1], "answers in words")))
    given = {name: html.unescape(value) for name, value in form.items()}
    given |= {f"points-{number}": "2" for number in range(int(given["count"]))}
    iris.send(question[1], "enter all marks", **given)
    iris.send(f"a/{NAME}/do/feedback", "make and hand out feedback")
    return iris.took


def _done(person: Person, path: str, form: dict[str, str]) -> object:
    """Call one of nbgrader's server extensions, and give what it says."""
    answer = person.server_api("POST", path, params=form)
    answer.raise_for_status()
    said = answer.json()
    if not said["success"]:
        raise RuntimeError(f"{path}: {str(said.get('value'))[-500:]}")
    return said["value"]


def measure(students: int = STUDENTS, minutes: float = MINUTES) -> dict[str, object]:
    """The whole round; takes some minutes more than students take to come."""
    running.ANSWER_SECONDS, running.START_SECONDS = PATIENCE, PATIENCE
    names = [f"student{number:03}" for number in range(1, students + 1)]
    load = os.getloadavg()[0]
    with directory_for_a_hub() as directory:
        roster = Path(directory, "class.csv")
        with roster.open("w", newline="") as stream:
            rows = [("name", "role"), ("iris", "instructor"), *((n, "student") for n in names)]
            csv.writer(stream).writerows(rows)
        roster.chmod(0o644)
        with RunningHub(directory, plain=True, arguments=("--class", str(roster))) as hub:
            memory, times = Memory(hub), Times()
            memory.start()
            failed: dict[str, str] = {}
            people: list[Person] = []
            solved = _solved(hub)

            def one(number: int) -> None:
                time.sleep(60 * minutes * number / len(names))
                try:
                    people.append(study(hub, names[number], solved, times))
                except Exception as error:  # a class goes on without one
                    failed[names[number]] = repr(error)

            with ThreadPoolExecutor(students) as pool:
                list(pool.map(one, range(students)))
            teaching = teach(hub)

            def last(person: Person) -> None:
                try:
                    read_feedback(person, times)
                except Exception as error:
                    failed[person.name] = repr(error)

            with ThreadPoolExecutor(students) as pool:
                list(pool.map(last, people))
            memory.ended.set()
    return {
        "about": {
            "students": students,
            "minutes": minutes,
            "assignment": NAME,
            "teaching_on": "the instructors' page",
            "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "cores": len(os.sched_getaffinity(0)),
            "load_before": round(load, 2),
        },
        "steps": times.summary(),
        "teaching": teaching,
        "memory_mb": round(memory.most),
        "memory_of": memory.of,
        "processes": memory.processes,
        "failed": failed,
    }


def _solved(hub: RunningHub) -> dict[str, str]:
    """The right answers by the name of their cell."""
    path = hub.state.course / "source" / NAME / f"{NAME}.ipynb"
    return {
        fields["grade_id"]: "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if (fields := cell["metadata"].get("nbgrader", {})).get("solution")
    }


def keep(result: dict[str, object]) -> None:
    """Let the book show a result; those of another measurement stay."""
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    KEPT.write_text(json.dumps(known | result, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hub.load")
    parser.add_argument("--students", type=int, default=STUDENTS)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="in which they come")
    parser.add_argument("--keep", action="store_true", help="the book shall show this result")
    options = parser.parse_args(arguments)
    result = measure(options.students, options.minutes)
    text = json.dumps(result, indent=1) + "\n"
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    if options.keep:
        keep(result)
    print(text, end="")
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
