"""A gradebook on PostgreSQL, named by nbgrader's `db_url`, holds the same grades as one on SQLite."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from grader.batch import autograde
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.report import report
from tests.grader.classroom import Classroom
from tests.grader.test_round import scores

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
REMEDY = "no PostgreSQL server here: apt-get install postgresql"
USER = "postgres"  # the server refuses to run as root; Debian's package makes this user


def program(name: str) -> str | None:
    """A program of the server, which Debian keeps off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


@pytest.fixture(scope="module")
def server():
    """The socket directory of a server of our own, without a network port."""
    if program("initdb") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(REMEDY)
    become = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups"]
    become = become if os.geteuid() == 0 else []
    # a short path, since a socket's may have a hundred characters, and open to the server's user
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        if become:
            shutil.chown(folder, USER)

        def run(name: str, *arguments: str) -> None:
            command = [*become, program(name), "-D", f"{folder}/data", *arguments]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

        run("initdb", "--auth=trust", f"--username={USER}", "--no-sync", "--encoding=UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "--wait", "-o", options, "-l", f"{folder}/log")
        yield folder
        run("pg_ctl", "stop", "--wait", "-m", "immediate")


def fill(room: Classroom) -> None:
    room.submit("ada", room.solved)
    room.submit("bea", room.blank)
    room.submit("cal", room.with_misconception("smooth", "blends-with-the-first"))


@pytest.fixture(scope="module")
def on_postgres(server, tmp_path_factory) -> CourseDirectory:
    root = tmp_path_factory.mktemp("postgres")
    url = f"postgresql+psycopg2://{USER}@/{USER}?host={server}"
    (root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n"
    )
    room = Classroom(root, "smoothing")
    assert room.course.db_url == url
    fill(room)
    return room.course


def test_the_grades_are_those_of_sqlite(on_postgres, tmp_path):
    room = Classroom(tmp_path, "smoothing")
    fill(room)
    (tmp_path / "grading_seed.txt").write_text(on_postgres.seed)
    assert autograde(room.course, "smoothing").failed == {}
    assert autograde(on_postgres, "smoothing", jobs=2).failed == {}
    assert scores(on_postgres) == scores(room.course)
    assert len(scores(on_postgres)) == 3 * 3
    assert not (on_postgres.root / "gradebook.db").exists(), "nothing went to SQLite by mistake"


def test_grading_again_and_the_report(on_postgres):
    autograde(on_postgres, "smoothing")
    assert autograde(on_postgres, "smoothing").graded == []
    assert autograde(on_postgres, "smoothing", students=["cal"], force=True).graded == ["cal"]
    found = {row["student"]: row["score"] for row in report(on_postgres, "smoothing")}
    assert found == {"ada": 5, "bea": 0, "cal": 2}
