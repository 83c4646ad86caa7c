"""Lets the feedback say what still waits for a person."""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import List


class Waiting(NbGraderPreprocessor):
    """Marks graded cells whose points a person still has to give, in a notebook on its way to a page.

    nbgrader's GetGrades brings points and comments; 0 points is also what it brings where nobody has
    looked yet.
    """

    # nbconvert sets it for every preprocessor of HTML
    display_data_priority: List[list[str]] = List(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook with `waits` in the nbgrader metadata of each graded cell."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(
                about["notebook"], about["assignment"], about["student"]
            )
            # what was read before and is graded again may be looked at again; its points stand
            waits = {
                grade.name: bool(grade.needs_manual_grade and grade.manual_score is None)
                for grade in notebook.grades
            }
        for cell in nb.cells:
            if is_grade(cell):
                fields = cell.metadata.nbgrader
                fields["waits"] = waits.get(fields.grade_id, False)
        return nb, resources
