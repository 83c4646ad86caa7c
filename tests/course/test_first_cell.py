"""The first cell of what is taken away: it makes a clean environment ready, and a ready one it leaves."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from coursebook import plain, wheel

from course.first_cell import TAG, first_cell, wheel_name
from grader import assignments
from grader.notebooks import build

ROOT = Path(__file__).parents[2]
PAGES = [page for page, _ in plain.Book(ROOT).contents]
EMPTY = "import sys; sys.addaudithook(lambda event, a: event in {forbidden} and sys.exit(event))\n"
FORBIDDEN = (
    "subprocess.Popen",
    "socket.connect",
    "socket.getaddrinfo",
    "os.exec",
    "os.posix_spawn",
)
OF_THE_CHECKOUT = ("PYTHON", "VIRTUAL_ENV", "COURSE_", "GOP_", "GRADER_", "KAGGLE")
QUIET = {"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}


def tagged(notebook) -> list[int]:
    cells = enumerate(notebook.cells)
    return [number for number, cell in cells if TAG in cell.metadata.get("tags", ())]


def run(python: Path, folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess:
    """Run code in a folder, in an environment that knows nothing of this checkout."""
    known = {k: v for k, v in os.environ.items() if not k.startswith(OF_THE_CHECKOUT)}
    return subprocess.run(
        [python, "-c", code],
        cwd=folder,
        env={**known, **QUIET, **environment},
        capture_output=True,
        text=True,
        timeout=550,
        check=False,
    )


@pytest.fixture
def clean(tmp_path) -> Path:
    """The interpreter of an environment outside the checkout, in which nothing is installed."""
    if shutil.which("uv"):
        command = [
            "uv",
            "venv",
            "--quiet",
            "--python",
            sys.executable,
            str(tmp_path / "environment"),
        ]
    else:
        command = [sys.executable, "-m", "venv", str(tmp_path / "environment")]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "environment/bin/python"


@pytest.mark.parametrize("name", assignments.names())
def test_each_assignment_begins_with_it(name):
    notebook = build.build(name)
    assert tagged(notebook) == [0]
    source = notebook.cells[0].source
    assert re.match("# This notebook needs the package `course`(,| and) ", source)
    uses_networks = any("import keras" in c.source for c in notebook.cells if c.cell_type == "code")
    assert ("TensorFlow" in source) == uses_networks


@pytest.mark.parametrize("page", PAGES)
def test_each_page_that_runs_code_begins_with_it(page):
    notebook = plain.notebook(plain.Book(ROOT), page)
    code = plain.code(notebook.cells)
    assert tagged(notebook) == ([0] if any("from course" in c for c in code) else [])
    assert not any("myst_nb" in cell for cell in code), "no notebook needs the book's own tools"


def test_what_the_package_does_not_bring_along_is_found():
    with pytest.raises(ValueError, match="imports torch"):
        first_cell(ROOT, ["import numpy, torch"])


def test_where_all_is_there_it_does_nothing_and_leaves_nothing():
    """On the hub: no process, no network, no name of its own."""
    cell = first_cell(ROOT, ["import keras, sklearn, scikeras, distributed"])
    code = f"""
{EMPTY.format(forbidden=FORBIDDEN)}
import time
before, start = set(globals()) | {{"before", "start"}}, time.perf_counter()
{cell}
print(time.perf_counter() - start < 1, set(globals()) - before, "keras" in sys.modules)
"""
    done = run(Path(sys.executable), ROOT, code)
    assert (done.stdout, done.stderr) == ("True set() False\n", "")


def test_offline_it_says_what_to_do(clean, tmp_path):
    cell = first_cell(ROOT, ["import numpy"])
    offline = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cache"), "PIP_NO_INDEX": "1"}
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
    done = run(clean, tmp_path, cell, **offline, **proxies)
    assert done.returncode == 1
    said = done.stderr[done.stderr.index("ModuleNotFoundError") :]
    assert "Not installed: course, numpy." in said
    assert f"put the file {wheel_name(ROOT)}" in said and str(tmp_path) in said
    kaggle = run(clean, tmp_path, cell, KAGGLE_KERNEL_RUN_TYPE="Interactive", **offline, **proxies)
    assert "Switch on Internet in the settings of this Kaggle notebook" in kaggle.stderr


def test_where_the_book_is_not_published_it_asks_for_the_file(clean, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_BOOK_URL", "")
    done = run(clean, tmp_path, first_cell(ROOT, ["import numpy"]))
    assert done.stdout == ""
    assert "doesn't know where the book is published" in done.stderr


def test_the_address_of_the_book_can_be_given(monkeypatch):
    monkeypatch.setenv("COURSE_BOOK_URL", "https://book.example/it/")
    assert "'https://book.example/it')" in first_cell(ROOT, ["import numpy"])


@pytest.fixture(scope="module")
def carried(tmp_path_factory) -> Path:
    return wheel.build(ROOT, tmp_path_factory.mktemp("book") / "_course")


def test_the_wheel_is_the_same_each_time_and_light(carried, tmp_path):
    assert carried.name == wheel_name(ROOT)
    (tmp_path / "recurrent_networks_course-0.1-py3-none-any.whl").touch()
    again = wheel.build(ROOT, tmp_path)
    assert again.read_bytes() == carried.read_bytes()
    assert list(tmp_path.glob("*.whl")) == [again], "an earlier version is gone"
    with zipfile.ZipFile(carried) as archive:
        names = archive.namelist()
        metadata = archive.read(next(n for n in names if n.endswith("/METADATA"))).decode()
    assert {name.split("/")[0] for name in names} == {
        "course",
        carried.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }
    needs = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    always = {line.split()[1] for line in needs if "extra ==" not in line}
    assert always == {"kagglehub", "matplotlib", "numpy", "pandas", "scikit-learn", "scipy"}
    assert any("tensorflow" in line for line in needs)


def _unreachable(said: str) -> bool:
    words = ("error sending request", "dns error", "Failed to establish", "Could not connect")
    return any(word in said for word in words)


@pytest.mark.slow
def test_a_clean_environment_outside_the_checkout_becomes_ready(clean, carried, tmp_path):
    """A downloaded assignment and the wheel beside it: its cells run, and the package has its tweets."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    shutil.copy(carried, folder)
    notebook = build.build("context")
    cells = [c.source for c in notebook.cells if c.cell_type == "code"]
    (folder / "context.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    first, setup = cells[0], next(c for c in cells if "import numpy" in c)
    assert run(clean, folder, "import course").returncode == 1
    pins = str(ROOT / "requirements.txt")
    pinned = {"UV_CONSTRAINT": pins, "PIP_CONSTRAINT": pins}
    done = run(clean, folder, f"{first}\n{setup}", MPLBACKEND="agg", **pinned)
    if done.returncode and _unreachable(done.stderr) and not os.environ.get("CI"):
        pytest.skip("no package index can be reached from here")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Installing course ") and done.stdout.endswith("Installed.\n")
    use = "from course import tweets; print(len(tweets.load(download=False)))"
    used = run(clean, folder, f"{first}\n{use}")
    assert used.returncode == 0, used.stderr
    assert int(used.stdout) > 1000, "the second time the first cell says nothing"
