"""What runs of the cells that only show something when a right notebook is graded: next to nothing."""

from __future__ import annotations

import pytest

from grader import assignments
from grader.notebooks.build import build
from grader.notebooks.merge import is_shown
from grader.sandbox.inside.shown import shown


@pytest.mark.parametrize("name", assignments.names())
def test_no_picture_makes_the_small_process_import_keras(name):
    """It takes three seconds; a name that a picture shares with a graded cell is enough."""
    if assignments.load(name).profile == "keras":
        return
    cells = [cell for cell in build(name)["cells"] if cell["cell_type"] == "code"]
    pictures = [cell["source"] for cell in cells if is_shown(cell)]
    others = [cell["source"] for cell in cells if not is_shown(cell)]
    runs = "\n".join(shown(pictures, others)["runs"])
    assert pictures
    assert "keras" not in runs and "tensorflow" not in runs
