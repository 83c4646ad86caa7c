"""Measures this grader beside plain `nbgrader autograde`, alternately in one run.

    python -m tests.bench                     the parts about the grader, about 25 minutes
    python -m tests.bench --part grading      the speed of grading, about a quarter of an hour
    python -m tests.bench --part diagnosis    which mistakes are named: see tests/bench/diagnosis.py
    python -m tests.bench --part service      how long students wait for feedback, some five minutes
    python -m tests.bench --part tweets       a table of models on the tweets: see tests/bench/tweets.py
    python -m tests.bench --part tried        what led to the course's network: see tests/bench/tried.py
    python -m tests.bench --part training     how fast networks are trained: see tests/bench/training.py
    python -m tests.bench --quick             smaller classes, for a first look
    python -m tests.bench --keep              keep the result in tests/bench/results.json, for the book

Both sides grade the same students' answers, each with a command of its own process. Plain nbgrader
gets an ordinary notebook with visible and hidden asserts. Writes _build/bench/grading.json:

    {"numpy": {"marginal_ratio", "class30_ratio", "seconds_per_submission", ...}, "keras": {...}, ...}

marginal_ratio : plain nbgrader's time for one further submission, in units of this grader's.
class30_ratio  : the same for a class of 30, from the command to its end.
Each is the median over the rounds; `<name>_spread` is [smallest, largest].
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from grader.assignments import ROOT
from grader.sandbox.pool import SandboxUnavailable
from tests.bench import classifier, diagnosis, service
from tests.bench.sides import KERAS, NUMPY, Ours, Plain, Subject

RESULT = ROOT / "_build" / "bench" / "grading.json"
KEPT = Path(__file__).with_name("results.json")
CLASS = 30
GOALS: dict[str, dict[str, float]] = {
    "numpy": {"marginal_ratio": 30, "class30_ratio": 18},
    "keras": {"marginal_ratio": 22.5, "class30_ratio": 12.5},
}


@dataclass(frozen=True)
class Plan:
    """How many submissions each measurement takes.

    rounds  : how often the two sides take turns.
    small, whole : classes of this grader whose difference is the cost of further submissions.
    block   : submissions that plain nbgrader gets in each round; it never sees them again.
    phases  : submissions over which the time is broken up.
    """

    rounds: int
    small: int
    whole: int
    block: int
    phases: int


FULL = {"numpy": Plan(3, 8, 48, 16, 12), "keras": Plan(3, 2, CLASS, 4, 4)}
QUICK = {"numpy": Plan(1, 4, CLASS, 4, 4), "keras": Plan(1, 2, CLASS, 2, 2)}
NETWORKS = ("tweets", "tried", "training")
PARTS = ("grading", "diagnosis", "service", *NETWORKS)
SIZES = (service.CLASS, service.FLOOD)
ENDURANCE = (50, 200, 1000)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--quick", action="store_true", help="smaller classes, one round")
    parser.add_argument("--only", choices=("numpy", "keras"), help="one kind of notebook")
    parser.add_argument("--keep", action="store_true", help="the book shall show this result")
    parser.add_argument("--part", choices=PARTS, help="measure this only; else the grader")
    options = parser.parse_args(arguments)
    if options.keep and options.quick:
        parser.error("a first look is not worth keeping")
    if options.part in NETWORKS:
        trained = networks(options.part, options.quick)
        if options.keep:
            keep({options.part: trained})
        return 0
    if options.part in (None, "diagnosis"):
        diagnosis.measure()
    if options.part in (None, "service"):
        found = service.measure((service.CLASS, service.CLASS) if options.quick else SIZES)
        if options.keep:
            keep({"service": found})
    if options.part not in (None, "grading"):
        return 0
    classifier.register()
    result: dict[str, Any] = {"about": about(options.quick)}
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for subject in (NUMPY, KERAS):
                if options.only in (None, subject.kind):
                    plan = (QUICK if options.quick else FULL)[subject.kind]
                    measured = compare(Path(folder) / subject.kind, subject, plan)
                    result[subject.kind] = measured
                    print(as_text(subject, measured), flush=True)
            if not options.quick and options.only != "keras":
                result["endurance"] = long_run(Path(folder) / "endurance")
    except SandboxUnavailable as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    write(RESULT, result)
    if options.keep:
        keep(result)
    return 0


def networks(part: str, quick: bool) -> dict[str, Any]:
    """The result of a part that trains networks; they import what the others don't need."""
    result: dict[str, Any]
    if part == "tweets":
        from tests.bench import tweets

        path, result = tweets.RESULT, tweets.measure()
    elif part == "tried":
        from tests.bench import tried

        path, result = tried.RESULT, tried.measure()
    else:
        from tests.bench import training

        path = training.RESULT
        result = training.measure(1500, 1) if quick else training.measure()
    result |= {"about": about(quick)}
    write(path, result)
    return result


