"""The feedback page without a gradebook: the same template, filled from the verdicts alone."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader
from nbconvert.filters import strip_ansi

from grader.gradebook.configuration import TEMPLATES
from grader.notebooks.merge import nbgrader_fields
from grader.notebooks.safe_html import cell2html, hint2html, markdown2html
from grader.submission import Graded


def practice_page(assignment: str, graded: Graded, about: str = "practice") -> str:
    """What the student gets to read on an attempt that is not recorded.

    Points are those of the checks; answers in words wait for the graded submission. `about` is
    "practice", or "recorded" where the submission counts and these hidden inputs are not those of the
    grade.
    """
    notebook = json.loads(graded.notebook)
    score = most = 0.0
    for cell in notebook["cells"]:
        fields = nbgrader_fields(cell)
        if not fields.get("grade"):
            continue
        fields["waits"] = "grader" not in cell["metadata"]
        fields["score"] = cell["metadata"].get("grader", {}).get("score", 0.0)
        score += fields["score"]
        most += fields["points"]
    shown = SimpleNamespace(
        notebook=assignment, score=score, max_score=most, late_penalty=0, practice=about
    )
    page: str = _template().render(
        nb=nbformat.from_dict(notebook), resources=SimpleNamespace(nbgrader=shown)
    )
    return page


def _template() -> Any:
    folder = TEMPLATES / "feedback"
    environment = Environment(loader=FileSystemLoader(folder))  # the template escapes itself
    environment.filters |= {
        "cell2html": cell2html,
        "markdown2html": markdown2html,
        "hint2html": hint2html,
        "strip_ansi": strip_ansi,
    }
    return environment.get_template("index.html.j2")
