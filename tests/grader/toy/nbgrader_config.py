"""nbgrader's configuration for this course, read by `grader` and by nbgrader's own commands."""

import sys
from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader provides it

HERE = str(Path(__file__).resolve().parent)
if HERE not in sys.path:  # nbgrader's own commands run from anywhere
    sys.path.insert(0, HERE)

from grader.gradebook.configuration import configure  # noqa: E402 - found only now

configure(c)
