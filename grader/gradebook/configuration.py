"""nbgrader's configuration of a course: what the grader needs, and what `course.toml` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader import assignments

TEMPLATES = Path(__file__).resolve().parent / "templates"


def configure(c: Any) -> None:
    """Fill in the configuration object `c` of an nbgrader_config.py.

    With it, nbgrader's own `autograde` and formgrader's button grade as `grader autograde` does:
    submissions are read and run by the grader, and nbgrader records what comes out.
    """
    course = assignments.course()
    c.CourseDirectory.course_id = course.id
    c.CourseDirectory.root = str(course.root / "build" / "course")
    c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
    c.ClearSolutions.text_stub = "*Your answer here*"
    c.Autograde.exporter_class = "grader.nbgrader_plugin.GradingExporter"
    c.Autograde.pre_convert_hook = "grader.nbgrader_plugin.under_the_released_name"
    c.Autograde.sanitize_preprocessors = []
    c.Autograde.autograde_preprocessors = [
        "grader.gradebook.saving.SaveGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    # What students write is shown, never run: in the feedback and in formgrader.
    c.HTMLExporter.filters = {
        "markdown2html": "grader.notebooks.safe_html.in_block",
        "cell2html": "grader.notebooks.safe_html.cell2html",
        "hint2html": "grader.notebooks.safe_html.hint2html",
        "highlight_code": "grader.notebooks.safe_html.code2html",
    }
    # Its conf.json adds our styles last: nbconvert's own take the place of all before them.
    c.HTMLExporter.extra_template_paths = [str(TEMPLATES / "formgrade")]
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "grader.gradebook.waiting.Waiting",
    ]
    c.GenerateFeedback.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    # nbgrader's Validate runs every cell of a notebook; those that train want more than its 30 s.
    longest = [profile.limits.cell_seconds for profile in course.profiles.values()]
    c.Execute.timeout = int(max(longest))
