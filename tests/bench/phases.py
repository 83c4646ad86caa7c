"""Where the time of one submission goes: fork, cells, questions, judging, recording."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import grader.grading
from grader.batch import autograde
from grader.gradebook.record import Recorder
from grader.sandbox.process import StudentProcess
from tests.bench import classifier
from tests.bench.sides import KERAS, NUMPY, Ours

WARM_UP = 2


def phases(ours: Ours, count: int) -> dict[str, float]:
    """Seconds a submission spends in each phase, one at a time, the processes being warm."""
    room = ours.class_of(WARM_UP + count)
    students = room.course.students(room.name)
    spent: dict[str, float] = defaultdict(float)
    with _timed(spent):
        autograde(room.course, room.name, students=students[:WARM_UP])
        spent.clear()
        start = time.monotonic()
        autograde(room.course, room.name, students=students[WARM_UP:])
        total = time.monotonic() - start
    spent["rest"] = total - sum(spent.values())
    return {phase: seconds / count for phase, seconds in spent.items()}


@contextmanager
def _timed(spent: dict[str, float]) -> Iterator[None]:
    """Stop watches around what a submission passes through."""

    def watched(owner: object, name: str, phase: str):
        function = getattr(owner, name)

        def timed(*arguments, **options):
            start = time.monotonic()
            try:
                return function(*arguments, **options)
            finally:
                spent[phase] += time.monotonic() - start

        return patch.object(owner, name, timed)

    with (
        watched(StudentProcess, "__init__", "fork"),
        watched(StudentProcess, "run", "cells"),
        watched(StudentProcess, "ask", "questions"),
        watched(StudentProcess, "close", "end"),
        watched(grader.grading, "judge", "judging"),
        watched(Recorder, "record", "recording"),
    ):
        yield


def main(kind: str, count: str) -> None:
    """Print the phases of one kind of notebook as JSON."""
    classifier.register()
    with tempfile.TemporaryDirectory(prefix="phases-") as folder:
        subject = {"numpy": NUMPY, "keras": KERAS}[kind]
        print(json.dumps(phases(Ours(Path(folder), subject), int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
