"""What a member's server sees: a file system made for it by bubblewrap, and nothing in it but this.

Everybody: the system's programs, the packages, the course's repository, a home.
Students: what was released, a lane of their own for handing in, a lane of their own for feedback.
Instructors: the checkout, the course directory with its gradebook, the whole exchange.

A student's view has no path to anybody else's, so there is no name to guess and no link to follow.
It holds whether or not members are different system users. Each view has its own process table, its
own /tmp and its own shared memory; the network is the machine's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.sandbox.pool import SandboxUnavailable, bubblewrap
from hub.members import Member
from hub.places import (
    CHECKOUT,
    COURSE_ID,
    ENVIRONMENT,
    HUB,
    INTERPRETER,
    LAYER,
    PYTHON,
    Inside,
    State,
)

# Of /etc, what programs need to find names, certificates, fonts and the clock.
ETC = (
    "alternatives", "ca-certificates", "fonts", "host.conf", "hosts", "inputrc", "ld.so.cache",
    "ld.so.conf", "ld.so.conf.d", "locale.alias", "localtime", "mime.types", "nsswitch.conf", "pki",
    "protocols", "resolv.conf", "services", "ssl", "terminfo", "timezone",
)  # fmt: skip
INSTRUCTORS_ROOMS = ("chapters", "course", "exercises", "grader", "solutions", "hub")
EDITABLE_ROOMS = ("exercises", "solutions")  # where whoever runs the hub lets instructors write
INSTRUCTORS_FILES = (
    "nbgrader_config.py",
    "course.toml",
    "_config.yml",
    "_toc.yml",
    "pyproject.toml",
)
AS_USER = CHECKOUT / "grader" / "sandbox" / "unprivileged.py"
SCRATCH = 1 << 20  # bytes of the exchange's own, otherwise empty, root


@dataclass(frozen=True)
class Shown:
    """A directory or file of the machine, and where it is inside.

    Attributes
    ----------
    source : Path
        Its path on the machine.
    inside : Path
        Its path in the view.
    writable : bool
        Whether the member may write to it.
    """

    source: Path
    inside: Path
    writable: bool = False


def home_inside(member: Member) -> Path:
    """The member's home in the view.

    Parameters
    ----------
    member : Member
        Whose view it is.

    Returns
    -------
    Path
        The home.
    """
    return Inside.INSTRUCTOR if member.teaches else Inside.HOME / member.name


def _as_it_lies(*paths: Path) -> list[Shown]:
    return [Shown(path, path) for path in paths]


def _programs() -> list[Shown]:
    """The Python of the course and of the hub."""
    own = [] if INTERPRETER.is_relative_to("/usr") else [INTERPRETER]
    return _as_it_lies(ENVIRONMENT, LAYER, *own)


def _checkout(*rooms: str) -> list[Shown]:
    """What grading needs: rooms of the checkout, its files, and the real tweets where they are."""
    tweets = os.environ.get("GOP_TWEETS")
    data = [Path(tweets).resolve()] if tweets else []
    return _as_it_lies(*(CHECKOUT / name for name in (*rooms, *INSTRUCTORS_FILES)), *data)


def shown(member: Member, state: State) -> list[Shown]:
    """All that a member sees beyond the system's own programs.

    Parameters
    ----------
    member : Member
        Whose view it is.
    state : State
        What the hub keeps.

    Returns
    -------
    list of Shown
        Directories and files.
    """
    exchange = Inside.EXCHANGE / COURSE_ID
    everybody = [
        *_programs(),
        # assistants grade and mark on the instructors' page; their servers are as students'
        Shown(HUB / "config" / ("instructor" if member.teaches else "student"), Inside.CONFIG),
        Shown(state.repository, Inside.REPOSITORY),
        Shown(member.home, home_inside(member), writable=True),
    ]
    if not member.teaches:
        return [
            *everybody,
            Shown(state.outbound, exchange / "outbound"),
            Shown(state.inbound / member.name, exchange / "inbound", writable=True),
            Shown(state.feedback / member.name, exchange / "feedback"),
        ]
    editable = EDITABLE_ROOMS if state.editable.exists() else ()
    return [
        *_checkout(*INSTRUCTORS_ROOMS),
        *(Shown(CHECKOUT / room, CHECKOUT / room, writable=True) for room in editable),
        *everybody,
        Shown(state.course, Inside.COURSE, writable=True),
        Shown(state.outbound.parent, exchange, writable=True),
    ]


def environment(member: Member) -> dict[str, str]:
    """The variables that every process of a member starts with.

    Parameters
    ----------
    member : Member
        Whose view it is.

    Returns
    -------
    dict from name to value
        The variables, and no others.
    """
    home = home_inside(member)
    variables = {
        "HOME": str(home),
        "USER": member.name,
        "LOGNAME": member.name,
        "SHELL": "/bin/bash",
        "LANG": "C.UTF-8",
        "PATH": f"{LAYER}/bin:{ENVIRONMENT}/bin:/usr/local/bin:/usr/bin:/bin",
        # what was installed with the course, beside the layer's own
        "JUPYTER_PATH": f"{ENVIRONMENT}/share/jupyter",
        "JUPYTERLAB_DIR": f"{ENVIRONMENT}/share/jupyter/lab",
        "JUPYTER_CONFIG_PATH": f"{Inside.CONFIG}:{ENVIRONMENT}/etc/jupyter",
        "JUPYTER_RUNTIME_DIR": "/tmp/jupyter",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if member.teaches:
        variables |= {"COURSE_CHECKOUT": str(CHECKOUT), "PYTHONPATH": str(CHECKOUT)}
        variables["COURSE_DIRECTORY"] = str(Inside.COURSE)
        if "GOP_TWEETS" in os.environ:
            variables["GOP_TWEETS"] = str(Path(os.environ["GOP_TWEETS"]).resolve())
    return variables


def umask(member: Member) -> int:
    """Of what the member makes: instructors share the course directory by its group."""
    return 0o007 if member.teaches else 0o022


def shown_to_service(state: State) -> list[Shown]:
    """All that the grading service sees: no gradebook, no home, and of the course directory one folder."""
    exchange = Inside.EXCHANGE / COURSE_ID
    return [
        *_programs(),
        *_checkout(*(name for name in INSTRUCTORS_ROOMS if name != "hub")),
        Shown(state.outbound, exchange / "outbound"),
        Shown(state.inbound, exchange / "inbound"),
        Shown(state.feedback, exchange / "feedback", writable=True),
        Shown(state.practice, Inside.PRACTICE, writable=True),
        Shown(state.named, Inside.NAMED),
    ]


def command(member: Member, state: State) -> list[str]:
    """What to put before a command so that it runs as the member, in the member's view.

    Parameters
    ----------
    member : Member
        Whose view it is.
    state : State
        What the hub keeps.

    Returns
    -------
    list of str
        A program and its arguments.
    """
    # grading needs name spaces, studying doesn't
    options = [] if member.teaches else ["--disable-userns"]
    return _command(member, state, shown(member, state), options, home_inside(member))


def service_command(instructor: Member, state: State, records: bool = False) -> list[str]:
    """What to put before a grading service: the instructor's user, less eyes, and no network."""
    visible = shown_to_service(state)
    if records:  # what it is for
        visible.append(Shown(state.course, Inside.COURSE, writable=True))
    return _command(instructor, state, visible, ["--unshare-net"], CHECKOUT)


