"""`grader new` makes what the course's template says, or nothing at all."""

from __future__ import annotations

import shutil

import pytest

from grader import assignments
from grader.__main__ import main
from tests.grader.conftest import TOY


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "toy"
    shutil.copytree(TOY, root, ignore=shutil.ignore_patterns("__pycache__", "build"))
    template = root / "template"
    shutil.copytree(root / "drills/smoothing", template / "drills/chaptername")
    sheet = template / "drills/chaptername/smoothing.md"
    sheet.rename(sheet.with_name("chaptername.md"))
    (template / "answers").mkdir()
    shutil.copy(root / "answers/smoothing.py", template / "answers/chaptername.py")
    (template / "pages").mkdir()
    (template / "pages/chaptername.md").write_text("# chaptertitle\n")
    for path in template.rglob("*.*"):
        path.write_text(path.read_text().replace("smoothing", "chaptername"))
    (template / "insertions.toml").write_text(
        "[[insert]]\nfile = '_toc.yml'\n"
        "after = '^ +- file: pages/previousname\\n'\ntext = '''  - file: pages/chaptername\n'''\n"
    )
    course = root / "course.toml"
    course.write_text(course.read_text().replace("trials =", 'template = "template"\ntrials ='))
    with assignments.using(root):
        yield root


def everything(root) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc"}


def test_it_is_there_checked_and_in_its_place(copy, capsys):
    assert main(["new", "weather"]) == 0
    said = capsys.readouterr().out
    for path in ("drills/weather/checks.py", "drills/weather/weather.md", "answers/weather.py"):
        assert f"wrote {path}" in said
    assert "entered it in _toc.yml" in said
    with assignments.using(copy) as course:
        assert assignments.names() == ["smoothing", "weather"]
        assert course.title("weather") == "Weather"
        assert main(["check", "weather"]) == 0
        assert main(["new", "earlier", "--after", "smoothing"]) == 0
    with assignments.using(copy):
        assert assignments.names() == ["smoothing", "earlier", "weather"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["smoothing"], "has 'smoothing' already"),
        (["Weather"], "lower-case"),
        (["9th"], "lower-case"),
        (["class"], "cannot be a module's name"),
        (["../evil"], "cannot be a module's name"),
        (["weather", "--after", "rain"], "no assignment 'rain'"),
    ],
)
def test_a_name_that_cannot_be_is_refused(copy, capsys, arguments, says):
    before = everything(copy)
    assert main(["new", *arguments]) == 1
    assert says in capsys.readouterr().err
    assert everything(copy) == before


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("answers/weather.py", "mine = 1\n", "is there already; nothing was written"),
        ("_toc.yml", "root: pages/smoothing\n", "has 0 places, not one; nothing was written"),
    ],
)
def test_nothing_is_written_where_something_is_in_the_way(copy, capsys, file, text, says):
    (copy / file).write_text(text)
    before = everything(copy)
    with assignments.using(copy):
        assert main(["new", "weather"]) == 1
    assert says in capsys.readouterr().err
    assert everything(copy) == before


def test_a_course_without_a_template_is_told(copy, capsys):
    shutil.rmtree(copy / "template")
    assert main(["new", "weather"]) == 1
    assert "`template` names no folder" in capsys.readouterr().err
