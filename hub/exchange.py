"""nbgrader's exchange with a lane for each student: who handed in is who owns the lane.

    inbound/STUDENT/     written by this student alone, shown to the student as nbgrader's `inbound`
    feedback/STUDENT/    read by this student alone, shown to the student as nbgrader's `feedback`

Students use nbgrader's own submit and fetch. Instructors collect and release feedback with the two
classes below, named in nbgrader's configuration. What is in a lane is a stranger's: names, times,
links and sizes are believed only as far as they can be checked.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from grader.gradebook.collecting import submission_time, take, takes_the_place
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import Deadlines, deadlines_in
from grader.gradebook.plain_files import NAME, SECRET, Refused, require_whole

Record = dict[str, Any]
"""A submission as nbgrader's exchange describes it: username, filename, timestamp."""


class Collect(ExchangeCollect):
    """Collects from the lanes: plain files under the lane's name, at a time that can be true."""

    def init_src(self) -> None:
        """Find what is to be collected: the last submission of each lane, by nbgrader's options."""
        if not self.coursedir.course_id:
            self.fail("No course id specified. Re-run with --course flag.")
        self.inbound_path = os.path.join(self.root, self.coursedir.course_id, "inbound")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"Course not found: {self.inbound_path}")
        self._due = deadlines = self._deadlines()
        self.src_records = []
        for lane in sorted(Path(self.inbound_path).iterdir()):
            if self.coursedir.student_id not in ("", "*", lane.name):
                continue
            records = sorted(self._records(lane), key=lambda record: record["timestamp"])
            last = deadlines.of(lane.name)
            if last is not None and self.before_duedate:
                records = [r for r in records if r["timestamp"] <= last] or records
            self.src_records += records[-1:]

    def copy_files(self) -> None:
        """Collect what was found; what is refused is logged and keeps nobody else's back."""
        if not self.src_records:
            self.log.warning("No submissions of %r to collect", self.coursedir.assignment_id)
        for record in self.src_records:
            try:
                self._collect(record)
            except Refused as reason:
                self.log.error("Not collected: %s: %s", record["filename"], reason)

    def _deadlines(self) -> Deadlines:
        """The assignment's deadline, and those of students with an extension."""
        from nbgrader.api import Gradebook

        course = CourseDirectory(Path(self.coursedir.root))
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            return deadlines_in(gradebook, course, self.coursedir.assignment_id)

    def _records(self, lane: Path) -> Iterator[Record]:
        for name in sorted(os.listdir(lane)):
            match = NAME.fullmatch(name)
            if not match or match["assignment"] != self.coursedir.assignment_id:
                continue
            if match["student"] != lane.name:
                self.log.error(
                    "Not collected: %s/%s: it names %s, and was handed in by %s",
                    lane.name, name, match["student"], lane.name,
                )  # fmt: skip
                continue
            try:
                time = submission_time(lane / name, match["time"])
                require_whole(lane / name)
            except Refused as reason:
                self.log.error("Not collected: %s/%s: %s", lane.name, name, reason)
                continue
            yield {
                "username": lane.name,
                "filename": f"{lane.name}/{name}",
                "timestamp": time,
            }

    def _collect(self, record: Record) -> None:
        student, time = record["username"], record["timestamp"]
        coursedir = self.coursedir
        goal = Path(
            coursedir.format_path(coursedir.submitted_directory, student, coursedir.assignment_id)
        )
        if goal.is_dir():
            known = coursedir.get_existing_timestamp(str(goal))
            due = self._due.of(student) if self.before_duedate else None
            newer = takes_the_place(time, known, due)
            if not (newer and (self.update or self.before_duedate)):
                self.log.info("No newer submission to collect: %s %s", student, goal.name)
                return
        take(Path(self.inbound_path, record["filename"]), time, goal)
        self.log.info("Collected: %s %s", student, goal.name)


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Puts each page of feedback into its student's lane, by the name that fetching looks for."""

    def init_dest(self) -> None:
        """Find the folder of the lanes."""
        if not self.coursedir.course_id:
            self.fail("No course id specified. Re-run with --course flag.")
        self.dest_path = os.path.join(self.root, self.coursedir.course_id, "feedback")

    def copy_files(self) -> None:
        """Put each lane's pages of feedback into it."""
        excluded = set((self.coursedir.student_id_exclude or "").split(","))
        for lane in sorted(Path(self.dest_path).iterdir()):
            if lane.name in excluded or self.coursedir.student_id not in ("", "*", lane.name):
                continue
            folder = Path(
                self.coursedir.format_path(
                    self.coursedir.feedback_directory, lane.name, self.coursedir.assignment_id
                )
            )
            for page in sorted(folder.glob("*.html")):
                self._release(page, lane)

    def _release(self, page: Path, lane: Path) -> None:
        secret = page.with_name("submission_secret.txt")
        text = secret.read_text(encoding="utf-8").strip() if secret.is_file() else ""
        if not SECRET.fullmatch(text):
            self.log.error(
                "No feedback for %s: %s has no secret of its submission", lane.name, page
            )
            return
        name = f"{notebook_hash(secret=text, notebook_id=page.stem)}.html"
        fresh = lane / f".{name}"
        shutil.copyfile(page, fresh)
        fresh.chmod(0o664)
        fresh.replace(lane / name)
        self.log.info("Feedback for %s: %s", lane.name, page.stem)
