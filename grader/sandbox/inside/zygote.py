"""The zygote: a process that has imported everything, and forks one student's process after another.

It runs in the sandbox (`python -c`, started by `pool.py`) and holds one end of a socket pair. A
message on it hands over two descriptors: the supervisor's connection, and the student's. When the
socket closes, the zygote ends, and with it all that it started.

A supervisor, forked for every student's process, reads the request from its connection (its length in
8 bytes, then JSON: limits, files, niceness) and forks that process. Afterwards the byte I interrupts it;
K, or the end of the connection, kills it. Back comes one line of JSON: an error of the start, how the
process ended, or nothing where the zygote did. The student's code never has that connection, so it can't
speak for the supervisor; on its own it speaks as `frames` says.

Forking after importing TensorFlow works while the process has one thread and has run no operation:
a child of a process that has would hang. What a first operation imports lazily is therefore found
out in a child that is thrown away, and imported here. That and matplotlib's list of fonts take a third
of the start, so what was found out is told to the grader, which shows it to the next zygote.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import importlib
import importlib.util
import inspect
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from . import seal
from .limits import Limits

# What serves the grader on a descriptor, under limits. It comes from `student`, which is imported only
# after all that is preloaded
Serve = Callable[[int, Limits], None]

KNOWN = "known.json"  # beside this file: what an earlier zygote found out, or nothing
MOST_FOUND = 100_000  # bytes of what is told; a socket's message has a limit


def main() -> None:
    """Preload, say so on the socket (the arguments: its descriptor, what is wanted), serve."""
    descriptor, wanted, sandboxed = (
        int(sys.argv[1]),
        json.loads(sys.argv[2]),
        sys.argv[3] == "sealed",
    )
    control = socket.socket(fileno=descriptor)
    os.umask(0o022)
    start = time.monotonic()
    os.nice(wanted["nice"])
    try:
        _check_hidden(wanted["hidden"])
        serve, found = _preload(wanted["preload"], wanted["rehearse"])
        _check_single_thread()
    except Exception as error:
        traceback.print_exc()
        control.send(json.dumps({"error": str(error)[:1000]}).encode())
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors need no waiting for
    gc.collect()
    gc.freeze()  # no collector writes to the pages that the processes share
    control.send(json.dumps({"ready": time.monotonic() - start, "found": found}).encode())
    _fork_all(control, serve, sandboxed)
    os._exit(0)  # there is nothing to tidy up, and somebody is waiting


def _give_way(nice: int) -> None:
    """Where the kernel shares out time by sessions, let this one give way as its process does."""
    for _ in range(3):
        try:
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")
            return
        except BlockingIOError:  # somebody has just done so
            time.sleep(0.1)
        except OSError:  # no such kernel
            return


def _check_hidden(hidden: list[str]) -> None:
    own = os.environ.pop("PYTHONPATH")  # where this package itself is
    sys.path[:] = [path for path in sys.path if path != own]
    for name in hidden:
        if importlib.util.find_spec(name):
            raise RuntimeError(
                f"the package '{name}' can be imported in the students' environment; "
                "uninstall it there: what is installed is what a student may see"
            )


def _check_single_thread() -> None:
    count = len(os.listdir("/proc/self/task"))
    if count != 1:
        raise RuntimeError(f"{count} threads run after the imports; forking would not be safe")


def _preload(modules: list[str], rehearsed: list[str]) -> tuple[Serve, dict[str, object] | None]:
    """Import what work needs and make the shell, as far as that goes before forking.

    Returned with it is what was found out on the way; None where that was known.
    """
    known = _known()
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise RuntimeError(
                f"{error}. The packages, and the course's own by `pip install .` (not editable: "
                "the checkout is out of sight), must be installed beside the grader's Python"
            ) from error
    from . import shell, student

    prepared = shell.prepare()
    learned = known["modules"] if known else _learn(partial(student.rehearse, prepared, rehearsed))
    for name in learned:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    inspect.getmodule(None, "")  # the first traceback looks up the files of all modules: 0.2 s
    return partial(student.serve, prepared), None if known else _found(learned)


def _known() -> dict[str, Any] | None:
    """Return what an earlier zygote found out, its files being laid where they were."""
    text = Path(__file__).with_name(KNOWN).read_text(encoding="utf-8")
    if not text:
        return None
    known: dict[str, Any] = json.loads(text)
    folder = Path(os.environ["MPLCONFIGDIR"])
    folder.mkdir(exist_ok=True)
    for name, content in known["files"].items():
        (folder / name).write_text(content, encoding="utf-8")
    return known


def _found(learned: list[str]) -> dict[str, object] | None:
    """Return what the next zygote need not find out, if that is little enough to be told."""
    lists = Path(os.environ["MPLCONFIGDIR"]).glob("*.json")
    files = {path.name: path.read_text(encoding="utf-8") for path in lists}
    found: dict[str, object] = {"modules": learned, "files": files}
    return found if len(json.dumps(found)) < MOST_FOUND else None


def _learn(rehearse: Callable[[], None]) -> list[str]:
    """Return the modules that typical work imports on the way, found out in a child."""
    reader, writer = os.pipe()
    before = set(sys.modules)
    pid = os.fork()
    if pid == 0:
        try:
            _redirect(1)
            rehearse()
        except BaseException:
            traceback.print_exc()
        finally:
            with open(writer, "w") as pipe:
                pipe.write("\n".join(sorted(set(sys.modules) - before)))
            os._exit(0)
    os.close(writer)
    with open(reader) as pipe:
        names = pipe.read().split()
    os.waitpid(pid, 0)
    return names


def _redirect(*descriptors: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(null, descriptor)
    os.close(null)


def _fork_all(control: socket.socket, serve: Serve, sandboxed: bool) -> None:
    # Nothing is ever written to this pipe: it closes when the zygote ends, however it ends.
    lifeline, held = os.pipe()
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 16, 8)
        if not data:
            return
        if os.fork() == 0:
            connection = socket.socket(fileno=descriptors[0])
            try:
                control.close()
                os.close(held)
                _supervise(connection, serve, lifeline, descriptors[1], sandboxed)
            except BaseException as error:
                _report(connection, {"error": f"{type(error).__name__}: {error}"})
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _report(connection: socket.socket, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps(message).encode() + b"\n")


def _receive(connection: socket.socket, size: int) -> bytes:
    """Read exactly so many bytes: what follows them are commands."""
    data = bytearray()
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError("the request is incomplete")
        data += part
    return bytes(data)


def _supervise(
    connection: socket.socket,
    serve: Serve,
    lifeline: int,
    conversation: int,
    sandboxed: bool,
) -> None:
    """Start a student's process, pass on signals, report its end. It cannot see this one."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size = int.from_bytes(_receive(connection, 8), "big")
    request = json.loads(_receive(connection, size))
    limits = Limits(**request["limits"])
    home = Path("/tmp" if sandboxed else tempfile.mkdtemp(prefix="student-"))
    if sandboxed:
        seal.separate()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(lifeline)
            _become_student(connection, limits, request, home, sandboxed)
            serve(conversation, limits)
        finally:
            os._exit(1)
    os.close(conversation)
    try:
        _watch(connection, lifeline, pid)
    finally:
        if not sandboxed:
            _kill_session(pid)
            shutil.rmtree(home, ignore_errors=True)
    os._exit(0)


