"""What a class got, check by check, and which mistakes it made."""

from __future__ import annotations

import json

from grader import assignments
from grader.course_directory import CourseDirectory


def report(course: CourseDirectory, assignment: str) -> list[dict]:
    """One entry for each graded student: the score of the automatic checks and each check's verdict."""
    functions = [check.function for check in assignments.load(assignment).checks]
    rows = []
    for student, path in course.graded(assignment):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        verdicts = {
            cell["metadata"]["grader"]["function"]: cell["metadata"]["grader"]
            for cell in notebook["cells"]
            if "grader" in cell["metadata"]
        }
        fields = ("score", "max_score", "misconception", "hint")
        checks = {
            name: {field: verdicts[name][field] for field in fields}
            for name in functions
            if name in verdicts
        }
        rows.append(
            {
                "student": student,
                "score": round(sum(check["score"] for check in checks.values()), 4),
                "max_score": sum(check["max_score"] for check in checks.values()),
                "checks": checks,
            }
        )
    return rows


def as_table(rows: list[dict]) -> str:
    """The report as text: a line for each student, a column for each check."""
    if not rows:
        return "nobody has been graded yet"
    functions = list(rows[0]["checks"])
    lines = [["student", "score", *functions]]
    for row in rows:
        cells = [f"{row['checks'][name]['score']:g}" for name in functions]
        lines.append([row["student"], f"{row['score']:g}/{row['max_score']:g}", *cells])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
