"""Which cells of a notebook took its time, in words for the student whose notebook took too much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from grader.sandbox.process import ProcessGone, StudentProcess

SHARE = 0.2
"""Of all that was used: a cell that took less is not to blame."""
MOST = 3
FIRST_LINE = 50  # characters of it


class Costs:
    """Notes what each cell takes; `limit` is the processor time of the notebook, in seconds."""

    def __init__(self, student: StudentProcess, limit: float):
        self._student, self._limit = student, limit
        self._cells: list[tuple[str, float, float]] = []

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Note what the block takes; where it ends the process, note what was left."""
        cpu, start = self._student.cpu_seconds, time.monotonic()
        try:
            yield
        except ProcessGone as gone:
            rest = self._limit - cpu if gone.used_up == "cpu" else 0.0
            self._cells.append((what, rest, time.monotonic() - start))
            raise
        self._cells.append((what, self._student.cpu_seconds - cpu, time.monotonic() - start))

    def explained(self, gone: ProcessGone) -> str:
        """Why the process is gone, with the cells that took the time where that was the reason."""
        if not gone.used_up:
            return str(gone)
        by_processor = gone.used_up == "cpu"
        spent = [(cpu if by_processor else wall, what) for what, cpu, wall in self._cells]
        total = sum(seconds for seconds, _ in spent)
        largest = sorted(spent, reverse=True)[:MOST]
        named = [what for what in spent if what in largest and what[0] >= SHARE * total]
        if not named:
            return f"{gone} No single cell took much of it: there are {len(spent)}."
        return f"{gone} Most of it went to {_listed([what for _, what in named])}."


def cell_named(source: str) -> str:
    """A cell by the line that it begins with."""
    lines = [line.strip() for line in source.splitlines()]
    code = [line for line in lines if line and not line.startswith("#")] or lines or [""]
    first = code[0].replace("`", "'")
    return f"the cell that begins with `{first[:FIRST_LINE]}{'...' * (len(first) > FIRST_LINE)}`"


def _listed(names: list[str]) -> str:
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last
