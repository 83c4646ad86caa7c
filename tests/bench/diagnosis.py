"""Which mistakes are named: answers written from the docstrings alone, and what they are told.

    python -m tests.bench --part diagnosis               the table, and _build/bench/diagnosis.json
    python -m tests.bench.diagnosis --hints [lstm ...]   every hint, to be read

`answers/` served to develop the diagnosis. `held_out/` was read for the first time after that: `FIRST`
is what it showed then, before anything was mended that it brought to light; since then it is known, too,
and only new answers can tell anew. A section is

    # === wrong FUNCTION | the mistake, in its author's words

or `right FUNCTION | the style`. Whether a hint fits is judged by people: `reviewed.json` keeps, for
each wrong answer, the label of the hint that was read and whether it fits. A hint that nobody has read
yet is counted as unreviewed, neither as right nor as wrong. (`also` has the labels of other answers that
were given the same name.)
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import numpy as np

from grader import assignments
from grader.assignments import ROOT
from grader.authoring.proof import time_limit
from grader.checks import Case
from grader.grading import CHANGED, CHANGED_SECONDS
from grader.judging.evidence import CellError, Context
from grader.judging.judge import answers_of, judge
from grader.sandbox.inside.wire import Answer, Unsupported, WireError, dump, load
from grader.submission import Verdict

RESULT = ROOT / "_build" / "bench" / "diagnosis.json"
CORPORA = ("answers", "held_out")
FIRST = {
    "wrong": 622,
    "named": 0.9293,
    "wrongly_named": 13,
    "right_lost": 0,
    "wrong_with_full_marks": 1,
}
"""The first reading of `held_out`, all hints read: 578 of 622 were named, 16 of those wrongly.

