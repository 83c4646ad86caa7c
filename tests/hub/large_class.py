"""A class of 1,000 in all assignments, made up, and how long the instructors' page takes over it.

    python -m tests.hub.large_class                    what each page takes, in seconds of a processor
    python -m tests.hub.large_class --students 100
    python -m tests.hub.large_class --keep             keep the result in tests/hub/results.json

Nothing is executed: each graded notebook is the released one with made-up verdicts, and the gradebook has
the rows that grading it would have entered.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from grader import assignments
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.release import release
from grader.notebooks.verdicts import graded_cells, write_verdict
from grader.submission import Verdict
from hub.places import FETCHED
from hub.teaching import assignment, history, marking
from hub.teaching.desk import Desk
from hub.teaching.overview import overview
from tests.hub.load import keep

TIME = "2026-11-02 10:00:00.000000 UTC"
EXCHANGE = 'c.Exchange.root = {root!r}\nc.ExchangeFactory.collect = "hub.exchange.Collect"\n'


def student(number: int) -> str:
    return f"student{number:04}"


def verdicts(name: str, number: int) -> Iterator[Verdict]:
    """Two in three right, the others with a known mistake, one of five unknown ones, or nothing."""
    for place, check in enumerate(assignments.load(name).checks):
        turn = (number * 7 + place * 5) % 12
        known = (
            check.misconceptions[turn % len(check.misconceptions)] if check.misconceptions else None
        )
        if turn < 8:
            yield Verdict(check.function, check.points, 1.0)
        elif turn == 8:
            yield Verdict(
                check.function, check.points, 0.0, "Nothing there.", unanswered="unwritten"
            )
        elif turn < 11 and known:
            yield Verdict(check.function, check.points, 0.0, known.hint, known.label, kind="known")
        else:
            digest = f"{number % 5}" * 16
            yield Verdict(check.function, check.points, 0.0, "It differs.", behaviour=digest)


def desk_in(root: Path) -> Desk:
    exchange = root / "exchange" / "recurrent-networks"
    return Desk(root / "course", exchange, root / "attempts.jsonl")


def make(root: Path, students: int, names: list[str]) -> Desk:
    """The class: everybody has handed in and been graded in all of it; each tenth's words wait."""
    desk = desk_in(root)
    course, exchange = desk.course, desk.exchange
    for name in names:
        release(course, name)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as stream:
        stream.write(EXCHANGE.format(root=str(root / "exchange")))
    (exchange / "outbound").mkdir(parents=True)
    with course.gradebook() as gradebook:
        for number in range(students):
            gradebook.db.add(_row("Student", id=student(number)))
        gradebook.db.commit()
    for name in names:
        _hand_in(exchange, name, students)
        _grade(course, name, students)
    return desk


def _row(kind: str, **fields: object) -> object:
    import nbgrader.api

    return getattr(nbgrader.api, kind)(**fields)


def _hand_in(exchange: Path, name: str, students: int) -> None:
    for number in range(students):
        for lanes in ("inbound", "feedback"):
            (exchange / lanes / student(number)).mkdir(parents=True, exist_ok=True)
        lane = exchange / "inbound" / student(number)
        (lane / f"{FETCHED}{name}").touch()
        (lane / f"{student(number)}+{name}+{TIME}+0a1b2c3d").mkdir()


def _grade(course: CourseDirectory, name: str, students: int) -> None:
    solved = json.loads(course.source_notebook(name).read_text(encoding="utf-8"))
    about = assignments.load(name)
    with course.gradebook() as gradebook:
        known = gradebook.find_assignment(name)
        (notebook,) = known.notebooks
        cells = {cell.name: cell.id for cell in notebook.grade_cells}
        for number in range(students):
            given = {verdict.function: verdict for verdict in verdicts(name, number)}
            scores = {}
            for cell, check in graded_cells(about, solved):
                write_verdict(cell, given[check.function])
                scores[cell["metadata"]["nbgrader"]["grade_id"]] = given[check.function].score
            path = course.autograded(name, student(number))
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(solved, indent=1), encoding="utf-8")
            entry = _row("SubmittedAssignment", assignment_id=known.id, student_id=student(number))
            part = _row("SubmittedNotebook", notebook_id=notebook.id, assignment=entry)
            gradebook.db.add_all([entry, part])
            for cell_name, cell_id in cells.items():
                waits = cell_name not in scores and number % 10 == 0
                gradebook.db.add(
                    _row(
                        "Grade", cell_id=cell_id, notebook=part, auto_score=scores.get(cell_name),
                        manual_score=None if cell_name in scores or waits else 1.0,
                        needs_manual_grade=waits,
                    )
                )  # fmt: skip
        gradebook.db.commit()


def pages(desk: Desk, name: str) -> dict[str, Callable[[], object]]:
    """What each page has to find out before it is drawn."""
    cell = marking.questions(desk.root, name)[0].cell
    return {
        "all assignments": lambda: overview(desk),
        "one assignment": lambda: assignment.shown(desk, name),
        "an answer in words": lambda: marking.answers(desk, name, cell),
        "one student": lambda: history.history(desk, student(1)),
    }


def measure(desk: Desk, name: str) -> dict[str, list[float]]:
    """Seconds of a processor for the first view of each page, and for the second."""
    took: dict[str, list[float]] = {}
    for page, find in pages(desk, name).items():
        for _ in range(2):
            start = time.process_time()
            find()
            took.setdefault(page, []).append(round(time.process_time() - start, 2))
            print(page, took[page][-1], file=sys.stderr, flush=True)
    return took


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hub.large_class")
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--keep", action="store_true", help="the book shall show this result")
    parser.add_argument("--in", dest="folder", type=Path, help="make it there, or find it there")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if (folder / "made").exists():
            desk = desk_in(folder)
        else:
            desk = make(folder, options.students, assignments.names())
            (folder / "made").touch()
        about = {"students": options.students, "assignments": len(assignments.names())}
        result = {"pages": about | {"seconds": measure(desk, "lstm")}}
        json.dump(result, sys.stdout, indent=1)
        if options.keep:
            keep(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
