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
GRADE = """
import sys
from pathlib import Path
from grader.gradebook.course_directory import CourseDirectory
course = CourseDirectory(Path(sys.argv[1]))
print(course.seed)
for folder in ("submitted", "autograded", "feedback", "grading"):
    inside = course.root / folder / "ada" / "lstm"
    inside.mkdir(parents=True, exist_ok=True)
    (inside / "lstm.ipynb").unlink(missing_ok=True)
    (inside / "lstm.ipynb").write_text("{}")
"""


def as_instructor(uid: int, course: Path) -> str:
    member = Member("iris", "instructor", uid, GROUP, Path("/"), group=GROUP)
    needed = [CHECKOUT, ENVIRONMENT, INTERPRETER, course]
    done = subprocess.run(
        [
            *(sys.executable, "-I", "-S", str(AS_USER), f"{uid}:{GROUP}", *map(str, needed), "--"),
            *(str(ENVIRONMENT / "bin" / "python"), "-c", GRADE, str(course)),
        ],
        env={"PYTHONPATH": str(CHECKOUT), "PATH": os.environ["PATH"]},
        umask=view.umask(member),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_one_has_graded_the_other_can_grade_again(tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    os.chown(course, 30001, GROUP)
    course.chmod(0o2770)  # as `rooms.make` leaves it
    first = as_instructor(30001, course)
    assert as_instructor(30002, course) == first, "the same hidden inputs"
    for path in course.rglob("*"):
        assert path.stat().st_gid == GROUP and path.stat().st_mode & 0o007 == 0, path
