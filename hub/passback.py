"""Hands a class's points to the learning management system: LTI 1.3 Assignment and Grade Services 2.0.

    python -m hub.passback keys KEY.pem                 the public key for the platform; makes the key
    python -m hub.passback grades --platform FILE       shows what would be sent
    python -m hub.passback grades --platform FILE --send

FILE is TOML and says where the platform is:

    client_id = "10000000000001"
    token_url = "https://lms.example/login/oauth2/token"
    lineitems = "https://lms.example/api/lti/courses/7/line_items"
    key = "KEY.pem"            # beside FILE; only its owner may read it

A student is the platform's user whose number the gradebook has noted (`lms_user_id`). What the platform
has already is not sent again, so that the command can be repeated at any time. Each assignment has a
column of its own (a line item), found by its resource id or made. What waits for a person, and what was
not handed in, is not sent.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory, default
from hub.grades import Marks, read_marks
from hub.places import COURSE_ID

SCOPES = tuple(
    f"https://purl.imsglobal.org/spec/lti-ags/scope/{name}"
    for name in ("lineitem", "result.readonly", "score")
)
LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
SCORE = "application/vnd.ims.lis.v1.score+json"
SECONDS = 30  # that a platform may take to answer
TRIES = 5
LONGEST_WAIT = 60.0  # seconds, whatever a platform asks for
BUSY = (429, 500, 502, 503, 504)
MOST_PAGES = 1000
SAME = 1e-4  # points


@dataclass(frozen=True)
class Platform:
    """Where grades go, and as whom this course is known there.

    Attributes
    ----------
    client_id : str
        That the platform gave this course.
    token_url : str
        Where a token is had for a signed assertion.
    lineitems : str
        The course's line items.
    key : str
        The private RSA key, as PEM.
    """

    client_id: str
    token_url: str
    lineitems: str
    key: str

    @classmethod
    def read(cls, path: Path) -> Platform:
        """The platform that a file describes.

        Parameters
        ----------
        path : Path
            TOML, with the fields that the module's head shows.

        Returns
        -------
        Platform
            With its key read.

        Raises
        ------
        GraderError
            Where the file or its key can't be read, or something is missing.
        """
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            fields = {name: str(found[name]) for name in ("client_id", "token_url", "lineitems")}
            key = (path.parent / str(found["key"])).read_text(encoding="ascii")
        except KeyError as error:
            raise GraderError(f"{path} does not say {error.args[0]}") from error
        except (OSError, ValueError) as error:
            raise GraderError(f"{path} cannot be read: {error}") from error
        for name in ("token_url", "lineitems"):
            address = urlsplit(fields[name])
            if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"):
                raise GraderError(f"{path}: {name} must begin with https://")
        return cls(**fields, key=key)


@dataclass(frozen=True)
class Change:
    """A grade that the platform has not, or has otherwise.

    Attributes
    ----------
    user : str
        The student's number on the platform.
    before : float or None
        What it has, in points of this course; None where it has nothing.
    points, maximum : float
        What it is to have.
    """

    student: str
    user: str
    assignment: str
    before: float | None
    points: float
    maximum: float


@dataclass
class Plan:
    """What is to be sent.

    Attributes
    ----------
    changes : list of Change
        One for each grade to be sent.
    same : int
        How many grades the platform has already.
    columns : dict of str to str
        The address of each assignment's line item; empty where it is to be made.
    without : list of str
        Students with a grade of whom no number is noted.
    waiting : list of (str, str)
        Student and assignment: the words wait for a person.
    """

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Sent:
    """What came of sending: how many grades arrived, and of each other one why not."""

    count: int = 0
    refused: dict[tuple[str, str], str] = field(default_factory=dict)


class Service:
    """The platform's grade service, with one token for a run.

    Parameters
    ----------
    platform : Platform
        Where it is.
    sleep : callable, optional
        Waits for so many seconds.
    """

    def __init__(self, platform: Platform, sleep: Callable[[float], None] = time.sleep):
        from authlib.integrations.requests_client import OAuth2Session
        from authlib.oauth2.rfc7523 import PrivateKeyJWT

        self._platform, self._sleep = platform, sleep
        self._session = OAuth2Session(
            platform.client_id, platform.key, token_endpoint_auth_method="private_key_jwt"
        )
        header = {"kid": key_id(platform.key)}
        self._session.register_client_auth_method(PrivateKeyJWT(platform.token_url, headers=header))

    def _log_in(self) -> None:
        from authlib.common.errors import AuthlibBaseError
        from requests import RequestException

        url = self._platform.token_url
        try:
            self._session.fetch_token(
                url, grant_type="client_credentials", scope=" ".join(SCOPES), timeout=SECONDS
            )
        except AuthlibBaseError as error:
            raise GraderError(
                f"the platform gives no token: {error}. Does it have the public key of this course"
                " (`python -m hub.passback keys`), and is the client id right?"
            ) from error
        except (RequestException, ValueError) as error:
            raise GraderError(f"{url} gives no token: {error}") from error

    def call(self, method: str, url: str, kind: str, body: Any = None) -> Any:
        """The platform's answer, after waiting where it asks for patience.

        Parameters
        ----------
        method, url : str
            Of the request.
        kind : str
            Its media type.
        body : object, optional
            Sent as JSON.

        Returns
        -------
        requests.Response
            Of a request that succeeded.

        Raises
        ------
        Refusal
            With the status, where it did not.
        GraderError
            Where nothing answers.
        """
        from requests import RequestException

        if self._session.token is None:
            self._log_in()
        renewed = False
        for attempt in range(1, TRIES + 1):
            headers = {"Accept": kind} if body is None else {"Content-Type": kind}
            data = None if body is None else json.dumps(body).encode()
            try:
                answer = self._session.request(
                    method, url, headers=headers, data=data, timeout=SECONDS, allow_redirects=False
                )
            except RequestException as error:
                raise GraderError(f"{_host(url)} does not answer: {error}") from error
            if answer.status_code == 401 and not renewed:  # a token may end while a class is sent
                renewed = True
                self._log_in()
            elif answer.status_code in BUSY and attempt < TRIES:
                self._sleep(_patience(answer, attempt))
            elif 200 <= answer.status_code < 300:
                return answer
            else:
                raise Refusal(answer.status_code, _reason(answer))
        raise Refusal(answer.status_code, _reason(answer))

    def everything(self, url: str, kind: str) -> Iterator[dict[str, Any]]:
        """The entries of a list that comes in pages.

        Parameters
        ----------
        url : str
            Of the first page.
        kind : str
            The media type of a page.

        Yields
        ------
        dict
            An entry.

        Raises
        ------
        Refusal
            Where the platform refuses a page.
        GraderError
            Where it answers with no list, or leads to another host.
        """
        for _ in range(MOST_PAGES):
            answer = self.call("GET", url, kind)
            try:
                yield from answer.json()
            except (ValueError, TypeError) as error:
                raise GraderError(f"{_host(url)} answers with no list: {error}") from error
            following = answer.links.get("next", {}).get("url")
            if not following:
                return
            if urlsplit(following)[:2] != urlsplit(url)[:2]:
                raise GraderError(f"{_host(url)} sends us to {_host(following)} with its token")
            url = following


class Refusal(Exception):
    """The platform refused a request: its status and its words."""

    def __init__(self, status: int, reason: str):
        super().__init__(f"{reason} (HTTP {status})")
        self.status = status


def _host(url: str) -> str:
    return urlsplit(url).netloc or url


def _patience(answer: Any, attempt: int) -> float:
    """Seconds until a busy platform is asked again."""
    asked = answer.headers.get("Retry-After", "")
    wait = float(asked) if re.fullmatch(r"\d+(\.\d+)?", asked) else 2.0 ** (attempt - 1)
    return min(wait, LONGEST_WAIT)


def _reason(answer: Any) -> str:
    text = re.sub(r"<[^>]*>|\s+", " ", answer.text).strip()[:200]
    return text or answer.reason or "no reason given"


# ---------------------------------------------------------------- what there is to send


def plan(marks: Marks, service: Service, platform: Platform) -> Plan:
    """Compare a class's marks with what the platform has; nothing is changed there.

    Parameters
    ----------
    marks : Marks
        What the class got.
    service : Service
        Asked for line items and results.
    platform : Platform
        Where they are.

    Returns
    -------
    Plan
        What is to be sent.

    Raises
    ------
    GraderError
        Where the platform can't be asked.
    """
    made = Plan(waiting=sorted(marks.waiting))
    without = set()
    for name, maximum in marks.maximum.items():
        column, results = _column(service, platform, name)
        made.columns[name] = column
        for (student, assignment), points in marks.points.items():
            if assignment != name:
                continue
            user = marks.people[student].lms_id
            if not user:
                without.add(student)
                continue
            before = results.get(user)
            if before is not None:
                before *= maximum  # the platform's own maximum may be another
            if before is not None and abs(before - points) < SAME:
                made.same += 1
            else:
                made.changes.append(Change(student, user, name, before, points, maximum))
    made.without = sorted(without)
    return made


def _column(service: Service, platform: Platform, name: str) -> tuple[str, dict[str, float]]:
    """An assignment's line item, empty where there is none, and each user's share of its points."""
    wanted = _with_query(platform.lineitems, {"resource_id": _resource(name)})
    try:
        items = list(service.everything(wanted, LINE_ITEMS))
        # a platform may pass over what it is asked for
        own = [one["id"] for one in items if one.get("resourceId") == _resource(name)]
        if not own:
            return "", {}
        results = service.everything(_below(own[0], "results"), RESULTS)
        return own[0], dict(_shares(results))
    except Refusal as error:
        raise GraderError(
            f"the columns of {_host(platform.lineitems)}: {_advice(error)}"
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise GraderError(f"{_host(platform.lineitems)} lists no line items: {error!r}") from error


def _shares(results: Iterator[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    for one in results:
        if one.get("resultScore") is not None:
            maximum = float(one.get("resultMaximum") or 1)
            yield str(one["userId"]), float(one["resultScore"]) / maximum


def _resource(name: str) -> str:
    return f"{COURSE_ID}/{name}"


def _below(url: str, part: str) -> str:
    """The address of a line item's service: its query comes after the whole path."""
    found = urlsplit(url)
    return urlunsplit(found._replace(path=f"{found.path.rstrip('/')}/{part}"))


