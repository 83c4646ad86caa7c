"""The nbgrader course directory that is graded: its folders, its configuration, its seed."""

from __future__ import annotations

import json
import os
import re
import secrets
import sqlite3
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import assignments, digest
from grader.errors import GraderError
from grader.gradebook import named, submitted
from grader.gradebook.configuration import configure
from grader.gradebook.importing import import_nbgrader
from grader.notebooks import own_tests
from grader.notebooks.merge import MAX_NOTEBOOK_BYTES
from grader.submission import Submission

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory as NbgraderCourseDirectory

CONFIG = """# Written by `grader release`: nbgrader's own commands work in this folder.
import os
import sys

c = get_config()
os.environ.setdefault({variable!r}, {course!r})
if {engine!r} not in sys.path:
    sys.path.insert(0, {engine!r})
load_subconfig("nbgrader_config.py", path={course!r})
c.CourseDirectory.root = {root!r}
"""
SECRET = re.compile(rb"[0-9a-f]{32,200}")
TIMESTAMP = re.compile(rb"[0-9T:. +\-]{10,40}[A-Za-z/_]{0,30}\s*")


VARIABLE = "COURSE_DIRECTORY"
UNKNOWN = "it does not know the assignment"


def usual() -> Path:
    """Where nbgrader's own commands find the course without a configuration more: its build/course."""
    return assignments.course().root / "build" / "course"


