"""What a class got, check by check, and which mistakes it made."""

from __future__ import annotations

import ast
import csv
import io
import json
import sys
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.entered import entered
from grader.gradebook.leavers import left

Row = dict[str, Any]
"""One student's entry, as `report` documents it and `report --json` prints it."""
FIELDS = (
    *("score", "max_score", "status", "misconception", "kind", "hint"),
    *("follows", "aided", "behaviour"),
)
OWN = ("wrong", "partly", "stopped")  # what somebody wrote, and it is not right
SHORT = 6  # characters of a digest that name a group on paper
MOST_KEPT = 4000  # notebooks of which a process that goes on keeps what it has read
FEW_POINTS = 0.5  # a student with less than this share of the points needs a conversation


def report(course: CourseDirectory, assignment: str, student: str | None = None) -> list[Row]:
    """One entry for each graded student of the class, or for one; those who have left it are passed over.

    - `student`: the name.
    - `score`: of the automatic checks together, out of `max_score`.
    - `checks`: for each function `score` and `max_score`; `status`, as Verdict has it;
      `misconception`, the label of the mistake, and `kind`, how it was found; `hint`, what the student
      reads; `follows`, the function whose mistake it follows from; `behaviour`, where nothing explains
      it: students with the same digest gave the same answers on the same inputs.
    - `seconds`: processor time that the submission took, None where it was not recorded.
    - `written`: points of the answers in words, and whether they wait for a person.
    - `late`: the penalty for handing in late, in points.
    - `overdue`: seconds after the student's own deadline, 0 where it was kept or there is none.
    - `total`: all of it as the gradebook has it, less the penalty, out of `max_total`; what a person
      changed there counts, what waits for one doesn't yet.

    Parameters
    ----------
    course : CourseDirectory
        Where the class is graded.
    assignment : str
        Its name.
    student : str, optional
        Only of this one.

    Returns
    -------
    list of Row
        The entries, in the order of the names.
    """
    graded = list(course.graded(assignment, student))
    if graded:
        course.require_gradebook(assignment)
    functions = tuple(course.functions(assignment))
    seconds = course.seconds(assignment)
    known = _from_gradebook(course, assignment, student)
    gone = left(course)
    rows = []
    for name, path in graded:
        if name in gone and name != student:
            continue
        checks = {f: dict(v) for f, v in _verdicts(path, functions, *state_of(path)).items()}
        score = round(sum(check["score"] for check in checks.values()), 4)
        most = sum(check["max_score"] for check in checks.values())
        unknown = {"written": None, "late": 0, "overdue": 0, "total": score, "max_total": most}
        rows.append(
            {
                "student": name,
                "score": score,
                "max_score": most,
                "checks": checks,
                "seconds": seconds.get(name),
                **known.get(name, unknown),
            }
        )
    return rows


