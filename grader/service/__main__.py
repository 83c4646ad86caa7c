"""`python -m grader.service --inbound DIR --feedback DIR --release DIR ASSIGNMENT ...`.

With --course in place of --release it records what it grades, as the instructor.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import signal
import sys
from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.service.attempts import Log
from grader.service.lanes import Lanes, Quota
from grader.service.limits import Allowance
from grader.service.modes import Mode
from grader.service.practice import Practice
from grader.service.service import WORKERS, Service, Settings


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; 1 where something is missing."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        rules = assignments.course().service
        for folder in (options.inbound, options.feedback, options.release or options.course):
            if not folder.is_dir():
                raise GraderError(f"{folder} is not a folder")
        known = rules.practice if options.release else rules.graded
        names = tuple(options.assignments or known)
        for name in names:
            if name not in known:
                listed = "practice" if options.release else "graded"
                raise GraderError(f"{name!r} is not in the list `{listed}` of course.toml")
            assignments.load(name)
        mode = _mode(options)
    except GraderError as error:
        print(f"grader.service: {error}", file=sys.stderr)
        return 1
    quota = Quota(rules.lane_folders, rules.lane_mib << 20)
    settings = Settings(
        names,
        allowance=Allowance(rules.a_minute, rules.an_hour),
        log=Log(options.log) if options.log else None,
        workers=options.workers,
    )
    service = Service(Lanes(options.inbound, options.feedback, quota), mode, settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # `run` has stopped it by then
        service.run()
    return 0


def _mode(options: argparse.Namespace) -> Mode:
    if options.release:
        return Practice(options.release, mistakes=options.mistakes)
    from grader.gradebook.course_directory import CourseDirectory
    from grader.service.record import Recording

    return Recording(CourseDirectory(options.course), assignments.course().service.withhold)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m grader.service", description="Grade what is handed in, at once."
    )
    parser.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all of the mode's list)"
    )
    for name, text in (
        ("inbound", "the lanes of submissions"),
        ("feedback", "the lanes of feedback"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR", help=text)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument(
        "--release", type=Path, metavar="DIR", help="practise these released assignments"
    )
    mode.add_argument("--course", type=Path, metavar="DIR", help="record in this course directory")
    parser.add_argument(
        "--mistakes",
        type=Path,
        metavar="DIR",
        help="where practice finds what instructors have named (a course directory has its own)",
    )
    parser.add_argument("--log", type=Path, metavar="FILE", help="append what each attempt gave")
    parser.add_argument(
        "--workers",
        type=int,
        default=WORKERS,
        metavar="N",
        help="submissions at a time, of each kind (default: cores less one, and two at least)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
