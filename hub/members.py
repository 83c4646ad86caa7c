"""Who is in the class, and as which system user each member's server runs.

Started by an ordinary user, the hub runs every server as that user, and the views keep members
apart. Started by root, every member is a system user, and the views come on top of the system's own
permissions.
"""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from hub import spreadsheets

ROLES = ("instructor", "assistant", "student")
NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")
COLUMNS = ("name", "role", "first_name", "last_name", "email")
GROUP = "course-instructors"
DEMO_COMMENT = "demo class of the course"  # marks the accounts that the hub may use as its own


class ClassError(Exception):
    """The class can't be had as it is asked for; says why, and how to go on."""


@dataclass(frozen=True)
class Member:
    """One person of the class.

    Attributes
    ----------
    name : str
        The user name.
    role : str
        One of `ROLES`.
    uid, gid : int
        User and group that the server runs with.
    home : Path
        The home that it runs with.
    group : int, optional
        The instructors' group, where members are system users.
    first_name, last_name, email : str
        As in the class list; may be empty.
    """

    name: str
    role: str
    uid: int
    gid: int
    home: Path
    group: int | None = None  # of the instructors, where members are system users
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def teaches(self) -> bool:
        """Whether the member is an instructor."""
        return self.role == "instructor"

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON takes them."""
        return asdict(self) | {"home": str(self.home)}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Member:
        """The member whose fields these are."""
        return cls(**(fields | {"home": Path(fields["home"])}))


Row = dict[str, str]
"""A line of a class list."""

DEMO: tuple[Row, ...] = (
    {"name": "instructor", "role": "instructor", "first_name": "Iris", "last_name": "Demo"},
    {"name": "ada", "role": "student", "first_name": "Ada", "last_name": "Demo"},
    {"name": "lin", "role": "student", "first_name": "Lin", "last_name": "Demo"},
)


def read_class(path: Path) -> list[Row]:
    """The rows of a class list, a CSV file as a spreadsheet writes it.

    Parameters
    ----------
    path : Path
        The file, with the columns name and role, and optionally first_name, last_name and email.

    Returns
    -------
    list of Row
        One row for each member; at least one is an instructor's.

    Raises
    ------
    ClassError
        Where the file can't be read, or a column, a name or a role is not as it should be.
    """
    try:
        read = spreadsheets.read(path).rows
    except GraderError as error:
        raise ClassError(f"{path}: cannot be read as a class list: {error}") from error
    rows = [{key: value.strip() for key, value in row.items() if key} for row in read]
    for number, row in enumerate(rows, start=2):
        unknown = set(row) - set(COLUMNS)
        if unknown or not {"name", "role"} <= set(row):
            columns = ", ".join(COLUMNS)
            raise ClassError(f"{path}: the columns are {columns}; only name and role must be there")
        if not NAME.fullmatch(row["name"]):
            raise ClassError(
                f"{path}, line {number}: {row['name']!r} is not a user name: "
                "lower case, digits, - and _, a letter first, at most 31"
            )
        if row["role"] not in ROLES:
            raise ClassError(f"{path}, line {number}: the role is one of {', '.join(ROLES)}")
    names = [row["name"] for row in rows]
    if len(set(names)) < len(names):
        raise ClassError(f"{path}: {max(names, key=names.count)} is there more than once")
    if "instructor" not in {row["role"] for row in rows}:
        raise ClassError(f"{path}: no instructor")
    return rows


def as_one_user(rows: Sequence[Row], homes: Callable[[str], Path]) -> list[Member]:
    """Members whose servers all run as the user who starts the hub.

    Parameters
    ----------
    rows : sequence of Row
        The class list.
    homes : function
        Gives the home that belongs to a name.

    Returns
    -------
    list of Member
        The members, in the order of the rows.
    """
    return [
        Member.from_json(
            {**_fields(row), "uid": os.getuid(), "gid": os.getgid(), "home": homes(row["name"])}
        )
        for row in rows
    ]


def as_system_users(rows: Sequence[Row]) -> list[Member]:
    """Members that are system users already.

    Parameters
    ----------
    rows : sequence of Row
        The class list.

    Returns
    -------
    list of Member
        The members, in the order of the rows.

    Raises
    ------
    ClassError
        Where a member is not a user of this system, or is root.
    """
    group = _instructors_group()
    return [_system_member(row, group) for row in rows]


def as_demo_users(rows: Sequence[Row], homes: Callable[[str], Path]) -> list[Member]:
    """Members that are system users made for the demo class: nobody can log in as one but here.

    Parameters
    ----------
    rows : sequence of Row
        The demo's class list.
    homes : function
        Gives the home that belongs to a name.

    Returns
    -------
    list of Member
        The members, in the order of the rows.

    Raises
    ------
    ClassError
        Where the system has a user of such a name of its own, or users can't be made.
    """
    _require("useradd")
    for row in rows:
        try:
            account = pwd.getpwnam(row["name"])
        except KeyError:
            _add_demo_user(row["name"], homes(row["name"]))
            continue
        if account.pw_gecos != DEMO_COMMENT:
            raise ClassError(
                f"This system has a user {row['name']} of its own, so the demo class can't have one. "
                "Start the hub as an ordinary user, or with a class of your system's users: "
                "python -m hub --class class.csv"
            )
    users = as_system_users([_fields(row) for row in rows])  # an account is made for the name
    return [replace(member, home=homes(member.name)) for member in users]


def _system_member(row: Row, group: int) -> Member:
    name = row.get("login") or row["name"]
    try:
        account = pwd.getpwnam(name)
    except KeyError:
        raise ClassError(
            f"{name} is not a user of this system: useradd --create-home {name}; passwd {name}. Or, if"
            f" it is somebody who has left: python -m hub.members remove {row['name']}"
        ) from None
    if account.pw_uid == 0:
        raise ClassError("root cannot be a member of the class")
    user = {"uid": account.pw_uid, "gid": account.pw_gid, "home": account.pw_dir}
    return Member.from_json({**_fields(row), **user, "group": group})


def _fields(row: Row) -> dict[str, Any]:
    """Those of a row that the member has; what one logs in with is the roster's matter."""
    return {key: value for key, value in row.items() if key != "login"}


def _instructors_group() -> int:
    try:
        return grp.getgrnam(GROUP).gr_gid
    except KeyError:
        _require("groupadd")
        _run("groupadd", "--system", GROUP)
        return grp.getgrnam(GROUP).gr_gid


def _add_demo_user(name: str, home: Path) -> None:
    # no password is ever set, so neither su nor ssh lets anybody in
    _run(
        "useradd", "--no-create-home", "--home-dir", str(home), "--comment", DEMO_COMMENT,
        "--shell", "/bin/bash", "--user-group", name,
    )  # fmt: skip


def _require(program: str) -> None:
    if shutil.which(program) is None:
        raise ClassError(
            f"{program} is needed to make system users: start the hub as an ordinary user"
        )


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise ClassError(f"{' '.join(command)}: {done.stderr.strip()}")


if __name__ == "__main__":
    import sys

    from hub.enrolment import main

    sys.exit(main())
