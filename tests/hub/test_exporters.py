"""nbgrader's own export writes the files for Canvas and Moodle, the same as `python -m hub.grades`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderApp
from nbgrader.apps.exportapp import ExportApp

from hub.grades import main
from tests.hub.test_grades import CANVAS, course  # noqa: F401 (a fixture)


def export(course, file: Path, *arguments: str) -> list[list[str]]:  # noqa: F811
    """What `nbgrader export` writes for these arguments."""
    NbGraderApp.clear_instance()
    ExportApp.clear_instance()
    app = ExportApp.instance()
    app.initialize([f"--db={course.db_url}", f"--to={file}", *arguments])
    try:
        app.start()
    finally:
        ExportApp.clear_instance()
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


def test_nothing_is_written_where_somebody_would_be_lost(course, tmp_path, caplog):  # noqa: F811
    (tmp_path / "short.csv").write_text("Username\nada\n")
    with pytest.raises(SystemExit) as ended:
        export(
            course,
            tmp_path / "a.csv",
            "--exporter=hub.exporters.MoodleExport",
            f"--MoodleExport.roster={tmp_path / 'short.csv'}",
        )
    assert ended.value.code == 1
    assert not (tmp_path / "a.csv").exists()
