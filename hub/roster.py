"""The class as the hub keeps it: a file that is read while the hub runs, and changed by one at a time.

A member's name is their lane, their home and their name in the gradebook: it stays. What one logs in
with may change. Who has left is marked, and can come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.gradebook import notes
from hub.members import NAME, ROLES, ClassError, Row


@dataclass(frozen=True)
class Entry:
    """One line of the roster.

    Attributes
    ----------
    name : str
        Of the lane, the home and the student in the gradebook; never changes.
    login : str
        What the member logs in with.
    left : str
        When the member left the class, in ISO format; empty for those who are in it.
    """

    name: str
    role: str
    login: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    left: str = ""

    def __post_init__(self) -> None:
        if not self.login:
            object.__setattr__(self, "login", self.name)
        for text in (self.name, self.login):
            if not NAME.fullmatch(text):
                raise ClassError(
                    f"{text!r} is not a user name: lower case, digits, - and _, a letter first, at most 31"
                )
        if self.role not in ROLES:
            raise ClassError(f"{self.name}: the role is one of {', '.join(ROLES)}")

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON takes them."""
        return asdict(self)

    def row(self) -> Row:
        """The line as a class list has it."""
        return {key: value for key, value in asdict(self).items() if key != "left"}


class Roster:
    """The file.

    Parameters
    ----------
    path : Path
        Where it is, there or not yet.
    """

    def __init__(self, path: Path):
        self.path = path

    @property
    def demo(self) -> bool:
        """Whether it is the demo class's."""
        return bool(notes.read(self.path).get("demo", True))

    def entries(self, everybody: bool = False) -> list[Entry]:
        """The members, and with `everybody` also those who have left, in the order of joining."""
        found = [Entry(**fields) for fields in notes.read(self.path).get("members", ())]
        return [entry for entry in found if everybody or not entry.left]

    def named(self, name: str) -> Entry | None:
        """The member of this name, None where there is none in the class."""
        return next((entry for entry in self.entries() if entry.name == name), None)

    def by_login(self, login: str) -> Entry | None:
        """The member who logs in with this, None where there is none in the class."""
        return next((entry for entry in self.entries() if entry.login == login), None)

    def start(self, rows: Iterable[Row], demo: bool) -> None:
        """Take the rows of a class list.

        Whom it names is entered, or brought up to date; whom it doesn't name stays, and so does
        who has left. Where the file is another class's, the demo's or not, it begins anew.

        Parameters
        ----------
        rows : iterable of Row
            As `read_class` gives them.
        demo : bool
            Whether it is the demo class.
        """
        with notes.changed(self.path) as content:
            if content.get("demo", demo) != demo:
                content.clear()
            content["demo"] = demo
            known = {fields["name"]: fields for fields in content.get("members", ())}
            for row in rows:
                kept = known.get(row["name"], {})
                known[row["name"]] = {**Entry(**row).to_json(), **_kept(kept, row)}
            content["members"] = list(known.values())
            _require_sound(content["members"])

    def add(self, entry: Entry) -> None:
        """Enter a member. ClassError where the name or the login is somebody's, who may have left."""
        with self._changing() as entries:
            for other in entries:
                if entry.name == other.name:
                    raise ClassError(
                        f"{entry.name} is in the class already"
                        if not other.left
                        else f"{entry.name} has left the class: restore {entry.name}"
                    )
            entries.append(entry)

    def leave(self, name: str) -> Entry:
        """Mark a member as one who has left. ClassError for the last instructor."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return self._replace(name, lambda entry: replace(entry, left=entry.left or now))

    def restore(self, name: str) -> Entry:
        """Take the mark away."""
        return self._replace(name, lambda entry: replace(entry, left=""))

    def change_login(self, name: str, login: str) -> Entry:
        """Let a member log in with another name; the lane stays."""
        return self._replace(name, lambda entry: replace(entry, login=login))

    def _replace(self, name: str, change: Any) -> Entry:
        with self._changing() as entries:
            for number, entry in enumerate(entries):
                if entry.name == name:
                    entries[number] = change(entry)
                    return entries[number]
            raise ClassError(f"{name} is not a member of the class")

    @contextmanager
    def _changing(self) -> Iterator[list[Entry]]:
        with notes.changed(self.path) as content:
            entries = [Entry(**fields) for fields in content.get("members", ())]
            yield entries
            members = [entry.to_json() for entry in entries]
            _require_sound(members)
            content["members"] = members


def _kept(known: dict[str, Any], row: Row) -> dict[str, Any]:
    """What a class list that is read again doesn't change."""
    kept = {"left": known.get("left", "")}
    return kept if row.get("login") or not known else {**kept, "login": known["login"]}


def _require_sound(members: list[dict[str, Any]]) -> None:
    present = [fields for fields in members if not fields["left"]]
    logins = [fields["login"] for fields in present]
    if len(set(logins)) < len(logins):
        raise ClassError(f"{max(logins, key=logins.count)} would be the login of two members")
    if not any(fields["role"] == "instructor" for fields in present):
        raise ClassError("the class would have no instructor")
