"""Every way of CONTRIBUTING.md is walked as the page says, and touches the files that it names."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contributing.page import PAGE, ROOT, section, steps, touches

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
ROOMS = ("chapters", "course", "exercises", "grader", "solutions", "tests")
FILES = (
    "LICENSE",
    "_config.yml",
    "_toc.yml",
    "course.toml",
    "nbgrader_config.py",
    "pyproject.toml",
)
SHRINKERS = ROOT / "chapters/_extension/node/node_modules"
NOT_SOURCES = ("build", "__pycache__", ".pytest_cache", ".ruff_cache", "_static", "node_modules")


@pytest.fixture(scope="module", autouse=True)
def own_course():
    """Programs find the course in the copy where they run, whatever a test before left behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GRADER_COURSE", raising=False)
        patch.delenv("PYTHONPATH", raising=False)
        yield


@pytest.fixture(scope="module")
def copy(own_course, tmp_path_factory) -> Path:
    """A copy of the checkout, to be changed."""
    root = tmp_path_factory.mktemp("checkout")
    for room in ROOMS:
        shutil.copytree(ROOT / room, root / room, ignore=shutil.ignore_patterns(*NOT_SOURCES))
    for name in FILES:
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture(scope="module")
def chapter(copy) -> Path:
    """The copy with the chapter that the page works on, and two students who have been graded."""
    walk("Add a chapter", copy)
    hand_in(copy, "attention", "ada", {})
    sums = "def running_mean(x):\n    return np.cumsum(x)"
    hand_in(copy, "attention", "bea", {"running_mean": sums})
    assert "graded 2" in run(copy, "grader", "autograde", "attention")
    return copy


def sources(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and not set(NOT_SOURCES) & set(path.relative_to(root).parts)
    }


def walk(title: str, root: Path) -> None:
    """Do what the page says; the files that changed are those that it names."""
    before = sources(root)
    done = 0
    for step in steps(title):
        step(root)
        done += 1
    assert done, "the page says nothing to do"
    after = sources(root)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changed == touches(title)


