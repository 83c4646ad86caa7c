"""nbgrader's configuration for this course, read by `grader` and by nbgrader's own commands."""

import sys
from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader provides it

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:  # nbgrader's own commands run from anywhere
    sys.path.insert(0, str(HERE))

c.CourseDirectory.course_id = "recurrent-networks"
c.CourseDirectory.root = str(HERE / "build" / "course")

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Your answer here*"

# `nbgrader autograde` and formgrader's button grade as `grader autograde` does: submissions are read
# and run by the grader, nbgrader records what comes out.
c.Autograde.exporter_class = "grader.nbgrader_plugin.GradingExporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# What students write is shown, never run: in the feedback and in formgrader.
c.HTMLExporter.filters = {
    "markdown2html": "grader.notebooks.safe_html.markdown2html",
    "hint2html": "grader.notebooks.safe_html.hint2html",
}
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "grader.gradebook.waiting.Waiting",
]
c.GenerateFeedback.HTMLExporter.extra_template_basedirs = [
    str(HERE / "grader" / "gradebook" / "templates")
]

# nbgrader's Validate runs every cell of a notebook; the networks of `tweets` want more than its 30 s.
c.Execute.timeout = 240
