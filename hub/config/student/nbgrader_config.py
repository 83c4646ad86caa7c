"""nbgrader for a student: the exchange of the view, which is the student's own."""

import contextlib
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

from nbgrader.exchange.default import ExchangeFetchAssignment  # noqa: E402 - it may import handlers


class Fetch(ExchangeFetchAssignment):
    """Leaves a mark in the student's lane, which the instructors' page counts."""

    def copy_files(self):
        """Fetch, then mark."""
        super().copy_files()
        lane = Path(self.root, self.coursedir.course_id, "inbound")
        with contextlib.suppress(OSError):
            (lane / f".fetched-{self.coursedir.assignment_id}").touch()


c.ExchangeFactory.fetch_assignment = Fetch