def _with_query(url: str, more: dict[str, str]) -> str:
    found = urlsplit(url)
    return urlunsplit(found._replace(query="&".join(filter(None, (found.query, urlencode(more))))))


def _advice(error: Refusal) -> str:
    known = {
        401: "is this course allowed to use Assignment and Grade Services there?",
        403: "is this course allowed to use Assignment and Grade Services there?",
        404: "is the address of the line items right, and does the course still exist?",
        429: "it wants us to come back later",
    }
    advice = known.get(error.status)
    return f"{error}" + (f": {advice}" if advice else "")


# ---------------------------------------------------------------- sending it


def send(
    made: Plan,
    service: Service,
    platform: Platform,
    titles: dict[str, str] | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Sent:
    """Send what a plan holds; a student whom the platform refuses holds up nobody else.

    Parameters
    ----------
    made : Plan
        From `plan`.
    service : Service
        Where it goes.
    platform : Platform
        Where line items are made.
    titles : dict of str to str, optional
        What a new column is called, by assignment.
    step : callable, optional
        Told how many grades are done, of how many.

    Returns
    -------
    Sent
        What came of it.

    Raises
    ------
    GraderError
        Where a column can't be made, or the platform refuses whatever it is sent.
    """
    done = Sent()
    for number, change in enumerate(made.changes):
        step(number, len(made.changes))
        if not made.columns[change.assignment]:
            title = (titles or {}).get(change.assignment, change.assignment)
            made.columns[change.assignment] = _make_column(service, platform, change, title)
        key = (change.student, change.assignment)
        try:
            service.call(
                "POST", _below(made.columns[change.assignment], "scores"), SCORE, _score(change)
            )
        except Refusal as error:
            if error.status in (401, 403, 429):  # so it will do for all others
                raise GraderError(
                    f"{done.count} grades were sent; then {_host(platform.lineitems)} refused:"
                    f" {_advice(error)}. Send again: what is there is not sent twice"
                ) from error
            done.refused[key] = str(error)
            continue
        done.count += 1
    return done


def _make_column(service: Service, platform: Platform, change: Change, title: str) -> str:
    body = {
        "label": title,
        "scoreMaximum": change.maximum,
        "resourceId": _resource(change.assignment),
        "tag": "grade",
    }
    try:
        answer = service.call("POST", platform.lineitems, LINE_ITEM, body)
        address: str = answer.json()["id"]
    except Refusal as error:
        raise GraderError(f"no column for {change.assignment}: {_advice(error)}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise GraderError(f"no column for {change.assignment}: {error!r}") from error
    return address


def _score(change: Change) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "userId": change.user,
        "scoreGiven": change.points,
        "scoreMaximum": change.maximum,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": now,
    }


# ---------------------------------------------------------------- the key


def key_id(pem: str) -> str:
    """The name of a key: the thumbprint of its public half (RFC 7638)."""
    name: str = _public(pem)["kid"]
    return name


def _public(pem: str) -> dict[str, Any]:
    from joserfc.errors import JoseError
    from joserfc.jwk import RSAKey

    try:
        key = RSAKey.import_key(pem)
        public = key.as_dict(private=False)
    except (JoseError, ValueError) as error:
        raise GraderError(f"this is not an RSA key in PEM: {error}") from error
    return {**public, "kid": key.thumbprint(), "use": "sig", "alg": "RS256"}


def key_set(path: Path) -> dict[str, Any]:
    """The public key as a JSON Web Key Set, for the platform; the private one is made if there is none.

    Parameters
    ----------
    path : Path
        The private key, as PEM. Only its owner can read what is made.

    Returns
    -------
    dict
        As RFC 7517 has it.
    """
    from joserfc.jwk import RSAKey

    if not path.exists():
        pem = RSAKey.generate_key(2048, private=True).as_pem(private=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(pem)
    return {"keys": [_public(path.read_text(encoding="ascii"))]}


# ---------------------------------------------------------------- the command


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m hub.passback", description=(__doc__ or "").split("\n")[0]
    )
    commands = parser.add_subparsers(required=True, dest="command")
    keys = commands.add_parser("keys", help="print the public key for the platform")
    keys.add_argument("key", type=Path, metavar="KEY.pem", help="made if there is none")
    sending = commands.add_parser("grades", help="show what would be sent, or send it")
    sending.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all)")
    sending.add_argument("--course", type=Path, default=default(), metavar="DIR")
    sending.add_argument("--platform", type=Path, required=True, metavar="FILE", help="TOML")
    sending.add_argument("--send", action="store_true", help="otherwise it is only shown")
    options = parser.parse_args(arguments)
    try:
        if options.command == "keys":
            print(json.dumps(key_set(options.key), indent=1))
            return 0
        return _grades(options)
    except (GraderError, OSError) as error:
        print(f"passback: {error}", file=sys.stderr)
        return 1


