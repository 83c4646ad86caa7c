"""A kind of submission: what its process has imported already, and what it may use up."""

from __future__ import annotations

from dataclasses import dataclass

from .inside.limits import Limits


@dataclass(frozen=True)
class Profile:
    """What all submissions of one kind have in common.

    name     : as in `course.toml`.
    preload  : modules that the warm process imports.
    rehearse : cells that it runs in a child, for the modules that they import on the way.
    hidden   : packages that must not be importable beside a student's code.
    limits   : what a submission may use up.
    environment : variables of the students' processes, as pairs; none that the sandbox sets itself.
    """

    name: str
    preload: tuple[str, ...]
    rehearse: tuple[str, ...]
    hidden: tuple[str, ...]
    limits: Limits
    environment: tuple[tuple[str, str], ...] = ()
