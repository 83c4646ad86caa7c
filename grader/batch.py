"""Grades a class: executes submissions in parallel and records each as soon as it is done.

Executing is pure (`grading.grade`), so it runs in threads here or on the workers of a Dask cluster,
with the same result to the byte. Recording has one writer: this process.

What takes long to import is imported while the first students' process starts: until then nothing can
be graded.
"""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing.pool import ThreadPool

from grader import assignments, digest
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.importing import import_nbgrader
from grader.gradebook.lock import locked
from grader.gradebook.record import Recorder, changes
from grader.notebooks import own_tests
from grader.sandbox import pool
from grader.sandbox.pool import SandboxBroken, SandboxUnavailable
from grader.sandbox.profile import Profile
from grader.submission import Graded, Submission, fingerprint

AT_A_TIME = (os.cpu_count() or 1) + 1
"""The number of submissions that keeps the cores of this machine at work: one of them always waits for its
process to start, or for word from the other side.
"""


@dataclass
class Summary:
    """What a batch did.

    Attributes
    ----------
    graded : list of str
        Who got a grade.
    again : dict of str to list of str
        Of those, who had one that was out of date, and what had changed.
    skipped : list of str
        Who had a grade already.
    failed : dict of str to str
        Who got none because the grader itself failed, and why.
    """

    graded: list[str] = field(default_factory=list)
    again: dict[str, list[str]] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Executed:
    """One submission after executing: its graded notebook, or why the grader failed on it."""

    student: str
    graded: Graded | None
    error: str = ""


def submissions(
    course: CourseDirectory, assignment: str, students: list[str] | None = None
) -> tuple[list[Submission], dict[str, str]]:
    """The submissions of a class, or of the named students; and why others could not be read."""
    course.require_assignment(assignment)  # an unknown name is said before anything else
    release = course.release_text(assignment)  # so is a missing release
    made_of = digest.made_of(assignment)
    present = course.students(assignment)
    unknown = sorted(set(students or ()) - set(present))
    if unknown:
        raise GraderError(
            f"nothing was submitted for {assignment!r} by {', '.join(unknown)}: look for the folder"
            f" {course.root / 'submitted'}/STUDENT/{assignment}"
        )
    found, unread = [], {}
    for student in present:
        if students is not None and student not in students:
            continue
        try:
            one = course.submission(assignment, student, release=release, made_of=made_of)
        except OSError as error:  # somebody moved the folder, or may not read it: the others go on
            unread[student] = f"{error.filename or student}: {error.strerror}"
        else:
            found.append(one)
    return found, unread


def autograde(
    course: CourseDirectory,
    assignment: str,
    *,
    students: list[str] | None = None,
    force: bool = False,
    jobs: int = 1,
    sandbox: str = "bubblewrap",
    dask: str | None = None,
    progress: Callable[[Iterator[Executed], int], Iterable[Executed]] = lambda work, total: work,
    known: Mapping[str, Graded] | None = None,
) -> Summary:
    """Grade what has no grade yet or one that is out of date, or with `force` everything.

    Parameters
    ----------
    course : CourseDirectory
        Where submissions lie and grades go.
    assignment : str
        Its name.
    students : list of str, optional
        Only these; by default all who handed in.
    force : bool, default False
        Also grade what has a grade that is up to date.
    jobs : int, default 1
        Submissions at a time on this machine.
    sandbox : str, default 'bubblewrap'
        "bubblewrap", or "none" for trusted code.
    dask : str, optional
        Address of a Dask scheduler; its workers execute in place of this machine.
    progress : callable, optional
        Wraps the iterator over finished submissions, as tqdm does.
    known : mapping of str to Graded, optional
        What `executed` gave before, by fingerprint.

    Returns
    -------
    Summary
        Who was graded, who was not, and why.

    Raises
    ------
    GraderError
        Where nothing can be graded: no such assignment or student, no release, no scheduler,
        a worker in another state, or no writing to the gradebook.
    SandboxUnavailable
        Where the system offers no sandbox.
    """
    course.require_assignment(assignment)  # an unknown name is said before anything else
    with locked(course.root, f"`grader autograde {assignment}`"):
        return _autograde(
            course, assignment, students, force, jobs, sandbox, dask, progress, known or {}
        )


