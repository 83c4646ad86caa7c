"""Shows the rubric where nbgrader lets a person mark: in formgrader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import from_dict

from grader.gradebook.questions import questions


class Rubric(Preprocessor):
    """Puts the rubric below each answer on the page where a person marks it, formgrader's."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook with its rubrics; as it is where the page is another one, such as a student's."""
        if "submission_id" not in resources or "nbgrader" in resources:
            return nb, resources
        root = Path(resources["metadata"]["path"]).parents[2]  # of autograded/STUDENT/ASSIGNMENT
        rubrics = {q.cell: q.rubric for q in questions(root, resources["assignment_id"])}
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            text = rubrics.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if text:
                below = {"id": f"rubric-{len(cells)}", "cell_type": "markdown", "metadata": {}}
                cells.append(from_dict(below | {"source": text}))
        nb.cells = cells
        return nb, resources
