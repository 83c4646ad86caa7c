"""A hub that runs, for tests that want one of each kind."""

from __future__ import annotations

import os

import pytest

from tests.hub.running import RunningHub, directory_for_a_hub


@pytest.fixture(scope="session", autouse=True)
def _quick_gradebooks(migrations_read_once):
    """Gradebooks that tests make in this process are made quickly."""


MODES = ["ordinary user", "root"] if os.getuid() == 0 else ["ordinary user"]


@pytest.fixture(scope="module", params=MODES)
def hub(request):
    """One hub of an ordinary user, and one of root's where the tests are run by root."""
    plain = request.param != "root"
    with directory_for_a_hub() as directory, RunningHub(directory, plain) as running:
        yield running