def _grades(options: argparse.Namespace) -> int:
    platform = Platform.read(options.platform)
    marks = read_marks(CourseDirectory(options.course), options.assignments)
    service = Service(platform)
    made = plan(marks, service, platform)
    for line in lines(made):
        print(line)
    if not options.send:
        return 0
    done = send(made, service, platform)
    print(f"sent {done.count}")
    for (student, assignment), reason in done.refused.items():
        print(f"passback: {assignment} of {student} was refused: {reason}", file=sys.stderr)
    return 1 if done.refused else 0


def lines(made: Plan) -> list[str]:
    """A plan in words: what would be sent, and what not and why."""
    found = [
        f"{change.assignment} of {change.student}: {change.points:g} of {change.maximum:g}"
        + (f" (was {change.before:g})" if change.before is not None else "")
        for change in made.changes
    ]
    columns = [name for name, address in made.columns.items() if not address]
    needed = {change.assignment for change in made.changes}
    found += [f"a column will be made for {name}" for name in columns if name in needed]
    if made.same:
        found.append(f"grades that are there already: {made.same}")
    found += [f"not sent: {name} of {student} waits for a person" for student, name in made.waiting]
    found += [
        f"not sent: {student} has no number of the platform"
        f" (`nbgrader db student add {student} --lms-user-id ID`)"
        for student in made.without
    ]
    return found


if __name__ == "__main__":
    sys.exit(main())
