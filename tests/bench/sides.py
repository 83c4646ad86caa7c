"""The two sides: prepare a class, grade it with a command of its own process, take the time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from nbgrader.api import Gradebook

from grader import assignments
from grader.assignments import ROOT
from grader.judging.judge import reference_source
from tests.bench import classifier, ordinary
from tests.grader.classroom import Classroom

Answers = dict[str, str]


@dataclass(frozen=True)
class Subject:
    """What is graded: an assignment, and how an ordinary instructor would test it."""

    kind: str
    assignment: str
    hidden: dict[str, str]
    reference: str


NUMPY = Subject("numpy", "lstm", ordinary.LSTM, "solutions.lstm")
KERAS = Subject("keras", classifier.NAME, classifier.HIDDEN, "tests.bench.classifier.reference")


def answers(name: str, number: int) -> Answers:
    """The answer cells in which student `number` differs from the reference.

    Every third student has everything right; the others make one known mistake each.
    """
    assignment = assignments.load(name)
    mistakes = [(check, known) for check in assignment.checks for known in check.misconceptions]
    if number % 3 == 0 or not mistakes:
        return {}
    check, known = mistakes[number % len(mistakes)]
    return {check.function: known.code(reference_source(assignment, check))}


class Ours:
    """This grader. Every run grades a new class in a new course directory."""

    def __init__(self, root: Path, subject: Subject):
        self.subject, self._root, self._runs = subject, root, 0
        self.room = Classroom(root / "template", subject.assignment)

    def class_of(self, count: int) -> Classroom:
        """A released assignment with `count` submissions and no grades."""
        self._runs += 1
        root = self._root / f"run-{self._runs}"
        shutil.copytree(self.room.course.root, root)
        room = object.__new__(Classroom)
        room.__dict__.update(self.room.__dict__ | {"course": type(self.room.course)(root)})
        for number in range(count):
            notebook = room.blank | {"cells": [dict(cell) for cell in room.solved["cells"]]}
            for function, source in answers(self.subject.assignment, number).items():
                room.cell(notebook, function)["source"] = source
            room.submit(f"student-{number:04}", notebook)
        return room

    def command(self, room: Classroom) -> list[str]:
        name, root = self.subject.assignment, str(room.course.root)
        return [sys.executable, "-m", "tests.bench.ours", "autograde", name, "--course", root]

    def seconds(self, count: int) -> float:
        """For a class of `count`, from the command to its end."""
        room = self.class_of(count)
        start = time.monotonic()
        done = subprocess.run(self.command(room), cwd=ROOT, capture_output=True, text=True)
        elapsed = time.monotonic() - start
        expect_all(room, count, done.stderr)
        shutil.rmtree(room.course.root)
        return elapsed


@dataclass(frozen=True)
class PlainRun:
    """One `nbgrader autograde`: seconds before the first submission, and of each one."""

    start: float
    each: list[float]

    def of(self, count: int) -> float:
        """A class of `count`: plain nbgrader grades one submission after the other."""
        return self.start + count * median(self.each)


class Plain:
    """`nbgrader autograde` as it comes. Every run adds submissions to one class and grades these."""

    def __init__(self, root: Path, subject: Subject):
        self.subject, self._students = subject, 0
        self.room = ordinary.OrdinaryClassroom(
            root, subject.assignment, subject.hidden, subject.reference
        )

    def run(self, count: int) -> PlainRun:
        name = self.subject.assignment
        first, self._students = self._students, self._students + count
        for number in range(first, self._students):
            notebook = self.room.answered(answers(self.subject.assignment, number))
            self.room.submit(f"student-{number:04}", notebook)
        start, clock = time.monotonic(), time.time()
        done = ordinary.nbgrader(self.room.course.root, "autograde", name)
        elapsed = time.monotonic() - start
        expect_all(self.room, self._students, done.stderr)
        times = (path.stat().st_mtime for _, path in self.room.course.graded(name))
        new = sorted(when for when in times if when >= clock)
        each = [later - earlier for earlier, later in pairwise(new)]
        return PlainRun(elapsed - count * median(each), each)


def expect_all(room: Classroom, count: int, log: str) -> None:
    """A side that did not grade everybody, or not the best in full, has no time to show."""
    with Gradebook(room.course.db_url) as gradebook:
        found = {s.student.id: s.score for s in gradebook.assignment_submissions(room.name)}
        best = gradebook.find_assignment(room.name).max_code_score
    graded = sum(1 for _ in room.course.graded(room.name))
    if graded != count or found["student-0000"] != best:
        raise RuntimeError(f"{graded} of {count} graded, the best got {found}:\n{log[-3000:]}")
