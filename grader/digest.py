"""Digests of what decides a grade besides the submission: checks, reference, engine, versions, data.

They are part of a submission's fingerprint. So a mended check leads to a new grade by itself, and a
worker that has another version of something refuses instead of giving another grade.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.submission import Submission

ENGINE = Path(__file__).resolve().parent
_NOT_GRADING = ("gradebook", "service", "authoring")  # they store and serve what grading gave


def made_of(assignment: str) -> dict[str, str]:
    """A digest of each thing that decides a grade of this assignment, by its name for people."""
    course = assignments.course()
    parts = _of_its_own(course, assignment)
    parts |= {
        "the grader": _LOADED,
        "the versions": _text(_versions(course.versions)),
    }
    for package in course.installed:
        parts[f"the package {package}"] = _files(_package(course.root / package), course.root)
    for variable in course.data:
        parts[f"the data (${variable})"] = _data(os.environ.get(variable))
    return parts


def _of_its_own(course: assignments.Course, assignment: str) -> dict[str, str]:
    """What one assignment has: checks, reference and a kind; or tests, which its release holds."""
    if assignment not in course.names():
        kinds = [sorted(asdict(profile).items()) for profile in course.profiles.values()]
        return {"the limits": _text(repr(kinds))}
    profile = course.profile(course.load(assignment).profile)
    return {
        "the checks": _files(course.check_files(assignment), course.root),
        "the reference": _files(course.reference_files(assignment), course.root),
        "the limits": _text(repr(sorted(asdict(profile).items()))),
    }


def require_the_same(submission: Submission) -> None:
    """Refuse a submission that this process would grade differently from the one that sent it.

    Parameters
    ----------
    submission : Submission
        With digests of the state in which it was sent.

    Raises
    ------
    GraderError
        Where versions, checks, data or anything else that decides a grade differ here.
    """
    here = made_of(submission.assignment)
    changed = differences(submission.made_of, here)
    if changed:
        raise GraderError(
            f"{platform.node()} has other versions of {', '.join(changed)} than the machine that"
            " records the grades: bring its checkout, environment and data to the same state"
        )


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of the parts that changed.

    Parameters
    ----------
    before, now : mapping of str to str
        Digests by the name of what they are of.

    Returns
    -------
    list of str
        Sorted; empty where all is the same.
    """
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def _engine() -> Iterable[Path]:
    for path in ENGINE.rglob("*.py"):
        if path.relative_to(ENGINE).parts[0] not in _NOT_GRADING:
            yield path


def _package(root: Path) -> Iterable[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(folder, name) for name in names)


def _files(paths: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    start = len(f"{root}{os.sep}")
    for path in sorted(paths):
        if held := assignments.digest_of_file(path):
            digest.update(f"{str(path)[start:]}\0".encode() + held)
    return digest.hexdigest()


@cache  # what is installed anew is not what this process has imported
def _versions(packages: tuple[str, ...]) -> str:
    versions = [f"python {platform.python_version()}"]
    for name in packages:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{name} absent")
    return "\n".join(versions)


def _data(path: str | None) -> str:
    """Of what the file, or the files of the folder, hold; wherever they lie."""
    if not path:
        return ""
    target = Path(path).expanduser()
    paths = [target] if target.is_file() else sorted(target.glob("*.csv"))
    held = filter(None, map(assignments.digest_of_file, paths))
    return _text("".join(digest.hex() for digest in held))


def _text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Of the engine that this process runs: one that was changed on disk since is not the one that grades.
_LOADED = _files(_engine(), ENGINE)
