"""What the exercises ask, read from ``exercises`` by a program of its own.

Minutes, points and functions have their home in an exercise's ``checks.py``; whatever page shows them
gets them here. Importing the checks imports the reference solutions and, for two of them, TensorFlow.
So the answer is kept until a file of theirs changes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sphinx.errors import ExtensionError

from .contents import Contents

READER = Path(__file__).with_name("exercise_reader.py")
KEPT = ".exercises.json"


@dataclass(frozen=True)
class Exercise:
    """An exercise as its checks and its sheet have it.

    Attributes
    ----------
    checks : list of dict
        Of each check its function, points, mistakes (how many are known) and step.
    written : list of dict
        Of each answer in words its id, points and step.
    """

    name: str
    minutes: int
    checks: list[dict]
    written: list[dict]

    @property
    def time(self) -> str:
        """As pages say it."""
        return f"{self.minutes} minutes"

    @property
    def worth(self) -> str:
        """As pages say it."""
        return f"{self.points:g} point{'s' * (self.points != 1)}"

    @property
    def by_hand(self) -> float:
        """The points that a person gives, for answers in words."""
        return sum(answer["points"] for answer in self.written)

    @property
    def points(self) -> float:
        """All that it is worth."""
        return sum(check["points"] for check in self.checks) + self.by_hand


def exercises(root: Path, build: Path) -> dict[str, Exercise]:
    """What the exercises of the book ask, of the chapters that have one.

    Parameters
    ----------
    root : Path
        The folder with ``_toc.yml``.
    build : Path
        In which the answer is kept.

    Returns
    -------
    dict of str to Exercise
        By name, in the order of the chapters.

    Raises
    ------
    ExtensionError
        If one of them can't be read.
    """
    names = [name for name in Contents(root).chapters if checks_of(root, name).is_file()]
    state, kept = fingerprint(root, names), build / KEPT
    earlier = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    if earlier.get("state") != state:
        earlier = {"state": state, "exercises": read(root, names)}
        with contextlib.suppress(
            PermissionError
        ):  # the hub asks too, as a user who may not write here
            build.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(earlier), "utf-8")
    return {name: Exercise(name, **asked) for name, asked in earlier["exercises"].items()}


def checks_of(root: Path, name: str) -> Path:
    """The file that says what an exercise checks."""
    return root / "exercises" / name / "checks.py"


def read(root: Path, names: list[str]) -> dict[str, dict]:
    """What the checks say of these exercises, read in a process of its own."""
    # Without the script's own folder on the path, where `exercises` is this module.
    command = [sys.executable, "-P", str(READER), str(root), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExtensionError(
            f"the book can't read the exercises {', '.join(names)}:\n" + done.stderr.strip()[-2000:]
        )
    return json.loads(done.stdout)


def fingerprint(root: Path, names: list[str]) -> str:
    """Changes when anything does that says what the exercises ask."""
    digest = hashlib.sha256(" ".join(names).encode() + READER.read_bytes())
    for path in sources(root, names):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def sources(root: Path, names: Iterable[str]) -> Iterable[Path]:
    """The files that say what the exercises ask."""
    for name in names:
        yield from sorted((root / "exercises" / name).glob("*.py"))
        yield root / "exercises" / name / f"{name}.md"
        yield root / "solutions" / f"{name}.py"
