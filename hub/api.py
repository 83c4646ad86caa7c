"""A call of the hub's own API: by its operator, and by the instructors' page."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from grader.errors import GraderError

SECONDS = 120


class Refused(GraderError):
    """The hub's answer is no; says why.

    Attributes
    ----------
    status : int
        Of the answer.
    """

    def __init__(self, status: int, words: str):
        super().__init__(words)
        self.status = status


class NotThere(GraderError):
    """No hub listens at the address."""


def call(api: str, token: str, method: str, path: str, body: Any = None) -> Any:
    """Ask the hub.

    Parameters
    ----------
    api : str
        Where the hub's API is.
    token : str
        Of the one who asks.
    method : str
        GET, POST, PATCH or DELETE.
    path : str
        Below the API, its parts quoted.
    body : object, optional
        Sent as JSON.

    Returns
    -------
    object
        What the hub answers, None where that is nothing.

    Raises
    ------
    Refused
        Where the hub refuses, with its words.
    NotThere
        Where no hub runs.
    GraderError
        Where it doesn't answer.
    """
    request = urllib.request.Request(
        f"{api}/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"token {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        raise Refused(error.code, _words(error)) from error
    except OSError as error:
        reason = getattr(error, "reason", error)
        words = f"The hub does not answer: {reason}"
        if isinstance(reason, ConnectionRefusedError):
            raise NotThere(words) from error
        raise GraderError(words) from error
    return json.loads(text) if text else None


def _words(error: urllib.error.HTTPError) -> str:
    try:
        said = json.loads(error.read())["message"]
    except (ValueError, KeyError, TypeError):
        said = error.reason
    return f"{said}"
