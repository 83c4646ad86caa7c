"""Lets nbgrader's own `autograde`, and formgrader's button, grade as this grader does.

nbgrader converts a submission twice: a first pass that cleans it, a second that runs and records it. In
the first pass this exporter hands over the notebook as the grader graded it; the second is left with
recording. nbgrader_config.py names it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from grader.gradebook.course_directory import CourseDirectory
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
        graded = grade(course.submission(about["assignment"], about["student"]))
        return graded.notebook, filled
