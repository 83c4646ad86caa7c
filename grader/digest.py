"""Digests of what decides a grade besides the submission: checks, reference, engine, versions, data.

They are part of a submission's fingerprint. So a check that was mended grades again by itself, and a
worker that has another version of something refuses in place of giving another grade.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.submission import Submission

ENGINE = Path(__file__).resolve().parent
_NOT_GRADING = ("gradebook", "service", "authoring")  # they store and serve what grading gave


def made_of(assignment: str) -> dict[str, str]:
    """A digest of each thing that decides a grade of this assignment, by its name for people."""
    course = assignments.course()
    profile = course.profile(course.load(assignment).profile)
    exercises = course.root / course.exercises
    checks = [*exercises.glob("*.py"), *(exercises / assignment).glob("*.py")]
    solutions = course.root / course.solutions
    reference = [solutions / "__init__.py", solutions / f"{assignment}.py"]
    parts = {
        "the checks": _files(checks, course.root),
        "the reference": _files(reference, course.root),
        "the grader": _files(_engine(), ENGINE),
        "the limits": _text(repr(sorted(asdict(profile).items()))),
        "the versions": _text(_versions(course.versions)),
    }
    for package in course.installed:
        files = [p for p in (course.root / package).rglob("*") if "__pycache__" not in p.parts]
        parts[f"the package {package}"] = _files(files, course.root)
    for variable in course.data:
        parts[f"the data (${variable})"] = _data(os.environ.get(variable))
    return parts


def require_the_same(submission: Submission) -> None:
    """GraderError where this process would grade a submission differently from who sent it."""
    here = made_of(submission.assignment)
    changed = differences(submission.made_of, here)
    if changed:
        raise GraderError(
            f"{platform.node()} has other versions of {', '.join(changed)} than the machine that"
            " records the grades: bring its checkout, environment and data to the same state"
        )


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of the parts that changed."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def _engine() -> Iterable[Path]:
    for path in ENGINE.rglob("*.py"):
        if path.relative_to(ENGINE).parts[0] not in _NOT_GRADING:
            yield path


def _files(paths: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(f"{path.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _versions(packages: Iterable[str]) -> str:
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
    return _text("".join(hashlib.sha256(p.read_bytes()).hexdigest() for p in paths))


def _text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
