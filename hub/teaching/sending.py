"""Grades for the learning management system: as a file, or sent there and previewed before."""

from __future__ import annotations

import io
import secrets
import tempfile
from pathlib import Path
from typing import Any

from tornado.web import HTTPError

from grader.errors import GraderError
from hub import passback, spreadsheets
from hub.grades import SYSTEMS, form_of, read_marks
from hub.teaching.app import INSTRUCTORS, UPLOAD, Page
from hub.teaching.job import Busy, Step

PLATFORM = "platform.toml"
"""In the course directory: where the grades go, as `hub.passback` reads it."""


class Grades(Page):
    """Where grades can go."""

    allowed = (INSTRUCTORS,)

    def get(self) -> None:
        """Show it."""
        self.show("grades.html.j2", platform=self._platform_is_known(), plan=None)

    def _platform_is_known(self) -> bool:
        return (self.desk.root / PLATFORM).is_file()


class File(Page):
    """The file that Canvas or Moodle imports."""

    allowed = (INSTRUCTORS,)

    async def post(self) -> None:
        """Make it, with the rows of the system's own export where that is uploaded."""
        system = self.get_body_argument("system")
        if system not in SYSTEMS:
            raise HTTPError(404)
        files = self.request.files.get("roster", ())
        roster = files[0]["body"] if files else b""
        if len(roster) > UPLOAD:
            raise GraderError(f"The export is larger than {UPLOAD >> 20} MiB.")
        text = await self.slowly(self._file, system, roster)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="grades-{system}.csv"')
        self.finish(text)

    def _file(self, system: str, roster: bytes) -> str:
        stream = io.StringIO(newline="")
        marks = read_marks(self.desk.course)
        with tempfile.TemporaryDirectory() as folder:
            path = None
            if roster:
                path = Path(folder, "the export")
                path.write_bytes(roster)
            spreadsheets.write(stream, SYSTEMS[system](marks, path), form_of(path))
        return stream.getvalue()


class Preview(Grades):
    """What would be sent."""

    async def post(self) -> None:
        """Ask the platform what it has."""
        plan = await self.slowly(self._plan)
        ticket = secrets.token_urlsafe(16)
        self.settings["plans"] = {ticket: plan}  # the last preview only
        lines = passback.lines(plan)
        count = len(plan.changes)
        self.show("grades.html.j2", platform=True, plan=lines, count=count, ticket=ticket)

    def _plan(self) -> passback.Plan:
        platform = passback.Platform.read(self.desk.root / PLATFORM)
        return passback.plan(read_marks(self.desk.course), passback.Service(platform), platform)


class Send(Page):
    """Sends what was previewed."""

    allowed = (INSTRUCTORS,)

    def post(self) -> None:
        """Start sending."""
        plan = self.settings.get("plans", {}).pop(self.get_body_argument("ticket"), None)
        if plan is None:
            raise GraderError("Look at the preview again: it is out of date.")
        try:
            self.jobs.start("Sending grades", self.user, lambda step: self._send(plan, step))
        except Busy as error:
            self.back(str(error), "grades")
            return
        self.back("", "grades")

    def _send(self, plan: passback.Plan, step: Step) -> list[str]:
        platform = passback.Platform.read(self.desk.root / PLATFORM)
        titles = {name: self.desk.title(name) for name in plan.columns}
        done = passback.send(plan, passback.Service(platform), platform, titles, step)
        refused = [f"{name} of {who}: {why}" for (who, name), why in done.refused.items()]
        return [f"Grades sent: {done.count}.", *refused]


PAGES: list[tuple[str, Any]] = [
    ("grades", Grades),
    ("grades/file", File),
    ("grades/preview", Preview),
    ("grades/send", Send),
]
