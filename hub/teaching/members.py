"""Who joins the class and who leaves it: by the hub's own call `/hub/api/class`, else by the gradebook."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tornado.web import HTTPError

from grader.errors import GraderError
from grader.gradebook import leavers
from hub.api import call
from hub.members import COLUMNS, ROLES
from hub.spreadsheets import parse
from hub.teaching.app import INSTRUCTORS, UPLOAD, Page

FIELDS = (*COLUMNS, "login")


class Members(Page):
    """The class as the hub keeps it."""

    allowed = (INSTRUCTORS,)

    async def get(self) -> None:
        """Show it."""
        await self._show()

    async def post(self) -> None:
        """Let somebody join, leave, come back, or log in by another name."""
        does = {
            "add": self._add,
            "list": self._add_list,
            "leave": self._leave,
            "restore": self._restore,
            "login": self._change_login,
        }
        what = self.get_body_argument("what")
        if what not in does:
            raise HTTPError(404)
        # a password that was made is shown once, in this answer, and kept nowhere
        done, passwords = await does[what]()
        await self._show(done, passwords)

    async def _show(self, done: str = "", passwords: dict[str, str] | None = None) -> None:
        entries = await self._call("GET")
        present = [entry for entry in entries if not entry["left"]]
        gone = [entry for entry in entries if entry["left"]]
        self.show(
            "members.html.j2",
            present=present,
            gone=gone,
            roles=ROLES,
            done=done,
            passwords={name: word for name, word in (passwords or {}).items() if word},
        )

    async def _call(self, method: str, name: str = "", body: Any = None) -> Any:
        auth = self.hub_auth
        path = "class" + (f"/{quote(name, safe='')}" if name else "")
        return await self.slowly(call, auth.api_url, auth.api_token, method, path, body)

    async def _add(self) -> tuple[str, dict[str, str]]:
        fields = {field: self.get_body_argument(field, "") for field in FIELDS}
        made = await self._call("POST", body=fields)
        return f"{made['name']} is in the class.", {made["name"]: made["password"]}

    async def _add_list(self) -> tuple[str, dict[str, str]]:
        """Whom a class list names and the class hasn't; who is in it stays as they are."""
        files = self.request.files.get("list", ())
        if not files or len(files[0]["body"]) > UPLOAD:
            raise GraderError("Choose a class list, of at most 4 MiB.")
        sheet = parse(files[0]["body"], "the class list")
        if "name" not in sheet.columns:
            raise GraderError(
                f"The class list needs a column name; it may have {', '.join(FIELDS)}."
            )
        known = {entry["name"] for entry in await self._call("GET")}
        passwords = {}
        for row in sheet.rows:
            fields = {field: row.get(field, "").strip() for field in FIELDS}
            if fields["name"] and fields["name"] not in known:
                made = await self._call(
                    "POST", body={**fields, "role": fields["role"] or "student"}
                )
                passwords[made["name"]] = made["password"]
        return f"{len(passwords)} of {len(sheet.rows)} are new in the class.", passwords

    async def _leave(self) -> tuple[str, dict[str, str]]:
        name = self.get_body_argument("name")
        await self._call("DELETE", name)
        return f"{name} has left. Nothing of theirs is lost.", {}

    async def _restore(self) -> tuple[str, dict[str, str]]:
        name = self.get_body_argument("name")
        made = await self._call("PATCH", name, {"left": False})
        return f"{name} is in the class again.", {name: made["password"]}

    async def _change_login(self) -> tuple[str, dict[str, str]]:
        name, login = self.get_body_argument("name"), self.get_body_argument("login")
        await self._call("PATCH", name, {"login": login})
        return f"{name} logs in as {login} now; what was handed in stays {name}'s.", {}


class Leavers(Page):
    """The class as the gradebook knows it, where members come from a learning management system."""

    allowed = (INSTRUCTORS,)

    async def get(self) -> None:
        """Show it."""
        people = await self.slowly(self.desk.students)
        gone = await self.slowly(leavers.left, self.desk.course)
        self.show("leavers.html.j2", students=people, gone=gone)

    async def post(self) -> None:
        """Note that a student has left, or has come back."""
        name, what = self.get_body_argument("name"), self.get_body_argument("what")
        does = {"leave": leavers.leave, "restore": leavers.come_back}
        if what not in does:
            raise HTTPError(404)
        await self.slowly(does[what], self.desk.course, name)
        said = "has left. Nothing of theirs is lost" if what == "leave" else "is in the class again"
        self.back(f"{name} {said}.", "members")


PAGES: list[tuple[str, Any]] = [("members", Members)]
