"""The catalogue against plain `nbgrader autograde`, for comparison; and against nothing else.

Plain nbgrader runs submissions with the rights of whoever calls it. So that the attacks do no harm
here, all of it runs in a bubblewrap of its own: own processes, no network, a read-only system, and a
course directory in memory. Inside, nothing stands between the submission and nbgrader.

Within, `python -m tests.attacks.plain_nbgrader DIRECTORY SECONDS NAME...` tries one submission after
the other, each in a fresh course directory, and prints one line of JSON for each.
"""

from __future__ import annotations

import json
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.assignments import ROOT
from grader.sandbox.pool import bubblewrap
from tests.attacks.catalogue import CATALOGUE, Attempt, Desk
from tests.bench import ordinary

NEVER = {"fork-bomb": "not tried: nothing would bound it"}
MEMORY = 2 << 30  # address space of each process
FILES = 512 << 20  # for the course directory and all that they write
MARGIN = 60  # seconds beyond the limit before the whole sandbox is taken for lost
HOPELESS = "the grading process itself was killed"


def try_all(entries: list[Attempt], seconds: float, say=print) -> dict[str, dict]:
    """What plain nbgrader makes of the entries: points, and what happened, by name."""
    results = {
        e.name: {"points": 0.0, "outcome": NEVER[e.name]} for e in entries if e.name in NEVER
    }
    left = [entry.name for entry in entries if entry.name not in NEVER]
    while left:
        for result in _sandboxed(left, seconds):
            name = result.pop("name")
            results[name] = result
            left.remove(name)
            say(f"{name}: {result['points']:g}, {result['outcome']}")
        if left:  # it ended early: whoever was next is to blame
            results[left.pop(0)] = {"points": 0.0, "outcome": HOPELESS}
    return results


def _sandboxed(names: list[str], seconds: float):
    """Results as they come, until all are there or the sandbox is dead or silent."""
    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        inside = [sys.executable, "-m", __spec__.name, folder, str(seconds), *names]
        process = subprocess.Popen(
            [*_bubblewrap(folder), *inside], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        try:
            patience = 3 * (seconds + MARGIN)  # the first one waits for the release
            while select.select([process.stdout], [], [], patience)[0]:
                line = process.stdout.readline()
                if not line:
                    return
                yield json.loads(line)
                patience = seconds + MARGIN
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _bubblewrap(folder: str) -> list[str]:
    shared = ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    own = ["--size", str(FILES), "--tmpfs", folder, "--chdir", folder]
    variables = ordinary.environment() | {
        "HOME": folder,
        "TMPDIR": folder,
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    names = ("HOME", "TMPDIR", "PATH", "PYTHONPATH", "OPENBLAS_NUM_THREADS")
    environment = [part for name in names for part in ("--setenv", name, variables[name])]
    limits = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    return [bubblewrap(), *limits, *shared, *own, *environment]


# ------------------------------------------------------------------ inside


def main(folder: str, seconds: str, *names: str) -> None:
    """Try the named entries; print a line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    template = Path(folder, "template")
    root = Path(folder, "course")
    room = ordinary.OrdinaryClassroom(root, "lstm", ordinary.LSTM, "solutions.lstm")
    room.submit("honest-solved", room.solved)
    shutil.copytree(root, template)
    entries = {entry.name: entry for entry in CATALOGUE}
    for name in names:
        shutil.rmtree(root)
        shutil.copytree(template, root)
        submission = entries[name].make(Desk(room, name))
        if submission is not None:
            room.submit(name, submission)
        outcome = _autograde(name, root, float(seconds))
        print(json.dumps({"name": name, "points": _points(root, name), "outcome": outcome}))
        sys.stdout.flush()


def _autograde(name: str, root: Path, seconds: float) -> str:
    """Run the command in a process of its own, and say in a few words how it ended."""
    import nbgrader.apps  # here, so that every process that is forked has it already

    log = root.with_name("log.txt")
    pid = os.fork()
    if pid == 0:
        stream = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(stream, 1)
        os.dup2(stream, 2)
        os.chdir(root)
        try:
            nbgrader.apps.NbGraderApp.launch_instance(["autograde", "lstm", f"--student={name}"])
        except SystemExit as end:
            os._exit(int(bool(end.code)))
        except BaseException:
            os._exit(2)
        os._exit(0)
    status = _wait(pid, time.monotonic() + seconds)
    _sweep()
    if status is None:
        return f"never ended: stopped after {seconds:g} seconds"
    reason = _last_error(log)
    return "graded" if status == 0 else f"no grade: {reason}" if reason else "no grade"


def _wait(pid: int, deadline: float) -> int | None:
    while time.monotonic() < deadline:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return status
        time.sleep(0.05)
    return None


def _sweep() -> None:
    """End whatever a submission left running: in this sandbox that is everybody but this process."""
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except OSError:
        pass


def _last_error(log: Path) -> str:
    """The last exception that nbgrader's log names, if it names one."""
    found = re.findall(
        r"^[\w.]*(?:Error|Exception|Died)\b.*", log.read_text(errors="replace"), re.M
    )
    return found[-1][:120] if found else ""


def _points(root: Path, student: str) -> float:
    """Points of the code cells in the gradebook; 0 where nothing was recorded."""
    from nbgrader.api import Gradebook, MissingEntry

    try:
        with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
            grades = gradebook.find_submission_notebook("lstm", "lstm", student).grades
            return sum(g.score for g in grades if g.name.startswith("check-"))
    except MissingEntry:
        return 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
