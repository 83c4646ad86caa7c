"""Who may log in, where members have passwords of this hub's own: made anew at every start."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from jupyterhub.auth import Authenticator
from traitlets import Dict

COST = {"n": 2**14, "r": 8, "p": 1}


def new_password() -> str:
    """A password of 16 characters that nobody can guess."""
    return secrets.token_urlsafe(12)


def digest(password: str, salt: str | None = None) -> str:
    """What is kept of a password: a salt, and scrypt's digest of both (RFC 7914).

    Parameters
    ----------
    password : str
        The password.
    salt : str, optional
        Hexadecimal digits; a fresh one is drawn unless it is given.

    Returns
    -------
    str
        Salt and digest, with a colon between them.
    """
    salt = salt or secrets.token_hex(16)
    return f"{salt}:{hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), **COST).hex()}"


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
