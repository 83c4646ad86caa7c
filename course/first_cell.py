"""The first cell of each notebook that readers and students take away: it installs what is missing.

Where the package `course` and whatever else a notebook imports are there, as on the hub, the cell does
nothing. Elsewhere it installs the wheel that the built book carries: the file beside the notebook,
else the one of the published book.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "TAG", "first_cell", "imported", "wheel_name"]

FOLDER = "_course"
"""Where in the built book the wheel lies."""
TAG = "first-cell"
"""The tag of the cell."""
ADDRESS = "COURSE_BOOK_URL"
"""Names the published book in place of `course_book_url` in `_config.yml`; empty: it isn't published."""

# Modules that don't have their distribution's name, and what is there wherever a notebook runs
MODULES = {"scikit-learn": "sklearn", "tensorflow-cpu": "tensorflow"}
ALWAYS = {"IPython"}
ENGINES = {"keras": {"tensorflow"}, "scikeras": {"keras", "tensorflow"}}
SPOKEN = {
    "course": "the package `course`",
    "dask": "Dask",
    "distributed": "Dask's scheduler",
    "joblib": "joblib",
    "keras": "Keras",
    "matplotlib": "Matplotlib",
    "numpy": "NumPy",
    "optuna": "Optuna",
    "pandas": "pandas",
    "scikeras": "SciKeras",
    "scipy": "SciPy",
    "sklearn": "scikit-learn",
    "tensorflow": "TensorFlow",
}

CELL = '''\
# This notebook needs {spoken}.
# On the course's hub all of it is there, and this cell does nothing. Elsewhere (on your laptop, on Colab,
# on Kaggle) it installs what is missing, with the package `course` from the course's book.
def _install(needs, name, wheel, book):
    import importlib.util, os, shutil, subprocess, sys
    from pathlib import Path

    missing = [module for module in needs if importlib.util.find_spec(module) is None]
    if not missing:
        return
    beside = [path for up in (".", "../{folder}", "../../{folder}") if (path := Path(up, wheel)).is_file()]
    source = beside[0].resolve().as_uri() if beside else book and f"{{book}}/{folder}/{{wheel}}"
    said = "This notebook doesn't know where the book is published."
    if source:
        print("Installing", *missing, "(it may take minutes) ...", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
        if importlib.util.find_spec("pip") is None and (uv := shutil.which("uv")):
            pip = [uv, "pip", "install", "--python", sys.executable]
        extras = ",".join(sorted({{needs[module] for module in missing}} - {{""}}))
        wanted = f"{{name}}[{{extras}}] @ {{source}}" if extras else f"{{name}} @ {{source}}"
        done = subprocess.run([*pip, wanted], capture_output=True, text=True)
        importlib.invalidate_caches()
        if done.returncode == 0:
            return print("Installed.")
        said = done.stderr.strip()[-600:]
    advice = f"""If you are offline, go online and run this cell again. Or put the file {{wheel}},
which the book's page "How to use this course" offers, into {{Path.cwd()}}."""
    if "KAGGLE_KERNEL_RUN_TYPE" in os.environ:
        advice = "Switch on Internet in the settings of this Kaggle notebook, and run this cell again."
    raise ModuleNotFoundError(f"Not installed: {{', '.join(missing)}}. {{advice}}\\n\\n{{said}}")


_install({needs}, {name!r},
         {wheel!r}, {book!r})
del _install
'''


def first_cell(root: Path, sources: Iterable[str]) -> str:
    """The code of the first cell of a notebook, empty where the notebook imports nothing of the course.

    Parameters
    ----------
    root : Path
        The course's checkout.
    sources : iterable of str
        The code of the notebook's cells.

    Returns
    -------
    str
        Python code that needs nothing but the standard library, and that leaves no name behind.

    Raises
    ------
    ValueError
        Where a cell imports what the course's package does not bring along.
    """
    found = {module for source in sources for module in imported(source)}
    found -= ALWAYS | set(sys.stdlib_module_names)
    if not found:
        return ""
    found |= {engine for module in found for engine in ENGINES.get(module, ())}
    extras = _extras(_project(root))
    if unknown := sorted(found - set(extras)):
        raise ValueError(
            f"a notebook imports {', '.join(unknown)}, which pyproject.toml doesn't name"
            " among the dependencies of the course's package, or of its extras"
        )
    # The package comes first, whether or not a cell imports it by name: it brings the others.
    modules = ["course", *sorted(found - {"course"})]
    return CELL.format(
        spoken=_listed([SPOKEN.get(module, module) for module in modules]),
        folder=FOLDER,
        needs={module: extras[module] for module in modules},
        name=_project(root)["name"],
        wheel=wheel_name(root),
        book=_book(root),
    ).rstrip("\n")


def imported(source: str) -> set[str]:
    """The top-level modules that a cell imports, none where it isn't plain Python.

    Parameters
    ----------
    source : str
        The cell's code.

    Returns
    -------
    set of str
        Their names.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:  # shell commands and magics
        return set()
    names = [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]
    names += [n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module]
    return {name.partition(".")[0] for name in names}


def wheel_name(root: Path) -> str:
    """The file name of the package's wheel (PEP 427), as the book carries it.

    Parameters
    ----------
    root : Path
        The course's checkout.

    Returns
    -------
    str
        The name, without a folder.
    """
    project = _project(root)
    name = re.sub(r"[-_.]+", "_", project["name"]).lower()
    return f"{name}-{project['version']}-py3-none-any.whl"


def _project(root: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _extras(project: dict[str, Any]) -> dict[str, str]:
    """For each module that the package can bring along, with which of its extras; "" for none."""
    found = {"course": ""}
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    for extra, requirements in groups.items():
        for requirement in requirements:
            name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
            found.setdefault(MODULES.get(name, name), extra)
    return found


def _book(root: Path) -> str:
    """Where the book is published."""
    import yaml  # only where notebooks are made

    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["sphinx"]["config"]
    address: str = os.environ.get(ADDRESS, config.get("course_book_url", ""))
    return address.rstrip("/")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
