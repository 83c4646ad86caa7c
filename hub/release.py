"""Releases assignments into the exchange, and withdraws them: an act for each assignment.

    python -m hub.release                     what is out
    python -m hub.release lstm bptt           release these, or release them again
    python -m hub.release --all
    python -m hub.release --withdraw lstm

It runs in an instructor's terminal. On the machine of a one-machine hub the operator can say the same:
the command then goes into the instructor's view (--state names the hub's folder).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from grader import assignments
from grader.errors import GraderError
from grader.gradebook.course_directory import VARIABLE, CourseDirectory
from grader.gradebook.release import release as build


class Exchange:
    """The exchange of a course directory, by nbgrader's own commands as they are configured here."""

    def __init__(self, course: CourseDirectory | None = None):
        self.course = course or CourseDirectory()
        from jupyter_core.paths import jupyter_config_path
        from nbgrader.apps import NbGrader
        from nbgrader.apps.api import NbGraderAPI
        from nbgrader.coursedir import CourseDirectory as NbgraderCourseDirectory

        config = self.course.api.config.copy()  # first, for it lets nbgrader find its programs
        app = NbGrader()
        app.config_file_paths.append(jupyter_config_path())
        app.load_config_file()
        config.merge(app.config)
        config.CourseDirectory.root = str(self.course.root)
        config.ExchangeReleaseAssignment.force = True  # a new version replaces the old one
        self.api: Any = NbGraderAPI(NbgraderCourseDirectory(config=config), config=config)

    def names(self) -> list[str]:
        """All assignments: those of the course in its order, then an instructor's own."""
        own = sorted(path.name for path in self.course.source().glob("*") if path.is_dir())
        listed = assignments.names()
        return [*listed, *(name for name in own if name not in listed)]

    def out(self) -> list[str]:
        """Those that students can fetch, in the order of `names`."""
        released = self.api.get_released_assignments()
        return [name for name in self.names() if name in released]

    def build(self, name: str) -> None:
        """Make the version for students, and enter it in the gradebook.

        Parameters
        ----------
        name : str
            Of the assignment.

        Raises
        ------
        GraderError
            Where there is no such assignment, or it can't be built.
        """
        if name not in self.names():
            raise GraderError(
                f"there is no assignment {name!r}; there are: {', '.join(self.names())}"
            )
        build(self.course, name)

    def release(self, name: str) -> None:
        """Let students fetch an assignment, in its present version.

        Parameters
        ----------
        name : str
            Of the assignment.

        Raises
        ------
        GraderError
            Where there is no such assignment, or it can't be built or released.
        """
        self.build(name)
        self.renew(name)

    def renew(self, name: str) -> None:
        """Release an assignment as it was last built; as `release` else."""
        _require(self.api.release_assignment(name), name, "released")

    def withdraw(self, name: str) -> None:
        """Take an assignment out of the exchange; what was fetched and handed in stays.

        Parameters
        ----------
        name : str
            Of the assignment.

        Raises
        ------
        GraderError
            Where it isn't out.
        """
        if name not in self.out():
            raise GraderError(f"{name!r} is not out; out are: {', '.join(self.out()) or 'none'}")
        _require(self.api.unrelease(name), name, "withdrawn")


def _require(result: dict[str, Any], name: str, done: str) -> None:
    if not result["success"]:
        raise GraderError(f"nbgrader says why {name!r} was not {done}:\n{reason_of(result)}")


def reason_of(result: dict[str, Any]) -> str:
    """Why a command of nbgrader's failed, in its own words."""
    return str(result.get("log") or result.get("error") or "no reason given")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    options = _parser().parse_args(arguments)
    if not os.environ.get(VARIABLE):
        return _in_the_instructors_view(options, sys.argv[1:] if arguments is None else arguments)
    os.umask(0o007)
    try:
        exchange = Exchange()
        if options.prepare:
            for name in assignments.names():
                exchange.build(name)
            for name in exchange.out():
                exchange.renew(name)
        release = exchange.renew if options.prepare else exchange.release
        for name in exchange.names() if options.all else options.assignments:
            (exchange.withdraw if options.withdraw else release)(name)
        print("\n".join(exchange.out()) or "nothing is out")
    except GraderError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hub.release",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--all", action="store_true", help="all there are")
    parser.add_argument("--withdraw", action="store_true", help="take them back")
    parser.add_argument("--state", type=Path, metavar="DIR", help="of the hub (build/hub)")
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)  # the hub's start
    return parser


def _in_the_instructors_view(options: argparse.Namespace, arguments: list[str]) -> int:
    from hub import view
    from hub.enrolment import Classroom
    from hub.members import ClassError
    from hub.places import STATE, State

    state = State((options.state or STATE).resolve())
    try:
        instructor = Classroom(state).instructor()
    except ClassError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    done: subprocess.CompletedProcess[bytes] = view.run(
        instructor, state, ["-m", "hub.release", *arguments]
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
