"""A class of thirty for tests of the hub, and what they hand in, placed in their lanes."""

from __future__ import annotations

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from grader import assignments
from grader.checks import source_of

NAMES = (
    "amina", "anton", "bea", "carlos", "chloe", "dmitri", "elif", "emeka", "fatou", "finn",
    "grace", "hana", "ines", "ivan", "jonas", "kaito", "lea", "maya", "milan", "nadia",
    "noor", "omar", "petra", "quinn", "rosa", "samir", "tara", "umut", "vera", "yuki",
)  # fmt: skip


def write_class(path: Path, names: tuple[str, ...] = NAMES) -> Path:
    """A class list of these students, an instructor and an assistant."""
    lines = ["name,role,first_name,last_name,email", "instructor,instructor,Iris,Demo,"]
    lines.append("joe,assistant,Joe,Demo,")
    lines += [f"{name},student,{name.title()},Example,{name}@uni.example" for name in names]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Sheet:
    """A released notebook in which functions and words are filled in."""

    def __init__(self, release: Path):
        self.name = release.stem
        self.assignment = assignments.load(self.name)
        self._text = release.read_text(encoding="utf-8")
        self.functions = [check.function for check in self.assignment.checks]

    def right(self, function: str) -> str:
        return source_of(self.assignment.reference, function)

    def mistaken(self, function: str, label: str) -> str:
        known = next(m for m in self.assignment[function].misconceptions if m.label == label)
        return known.code(self.right(function))

    def filled(self, functions: dict[str, str], words: str = "") -> bytes:
        notebook = json.loads(self._text)
        for cell in notebook["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            name = about.get("grade_id")
            if name in functions:
                cell["source"] = functions[name]
            elif words and cell["cell_type"] == "markdown" and about.get("solution"):
                cell["source"] = words
        return json.dumps(notebook).encode()

    def solved(self, words: str = "", **changed: str) -> bytes:
        """All functions right but those given."""
        return self.filled({name: self.right(name) for name in self.functions} | changed, words)


def hand_in(inbound: Path, student: str, assignment: str, data: bytes) -> Path:
    """Place a submission in a student's lane; gives its folder."""
    lane = inbound / student
    now = datetime.now(UTC)
    chance = secrets.token_hex(5)
    folder = lane / f"{student}+{assignment}+{now:%Y-%m-%d %H:%M:%S.%f} UTC+{chance}"
    folder.mkdir()
    files = {
        f"{assignment}.ipynb": data,
        "timestamp.txt": f"{now:%Y-%m-%d %H:%M:%S.%f} UTC".encode(),
        "submission_secret.txt": secrets.token_hex(64).encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    if os.getuid() == 0:
        owner = lane.stat()
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.st_uid, owner.st_gid)
    return folder
