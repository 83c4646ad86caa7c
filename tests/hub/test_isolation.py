"""Nobody sees what is not theirs: tried with a terminal and a token, as a student would.

Everything is tried twice where the tests are run by root: on a hub of an ordinary user, whose servers
all have one system user, and on a hub of root's, whose members are system users.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess

import pytest
import requests

from hub.places import CHECKOUT, COURSE_ID
from tests.hub.running import Person
from tests.hub.test_student_repository import telling_lines

pytestmark = [pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]

MARK = f"only lin may read this {secrets.token_hex(8)}"
EXCHANGE = f"/srv/exchange/{COURSE_ID}"
HAND_IN = f"""
set -e
nbgrader fetch_assignment lstm
python - <<'END'
import nbformat
notebook = nbformat.read("lstm/lstm.ipynb", as_version=4)
notebook.cells.append(nbformat.v4.new_markdown_cell({MARK!r}))
nbformat.write(notebook, "lstm/lstm.ipynb")
END
nbgrader submit lstm
"""


@pytest.fixture(scope="module")
def lin(hub):
    """A student who has work at home and has handed it in."""
    person = Person(hub, "lin")
    assert "Submitted as" in person.terminal(HAND_IN)
    return person


@pytest.fixture(scope="module")
def instructor(hub):
    person = Person(hub, "instructor")
    person.start_server()
    return person


@pytest.fixture(scope="module")
def ada(hub, lin, instructor):
    """The student who looks around; what there is to see is there by now."""
    person = Person(hub, "ada")
    person.start_server()
    return person


def python(ada: Person, script: str):
    """What a Python script of the student's prints as JSON, in the student's terminal."""
    said = ada.terminal(f"python - <<'END'\n{script}\nEND")
    return json.loads(re.search(r"^[\[{].*$", said, re.MULTILINE)[0])


def test_no_file_of_the_view_holds_what_is_not_the_students(ada):
    """Of every readable file but the system's, none has the other's work or a line of a solution."""
    lines = json.dumps(sorted(telling_lines()))
    script = f"""
import json, os
mark = {MARK!r}.encode()
lines = [line.encode() for line in json.loads({lines!r})]
seen, found = 0, []
for folder, folders, files in os.walk("/"):
    if folder == "/":
        folders[:] = [name for name in folders if name not in ("usr", "proc", "dev")]
    if folder.endswith("site-packages"):
        folders.clear()
        continue
    for name in files:
        path = os.path.join(folder, name)
        try:
            data = open(path, "rb").read() if os.path.isfile(path) else b""
        except OSError:
            continue
        seen += 1
        squeezed = b"".join(data.split()).replace(b'"', b"'")
        if mark in data or any(line in squeezed for line in lines) or name == "gradebook.db":
            found.append(path)
print(json.dumps([seen, found]))
"""
    seen, found = python(ada, script)
    assert seen > 100
    # IPython's own history of the student's
    assert [path for path in found if "/.ipython/" not in path] == []


def test_names_that_can_be_guessed_lead_nowhere(ada, hub):
    """Paths as they are on the machine, and as they are in other views."""
    state = hub.state
    guessed = [
        state.root, state.settings, state.log, state.course, state.course / "gradebook.db",
        state.course / "submitted", state.inbound / "lin", state.feedback / "lin", state.home("lin"),
        state.home("instructor"), "/home/lin", "/home/instructor", "/home/instructor/course",
        *(CHECKOUT / room for room in ("solutions", "exercises", "grader", "tests", ".git", "build")),
        CHECKOUT / "hub" / "exchange.py", CHECKOUT / "nbgrader_config.py", f"{EXCHANGE}/inbound/lin",
        "/root/.bash_history", "/etc/shadow", "/var/lib",
        *(f"/proc/{number}/root/home/lin" for number in (1, 2)),
        f"/proc/self/cwd/../../..{state.course}", f"/proc/1/root{state.course}",
    ]  # fmt: skip
    script = f"""
import json, os
print(json.dumps([path for path in {[str(path) for path in guessed]!r}
                  if os.path.lexists(path)]))
"""
    assert python(ada, script) == []


def test_no_instructors_package_can_be_imported(ada):
    script = """
