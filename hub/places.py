"""Where things are: in the checkout, in the hub's state, and inside a member's view."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

COURSE_ID = "recurrent-networks"
FETCHED = ".fetched-"
"""Begins the mark that a student's nbgrader leaves in the lane when it has fetched an assignment."""
NAMED = "named"
"""`grader.gradebook.named.FOLDER`; the hub's image has no grader."""

CHECKOUT = Path(__file__).resolve().parent.parent
HUB = CHECKOUT / "hub"
STATE = CHECKOUT / "build" / "hub"

# The hub's environment is a layer: its own packages, and below them those of the course.
LAYER = HUB / ".venv"
ENVIRONMENT = CHECKOUT / ".venv"
HUB_READY = LAYER / ".complete"
PYTHON = LAYER / "bin" / "python"
INTERPRETER = Path(sys.base_prefix).resolve()


class Inside:
    """Paths in a member's view, the same for everybody."""

    EXCHANGE = Path("/srv/exchange")
    REPOSITORY = Path("/srv/course-repository")
    CONFIG = Path("/etc/jupyter")
    HOME = Path("/home")
    INSTRUCTOR = HOME / "instructor"
    COURSE = INSTRUCTOR / "course"
    PRACTICE = Path("/srv/practice")
    NAMED = Path("/srv/named")


@dataclass(frozen=True)
class State:
    """What the hub keeps between two starts: closed to everybody but the one who runs it."""

    root: Path

    @property
    def settings(self) -> Path:
        """What the hub's configuration reads."""
        return self.root / "settings.json"

    @property
    def roster(self) -> Path:
        """The class."""
        return self.root / "class.json"

    @property
    def digests(self) -> Path:
        """Of the passwords, where members have some of this hub's own."""
        return self.root / "passwords.json"

    @property
    def editable(self) -> Path:
        """There while instructors may change the exercises of the checkout."""
        return self.root / "exercises-editable"

    @property
    def lock(self) -> Path:
        """Locked by the hub that runs with this state."""
        return self.root / "lock"

    @property
    def version(self) -> Path:
        """The version of the state's layout."""
        return self.root / "version"

    @property
    def proxy(self) -> Path:
        """The number of the proxy's process, as JupyterHub notes it."""
        return self.root / "proxy.pid"

    @property
    def log(self) -> Path:
        """What the hub and its servers print."""
        return self.root / "hub.log"

    @property
    def practice(self) -> Path:
        """What the grading service notes: the mistakes of each attempt, for the class report."""
        return self.root / "practice"

    @property
    def course(self) -> Path:
        """The course directory of nbgrader: sources, submissions, gradebook."""
        return self.root / "course"

    @property
    def named(self) -> Path:
        """Of the course directory what the service of practice sees: mistakes that were named."""
        return self.course / NAMED

    @property
    def repository(self) -> Path:
        """What launch links pull."""
        return self.root / "repository"

    @property
    def outbound(self) -> Path:
        """The released assignments."""
        return self.root / "exchange" / COURSE_ID / "outbound"

    @property
    def inbound(self) -> Path:
        """The lanes in which students hand in."""
        return self.root / "exchange" / COURSE_ID / "inbound"

    @property
    def feedback(self) -> Path:
        """The lanes from which students fetch feedback."""
        return self.root / "exchange" / COURSE_ID / "feedback"

    def home(self, name: str) -> Path:
        """The home that the hub keeps for this name."""
        return self.root / "homes" / name

    def accounts(self, name: str) -> Path:
        """The /etc/passwd, /etc/group and /etc/gitconfig that a member's view shows."""
        return self.root / "accounts" / name
