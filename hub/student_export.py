"""The repository that launch links pull: chapters as notebooks, `course`, its needs, no answers.

`python -m hub.student_export [DIRECTORY]` writes it to build/student. It is a repository of its
own: its history begins there, so no earlier state of an answer is in it. The same sources give the
same first commit; later exports add a commit, so that students who have pulled can pull again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from course.launch import BRANCH
from hub.places import CHECKOUT

sys.path.append(str(CHECKOUT / "chapters" / "_extension"))
from coursebook import plain

GOAL = CHECKOUT / "build" / "student"
PLAIN = ("LICENSE", "LICENSE-text.md", "pyproject.toml")
# Binder's: which Python, and what to do when all is installed
RUNTIME = "python-3.11\n"
POST_BUILD = "#!/bin/sh\nexec python -m pip install --no-cache-dir --no-deps .\n"
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
README = """# Recurrent networks, from the loop to the tweet

The chapters of the course as notebooks (`chapters/`), and the Python package that they use (`course/`).

On your course's JupyterHub everything is installed. On your own machine, with Python 3.11 to 3.13:

```
python3 -m venv .venv
.venv/bin/pip install -r requirements.txt .
.venv/bin/jupyter lab chapters
```

Assignments are fetched and handed in on the hub. To get a new version of the chapters, open a launch
link of the book again: what you changed is kept.

Code: BSD 3-Clause (`LICENSE`). Text and figures: CC BY 4.0 (`LICENSE-text.md`).
"""
REQUIREMENTS = """# What the notebooks need, pinned as the course was made with it (Python 3.11 to 3.13).

"""
# What stands in for a result in a sentence, and a word on it where there is no built book to quote
GLUED = "{glue:text}"
UNBUILT = (
    f"> Where a sentence has “{plain.NOT_RUN}”, a result is missing. The cells compute it when they are"
    " run; where the book has been built (`make book`), it stands here from the start."
)
IGNORE = "__pycache__/\n.ipynb_checkpoints/\n.venv/\n"


def export(goal: Path = GOAL) -> Path:
    """Bring the students' repository up to date; it is left alone if nothing changed.

    Parameters
    ----------
    goal : Path
        Its directory, which is made if it isn't there.

    Returns
    -------
    Path
        The directory.
    """
    goal.mkdir(parents=True, exist_ok=True)
    if not (goal / ".git").is_dir():
        _git(goal, "init", "--quiet", f"--initial-branch={BRANCH}", "--template=")
    wanted = dict(contents())
    for path in sorted(goal.rglob("*")):
        if ".git" in path.relative_to(goal).parts or path.is_dir():
            continue
        if path.relative_to(goal).as_posix() not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = goal / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o644)
    _git(goal, "add", "--all", "--force")
    if _git(goal, "status", "--porcelain"):
        _git(goal, "commit", "--quiet", "--no-gpg-sign", "--no-verify", "--message", "The course")
    return goal


def contents() -> Iterator[tuple[str, bytes]]:
    """Every file of the repository: this list, and nothing that happens to lie about.

    Yields
    ------
    name : str
        The file's path in the repository.
    content : bytes
        What stands in it.
    """
    yield "README.md", README.encode()
    yield ".gitignore", IGNORE.encode()
    yield "requirements.txt", requirements().encode()
    yield "runtime.txt", RUNTIME.encode()
    yield "postBuild", POST_BUILD.encode()
    for name in PLAIN:
        yield name, (CHECKOUT / name).read_bytes()
    for path in sorted((CHECKOUT / "course").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(CHECKOUT).as_posix(), path.read_bytes()
    book = plain.Book(CHECKOUT)
    for page in book.students_pages:
        yield f"{page}.ipynb", notebook(book, page)


def requirements() -> str:
    """The part of requirements.txt that the package `course` needs, with all of its extras.

    What needs what, the comments say that `uv pip compile` leaves there.

    Returns
    -------
    str
        The text of a requirements file.
    """
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [_name(line) for group in (project["dependencies"], *extras) for line in group]
    pins: list[str] = []
    needs: dict[str, set[str]] = {}
    for line in (CHECKOUT / "requirements.txt").read_text("utf-8").splitlines():
        if line and line[0].isalnum():
            pins.append(line)
        elif via := re.fullmatch(r" +#(?: +via)? +(\S+)", line):
            needs.setdefault(via[1], set()).add(_name(pins[-1]))
    needed: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in needed:
            needed.add(name)
            wanted += needs.get(name, ())
    return REQUIREMENTS + "".join(f"{pin}\n" for pin in pins if _name(pin) in needed)


def _name(requirement: str) -> str:
    """The distribution that a line of requirements names, as package indexes spell it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def notebook(book: plain.Book, page: str) -> bytes:
    """A page as a notebook of plain Markdown, its cells not yet run, the same bytes each time.

    Results that its sentences quote are those of the built book, where there is one.

    Parameters
    ----------
    book : plain.Book
        The book's sources.
    page : str
        The page's name, as `_toc.yml` has it.

    Returns
    -------
    bytes
        The notebook's file.
    """
    results = plain.built_results(book, page)
    read = plain.notebook(book, page, results)
    if not results and GLUED in book.source(page):
        read.cells.insert(1, nbformat.v4.new_markdown_cell(UNBUILT))
    written = nbformat.v4.new_notebook(
        metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    for number, cell in enumerate(read.cells):
        v4: Any = nbformat.v4
        new = v4.new_code_cell if cell.cell_type == "code" else v4.new_markdown_cell
        name = hashlib.sha256(f"{page}|{number}".encode()).hexdigest()[:8]
        written.cells.append(new(cell.source, metadata=dict(cell.metadata), id=name))
    text: str = nbformat.writes(written) + "\n"
    return text.encode()


def _git(goal: Path, *arguments: str) -> str:
    """Run git with an author, a date and a configuration that are the same on every machine."""
    when = os.environ.get("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    who = {
        "NAME": "The authors of the course",
        "EMAIL": "course@localhost",
        "DATE": f"{when} +0000",
    }
    environment = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": str(goal),
    }
    options = ["-C", str(goal), "-c", "core.autocrlf=false", "-c", "core.fileMode=false"]
    done = subprocess.run(
        ["git", *options, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def main() -> int:
    """Run the command line; gives the exit status."""
    if shutil.which("git") is None:
        print("git is missing: apt-get install git", file=sys.stderr)
        return 1
    goal = Path(sys.argv[1]) if len(sys.argv) > 1 else GOAL
    print(f"The students' repository: {export(goal)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
