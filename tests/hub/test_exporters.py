"""nbgrader's own export writes the files for Canvas and Moodle, the same as `python -m hub.grades`."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.grades import main
from hub.places import CHECKOUT
from tests.hub.test_grades import CANVAS, course  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow


def nbgrader_export(course, file: Path, *arguments: str):  # noqa: F811
    """Run nbgrader's command, in a process of its own: its application closes what it logs to."""
    command = [sys.executable, "-m", "nbgrader", "export", f"--db={course.db_url}", f"--to={file}"]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True, cwd=file.parent, env=environment
    )


def export(course, file: Path, *arguments: str) -> list[list[str]]:  # noqa: F811
    """What `nbgrader export` writes for these arguments."""
    done = nbgrader_export(course, file, *arguments)
    assert done.returncode == 0, done.stderr
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("system", ["Canvas", "Moodle"])
def test_both_ways_write_the_same(course, system, tmp_path, capsys):  # noqa: F811
    written = export(course, tmp_path / "a.csv", f"--exporter=hub.exporters.{system}Export")
    assert main([system.lower(), "--course", str(course.root)]) == 0
    assert written == list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(written) > 3


def test_roster_titles_assignments_and_students_are_nbgraders_options(course, tmp_path):  # noqa: F811
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8-sig")
    written = export(
        course,
        tmp_path / "a.csv",
        "--exporter=hub.exporters.CanvasExport",
        f"--CanvasExport.roster={tmp_path / 'canvas.csv'}",
        "--CanvasExport.titles=lstm=LSTM (4711)",
        "--assignment=['lstm']",
        "--student=['ada']",
    )
    assert written[0][-1] == "LSTM (4711)"
    assert [(row[1], row[-1]) for row in written[2:]] == [("101", "10.5")]


def test_nothing_is_written_where_somebody_would_be_lost(course, tmp_path):  # noqa: F811
    (tmp_path / "short.csv").write_text("Username\nada\n")
    done = nbgrader_export(
        course,
        tmp_path / "a.csv",
        "--exporter=hub.exporters.MoodleExport",
        f"--MoodleExport.roster={tmp_path / 'short.csv'}",
    )
    assert done.returncode == 1
    assert not (tmp_path / "a.csv").exists()
    assert "short.csv" in done.stderr
