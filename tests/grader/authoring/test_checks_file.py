"""A mistake is written into a checks file where it belongs; the rest stays as it is written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.assignments import ROOT
from grader.authoring.checks_file import insert_mistake, mistake_entry
from grader.checks import Check, mistake
from grader.errors import GraderError

HINT = 'Your gate is upside down: "open" is 1, so multiply by it. ' * 3 + 'Or "not"'
CODE = 'def gate(z):\n    text = "a\\\\d" + \'"""\'\n    return 1 - z'
LONG = f"def gate(z):\n    return {' + '.join(['z'] * 40)}"
HEAD = '''"""Checks."""

from grader.checks import Case, Check, mistake


def draw(rng) -> list[Case]:
    """Ä: bytes are not characters."""
    return [{"z": rng.normal()}]


'''
USUAL = '''GATE = Check(
    "gate",
    points=1,
    draw=draw,
    misconceptions=(
        mistake("one", "It is one.", "a", "b"),  # ä
        mistake(
            "two",
            """It is two.""",
            source="""
            def gate(z):
                return 2
            """,
        ),
    ),
    silent=True,
)
'''
SHAPES = {
    "usual": USUAL,
    "in one line": 'GATE = Check("gate", points=1, draw=draw)\n',
    "a line for each": 'GATE = Check(\n    "gate",\n    points=1,\n    draw=draw,  # of its own\n)\n',
    "tuple in one line": (
        'GATE = Check("gate", 1, draw, misconceptions=(mistake("one", "One.", "a", "b"),))\n'
    ),
    "empty tuple": 'GATE = Check("gate", points=1, draw=draw, misconceptions=())\n',
    "shared": 'SHARED = (mistake("one", "It is one.", "a", "b"),)\n'
    'GATE = Check(\n    "gate",\n    points=1,\n    draw=draw,\n    misconceptions=SHARED,\n)\n',
    "named": 'GATE = Check(function="gate", points=1, draw=draw)\n',
    "one among others": USUAL + '\nOTHER = Check("other", points=1, draw=draw)\n',
}


def insert(path, text: str, code: str = CODE) -> str:
    path.write_text(text, encoding="utf-8")
    insert_mistake(path, "gate", "upside-down", HINT, code)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("code", [CODE, LONG])
def test_the_check_has_one_more_mistake_and_the_file_is_in_style(tmp_path, shape, code):
    path, before = tmp_path / "checks.py", HEAD + SHAPES[shape]
    after = insert(path, before, code)
    was: dict[str, Check] = {}
    now: dict[str, Check] = {}
    exec(before, was)
    exec(after, now)
    added = mistake("upside-down", HINT, source=code)
    last = now["GATE"].misconceptions[-1]
    assert (last.label, last.hint) == (added.label, added.hint)
    assert last.code("") == code + "\n"
    assert now["GATE"].misconceptions[:-1] == was["GATE"].misconceptions
    assert now["GATE"].silent == was["GATE"].silent
    for command in (["format", "--check"], ["check"]):
        config = ["--config", str(ROOT / "pyproject.toml"), path]
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *config], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_else_of_the_file_changes(tmp_path):
    before = HEAD + USUAL
    after = insert(tmp_path / "checks.py", before)
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    rest = [line for line in after.splitlines() if line in before.splitlines()]
    assert [line for line in before.splitlines() if line not in rest] == []
    assert any("upside-down" in line for line in added)
    at = after.index('        mistake(\n            "upside-down"')
    end = after.index("    ),\n    silent=True")
    assert after[:at] + after[end:] == before


def test_mistake_is_imported_where_it_was_not(tmp_path):
    head = HEAD.replace("Case, Check, mistake", "Case, Check")
    after = insert(tmp_path / "checks.py", head + SHAPES["in one line"])
    assert "from grader.checks import Case, Check, mistake\n" in after


@pytest.mark.parametrize("name", ["draw", "OTHER", "gates"])
def test_a_check_that_is_not_there_changes_nothing(tmp_path, name):
    path = tmp_path / "checks.py"
    path.write_text(HEAD + USUAL)
    with pytest.raises(GraderError, match=r"stands there 0 times.*by hand"):
        insert_mistake(path, name, "upside-down", HINT, CODE)
    assert path.read_text() == HEAD + USUAL
    assert list(tmp_path.iterdir()) == [path]


def test_an_entry_looks_as_authors_write_it():
    assert mistake_entry("a-label", "A short one.", "def f(x):\n    return x") == (
        'mistake(\n    "a-label",\n    """A short one.""",\n'
        '    source="""\n    def f(x):\n        return x\n    """,\n),'
    )
