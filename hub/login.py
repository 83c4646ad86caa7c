"""Who may log in: the members in the roster, as it is now.

Members have passwords of this hub's own, made anew at every start, or those of the system. What they
log in with leads to their name, which lanes, homes and grades have.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator, PAMAuthenticator
from traitlets import Unicode

from grader.gradebook import notes
from hub.passwords import digest
from hub.places import State
from hub.roster import Roster


class Members(Authenticator):
    """What both have in common; whom `authenticate` names is let in."""

    state_directory = Unicode(help="what the hub keeps").tag(config=True)

    def system_user_exists(self, user: Any) -> bool:
        """Whether there is such a user: the name is the roster's, and the login has been let in."""
        return True

    @property
    def state(self) -> State:
        """What the hub keeps."""
        return State(Path(self.state_directory))

    def named(self, login: str) -> str | None:
        """The name of the member who logs in so, None where there is none."""
        entry = Roster(self.state.roster).by_login(login)
        return entry.name if entry else None

    def let_in(self, name: str) -> dict[str, Any] | None:
        """What JupyterHub is told of a member: the name, and the group of the role."""
        entry = Roster(self.state.roster).named(name)
        return {"name": name, "groups": [f"{entry.role}s"]} if entry else None

    def validate_username(self, username: str) -> bool:
        """Whether it is a member's name; at the hub's start, who is none is forgotten."""
        return Roster(self.state.roster).named(username) is not None


class ClassAuthenticator(Members):
    """Lets the members of the class in, each with the password that was printed."""

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """The member whose password this is, or None."""
        name = self.named(data["username"])
        # a name that isn't there costs as much time as one that is
        kept = notes.read(self.state.digests).get(name or "") or digest(secrets.token_hex())
        right = hmac.compare_digest(digest(data["password"], kept.partition(":")[0]), kept)
        return self.let_in(name) if right and name else None


class SystemAuthenticator(Members, PAMAuthenticator):
    """Lets the members in who have a password on this system."""

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """The member whose system password this is, or None."""
        name = self.named(data["username"])
        found = await PAMAuthenticator.authenticate(self, handler, data) if name else None
        return self.let_in(name) if found and name else None
