"""A wrong declaration stops the build, with its file, its line and what to do."""

from __future__ import annotations

import re
import shutil

import pytest

from grader import assignments
from grader.__main__ import main
from grader.errors import GraderError
from tests.grader.conftest import TOY

CHECKS, REFERENCE = "drills/smoothing/checks.py", "answers/smoothing.py"
NO_CASES = (
    "def series(rng: np.random.Generator) -> list[Case]:\n    return []\n\n\ndef unused(rng):"
)
WRONG = {
    "a misconception whose text has gone from the reference": (
        (REFERENCE, "states = [X[0]]", "states = [X[0] * 1]"),
        (CHECKS, '"[X[0]]"', "'starts-from-zero': .* stands 0 times in .*; adapt the change"),
    ),
    "a misspelt need": (
        (CHECKS, 'needs=("blend",)', 'needs=("blendd",)'),
        (CHECKS, 'needs=("blendd",)', "'blendd', which is not another check.*did you mean 'blend'"),
    ),
    "a function that needs itself": (
        (CHECKS, 'needs=("blend",)', 'needs=("smooth",)'),
        (CHECKS, '    "smooth",', "'smooth', which is not another check"),
    ),
    "two checks with one name": (
        (CHECKS, '    "smooth",', '    "blend",  # second check'),
        (CHECKS, "second check", "two checks of 'blend'"),
    ),
    "two misconceptions with one label": (
        (CHECKS, '"starts-from-zero"', '"blends-with-the-first",  # again'),
        (CHECKS, "# again", "two misconceptions 'blends-with-the-first': rename"),
    ),
    "a function that isn't in the reference": (
        (REFERENCE, "def smooth(", "def smoothe("),
        (CHECKS, '    "smooth",', "answers.smoothing has no 'smooth'.*did you mean 'smoothe'"),
    ),
    "a profile that isn't there": (
        (CHECKS, 'profile="plain"', 'profile="fancy"'),
        (CHECKS, 'profile="fancy"', "no profile 'fancy'.*plain"),
    ),
    "a name that is withheld and in no case": (
        (CHECKS, 'needs=("blend",)', 'withheld=("labels",)'),
        (CHECKS, 'withheld=("labels",)', "withholds 'labels', which a case does not have"),
    ),
    "a wrong function that has another name": (
        (CHECKS, '"[X[0]]",\n            "[blend(0 * X[0], X[0], share)]",', "source='def s(X): 0',"),
        (CHECKS, '"starts-from-zero"', "its code defines no 'smooth'"),
    ),
    "a change that is no Python": (
        (CHECKS, '"[blend(0 * X[0], X[0], share)]"', '"[blend(0 *"'),
        (CHECKS, '"starts-from-zero"', "its code is not Python"),
    ),
    "inputs in another order than the arguments": (
        (CHECKS, '{"X": rng.normal(size=shape), "share": rng.uniform(0.1, 0.4)}',
         '{"share": rng.uniform(0.1, 0.4), "X": rng.normal(size=shape)}'),
        (CHECKS, '    "smooth",', "calls it with share, X, and its arguments are X, share"),
    ),
    "no cases": (
        (CHECKS, "def series(rng: np.random.Generator) -> list[Case]:", NO_CASES),
        (CHECKS, '    "smooth",', "draws no cases"),
    ),
    "no points": (
        (CHECKS, '    "blend",\n    2,', '    "blend",\n    0,'),
        (CHECKS, '    "blend",', "worth 0 points"),
    ),
    "an assignment that is called otherwise than its folder": (
        (CHECKS, 'Assignment("smoothing"', 'Assignment("smoothings"'),
        (CHECKS, 'Assignment("smoothings"', "the folder is 'smoothing'"),
    ),
    "a promise that isn't one": (
        (CHECKS, 'needs=("blend",)', 'promises=("ints",)'),
        (CHECKS, 'promises=("ints",)', "no promise 'ints': there are int, array; did you mean 'int'"),
    ),
    "no time for an answer": (
        (CHECKS, 'needs=("blend",)', 'seconds=0'),
        (CHECKS, '    "smooth",', "leaves no room for a right answer"),
    ),
    "a call that is no Python": (
        (CHECKS, 'needs=("blend",)', 'call="smooth(X, share"'),
        (CHECKS, 'call="smooth(X, share"', "the call of the check of 'smooth' is no Python: .*never"),
    ),
    "a setup that is no Python": (
        (CHECKS, 'needs=("blend",)', 'call="smooth(X, share)", setup="x == = 1"'),
        (CHECKS, 'setup="x == = 1"', "the setup of the check of 'smooth' is no Python"),
    ),
    "a call of a name that isn't there": (
        (CHECKS, 'needs=("blend",)', 'call="smoth(X, share)"'),
        (CHECKS, 'call="smoth(', "uses 'smoth', which is no input.*did you mean 'smooth'"),
    ),
    "a call with what is withheld": (
        (CHECKS, 'needs=("blend",)', 'call="smooth(X, share)", withheld=("share",)'),
        (CHECKS, 'call="smooth(', "uses 'share', which is no input of the cases"),
    ),
    "a setup that uses a name that isn't there": (
        (CHECKS, 'needs=("blend",)', 'call="twice(X, share)", setup="twice = lambda a, b: smoth(a, b)"'),
        (CHECKS, 'setup="twice', "the setup .* uses 'smoth'"),
    ),
    "no Python at all": (
        (CHECKS, "ASSIGNMENT = Assignment(", "ASSIGNMENT = Assignment(("),
        (CHECKS, "ASSIGNMENT = ", "SyntaxError"),
    ),
    "a name that isn't there": (
        (CHECKS, "    pairs,\n", "    pears,\n"),
        (CHECKS, "    pears,", "NameError: name 'pears'"),
    ),
}  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "toy"
    shutil.copytree(TOY, root, ignore=shutil.ignore_patterns("__pycache__", "build"))
    with assignments.using(root):
        yield root


