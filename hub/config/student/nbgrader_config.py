"""nbgrader for a student: the exchange of the view, which is the student's own."""

import sys
from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "recurrent-networks"
c.Exchange.root = "/srv/exchange"

# Validate runs a whole notebook, and those of `search` and `tweets` train networks.
c.Execute.timeout = 240

if (
    "nbgrader.server_extensions.validate_assignment.handlers" in sys.modules
):  # the server's, no command's
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import validating

    validating.install()
