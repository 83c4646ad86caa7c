"""Runs the catalogue against this grader and against plain nbgrader; writes results.json.

python -m tests.attacks              all of it, some twenty minutes
python -m tests.attacks NAME ...     these only; the others' results stay as they are
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from grader import assignments
from grader.batch import autograde
from grader.gradebook.report import report
from tests.attacks.catalogue import CATALOGUE, Attempt, Desk
from tests.attacks.plain_nbgrader import try_all
from tests.grader.classroom import Classroom

RESULT = Path(__file__).with_name("results.json")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=60, help="plain nbgrader's time for each")
    options = parser.parse_args(arguments)
    entries = [e for e in CATALOGUE if not options.names or e.name in options.names]
    plain = try_all(entries, options.seconds, lambda line: print(line, flush=True))
    store(entries, try_here(entries), plain, options.seconds)
    return 0


def store(entries: list[Attempt], here: dict, plain: dict, seconds: float) -> None:
    """Write the results of these entries over those that are there."""
    known = {}
    if RESULT.is_file():
        known = {a["name"]: a for a in json.loads(RESULT.read_text(encoding="utf-8"))["attempts"]}
    for entry in entries:
        known[entry.name] = {
            "name": entry.name,
            "kind": entry.kind,
            "tries": entry.tries,
            "here": here[entry.name],
            "plain": plain[entry.name],
        }
    result = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": {name: version(name) for name in ("nbgrader", "ipykernel", "numpy")},
        "seconds": seconds,
        "max_points": assignments.load("lstm").max_score,
        "attempts": [known[entry.name] for entry in CATALOGUE if entry.name in known],
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def try_here(entries: list[Attempt]) -> dict[str, dict]:
    """The same with this grader: points, and the first reason for a zero."""
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        room = Classroom(Path(folder), "lstm")
        room.submit("honest-solved", room.solved)
        for entry in entries:
            submission = entry.make(Desk(room, entry.name))
            if submission is not None:
                room.submit(entry.name, submission)
        summary = autograde(room.course, "lstm", jobs=2)
        if summary.failed:
            raise RuntimeError(summary.failed)
        rows = {row["student"]: row for row in report(room.course, "lstm")}
    return {entry.name: _here(rows[entry.name]) for entry in entries}


def _here(row: dict) -> dict:
    hints = [check["hint"] for check in row["checks"].values() if check["hint"]]
    return {"points": row["score"], "outcome": hints[0] if hints else "right"}


if __name__ == "__main__":
    sys.exit(main())
