"""Makes and checks what the hub keeps: the exchange, the homes, the released course."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from grader.sandbox.pool import bubblewrap
from hub import view
from hub.launch import launch_address
from hub.members import ClassError, Member
from hub.places import CHECKOUT, State

VIEWS_NEED = (
    "The hub keeps members apart with bubblewrap and unprivileged user name spaces, and does not start "
    "without. Allow them (see the operator's page), or use the images in hub/."
)
GRADING_NEEDS = (
    "The grader runs submissions in a sandbox inside the instructor's view, with user and network name "
    "spaces of its own. Allow them (see the operator's page), or use the images in hub/."
)
RELEASED_FROM = ("course", "exercises", "grader", "solutions")


def make(state: State, members: list[Member], instructor: Member) -> None:
    """Make every folder with the owner and the permissions that it is to have, now and later.

    The views don't show anybody else's folder. The permissions say the same once more, for whoever
    reaches the machine by another way, where members are system users.

    Parameters
    ----------
    state : State
        What the hub keeps.
    members : list of Member
        The class, or those who join it.
    instructor : Member
        Who has the course directory.
    """
    taught = (instructor.uid, instructor.group)
    _folder(state.root, 0o700)
    for folder in (state.root / "homes", state.root / "accounts", state.outbound.parent.parent):
        _folder(folder, 0o755)
    _folder(state.outbound.parent, 0o755)
    _folder(state.course, 0o2770, taught)
    _folder(state.named, 0o2770, taught)
    _folder(state.practice, 0o2770, taught)
    _folder(state.outbound, 0o2775, taught)
    _folder(state.inbound, 0o750, (0, instructor.group))
    _folder(state.feedback, 0o750, (0, instructor.group))
    for member in members:
        view.write_accounts(member, state, launch_address())
        if member.home.is_relative_to(state.root):
            _folder(member.home, 0o700, (member.uid, member.gid))
        if not member.teaches:
            _folder(state.inbound / member.name, 0o2755, (member.uid, instructor.group))
            _folder(state.feedback / member.name, 0o2775, taught)


def build(state: State, instructor: Member, release: Sequence[str] = ()) -> None:
    """Build the assignments if their sources have changed, and let those that are out follow.

    Nothing is released that isn't out already, but for what is asked for.

    Parameters
    ----------
    state : State
        What the hub keeps.
    instructor : Member
        In whose view it is done.
    release : sequence of str, optional
        Names of assignments that students are to have, or "all".

    Raises
    ------
    ClassError
        Where they could not be built or released.
    """
    stamp = state.root / "released"
    mark = fingerprint()
    built = stamp.is_file() and stamp.read_text(encoding="ascii") == mark
    if built and not release:
        return
    arguments = [] if built else ["--prepare"]
    arguments += ["--all"] if "all" in release else list(release)
    done = view.run(
        instructor, state, ["-m", "hub.release", *arguments], capture_output=True, text=True
    )
    if done.returncode != 0:
        raise ClassError(f"The assignments could not be released:\n{done.stderr.strip()}")
    stamp.write_text(mark, encoding="ascii")


def fingerprint() -> str:
    """A digest that changes with whatever the released assignments are made of."""
    total = hashlib.sha256()
    for room in RELEASED_FROM:
        for path in sorted((CHECKOUT / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0")
                total.update(path.read_bytes())
    return total.hexdigest()


def try_views(state: State, members: list[Member]) -> None:
    """Try whether this machine can make views, and in the instructor's a sandbox without network.

    Parameters
    ----------
    state : State
        What the hub keeps.
    members : list of Member
        The class.

    Raises
    ------
    ClassError
        Where it can't.
    """
    instructor = next(member for member in members if member.teaches)
    sandbox = [bubblewrap(), "--unshare-user", "--unshare-net", "--ro-bind", "/", "/", "true"]
    student = next((member for member in members if not member.teaches), instructor)
    _try(student, state, ["true"], f"No view can be made for {student.name}", VIEWS_NEED)
    _try(instructor, state, sandbox, "Nothing could be graded here", GRADING_NEEDS)


def _try(member: Member, state: State, trial: list[str], trouble: str, advice: str) -> None:
    done = subprocess.run(
        [*view.command(member, state), *trial],
        env=view.environment(member),
        cwd="/",
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise ClassError(f"{trouble}: {done.stderr.strip()}\n{advice}")


def _folder(path: Path, mode: int, owner: tuple[int, int | None] | None = None) -> None:
    path.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0 and owner is not None:
        os.chown(path, owner[0], -1 if owner[1] is None else owner[1], follow_symlinks=False)
    path.chmod(mode)
