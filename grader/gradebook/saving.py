"""What nbgrader's own `autograde` and formgrader's button do to record a grade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import determine_grade

from grader.gradebook import marked


class SaveGrades(SaveAutoGrades):
    """nbgrader's own step that records scores, less its opening of marks whose basis is the same."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook as it is; its scores go into the gradebook."""
        root = Path(resources["metadata"]["path"]).parents[2]  # of autograded/STUDENT/ASSIGNMENT
        about = resources["nbgrader"]
        self._now = marked.basis(nb)
        self._before = marked.last(root, about["assignment"], about["student"])
        result: tuple[Any, Any] = super().preprocess(nb, resources)
        marked.keep(root, about["assignment"], about["student"], self._now)
        return result

    def _add_score(self, cell: Any, resources: Any) -> None:
        name = marked.name_of(cell)
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = determine_grade(cell, self.log)[0]
        grade.needs_manual_grade = marked.opens(grade, name, self._before, self._now)
        self.gradebook.db.commit()
