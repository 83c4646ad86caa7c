"""The page's web application: who may see what, and how every answer is protected."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, select_autoescape
from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from grader.errors import GraderError
from grader.notebooks.safe_html import cell2html, hint2html, markdown2html
from hub.teaching import marking
from hub.teaching.desk import Desk
from hub.teaching.job import Jobs

Result = TypeVar("Result")
HERE = Path(__file__).parent
SHARED = HERE.parent / "templates"  # with the hub's own pages
INSTRUCTORS, ASSISTANTS, STUDENTS = "instructors", "assistants", "students"
"""Groups of the hub."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
UPLOAD = 4 << 20  # bytes of a class list or an export


def templates() -> Environment:
    """The page's templates; all that they are given is escaped."""
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", SHARED]),
        autoescape=select_autoescape(default_for_string=True, default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = lambda number: f"{number:g}"
    environment.filters["question"] = marking.spoken
    environment.filters["hint"] = hint2html
    environment.filters["markdown"] = markdown2html
    environment.filters["answer"] = cell2html
    environment.filters["segment"] = lambda name: quote(name, safe="")
    environment.filters["when"] = lambda moment: moment.strftime("%a %-d %b %Y, %H:%M %Z")
    environment.filters["field"] = lambda moment: moment.strftime("%Y-%m-%dT%H:%M")
    return environment


class Page(HubOAuthenticated, RequestHandler):
    """A page of the service: for instructors and assistants unless it says otherwise."""

    allowed: ClassVar[tuple[str, ...]] = (INSTRUCTORS, ASSISTANTS)
    logs_in: ClassVar[bool] = True  # whoever is not logged in is sent there

    def set_default_headers(self) -> None:
        """Nothing is loaded from elsewhere, framed, kept in a cache or guessed."""
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def prepare(self) -> None:
        """Log in where nobody is, and refuse whom the page isn't for."""
        # before the page gathers what it shows: a job that ends meanwhile has it loaded anew
        self.job = self.jobs.status
        if not self.current_user:
            if self.request.method != "GET" or not self.logs_in:
                raise HTTPError(403)
            self.redirect(self.get_login_url())
            return
        if not self.may(*self.allowed):
            raise HTTPError(403, reason="This page is not for you")

    def may(self, *groups: str) -> bool:
        """Whether the user is in one of the groups."""
        return bool(set(self.current_user.get("groups", ())) & set(groups))

    def require_instructor(self) -> None:
        """Refuse assistants."""
        if not self.may(INSTRUCTORS):
            raise HTTPError(403, reason="Only instructors may do this")

    @property
    def desk(self) -> Desk:
        """What the page works on."""
        found: Desk = self.settings["desk"]
        return found

    @property
    def jobs(self) -> Jobs:
        """The jobs in the background."""
        found: Jobs = self.settings["jobs"]
        return found

    @property
    def user(self) -> str:
        """The name of who is logged in."""
        name: str = self.current_user["name"]
        return name

    def address(self, *parts: str) -> str:
        """The address of a page, its parts quoted."""
        prefix: str = self.settings["prefix"]
        return prefix + "/".join(quote(part, safe="") for part in parts)

    async def slowly(self, work: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
        """What a function gives that reads files or the gradebook: others needn't wait for it."""
        return await asyncio.to_thread(partial(work, *arguments, **named))

    def show(self, template: str, **shown: Any) -> None:
        """Answer with a page."""
        said = self.get_secure_cookie("said")
        if said:
            self.clear_cookie("said", path=self.settings["prefix"])
        found: Environment = self.settings["templates"]
        self.finish(
            found.get_template(template).render(
                address=self.address,
                xsrf=self.xsrf_token.decode(),
                user=self.user,
                instructs=self.may(INSTRUCTORS),
                teaches=self.may(INSTRUCTORS, ASSISTANTS),
                from_platform=self.settings["from_platform"],
                job=self.job,
                said=said.decode() if said else "",
                **shown,
            )
        )

    def back(self, said: str, *parts: str) -> None:
        """Answer a form: go to a page that says what came of it."""
        if said:
            path = self.settings["prefix"]
            self.set_secure_cookie("said", said[:1500], path=path, httponly=True, samesite="Lax")
        self.redirect(self.address(*parts), status=303)

    def assignment(self, name: str) -> str:
        """The name of an assignment, 404 where there is none of it."""
        if name not in self.desk.names():
            raise HTTPError(404, reason="There is no such assignment")
        return name

    def log_exception(self, *error: Any) -> None:
        """A GraderError is an answer, and nothing for the log."""
        if not isinstance(error[1], GraderError):
            super().log_exception(*error)

    def write_error(self, status_code: int, **named: Any) -> None:
        """Say what went wrong as a page of the same make."""
        error = named.get("exc_info", (None, None, None))[1]
        said = HTTPStatus(status_code).phrase
        if isinstance(error, GraderError):
            self.set_status(HTTPStatus.BAD_REQUEST)
            said = str(error)
        elif isinstance(error, HTTPError):
            said = error.reason or error.log_message or said
        found: Environment = self.settings["templates"]
        self.finish(found.get_template("error.html.j2").render(address=self.address, said=said))


def make(
    desk: Desk,
    jobs: Jobs,
    prefix: str,
    pages: list[tuple[str, type[Page]]],
    from_platform: bool = False,
) -> Application:
    """The application.

    Parameters
    ----------
    desk : Desk
        What it works on.
    jobs : Jobs
        Its jobs in the background.
    prefix : str
        The path under which the hub shows it, with slashes around.
    pages : list of (str, type)
        The path of each page below the prefix, a regular expression, and its handler.
    from_platform : bool, optional
        Whether members come from a learning management system, and not from the hub's own class.

    Returns
    -------
    tornado.web.Application
        To be served on loopback, behind the hub's proxy.
    """
    handlers: list[Any] = [(prefix + path, page) for path, page in pages]
    handlers += [
        (prefix + "oauth_callback", HubOAuthCallbackHandler),
        (prefix + r"(course\.css)", StaticFileHandler, {"path": str(SHARED)}),
        (prefix + r"static/(.*)", StaticFileHandler, {"path": str(HERE / "static")}),
    ]
    return Application(
        handlers,
        cookie_secret=secrets.token_bytes(32),
        xsrf_cookies=True,
        desk=desk,
        jobs=jobs,
        prefix=prefix,
        from_platform=from_platform,
        templates=templates(),
    )
