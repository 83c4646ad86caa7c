"""Who may log in, where members have passwords of this hub's own: made anew at every start."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from jupyterhub.auth import Authenticator
from traitlets import Dict

from hub.passwords import digest


class ClassAuthenticator(Authenticator):
    """Lets the members of the class in, each with the password that was printed at the start."""

    digests = Dict(help="name: digest of the password").tag(config=True)

    async def authenticate(self, handler: Any, data: dict[str, str]) -> str | None:
        """The name of the member whose password this is, or None."""
        name, password = data["username"], data["password"]
        # a name that isn't there costs as much time as one that is
        kept = self.digests.get(name) or digest(secrets.token_hex())
        right = hmac.compare_digest(digest(password, kept.partition(":")[0]), kept)
        return name if right and name in self.digests else None
