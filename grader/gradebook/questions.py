"""The answers that a person marks: what was asked, and the rubric to mark by.

The rubric stands in nbgrader's source notebook in the place of the answer. Students never see it: it is
shown in formgrader and on the instructors' page, and in nothing that is made for students.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """A question whose answer a person marks.

    Attributes
    ----------
    cell : str
        The name of the answer's cell in the gradebook.
    points : float
        The most that it can get.
    asked : str
        The text above the answer, in Markdown.
    rubric : str
        What the source notebook has in the place of the answer, in Markdown.
    """

    cell: str
    points: float
    asked: str
    rubric: str


def questions(root: Path, assignment: str) -> list[Question]:
    """The questions of an assignment, in their order.

    Parameters
    ----------
    root : Path
        The course directory.
    assignment : str
        Its name.

    Returns
    -------
    list of Question
        Empty where there is no source notebook.
    """
    path = root / "source" / assignment / f"{assignment}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return []
    found = []
    for number, cell in enumerate(cells):
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown" and about.get("grade") and about.get("solution"):
            above = cells[number - 1] if number else {"cell_type": "", "source": ""}
            asked = "".join(above["source"]) if above["cell_type"] == "markdown" else ""
            rubric = "".join(cell["source"])
            found.append(Question(about["grade_id"], float(about["points"]), asked, rubric))
    return found
