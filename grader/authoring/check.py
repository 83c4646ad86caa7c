"""`grader check`: says whether the checks of an assignment hold, and what an author still owes."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from grader import assignments
from grader.authoring.proof import Report, prove
from grader.notebooks import build

Task = tuple[str, str]


def check(names: list[str], jobs: int = 1) -> bool:
    """Print a line for each check of these assignments, and what is wrong or still owed below it.

    Parameters
    ----------
    names : list of str
        Of the assignments.
    jobs : int, default 1
        Processes that try checks at the same time.

    Returns
    -------
    bool
        Whether all checks hold.

    Raises
    ------
    GraderError
        Where a declaration or a sheet is wrong; nothing is tried then.
    """
    for name in names:
        build.build(name)  # GraderError where what is declared or the sheet is wrong
    tasks = [(name, c.function) for name in names for c in assignments.load(name).checks]
    start, sound, owed = time.perf_counter(), True, 0
    shown = ""
    for (name, _), report in zip(tasks, _reports(tasks, jobs), strict=True):
        if name != shown:
            print(name)
            shown = name
        print("\n".join(lines(report)))
        sys.stdout.flush()
        sound &= not report.problems
        owed += len(report.missing)
    verdict = "the checks hold" if sound else "the checks do NOT hold"
    rest = f"; still owed: {owed}, see above" if owed else ""
    print(f"{verdict} ({len(tasks)} of them, {time.perf_counter() - start:.1f} s){rest}")
    return sound


def lines(report: Report) -> Iterator[str]:
    """A report as text, what is wrong below it."""
    mark = "no" if report.problems else "ok"
    yield (
        f"  {mark}  {report.function:24} reference right on {report.seeds} seeds ({report.once:.2f} s"
        f" each), {report.misconceptions} misconceptions, {report.styles} styles,"
        f" {report.mutants} changes, {report.seconds:.1f} s"
    )
    for problem in report.problems:
        yield f"        {problem}"
    for missing in report.missing:
        yield f"        owed: {missing}"


def _reports(tasks: list[Task], jobs: int) -> Iterator[Report]:
    """In the order of the tasks, each as soon as it is there."""
    if jobs == 1 or len(tasks) == 1:
        yield from map(_prove, tasks)
        return
    # Forked, so that what is imported need not be imported again. No framework that minds a fork is
    # imported yet: `course.toml` lists them as lazy.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context) as pool:
        yield from pool.map(_prove, tasks)


def _prove(task: Task) -> Report:
    name, function = task
    assignment = assignments.load(name)
    return prove(assignment, assignment[function])
