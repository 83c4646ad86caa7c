"""Saves a course's grades to one file, and brings them back.

    python -m hub.backup save  FILE.tar.gz --course DIR
    python -m hub.backup restore FILE.tar.gz --course NEW-DIR

Saved are the gradebook (SQLite by its own backup interface, PostgreSQL by pg_dump), the grading
seed, the extensions, who has left, the chosen modes, the mistakes that were named, and the folders
source, release, submitted, autograded and grading. Feedback and reports can be made again; the
configuration, which may hold a password, stays where it is. Grading may go on meanwhile.

The file holds the students' work and the seed of the hidden inputs: only its owner can read it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from grader.errors import GraderError
from grader.gradebook import deadlines, leavers, named
from grader.gradebook.course_directory import CourseDirectory, default
from hub import modes

FOLDERS = ("release", "submitted", "autograded", "grading", "source")  # it has own assignments
SEED = "grading_seed.txt"
DECISIONS = (deadlines.FILE, leavers.FILE, modes.FILE, named.FILE)
SQLITE, POSTGRESQL, MANIFEST = "gradebook.db", "gradebook.pgdump", "manifest.json"


def save(course: CourseDirectory, target: Path) -> dict[str, Any]:
    """Write the backup; it is there in full or not at all.

    The files come before the gradebook. The grader records in the other order, so that what is
    graded in between is missing among the files at worst, and is then graded again, to the same
    grade.

    Parameters
    ----------
    course : CourseDirectory
        The course whose grades are saved.
    target : Path
        The file to write.

    Returns
    -------
    dict
        The manifest: format, time, course, the sum of each file, and what was left out.

    Raises
    ------
    GraderError
        Where `target` is there already or can't be written, or the gradebook can't be read.
    """
    target = Path(target)
    if target.exists():
        raise GraderError(f"{target} is there already: a backup never replaces another")
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            tempfile.TemporaryDirectory(prefix="backup-") as folder,
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream,
            tarfile.open(fileobj=stream, mode="w:gz") as archive,
        ):
            saved = _Archive(archive)
            for name in (*FOLDERS, SEED, *DECISIONS):
                saved.add(course.root, name)
            saved.add(Path(folder), _save_gradebook(course, Path(folder)))
            manifest = {
                "format": 1,
                "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "course": course.api.coursedir.course_id,
                "sha256": saved.sha256,
                "left_out": saved.left_out,
            }
            Path(folder, MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="ascii")
            archive.add(Path(folder, MANIFEST), MANIFEST)
        part.replace(target)
    except OSError as error:
        raise GraderError(f"{target} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


class _Archive:
    """Folders and ordinary files of a tree, with the files' sums.

    Links and pipes among what was handed in are left out: they are no one's work, and a restored
    one could point anywhere.
    """

    def __init__(self, archive: tarfile.TarFile):
        self._archive = archive
        self.sha256: dict[str, str] = {}
        self.left_out: list[str] = []

    def add(self, root: Path, name: str) -> None:
        """The file or folder of this name in `root`, if there is one."""
        path = root / name
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return
        except OSError:  # a link, a socket
            self.left_out.append(name)
            return
        try:
            about = os.fstat(descriptor)
            entry = tarfile.TarInfo(name)
            entry.mtime = int(about.st_mtime)
            if stat.S_ISDIR(about.st_mode):
                entry.type, entry.mode = tarfile.DIRTYPE, 0o700
                self._archive.addfile(entry)
                children = sorted(os.listdir(descriptor))
            elif stat.S_ISREG(about.st_mode):
                entry.size, entry.mode = about.st_size, 0o600
                with open(descriptor, "rb", closefd=False) as stream:
                    summing = _Summing(stream)
                    self._archive.addfile(entry, summing)
                self.sha256[name] = summing.sha256.hexdigest()
                children = []
            else:
                self.left_out.append(name)
                children = []
        finally:
            os.close(descriptor)
        for child in children:
            self.add(root, f"{name}/{child}")


class _Summing:
    """A stream that sums what is read from it."""

    def __init__(self, stream: BinaryIO):
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.sha256.update(data)
        return data


def restore(source: Path, course: CourseDirectory) -> dict[str, Any]:
    """Bring a backup back into a course directory that has no grades.

    Nothing is put in place before every byte of the archive has been checked.

    Parameters
    ----------
    source : Path
        The backup.
    course : CourseDirectory
        Where the grades go.

    Returns
    -------
    dict
        The backup's manifest.

    Raises
    ------
    GraderError
        Where the backup is damaged, there are grades already, or the database is of another kind.
    """
    on_sqlite = course.db_url.startswith("sqlite:///")
    places = [course.root / name for name in (*FOLDERS, SEED, *DECISIONS)]
    taken = [path for path in (*places, *([_sqlite_file(course)] * on_sqlite)) if path.exists()]
    if taken:
        raise GraderError(
            f"{', '.join(map(str, taken))}: there already. Restore into an empty directory, or move"
            " these away first"
        )
    course.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=course.root) as folder:
        manifest = _unpacked(Path(source), Path(folder))
        saved_on_sqlite = SQLITE in manifest["sha256"]
        if saved_on_sqlite != on_sqlite:
            kinds = ("SQLite", "PostgreSQL")
            raise GraderError(
                f"the saved gradebook is on {kinds[not saved_on_sqlite]}, the db_url of"
                f" {course.root} on {kinds[not on_sqlite]}"
            )
        if on_sqlite:
            shutil.move(Path(folder, SQLITE), _sqlite_file(course))
        else:
            _restore_postgresql(course.db_url, Path(folder, POSTGRESQL))
        for place in places:
            saved = Path(folder, place.relative_to(course.root))
            if saved.exists():
                place.parent.mkdir(exist_ok=True)
                shutil.move(saved, place)
    course.write_config()
    return manifest


def _unpacked(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sums = manifest["sha256"]
        for name, digest in sums.items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise GraderError(f"{source} is damaged: {name} is not what was saved")
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise GraderError(f"{source} is not a complete backup of a course: {error!r}") from error
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST and name not in sums:
            raise GraderError(f"{source} holds {name}, which its list does not name")
    return manifest


# ---------------------------------------------------------------- the gradebook


def _save_gradebook(course: CourseDirectory, folder: Path) -> str:
    """The gradebook as it is at one moment, while others may write to it: the name of the copy."""
    if course.db_url.startswith("postgresql"):
        options = ("--format=custom", "--no-owner", f"--file={folder / POSTGRESQL}")
        _run("pg_dump", course.db_url, *options)
        return POSTGRESQL
    path = _sqlite_file(course)
    if not path.is_file():
        raise GraderError(f"there is no gradebook at {path}: nothing has been graded yet")
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(folder / SQLITE)) as copy,
    ):
        try:
            live.backup(copy)
            healthy = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            healthy = False
    if not healthy:
        raise GraderError(f"{path} is damaged: SQLite cannot read all of it")
    return SQLITE


def _sqlite_file(course: CourseDirectory) -> Path:
    return Path(course.db_url.removeprefix("sqlite:///"))


def _restore_postgresql(url: str, dump: Path) -> None:
    from sqlalchemy import create_engine, inspect

    engine = create_engine(url)
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise GraderError("the database already holds tables: restore into a new one")
    _run("pg_restore", url, "--single-transaction", "--no-owner", "--exit-on-error", str(dump))


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; other users can't see its environment with the password."""
    from sqlalchemy.engine import make_url

    found = shutil.which(program) or max(
        map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{program}")), default=None
    )
    if found is None:
        raise GraderError(f"{program} is not installed: apt-get install postgresql-client")
    where = make_url(url).set(drivername="postgresql")
    environment = dict(os.environ)
    if where.password:
        environment["PGPASSWORD"] = str(where.password)
    address = where._replace(password=None).render_as_string()
    command = [found, f"--dbname={address}", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment)
    if done.returncode:
        raise GraderError(f"{program} failed: {done.stderr.decode(errors='replace').strip()}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m hub.backup", description=__doc__.split("\n")[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("save", "restore"):
        command = commands.add_parser(name)
        command.add_argument("file", type=Path)
        command.add_argument("--course", type=Path, default=default(), metavar="DIR")
    options = parser.parse_args(arguments)
    course = CourseDirectory(options.course)
    try:
        if options.command == "save":
            manifest = save(course, options.file)
        else:
            manifest = restore(options.file, course)
    except GraderError as error:
        print(f"backup: {error}", file=sys.stderr)
        return 1
    print(f"{options.command}d {len(manifest['sha256'])} files of {manifest['course']}")
    for name in manifest["left_out"]:
        print(f"backup: left out {name}, not an ordinary file", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
