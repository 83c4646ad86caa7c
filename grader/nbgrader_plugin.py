"""Lets nbgrader's own `autograde`, and formgrader's button, grade as this grader does.

nbgrader converts a submission twice: a first pass that cleans it, a second that runs and records it. In
the first pass this exporter hands over the notebook as the grader graded it; the second is left with
recording. nbgrader_config.py names it, and the hook that lets a notebook under another name count.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import enter_extension
from grader.grading import grade


class GradingExporter(NotebookExporter):
    """An exporter for nbgrader's Autograde converter, its parent."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, Any]:
        """The graded notebook of the submission that `filename` belongs to.

        The file itself is opened by the grader only: it may be a link, a pipe, or no notebook at all.
        """
        converter: Any = self.parent
        if not converter._sanitizing:
            return super().from_filename(filename, resources, **options)
        filled: Any = self._init_resources(resources)  # type: ignore[no-untyped-call]
        filled["output_extension"] = self.file_extension
        about = filled["nbgrader"]
        course = CourseDirectory(Path(converter.coursedir.root))
        with course.gradebook() as gradebook:  # before nbgrader computes the penalty
            enter_extension(
                course, gradebook.find_submission(about["assignment"], about["student"])
            )
            gradebook.db.commit()
        graded = grade(course.submission(about["assignment"], about["student"]))
        return graded.notebook, filled


def under_the_released_name(assignment: str, student: str, notebooks: list[str]) -> None:
    """Let nbgrader look for a submission's notebook under the name that it was released with.

    nbgrader calls this `pre_convert_hook` with the files that it found, and passes over those whose name
    it doesn't know. Which of them counts, the exporter finds out; so it is asked once, by that name.
    """
    folders = {Path(notebook).parent for notebook in notebooks}
    notebooks[:] = [str(folder / f"{folder.name}.ipynb") for folder in sorted(folders)]
