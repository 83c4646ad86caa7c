"""What `course.toml` says about handing in."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from grader import assignments
from grader.errors import GraderError
from grader.service.__main__ import main


@pytest.fixture
def course(tmp_path):
    """A function that reads the course with another `[service]`."""

    def read(text: str) -> assignments.OnSubmit:
        known = assignments.course()
        shutil.copy(known.root / known.order, tmp_path)
        before, _, after = (known.root / "course.toml").read_text().partition("[service]")
        after = after[after.find("\n[") :] if "\n[" in after else ""
        (tmp_path / "course.toml").write_text(f"{before}{after}\n[service]\n{text}")
        return assignments.read(tmp_path).service

    return read


def test_nothing_said_is_off(course):
    rules = course("")
    assert (rules.practice, rules.graded, rules.withhold) == ((), (), {})
    assert (rules.a_minute, rules.an_hour) == (1, 10)


def test_a_day_without_an_offset_is_by_the_machines_clock(course):
    rules = course(
        'graded = ["a", "b"]\nwithhold = {a = 2026-12-24T12:00:00, b = 2026-12-24T12:00:00Z}'
    )
    assert rules.withhold["a"] == datetime(2026, 12, 24, 12).astimezone()
    assert rules.withhold["b"] == datetime(2026, 12, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('practise = ["a"]', "practise"),
        ('practice = ["a"]\ngraded = ["a"]', "not both"),
        ("withhold = {a = 2026-12-24T12:00:00}", "isn't among"),
        ('graded = ["a"]\nwithhold = {a = "tomorrow"}', "write 2026"),
        ("a_minute = 0", "a_minute is 0"),
        ("lane_mib = true", "lane_mib is True"),
        ("[profiles.own]\npreload = []\nrehearse = []\nnice = -5", "nice is -5"),
    ],
)
def test_what_can_not_be_meant_is_said(course, text, word):
    with pytest.raises(GraderError, match=word):
        course(text)


def test_an_assignment_of_another_mode_is_refused(tmp_path, capsys):
    folders = [f"--{name}={tmp_path}" for name in ("inbound", "feedback", "course")]
    assert main([*folders, "smoothing"]) == 1
    assert "not in the list `graded`" in capsys.readouterr().err