def default() -> Path:
    """The course directory that is meant where none is named: `$COURSE_DIRECTORY`, else the usual."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else usual()


class CourseDirectory:
    """A course directory as nbgrader lays it out: source, release, submitted, autograded, feedback."""

    def __init__(self, root: Path | None = None):
        self.root = Path(root or default()).resolve()

    @cached_property
    def coursedir(self) -> NbgraderCourseDirectory:
        """nbgrader's own view of this directory, with the course's configuration.

        nbgrader is imported here and not above: it takes long, and whoever only executes submissions
        does not need it.
        """
        import_nbgrader()
        from nbgrader.coursedir import CourseDirectory as NbgraderCourseDirectory

        self.root.mkdir(parents=True, exist_ok=True)
        return NbgraderCourseDirectory(config=self._config)

    @cached_property
    def api(self) -> NbGraderAPI:
        """nbgrader's own interface to this directory: its commands."""
        coursedir = self.coursedir
        from nbgrader.apps.api import NbGraderAPI

        return NbGraderAPI(coursedir, config=self._config)

    @cached_property
    def _config(self) -> Any:
        # nbgrader's first command runs alembic from PATH; without it the gradebook it leaves behind
        # can't be upgraded.
        scripts = str(Path(sys.executable).parent)
        if scripts not in os.environ.get("PATH", "").split(os.pathsep):
            os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
        from traitlets.config import Config

        config = Config()
        configure(config)
        course, path = assignments.course().root, list(sys.path)
        # The folder's own file serves nbgrader's commands. It names the checkout that released it, and
        # whoever runs another one grades, and names mistakes, in that.
        os.environ.setdefault(assignments.VARIABLE, str(course))
        for folder in (course, self.root):
            config.merge(_load_config(folder / "nbgrader_config.py"))
        sys.path[:] = path + [each for each in sys.path if each not in path]
        config.CourseDirectory.root = str(self.root)
        return config

    def write_config(self) -> None:
        """Let nbgrader's own commands run in this folder, with the course's configuration."""
        path = self.root / "nbgrader_config.py"
        if self.root != usual() and not path.exists():
            text = CONFIG.format(
                variable=assignments.VARIABLE,
                course=str(assignments.course().root),
                engine=str(assignments.ROOT),
                root=str(self.root),
            )
            path.write_text(text, encoding="utf-8")

    @property
    def db_url(self) -> str:
        """Where the gradebook is, as SQLAlchemy names it."""
        url: str = self.coursedir.db_url
        return url

    def gradebook(self) -> Gradebook:
        """nbgrader's gradebook of this directory, to be used in a `with` statement."""
        url = self.db_url  # the first of nbgrader, which is imported without what takes longest
        from nbgrader.api import Gradebook

        return Gradebook(url, self.coursedir.course_id)

    def require_gradebook(self, assignment: str, write: bool = False) -> None:
        """See that the gradebook is there and can be used.

        Only of a file, as SQLite has it; a server says itself what it lacks.

        Parameters
        ----------
        assignment : str
            Which it is to know.
        write : bool, default False
            Whether it is to be written.

        Raises
        ------
        GraderError
            Where it is not, with the reason.
        """
        url = self._config.CourseDirectory.get("db_url", f"sqlite:///{self.root / 'gradebook.db'}")
        if not isinstance(url, str) or not url.startswith("sqlite:///"):
            return
        path = Path(self.root, url.removeprefix("sqlite:///"))
        anew = f"`python -m grader release {assignment}`"
        if not path.is_file():
            raise GraderError(
                f"the gradebook {path} is missing. Restore it from a copy; or make an empty one with"
                f" {anew}, and grade again: points that a person gave will not be in it"
            )
        reason = _fault(path, assignment, write)
        if reason == UNKNOWN:
            raise GraderError(f"the gradebook {path} has no {assignment!r}: enter it with {anew}")
        if reason:
            raise GraderError(f"the gradebook {path} cannot be used: {reason}")

    def source(self) -> Path:
        """The folder of the source notebooks."""
        return self.root / "source"

    def release(self, assignment: str) -> Path:
        """The notebook that students get."""
        return self.root / "release" / assignment / f"{assignment}.ipynb"

    def autograded(self, assignment: str, student: str) -> Path:
        """The graded notebook of a student, there or not."""
        return self.root / "autograded" / student / assignment / f"{assignment}.ipynb"

    def feedback(self, assignment: str, student: str) -> Path:
        """The page that a student reads, there or not."""
        return self.root / "feedback" / student / assignment / f"{assignment}.html"

    def release_text(self, assignment: str) -> str:
        """The notebook that students get, as text.

        Parameters
        ----------
        assignment : str
            Its name.

        Returns
        -------
        str
            JSON.

        Raises
        ------
        GraderError
            Where it has not been released.
        """
        path = self.release(assignment)
        try:
            text = path.read_text(encoding="utf-8")
            if own_tests.is_own(assignment):
                text = own_tests.with_tests(
                    text, self.source_notebook(assignment).read_text("utf-8")
                )
        except FileNotFoundError as error:
            raise GraderError(
                f"{error.filename} is missing: make it with `python -m grader release {assignment}`"
            ) from None
        return text

    def source_notebook(self, assignment: str) -> Path:
        """The notebook that an instructor works on, there or not."""
        return self.source() / assignment / f"{assignment}.ipynb"

    def require_assignment(self, assignment: str) -> None:
        """See that there is such an assignment: of the course, or an instructor's own in this directory.

        Parameters
        ----------
        assignment : str
            Its name.

        Raises
        ------
        GraderError
            Where there is none, or it can't be graded as it is.
        """
        folder = self.source() / assignment
        if own_tests.is_own(assignment) and assignment and folder.is_dir():
            own_tests.require_one_notebook(
                assignment, sorted(p.name for p in folder.glob("*.ipynb"))
            )
        else:
            assignments.load(assignment)

    def functions(self, assignment: str) -> list[str]:
        """What is graded of an assignment: functions that are checked, or cells with tests.

        Parameters
        ----------
        assignment : str
            Its name.

        Returns
        -------
        list of str
            Their names, in the order of the notebook.
        """
        if own_tests.is_own(assignment):
            return own_tests.functions(self.release_text(assignment))
        return [check.function for check in assignments.load(assignment).checks]

    def students(self, assignment: str) -> list[str]:
        """Who has a folder for this assignment under submitted/, whatever is in it."""
        submitted = self.root / "submitted"
        if not submitted.is_dir():
            return []
        return sorted(
            entry.name
            for entry in os.scandir(submitted)
            if entry.is_dir(follow_symlinks=False)
            and os.path.lexists(submitted / entry.name / assignment)
        )

    def submission(
        self,
        assignment: str,
        student: str,
        *,
        release: str | None = None,
        made_of: Mapping[str, str] | None = None,
    ) -> Submission:
        """All that a student's grade depends on.

        Parameters
        ----------
        assignment : str
            Its name.
        student : str
            Who has a folder under `submitted/`.
        release : str, optional
            The text of the release notebook, if the caller has read it for the class already.
        made_of : mapping of str to str, optional
            What else the grades of the class depend on, likewise.

        Returns
        -------
        Submission
            With `data` None where there is no notebook that can be read.

        Raises
        ------
        GraderError
            Where the assignment has not been released.
        """
        folder = self.root / "submitted" / student
        found = submitted.notebook(folder, assignment, MAX_NOTEBOOK_BYTES)
        return Submission(
            assignment,
            student,
            self.release_text(assignment) if release is None else release,
            found.data,
            self.seed,
            digest.made_of(assignment) if made_of is None else made_of,
            found.name,
            found.others,
            named.named(self.root, assignment),
        )

    def timestamp(self, assignment: str, student: str) -> str | None:
        """When it was submitted, as nbgrader writes it beside the notebook.

        Parameters
        ----------
        assignment : str
            Its name.
        student : str
            Who submitted it.

        Returns
        -------
        str or None
            Date and time with a time zone, None where there is none of that form.
        """
        data = self._submitted_file(assignment, student, "timestamp.txt", 200)
        return data.decode().strip() if data and TIMESTAMP.fullmatch(data) else None

    def submission_secret(self, assignment: str, student: str) -> str | None:
        """What nbgrader's submit puts beside the notebook.

        Feedback is released under a name made of it, so that only who submitted can find it.

        Parameters
        ----------
        assignment : str
            Its name.
        student : str
            Who submitted it.

        Returns
        -------
        str or None
            The secret, None where there is none of its form.
        """
        data = self._submitted_file(assignment, student, "submission_secret.txt", 200)
        return data.decode() if data and SECRET.fullmatch(data) else None

    def _submitted_file(self, assignment: str, student: str, name: str, limit: int) -> bytes | None:
        return submitted.file(self.root / "submitted" / student, assignment, name, limit)

    @property
    def shared(self) -> bool:
        """Whether a group works in it: what is made in it is the group's, as its mode says."""
        return bool(self.root.stat().st_mode & stat.S_ISGID)

    @cached_property
    def seed(self) -> str:
        """Fixes the hidden inputs; made once and kept, so that grading again gives the same grades.

        Returns
        -------
        str
            The line in `grading_seed.txt`.

        Raises
        ------
        GraderError
            Where that file is empty.
        """
        path = self.root / "grading_seed.txt"
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="ascii") as stream:
                path.chmod(0o660 if self.shared else 0o600)
                stream.write(secrets.token_hex(16) + "\n")
        except FileExistsError:
            pass
        seed = path.read_text(encoding="ascii").strip()
        if not seed:
            raise GraderError(f"{path} is empty: restore it, or delete it to draw a new seed")
        return seed

    def _costs(self, assignment: str) -> Path:
        return self.root / "grading" / f"{assignment}.jsonl"

    def add_seconds(self, assignment: str, student: str, seconds: float) -> None:
        """Note what grading cost: beside the graded notebook, which is the same each time.

        Parameters
        ----------
        assignment : str
            Its name.
        student : str
            Whose submission it was.
        seconds : float
            Of processor time.
        """
        path = self._costs(assignment)
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"student": student, "seconds": round(seconds, 3)}) + "\n")

    def seconds(self, assignment: str) -> dict[str, float]:
        """Processor time of each student's last grading; a line that was cut off is passed over."""
        found = {}
        path = self._costs(assignment)
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            try:
                entry = json.loads(line)
                found[entry["student"]] = float(entry["seconds"])
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def graded(self, assignment: str, student: str | None = None) -> Iterator[tuple[str, Path]]:
        """Students whose submission has been graded, each with the graded notebook; or only one."""
        if student is not None:
            path = self.autograded(assignment, student)
            if path.is_file():
                yield student, path
            return
        for path in sorted((self.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb")):
            yield path.parts[-3], path


def _fault(path: Path, assignment: str, write: bool) -> str:
    """Why a file is no gradebook of an assignment that can be read, or written; "" where it is one."""
    wanted = os.R_OK | os.W_OK if write else os.R_OK
    if not os.access(path, wanted):
        word = "written" if write else "read"
        return f"it may not be {word} by you. Look at its owner and its permissions (`ls -l`)"
    try:
        address = f"{path.resolve().as_uri()}?mode={'rw' if write else 'ro'}"
        with closing(sqlite3.connect(address, uri=True)) as gradebook:
            query = "SELECT count(*) FROM assignment WHERE name = ?"
            known = gradebook.execute(query, (assignment,)).fetchone()[0]
            if write:
                gradebook.execute("BEGIN IMMEDIATE")
                gradebook.execute("ROLLBACK")
    except sqlite3.Error as error:
        return str(error)
    return "" if known else UNKNOWN


def _load_config(path: Path) -> Any:
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not path.is_file():
        return Config()
    return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
