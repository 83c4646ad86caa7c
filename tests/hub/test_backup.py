"""A backup brings back every grade, and grading goes on from there as if nothing had happened."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import tarfile
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from hub.backup import main, restore, save
from tests.grader.gradebook.test_postgres import USER, server  # noqa: F401 - the server is a fixture


def small_course(root: Path) -> CourseDirectory:
    """A gradebook of SQLite's own making, a seed, and what a student may have put beside a notebook."""
    course = CourseDirectory(root)
    with sqlite3.connect(root / "gradebook.db") as book:
        book.execute("CREATE TABLE grade (student TEXT, score REAL)")
        book.execute("INSERT INTO grade VALUES ('ada', 14)")
    folder = root / "submitted" / "ada" / "lstm"
    folder.mkdir(parents=True)
    (folder / "lstm.ipynb").write_text("{}")
    (folder / b"caf\xe9\n.txt".decode(errors="surrogateescape")).write_text("a name of bytes")
    (root / "submitted" / "eve" / "lstm").mkdir(parents=True)
    (root / "feedback").mkdir()
    (root / "feedback" / "page.html").write_text("can be made again")
    assert course.seed
    return course


@pytest.fixture
def course(tmp_path) -> CourseDirectory:
    (tmp_path / "course").mkdir()
    return small_course(tmp_path / "course")


def files(root: Path) -> dict[str, bytes | None]:
    """Every path below `root` with its bytes, None for a folder."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
        if path.name not in ("gradebook.db", "nbgrader_config.py")
    }


def test_everything_comes_back_to_the_byte(course, tmp_path):
    save(course, tmp_path / "a.tar.gz")
    back = CourseDirectory(tmp_path / "back")
    restore(tmp_path / "a.tar.gz", back)
    before = files(course.root)
    assert {name: before[name] for name in before if not name.startswith("feedback")} == files(
        back.root
    )
    assert (back.root / "submitted/eve/lstm").is_dir(), "an empty hand-in is a hand-in"
    assert back.seed == course.seed, "else grading again would draw other inputs"
    with sqlite3.connect(back.root / "gradebook.db") as book:
        assert book.execute("SELECT * FROM grade").fetchall() == [("ada", 14)]


def test_only_its_owner_can_read_it(course, tmp_path):
    save(course, tmp_path / "a.tar.gz")
    assert stat.S_IMODE((tmp_path / "a.tar.gz").stat().st_mode) == 0o600
    restore(tmp_path / "a.tar.gz", CourseDirectory(tmp_path / "back"))
    assert stat.S_IMODE((tmp_path / "back/grading_seed.txt").stat().st_mode) == 0o600


def test_links_and_pipes_are_left_out_and_named(course, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not the student's")
    folder = course.root / "submitted" / "ada" / "lstm"
    (folder / "link.txt").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    manifest = save(course, tmp_path / "a.tar.gz")
    names = sorted(Path(name).name for name in manifest["left_out"])
    assert names == ["folder", "link.txt", "pipe"]
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        assert all(member.isreg() or member.isdir() for member in archive)
        assert not any("secret" in name for name in archive.getnames())


def test_a_gradebook_that_is_being_written_is_saved_as_it_was(course, tmp_path):
    """A transaction that is not finished is not in the backup, and the backup is whole."""
    with sqlite3.connect(course.root / "gradebook.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.executemany("INSERT INTO grade VALUES (?, 0)", [("x" * 1000,)] * 50)
        save(course, tmp_path / "a.tar.gz")
        writer.execute("ROLLBACK")
    restore(tmp_path / "a.tar.gz", CourseDirectory(tmp_path / "back"))
    with sqlite3.connect(tmp_path / "back/gradebook.db") as book:
        assert book.execute("SELECT count(*) FROM grade").fetchone() == (1,)


def test_nothing_is_overwritten(course, tmp_path):
    save(course, tmp_path / "a.tar.gz")
    with pytest.raises(GraderError, match="never replaces another"):
        save(course, tmp_path / "a.tar.gz")
    before = files(course.root)
    with pytest.raises(GraderError, match="move these away first"):
        restore(tmp_path / "a.tar.gz", course)
    assert files(course.root) == before


@pytest.mark.parametrize("damage", ["cut", "bent", "added", "not an archive"])
def test_a_damaged_backup_is_refused_and_nothing_is_put_in_place(course, tmp_path, damage):
    whole, broken = tmp_path / "a.tar.gz", tmp_path / "broken.tar.gz"
    save(course, whole)
    if damage == "cut":
        broken.write_bytes(whole.read_bytes()[:-200])
    elif damage == "not an archive":
        broken.write_text("nothing of the kind")
    else:
        folder = tmp_path / "unpacked"
        with tarfile.open(whole) as archive:
            archive.extractall(folder, filter="data")
        name = "grading_seed.txt" if damage == "bent" else "submitted/bea.txt"
        (folder / name).write_text("0" * 32)
        with tarfile.open(broken, "w:gz") as archive:
            archive.add(folder, ".")
    with pytest.raises(GraderError):
        restore(broken, CourseDirectory(tmp_path / "back"))
    assert list((tmp_path / "back").iterdir()) == []


def test_a_course_without_grades_and_a_damaged_gradebook_are_named(course, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["save", str(tmp_path / "b.tar.gz"), "--course", str(tmp_path / "empty")]) == 1
    assert "nothing has been graded yet" in capsys.readouterr().err
    data = bytearray((course.root / "gradebook.db").read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    (course.root / "gradebook.db").write_bytes(data)
    assert main(["save", str(tmp_path / "b.tar.gz"), "--course", str(course.root)]) == 1
    assert "damaged" in capsys.readouterr().err
    assert not list(tmp_path.glob("*b.tar.gz*")), "no half a backup stays behind"


# ---------------------------------------------------------------- with the grader


def by_hand(course: CourseDirectory) -> None:
    """A person marks ada's answer in words: the one thing that no grader can do again."""
    from nbgrader.api import Gradebook

    with Gradebook(course.db_url, course.api.coursedir.course_id) as book:
        for grade in book.find_submission_notebook("lstm", "lstm", "ada").grades:
            if grade.cell.cell_type == "markdown":
                grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()


