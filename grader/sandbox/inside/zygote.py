"""The zygote: a process that has imported everything, and forks one kernel after another.

It runs in the sandbox (`python -m`, started by `sandbox.py`) and holds one end of a socket pair. A
message on it hands over three descriptors: a connection, and the listening sockets of the kernel's
shell and iopub channels. When the socket closes, the zygote ends, and with it all that it started.

A supervisor, forked for every kernel, reads the request from the connection (its length in 8
bytes, then JSON: limits and files) and forks the kernel itself. Afterwards the byte I interrupts
the kernel; K, or the end of the connection, kills it. Back comes one line of JSON: an error of the
start, how the kernel ended, or nothing where the zygote did.

Forking after importing TensorFlow works while the process has one thread and has run no operation:
a child of a process that has would hang. What a first operation imports lazily is therefore found
out in a child that is thrown away, and imported here.
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

# What becomes the kernel on two listening sockets; it comes from `student_side`, which is imported only
# when `_preload` has seen to what IPython must not import
ServeKernel = Callable[[int, int], None]


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
    try:
        _check_hidden(wanted["hidden"])
        serve_kernel = _preload(wanted["preload"], wanted["rehearse"])
        _check_single_thread()
    except Exception as error:
        traceback.print_exc()
        control.send(json.dumps({"error": str(error)[:1000]}).encode())
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors need no waiting for
    gc.collect()
    gc.freeze()  # no collector writes to the pages that the kernels share
    control.send(json.dumps({"ready": time.monotonic() - start}).encode())
    _serve(control, serve_kernel, sandboxed)
    os._exit(0)  # there is nothing to tidy up, and somebody is waiting


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


def _preload(modules: list[str], rehearsed: list[str]) -> ServeKernel:
    """Import what work needs and make the kernel, as far as that goes before forking."""
    sys.modules["debugpy.server"] = None  # no debugger: its import takes 0.4 s in every kernel
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise RuntimeError(
                f"{error}. The packages, and the course's own by `pip install .` (not editable: "
                "the checkout is out of sight), must be installed beside the grader's Python"
            ) from error
    from . import student_side

    app = student_side.prepare()
    for name in _learn(app, rehearsed):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    inspect.getmodule(None, "")  # the first traceback looks up the files of all modules: 0.2 s
    return partial(student_side.serve, app)


def _learn(app: Any, rehearsed: list[str]) -> list[str]:
    """Return the modules that typical work imports on the way, found out in a child."""
    from . import student_side

    reader, writer = os.pipe()
    before = set(sys.modules)
    pid = os.fork()
    if pid == 0:
        try:
            _redirect(1)
            student_side.rehearse(app, rehearsed)
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


def _serve(control: socket.socket, serve_kernel: ServeKernel, sandboxed: bool) -> None:
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
                _supervise(connection, serve_kernel, lifeline, descriptors[1:], sandboxed)
            except BaseException as error:
                _report(connection, {"error": f"{type(error).__name__}: {error}"})
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _report(connection: socket.socket, message: dict) -> None:
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
    serve_kernel: ServeKernel,
    lifeline: int,
    listeners: list[int],
    sandboxed: bool,
) -> None:
    """Start a kernel, pass on signals, report its end. This process is out of its sight."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size = int.from_bytes(_receive(connection, 8), "big")
    request = json.loads(_receive(connection, size))
    home = Path("/tmp" if sandboxed else tempfile.mkdtemp(prefix="kernel-"))
    if sandboxed:
        seal.separate()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(lifeline)
            _become_kernel(connection, request, home, sandboxed)
            serve_kernel(*listeners)
        finally:
            os._exit(1)
    for descriptor in listeners:
        os.close(descriptor)
    try:
        _watch(connection, lifeline, pid)
    finally:
        if not sandboxed:
            _kill_session(pid)
            shutil.rmtree(home, ignore_errors=True)
    os._exit(0)


def _become_kernel(connection: socket.socket, request: dict, home: Path, sandboxed: bool) -> None:
    """Seal this process and hand it its files; the connection is closed to what comes then."""
    try:
        os.setsid()
        limits = Limits(**request["limits"])
        if sandboxed:
            seal.private_file_system(limits)
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
    kernel = os.pidfd_open(pid)
    poll = select.poll()
    for source in (connection.fileno(), lifeline, kernel):
        poll.register(source, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll()}
        if kernel in ready:
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
    """Without a PID name space, what the kernel started outlives it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _exit_report(status: int, usage: resource.struct_rusage) -> dict:
    return {
        "status": status,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "max_rss": usage.ru_maxrss * 1024,
    }