import importlib.util, json
names = ("solutions", "exercises", "grader", "hub", "course", "nbgrader")
print(json.dumps([name for name in names if importlib.util.find_spec(name)]))
"""
    assert python(ada, script) == ["course", "nbgrader"]


def test_a_link_shows_no_more_than_the_view(ada, hub):
    """Through the server's own file interface as well, which follows links as the server's process."""
    ada.terminal(
        f"ln -s {hub.state.course}/gradebook.db ~/one; ln -s /home/lin ~/two; ln -s / ~/three; "
        f"ln {EXCHANGE}/outbound/lstm/lstm.ipynb ~/four 2>/dev/null"
    )
    for path in ("one", "two", "two/lstm/lstm.ipynb", f"three{hub.state.settings}", "four"):
        assert ada.server_api("GET", f"api/contents/{path}").status_code in (400, 404)
        assert ada.server_api("GET", f"files/{path}").status_code in (403, 404)


def test_the_exchange_takes_nothing_but_the_students_own(ada):
    script = f"""
import json, os
done = []
for path in ("outbound/x", "outbound/lstm/lstm.ipynb", "feedback/x", "x/y"):
    try:
        open("{EXCHANGE}/" + path, "w").write("mine")
        done.append(path)
    except OSError:
        pass
for old, new in (("outbound", "theirs"), ("inbound", "gone")):
    try:
        os.rename("{EXCHANGE}/" + old, "{EXCHANGE}/" + new)
        done.append(old)
    except OSError:
        pass
print(json.dumps([done, os.listdir("{EXCHANGE}/inbound"), os.listdir("{EXCHANGE}/feedback")]))
"""
    assert python(ada, script) == [[], [], []]


def test_no_other_process_is_seen(ada):
    script = """
import json, os
numbers = [name for name in os.listdir("/proc") if name.isdigit()]
programs = [open(f"/proc/{number}/cmdline").read().split("\\0")[0] for number in numbers]
print(json.dumps([program.rsplit("/", 1)[-1] for program in programs]))
"""
    assert set(python(ada, script)) <= {"bwrap", "python", "bash", "sh", "node", "npm"}


def test_no_variable_of_the_environment_opens_anything_else(ada, lin, hub):
    """All that is in the environment of the student's server, and what the hub gives for it."""
    environment = dict(
        line.split("=", 1) for line in ada.terminal("env").splitlines() if re.match(r"\w+=", line)
    )
    text = " ".join(environment.values())
    settings = json.loads(hub.state.settings.read_text())
    digests = json.loads(hub.state.digests.read_text())
    assert set(digests) == set(hub.passwords)
    secret = [*hub.passwords.values(), *digests.values(), lin.token, settings["operator_token"]]
    assert not [value for value in secret if value in text]
    assert not [name for name in environment if "CONFIGPROXY" in name or "HUB_SETTINGS" in name]
    assert_opens_nothing_else(ada, lin, environment["JUPYTERHUB_API_TOKEN"])


def test_the_students_own_token_opens_nothing_else(ada, lin):
    """The strongest token that a student can ask for, and the browser in which they are logged in."""
    assert_opens_nothing_else(ada, lin, ada.token)
    assert_opens_nothing_else(ada, lin, None)


def assert_opens_nothing_else(ada: Person, lin: Person, token: str | None) -> None:
    tries = [
        ("GET", "users"), ("GET", "users/lin"), ("GET", "users/instructor"), ("POST", "users/mallory"),
        ("POST", "users/lin/server"), ("DELETE", "users/lin/server"), ("GET", "users/lin/tokens"),
        ("POST", "users/lin/tokens"), ("POST", "users/instructor/tokens"), ("GET", "groups"),
        ("GET", "class"), ("POST", "class"), ("DELETE", "class/lin"), ("PATCH", "class/lin"),
        ("POST", "users/lin/shares"), ("GET", "proxy"), ("GET", "services"), ("POST", "shutdown"),
        ("GET", "shares/lin/"), ("PATCH", "users/ada"),
    ]  # fmt: skip
    for method, path in tries:
        options = {} if method == "GET" else {"json": {"admin": True}}
        answer = ada.hub_api(method, path, token, **options)
        refused = answer.status_code in (401, 403, 404, 405)
        assert refused or answer.json() in ([], {}), (method, path, answer.text)
    for role in ("admin", "admin-ui", "server"):
        answer = ada.hub_api("POST", "users/ada/tokens", token, json={"roles": [role]})
        assert answer.status_code in (400, 403) or role == "server"
    for owner in ("lin", "instructor"):
        for path in ("api/contents", "lab", "files/lstm/lstm.ipynb", "api/kernels", "formgrader/"):
            url = f"{ada.hub.address}/user/{owner}/{path}"
            if token:
                answer = requests.get(url, headers={"Authorization": f"token {token}"}, timeout=30)
            else:
                answer = ada.session.get(url, timeout=30)
            assert MARK not in answer.text
            assert answer.status_code in (403, 404), (owner, path)


