"""Finds the assignments of this checkout."""

from __future__ import annotations

import importlib
from pathlib import Path

from exercises.checking import Assignment
from grader.errors import GraderError

ROOT = Path(__file__).resolve().parents[1]
ORDER = (
    "context",
    "unrolling",
    "bptt",
    "lstm",
    "overfitting",
    "regularization",
    "search",
    "tweets",
)


def names() -> list[str]:
    """The assignments that have a sheet, in the order of the chapters."""
    return [name for name in ORDER if sheet(name).is_file()]


def sheet(name: str) -> Path:
    """The exercise sheet of an assignment: the one source of its notebook."""
    return ROOT / "exercises" / name / f"{name}.md"


def load(name: str) -> Assignment:
    """The checks of an assignment; GraderError for a name that is none."""
    if name not in names():
        raise GraderError(f"there is no assignment {name!r}; there are: {', '.join(names())}")
    return importlib.import_module(f"exercises.{name}.checks").ASSIGNMENT
