"""A hub that runs for a test, and people who use it as programs do: by its API and a terminal."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
import websocket

from hub.places import CHECKOUT, INTERPRETER, PYTHON, State

PLAIN_USER = 20003  # an ordinary user, where the tests are run by root
START_SECONDS = 300
ANSWER_SECONDS = 30  # for one call
KEPT = ("course", "exchange", "repository", "released")
# What the first hub of each kind has released: by `plain`, and whether it has a class list
_released: dict[tuple[bool, bool], tempfile.TemporaryDirectory] = {}


class RunningHub:
    """`python -m hub` as an ordinary user (`plain`) or as whoever runs the tests; a context manager."""

    def __init__(
        self,
        directory: Path | str,
        plain: bool,
        arguments: tuple[str, ...] = (),
        release: tuple[str, ...] = ("all",),
    ):
        directory = Path(directory)
        self.state = State(directory / "state")
        self.plain = plain
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.passwords: dict[str, str] = {}
        self.said = ""
        self.hub_port = 0
        self._output = directory / "said.txt"
        # releasing takes long; but the gradebook that comes with it has the demo's students, or not
        self._kind = (plain, "--class" in arguments)
        if self._kind in _released and not self.state.root.exists():
            self.state.root.mkdir()
            copied = [f"{_released[self._kind].name}/{name}" for name in KEPT]
            subprocess.run(["cp", "--archive", *copied, str(self.state.root)], check=True)
        environment = {"PATH": os.environ["PATH"], "HOME": str(directory), "LANG": "C.UTF-8"}
        # it ends with the tests, also where these are killed
        command = [shutil.which("setpriv"), "--pdeathsig", "TERM", "--", str(PYTHON), "-m", "hub"]
        command += ["--port", str(self.port), "--state", str(self.state.root)]
        self.as_user: list[str] = []  # for further commands of whoever runs the hub
        if plain and os.getuid() == 0:
            for path in (directory, self.state.root):
                if path.exists():
                    os.chown(path, PLAIN_USER, PLAIN_USER)
            starter = CHECKOUT / "grader" / "sandbox" / "unprivileged.py"
            self.as_user = [sys.executable, "-I", "-S", str(starter), str(PLAIN_USER)]
            self.as_user += [str(INTERPRETER), str(CHECKOUT), str(directory), "--"]
            command = [*self.as_user, *command]
        if not self.state.root.exists():  # a copied one has them out
            command += ["--release", "all"]
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, *arguments],
                cwd=CHECKOUT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> RunningHub:
        deadline = time.monotonic() + START_SECONDS
        while "These passwords last" not in self.said:
            self.said = self._output.read_text(encoding="utf-8")
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the hub did not start: {self.said}")
            time.sleep(0.2)
        lines = re.findall(
            r"^  (?:student|assistant|instructor) +(\S+) +(\S+)$", self.said, re.MULTILINE
        )
        self.passwords = dict(lines)
        if self._kind not in _released:
            _released[self._kind] = directory_for_a_hub()
            copied = [str(self.state.root / name) for name in KEPT]
            subprocess.run(["cp", "--archive", *copied, _released[self._kind].name], check=True)
        self.hub_port = json.loads(self.state.settings.read_text())["hub_port"]
        return self

    def command(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of whoever runs the hub, while it runs."""
        return subprocess.run(
            [*self.as_user, str(PYTHON), "-m", module, "--state", str(self.state.root), *arguments],
            cwd=CHECKOUT, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def stop(self, signum: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signum)
        return self.process.wait(60)

    def process_numbers(self) -> dict[int, str]:
        """All processes of this machine that belong to this hub, with their command lines."""
        marks = (str(self.state.root).encode(), f"127.0.0.1:{self.hub_port}".encode())
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                line = (entry / "cmdline").read_bytes()
                told = line + (entry / "environ").read_bytes()
            except OSError:
                continue
            if any(mark in told for mark in marks):
                found[int(entry.name)] = line.replace(b"\0", b" ").decode(errors="replace")
        return found

    def processes(self) -> list[str]:
        return list(self.process_numbers().values())


class Person:
    """Somebody who has logged in, with a server of their own."""

    def __init__(self, hub: RunningHub, name: str):
        self.hub, self.name = hub, name
        self.session = requests.Session()
        page = self.session.get(f"{hub.address}/hub/login", timeout=ANSWER_SECONDS)
        page.raise_for_status()
        form = {
            "username": name,
            "password": hub.passwords[name],
            "_xsrf": self.session.cookies.get("_xsrf", path="/hub/"),
        }
        self.session.post(
            f"{hub.address}/hub/login", data=form, timeout=ANSWER_SECONDS
        ).raise_for_status()
        made = self.hub_api("POST", f"users/{name}/tokens", json={"note": "tests"})
        made.raise_for_status()
        self.token = made.json()["token"]

    def hub_api(self, method: str, path: str, token: str | None = None, **options):
        """A call of the hub's API: with a token, or as the browser in which the person is logged in."""
        url = f"{self.hub.address}/hub/api/{path}"
        if token:
            headers = {"Authorization": f"token {token}"}
            return requests.request(method, url, headers=headers, timeout=ANSWER_SECONDS, **options)
        headers = {"X-XSRFToken": self.session.cookies.get("_xsrf", path="/hub/")}
        return self.session.request(method, url, headers=headers, timeout=ANSWER_SECONDS, **options)

    def start_server(self, seconds: float = 120) -> None:
        started = self.hub_api("POST", f"users/{self.name}/server", self.token)
        if started.status_code not in (201, 202, 400):  # 400: it runs already
            started.raise_for_status()
        deadline = time.monotonic() + seconds
        while not self.hub_api("GET", f"users/{self.name}", self.token).json()["server"]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no server for {self.name}")
            time.sleep(0.3)

    def server_api(self, method: str, path: str, owner: str | None = None, **options):
        """A call of a server's API: the person's own, or that of `owner`."""
        url = f"{self.hub.address}/user/{owner or self.name}/{path}"
        headers = {"Authorization": f"token {self.token}"}
        return requests.request(
            method, url, headers=headers, timeout=ANSWER_SECONDS, allow_redirects=False, **options
        )

    def terminal(self, script: str, seconds: float = 120) -> str:
        """What a shell script prints in a terminal of the person's own server."""
        self.start_server()
        name = self.server_api("POST", "api/terminals").json()["name"]
        mark = secrets.token_hex(8)
        text = base64.b64encode(script.encode()).decode()
        connection = websocket.create_connection(
            f"ws://127.0.0.1:{self.hub.port}/user/{self.name}/terminals/websocket/{name}",
            header=[f"Authorization: token {self.token}"],
            timeout=seconds,
        )
        said = ""
        try:
            # the mark is taken apart, so that the shell's echo of the line doesn't hold it
            line = f"stty cols 4000; echo {text} | base64 -d | bash 2>&1; echo {mark[:8]}''{mark[8:]}\n"
            connection.send(json.dumps(["stdin", line]))
            while mark not in said:
                kind, *data = json.loads(connection.recv())
                said += data[0] if kind == "stdout" else ""
        finally:
            connection.close()
            self.server_api("DELETE", f"api/terminals/{name}")
        return re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]|\r", "", said).split(mark)[0]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def directory_for_a_hub() -> tempfile.TemporaryDirectory:
    """A directory that an ordinary user can reach, which pytest's own are not."""
    made = tempfile.TemporaryDirectory(prefix="hub-")
    os.chmod(made.name, 0o711)
    return made
