"""How long students wait for the service: from a whole submission in a lane to its page in a lane.

A class hands in within one minute, each student one of the course's assignments, to the service as the
hub on one machine starts it: the same command, in the same view where the hub's environment is there.
Writes _build/bench/service.json:

    {"numpy": {"p50", "p95", ...}, "keras": {...}, "flood": {...}, "about": {...}}    in seconds

numpy, keras : a class of 30, by the kind of notebook.
flood        : a class of 300, the same.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from grader import assignments
from grader.assignments import ROOT
from grader.gradebook.course_directory import CourseDirectory
from grader.service.lanes import Attempt
from hub import rooms
from hub import service as hub_service
from hub.members import Member
from hub.places import HUB_READY, State
from tests.bench.sides import answers
from tests.grader.classroom import Classroom, _read

RESULT = ROOT / "_build" / "bench" / "service.json"
MINUTE = 60.0
CLASS, FLOOD = 30, 300
PATIENCE = 30 * MINUTE  # until whoever has no page by then counts as lost
GOALS = {"numpy": 2.0, "keras": 8.0}


@dataclass
class HandedIn:
    """One submission: what it is of, when it was whole, and when its page lay there."""

    attempt: Attempt
    kind: str
    whole: float
    ready: float | None = None


def measure(sizes: tuple[int, int] = (CLASS, FLOOD)) -> dict[str, Any]:
    """Both classes one after the other, with the same warm service."""
    result: dict[str, Any] = {}
    notebooks = _notebooks()
    with tempfile.TemporaryDirectory(prefix="bench-service-") as folder:
        os.chmod(folder, 0o755)
        state = State(Path(folder) / "state")
        students = [f"student-{number:03}" for number in range(sum(sizes))]
        with _service(state, students) as in_view:
            _say(f"the service warms up ({'in its view' if in_view else 'without a view'})")
            _until_warm(state, students, notebooks)
            for name, size in zip(("class", "flood"), sizes, strict=True):
                own, students = students[:size], students[size:]
                load = os.getloadavg()[0]
                _say(f"{size} students hand in within one minute")
                found = _summary(_hand_in(state, own, notebooks))
                found["load"] = {"before": round(load, 2), "after": round(os.getloadavg()[0], 2)}
                result |= {"flood": found} if name == "flood" else found
                print(_as_text(size, found), flush=True)
    result["about"] = {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)),
        "students": list(sizes),
        "view": in_view,
    }
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {os.path.relpath(RESULT, ROOT)}")
    return result


def _notebooks() -> dict[str, list[bytes]]:
    """For each assignment that is practised, notebooks as a class hands them in: right and wrong."""
    course = CourseDirectory()
    found: dict[str, list[bytes]] = {}
    for name in assignments.course().service.practice:
        solved = _read(course.source() / name / f"{name}.ipynb")
        found[name] = []
        for number in range(6):
            notebook = solved | {"cells": [dict(cell) for cell in solved["cells"]]}
            for function, source in answers(name, number).items():
                Classroom.cell(notebook, function)["source"] = source
            found[name].append(json.dumps(notebook).encode())
    return found


@contextlib.contextmanager
def _service(state: State, students: list[str]) -> Iterator[bool]:
    """The hub's service, in the view that the hub gives it where that can be had here."""
    teacher = _member("instructor", "instructor", state)
    rooms.make(state, [teacher, *(_member(s, "student", state) for s in students)], teacher)
    subprocess.run(
        ["cp", "--recursive", *map(str, CourseDirectory().root.glob("release/*")), state.outbound],
        check=True,
    )
    if os.getuid() == 0:
        subprocess.run(["chmod", "-R", "a+rX", str(state.root)], check=True)
    if HUB_READY.is_file():
        with hub_service.running(teacher, state):
            yield True
        return
    command = [sys.executable, "-m", "grader.service", "--inbound", str(state.inbound)]
    command += ["--feedback", str(state.feedback), "--release", str(state.outbound)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield False
        finally:
            process.terminate()


def _member(name: str, role: str, state: State) -> Member:
    user = os.getuid() or (20003 if role == "instructor" else 20004)
    return Member(name=name, role=role, uid=user, gid=user, home=state.home(name))


def _until_warm(state: State, students: list[str], notebooks: dict[str, list[bytes]]) -> None:
    """Each assignment has been answered once: what is measured is a service that has been on."""
    handed_in = [_put(state, students[-1], name, some[0]) for name, some in notebooks.items()]
    _wait(state, handed_in)


def _hand_in(
    state: State, students: list[str], notebooks: dict[str, list[bytes]]
) -> list[HandedIn]:
    """Everybody hands in at a moment of one minute, and is waited for."""
    draw = random.Random(len(students))
    names = [list(notebooks)[number % len(notebooks)] for number in range(len(students))]
    draw.shuffle(names)
    moments = sorted(draw.uniform(0, MINUTE) for _ in students)
    handed_in: list[HandedIn] = []
    start = time.monotonic()
    for moment, student, name in zip(moments, students, names, strict=True):
        while (left := start + moment - time.monotonic()) > 0:
            _look(state, handed_in)
            time.sleep(min(left, 0.05))
        handed_in.append(_put(state, student, name, draw.choice(notebooks[name])))
    _wait(state, handed_in)
    return handed_in


def _put(state: State, student: str, assignment: str, data: bytes) -> HandedIn:
    when = time.strftime("%Y-%m-%d %H:%M:%S.000000 UTC", time.gmtime())
    folder = state.inbound / student / f"{student}+{assignment}+{when}+{os.urandom(4).hex()}"
    folder.mkdir()
    secret = os.urandom(64).hex()
    (folder / f"{assignment}.ipynb").write_bytes(data)
    (folder / "timestamp.txt").write_text(when)
    (folder / "submission_secret.txt").write_text(secret)
    kind = assignments.load(assignment).profile
    return HandedIn(Attempt(student, assignment, folder, secret), kind, time.monotonic())


def _look(state: State, handed_in: list[HandedIn]) -> bool:
    """Note whose page has come; True where all have one."""
    for one in handed_in:
        page = state.feedback / one.attempt.student / one.attempt.page_name
        if one.ready is None and page.exists():
            one.ready = time.monotonic()
    return all(one.ready is not None for one in handed_in)


def _wait(state: State, handed_in: list[HandedIn]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _look(state, handed_in):
        if time.monotonic() > deadline:
            lost = [one.attempt.folder.name for one in handed_in if one.ready is None]
            raise RuntimeError(f"no page for {len(lost)}, such as {lost[0]}")
        time.sleep(0.05)


def _summary(handed_in: list[HandedIn]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in sorted({one.kind for one in handed_in}):
        own = [one for one in handed_in if one.kind == kind and one.ready is not None]
        seconds = sorted(one.ready - one.whole for one in own if one.ready is not None)
        parts = quantiles(seconds, n=20, method="inclusive")
        found[kind] = {
            "p50": round(parts[9], 2),
            "p95": round(parts[18], 2),
            "longest": round(seconds[-1], 2),
            "submissions": len(seconds),
        }
    return found


def _as_text(size: int, found: dict[str, Any]) -> str:
    load = found["load"]
    lines = [f"\n{size} students within one minute; load {load['before']} to {load['after']}"]
    for kind, goal in GOALS.items():
        if kind in found:
            one = found[kind]
            wanted = f"   goal {goal:g} s" if size == CLASS else ""
            lines.append(
                f"  {kind:<6} {one['submissions']:>4}  half within {one['p50']:6.2f} s,"
                f" 95 % within {one['p95']:6.2f} s, all within {one['longest']:6.2f} s{wanted}"
            )
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