def change(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("what", WRONG)
def test_it_is_told_with_file_line_and_remedy(copy, capsys, what):
    (file, old, new), (told, at, says) = WRONG[what]
    change(copy / file, old, new)
    assert main(["build", "smoothing"]) == 1
    said = capsys.readouterr().err.strip()
    lines = (copy / told).read_text(encoding="utf-8").splitlines()
    (place,) = [number for number, line in enumerate(lines, start=1) if at in line]
    (line,) = [line for line in said.splitlines() if re.search(says, line)]
    assert f"{copy / told}:{place}: " in line
    assert not (copy / "build/course/source").exists()


def test_all_problems_are_told_at_once(copy, capsys):
    change(copy / CHECKS, 'needs=("blend",)', 'needs=("blendd",)')
    change(copy / CHECKS, 'profile="plain"', 'profile="fancy"')
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert "blendd" in said
    assert "fancy" in said


def test_nothing_is_told_of_sound_declarations(copy, capsys):
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""


COURSE = {
    "a word that means nothing": ('trials = "trials"', 'trails = "trials"', "did you mean 'trials'"),
    "a table that means nothing": ("[environment]", "[enviroment]", "did you mean 'environment'"),
    "a field of a profile that means nothing": ("preload =", "prelaod =", "mean 'preload'"),
    "a limit that isn't one": ("cell_seconds = 20", "cel_seconds = 20", "'cel_seconds'"),
    "a package that students could see": ('"answers", "drills"', '"drills"', "'answers' is not among"),
    "practice of what is no assignment": (
        "[environment]", '[service]\npractice = ["smothing"]\n[environment]',
        "serves 'smothing', which is no assignment; there are: smoothing",
    ),
    "nothing but words": ('id = "toy"', "id = toy", "Invalid value"),
}  # fmt: skip


@pytest.mark.parametrize("what", COURSE)
def test_a_course_that_is_told_wrongly_stops_the_build(tmp_path, capsys, what):
    old, new, says = COURSE[what]
    root = tmp_path / "toy"
    shutil.copytree(TOY, root, ignore=shutil.ignore_patterns("__pycache__", "build"))
    change(root / "course.toml", old, new)
    with pytest.raises(GraderError) as error, assignments.using(root):
        assignments.names()
    assert str(root / "course.toml") in str(error.value)
    assert says in str(error.value)
    assert re.search(r"course\.toml:\d+|line \d+|limits\]", str(error.value))


def test_an_assignment_without_a_chapter_is_told(copy, capsys):
    shutil.copytree(copy / "drills/smoothing", copy / "drills/attention")
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert "no chapter 'attention' stands in" in said
    assert "_toc.yml" in said


def test_an_assignment_without_a_sheet_or_checks_is_told(copy, capsys):
    (copy / "_toc.yml").write_text(
        "root: a\nchapters: [{file: pages/smoothing}, {file: attention}]"
    )
    (copy / "drills/attention").mkdir()
    (copy / "drills/attention/checks.py").touch()
    assert main(["build"]) == 1
    assert "attention.md is missing: an assignment has a sheet" in capsys.readouterr().err


def test_a_chapter_without_a_page_is_told(copy, capsys):
    (copy / "pages/smoothing.md").unlink()
    assert main(["build"]) == 1
    assert "pages/smoothing.md is missing" in capsys.readouterr().err
