"""Members come and go while the hub runs.

    python -m hub.members list
    python -m hub.members add ada --first-name Ada --email ada@example.org
    python -m hub.members remove ada        she can't log in; nothing of hers is lost
    python -m hub.members restore ada
    python -m hub.members rename ada lovelace    she logs in as lovelace; her lane stays ada's

It is for whoever runs the hub. The instructor's page says the same to the hub by `/hub/api/class`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from grader.errors import GraderError
from grader.gradebook import notes
from hub import api, rooms, view
from hub.members import (
    ROLES,
    ClassError,
    Member,
    Row,
    as_demo_users,
    as_one_user,
    as_system_users,
)
from hub.passwords import digest, new_password
from hub.places import STATE, State
from hub.roster import Entry, Roster


class Classroom:
    """The class of one hub, and all that has to happen when it changes.

    Parameters
    ----------
    state : State
        What the hub keeps.
    """

    def __init__(self, state: State):
        self.state = state
        self.roster = Roster(state.roster)

    @property
    def has_system_passwords(self) -> bool:
        """Whether members log in with their system's passwords."""
        return os.getuid() == 0 and not self.roster.demo

    def members(self) -> list[Member]:
        """Those who are in the class, each with the system's user that their server runs as.

        Returns
        -------
        list of Member
            In the order of joining.

        Raises
        ------
        ClassError
            Where the system has no such user.
        """
        return self._members(self.roster.entries())

    def member(self, name: str) -> Member:
        """One of them; ClassError for a name that is nobody's in the class."""
        entry = self.roster.named(name)
        if entry is None:
            raise ClassError(f"{name} is not a member of the class")
        return self._members([entry])[0]

    def instructor(self) -> Member:
        """The first instructor, in whose view the hub does what is the course's."""
        for entry in self.roster.entries():
            if entry.role == "instructor":
                return self._members([entry])[0]
        raise ClassError(f"there is no class in {self.state.root}: start the hub first")

    def _members(self, entries: Iterable[Entry]) -> list[Member]:
        rows: list[Row] = [entry.row() for entry in entries]
        if os.getuid() != 0:
            return as_one_user(rows, self.state.home)
        return as_demo_users(rows, self.state.home) if self.roster.demo else as_system_users(rows)

    # ------------------------------------------------------------ who comes and goes

    def add(self, entry: Entry) -> str:
        """Enter a member.

        Parameters
        ----------
        entry : Entry
            The new member.

        Returns
        -------
        str
            The password that was made; empty where members have their system's.

        Raises
        ------
        ClassError
            Where the name or the login is somebody's, or there is no such user of the system.
        """
        self._members([entry])  # what can't be had is said before anything is changed
        self.roster.add(entry)
        return self._let_in(entry)

    def restore(self, name: str) -> str:
        """Let somebody who left come back: as `add`."""
        return self._let_in(self.roster.restore(name))

    def remove(self, name: str) -> None:
        """Let a member leave: the server ends, the login is closed, and nothing is lost.

        Parameters
        ----------
        name : str
            Of the member.

        Raises
        ------
        ClassError
            Where there is no such member, or it is the last instructor.
        """
        entry = self.roster.leave(name)
        with notes.changed(self.state.digests) as digests:
            digests.pop(name, None)
        self._end_sessions(name)
        self.enter([entry])

    def change_login(self, name: str, login: str) -> None:
        """Let a member log in with another name; lane, home and grades stay.

        Parameters
        ----------
        name : str
            Of the member.
        login : str
            The new one.

        Raises
        ------
        ClassError
            Where there is no such member, the login is another's, or no user of the system.
        """
        entry = self.roster.named(name)
        if entry is None:
            raise ClassError(f"{name} is not a member of the class")
        if self.has_system_passwords:
            as_system_users([{**entry.row(), "login": login}])
        self.roster.change_login(name, login)
        self._end_sessions(name)
        rooms.make(self.state, [self.member(name)], self.instructor())

    def enter(self, entries: Iterable[Entry]) -> None:
        """Enter members, and those who left, in the gradebook.

        Parameters
        ----------
        entries : iterable of Entry
            Of the roster.

        Raises
        ------
        ClassError
            Where the gradebook can't be written.
        """
        rows = json.dumps([entry.to_json() for entry in entries])
        done = view.run(
            self.instructor(), self.state, ["-m", "hub.entering"],
            input=rows, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            raise ClassError(
                f"The class could not be entered in the gradebook:\n{done.stderr.strip()}"
            )

    def new_passwords(self) -> dict[str, str]:
        """Passwords for everybody, in place of those before.

        Returns
        -------
        dict of str to str
            The password by the member's name; empty where members have their system's.
        """
        made = {}
        if not self.has_system_passwords:
            made = {entry.name: new_password() for entry in self.roster.entries()}
        with notes.changed(self.state.digests) as digests:
            digests.clear()
            digests.update({name: digest(password) for name, password in made.items()})
        return made

    def _let_in(self, entry: Entry) -> str:
        rooms.make(self.state, [self.member(entry.name)], self.instructor())
        self.enter([entry])
        if self.has_system_passwords:
            return ""
        password = new_password()
        with notes.changed(self.state.digests) as digests:
            digests[entry.name] = digest(password)
        return password

    def _end_sessions(self, name: str) -> None:
        """Let a running hub forget a member: server, cookies and tokens end."""
        with contextlib.suppress(FileNotFoundError):
            settings = json.loads(self.state.settings.read_text(encoding="utf-8"))
            _forget(settings, name)


def _forget(settings: dict[str, str], name: str) -> None:
    """Whom the hub doesn't know needn't be forgotten, nor does a hub that doesn't run remember."""
    address = f"http://127.0.0.1:{settings['hub_port']}/hub/api"
    try:
        api.call(address, settings["operator_token"], "DELETE", f"users/{quote(name, safe='')}")
    except api.NotThere:
        return
    except api.Refused as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise ClassError(f"the hub refused to forget {name}: {error}") from error
    except GraderError as error:
        raise ClassError(str(error)) from error


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    options = _parser().parse_args(arguments)
    classroom = Classroom(State(options.state.resolve()))
    os.umask(0o022)
    try:
        classroom.instructor()
        _do(classroom, options)
    except (ClassError, GraderError) as error:
        print(f"members: {error}", file=sys.stderr)
        return 1
    return 0


def _do(classroom: Classroom, options: argparse.Namespace) -> None:
    if options.command == "list":
        for entry in classroom.roster.entries(everybody=True):
            login = f"  logs in as {entry.login}" if entry.login != entry.name else ""
            left = f"  left {entry.left[:10]}" if entry.left else ""
            print(f"{entry.role:<12}{entry.name}{login}{left}")
    elif options.command == "remove":
        classroom.remove(options.name)
        print(
            f"{options.name} has left. To take it back: python -m hub.members restore {options.name}"
        )
    elif options.command == "rename":
        classroom.change_login(options.name, options.login)
        print(f"{options.name} logs in as {options.login} now; the lane is {options.name}'s still")
    else:
        if options.command == "add":
            texts = (options.first_name, options.last_name, options.email)
            password = classroom.add(Entry(options.name, options.role, options.login, *texts))
        else:
            password = classroom.restore(options.name)
        print(
            f"{options.name} is in the class"
            + (f", with the password {password}" if password else "")
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hub.members",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument(
        "--state", type=Path, default=STATE, metavar="DIR", help="of the hub (build/hub)"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="list the members, and who has left")
    adding = commands.add_parser("add", help="enter a member")
    adding.add_argument("name")
    adding.add_argument("--role", choices=ROLES, default="student")
    for field in ("login", "first-name", "last-name", "email"):
        adding.add_argument(f"--{field}", default="")
    for command, text in (("remove", "let a member leave"), ("restore", "take that back")):
        commands.add_parser(command, help=text).add_argument("name")
    renaming = commands.add_parser("rename", help="change what a member logs in with")
    renaming.add_argument("name")
    renaming.add_argument("login")
    return parser