def teaching_command(instructor: Member, state: State) -> list[str]:
    """What to put before the instructors' page: an instructor's view, with the log of practice."""
    visible = [*shown(instructor, state), Shown(state.practice, Inside.PRACTICE)]
    return _command(instructor, state, visible, [], home_inside(instructor))


def _command(
    member: Member, state: State, visible: list[Shown], options: list[str], directory: Path
) -> list[str]:
    arguments = [
        bubblewrap(), "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--hostname", "hub", *options,
    ]  # fmt: skip
    arguments += [*_system(), *_etc(state.accounts(member.name))]
    arguments += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/var/tmp"]
    arguments += ["--size", str(SCRATCH), "--tmpfs", str(Inside.EXCHANGE)]
    for show in visible:
        arguments += [
            "--bind" if show.writable else "--ro-bind",
            str(show.source),
            str(show.inside),
        ]
    arguments += ["--remount-ro", "/", "--chdir", str(directory), "--"]
    if os.getuid() == 0:
        needed = {s.source if s.source.is_dir() else s.source.parent for s in visible}
        needed |= {state.accounts(member.name), Path(arguments[0]).parent}
        return [*_as_user(member, needed), *arguments]
    return arguments


def run(
    member: Member, state: State, arguments: Iterable[str], **options: Any
) -> subprocess.CompletedProcess[Any]:
    """Run a command of the course's Python in a member's view.

    Parameters
    ----------
    member : Member
        Whose view it is.
    state : State
        What the hub keeps.
    arguments : iterable of str
        Python's arguments.
    **options : object
        As for `subprocess.run`.

    Returns
    -------
    subprocess.CompletedProcess
        As from `subprocess.run`.
    """
    return subprocess.run(
        [*command(member, state), str(PYTHON), *arguments],
        env=environment(member),
        cwd="/",
        umask=umask(member),
        **options,
    )