def all_points(course: CourseDirectory) -> dict:
    from nbgrader.api import Gradebook

    with Gradebook(course.db_url, course.api.coursedir.course_id) as book:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.manual_score)
            for submission in book.assignment_submissions("lstm")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def go_on(course: CourseDirectory, back: CourseDirectory, room) -> None:
    """After restoring: no one is graded again, a newcomer is, and grading again gives the same."""
    from grader.batch import autograde

    assert all_points(back) == all_points(course)
    assert 1.5 in {manual for _, manual in all_points(back).values()}
    assert sorted(autograde(back, "lstm").skipped) == ["ada", "cal"]
    folder = back.root / "submitted" / "dan" / "lstm"
    folder.mkdir(parents=True)
    (folder / "lstm.ipynb").write_text(json.dumps(room.solved))
    assert autograde(back, "lstm").graded == ["dan"]
    graded = dict(back.graded("lstm"))
    before = graded["cal"].read_bytes()
    assert autograde(back, "lstm", students=["cal"], force=True).graded == ["cal"]
    assert graded["cal"].read_bytes() == before, "the restored seed draws the same inputs"


def graded_room(root: Path):
    from grader.batch import autograde
    from tests.grader.classroom import Classroom

    room = Classroom(root, "lstm")
    room.submit("ada", room.solved)
    room.submit("cal", room.with_misconception("lstm_step", "no-forget-gate"))
    assert autograde(room.course, "lstm").failed == {}
    by_hand(room.course)
    return room


@pytest.mark.sandbox
@pytest.mark.slow
def test_grading_goes_on_from_a_restored_course(tmp_path):
    room = graded_room(tmp_path / "course")
    assert main(["save", str(tmp_path / "a.tar.gz"), "--course", str(room.course.root)]) == 0
    back = CourseDirectory(tmp_path / "back")
    assert main(["restore", str(tmp_path / "a.tar.gz"), "--course", str(back.root)]) == 0
    go_on(room.course, back, room)


@pytest.mark.sandbox
@pytest.mark.slow
def test_grading_goes_on_from_a_restored_course_on_postgresql(postgresql, tmp_path):
    """Into another database of the server, as after a disaster; not into one with tables."""
    course = on_postgresql(tmp_path / "course", postgresql("before"))
    room = graded_room(course.root)
    save(course, tmp_path / "a.tar.gz")
    back = on_postgresql(tmp_path / "back", postgresql("after"))
    restore(tmp_path / "a.tar.gz", back)
    assert not list(tmp_path.rglob("gradebook.db")), "nothing went to SQLite by mistake"
    go_on(course, back, room)
    with pytest.raises(GraderError, match="already holds tables"):
        restore(tmp_path / "a.tar.gz", on_postgresql(tmp_path / "again", back.db_url))
    with pytest.raises(GraderError, match="saved gradebook is on PostgreSQL"):
        restore(tmp_path / "a.tar.gz", CourseDirectory(tmp_path / "sqlite"))


def on_postgresql(root: Path, url: str) -> CourseDirectory:
    root.mkdir()
    (root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n"
    )
    course = CourseDirectory(root)
    assert course.db_url == url
    return course


@pytest.fixture
def postgresql(request):
    """A function that makes a new database on a server of our own and gives its address."""
    import psycopg2

    folder = request.getfixturevalue("server")

    def database(name: str) -> str:
        connection = psycopg2.connect(f"host={folder} user={USER} dbname={USER}")
        connection.autocommit = True
        connection.cursor().execute(f'CREATE DATABASE "{name}"')
        connection.close()
        return f"postgresql+psycopg2://{USER}:a%20pass@/{name}?host={folder}"

    return database