def run(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def hand_in(root: Path, name: str, student: str, answers: dict[str, str]) -> None:
    """The built solution, with other answers in some cells."""
    notebook = json.loads((root / f"build/course/source/{name}/{name}.ipynb").read_text())
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(grade_id, cell["source"])
    path = root / f"build/course/submitted/{student}/{name}/{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))


def scores(root: Path, name: str) -> dict[str, tuple]:
    rows = json.loads(run(root, "grader", "report", name, "--json"))
    return {row["student"]: (row["score"], row["max_score"]) for row in rows}


def test_the_page_has_the_five_ways():
    titles = re.findall(
        r"^## (.*)", re.sub(r"^````.*?^````", "", PAGE.read_text(), flags=re.M | re.S), re.M
    )
    assert titles == [
        "Add a chapter",
        "Change a hint",
        "Add a misconception",
        "Add a function",
        "Take the grader for another course",
    ]  # fmt: skip


def test_a_new_chapter_is_graded_and_passes_its_tests_as_it_stands(chapter):
    assert scores(chapter, "attention") == {"ada": (2, 2), "bea": (0, 2)}
    page = "attention and not book and not slow and not validate"
    rooms = ["tests/chapters/test_every_chapter.py", "tests/exercises", "tests/solutions"]
    said = run(chapter, "pytest", "-q", "-k", page, "-p", "no:cacheprovider", *rooms)
    assert int(re.search(r"(\d+) passed", said)[1]) >= 13


@pytest.mark.skipif(not SHRINKERS.is_dir(), reason="`make book` installs what shrinks its files")
def test_the_page_of_a_new_chapter_builds_without_a_warning(chapter, tmp_path):
    """In a book that has no other chapter: with all of them it would take ten minutes."""
    root = tmp_path / "book"
    shutil.copytree(chapter, root, ignore=shutil.ignore_patterns("submitted", "autograded"))
    shutil.copytree(ROOT / "chapters/_static", root / "chapters/_static", dirs_exist_ok=True)
    (root / "chapters/_extension/node/node_modules").symlink_to(SHRINKERS)
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/references\nparts:\n"
        "  - {caption: The course, numbered: true, chapters: [{file: chapters/attention}]}\n"
    )
    bin = Path(sys.executable).parent
    done = subprocess.run(
        [bin / "jupyter-book", "build", ".", "--path-output", ".", "-W", "-n", "--keep-going"],
        cwd=root,
        env={
            **os.environ,
            "PATH": f"{bin}:{os.environ['PATH']}",
            "GOP_TWEETS": str(ROOT / "course/data/tweets.csv"),
        },
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    page = (root / "_build/html/chapters/attention.html").read_text(encoding="utf-8")
    assert "<fieldset" in page
    assert '<span class="assignment-fact">4 points</span>' in page
    assert (root / "_build/html/slides/attention.html").is_file()


def test_a_hint_changes_in_one_file_and_reaches_who_was_graded(chapter):
    before = touches("Change a hint")
    assert len(before) == 1
    walk("Change a hint", chapter)
    said = run(chapter, "grader", "autograde", "attention")
    assert "graded again 2: the checks changed" in said
    assert "forget to divide" in run(chapter, "grader", "report", "attention", "--json")


def test_a_misconception_is_added_in_one_file(chapter):
    assert len(touches("Add a misconception")) == 1
    walk("Add a misconception", chapter)
    everywhere = "def running_mean(x):\n    return np.ones(len(x)) * sum(x) / len(x)"
    hand_in(chapter, "attention", "cal", {"running_mean": everywhere})
    run(chapter, "grader", "autograde", "attention")
    assert "mean of the whole series" in run(chapter, "grader", "report", "attention", "--json")


def test_a_function_is_added_in_six_files(chapter):
    assert len(touches("Add a function")) == 6
    shutil.rmtree(chapter / "build")  # nbgrader takes no new cells where something was handed in
    walk("Add a function", chapter)
    hand_in(chapter, "attention", "dan", {})
    run(chapter, "grader", "autograde", "attention")
    assert scores(chapter, "attention")["dan"] == (3, 3)
    sheet = json.loads((chapter / "build/course/release/attention/attention.ipynb").read_text())
    opening = next(cell for cell in sheet["cells"] if cell["cell_type"] == "markdown")
    text = "".join(opening["source"])
    assert "two functions" in text
    assert "| 2 | `fall` | 1 |" in text
    assert "About 15 minutes" in text


def test_another_course_takes_the_grader_as_it_is(tmp_path):
    shutil.copytree(
        ROOT / "grader", tmp_path / "grader", ignore=shutil.ignore_patterns("__pycache__")
    )
    walk("Take the grader for another course", tmp_path)
    hand_in(tmp_path, "sums", "ada", {})
    hand_in(tmp_path, "sums", "bea", {"total": "def total(x):\n    return sum(x) / (len(x) or 1)"})
    run(tmp_path, "grader", "autograde", "sums")
    assert scores(tmp_path, "sums") == {"ada": (1, 1), "bea": (0, 1)}
    assert "The sum is not divided" in run(tmp_path, "grader", "report", "sums", "--json")
    nbgrader = Path(sys.executable).with_name("nbgrader")
    path = f"{nbgrader.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [nbgrader, "generate_feedback", "sums"],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "build/course/feedback/bea/sums/sums.html").read_text(encoding="utf-8")
    assert "The sum is not divided" in page


def test_what_the_page_says_of_files_is_true_in_this_checkout():
    for name in ("ARCHITECTURE.md", "tests/contributing"):
        assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
        assert (ROOT / name).exists()
    assert "eleven files" in section("Add a chapter")
    assert len(touches("Add a chapter")) == 11
