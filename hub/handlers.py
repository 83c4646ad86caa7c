"""The hub's own pages and calls: the first screen, the book, and who comes and goes."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyterhub import orm
from jupyterhub.apihandlers.base import APIHandler
from jupyterhub.handlers.base import BaseHandler
from tornado import web

from grader.errors import GraderError
from hub.enrolment import Classroom
from hub.first_screen import book_file, lines, next_step
from hub.launch import FIRST_PAGE, launch_link
from hub.members import ClassError
from hub.places import CHECKOUT, State
from hub.roster import Entry

BOOK = CHECKOUT / "_build" / "html"
# A link of the book to a hub, wherever that was thought to be when it was built: it is this one.
TO_THE_HUB = re.compile(rb'(href=")https?://[^"/]+(/hub/user-redirect/)')


class FirstScreen(BaseHandler):
    """`/hub/course`: what a member sees after login."""

    def initialize(self, state: Path) -> None:
        """Note where the hub's state is."""
        self.state = State(state)

    @web.authenticated
    async def get(self) -> None:
        """The page."""
        try:
            member = await asyncio.to_thread(Classroom(self.state).member, self.current_user.name)
            listed = await asyncio.to_thread(lines, member, self.state)
        except (ClassError, GraderError) as error:
            raise web.HTTPError(403, str(error)) from error
        word, line = next_step(listed)
        html = await self.render_template(
            "course.html",
            user=self.current_user,
            member=member,
            lines=listed,
            word=word,
            next=line,
            first_chapter=launch_link(FIRST_PAGE),
            book=f"{self.hub.base_url}book/{FIRST_PAGE}.html"
            if (BOOK / f"{FIRST_PAGE}.html").is_file()
            else "",
        )
        self.finish(html)


class Book(BaseHandler):
    """`/hub/book/…`: the built book, whose links lead to this hub whatever its port."""

    @web.authenticated
    async def get(self, path: str) -> None:
        """A file of the book."""
        found = book_file(BOOK, path)
        if found is None:
            raise web.HTTPError(404)
        data = await asyncio.to_thread(found.read_bytes)
        if found.suffix == ".html":
            data = TO_THE_HUB.sub(rb"\1\2", data)
        self.set_header(
            "Content-Type", mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        )
        self.finish(data)


class Class(APIHandler):
    """`/hub/api/class`: the class, for instructors and for the hub's services.

    GET gives everybody, POST adds a member (the fields of `hub.roster.Entry`) and answers with the
    password that was made. `/hub/api/class/NAME`: DELETE lets a member leave, PATCH takes
    `{"login": …}` or `{"left": false}`.
    """

    def initialize(self, state: Path) -> None:
        """Note where the hub's state is."""
        self.classroom = Classroom(State(state))

    def prepare(self) -> Any:
        """Let in who may: members who teach, and services."""
        prepared = super().prepare()

        async def checked() -> None:
            if prepared is not None:
                await prepared
            user = self.current_user
            teaches = False
            if user is not None and not isinstance(user, orm.Service):
                entry = self.classroom.roster.named(user.name)
                teaches = entry is not None and entry.role == "instructor"
            if not (teaches or isinstance(user, orm.Service)):
                raise web.HTTPError(403, "It is for instructors.")

        return checked()

    async def get(self, name: str = "") -> None:
        """Everybody, who has left included."""
        entries = self.classroom.roster.entries(everybody=True)
        self.finish(json.dumps([entry.to_json() for entry in entries]))

    async def post(self, name: str = "") -> None:
        """Add a member."""
        fields = self.get_json_body() or {}
        try:
            entry = Entry(**fields)
        except (TypeError, ClassError) as error:
            raise web.HTTPError(400, str(error)) from error
        password = await self._changed(self.classroom.add, entry)
        self.set_status(201)
        self.finish(json.dumps({"name": entry.name, "password": password}))

    async def delete(self, name: str) -> None:
        """Let a member leave."""
        await self._changed(self.classroom.remove, name)
        self.set_status(204)

    async def patch(self, name: str) -> None:
        """Change what a member logs in with, or let one who left come back."""
        fields = self.get_json_body() or {}
        answer: dict[str, str] = {"name": name}
        if set(fields) == {"login"}:
            await self._changed(self.classroom.change_login, name, str(fields["login"]))
        elif fields == {"left": False}:
            answer["password"] = await self._changed(self.classroom.restore, name)
        else:
            raise web.HTTPError(400, "It takes a login, or left: false.")
        self.finish(json.dumps(answer))

    async def _changed(self, change: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return await asyncio.to_thread(change, *arguments)
        except (ClassError, GraderError) as error:
            raise web.HTTPError(409, str(error)) from error


def handlers(state: Path) -> list[tuple[Any, ...]]:
    """What JupyterHub's `extra_handlers` takes.

    Parameters
    ----------
    state : Path
        The folder of what the hub keeps.

    Returns
    -------
    list of tuple
        Pattern, handler, and its arguments.
    """
    about = {"state": state}
    return [
        (r"/course", FirstScreen, about),
        (r"/book/(.*)", Book),
        (r"/api/class", Class, about),
        (r"/api/class/([^/]+)", Class, about),
    ]