def write_accounts(member: Member, state: State, launch_address: str) -> None:
    """Write the files of /etc that name the member and tell git where the course's repository is.

    Parameters
    ----------
    member : Member
        Whose view it is.
    state : State
        What the hub keeps.
    launch_address : str
        Where the book's launch links say that the students' repository is.
    """
    folder = state.accounts(member.name)
    folder.mkdir(parents=True, exist_ok=True)
    group = member.gid if member.group is None or not member.teaches else member.group
    home = home_inside(member)
    nobody = "nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin"
    repository = Inside.REPOSITORY
    files = {
        "passwd": f"{member.name}:x:{member.uid}:{group}::{home}:/bin/bash\n{nobody}\n",
        "group": f"{member.name}:x:{group}:\nnogroup:x:65534:\n",
        "gitconfig": f"[safe]\n\tdirectory = {repository}\n\tdirectory = {repository}/.git\n"
        f'[url "file://{repository}"]\n\tinsteadOf = {launch_address}\n'
        f"[user]\n\tname = {member.name}\n\temail = {member.name}@localhost\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o644)
    folder.chmod(0o755)


def _system() -> list[str]:
    arguments = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():  # one /usr
            arguments += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            arguments += ["--ro-bind", str(path), str(path)]
    return arguments


def _etc(accounts: Path) -> list[str]:
    arguments = []
    for name in ETC:
        arguments += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for name in ("passwd", "group", "gitconfig"):
        arguments += ["--ro-bind", str(accounts / name), f"/etc/{name}"]
    return arguments


def _as_user(member: Member, needed: set[Path]) -> list[str]:
    """Change from root to the member, who can then reach `needed`, whatever directory it is in."""
    groups = [member.gid]
    if member.teaches and member.group is not None:
        groups = [member.group, member.gid]
    identity = ":".join(map(str, [member.uid, *groups]))
    directories = sorted({str(path.resolve()) for path in needed})
    return [sys.executable, "-I", "-S", str(AS_USER), identity, *directories, "--"]


def available() -> str | None:
    """Why no view can be had here, or None."""
    if sys.platform != "linux":
        return "The hub needs Linux. Elsewhere, use the images in hub/."
    for program in ("setpriv", "git"):
        if shutil.which(program) is None:
            return f"{program} is missing: apt-get install util-linux git"
    try:
        bubblewrap()
    except SandboxUnavailable:
        return "The hub needs bubblewrap 0.8 or later: apt-get install bubblewrap"
    return None