def _become_student(
    connection: socket.socket, limits: Limits, request: dict[str, Any], home: Path, sandboxed: bool
) -> None:
    """Seal this process and hand it its files; the connection is closed to what comes then."""
    try:
        os.setsid()
        if sandboxed:
            seal.private_file_system(limits)
        if request["nice"]:
            _give_way(request["nice"])
        _furnish(home, request["files"])
        seal.limit(limits, threads=sandboxed)
        if sandboxed:
            seal.drop_privileges()
        _redirect(0, 1, 2)
    except BaseException as error:
        _report(connection, {"error": f"{type(error).__name__}: {error}"})
        os._exit(1)
    connection.close()


def _furnish(home: Path, files: dict[str, str]) -> None:
    work = home / "work"
    work.mkdir()
    os.chdir(work)
    for name, data in files.items():
        (work / name).write_bytes(base64.b64decode(data))
    os.environ.update(HOME=str(home), TMPDIR=str(home))
    tempfile.tempdir = None


def _watch(connection: socket.socket, lifeline: int, pid: int) -> None:
    student = os.pidfd_open(pid)
    poll = select.poll()
    for source in (connection.fileno(), lifeline, student):
        poll.register(source, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll()}
        if student in ready:
            _, status, usage = os.wait4(pid, 0)
            _report(connection, _exit_report(status, usage))
            return
        if lifeline in ready:
            os.kill(pid, signal.SIGKILL)
            _report(connection, {})  # nothing was refused: the grader sees that the zygote is gone
            return
        if connection.recv(1) == b"I":
            os.kill(pid, signal.SIGINT)
        else:
            os.kill(pid, signal.SIGKILL)
            poll.unregister(connection)


def _kill_session(pid: int) -> None:
    """Without a PID name space, what the process started outlives it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _exit_report(status: int, usage: resource.struct_rusage) -> dict[str, object]:
    return {
        "status": status,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "max_rss": usage.ru_maxrss * 1024,
    }
