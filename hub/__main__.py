"""`python -m hub`: a JupyterHub on this machine, with a demo class or with yours.

Started by an ordinary user, every server runs as that user, each in a view of its own. Started by
root, every member is a system user. Passwords are made anew at each start and printed; with --class
under root, members log in with those they have on the system (PAM). Ctrl-C ends the hub and every
server.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from grader.errors import GraderError
from hub import kept, rooms, service, view
from hub.enrolment import Classroom
from hub.launch import launch_link
from hub.members import (
    DEMO,
    GROUP,
    ClassError,
    Member,
    as_system_users,
    read_class,
)
from hub.places import CHECKOUT, HUB, PYTHON, STATE, State
from hub.student_export import export

START_SECONDS = 120
STOP_SECONDS = 30
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    options = _parser().parse_args(arguments)
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, _interrupt)
    os.umask(0o022)
    try:
        return start(options)
    except (ClassError, GraderError) as error:
        print(f"hub: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hub", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add = parser.add_argument
    add("--class", dest="roster", type=Path, metavar="CSV", help="the class, instead of the demo's")
    add(
        "--edit-exercises", action="store_true",
        help="let instructors change exercises/ and solutions/ of this checkout from the hub\n"
        "(started by root: where the files' group, course-instructors, may write)",
    )  # fmt: skip
    add(
        "--release", nargs="+", default=[], metavar="NAME",
        help="assignments that students are to have from this start on, or: all",
    )  # fmt: skip
    add("--port", type=_port, default=8000, help="where to listen (8000)")
    add("--state", type=Path, default=STATE, metavar="DIR", help="what the hub keeps (build/hub)")
    add("--ip", default="127.0.0.1", help="beyond loopback only with --class, root and TLS")
    add("--ssl-key", type=Path, metavar="PEM")
    add("--ssl-cert", type=Path, metavar="PEM")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def start(options: argparse.Namespace) -> int:
    """Prepare the class, start the hub, say how to log in, and wait for its end.

    Parameters
    ----------
    options : argparse.Namespace
        What the command line asks for.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    ClassError
        Where the class or the hub can't be had as it is asked for.
    """
    _check(options)
    state = State(options.state.resolve())
    with kept.held(state) as lock:
        return _run(options, state, lock)


def _run(options: argparse.Namespace, state: State, lock: int) -> int:
    """Run the hub to its end; it holds the lock as well, so that it outlives no start of another."""
    # Where the last hub was killed, the number in it is anybody's by now, and JupyterHub would end
    # that process.
    state.proxy.unlink(missing_ok=True)
    if options.edit_exercises:
        state.editable.touch()
    else:
        state.editable.unlink(missing_ok=True)
    classroom = _classroom(options, state)
    members, instructor = classroom.members(), classroom.instructor()
    rooms.make(state, members, instructor)
    export(state.repository)
    if not (CHECKOUT / "_build" / "html" / "index.html").is_file():
        print(
            "The book isn't built here, so the hub shows none, and the chapters' notebooks have no results"
            " in their sentences until somebody runs them: make book",
            flush=True,
        )
    rooms.try_views(state, members)
    print("Building the assignments ...", flush=True)
    classroom.enter(classroom.roster.entries(everybody=True))
    rooms.build(state, instructor, options.release)
    passwords = classroom.new_passwords()
    environment = _write_settings(options, state, passwords)
    # The hub is asked to end when this process does, in whichever way that is.
    command = ["setpriv", "--pdeathsig", "TERM", "--", str(PYTHON), "-m", "jupyterhub"]
    command += ["--config", str(HUB / "jupyterhub_config.py")]
    log = os.open(state.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with service.running(instructor, state), service.page(instructor, state), subprocess.Popen(
        command, env=environment, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        start_new_session=True, pass_fds=(lock,),
    ) as hub:  # fmt: skip
        try:
            _wait_until_up(options, hub, state)
            _greet(options, members, passwords, state)
            if hub.wait() != 0:
                raise ClassError(
                    f"The hub ended by itself:\n{_last_lines(state)}\nAll of it: {state.log}"
                )
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
        finally:
            _stop(hub)
    return 0


def _check(options: argparse.Namespace) -> None:
    reason = view.available()
    if reason:
        raise ClassError(reason)
    by_system = options.roster is not None and os.getuid() == 0
    if options.ip not in LOOPBACK and not (by_system and options.ssl_cert):
        raise ClassError(
            f"The hub does not listen on {options.ip}: beyond this machine it needs a class of system "
            "users (--class, started by root) and TLS (--ssl-key, --ssl-cert). Or put a proxy with TLS "
            "in front of it."
        )
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((options.ip, options.port))
        except OSError as error:
            raise ClassError(
                f"Port {options.port}: {error.strerror}. Name another: --port"
            ) from error


def _classroom(options: argparse.Namespace, state: State) -> Classroom:
    """The class as it was when the last hub ended, with what a class list says now."""
    classroom = Classroom(state)
    if options.roster is not None:
        rows = read_class(options.roster)
        if os.getuid() == 0:
            as_system_users(rows)  # who can't be had is said before the class is another
        classroom.roster.start(rows, demo=False)
    elif not state.roster.exists():
        classroom.roster.start(DEMO, demo=True)
    return classroom


def _write_settings(
    options: argparse.Namespace, state: State, passwords: dict[str, str]
) -> dict[str, str]:
    """Write what the hub's configuration reads, and return the environment to start it with."""
    settings = {
        "state": str(state.root),
        "bind_url": _address(options),
        "hub_port": _free_port(),
        "proxy_port": _free_port(),
        "teaching_port": _free_port(),
        "teaching_token": secrets.token_hex(32),
        "ssl_key": options.ssl_key and str(options.ssl_key.resolve()),
        "ssl_cert": options.ssl_cert and str(options.ssl_cert.resolve()),
        "system_passwords": not passwords,
        "operator_token": secrets.token_hex(32),
    }
    if passwords:  # who was logged in with the last start's passwords is so no longer
        for name in ("jupyterhub.sqlite", "jupyterhub_cookie_secret"):
            (state.root / name).unlink(missing_ok=True)
    descriptor = os.open(state.settings, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(settings, stream, indent=1)
    passed_on = ("HOME", "LANG", "TZ", "GOP_TWEETS", "PATH")
    environment = {name: os.environ[name] for name in passed_on if name in os.environ}
    return environment | {
        "HUB_SETTINGS": str(state.settings),
        "PYTHONPATH": str(CHECKOUT),
        "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(32),
    }


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _address(options: argparse.Namespace) -> str:
    return f"{'https' if options.ssl_cert else 'http'}://{options.ip}:{options.port}"


def _wait_until_up(options: argparse.Namespace, hub: subprocess.Popen[bytes], state: State) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if hub.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{_address(options)}/hub/health", timeout=5):
                return
        except OSError:  # not there yet, or there and not well
            time.sleep(0.3)
    raise ClassError(f"The hub did not start:\n{_last_lines(state)}")


def _last_lines(state: State) -> str:
    return "\n".join(state.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


def _greet(
    options: argparse.Namespace, members: list[Member], passwords: dict[str, str], state: State
) -> None:
    address = _address(options)
    print(f"\nThe hub is up: {address}   (Ctrl-C ends it; its log: {state.log})\n")
    for member in members:
        secret = passwords.get(member.name, "the system's password")
        print(f"  {member.role:<12}{member.name:<14}{secret}")
    print(f"\n  open a chapter    {address}{launch_link('chapters/lstm')}")
    print(f"  the instructors' page {address}/services/teaching/")
    print(f"  formgrader        {address}/hub/user-redirect/formgrader/manage_assignments")
    print("\n  release           python -m hub.release lstm     (or formgrader's button)")
    print("  who comes, goes   python -m hub.members add|remove|rename NAME")
    if passwords:
        print("\nThese passwords last until the hub ends.", flush=True)
    if os.getuid() == 0 and Classroom(state).roster.demo:
        print("The demo's system users stay. To remove them, and all that the demo keeps:")
        names = [entry.name for entry in Classroom(state).roster.entries(everybody=True)]
        print(f"  {_removal(names, state)}")
    sys.stdout.flush()


def _removal(names: list[str], state: State) -> str:
    """A command that leaves no user, no group and no file without an owner."""
    users = "; ".join(f"userdel {name}" for name in names)
    return f"{users}; groupdel {GROUP}; rm -r {shlex.quote(str(state.root))}"


def _stop(hub: subprocess.Popen[bytes]) -> None:
    """End the hub, which ends its servers and its proxy; whatever it leaves dies with it."""
    for signum, seconds in (
        (signal.SIGINT, STOP_SECONDS),
        (signal.SIGTERM, 10),
        (signal.SIGKILL, 5),
    ):
        if hub.poll() is not None:
            return
        hub.send_signal(signum)
        try:
            hub.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
