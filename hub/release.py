"""Run in the instructor's view: builds and releases the assignments, and enters the class.

`python -m hub.release`, with the class as JSON on standard input.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory


def main() -> int:
    """Build and release all assignments, and enter the class; gives the exit status."""
    members = json.load(sys.stdin)
    app = NbGrader()
    app.config_file_paths.append(jupyter_config_path())
    app.load_config_file()
    app.config.ExchangeReleaseAssignment.force = True  # a new version replaces the old one
    course = CourseDirectory(config=app.config)
    build = [sys.executable, "-m", "grader", "release", "--course", course.root]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    enter(course, members)
    api = NbGraderAPI(course, config=app.config)
    failed = False
    for assignment in sorted(path.name for path in Path(course.root, "release").iterdir()):
        result = api.release_assignment(assignment)
        if not result["success"]:
            failed = True
            print(f"{assignment} was not released: {result.get('log') or result}", file=sys.stderr)
    with contextlib.suppress(OSError):
        Path(course.root, "gradebook.db").chmod(0o660)
    return int(failed)


def enter(course: CourseDirectory, members: list[dict[str, str]]) -> None:
    """Enter the students into the gradebook; their grades stay as they are.

    Parameters
    ----------
    course : CourseDirectory
        The course, as nbgrader's own class has it.
    members : list of dicts from field to value
        The class, as `Member.to_json` gives it.
    """
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for member in members:
            if member["role"] == "student":
                fields = {key: member[key] or None for key in ("first_name", "last_name", "email")}
                gradebook.update_or_create_student(member["name"], **fields)


if __name__ == "__main__":
    sys.exit(main())
