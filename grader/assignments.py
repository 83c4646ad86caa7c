"""Finds the assignments of this checkout."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

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
    import_when_used("keras")
    return importlib.import_module(f"exercises.{name}.checks").ASSIGNMENT


class _WhenUsed(ModuleType):
    """Stands for a module until something of it is asked for; then that is imported."""

    def __getattr__(self, attribute: str):
        if attribute.startswith("__") and attribute != "__path__":
            raise AttributeError(attribute)  # whoever walks through all modules uses none
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), attribute)


def import_when_used(name: str) -> None:
    """Let `import name` cost nothing until something of it is used.

    Reference modules import Keras at their top, as the student's notebook does; but trained models are
    judged by properties, so that the grader's own process rarely needs it. It takes seconds and
    hundreds of megabytes.
    """
    if name not in sys.modules and (spec := importlib.util.find_spec(name)):
        sys.modules[name] = _WhenUsed(name)
        sys.modules[name].__spec__ = spec
