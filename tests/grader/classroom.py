"""A class of students for tests: right, blank and wrong submissions of an assignment."""

from __future__ import annotations

import copy
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader import assignments
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.release import release
from grader.judging.judge import reference_source


def _read(path: Path) -> dict:
    """A notebook with the source of each cell in one piece."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


class Classroom:
    """A course directory with one released assignment, and submissions made from its source."""

    def __init__(self, root: Path, name: str):
        self.course, self.name = CourseDirectory(root), name
        release(self.course, name)
        self.solved = _read(root / "source" / name / f"{name}.ipynb")
        self.blank = _read(self.course.release(name))

    def with_answer(self, function: str, source: str) -> dict:
        """The solved notebook with another source in one answer cell."""
        notebook = copy.deepcopy(self.solved)
        self.cell(notebook, function)["source"] = source
        return notebook

    def with_misconception(self, function: str, label: str) -> dict:
        assignment = assignments.load(self.name)
        check = assignment[function]
        known = next(m for m in check.misconceptions if m.label == label)
        return self.with_answer(function, known.code(reference_source(assignment, check)))

    @staticmethod
    def cell(notebook: dict, grade_id: str) -> dict:
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
                return cell
        raise KeyError(grade_id)

    def folder(self, student: str) -> Path:
        return self.course.root / "submitted" / student / self.name

    def submit(self, student: str, notebook: dict | bytes, timestamp: str | None = None) -> None:
        folder = self.folder(student)
        folder.mkdir(parents=True, exist_ok=True)
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        (folder / f"{self.name}.ipynb").write_bytes(data)
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp)


@contextmanager
def rewritten(folder: Path, name: str, notebook: dict) -> Iterator[None]:
    """A submission is half there, whole, and has another file, again and again, while the body runs."""
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            for data in (b'{"cells": [', json.dumps(notebook).encode()):
                (folder / f"{name}.ipynb").write_bytes(data)
                (folder / "other").write_bytes(os.urandom(1000))
                (folder / "other").unlink()

    thread = threading.Thread(target=rewrite)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
