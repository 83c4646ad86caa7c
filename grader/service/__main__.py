"""`python -m grader.service --inbound DIR --feedback DIR --release DIR ASSIGNMENT ...`."""

from __future__ import annotations

import argparse
import contextlib
import logging
import signal
import sys
from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.service.lanes import Lanes
from grader.service.limits import Allowance
from grader.service.service import Service, Settings


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; 1 where something is missing."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    usual = Allowance()
    try:
        for folder in (options.inbound, options.feedback, options.release):
            if not folder.is_dir():
                raise GraderError(f"{folder} is no folder")
        practised = tuple(options.assignments or assignments.names())
        for name in practised:
            assignments.load(name)
    except GraderError as error:
        print(f"grader.service: {error}", file=sys.stderr)
        return 1
    settings = Settings(
        release=options.release,
        practised=practised,
        allowance=Allowance(options.a_minute or usual.a_minute, options.an_hour or usual.an_hour),
        labels=options.labels,
    )
    service = Service(Lanes(options.inbound, options.feedback), settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # `run` has stopped it by then
        service.run()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m grader.service", description="Grade what is handed in, for practice."
    )
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all)")
    for name, text in (
        ("inbound", "the lanes of submissions"),
        ("feedback", "the lanes of feedback"),
        ("release", "the released assignments"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR", help=text)
    parser.add_argument(
        "--labels", type=Path, metavar="FILE", help="append each attempt's verdicts"
    )
    parser.add_argument("--a-minute", type=int, metavar="N", help="attempts (default 1)")
    parser.add_argument("--an-hour", type=int, metavar="N", help="attempts (default 10)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