def test_nobody_elses_server_answers_behind_the_proxy(ada, lin):
    """Servers and the proxy's own interface are on loopback, where each asks for a token of its own."""
    address = re.search(r"^JUPYTERHUB_SERVICE_URL=(\S+)", lin.terminal("env"), re.MULTILINE)[1]
    settings = json.loads(lin.hub.state.settings.read_text())
    proxy = f"http://127.0.0.1:{settings['proxy_port']}/api/routes"
    script = f"""
import json, os, urllib.error, urllib.request
said = {{}}
for url in ({address!r} + "api/contents/lstm", {address!r} + "api/terminals", {proxy!r}):
    token = {{"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}}
    request = urllib.request.Request(url, headers=token)
    try:
        said[url] = urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        said[url] = error.code
print(json.dumps(list(said.values())))
"""
    assert python(ada, script) == [403, 403, 403]


def test_kernels_listen_on_no_port_of_the_machine(ada):
    """Others on the machine could read along: what a kernel prints is not enciphered."""
    kernel = ada.server_api("POST", "api/kernels", json={"name": "python3"}).json()["id"]
    said = ada.terminal(f"cat /tmp/jupyter/kernel-{kernel}.json")
    assert '"transport": "ipc"' in said


def test_a_student_makes_no_name_spaces(ada):
    """Name spaces give an ordinary user rights inside them, and the kernel more to be attacked by."""
    said = ada.terminal("unshare --user --map-root-user id; bwrap --bind / / --unshare-user id")
    assert "uid=" not in said


def test_a_students_server_has_no_formgrader(ada):
    assert ada.server_api("GET", "formgrader/manage_assignments").status_code == 404
    assert ada.server_api("GET", "assignments?course_id=" + COURSE_ID).status_code == 200


def test_a_forged_or_linked_submission_is_not_collected(ada, lin, instructor):
    """In another's name, dated in the future; and with links to what the instructor may read."""
    stamp = "2031-01-01 00:00:00.000000 UTC"
    ada.terminal(f"""
cd {EXCHANGE}/inbound
mkdir "lin+lstm+{stamp}+abcdefghijkl" "ada+lstm+{stamp}+abcdefghijkl" "ada+lstm+../../x+abc"
for folder in lin+* ada+lstm+2*; do
  cp {EXCHANGE}/outbound/lstm/lstm.ipynb "$folder"
  echo "{stamp}" > "$folder/timestamp.txt"
  printf '%0128d' 0 > "$folder/submission_secret.txt"
done
ln -s /home/instructor/course/gradebook.db "ada+lstm+{stamp}+abcdefghijkl/notes.txt"
ln -s {CHECKOUT}/solutions "ada+lstm+{stamp}+abcdefghijkl/more"
""")
    said = instructor.terminal(
        "cd ~/course && nbgrader collect lstm; find submitted | sort; "
        "grep -c 'only lin may read' submitted/lin/lstm/lstm.ipynb; "
        "cat submitted/lin/lstm/timestamp.txt"
    )
    assert "it names lin, and was handed in by ada" in said
    assert "notes.txt is a link" in said or "more is a link" in said
    assert "submitted/ada/lstm" not in said
    assert "submitted/lin/lstm/lstm.ipynb" in said and "2031" not in said.split("\n1\n")[-1]


@pytest.mark.skipif(os.getuid() != 0, reason="only root has system users to try as")
def test_outside_the_view_the_systems_permissions_say_the_same(hub, ada):
    """A system user who comes by another way, ssh for one, finds the hub's state closed."""
    if hub.plain:
        pytest.skip("members are no system users")
    shared = [
        hub.state.course,
        hub.state.inbound / "lin",
        hub.state.home("lin"),
        hub.state.settings,
    ]
    for path in shared:
        command = ["setpriv", "--reuid", "ada", "--regid", "ada", "--init-groups", "ls", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        assert done.returncode != 0 and "Permission denied" in done.stderr
