"""Whether the thousandth submission costs what the tenth did, in time and in the grader's memory."""

from __future__ import annotations

import subprocess
import time
from bisect import bisect

import psutil

from grader.assignments import ROOT
from tests.bench.sides import Ours, expect_all

SAMPLE_SECONDS = 0.5


def endurance(ours: Ours, counts: tuple[int, ...]) -> list[dict[str, float]]:
    """One class of the largest count; for each part of it, what a submission cost.

    submissions : up to which one.
    seconds     : for each submission since the part before.
    memory      : the grader's resident memory at that moment, in bytes.
    """
    room = ours.class_of(counts[-1])
    samples: list[tuple[float, int]] = []
    with subprocess.Popen(
        ours.command(room), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        observed = psutil.Process(process.pid)
        while process.poll() is None:
            samples.append((time.time(), observed.memory_info().rss))
            time.sleep(SAMPLE_SECONDS)
        log = process.stderr.read() if process.stderr else ""
    expect_all(room, counts[-1], log)
    recorded = sorted(path.stat().st_mtime for _, path in room.course.graded(room.name))
    parts, before = [], counts[0] // 5  # the first ones wait for the processes to start
    for count in counts:
        took = recorded[count - 1] - recorded[before - 1]
        place = bisect(samples, (recorded[count - 1], 0)) - 1
        parts.append(
            {
                "submissions": count,
                "seconds": took / (count - before),
                "memory": samples[place][1],
            }
        )
        before = count
    return parts
