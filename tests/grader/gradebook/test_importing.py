"""nbgrader is imported without what grading doesn't need, and nothing of it is lost."""

from __future__ import annotations

import subprocess
import sys

from grader.assignments import ROOT

SCRIPT = """
import sys
from grader.gradebook.importing import EXTENSIONS, import_nbgrader

import_nbgrader()
import nbgrader.api, nbgrader.coursedir
assert "nbconvert" not in sys.modules and "nbgrader.apps" not in sys.modules, "what takes long"
place = "nbgrader.server_extensions"
assert not [name for name in sys.modules if name.startswith(place + ".")], "what stood in is gone"
import importlib
for name in EXTENSIONS:
    extension = importlib.import_module(f"{place}.{name}")
    assert extension.load_jupyter_server_extension.__module__.startswith(place), name
import nbgrader.apps.api
"""


def test_the_extensions_come_when_they_are_asked_for():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