def state_of(path: Path) -> tuple[int, int, int]:
    """Changes when a file was written again: what was found in it needn't be looked for until then."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=MOST_KEPT)
def _verdicts(
    path: Path, functions: tuple[str, ...], *state: int
) -> Mapping[str, Mapping[str, Any]]:
    return verdicts_of(json.loads(path.read_text(encoding="utf-8")), list(functions))


def verdicts_of(notebook: dict[str, Any], functions: list[str]) -> dict[str, dict[str, Any]]:
    """What a graded notebook says of each function, as `report` documents it."""
    verdicts = {
        cell["metadata"]["grader"]["function"]: cell["metadata"]["grader"]
        for cell in notebook["cells"]
        if "grader" in cell["metadata"]
    }
    return {
        name: {field: _shared(verdicts[name].get(field)) for field in FIELDS}
        for name in functions
        if name in verdicts
    }


def _shared(value: Any) -> Any:
    """A text that many notebooks have, kept once."""
    return sys.intern(value) if isinstance(value, str) else value


def _from_gradebook(
    course: CourseDirectory, assignment: str, student: str | None
) -> dict[str, Row]:
    """What a person decided (written answers), what the calendar did (late penalty), and the total."""
    return {
        name: {
            "written": {
                "score": one.written,
                "max_score": one.max_written,
                "waits": one.written_waits,
            },
            "late": one.late,
            "overdue": one.overdue,
            "total": round(one.score - one.late, 4),
            "max_total": one.max_score,
        }
        for (_, name), one in entered(course, assignment, student).items()
    }


# ---------------------------------------------------------------- the class as a whole


@dataclass(frozen=True)
class Mistake:
    """A mistake in the class that has a name: how many made it, and their share of the class."""

    label: str
    hint: str
    count: int
    share: float


@dataclass(frozen=True)
class CheckSummary:
    """One check over the class.

    Attributes
    ----------
    pass_rate : float
        Share of the class with full points.
    points_lost : float
        By the class on this check.
    to_reteach : float
        Of those, the points lost by what was written and is not right for a reason of its
        own: neither unwritten nor wrong since another function is.
    right : int
        How many have full points.
    own : int
        How many do not, for a reason of its own.
    absent : int
        How many have nothing there to judge, for whatever reason.
    unwritten : int
        Of those, how many left it as it was.
    follows : dict of str to int
        How many are wrong since another function is, by that function's name.
    mistakes : list of Mistake
        Those that have a name, the most frequent first; what is only known by where it shows is
        grouped by what it does (`group`), for the same label can stand for different mistakes.
    """

    function: str
    max_score: float
    pass_rate: float
    points_lost: float
    to_reteach: float
    right: int
    own: int
    absent: int
    unwritten: int
    follows: dict[str, int]
    mistakes: list[Mistake]


@dataclass(frozen=True)
class ClassSummary:
    """A class on one assignment; `checks` are ordered by what to reteach first."""

    students: int
    median_share: float
    checks: list[CheckSummary]
    need_help: list[Row]
    waiting: int
    median_seconds: float | None
    slowest: tuple[str, float] | None

    @property
    def all_right(self) -> bool:
        """Whether everybody has every check right."""
        return all(check.right == self.students for check in self.checks)

    def common(self, check: CheckSummary) -> list[Mistake]:
        """Mistakes that a class has in common: of one student among several no mistake is one."""
        return [mistake for mistake in check.mistakes if mistake.count > 1 or self.students == 1]


def summarise(rows: list[Row]) -> ClassSummary:
    """The class report's numbers from `report`'s rows."""
    functions = list(rows[0]["checks"]) if rows else []
    checks = [_summarise_check(rows, name) for name in functions]
    seconds = {row["student"]: row["seconds"] for row in rows if row["seconds"] is not None}
    slowest = max(seconds.items(), key=lambda item: item[1]) if seconds else None
    return ClassSummary(
        students=len(rows),
        median_share=median(_share(row) for row in rows) if rows else 0.0,
        checks=sorted(checks, key=lambda check: (-check.to_reteach, -check.points_lost)),
        need_help=sorted((row for row in rows if _share(row) < FEW_POINTS), key=_share),
        waiting=sum(bool(row["written"] and row["written"]["waits"]) for row in rows),
        median_seconds=median(seconds.values()) if seconds else None,
        slowest=slowest,
    )


def _share(row: Row) -> float:
    return float(row["score"] / row["max_score"]) if row["max_score"] else 0.0


def _summarise_check(rows: list[Row], name: str) -> CheckSummary:
    verdicts = [row["checks"][name] for row in rows if name in row["checks"]]
    named = [v for v in verdicts if v["misconception"] and not v["behaviour"]]
    counts = Counter(v["misconception"] for v in named)
    hints = {v["misconception"]: v["hint"] for v in reversed(named)}
    right = sum(v["score"] >= v["max_score"] for v in verdicts)
    lost = [v for v in verdicts if v["score"] < v["max_score"]]
    follow = Counter(v["follows"] for v in lost if v["follows"])
    own = [v for v in lost if v["status"] in OWN and not v["follows"]]
    return CheckSummary(
        function=name,
        max_score=verdicts[0]["max_score"],
        pass_rate=right / len(verdicts),
        points_lost=sum(v["max_score"] - v["score"] for v in verdicts),
        to_reteach=sum(v["max_score"] - v["score"] for v in own),
        right=right,
        own=len(own),
        absent=len(lost) - len(own) - follow.total(),
        unwritten=sum(v["status"] == "unwritten" for v in verdicts),
        follows=dict(follow.most_common()),
        mistakes=[
            Mistake(label, hints[label], count, count / len(rows))
            for label, count in counts.most_common()
        ],
    )


# ---------------------------------------------------------------- what nothing explains


@dataclass(frozen=True)
class Group:
    """Students whose wrong answers to a check nothing explains, and whose functions do the same.

    Attributes
    ----------
    behaviour : str
        The digest of what they do; any beginning of it that is unique names the group.
    hint : str
        What one of them reads.
    code : str
        The shortest of their answers.
    """

    function: str
    behaviour: str
    students: list[str]
    hint: str
    code: str


def group(course: CourseDirectory, assignment: str, rows: list[Row]) -> list[Group]:
    """The groups of a class whose wrong answers nothing explains, by what their functions do.

    Parameters
    ----------
    course : CourseDirectory
        Where the class is graded.
    assignment : str
        Its name.
    rows : list of Row
        What `report` gives of it.

    Returns
    -------
    list of Group
        The largest group first.
    """
    members: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for function, verdict in row["checks"].items():
            if verdict["behaviour"]:
                members.setdefault((function, verdict["behaviour"]), []).append(row)
    answers = Answers(course, assignment)
    groups = []
    for (function, behaviour), alike in members.items():
        students = [row["student"] for row in alike]
        codes = [answers.of(student, function) for student in students]
        hint = alike[0]["checks"][function]["hint"] or ""
        code = min(filter(None, codes), key=len, default="")
        groups.append(Group(function, behaviour, students, hint, code))
    return sorted(groups, key=lambda group: -len(group.students))


@dataclass(frozen=True)
class Common:
    """A mistake that several of a class made, known or not.

    Attributes
    ----------
    hint : str
        What its students read.
    students : list of str
        Who made it.
    behaviour : str
        Of a group that nothing explains its digest; empty where the mistake is known.
    """

    function: str
    hint: str
    students: list[str]
    behaviour: str = ""


def commonest(rows: list[Row], groups: list[Group]) -> list[Common]:
    """What a class has in common, the most students first.

    Of one student among several no mistake is a class's; what was not written is none.

    Parameters
    ----------
    rows : list of Row
        What `report` gives.
    groups : list of Group
        What `group` gives of them.

    Returns
    -------
    list of Common
        Of the same number of students in the order of the functions.
    """
    known: dict[tuple[str, str], Common] = {}
    for row in rows:
        for function, verdict in row["checks"].items():
            if verdict["misconception"] and not verdict["behaviour"]:  # those are in the groups
                key = (function, verdict["misconception"])
                one = known.setdefault(key, Common(function, verdict["hint"] or "", []))
                one.students.append(row["student"])
    unnamed = [Common(g.function, g.hint, g.students, g.behaviour) for g in groups]
    fewest = 1 if len(rows) == 1 else 2
    found = [one for one in (*known.values(), *unnamed) if len(one.students) >= fewest]
    order = list(rows[0]["checks"]) if rows else []
    return sorted(found, key=lambda one: (-len(one.students), order.index(one.function)))


class Answers:
    """The sources of answer cells in graded notebooks."""

    def __init__(self, course: CourseDirectory, assignment: str):
        self._paths = dict(course.graded(assignment))

    def of(self, student: str, function: str) -> str:
        """What a student wrote for a function.

        Parameters
        ----------
        student : str
            Who has been graded.
        function : str
            Its name in the contract.

        Returns
        -------
        str
            The code without comments and docstring; "" if there is nothing.
        """
        path = self._paths[student]
        return _answer(path, function, *state_of(path))


@lru_cache(maxsize=MOST_KEPT)
def _answer(path: Path, function: str, *state: int) -> str:
    return plain(_sources(path, *state).get(function, ""))


@lru_cache(maxsize=MOST_KEPT)
def _sources(path: Path, *state: int) -> Mapping[str, str]:
    """A notebook's cells by their names: it is read once for all its functions."""
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if "nbgrader" in cell["metadata"]
    }


