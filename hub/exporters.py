"""A class's points for Canvas and Moodle, as plugins of nbgrader's own export.

    nbgrader export --exporter=hub.exporters.MoodleExport --to=grades.csv
    nbgrader export --exporter=hub.exporters.CanvasExport --CanvasExport.roster=from-canvas.csv

They know the gradebook that nbgrader's configuration names. `hub.grades` says what is in the files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Unicode

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.leavers import left
from hub import grades, spreadsheets


class LearningSystemExport(ExportPlugin):
    """What both have in common; ``table`` makes the rows."""

    roster = Unicode("", help="the system's own export, in whose rows students are looked for").tag(
        config=True
    )
    titles = Dict(
        help="titles of assignments in the system, for Canvas with their numbers in brackets"
    ).tag(config=True)
    table: ClassVar[Callable[..., list[list[Any]]]]

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that ``--to`` names, else ``grades.csv``; exit with 1 if that can't be."""
        roster = Path(self.roster) if self.roster else None
        try:
            marks = grades.marks_in(gradebook, self.assignment, self.student, self._gone())
            rows = type(self).table(marks, roster, self.titles)
            form = grades.form_of(roster)
        except GraderError as error:
            self.log.error("%s", error)
            sys.exit(1)
        with Path(self.to or "grades.csv").open("w", encoding="utf-8", newline="") as stream:
            spreadsheets.write(stream, rows, form)
        for student, assignment in sorted(marks.waiting):
            self.log.warning("%s of %s waits for a person: left empty", assignment, student)

    def _gone(self) -> dict[str, str]:
        """Who has left the class whose gradebook nbgrader's command has opened."""
        coursedir = getattr(self.parent, "coursedir", None)
        return left(CourseDirectory(Path(coursedir.root))) if coursedir else {}


class CanvasExport(LearningSystemExport):
    """Canvas's gradebook import."""

    table = staticmethod(grades.canvas)


class MoodleExport(LearningSystemExport):
    """Moodle's CSV import."""

    table = staticmethod(grades.moodle)
