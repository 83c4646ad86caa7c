"""The commands of instructors and authors: `python -m grader COMMAND`."""

from __future__ import annotations

import argparse
import atexit
import gc
import json
import os
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from grader import assignments
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.sandbox.pool import SandboxUnavailable

Run = Callable[[CourseDirectory, argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run the command that the arguments name; the exit status."""
    options = _parser().parse_args(arguments)
    atexit.register(gc.freeze)  # at its end, Python looks for cycles in all of nbgrader: 0.3 s
    try:
        code: int = options.run(CourseDirectory(options.course), options)
        sys.stdout.flush()
        return code
    except (GraderError, SandboxUnavailable) as error:
        print(f"grader: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("grader: interrupted; run the same command to go on", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `grader report ... | head`: who read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grader", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, text: str, several: bool = False) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument(
            "assignments" if several else "assignment",
            metavar="ASSIGNMENT",
            nargs="*" if several else None,
            help="its name" + (" (default: all)" if several else ""),
        )
        sub.add_argument(
            "--course",
            type=Path,
            metavar="DIR",
            help="the nbgrader course directory (default: $COURSE_DIRECTORY, else build/course)",
        )
        sub.set_defaults(run=run)
        return sub

    command("check", _check, "prove that the checks judge correctly", several=True).add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="checks at a time"
    )
    making = commands.add_parser("new", help="make a chapter with its assignment")
    making.add_argument("name", help="its name, a word in lower case")
    making.add_argument("--after", default="", metavar="ASSIGNMENT", help="(default: the last)")
    making.set_defaults(run=_new, course=None)
    listing = commands.add_parser("list", help="list the assignments, in the order of the chapters")
    listing.set_defaults(run=_list, course=None)
    command("build", _build, "write nbgrader's source notebooks", several=True)
    command("release", _release, "build and make the version for students", several=True)
    collecting = command("collect", _collect, "take what was handed in through Canvas or Moodle")
    collecting.add_argument(
        "--zip",
        type=Path,
        required=True,
        metavar="FILE",
        help="the archive of submissions that the system offers for download",
    )
    collecting.add_argument(
        "--force", action="store_true", help="even in place of a newer submission"
    )
    autograde = command("autograde", _autograde, "grade what was submitted")
    autograde.add_argument("--force", action="store_true", help="grade again what has a grade")
    autograde.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="submissions at a time; by default, one more than there are cores",
    )
    autograde.add_argument(
        "--dask", metavar="ADDRESS", help="grade on the workers of this Dask scheduler"
    )
    autograde.add_argument("--json", action="store_true", help="report what was done as JSON")
    practice = command("practice", _practice, "try a notebook: nothing is recorded")
    practice.add_argument("file", type=Path, metavar="FILE", help="the notebook")
    practice.add_argument("--page", type=Path, metavar="FILE", help="write the feedback page there")
    feedback = command("feedback", _feedback, "make the pages that students read")
    report = command("report", _report, "show what the class got")
    form = report.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, for programs")
    form.add_argument("--csv", action="store_true", help="as CSV, for spreadsheets")
    form.add_argument("--html", action="store_true", help="as a page, DIR/report/ASSIGNMENT.html")
    report.add_argument(
        "--practice",
        type=Path,
        metavar="FILE",
        help="of the service's log: each student's last attempt",
    )
    deadline = command("deadline", _deadline, "set the deadline, or show it")
    deadline.add_argument(
        "until",
        nargs="?",
        metavar="TIME",
        help="such as 2026-12-24T18:00, by this machine's clock, or `none`; without: show the present one",
    )
    deadline.add_argument("--student", metavar="NAME", help="an extension for this student")
    leaving = commands.add_parser("left", help="mark a student as having left, or list who has")
    leaving.add_argument("student", nargs="?", metavar="STUDENT")
    leaving.add_argument("--back", action="store_true", help="the student has come back")
    leaving.add_argument("--course", type=Path, metavar="DIR", help="the nbgrader course directory")
    leaving.set_defaults(run=_left)
    hint = command("hint", _hint, "name a mistake that nothing explains, for the next grading")
    hint.add_argument("function", metavar="FUNCTION", help="the function that has it")
    hint.add_argument("group", metavar="GROUP", help="its digest's beginning, or a student's name")
    hint.add_argument("--label", metavar="LABEL", help="for reports: a few words-with-hyphens")
    hint.add_argument("--hint", metavar="SENTENCE", help="for the student who made the mistake")
    for sub in (autograde, practice, hint):
        sub.add_argument(
            "--sandbox",
            choices=("bubblewrap", "none"),
            default="bubblewrap",
            help="`none` runs submissions unprotected: for trusted code only",
        )
    for sub in (autograde, feedback):
        sub.add_argument("--student", action="append", metavar="NAME", help="only this student")
    return parser


def _names(options: argparse.Namespace) -> list[str]:
    return options.assignments or assignments.names()


def _list(course: CourseDirectory, options: argparse.Namespace) -> int:
    print("\n".join(assignments.names()))
    return 0


def _new(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.authoring.new import new

    made = new(options.name, options.after)
    for word, paths in (("wrote", made.written), ("entered it in", made.changed)):
        for path in paths:
            print(f"{word} {path.relative_to(assignments.course().root)}")
    print(f"It works as it stands; `grader check {options.name}` says whether it still does.")
    return 0


def _check(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.authoring.check import check

    return 0 if check(_names(options), options.jobs) else 1


def _build(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.release import build_source

    for name in _names(options):
        print(f"built {build_source(course, name)}")
    return 0


def _release(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.release import release

    for name in _names(options):
        print(f"released {release(course, name)}")
    return 0


def _collect(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.collect import collect

    done = collect(course, options.assignment, options.zip, options.force)
    print(f"collected {len(done.taken)}, had the same already {len(done.unchanged)}")
    for student, time in done.replaced.items():
        print(f"replaced that of {student}, made at {time}")
    if done.other:
        print(f"passed over {done.other} files that are not notebooks")
    for student, reason in done.kept.items():
        print(
            f"grader: kept that of {student}: {reason} (--force takes the archive's)",
            file=sys.stderr,
        )
    for name, reason in done.refused.items():
        print(f"grader: not collected: {name!r}: {reason}", file=sys.stderr)
    return 1 if done.kept or done.refused else 0


def _autograde(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.batch import AT_A_TIME, autograde

    summary = autograde(
        course,
        options.assignment,
        students=options.student,
        force=options.force,
        jobs=options.jobs or AT_A_TIME,
        sandbox=options.sandbox,
        dask=options.dask,
        progress=_bar,
    )
    if options.json:
        print(json.dumps(asdict(summary), indent=1, ensure_ascii=False))
    else:
        print(f"graded {len(summary.graded)}, had a grade already {len(summary.skipped)}")
        for reason, count in Counter(", ".join(c) for c in summary.again.values()).items():
            print(f"graded again {count}: {reason} changed")
    for student, error in summary.failed.items():
        print(f"grader: no grade for {student}: {error}", file=sys.stderr)
    return 1 if summary.failed else 0


def _bar(work: Iterator[Any], total: int) -> Iterable[Any]:
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(work, total=total, unit="submission")
    return bar


def _practice(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.named import named
    from grader.service.practice import practise

    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise GraderError(f"{options.file} cannot be read: {error.strerror}") from error
    release = course.release_text(options.assignment)
    known = named(course.root, options.assignment)
    practised = practise(
        options.assignment, "practice", release, data, options.sandbox, known=known
    )
    for verdict in practised.graded.verdicts:
        print(f"{verdict.score:4g} of {verdict.points:g}  {verdict.function}")
        if verdict.hint:
            print(textwrap.indent(textwrap.fill(verdict.hint, 90), " " * 11))
    if options.page:
        options.page.write_text(practised.page, encoding="utf-8")
        print(f"wrote {options.page}")
    print("For practice: nothing was recorded, and the graded inputs are others.")
    return 0


def _feedback(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.feedback import feedback

    for path in feedback(course, options.assignment, options.student):
        print(f"wrote {path}")
    return 0


def _report(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.report import as_csv, as_table, group, report

    course.require_assignment(options.assignment)
    if options.practice:
        from grader.service.attempts import Log

        if not options.practice.is_file():
            raise GraderError(f"{options.practice} is missing: nobody has practised yet")
        rows = Log(options.practice).rows(options.assignment)
    else:
        rows = report(course, options.assignment)
    groups = [] if options.practice else group(course, options.assignment, rows)
    if options.json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    elif options.csv:
        print(as_csv(rows), end="")
    elif options.html:
        from grader.gradebook.report_page import as_page

        path = course.root / "report" / f"{options.assignment}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_page(options.assignment, rows, groups=groups), encoding="utf-8")
        print(f"wrote {path}")
    else:
        print(as_table(rows, groups))
    return 0


def _deadline(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.deadlines import deadlines, extend, local, set_deadline

    def shown(moment: datetime) -> str:
        return local(moment).strftime("%Y-%m-%d %H:%M %Z")

    course.require_assignment(options.assignment)
    if options.until:
        until = None if options.until == "none" else _moment(options.until)
        if options.student:
            extend(course, options.assignment, options.student, until)
        else:
            set_deadline(course, options.assignment, until)
    found = deadlines(course, options.assignment)
    print(f"{options.assignment}: {shown(found.due) if found.due else 'no deadline'}")
    for student, until in sorted(found.extended.items()):
        print(f"  {student}: {shown(until)}")
    return 0


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise GraderError(f"{text!r} is not a time: write 2026-12-24T18:00, or none") from None


def _left(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.gradebook.leavers import come_back, leave, left

    if options.student:
        (come_back if options.back else leave)(course, options.student)
    for student, since in sorted(left(course).items()):
        print(f"{student}  since {since[:10]}")
    return 0


def _hint(course: CourseDirectory, options: argparse.Namespace) -> int:
    from grader.authoring.hint import find, name_mistake

    found = find(course, options.assignment, options.function, options.group)
    if not (options.label and options.hint):
        print(f"{found.function} {found.behaviour}: {', '.join(found.students)}\n\n{found.code}\n")
        print("To name it, repeat the command with --label and --hint.")
        return 0
    student = options.group if options.group in found.students else None
    path, code = name_mistake(
        course,
        options.assignment,
        found,
        options.label,
        options.hint,
        student=student,
        sandbox=options.sandbox,
    )
    print(f"{path} has the mistake {options.label!r} now, with this code; read it:\n\n{code}\n")
    print(f"`grader autograde {options.assignment}` grades again and names it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
