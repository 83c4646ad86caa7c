"""nbgrader's configuration for this course, read by `grader` and by nbgrader's own commands."""

from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "recurrent-networks"
c.CourseDirectory.root = str(Path(__file__).resolve().parent / "build" / "course")

# A student's answer stands in the cell; what it says there is shown, not run as markup.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Your answer here*"
