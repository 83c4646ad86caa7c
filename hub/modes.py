"""What happens to what is handed in: nothing until an instructor grades it, practice, or a grade.

`course.toml` says what holds at first; an instructor's choice is kept in the course directory, and the
services follow it within seconds.
"""

from __future__ import annotations

from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.gradebook import notes

FILE = "modes.json"
OFF, PRACTICE, GRADED = "off", "practice", "graded"
MODES = (OFF, PRACTICE, GRADED)


def modes(root: Path) -> dict[str, str]:
    """Each assignment's mode, in the course's order.

    Parameters
    ----------
    root : Path
        The course directory.

    Returns
    -------
    dict of str to str
        One of `MODES` by the name of the assignment.

    Raises
    ------
    GraderError
        Where the choices can't be read.
    """
    rules, chosen = assignments.course().service, notes.read(root / FILE)
    found = {}
    for name in assignments.names():
        usual = PRACTICE if name in rules.practice else GRADED if name in rules.graded else OFF
        found[name] = chosen[name] if chosen.get(name) in MODES else usual
    return found


def choose(root: Path, name: str, mode: str) -> None:
    """Choose an assignment's mode.

    Parameters
    ----------
    root : Path
        The course directory.
    name : str
        Of the assignment.
    mode : str
        One of `MODES`.

    Raises
    ------
    GraderError
        Where there is no such assignment of the course, or no such mode.
    """
    if name not in assignments.names():
        raise GraderError(f"{name} is not of this course: it has no checks to practise with")
    if mode not in MODES:
        raise GraderError(f"there is no mode {mode!r}; there are: {', '.join(MODES)}")
    with notes.changed(root / FILE) as chosen:
        chosen[name] = mode
