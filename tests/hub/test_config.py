"""What the servers of both roles are configured to show: nothing that has no other half."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CONFIG = Path(__file__).resolve().parents[2] / "hub" / "config"
# nbgrader's plugins of JupyterLab, and the extension of the server that each of them asks
HALVES = {
    "assignment-list": "assignment_list",
    "validate-assignment": "validate_assignment",
    "course-list": "course_list",
    "formgrader": "formgrader",
    "create-assignment": "formgrader",
}


@pytest.mark.parametrize("role", ["instructor", "student"])
def test_no_tab_waits_for_a_server_that_never_answers(role):
    """A plugin whose server extension is off loads for ever."""
    server = json.loads((CONFIG / role / "jupyter_server_config.json").read_text())
    page = json.loads((CONFIG / role / "labconfig" / "page_config.json").read_text())
    for plugin, extension in HALVES.items():
        on = server["ServerApp"]["jpserver_extensions"][f"nbgrader.server_extensions.{extension}"]
        disabled = page["disabledExtensions"].get(f"@jupyter/nbgrader:{plugin}", False)
        assert on != disabled, plugin
