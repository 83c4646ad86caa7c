"""The pages: overview, assignment, marking, students, requests."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from tornado.web import HTTPError

from grader.errors import GraderError
from grader.gradebook import deadlines, named
from grader.gradebook.report import group
from grader.gradebook.report_page import as_page
from hub import launch, modes
from hub.first_screen import listed, next_step
from hub.teaching import history, marking, members, sending, tasks
from hub.teaching.app import ASSISTANTS, INSTRUCTORS, POLICY, STUDENTS, Page
from hub.teaching.assignment import shown
from hub.teaching.job import Busy
from hub.teaching.overview import overview

Task = Callable[..., list[str]]
TASKS: dict[str, tuple[str, Task]] = {
    "collect": ("Collecting", tasks.collect),
    "grade": ("Grading", tasks.grade),
    "collect-and-grade": ("Collecting and grading", tasks.collect_and_grade),
    "release": ("Releasing", tasks.release),
    "withdraw": ("Withdrawing", tasks.withdraw),
    "feedback": ("Handing out the feedback of", tasks.feedback),
}
MODES = {
    modes.PRACTICE: "feedback within seconds, and nothing is recorded",
    modes.GRADED: "graded and recorded at once",
    modes.OFF: "nothing until it is collected",
}
AT_ONCE = 100  # answers on one page
ASSISTANTS_TASKS = ("collect", "grade", "collect-and-grade")


class FirstScreen(Page):
    """What a member sees after login, where the hub itself sees neither course nor gradebook."""

    allowed = (INSTRUCTORS, ASSISTANTS, STUDENTS)

    async def get(self) -> None:
        """Show it."""
        teaches = self.may(INSTRUCTORS)
        role = "instructor" if teaches else "assistant" if self.may(ASSISTANTS) else "student"
        due = await self.slowly(deadlines.of_all, self.desk.course)
        lines = await self.slowly(listed, self.user, teaches, self.desk.exchange, due)
        word, line = next_step(lines)
        self.show(
            "course.html.j2",
            member={"name": self.user, "role": role, "teaches": teaches},
            course_title=launch.configuration()["title"],
            lines=lines,
            word=word,
            next=line,
            base_url="/hub/",
            book=launch.published_book(),
            first_chapter=launch.launch_link(launch.FIRST_PAGE),
        )


class Overview(Page):
    """How far each assignment is."""

    async def get(self) -> None:
        """Show it."""
        rows, students = await self.slowly(overview, self.desk)
        waiting = [one for one in history.requests(self.desk) if one.open]
        self.show("overview.html.j2", rows=rows, students=students, requests=len(waiting))


class Assignment(Page):
    """One assignment: what can be done with it, and what the class has understood."""

    async def get(self, name: str) -> None:
        """Show it."""
        self.assignment(name)
        about = await self.slowly(shown, self.desk, name)
        if self.settings["from_platform"]:  # its service follows no choice
            about["mode"] = None
        self.show(
            "assignment.html.j2", name=name, assistants=ASSISTANTS_TASKS, modes=MODES, **about
        )


class Do(Page):
    """Starts a job."""

    def post(self, name: str, what: str) -> None:
        """Start it, and go back to the assignment."""
        self.assignment(name)
        if what not in TASKS:
            raise HTTPError(404)
        if what not in ASSISTANTS_TASKS:
            self.require_instructor()
        words, task = TASKS[what]
        desk = self.desk
        try:
            self.jobs.start(f"{words} {name}", self.user, lambda step: task(desk, name, step))
        except Busy as error:
            self.back(str(error), "a", name)
            return
        self.back("", "a", name)


class Status(Page):
    """The job that runs, for the script that shows its progress."""

    logs_in = False

    def get(self) -> None:
        """Give it as JSON."""
        status = self.jobs.status
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(asdict(status) | {"runs": status.runs} if status else {}))


class Name(Page):
    """Names a mistake that nothing explains."""

    def post(self, name: str) -> None:
        """Start naming it: the code is tried in the sandbox first."""
        self.assignment(name)
        self.require_instructor()
        fields = ("function", "behaviour", "label", "hint")
        given = [self.get_body_argument(field) for field in fields]
        desk = self.desk
        try:
            self.jobs.start(
                f"Naming a mistake in {name}",
                self.user,
                lambda step: tasks.name(desk, name, *given),
            )
        except Busy as error:
            self.back(str(error), "a", name)
            return
        self.back("", "a", name)


class Unname(Page):
    """Takes the name of a mistake back."""

    async def post(self, name: str) -> None:
        """Only of one that was named here."""
        self.assignment(name)
        self.require_instructor()
        function, label = self.get_body_argument("function"), self.get_body_argument("label")
        await self.slowly(named.drop, self.desk.root, name, function, label)
        self.back(f"{label} is no longer a known mistake of {function}. Grade again.", "a", name)


class Deadline(Page):
    """Sets an assignment's deadline."""

    async def post(self, name: str) -> None:
        """An empty field takes it away."""
        self.assignment(name)
        self.require_instructor()
        moment = _moment(self.get_body_argument("due", ""))
        await self.slowly(deadlines.set_deadline, self.desk.course, name, moment)
        self.back(f"The deadline of {name}: {_when(self, moment)}.", "a", name)


