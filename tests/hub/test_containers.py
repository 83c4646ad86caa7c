"""The round of an assignment between containers, each made here by bubblewrap in place of Docker.

What a container holds is what its Dockerfile copies, what it mounts is what `hub.production` says, and
its user is everybody's: jovyan, 1000. The packages are this environment's, which has the same pins.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests

from grader.sandbox.pool import bubblewrap
from hub.places import HUB_READY, INTERPRETER, LAYER
from hub.production import USER, make_folders, mounts, page_mounts
from hub.service import page_environment
from hub.view import ETC

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "hub" / "images"
CODE = IMAGES / "instructor" / "Dockerfile"


def copied(dockerfile: Path, goal: Path) -> None:
    """Do the COPY lines of a Dockerfile into the folder `goal`, but for those from other stages."""
    for line in dockerfile.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] != ["COPY"] or any(word.startswith("--from") for word in words):
            continue
        *sources, target = [word for word in words[1:] if not word.startswith("--")]
        for source in sources:
            into = goal / target.lstrip("/")
            path = ROOT / source
            if path.is_dir():
                shutil.copytree(path, into, dirs_exist_ok=True)
            else:
                into = into / path.name if target.endswith("/") else into
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, into)


class Container:
    """A member's container: its image's files, its mounts, a home of its own."""

    def __init__(self, root: Path, name: str, teaches: bool):
        self.name, self.teaches = name, teaches
        self.volume, self.home = root / "volume", root / "homes" / name
        self.home.mkdir(parents=True)
        self.image = root / "images" / ("instructor" if teaches else "student")
        if not self.image.exists():
            copied(IMAGES / self.image.name / "Dockerfile", self.image)
            (self.image / "etc/passwd").write_text(
                f"jovyan:x:{USER}:{USER}::/home/jovyan:/bin/bash\n"
            )
            (self.image / "etc/group").write_text(f"jovyan:x:{USER}:\n")
        self.mounts = mounts(name, teaches)
        make_folders(self.volume, name, teaches)
        if os.geteuid() == 0:
            os.chown(self.home, USER, USER)

    def run(self, *command: str, stdin: str = "") -> str:
        done = self.attempt(*command, stdin=stdin)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def attempt(self, *command: str, stdin: str = "") -> subprocess.CompletedProcess:
        entry = ["/usr/local/bin/start-instructor"] if self.teaches else []
        return subprocess.run(
            [*self._as_jovyan(), *self._view(), *entry, *command],
            input=stdin,
            capture_output=True,
            text=True,
            env=self._environment(),
            cwd="/",
            timeout=300,
        )

    def starts(self, *command: str, **environment: str) -> subprocess.Popen:
        """Begin a command that goes on, with the machine's network and the hub's packages."""
        view = self._view()
        view.insert(view.index("--unshare-all") + 1, "--share-net")
        (packages,) = map(str, LAYER.glob("lib/python3*/site-packages"))
        view[-2:-2] = ["--ro-bind", packages, packages]
        known = self._environment() | environment
        known["PYTHONPATH"] += f":{packages}"
        entry = ["/usr/local/bin/start-instructor"]
        return subprocess.Popen(
            [*self._as_jovyan(), *view, *entry, *command],
            env=known,
            cwd="/",
        )

    def _as_jovyan(self) -> list[str]:
        """Root changes to jovyan, to whom every folder that is mounted is made reachable."""
        if os.geteuid() != 0:
            return []
        needed = (
            INTERPRETER,
            Path(sys.prefix),
            self.image,
            self.volume,
            self.home,
            Path(bubblewrap()).parent,
            *([LAYER] if HUB_READY.exists() else []),
        )
        starter = str(ROOT / "grader" / "sandbox" / "unprivileged.py")
        return [
            sys.executable,
            "-I",
            "-S",
            starter,
            f"{USER}:{USER}",
            *map(str, needed),
            str(Path(bubblewrap()).parent),
            "--",
        ]

    def _view(self) -> list[str]:
        view = [bubblewrap(), "--unshare-all", "--die-with-parent", "--new-session"]
        view += ["--uid", str(USER), "--gid", str(USER), "--ro-bind", "/usr", "/usr"]
        for name in ("bin", "sbin", "lib", "lib64"):
            view += ["--symlink", f"usr/{name}", f"/{name}"]
        view += [part for name in ETC for part in ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")]
        view += ["--tmpfs", "/tmp"]  # before the environment, which may lie in it
        for path in (INTERPRETER, Path(sys.prefix)):
            view += ["--ro-bind", str(path), str(path)]
        for path in sorted(p for p in self.image.glob("*/*") if p.parent.name in ("etc", "opt")):
            view += ["--ro-bind", str(path), f"/{path.relative_to(self.image)}"]
        view += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/usr/local/bin"]
        for path in self.image.glob("usr/local/bin/*"):
            path.chmod(0o755)
            view += ["--ro-bind", str(path), f"/{path.relative_to(self.image)}"]
        view += ["--bind", str(self.home), "/home/jovyan"]
        for mount in self.mounts:
            kind = "--bind" if mount.writable else "--ro-bind"
            view += [kind, str(self.volume / mount.source), mount.target]
        return [*view, "--chdir", "/home/jovyan"]

    def _environment(self) -> dict[str, str]:
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": "/home/jovyan",
            "JUPYTER_CONFIG_PATH": "/etc/jupyter",
            "JUPYTERHUB_USER": self.name,
            "LANG": "C.UTF-8",
        }
        for line in (CODE.read_text() if self.teaches else "").splitlines():
            if line.startswith("ENV "):
                environment |= dict(pair.split("=") for pair in line.split()[1:])
        return environment


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """teacher, ada and bea; the assignments are released as the operator's page says."""
    root = tmp_path_factory.mktemp("school")
    people = {name: Container(root, name, name == "teacher") for name in ("teacher", "ada", "bea")}
    people["teacher"].run("python", "-m", "hub.release", "lstm")
    return people