def executed(
    course: CourseDirectory,
    assignment: str,
    student: str,
    sandbox: str = "bubblewrap",
    known: Mapping[str, Graded] | None = None,
) -> dict[str, Graded]:
    """Execute a student's submission if `autograde` would; it holds no lock and records nothing.

    Parameters
    ----------
    course : CourseDirectory
        Where submissions lie.
    assignment : str
        Its name.
    student : str
        Whose submission it is.
    sandbox : str, default 'bubblewrap'
        "bubblewrap", or "none" for trusted code.
    known : mapping of str to Graded, optional
        What it gave before, where that could not be recorded: it is given again.

    Returns
    -------
    dict of str to Graded
        By its fingerprint, as `autograde` takes it; empty where there is a grade that is up to date.

    Raises
    ------
    GraderError
        Where it can't be graded.
    """
    found, unread = submissions(course, assignment, [student])
    if unread:
        raise GraderError(f"no grade for {student}: {unread[student]}")
    (submission,) = found
    if changes(course, submission) == []:
        return {}
    mark = fingerprint(submission)
    if known and mark in known:
        return {mark: known[mark]}
    result = _execute(submission, sandbox)
    if result.graded is None:
        raise GraderError(f"no grade for {student}: {result.error}")
    return {mark: result.graded}


def _autograde(
    course: CourseDirectory,
    assignment: str,
    students: list[str] | None,
    force: bool,
    jobs: int,
    sandbox: str,
    dask: str | None,
    progress: Callable[[Iterator[Executed], int], Iterable[Executed]],
    known: Mapping[str, Graded],
) -> Summary:
    summary = Summary()
    todo = {}
    handed_in, summary.failed = submissions(course, assignment, students)
    for submission in handed_in:
        changed = changes(course, submission)
        if changed == [] and not force:
            summary.skipped.append(submission.student)
            continue
        todo[submission.student] = submission
        if changed:
            summary.again[submission.student] = changed
    if not todo:
        return summary
    course.require_gradebook(assignment, write=True)
    done = [
        Executed(one.student, known[mark])
        for one in todo.values()
        if known and (mark := fingerprint(one)) in known
    ]
    work = [todo[name] for name in todo if name not in {one.student for one in done}]
    if work and not dask:
        pool.start(_profile(work[0]), sandbox)
    _import_nbgrader_meanwhile()
    results = _on_dask(work, dask, sandbox) if dask else _in_threads(work, jobs, sandbox)
    recorder = None
    try:
        for result in progress(chain(done, results), len(todo)):
            if result.graded is None:
                summary.failed[result.student] = result.error
                continue
            recorder = recorder or Recorder(course)
            try:
                recorder.record(todo[result.student], result.graded)
            except GraderError:  # there is no writing, for nobody
                raise
            except Exception:  # a notebook that nbgrader does not bear: the others go on
                summary.failed[result.student] = traceback.format_exc()
                continue
            summary.graded.append(result.student)
    finally:
        if recorder:
            recorder.__exit__()
    summary.graded.sort()
    return summary


def _profile(submission: Submission) -> Profile:
    if own_tests.is_own(submission.assignment):
        return own_tests.profile(submission.release)
    return assignments.profile(assignments.load(submission.assignment).profile)


def _import_nbgrader_meanwhile() -> None:
    """Its import takes a second, which passes while the first processes start."""

    def load() -> None:
        import_nbgrader()
        import nbgrader.api
        import nbgrader.coursedir  # noqa: F401

    threading.Thread(target=load, daemon=True).start()


def _in_threads(work: list[Submission], jobs: int, sandbox: str) -> Iterator[Executed]:
    """The work is in the students' processes, so threads do; results come as they are ready."""
    with ThreadPool(jobs) as threads:
        yield from threads.imap_unordered(partial(_execute, sandbox=sandbox), work)


def _on_dask(work: list[Submission], address: str, sandbox: str) -> Iterator[Executed]:
    """The same on a cluster, whose workers run in a checkout of this project."""
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise GraderError(f"no Dask scheduler answers at {address!r}: {error}") from error
    with client:
        futures = {
            client.submit(_execute, submission, sandbox, pure=False): submission.student
            for submission in work
        }
        for future in as_completed(futures):
            try:
                yield future.result()
            except (SandboxUnavailable, GraderError):
                raise
            except Exception as error:  # a worker died, or has no checkout
                yield Executed(futures[future], None, f"the cluster failed: {error!r}")


def _execute(submission: Submission, sandbox: str) -> Executed:
    from grader.grading import grade

    try:
        return Executed(submission.student, grade(submission, sandbox))
    except SandboxBroken as error:  # it waits for the next run; the others go on
        return Executed(
            submission.student, None, f"{str(error).rstrip('.')}. Run the same command again."
        )
    except (SandboxUnavailable, GraderError):
        raise
    except Exception:  # the grader's fault, not the student's: leave it for a person, go on
        return Executed(submission.student, None, traceback.format_exc())
