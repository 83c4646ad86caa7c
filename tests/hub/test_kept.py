"""One hub at a time has a state, and reads its own version's; a second changes nothing of it."""

from __future__ import annotations

import fcntl
import subprocess

import pytest

from hub import kept
from hub.__main__ import main
from hub.members import ClassError
from hub.places import State
from tests.hub.running import free_port


@pytest.fixture
def state(tmp_path):
    return State(tmp_path / "state")


def test_two_hubs_cannot_have_it(state):
    with (
        kept.held(state),
        pytest.raises(ClassError, match="Another hub runs") as refused,
        kept.held(state),
    ):
        pass
    assert "--state" in str(refused.value) and "--port" in str(refused.value)
    with kept.held(state):  # it is free again
        pass


def test_it_is_held_as_long_as_a_process_has_the_descriptor(state):
    """The hub may be ending still when the one who started it is gone."""
    with kept.held(state) as lock:
        child = subprocess.Popen(["sleep", "60"], pass_fds=(lock,))
    with pytest.raises(ClassError, match="Another hub runs"), kept.held(state):
        pass
    child.kill()
    child.wait()
    with kept.held(state):
        pass


def test_another_versions_state_is_refused_by_name(state):
    with kept.held(state):
        assert state.version.read_text() == f"{kept.VERSION}\n"
    state.version.write_text("99\n")
    with (
        pytest.raises(ClassError, match="version 99, and this hub reads version 1"),
        kept.held(state),
    ):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ClassError, match=r"file.*--state"),
        kept.held(State(tmp_path / "file" / "state")),
    ):
        pass


def test_a_second_start_touches_nothing(state, capsys, monkeypatch):
    """Its database and cookie secret, its settings and its proxy are the first one's."""
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the tests' own stay
    state.root.mkdir()
    files = (
        "jupyterhub.sqlite",
        "jupyterhub_cookie_secret",
        "settings.json",
        "proxy.pid",
        "hub.log",
    )
    for name in files:
        (state.root / name).write_text(name)
    with state.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = {path: path.stat().st_mtime_ns for path in state.root.rglob("*")}
        assert main(["--state", str(state.root), "--port", str(free_port())]) == 1
        assert {path: path.stat().st_mtime_ns for path in state.root.rglob("*")} == before
    assert "Another hub runs" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["99999", "0", "-1", "http", "8000.5"])
def test_a_port_that_is_none_is_told_so(port, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([f"--port={port}", "--state", str(tmp_path / "state")])
    assert "a number from 1 to 65535" in capsys.readouterr().err
    assert not (tmp_path / "state").exists()