def keep(result: dict[str, Any]) -> None:
    """Write it beside what was kept before."""
    earlier = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    write(KEPT, earlier | result)


def write(path: Path, result: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {os.path.relpath(path, ROOT)}")


def about(quick: bool) -> dict[str, Any]:
    """What has to be known to read the numbers."""
    programs = ("nbgrader", "ipykernel", "ipython", "numpy", "keras", "tensorflow-cpu")
    return {
        "quick": quick,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(os.getloadavg()[0], 2),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in programs},
    }


def compare(root: Path, subject: Subject, plan: Plan) -> dict[str, Any]:
    """The two sides by turns, and what follows from each round."""
    ours, plain = Ours(root / "ours", subject), Plain(root / "plain", subject)
    rounds = []
    for number in range(1, plan.rounds + 1):
        say(f"{subject.kind}, round {number} of {plan.rounds}: this grader")
        small, whole = ours.seconds(plan.small), ours.seconds(plan.whole)
        class30 = whole if plan.whole == CLASS else ours.seconds(CLASS)
        say(f"{subject.kind}, round {number} of {plan.rounds}: plain nbgrader")
        theirs = plain.run(plan.block)
        further = (whole - small) / (plan.whole - plan.small)
        rounds.append(
            {
                "seconds_per_submission": further,
                "class30_seconds": class30,
                "plain_seconds_per_submission": median(theirs.each),
                "plain_class30_seconds": theirs.of(CLASS),
                "marginal_ratio": median(theirs.each) / further,
                "class30_ratio": theirs.of(CLASS) / class30,
            }
        )
    say(f"{subject.kind}: where the time goes")
    measured = {"plan": vars(plan)} | summary(rounds)
    return measured | {"phases": in_own_process(subject, plan.phases)}


def summary(rounds: list[dict[str, float]]) -> dict[str, Any]:
    """Medians, each with its smallest and largest."""
    result: dict[str, Any] = {}
    for name in rounds[0]:
        values = [each[name] for each in rounds]
        result[name] = round(median(values), 4)
        result[f"{name}_spread"] = [round(min(values), 4), round(max(values), 4)]
    return result


def in_own_process(subject: Subject, count: int) -> dict[str, float]:
    """Phases, measured in a process that is gone when the next side has its turn."""
    command = [sys.executable, "-m", "tests.bench.phases", subject.kind, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def long_run(root: Path) -> list[dict[str, float]]:
    """Endurance of this grader alone, NumPy only: it is the number of submissions that counts."""
    from tests.bench.endurance import endurance

    say(f"a class of {ENDURANCE[-1]}: this grader")
    parts = endurance(Ours(root, NUMPY), ENDURANCE)
    print("\nendurance: seconds a submission, and the grader's memory")
    for part in parts:
        memory = part["memory"] / (1 << 20)
        print(f"  up to {part['submissions']:>4}: {part['seconds']:.3f} s  {memory:.0f} MB")
    return parts


def as_text(subject: Subject, measured: dict[str, Any]) -> str:
    """The table of one kind of notebook."""
    goals = GOALS[subject.kind]
    lines = [f"\n{subject.kind}: assignment {subject.assignment}, median [smallest, largest]"]

    def row(text: str, name: str, unit: str = " s") -> None:
        low, high = measured[f"{name}_spread"]
        goal = f"   goal {goals[name]} x" if name in goals else ""
        lines.append(f"  {text:<42} {measured[name]:8.2f}{unit}  [{low:.2f}, {high:.2f}]{goal}")

    row("a further submission, this grader", "seconds_per_submission")
    row("a further submission, plain nbgrader", "plain_seconds_per_submission")
    row("ratio", "marginal_ratio", " x")
    row(f"a class of {CLASS}, start-up included, this grader", "class30_seconds")
    row(f"a class of {CLASS}, start-up included, plain", "plain_class30_seconds")
    row("ratio", "class30_ratio", " x")
    spent = sorted(measured["phases"].items(), key=lambda item: -item[1])
    parts = ", ".join(f"{name} {1000 * seconds:.0f}" for name, seconds in spent)
    lines.append(f"  one at a time, milliseconds: {parts}")
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
