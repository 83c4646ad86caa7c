"""A book carries the wheel of its package, says where it lies, and its notebooks ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.first_cell import FOLDER, TAG, wheel_name
from tests.book.conftest import EXTENSION, ROOT, parsed

CONF = f"""
import sys
sys.path.insert(0, {str(EXTENSION)!r})
extensions = ["myst_nb", "coursebook"]
nb_execution_mode = "off"
html_math_renderer = "coursebook"
root_doc = "chapters/intro"
html_title = "A small book"
exclude_patterns = ["_build", "course", "LICENSE*"]
"""
PAGE = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# Intro

Take {wheel}`the package`.

```{code-cell} ipython3
from course import figures
```
"""


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("book")
    (root / "chapters").mkdir()
    (root / "chapters/intro.md").write_text(PAGE)
    (root / "conf.py").write_text(CONF)
    (root / "_toc.yml").write_text("format: jb-book\nroot: chapters/intro\n")
    shutil.copytree(ROOT / "course", root / "course", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "_config.yml", "LICENSE"):
        shutil.copy(ROOT / name, root)
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-N", "-W", "-b", "html"]
    command += ["-d", str(root / "_build/.doctrees"), str(root), str(root / "_build/html")]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GOP_", "COURSE_"))}
    log = root / "log"
    with log.open("w") as stream:  # a pipe would stay open as long as KaTeX's server runs
        done = subprocess.run(command, stdout=stream, stderr=stream, env=environment, check=False)
    assert done.returncode == 0, log.read_text()
    return root / "_build/html"


@pytest.mark.slow
def test_the_book_carries_the_wheel_and_links_it(html):
    wheel = html / FOLDER / wheel_name(ROOT)
    assert wheel.is_file()
    link = parsed(html / "chapters/intro.html").find("a", string="the package")
    assert (html / "chapters" / link["href"]).resolve() == wheel.resolve()


@pytest.mark.slow
def test_the_notebook_of_a_page_begins_with_the_first_cell_once(html):
    path = html.parent / "jupyter_execute/chapters/intro.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    assert [TAG in cell.metadata.get("tags", []) for cell in cells] == [True, False, False]
    assert wheel_name(ROOT) in cells[0].source and cells[1].source.startswith("# Intro")