class Extension(Page):
    """Gives a student more time."""

    async def post(self, name: str) -> None:
        """An empty field takes an extension away."""
        self.assignment(name)
        self.require_instructor()
        student = self.get_body_argument("student")
        until = _moment(self.get_body_argument("until", ""))
        due = await self.slowly(deadlines.extend, self.desk.course, name, student, until)
        shown = _when(self, due and deadlines.local(due))
        self.back(f"The deadline of {student} for {name}: {shown}.", "a", name)


class Mode(Page):
    """Chooses what happens to an assignment that is handed in."""

    async def post(self, name: str) -> None:
        """The services follow within seconds."""
        self.assignment(name)
        self.require_instructor()
        if self.settings["from_platform"]:
            raise HTTPError(404)
        mode = self.get_body_argument("mode")
        await self.slowly(modes.choose, self.desk.root, name, mode)
        self.back(f"{name}, when it is handed in: {MODES[mode]}.", "a", name)


class Report(Page):
    """The class report, as `grader report --html` writes it, live."""

    async def get(self, name: str) -> None:
        """Draw it."""
        self.assignment(name)
        page = await self.slowly(self._page, name)
        # it is one file, with its styles in it
        self.set_header("Content-Security-Policy", POLICY.replace("'self'", "'unsafe-inline'", 1))
        self.finish(page)

    def _page(self, name: str) -> str:
        rows = history.rows_of(self.desk, name)
        return as_page(name, rows, groups=group(self.desk.course, name, rows))


class Words(Page):
    """One question for the whole class, its rubric beside the answers."""

    async def get(self, name: str, cell: str) -> None:
        """Show the answers; with `names=1` also whose they are."""
        self.assignment(name)
        asked = await self.slowly(marking.question, self.desk, name, cell)
        answers = await self.slowly(marking.answers, self.desk, name, cell)
        named = self.get_query_argument("names", "") == "1"
        first = self._first(len(answers))
        self.show(
            "words.html.j2",
            name=name,
            title=self.desk.title(name),
            asked=asked,
            answers=answers[first : first + AT_ONCE],
            first=first,
            at_once=AT_ONCE,
            count=len(answers),
            waiting=sum(one.waits for one in answers),
            named=named,
        )

    async def post(self, name: str, cell: str) -> None:
        """Enter the points that are filled in and new."""
        self.assignment(name)
        asked = await self.slowly(marking.question, self.desk, name, cell)
        marks = [mark for number in range(self._count()) if (mark := self._mark(number))]
        others = await self.slowly(marking.give, self.desk, name, asked, marks)
        entered = len(marks) - len(others)
        said = f"{entered} mark{'' if entered == 1 else 's'} entered."
        if others:
            said += f" Somebody else has marked {len(others)} of these in the meantime: look at them again."
        self.back(said, "a", name, "words", cell)

    def _first(self, count: int) -> int:
        """Of a class that is too large for one page, the number of the first answer that is shown."""
        wanted = self.get_query_argument("from", "0")
        number = int(wanted) if wanted.isdecimal() else 0
        return number if number < count else 0

    def _count(self) -> int:
        return min(int(self.get_body_argument("count")), 10_000)

    def _mark(self, number: int) -> marking.Mark | None:
        """What was filled in for an answer, None where nothing is new."""
        points = self.get_body_argument(f"points-{number}", "").strip().replace(",", ".")
        comment = self.get_body_argument(f"comment-{number}", "").replace("\r\n", "\n")
        version = self.get_body_argument(f"version-{number}")
        waits = self.get_body_argument(f"waits-{number}", "") == "1"
        if not points:
            return None
        try:
            given = float(points)
        except ValueError:
            raise GraderError(f"{points!r} is not a number of points") from None
        if not waits and marking.version_of(given, comment.strip()) == version:
            return None
        return marking.Mark(self.get_body_argument(f"student-{number}"), given, comment, version)


