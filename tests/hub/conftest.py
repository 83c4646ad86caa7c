"""A hub that runs, for tests that want one of each kind."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import pytest
from packaging.requirements import Requirement

from hub.places import CHECKOUT, HUB, HUB_READY, LAYER
from tests.hub.running import RunningHub, directory_for_a_hub


@pytest.fixture(scope="session", autouse=True)
def _quick_gradebooks(migrations_read_once):
    """Gradebooks that tests make in this process are made quickly."""


def missing_packages() -> list[str]:
    """What hub/requirements.in names and can't be imported here."""
    lines = (HUB / "requirements.in").read_text(encoding="utf-8").splitlines()
    stated = filter(None, (line.partition("#")[0].strip() for line in lines))
    names = [Requirement(line).name for line in stated]
    return [name for name in names if find_spec(name.replace("-", "_")) is None]


@pytest.fixture(scope="module")
def layer():
    """The packages of the hub's environment, beside those that the tests run in."""
    packages = [str(path) for path in (LAYER / "lib").glob("python3*/site-packages")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [*sys.path, *packages])
        if missing := missing_packages():
            pytest.skip(f"{', '.join(missing)} not there: make {HUB_READY.relative_to(CHECKOUT)}")
        yield


MODES = ["ordinary user", "root"] if os.getuid() == 0 else ["ordinary user"]


@pytest.fixture(scope="module", params=MODES)
def hub(request):
    """One hub of an ordinary user, and one of root's where the tests are run by root."""
    plain = request.param != "root"
    with directory_for_a_hub() as directory, RunningHub(directory, plain) as running:
        yield running
