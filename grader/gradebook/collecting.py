"""Collecting: which submission of a lane counts, at which time, and how it comes to lie in `submitted`.

It is the same for nbgrader's collect on the hub and for what is recorded as soon as it is handed in.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.gradebook.plain_files import (
    MAX_FILES,
    NAME,
    Refused,
    copy_plain_files,
    entries,
    require_whole,
)

BELIEVED = timedelta(minutes=5)  # between the time that a submission claims and the system's
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"


@dataclass(frozen=True)
class HandedIn:
    """A submission in a lane, and when it was made (UTC, naive as in nbgrader's gradebook)."""

    folder: Path
    time: datetime


def counting(lane: Path, assignment: str, due: datetime | None) -> HandedIn | None:
    """The last whole submission before the deadline; the last of all where none was in time.

    Parameters
    ----------
    lane : Path
        Of the student.
    assignment : str
        Its name.
    due : datetime or None
        The student's deadline, UTC and naive.

    Returns
    -------
    HandedIn or None
        None where there is no whole submission.
    """
    found = []
    for name in os.listdir(lane):
        match = NAME.fullmatch(name)
        if match and match["student"] == lane.name and match["assignment"] == assignment:
            try:
                found.append(HandedIn(lane / name, submission_time(lane / name, match["time"])))
            except Refused:
                continue
    late = [due is not None and one.time > due for one in found]
    order = sorted(zip(late, found, strict=True), key=lambda pair: (not pair[0], pair[1].time))
    for _, one in reversed(order):
        try:
            require_whole(one.folder)
        except Refused:
            continue
        return one
    return None


def take(folder: Path, time: datetime, goal: Path) -> None:
    """Copy a submission's plain files, in full or not at all.

    Parameters
    ----------
    folder : Path
        The submission, in its lane.
    time : datetime
        When it was made, as `submission_time` says it.
    goal : Path
        Where it goes; what is there is replaced.

    Raises
    ------
    Refused
        Where there is anything else in it, or it was changed meanwhile.
    """
    match = NAME.fullmatch(folder.name)
    with replaced(goal, time) as fresh:
        copy_plain_files(folder, fresh)
        # a program of the student's can wait for the moment when the time has been looked at
        if submission_time(folder, match["time"] if match else "") != time:
            raise Refused("it was changed while it was taken")


def takes_the_place(time: datetime, known: datetime | None, due: datetime | None) -> bool:
    """Whether a submission counts in the place of the one that has been taken.

    What was taken stays, even where its student has removed it from the lane since: else whoever knows
    the results could choose among earlier submissions.

    Parameters
    ----------
    time : datetime
        When it was made, UTC and naive.
    known : datetime or None
        When the one was made that has been taken; None where that isn't known.
    due : datetime or None
        The student's deadline.

    Returns
    -------
    bool
        True for a later one, if it isn't late where the other was in time; and for one in time where
        the other was late.
    """

    def rank(moment: datetime) -> tuple[bool, datetime]:
        return due is None or moment <= due, moment

    return known is None or rank(time) > rank(known)


@contextlib.contextmanager
def replaced(goal: Path, time: datetime) -> Iterator[Path]:
    """A folder that the body fills, which then takes the place of a submission; or nothing changes.

    Parameters
    ----------
    goal : Path
        The submission's folder.
    time : datetime
        When it was made, UTC and naive; it is written beside the files.

    Yields
    ------
    Path
        An empty folder.
    """
    fresh = goal.with_name(f".{goal.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        (fresh / "timestamp.txt").write_text(time.strftime(TIME_FORMAT), encoding="ascii")
        shutil.rmtree(goal, ignore_errors=True)
        fresh.rename(goal)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def submission_time(folder: Path, claimed: str) -> datetime:
    """When a submission was made (UTC, naive as in nbgrader's gradebook).

    Its name says when, and the name is the student's. The system's own time of the last change to
    the folder, and to any file in it, can't be set by anybody: where the two are far apart, the
    system's counts.

    Parameters
    ----------
    folder : Path
        The submission.
    claimed : str
        The time in its name.

    Returns
    -------
    datetime
        The time that counts.

    Raises
    ------
    Refused
        Where the folder is not a folder, can't be read, or holds too many files.
    """
    try:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise Refused("it is not a folder")
        names = entries(folder)
        if len(names) > MAX_FILES:
            raise Refused(f"it holds more than {MAX_FILES} files")
        # whatever their names are: which file is the notebook, and whether it was handed in to its
        # end, is decided later
        changed = max([status.st_ctime, *((folder / name).lstat().st_ctime for name in names)])
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}") from error
    actual = datetime.fromtimestamp(changed, UTC).replace(tzinfo=None)
    time = parsed(claimed)
    return time if time is not None and timedelta(0) <= actual - time <= BELIEVED else actual


def parsed(timestamp: str | None) -> datetime | None:
    """A time as nbgrader writes it, in UTC without saying so; None where it is none."""
    from nbgrader.utils import parse_utc  # its import takes seconds

    try:
        found: datetime | None = parse_utc(timestamp) if timestamp else None
    except (ValueError, OverflowError, TypeError):
        return None
    return found
