"""What a class got, check by check, and which mistakes it made."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from statistics import median

from grader import assignments
from grader.gradebook.course_directory import CourseDirectory

FEW_POINTS = 0.5  # a student with less than this share of the points needs a conversation


def report(course: CourseDirectory, assignment: str) -> list[dict]:
    """One entry for each graded student: the score of the automatic checks and each check's verdict.

    seconds : processor time that the submission took, None where it was not recorded.
    written : points of the answers in words, and whether they wait for a person.
    late    : the penalty for handing in late, in points.
    """
    functions = [check.function for check in assignments.load(assignment).checks]
    seconds = course.seconds(assignment)
    written = _from_gradebook(course, assignment)
    rows = []
    for student, path in course.graded(assignment):
        checks = _verdicts(json.loads(path.read_text(encoding="utf-8")), functions)
        rows.append(
            {
                "student": student,
                "score": round(sum(check["score"] for check in checks.values()), 4),
                "max_score": sum(check["max_score"] for check in checks.values()),
                "checks": checks,
                "seconds": seconds.get(student),
                **written.get(student, {"written": None, "late": 0}),
            }
        )
    return rows


def _verdicts(notebook: dict, functions: list[str]) -> dict[str, dict]:
    verdicts = {
        cell["metadata"]["grader"]["function"]: cell["metadata"]["grader"]
        for cell in notebook["cells"]
        if "grader" in cell["metadata"]
    }
    fields = ("score", "max_score", "status", "misconception", "kind", "hint")
    return {
        name: {field: verdicts[name].get(field) for field in fields}
        for name in functions
        if name in verdicts
    }


def _from_gradebook(course: CourseDirectory, assignment: str) -> dict[str, dict]:
    """What a person decided (written answers) and what the calendar did (late penalty)."""
    from nbgrader.api import Gradebook

    found = {}
    with Gradebook(course.db_url, course.api.coursedir.course_id) as gradebook:
        if assignment not in {known.name for known in gradebook.assignments}:
            return found
        for submission in gradebook.assignment_submissions(assignment):
            grades = [
                grade
                for notebook in submission.notebooks
                for grade in notebook.grades
                if not grade.name.startswith("check-")
            ]
            found[submission.student_id] = {
                "written": {
                    "score": sum(grade.score or 0 for grade in grades),
                    "max_score": sum(grade.max_score for grade in grades),
                    "waits": any(grade.needs_manual_grade for grade in grades),
                },
                "late": submission.late_submission_penalty or 0,
            }
    return found


# ---------------------------------------------------------------- the class as a whole


@dataclass(frozen=True)
class Mistake:
    """A known mistake in the class: how many made it, and their share of the class."""

    label: str
    hint: str
    count: int
    share: float


@dataclass(frozen=True)
class CheckSummary:
    """One check over the class.

    pass_rate   : share of the class with full points.
    points_lost : by the class on this check; what to reteach first loses most.
    unwritten   : how many handed in nothing for it.
    """

    function: str
    max_score: float
    pass_rate: float
    points_lost: float
    unwritten: int
    mistakes: list[Mistake]


@dataclass(frozen=True)
class ClassSummary:
    """A class on one assignment; `checks` are ordered by what to reteach first."""

    students: int
    median_share: float
    checks: list[CheckSummary]
    need_help: list[dict]
    waiting: int
    median_seconds: float | None
    slowest: tuple[str, float] | None


def summarise(rows: list[dict]) -> ClassSummary:
    """The class report's numbers from `report`'s rows."""
    functions = list(rows[0]["checks"]) if rows else []
    checks = [_summarise_check(rows, name) for name in functions]
    seconds = {row["student"]: row["seconds"] for row in rows if row["seconds"] is not None}
    slowest = max(seconds.items(), key=lambda item: item[1]) if seconds else None
    return ClassSummary(
        students=len(rows),
        median_share=median(_share(row) for row in rows) if rows else 0.0,
        checks=sorted(checks, key=lambda check: -check.points_lost),
        need_help=sorted((row for row in rows if _share(row) < FEW_POINTS), key=_share),
        waiting=sum(bool(row["written"] and row["written"]["waits"]) for row in rows),
        median_seconds=median(seconds.values()) if seconds else None,
        slowest=slowest,
    )


def _share(row: dict) -> float:
    return row["score"] / row["max_score"] if row["max_score"] else 0.0


def _summarise_check(rows: list[dict], name: str) -> CheckSummary:
    verdicts = [row["checks"][name] for row in rows if name in row["checks"]]
    counts = Counter(v["misconception"] for v in verdicts if v["misconception"])
    hints = {v["misconception"]: v["hint"] for v in verdicts}
    unwritten = sum(v["status"] == "unwritten" for v in verdicts)
    return CheckSummary(
        function=name,
        max_score=verdicts[0]["max_score"],
        pass_rate=sum(v["score"] >= v["max_score"] for v in verdicts) / len(verdicts),
        points_lost=sum(v["max_score"] - v["score"] for v in verdicts),
        unwritten=unwritten,
        mistakes=[
            Mistake(label, hints[label], count, count / len(rows))
            for label, count in counts.most_common()
        ],
    )


# ---------------------------------------------------------------- as text


def as_table(rows: list[dict]) -> str:
    """A line for each student, a column for each check, the commonest mistakes below."""
    if not rows:
        return "nobody has been graded yet"
    functions = list(rows[0]["checks"])
    lines = [["student", "score", *functions]]
    for row in rows:
        cells = [f"{check['score']:g}" for check in row["checks"].values()]
        lines.append([row["student"], f"{row['score']:g}/{row['max_score']:g}", *cells])
    summary = summarise(rows)
    rates = {check.function: f"{check.pass_rate:.0%}" for check in summary.checks}
    lines.append(["right", f"{summary.median_share:.0%} median", *(rates[f] for f in functions)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    mistakes = [(m, check) for check in summary.checks for m in check.mistakes]
    if mistakes:
        text += ["", "commonest mistakes"]
        for mistake, check in sorted(mistakes, key=lambda pair: -pair[0].count)[:8]:
            text.append(f"  {mistake.share:4.0%}  {check.function}: {mistake.hint}")
    return "\n".join(text)


def as_csv(rows: list[dict]) -> str:
    """For spreadsheets: a line for each student; cells that look like formulas are defused."""
    stream = io.StringIO(newline="")
    functions = list(rows[0]["checks"]) if rows else []
    head = ["student", "score", "max_score", "written", "late", "seconds"]
    columns = [part for name in functions for part in (name, f"{name} misconception")]
    writer = csv.writer(stream)  # its line ends, as RFC 4180 has them, also quote a stray one
    writer.writerow(head + columns)
    for row in rows:
        written = row["written"]["score"] if row["written"] else ""
        line = [row["student"], row["score"], row["max_score"], written, row["late"]]
        line.append("" if row["seconds"] is None else round(row["seconds"], 2))
        for name in functions:
            line += [row["checks"][name]["score"], row["checks"][name]["misconception"] or ""]
        writer.writerow([_defused(value) for value in line])
    return stream.getvalue()


def _defused(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return "'" + value
    return value
