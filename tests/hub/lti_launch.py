"""Logs in by LTI 1.3 to a hub with the server's configuration; the platform is this script.

Run by test_production.py in the environment of the hub's image. Prints as JSON what each launch came
to: the name of the user, or the HTTP status. The hub is on loopback, with SQLite and without its proxy.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "of-the-service-that-asks"
START_SECONDS, STOP_SECONDS = 180, 60
KEY, FORGED = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
CONFIG = """
from jupyterhub.proxy import Proxy

class NoProxy(Proxy):
    should_start = False
    async def get_all_routes(self):
        return {{}}
    async def add_route(self, routespec, target, data):
        pass
    async def delete_route(self, routespec):
        pass

c = get_config()
load_subconfig({config!r})
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.hub_bind_url = c.JupyterHub.hub_connect_url = {address!r}
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.services = [{{"name": "asks", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [{{"name": "asks", "scopes": ["read:users"], "services": ["asks"]}}]
c.LTI13Authenticator.jwks_endpoint = {keys!r}
"""


class Keys(BaseHTTPRequestHandler):
    """The platform's public key, under the address that the hub is told."""

    def do_GET(self):
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        body = json.dumps({"keys": [key | {"kid": "one", "use": "sig", "alg": "RS256"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Browser:
    """A student's browser that clicks the link in the learning management system."""

    def __init__(self, hub: str):
        self.hub, self.session = hub, requests.Session()

    def begin(self) -> dict[str, str]:
        """The hub sends the browser to the platform, with a state and a nonce."""
        form = {"iss": "https://lms.example", "login_hint": "1", "client_id": "a"}
        form |= {"target_link_uri": f"{self.hub}/hub", "lti_message_hint": "2"}
        answer = self._post("oauth_login", form)
        where = urlparse(answer.headers["Location"])
        assert f"{where.scheme}://{where.netloc}{where.path}" == "https://lms.example/auth"
        return {name: values[0] for name, values in parse_qs(where.query).items()}

    def end(self, state: str, token: str) -> list[object] | int:
        """The platform sends it back with who it is: name, where to, groups; or the status of a refusal."""
        answer = self._post("oauth_callback", {"state": state, "id_token": token})
        if answer.status_code != 302:
            return answer.status_code
        home = self.session.get(f"{self.hub}/hub/token")
        name = home.text.split('user: "')[1].split('"')[0]
        return [name, answer.headers["Location"], self._groups(name)]

    def _groups(self, name: str) -> list[str]:
        """Of who is logged in, as the instructors' page is told."""
        headers = {"Authorization": f"token {TOKEN}"}
        about = requests.get(f"{self.hub}/hub/api/users/{name}", headers=headers)
        return about.json()["groups"]

    def _post(self, path: str, form: dict) -> requests.Response:
        return self.session.post(f"{self.hub}/hub/lti13/{path}", data=form, allow_redirects=False)


def token(nonce: str, key=KEY, **changed) -> str:
    now = int(time.time())
    claims = {
        "iss": "https://lms.example",
        "aud": "a",
        "sub": "4711",
        "nonce": nonce,
        "iat": now,
        "exp": now + 60,
        "email": "Ada@uni.example",
        f"{CLAIM}message_type": "LtiResourceLinkRequest",
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}deployment_id": "1",
        f"{CLAIM}target_link_uri": "https://hub.example",
        f"{CLAIM}resource_link": {"id": "7"},
        f"{CLAIM}context": {"id": "c", "label": "rnn"},
        f"{CLAIM}roles": [],
    }
    return jwt.encode(claims | changed, key, algorithm="RS256", headers={"kid": "one"})


def launches(hub: str) -> dict[str, object]:
    result = {}

    def launch(name: str, key=KEY, **changed):
        browser = Browser(hub)
        asked = browser.begin()
        made = token(asked["nonce"], key, **changed)
        result[name] = browser.end(asked["state"], made)
        return asked, made

    asked, made = launch("honest")
    launch("another name", sub="bea@uni.example")
    launch("an instructor", sub="teacher")
    launch("an assistant", sub="joe")
    launch("forged signature", FORGED)
    launch("for another tool", aud="other")
    launch("of another platform", iss="https://evil.example")
    launch("expired", iat=1, exp=2)
    launch("a name that leads elsewhere", sub="../ada")
    stranger = Browser(hub)
    result["replayed in another browser"] = stranger.end(asked["state"], made)
    stranger.begin()
    result["replayed after a start of one's own"] = stranger.end(asked["state"], made)
    result["redirect"] = asked["redirect_uri"]
    return result


def wait_until_up(hub: str, process: subprocess.Popen) -> None:
    """Return when it answers; on a machine with other work to do that is long after its start."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            requests.get(f"{hub}/hub/health", timeout=5).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError("the hub ended" if process.poll() is not None else "the hub is not up")


def main() -> None:
    keys = HTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=keys.serve_forever, args=(0.02,), daemon=True).start()
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        hub = f"http://127.0.0.1:{trial.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        config = CONFIG.format(
            config=str(ROOT / "hub/server/jupyterhub_config.py"),
            keys=f"http://127.0.0.1:{keys.server_port}/keys",
            address=hub,
            token=TOKEN,
        )
        Path(folder, "config.py").write_text(config)
        log = Path(folder, "log")
        with log.open("wb") as stream:
            command = [sys.executable, "-m", "jupyterhub", "--config", "config.py"]
            process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream)
        try:
            wait_until_up(hub, process)
            json.dump(launches(hub), sys.stdout)
        except BaseException:
            print(log.read_text()[-5000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


if __name__ == "__main__":
    main()
