"""Two instructors who are different system users work in one course directory, by its group."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub import view
from hub.members import Member
from hub.places import CHECKOUT, ENVIRONMENT, INTERPRETER

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.getuid() != 0, reason="only root can work as two users"),
]
GROUP = 30010
AS_USER = CHECKOUT / "grader" / "sandbox" / "unprivileged.py"
WORK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from grader.batch import autograde
from grader.gradebook import deadlines, named
from grader.submission import Named
from hub import modes
from hub.entering import enter
from hub.roster import Entry
from hub.teaching import history, marking, tasks
from hub.teaching.desk import Desk
from hub.teaching.job import Jobs
from tests.hub.classroom import Sheet, hand_in

who, root = sys.argv[1], Path(sys.argv[2])
desk = Desk(root / "course", root / "exchange" / "recurrent-networks", root / "log")
name, cell = "lstm", "written-why-it-survives"
course = desk.course
text = 'c.Exchange.root = %r\\n' % str(root / "exchange")
text += 'c.ExchangeFactory.collect = "hub.exchange.Collect"\\n'
text += 'c.ExchangeFactory.release_feedback = "hub.exchange.ReleaseFeedback"\\n'
text += 'c.CourseDirectory.groupshared = True\\n'
(course.root / "nbgrader_config.py").exists() or (course.root / "nbgrader_config.py").write_text(text)
step = lambda done, total: None
print(course.seed)
tasks.release(desk, name, step)
enter(course, [Entry("ada", "student").to_json()])  # as at each start of the hub
deadlines.extend(course, name, "ada", datetime(2099, 1, 1, tzinfo=UTC))
hand_in(desk.exchange / "inbound", "ada", name, Sheet(course.release(name)).solved("So says " + who))
assert tasks.collect(desk, name, step)[0] == "1 new submission."
assert len(autograde(course, name, sandbox="none").graded) == 1
asked = marking.question(desk, name, cell)
(answer,) = marking.answers(desk, name, cell)
assert "So says " + who in answer.text
assert marking.give(desk, name, asked, [marking.Mark("ada", 2, who, answer.version)]) == []
assert tasks.feedback(desk, name, step) == ["1 student can fetch the feedback."]
history.ask(desk, "ada", name, who)
history.answer(desk, "ada", name, who, who)
named.keep(course.root, name, Named("sigmoid", who, who, "def sigmoid(z): pass"))
modes.choose(course.root, name, "off")
Jobs(course.root / "grading" / "job.json").start(who, who, lambda step: [])
tasks.withdraw(desk, name, step)
"""


def as_instructor(name: str, uid: int, room: Path) -> str:
    """What an instructor's work of a week prints, done as a user of the system who is in the group."""
    member = Member(name, "instructor", uid, GROUP, Path("/"), group=GROUP)
    needed = [CHECKOUT, ENVIRONMENT, INTERPRETER, room]
    done = subprocess.run(
        [
            *(sys.executable, "-I", "-S", str(AS_USER), f"{uid}:{GROUP}", *map(str, needed), "--"),
            *(str(ENVIRONMENT / "bin" / "python"), "-c", WORK, name, str(room)),
        ],
        env={"PYTHONPATH": str(CHECKOUT), "PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        umask=view.umask(member),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_one_has_done_the_other_can_do_again(tmp_path):
    """Release, collect, grade, mark, answer, name a mistake, withdraw: iris, joe, and iris again."""
    for folder in (
        "course",
        "exchange/recurrent-networks/inbound/ada",
        "exchange/recurrent-networks/feedback/ada",
        "exchange/recurrent-networks/outbound",
    ):
        (tmp_path / folder).mkdir(parents=True)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 30001, GROUP)
        path.chmod(0o2770)  # as `rooms.make` leaves the course
    seed = as_instructor("iris", 30001, tmp_path)
    assert as_instructor("joe", 30002, tmp_path) == seed, "the same hidden inputs"
    assert as_instructor("iris", 30001, tmp_path) == seed
    assert (tmp_path / "course").stat().st_mode & 0o007 == 0, "whatever nbgrader's own files say"
    for path in (tmp_path / "course").rglob("*"):
        reading = 0o050 if path.is_dir() else 0o040
        assert path.stat().st_gid == GROUP and path.stat().st_mode & reading == reading, path