The answers to `after` came later, both halves of them from its sheet alone: 70 of 79 wrong ones were named,
3 of those wrongly, one had full marks, and none of 21 right ones lost a point.
"""
REVIEWED = Path(__file__).with_name("reviewed.json")
SECONDS = 15  # other work may go on beside it
LARGEST = 8 << 20


class TooLong(BaseException):
    """Not an Exception: what runs answers takes those for the answer."""


@dataclass(frozen=True)
class Written:
    """An answer that somebody wrote.

    corpus     : "answers" or "held_out".
    right      : whether its author meant it to be right.
    about      : the mistake or the style, in the author's words.
    """

    corpus: str
    assignment: str
    function: str
    right: bool
    about: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.function} | {self.about}"


@dataclass(frozen=True)
class Told:
    """An answer, what it was told, and how long the judging took."""

    written: Written
    verdict: Verdict
    seconds: float


def corpus(names: tuple[str, ...] = CORPORA) -> list[Written]:
    found = []
    for name in names:
        for path in sorted(Path(__file__).with_name(name).glob("*.py")):
            parts = re.split(r"(?m)^(?=# === )", path.read_text(encoding="utf-8"))
            for part in parts[1:]:
                head, _, source = part.partition("\n")
                matched = re.fullmatch(r"# === (right|wrong) (\w+) \| (.*)", head)
                if matched is None:
                    raise ValueError(f"{path.name}: {head}")
                kind, function, about = matched.groups()
                found.append(Written(name, path.stem, function, kind == "right", about, source))
    return found


def tell(written: Written, seed: int = 0) -> Told:
    """Judge one answer as grading does, in this process."""
    assignment = assignments.load(written.assignment)
    check = assignment[written.function]
    cases = check.draw(np.random.default_rng(seed))
    source, errors = _cell(written)
    seconds = SECONDS
    if assignment.profile == "keras":
        importlib.import_module("keras")  # long, and not to be stopped in the middle
        seconds = int(2 * check.seconds)

    def ask(cases: list[Case]) -> list[Answer]:
        with _quiet(), time_limit(seconds, TooLong):
            return [_sent(each) for each in answers_of(assignment, check, source, cases)]

    try:
        answers = ask(cases)
    except TooLong:
        hint = f"`{check.function}` takes far too long. Does a loop in it never end?"
        stopped = Verdict(check.function, check.points, 0.0, hint, "error:time", "stopped", "error")
        return Told(written, stopped, 0.0)

    def ask_changed(cases: list[Case], sources: list[str]) -> list[Answer]:
        changed = [case | {CHANGED: text} for case, text in zip(cases, sources, strict=True)]
        call = check.expression_after(CHANGED, cases[0])
        try:
            with _quiet(), time_limit(int(CHANGED_SECONDS), TooLong):
                asked = replace(check, call=call)
                return [_sent(each) for each in answers_of(assignment, asked, source, changed)]
        except TooLong:
            return []

    if errors:
        missing = ("NameError", "Exception")
        answers = [Answer(raised=missing, message=f"name '{check.function}' is not defined")]
    context = Context(written.source, errors, ask, ask_changed=ask_changed)
    start = time.process_time()
    verdict = judge(assignment, check, cases, answers, context=context)
    return Told(written, verdict, time.process_time() - start)


def _cell(written: Written) -> tuple[str, tuple[CellError, ...]]:
    """The source to run, and what its cell ends with if it cannot be run."""
    try:
        compile(written.source, written.name, "exec")
    except SyntaxError as error:
        return "", (CellError(type(error).__name__, str(error)),)
    return written.source, ()


def _sent(answer: Answer) -> Answer:
    """As it comes over the wire."""
    try:
        value = load(dump(answer.value, lenient=True), LARGEST)
    except WireError as error:  # as the sandbox does
        value = Unsupported(f"{type(answer.value).__name__} ({error})")
    return replace(answer, value=value)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        np.errstate(all="warn", under="ignore"),
    ):
        yield


# ---------------------------------------------------------------- the result


def kind_of(told: Told) -> str:
    if told.verdict.share == 1:
        return "full marks"
    return told.verdict.kind or "unnamed"


def result(all_told: list[Told], reviewed: dict[str, dict[str, str]]) -> dict[str, object]:
    """Shares and counts, as `diagnosis.json` keeps them."""
    wrong = [told for told in all_told if not told.written.right]
    named = [told for told in wrong if told.verdict.kind and told.verdict.share < 1]
    judged = {told.written.name: _review(told, reviewed) for told in named}
    counts = Counter(judged.values())
    return {
        "wrong": len(wrong),
        "right": len(all_told) - len(wrong),
        "named": round(len(named) / len(wrong), 4) if wrong else None,
        "wrongly_named": counts["no"],
        "unreviewed": counts["unread"],
        "right_lost": sum(told.written.right and told.verdict.share < 1 for told in all_told),
        "wrong_with_full_marks": sum(told.verdict.share == 1 for told in wrong),
        "seconds": round(mean(told.seconds for told in wrong), 4) if wrong else None,
        "slowest": round(max((told.seconds for told in wrong), default=0.0), 4),
    }


def _review(told: Told, reviewed: dict[str, dict[str, str]]) -> str:
    read = reviewed.get(f"{told.written.assignment}: {told.written.name}")
    labels = () if read is None else (read["label"], *read.get("also", ()))
    return read["fits"] if read and told.verdict.misconception in labels else "unread"


def table(all_told: list[Told]) -> str:
    kinds = ("known", "error", "relation", "experiment", "change", "both", "unnamed", "full marks")
    head = f"{'':<16}" + "".join(f"{kind:>12}" for kind in kinds) + f"{'named':>8}{'ms':>7}"
    lines = [head]
    names = list(dict.fromkeys(told.written.assignment for told in all_told))
    for name in [*names, "all"]:
        rows = [
            told
            for told in all_told
            if name in (told.written.assignment, "all") and not told.written.right
        ]
        counts = Counter(map(kind_of, rows))
        named = sum(counts[kind] for kind in kinds[:6]) / len(rows)
        cells = "".join(f"{counts[kind]:>12}" for kind in kinds)
        seconds = mean(told.seconds for told in rows)
        lines.append(f"{name:<16}{cells}{named:>8.0%}{1000 * seconds:>7.0f}")
    return "\n".join(lines)


def measure(names: tuple[str, ...] = CORPORA) -> dict[str, object]:
    """Judge all answers, print the table and write the result."""
    all_told = [tell(written) for written in corpus(names)]
    reviewed = json.loads(REVIEWED.read_text(encoding="utf-8")) if REVIEWED.exists() else {}
    found: dict[str, object] = {}
    for name in names:
        part = [told for told in all_told if told.written.corpus == name]
        if part:
            print(f"\n{name}: {sum(not told.written.right for told in part)} wrong answers by kind")
            print(table(part))
            found[name] = result(part, reviewed)
            if name == "held_out":
                print(f"at the first reading: {json.dumps(FIRST)}")
    found = result(all_told, reviewed) | found
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"\nwrote {os.path.relpath(RESULT, ROOT)}: {json.dumps({k: found[k] for k in GOALS})}")
    return found


GOALS = ("named", "wrongly_named", "unreviewed", "right_lost", "seconds")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.diagnosis")
    parser.add_argument("--hints", action="store_true", help="print each hint")
    parser.add_argument("--corpus", choices=CORPORA, action="append")
    parser.add_argument("--only", choices=("unnamed", "lost"), help="print these only")
    parser.add_argument("names", nargs="*", help="assignments or functions")
    options = parser.parse_args()
    names = tuple(options.corpus or CORPORA)
    if not options.hints:
        measure(names)
        return 0
    for written in corpus(names):
        if options.names and not {written.assignment, written.function} & set(options.names):
            continue
        told = tell(written)
        if written.right and told.verdict.share == 1:
            continue
        if options.only == "unnamed" and told.verdict.kind:
            continue
        state = "LOST" if written.right else kind_of(told)
        print(f"[{state}] {written.name}   ({told.verdict.misconception}, {told.seconds:.3f} s)")
        print(f"    {told.verdict.hint}\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
