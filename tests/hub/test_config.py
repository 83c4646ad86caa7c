"""What the servers of both roles are configured to show: nothing that has no other half."""

from __future__ import annotations

import json
import re
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


def test_the_students_lab_finds_its_extension_and_all_of_its_files():
    """`hub/config/student` is /etc/jupyter in a student's view and in the image."""
    server = json.loads((CONFIG / "student" / "jupyter_server_config.json").read_text())
    assert server["LabServerApp"]["extra_labextensions_path"] == ["/etc/jupyter/labextensions"]
    (about,) = (CONFIG / "student" / "labextensions").glob("*/package.json")
    told = json.loads(about.read_text())
    assert told["name"] == about.parent.name
    scripts = {path.name: path.read_text() for path in about.parent.glob("static/*")}
    assert told["jupyterlab"]["_build"]["load"] == "static/remoteEntry.js"
    assert f'_JUPYTERLAB ??= {{}})["{told["name"]}"]' in scripts["remoteEntry.js"]
    named = {
        name
        for text in scripts.values()
        for name in re.findall(r'"(?:\./)?(\w+\.(?:js|css))"', text)
    }
    assert named | {"remoteEntry.js"} == set(scripts)
