"""Proves that a check judges right, in this process and without a sandbox.

The reference gets everything, each misconception nothing and its own name, right answers in other
styles everything, and no small change of the reference that changes what it does goes unnoticed.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import FrameType

import numpy as np

from grader.authoring.mutants import mutants
from grader.authoring.trials import equivalents, styles
from grader.checks import Assignment, Case, Check
from grader.judging.judge import answers_of, is_right, judge, reference_source
from grader.submission import Verdict

SEEDS = 3  # for what is wrong, and for styles
REFERENCE_SEEDS = 20  # for the reference: at most so many
REFERENCE_SECONDS = 3.0  # no new seed is begun after these
MUTANT_SECONDS = 30
FEWEST = 3  # misconceptions, and other styles, of a check
WAITING = 20  # times its limit, by the clock: until what doesn't compute is stopped


@contextmanager
def time_limit(seconds: int, raised: type[BaseException] = TimeoutError) -> Iterator[None]:
    """An exception instead of an endless loop; in a process's main thread.

    Parameters
    ----------
    seconds : int
        Of the processor's time, after which it is raised: on a busy machine all takes longer.
        What doesn't compute at all is stopped, too, after `WAITING` times as long.
    raised : type[BaseException], default TimeoutError
        Its class; none that derives from Exception where the code itself catches those.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise raised(f"still running after {seconds} s")

    kinds = (signal.SIGPROF, signal.SIGALRM)
    previous = [signal.signal(kind, stop) for kind in kinds]
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(WAITING * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for kind, handler in zip(kinds, previous, strict=True):
            signal.signal(kind, handler)


class Proof:
    """One check of an assignment on trial; each question yields what is wrong, in words.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        The one on trial.
    seeds : iterable of int, default range(SEEDS)
        Of the inputs on which it is tried.
    """

    def __init__(self, assignment: Assignment, check: Check, seeds: Iterable[int] = range(SEEDS)):
        self.assignment, self.check, self.seeds = assignment, check, tuple(seeds)
        self.reference_text = reference_source(assignment, check)
        self.cases = cache(self._cases)

    def _cases(self, seed: int) -> list[Case]:
        return self.check.draw(np.random.default_rng(seed))

    def verdict(self, source: str, seed: int) -> Verdict:
        """The verdict on a function given as source; what it calls is the reference's."""
        return self._judged(source, self.cases(seed))

    def _judged(self, source: str, cases: list[Case]) -> Verdict:
        answers = answers_of(self.assignment, self.check, source, cases)
        return judge(self.assignment, self.check, cases, answers)

    def _is_right(self, source: str, cases: list[Case]) -> bool:
        """The same without the reason why not, which takes a hundred times as long."""
        if self.check.judge is not None:
            return self._judged(source, cases).share == 1
        answers = answers_of(self.assignment, self.check, source, cases)
        return is_right(self.assignment, self.check, cases, answers)

    def reference(self, seeds: Iterable[int] | None = None) -> Iterator[str]:
        """The reference gets full marks."""
        for seed in self.seeds if seeds is None else seeds:
            found = self.verdict(self.reference_text, seed)
            if found.share != 1:
                yield f"the reference gets {found.share:.0%} on seed {seed}: {found.hint}"

    def misconceptions(self) -> Iterator[str]:
        """Each gets nothing, and its own name: other answers than those before it give."""
        for known in self.check.misconceptions:
            source = known.code(self.reference_text)
            for seed in self.seeds:
                found = self.verdict(source, seed)
                if found.share:
                    yield f"the misconception {known.label!r} gets {found.share:.0%} on seed {seed}"
                elif found.misconception != known.label:
                    other = found.misconception
                    why = f"gives the same answers as {other!r}" if other else "isn't known again"
                    yield f"the misconception {known.label!r} {why} on seed {seed}"
                elif not found.hint:
                    yield f"the misconception {known.label!r} says nothing to the student"
                else:
                    continue
                break

    def styles(self) -> Iterator[str]:
        """Other right answers get full marks."""
        for style, source in styles(self.assignment.name).get(self.check.function, {}).items():
            for seed in self.seeds:
                found = self.verdict(source, seed)
                if found.share != 1:
                    yield f"the style {style!r} gets {found.share:.0%} on seed {seed}: {found.hint}"
                    break

    def mutants(self) -> Iterator[str]:
        """Each change of the reference is caught on every seed, but those known to change nothing."""
        known = equivalents(self.assignment.name).get(self.check.function, {})
        seen = set()
        for description, source in mutants(self.reference_text):
            seen.add(description)
            if description not in known and not self._caught(source):
                yield f"nobody notices the change {description}"
        if not seen:
            yield "there is nothing in the reference that could be changed"
        for description in set(known) - seen:
            yield f"equivalents.py names a change that no longer exists: {description}"

    def _caught(self, source: str) -> bool:
        return all(self._caught_on(seed, source) for seed in self.seeds)

    def _caught_on(self, seed: int, source: str) -> bool:
        cases = self.cases(seed)
        # compared case by case, the first that differs will do
        parts = [cases] if self.check.judge else [[case] for case in cases]
        try:
            with time_limit(MUTANT_SECONDS), np.errstate(all="ignore"):
                return any(not self._is_right(source, part) for part in parts)
        except Exception:  # it never ends, or breaks where it is defined: nobody can hand that in
            return True


@dataclass
class Report:
    """What a proof found.

    Attributes
    ----------
    problems : list of str
        What is wrong; the checks don't hold.
    missing : list of str
        What an author still owes.
    seconds : float
        That all of it took.
    once : float
        Seconds that the reference takes for the cases of one seed.
    """

    function: str
    seeds: int = 0
    misconceptions: int = 0
    styles: int = 0
    mutants: int = 0
    problems: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    seconds: float = 0.0
    once: float = 0.0


def prove(assignment: Assignment, check: Check) -> Report:
    """All questions at once, the reference on many seeds."""
    proof, start = Proof(assignment, check), time.perf_counter()
    report = Report(check.function)
    for seed in range(REFERENCE_SEEDS):
        if report.seeds and time.perf_counter() - start > REFERENCE_SECONDS:
            break
        report.problems += proof.reference([seed])
        report.seeds += 1
    report.once = (time.perf_counter() - start) / report.seeds
    for question in (proof.misconceptions, proof.styles, proof.mutants):
        report.problems += question()
    report.misconceptions = len(check.misconceptions)
    report.styles = len(styles(assignment.name).get(check.function, {}))
    report.mutants = sum(1 for _ in mutants(proof.reference_text))
    for count, what in ((report.misconceptions, "misconceptions"), (report.styles, "styles")):
        if count < FEWEST:
            report.missing.append(f"there are {count} {what}; {FEWEST} are the least")
    report.seconds = time.perf_counter() - start
    return report
