"""The class report as one static HTML page: no script, nothing from elsewhere."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from grader.gradebook.report import OWN, SHORT, Group, Row, lateness, summarise
from grader.notebooks.safe_html import hint2html

TEMPLATES = Path(__file__).parent / "templates"


def as_page(
    assignment: str,
    rows: list[Row],
    today: datetime.date | None = None,
    groups: list[Group] | None = None,
) -> str:
    """The class report as a page; everything that a student can choose is escaped.

    Parameters
    ----------
    assignment : str
        Its name.
    rows : list of Row
        What `report` gives.
    today : date, optional
        The date that the page bears.
    groups : list of Group, optional
        What `group` gives.

    Returns
    -------
    str
        HTML that loads nothing.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["points"] = lambda number: f"{number:g}"
    environment.filters["hint"] = hint2html
    environment.filters["late"] = lambda row: lateness(row).replace("-", "−")
    return environment.get_template("report.html.j2").render(
        assignment=assignment,
        rows=sorted(rows, key=lambda row: (row["score"], row["student"])),
        functions=list(rows[0]["checks"]) if rows else [],
        summary=summarise(rows),
        groups=groups or [],
        short=SHORT,
        late=any(lateness(row) for row in rows),
        kind_of=_kind,
        today=(today or datetime.date.today()).isoformat(),
    )


def _kind(verdict: dict[str, Any]) -> str:
    """Which mark a verdict gets in the table."""
    if verdict["score"] >= verdict["max_score"]:
        return "right"
    if verdict["score"] > 0:
        return "partly"
    if verdict["follows"]:
        return "follows"
    return "wrong" if verdict["status"] in OWN else "none"