def plain(source: str) -> str:
    """Code without its comments and docstrings, in one format; other text as it is.

    What is left says what it does, and not who wrote it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a "\\d" in a student's string
            tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
        return ast.unparse(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source.strip()


# ---------------------------------------------------------------- as text


MOST_LISTED = 8
MOST_LINES = 12  # of an example's code


def as_table(rows: list[Row], groups: list[Group] | None = None) -> str:
    """A line for each student, a column for each check; below it mistakes, and what has no name yet.

    Parameters
    ----------
    rows : list of Row
        What `report` gives.
    groups : list of Group, optional
        What `group` gives.

    Returns
    -------
    str
        Text for a terminal, safe to print.
    """
    if not rows:
        return "nobody has been graded yet"
    summary = summarise(rows)
    lines = [
        *_lines_of_students(rows, summary),
        *_lines_of_mistakes(summary),
        *_lines_of_follows(summary),
        *_lines_of_groups(groups or [], len(rows)),
    ]
    return "\n".join(map(_printable, lines))


def _printable(line: str) -> str:
    """Names, hints and code may hold what a terminal obeys."""
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


def _lines_of_students(rows: list[Row], summary: ClassSummary) -> list[str]:
    functions = list(rows[0]["checks"])
    with_total = any(
        (row["total"], row["max_total"]) != (row["score"], row["max_score"]) or lateness(row)
        for row in rows
    )
    lines = [["student", "score", *functions, *(["total"] if with_total else [])]]
    for row in rows:
        cells = [f"{check['score']:g}" for check in row["checks"].values()]
        cells += [_total(row)] if with_total else []
        lines.append([row["student"], f"{row['score']:g}/{row['max_score']:g}", *cells])
    rates = {check.function: f"{check.pass_rate:.0%}" for check in summary.checks}
    rights = [rates[function] for function in functions] + ([""] if with_total else [])
    lines.append(["right", f"{summary.median_share:.0%} median", *rights])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def _total(row: Row) -> str:
    waits = " waits" if row["written"] and row["written"]["waits"] else ""
    late = f" ({lateness(row)} late)" if lateness(row) else ""
    return f"{row['total']:g}/{row['max_total']:g}{late}{waits}"


def lateness(row: Row) -> str:
    """The points that a late submission cost, and by how much it was late; empty where it wasn't."""
    minutes = -(-row.get("overdue", 0) // 60)
    time = f"{minutes} min"
    if minutes >= 48 * 60:
        time = f"{minutes // 1440} days"
    elif minutes >= 100:
        time = f"{minutes // 60} h"
    parts = [f"-{row['late']:g}"] if row["late"] else []
    return ", ".join([*parts, time] if minutes else parts)


def _lines_of_mistakes(summary: ClassSummary) -> list[str]:
    found = [(m, check) for check in summary.checks for m in summary.common(check)]
    if not found:
        return []
    found.sort(key=lambda pair: -pair[0].count)
    return ["", "commonest mistakes"] + [
        f"  {mistake.share:4.0%}  {check.function}: {mistake.hint}"
        for mistake, check in found[:MOST_LISTED]
    ]


def _lines_of_follows(summary: ClassSummary) -> list[str]:
    lines = [
        f"  {count / summary.students:4.0%}  {check.function}, from {cause}"
        for check in summary.checks
        for cause, count in check.follows.items()
    ]
    return ["", "what follows from another mistake", *lines] if lines else []


def _lines_of_groups(groups: list[Group], students: int) -> list[str]:
    if not groups:
        return []
    lines = ["", "what nothing explains, by what it does (to name a group: grader hint)"]
    for found in groups[:MOST_LISTED]:
        code = found.code.splitlines()
        more = [f"... {len(code) - MOST_LINES} more lines"] if len(code) > MOST_LINES else []
        lines.append(
            f"  {len(found.students) / students:4.0%}  {found.function} {found.behaviour[:SHORT]}:"
            f" {', '.join(found.students)}"
        )
        if found.hint:
            lines.append(f"        told: {found.hint}")
        lines += [f"          {line}" for line in code[:MOST_LINES] + more]
    if len(groups) > MOST_LISTED:
        lines.append(f"        and {len(groups) - MOST_LISTED} more")
    return lines


def as_csv(rows: list[Row]) -> str:
    """For spreadsheets: a line for each student; cells that look like formulas are defused."""
    stream = io.StringIO(newline="")
    functions = list(rows[0]["checks"]) if rows else []
    head = ["student", "score", "max_score", "written", "late", "total", "seconds"]
    columns = [part for name in functions for part in (name, f"{name} misconception")]
    writer = csv.writer(stream)  # its line ends, as RFC 4180 has them, also quote a stray one
    writer.writerow(head + columns)
    for row in rows:
        written = row["written"]["score"] if row["written"] else ""
        line = [row["student"], row["score"], row["max_score"], written, row["late"], row["total"]]
        line.append("" if row["seconds"] is None else round(row["seconds"], 2))
        for name in functions:
            line += [row["checks"][name]["score"], row["checks"][name]["misconception"] or ""]
        writer.writerow([_defused(value) for value in line])
    return stream.getvalue()


def _defused(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return "'" + value
    return value
