"""A kind of submission: what its process has imported already, and what it may use up."""

from __future__ import annotations

from dataclasses import dataclass

from .inside.limits import Limits


@dataclass(frozen=True)
class Profile:
    """What all submissions of one kind have in common.

    Attributes
    ----------
    name : str
        As in `course.toml`.
    preload : tuple of str
        Modules that the warm process imports.
    rehearse : tuple of str
        Cells that it runs in a child, for the modules that they import on the way.
    hidden : tuple of str
        Packages that must not be importable beside a student's code.
    limits : Limits
        What a submission may use up.
    environment : tuple of (str, str)
        Variables of the students' processes, as pairs; none that the sandbox sets itself.
    nice : int
        By how much they give way to other processes, as of nice(2): 0 to 19.
    """

    name: str
    preload: tuple[str, ...]
    rehearse: tuple[str, ...]
    hidden: tuple[str, ...]
    limits: Limits
    environment: tuple[tuple[str, str], ...] = ()
    nice: int = 0