def test_a_round_between_containers(school):
    """Fetched, handed in, collected, graded as formgrader does, released, and read by its student."""
    teacher, ada = school["teacher"], school["ada"]
    ada.run("nbgrader", "fetch_assignment", "lstm")
    solved = json.loads((ada.volume / "course/source/lstm/lstm.ipynb").read_text(encoding="utf-8"))
    (ada.home / "lstm/lstm.ipynb").write_text(json.dumps(solved), encoding="utf-8")
    ada.run("nbgrader", "submit", "lstm")
    lane = ada.volume / "exchange/recurrent-networks/inbound/ada"
    found = sorted(path.name.split("+")[:2] for path in lane.iterdir())
    assert found == [[".fetched-lstm"], ["ada", "lstm"]]

    for command in ("collect", "autograde", "generate_feedback", "release_feedback"):
        teacher.run("nbgrader", command, "lstm")
    ada.run("nbgrader", "fetch_feedback", "lstm")
    pages = list((ada.home / "lstm/feedback").rglob("lstm.html"))
    assert len(pages) == 1
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", pages[0].read_text(encoding="utf-8")))
    assert "16 of 19 points" in words, "all points but those for the answers in words"


def test_the_grader_runs_where_the_instructor_is(school):
    """Its sandbox is made inside the container, and its gradebook is nbgrader's."""
    teacher = school["teacher"]
    course = ["--course", "/home/instructor/course"]
    said = teacher.run("python", "-m", "grader", "autograde", "lstm", "--force", *course)
    assert "graded 1" in said
    done = teacher.attempt("python", "-m", "grader", "report", "lstm", "--json", *course)
    rows = json.loads(done.stdout)
    assert [(row["student"], row["score"], row["max_score"]) for row in rows] == [("ada", 16, 16)]


def test_a_student_sees_no_more_than_the_mounts(school):
    bea = school["bea"]
    # the test's own Python, wherever it is; the image has one of its own in place of it
    python = [part for p in (INTERPRETER, sys.prefix) for part in ("-path", p, "-prune", "-o")]
    listing = bea.run("find", "/srv", "/home", *map(str, python), "-type", "f", "-print")
    listing += bea.run("ls", "/", "/home")
    assert "gradebook" not in listing and "ada" not in listing and "instructor" not in listing
    for package in ("solutions", "exercises", "grader", "hub"):
        done = bea.attempt("python", "-c", f"import {package}")
        assert "ModuleNotFoundError" in done.stderr
    for folder in ("outbound", "feedback"):
        target = f"/srv/exchange/recurrent-networks/{folder}/mine"
        assert bea.attempt("touch", target).returncode != 0


def test_the_gradebook_commands_run_where_the_instructor_is(school):
    """The image holds all that backup and grades import, and no more of the hub."""
    teacher = school["teacher"]
    course = ["--course", "/home/instructor/course"]
    table = teacher.run("python", "-m", "hub.grades", "moodle", *course)
    assert "Username" in table
    teacher.run("python", "-m", "hub.backup", "save", "/home/jovyan/a.tar.gz", *course)
    assert os.path.getsize(teacher.home / "a.tar.gz") > 1000


