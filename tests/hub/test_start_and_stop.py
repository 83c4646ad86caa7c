"""How the hub starts, whom it lets in, where it listens, and that it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests

from hub.places import CHECKOUT, PYTHON
from tests.hub.running import PLAIN_USER, Person, RunningHub, directory_for_a_hub

pytestmark = [pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]


@pytest.fixture
def hub():
    with directory_for_a_hub() as directory, RunningHub(directory, plain=True) as running:
        yield running


def listening(hub: RunningHub) -> set[str]:
    """Addresses on which the processes of the hub listen, as /proc writes them."""
    sockets = set()
    for number in hub.process_numbers():
        for descriptor in Path(f"/proc/{number}/fd").iterdir():
            try:
                sockets.add(os.readlink(descriptor).removeprefix("socket:[").removesuffix("]"))
            except OSError:
                continue
    addresses = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                addresses.add(fields[1].split(":")[0])
    return addresses


def wait_until_gone(hub: RunningHub, seconds: float = 20) -> list[str]:
    deadline = time.monotonic() + seconds
    while hub.processes() and time.monotonic() < deadline:
        time.sleep(0.2)
    return hub.processes()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_all_that_it_started(hub, signum):
    """Servers, their kernels and terminals, the proxy: also when the hub can't end them itself."""
    ada = Person(hub, "ada")
    ada.terminal("(setsid sleep 1000 &) ; (nohup sleep 1000 >/dev/null 2>&1 &)")
    assert any("sleep" in line for line in hub.processes())
    assert any("configurable-http-proxy" in line for line in hub.processes())
    if signum == signal.SIGINT:
        assert listening(hub) == {"0100007F"}, "127.0.0.1 and nothing else"
        refused = requests.post(
            f"{hub.address}/hub/login",
            data={"username": "ada", "password": "ada", "_xsrf": ada.session.cookies["_xsrf"]},
            cookies=ada.session.cookies.get_dict(path="/hub/"),
            timeout=30,
        )
        assert refused.status_code == 403
    hub.stop(signum)
    assert wait_until_gone(hub) == []
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(("127.0.0.1", hub.port))


def test_passwords_are_new_at_each_start_and_old_sessions_end():
    with directory_for_a_hub() as directory:
        with RunningHub(directory, plain=True) as first:
            ada = Person(first, "ada")
            token, before = ada.token, first.passwords
        with RunningHub(directory, plain=True) as second:
            assert not set(before.values()) & set(second.passwords.values())
            answer = requests.get(
                f"{second.address}/hub/api/users/ada",
                headers={"Authorization": f"token {token}"},
                timeout=30,
            )
            assert answer.status_code == 403
            for name in ("settings.json", "hub.log", "jupyterhub_cookie_secret"):
                assert (second.state.root / name).stat().st_mode & 0o077 == 0
            assert second.state.root.stat().st_mode & 0o777 == 0o700


def test_the_number_of_a_proxy_that_is_gone_ends_nobody():
    """Where a hub was killed, its proxy's number may be another process's by the next start."""
    with directory_for_a_hub() as directory:
        with RunningHub(directory, plain=True) as first:
            state = first.state
        user = PLAIN_USER if os.getuid() == 0 else None
        with subprocess.Popen(["sleep", "600"], user=user) as stranger:
            state.proxy.write_text(str(stranger.pid))
            os.chmod(state.proxy, 0o644)
            try:
                with RunningHub(directory, plain=True):
                    assert stranger.poll() is None
            finally:
                stranger.kill()


@pytest.mark.parametrize("arguments", [["--ip", "0.0.0.0"], ["--ip", "::"], ["--ip", "192.0.2.1"]])
def test_it_does_not_listen_beyond_loopback_with_passwords_of_its_own(arguments, tmp_path):
    command = [str(PYTHON), "-m", "hub", "--state", str(tmp_path / "state"), *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "does not listen" in done.stderr and "--ssl-cert" in done.stderr


def test_a_hub_that_dies_says_so_and_where_to_look(hub):
    """Killed behind its back: the command ends, with the hub's last words, and leaves nothing."""
    (number,) = [
        n for n, line in hub.process_numbers().items() if " -m jupyterhub --config" in line
    ]
    os.kill(number, signal.SIGKILL)
    assert hub.process.wait(60) == 1
    said = hub._output.read_text(encoding="utf-8")
    assert "The hub ended by itself" in said and str(hub.state.log) in said
    assert wait_until_gone(hub) == []