class Students(Page):
    """The class, a line for each student."""

    async def get(self) -> None:
        """Show it."""
        self.show("students.html.j2", students=await self.slowly(self.desk.students))


class Student(Page):
    """What one student has done."""

    async def get(self, student: str) -> None:
        """Show it."""
        chapters = await self.slowly(history.history, self.desk, student)
        self.show("student.html.j2", student=student, chapters=chapters)


class Requests(Page):
    """What students have asked to be looked at again."""

    def get(self) -> None:
        """Show them."""
        self.show(
            "requests.html.j2",
            requests=history.requests(self.desk),
            local=_local,
            title=self.desk.title,
        )

    def post(self) -> None:
        """Answer one."""
        student, name = self.get_body_argument("student"), self.get_body_argument("assignment")
        history.answer(self.desk, student, name, self.get_body_argument("answer"), self.user)
        self.back(f"Answered {student}'s request on {self.desk.title(name)}.", "requests")


class Again(Page):
    """A student's own page: asks that a person look again at an assignment's marks."""

    allowed = (INSTRUCTORS, ASSISTANTS, STUDENTS)

    def get(self, name: str) -> None:
        """Show what was asked, and the answer."""
        self.assignment(name)
        found = history.request(self.desk, self.user, name)
        self.show(
            "again.html.j2", name=name, title=self.desk.title(name), request=found, local=_local
        )

    def post(self, name: str) -> None:
        """Ask."""
        self.assignment(name)
        history.ask(self.desk, self.user, name, self.get_body_argument("text"))
        self.back("Your request is noted.", "again", name)


def _moment(text: str) -> datetime | None:
    """What a field for a date and a time holds, in this machine's time zone; None where it is empty."""
    try:
        return datetime.fromisoformat(text).astimezone() if text else None
    except ValueError:
        raise GraderError(f"{text!r} is not a date and time") from None


def _when(page: Page, moment: datetime | None) -> str:
    text: str = page.settings["templates"].filters["when"](moment) if moment else "none"
    return text


def _local(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone() if text else None


PART = r"([^/]+)"
PAGES: list[tuple[str, type[Page]]] = [
    ("", Overview),
    ("course", FirstScreen),
    ("status.json", Status),
    (f"a/{PART}", Assignment),
    (f"a/{PART}/name", Name),
    (f"a/{PART}/unname", Unname),
    (f"a/{PART}/deadline", Deadline),
    (f"a/{PART}/extension", Extension),
    (f"a/{PART}/mode", Mode),
    (f"a/{PART}/report", Report),
    (f"a/{PART}/words/{PART}", Words),
    (f"a/{PART}/do/{PART}", Do),
    ("students", Students),
    (f"students/{PART}", Student),
    ("requests", Requests),
    (f"again/{PART}", Again),
    *sending.PAGES,
    *members.PAGES,
]