# ---------------------------------------------------------------- the instructors' page


class PlayedHub(BaseHTTPRequestHandler):
    """Tells who somebody is by their token, which is name and group; as the hub tells its services."""

    def do_GET(self):
        name, _, group = self.headers["Authorization"].removeprefix("token ").partition("/")
        about = {"kind": "user", "name": name, "groups": [group], "admin": False}
        about |= {"scopes": ["access:services!service=teaching"], "server": None}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(about).encode())

    def log_message(self, *arguments):
        pass


class Page:
    """The page in its container, asked in the name of a member."""

    def __init__(self, address: str):
        self.address = address
        self._browsers: dict[str, requests.Session] = {}

    def ask(self, who: str, path: str, **form: str) -> requests.Response:
        """A page, or a form that is sent as the browser does it which has drawn it."""
        browser = self._browsers.setdefault(who, requests.Session())
        browser.headers["Authorization"] = f"token {who}"
        if form:
            token = re.search(r'name="_xsrf" value="([^"]+)"', self.ask(who, "again/lstm").text)
            form["_xsrf"] = token[1]
        method = "POST" if form else "GET"
        url = self.address + path
        return browser.request(method, url, data=form, timeout=120, allow_redirects=False)

    def do(self, assignment: str, what: str) -> list[str]:
        """Start a job and wait for its end; what it says."""
        assert (
            self.ask("teacher/instructors", f"a/{assignment}/do/{what}", now="1").status_code == 303
        )
        while (status := self.ask("teacher/instructors", "status.json").json())["runs"]:
            time.sleep(0.5)
        assert status["error"] == ""
        return status["notes"]


@pytest.fixture(scope="module")
def page(school) -> Iterator[Page]:
    """In a container like the teacher's, with the mounts of the page."""
    if not HUB_READY.exists():
        pytest.skip("no environment of the hub: make hub/.venv/.complete")
    teacher = school["teacher"]
    its = Container(teacher.home.parents[1], "teaching", teaches=True)
    its.mounts = page_mounts()
    hub = HTTPServer(("127.0.0.1", 0), PlayedHub)
    threading.Thread(target=hub.serve_forever, args=(0.02,), daemon=True).start()
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    settings = {"teaching_port": port, "hub_port": hub.server_port, "teaching_token": "t/services"}
    process = its.starts(
        "python", "-m", "hub.teaching", FROM_PLATFORM="1", HOME="/tmp", **page_environment(settings)
    )
    found = Page(f"http://127.0.0.1:{port}/services/teaching/")
    deadline = time.monotonic() + 120
    try:
        while True:
            try:
                requests.get(f"{found.address}status.json", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.3)
        yield found
    finally:
        process.terminate()
        process.wait(30)
        hub.shutdown()


def test_the_page_does_a_weeks_work_in_its_container(school, page):
    """After the round above: another assignment out, the first one collected, graded and answered anew."""
    bea = school["bea"]
    assert page.do("context", "release") == ["Students can fetch context now."]
    bea.run("nbgrader", "fetch_assignment", "lstm")
    first = page.ask("bea/students", "course").text
    assert "your notebook" in first and "LSTM" in first and "not fetched" in first
    bea.run("nbgrader", "submit", "lstm")
    assert page.do("lstm", "collect-and-grade")[0] == "1 new submission."
    assert page.do("lstm", "feedback") == ["2 students can fetch the feedback."]
    bea.run("nbgrader", "fetch_feedback", "lstm")
    assert list((bea.home / "lstm/feedback").rglob("lstm.html"))
    report = page.ask("joe/assistants", "a/lstm").text
    assert "Not written:" in report and "When it is handed in" not in report


def test_who_may_what_on_the_page_in_its_container(page):
    assert page.ask("bea/students", "").status_code == 403
    assert page.ask("joe/assistants", "a/lstm/do/release", now="1").status_code == 403
    assert page.ask("teacher/instructors", "a/lstm/mode", mode="off").status_code == 404
    listed = page.ask("teacher/instructors", "members")
    assert listed.status_code == 200 and "learning management system" in listed.text
    assert page.ask("teacher/instructors", "members", name="bea", what="leave").status_code == 303
    assert "Who has left" in page.ask("teacher/instructors", "members").text
    assert page.ask("teacher/instructors", "members", name="bea", what="restore").status_code == 303
