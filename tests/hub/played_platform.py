"""A learning management system as far as LTI's grade services go: tokens, line items, results, scores."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SCORE = "application/vnd.ims.lis.v1.score+json"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Platform:
    """It runs in a thread; what it was sent and what it is to refuse are its attributes.

    Attributes
    ----------
    users : set of str
        Whom it knows.
    items : dict of str to dict
        The line items by number.
    results : dict of (str, str) to dict
        The last score of a user, by line item and user.
    refusals : list of (str, int, dict)
        Method and status of the next requests that it refuses, and the headers of these answers.
    asked : list of str
        The requests that it has had, tokens aside.
    """

    client_id = "course-7"

    def __init__(self, keys: dict[str, Any], users: set[str]):
        self.keys, self.users = keys, users
        self.items: dict[str, dict[str, Any]] = {}
        self.results: dict[tuple[str, str], dict[str, Any]] = {}
        self.refusals: list[tuple[str, int, dict[str, str]]] = []
        self.asked: list[str] = []
        self.tokens: set[str] = set()
        self.known_assertions: set[str] = set()
        self.page = 2  # entries of a page
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.token_url = f"{self.address}/token"
        self.lineitems = f"{self.address}/7/lineitems?type_id=1"

    def __enter__(self) -> Platform:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def check_assertion(self, form: dict[str, list[str]]) -> str:
        """Why an assertion is refused; empty where it is right (RFC 7523, section 3)."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if form["grant_type"] != ["client_credentials"]:
            return "unsupported_grant_type"
        if form["client_assertion_type"] != [ASSERTION]:
            return "invalid_client"
        try:
            keys = KeySet.import_key_set(self.keys)
            token = jwt.decode(form["client_assertion"][0], keys, algorithms=["RS256"])
            right = {"essential": True, "value": self.client_id}
            jwt.JWTClaimsRegistry(
                iss=right, sub=right, aud={"essential": True, "value": self.token_url},
                exp={"essential": True}, jti={"essential": True},
            ).validate(token.claims)  # fmt: skip
        except (JoseError, ValueError):
            return "invalid_client"
        if token.claims["jti"] in self.known_assertions:
            return "invalid_client"
        self.known_assertions.add(token.claims["jti"])
        return ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._serve(b"")

            def do_POST(self):
                self._serve(self.rfile.read(int(self.headers["Content-Length"])))

            def _serve(self, body: bytes):
                path = urlsplit(self.path).path
                if path == "/token":
                    self._token(parse_qs(body.decode()))
                    return
                platform.asked.append(f"{self.command} {self.path}")
                if platform.refusals and platform.refusals[0][0] == self.command:
                    _, status, headers = platform.refusals.pop(0)
                    self._answer(status, {"error": "as the test wants it"}, headers)
                elif (
                    self.headers.get("Authorization", "").removeprefix("Bearer ")
                    not in platform.tokens
                ):
                    self._answer(401, {"error": "no such token"})
                else:
                    self._grades(path, body)

            def _token(self, form: dict[str, list[str]]):
                if error := platform.check_assertion(form):
                    self._answer(401, {"error": error})
                    return
                token = f"token-{len(platform.known_assertions)}"
                platform.tokens = {token}
                fields = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
                self._answer(200, fields | {"scope": form["scope"][0]})

            def _grades(self, path: str, body: bytes):
                query = parse_qs(urlsplit(self.path).query)
                parts = path.strip("/").split("/")
                if parts[:2] != ["7", "lineitems"] or query.get("type_id") != ["1"]:
                    self._answer(404, {"error": "no such course"})
                elif len(parts) == 2 and self.command == "POST":
                    number = str(len(platform.items) + 1)
                    url = f"{platform.address}/7/lineitems/{number}?type_id=1"
                    platform.items[number] = json.loads(body) | {"id": url}
                    self._answer(201, platform.items[number])
                elif len(parts) == 2:
                    self._list(list(platform.items.values()), query)
                elif parts[2] not in platform.items:
                    self._answer(404, {"error": "no such line item"})
                elif parts[3:] == ["results"]:
                    own = [r for (item, _), r in platform.results.items() if item == parts[2]]
                    self._list(own, query)
                elif parts[3:] == ["scores"] and self.headers["Content-Type"] == SCORE:
                    self._score(parts[2], json.loads(body))
                else:
                    self._answer(415, {"error": "what is that?"})

            def _list(self, entries: list[dict], query: dict[str, list[str]]):
                start = int(query.get("from", ["0"])[0])
                page = entries[start : start + platform.page]
                headers = {}
                if start + platform.page < len(entries):
                    path = urlsplit(self.path).path
                    following = f"{platform.address}{path}?type_id=1&from={start + platform.page}"
                    headers["Link"] = f'<{following}>; rel="next"'
                self._answer(200, page, headers)

            def _score(self, item: str, score: dict):
                user = score["userId"]
                if user not in platform.users:
                    self._answer(404, {"error": f"user {user} is not in this course"})
                    return
                before = platform.results.get((item, user))
                if before and score["timestamp"] <= before["timestamp"]:
                    self._answer(409, {"error": "there is a newer score"})
                    return
                maximum = platform.items[item]["scoreMaximum"]
                platform.results[item, user] = {
                    "userId": user,
                    "resultScore": score["scoreGiven"] / score["scoreMaximum"] * maximum,
                    "resultMaximum": maximum,
                    "timestamp": score["timestamp"],
                }
                self._answer(200, {})

            def _answer(self, status: int, body: Any, headers: dict[str, str] | None = None):
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments):
                pass

        return Handler
