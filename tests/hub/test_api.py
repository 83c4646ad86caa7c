"""One way to call the hub: its answers, its refusals in its own words, and a hub that isn't there."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from hub import api
from hub.enrolment import _forget
from hub.members import ClassError
from tests.hub.running import free_port


class Answers(BaseHTTPRequestHandler):
    """Of a hub: /class gives back what was sent, /users/NAME deletes nobody but ada."""

    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, json.loads(body))

    def do_DELETE(self):
        name = self.path.rpartition("/")[2]
        if name == "ada":
            self._answer(204, None)
        elif name == "iris":
            self._answer(403, {"message": "Action is not authorized"})
        elif name == "joe":
            self._answer(500, None)
        else:
            self._answer(404, {"message": "Not found"})

    def _answer(self, status, body):
        self.asked.append((self.command, self.path, self.headers["Authorization"]))
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *about):
        pass


@pytest.fixture
def port():
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_what_is_sent_arrives_and_what_is_answered_comes_back(port):
    address = f"http://127.0.0.1:{port}/hub/api"
    assert api.call(address, "secret", "POST", "class", {"name": "ada"}) == {"name": "ada"}
    assert Answers.asked[-1] == ("POST", "/hub/api/class", "token secret")
    assert api.call(address, "secret", "DELETE", "users/ada") is None


def test_a_refusal_is_in_the_hubs_words(port):
    address = f"http://127.0.0.1:{port}/hub/api"
    with pytest.raises(api.Refused, match="not authorized") as refused:
        api.call(address, "secret", "DELETE", "users/iris")
    assert refused.value.status == 403
    with pytest.raises(api.Refused, match="Internal Server Error"):
        api.call(address, "secret", "DELETE", "users/joe")


def test_whom_the_hub_does_not_know_needs_not_be_forgotten(port):
    settings = {"hub_port": str(port), "operator_token": "secret"}
    _forget(settings, "ada")
    _forget(settings, "nobody")
    assert Answers.asked[-1][1] == "/hub/api/users/nobody"
    with pytest.raises(ClassError, match="iris: Action is not authorized"):
        _forget(settings, "iris")
    settings["hub_port"] = str(free_port())
    _forget(settings, "ada")  # no hub runs
    with pytest.raises(api.NotThere):
        api.call(f"http://127.0.0.1:{settings['hub_port']}/hub/api", "secret", "GET", "class")
