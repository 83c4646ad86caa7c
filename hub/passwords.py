"""Passwords of this hub's own, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets

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
