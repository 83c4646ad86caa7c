"""Nearly every test here makes a gradebook."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _quick_gradebooks(migrations_read_once):
    """They are made quickly."""
