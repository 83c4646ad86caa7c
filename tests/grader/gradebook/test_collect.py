"""Archives as Canvas and Moodle write them: each notebook to its student, and nothing by guessing."""

from __future__ import annotations

import json
import stat
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from grader.__main__ import main
from grader.errors import GraderError
from grader.gradebook import lms_archive
from grader.gradebook import submitted as submitted_files
from grader.gradebook.collect import collect
from grader.gradebook.course_directory import CourseDirectory

NAME = "smoothing"
NOTEBOOK = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode()
DUE = datetime(2026, 3, 2, 12, 0)
BEFORE, AFTER = (2026, 3, 1, 8, 0, 0), (2026, 3, 9, 8, 0, 0)
PEOPLE = {
    "ada": ("Ada", "Lovelace", "101", "ada@uni.example"),
    "emmy": ("Emmy", "Noether", "102", ""),
    "jose": ("José-María", "Núñez Ortega", "103", ""),
    "sam1": ("Sam", "Smith", "", ""),
    "sam2": ("Sam", "Smith", "", ""),
    "s4711": ("", "", "", ""),
}
CANVAS = "lovelaceada_101_5678_smoothing.ipynb"
MOODLE = "Ada Lovelace_5678_assignsubmission_file_/smoothing.ipynb"


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory) -> bytes:
    from nbgrader.api import Gradebook

    course = CourseDirectory(tmp_path_factory.mktemp("gradebook"))
    with Gradebook(course.db_url, course.api.coursedir.course_id) as book:
        for name, (first, last, number, email) in PEOPLE.items():
            book.add_student(
                name, first_name=first, last_name=last, lms_user_id=number or None, email=email
            )
        book.add_assignment(NAME, duedate=DUE)
    return (course.root / "gradebook.db").read_bytes()


@pytest.fixture
def course(gradebook, tmp_path) -> CourseDirectory:
    root = tmp_path / "course"
    root.mkdir()
    (root / "gradebook.db").write_bytes(gradebook)
    return CourseDirectory(root)


class Archive:
    """An archive in the making: `add` puts a file into it."""

    def __init__(self, path: Path):
        self.path = path
        zipfile.ZipFile(path, "w").close()

    def add(self, name: str, data: bytes = NOTEBOOK, when=BEFORE, mode: int = 0o100644) -> Archive:
        info = zipfile.ZipInfo(name, when)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(self.path, "a") as archive:
            archive.writestr(info, data)
        return self


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(tmp_path / "submissions.zip")


def submitted(course: CourseDirectory) -> dict[str, bytes]:
    root = course.root / "submitted"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*.ipynb")}


def graded(course: CourseDirectory, student: str) -> bytes | None:
    """The notebook of those that lie there which is graded."""
    folder = course.root / "submitted" / student
    return submitted_files.notebook(folder, NAME, len(NOTEBOOK)).data


@pytest.mark.parametrize(
    ("entry", "student"),
    [
        (CANVAS, "ada"),
        ("lovelaceada_LATE_101_5678_smoothing-1.ipynb", "ada"),
        ("somebodyelse_102_5678_smoothing.ipynb", "emmy"),  # numbers are surer than names
        ("núñezortegajosémaría_9_5678_smoothing.ipynb", "jose"),
        ("nunezortegajosemaria_9_5678_smoothing.ipynb", "jose"),
        ("s4711_9_5678_smoothing.ipynb", "s4711"),
        (MOODLE, "ada"),
        ("Ada Lovelace_5678_assignsubmission_file_smoothing.ipynb", "ada"),
        ("Ada Lovelace_5678_assignsubmission_file_/my work/smoothing.ipynb", "ada"),
        ("Group 1-Ada Lovelace_5678_assignsubmission_file_/smoothing.ipynb", "ada"),
        ("José-María Núñez Ortega_1_assignsubmission_file_/smoothing.ipynb", "jose"),
        ("Noether Emmy_1_assignsubmission_file_/smoothing.ipynb", "emmy"),
        ("Assignment 1/Emmy Noether_1_assignsubmission_file_/smoothing.ipynb", "emmy"),
        ("Ada Lovelace_5678_assignsubmission_file_\\smoothing.ipynb", "ada"),
    ],
)
def test_a_notebook_comes_to_its_student(course, archive, entry, student):
    done = collect(course, NAME, archive.add(entry).path)
    assert (done.taken, done.refused, done.kept) == ([student], {}, {})
    assert submitted(course) == {f"{student}/{NAME}/{NAME}.ipynb": NOTEBOOK}
    assert graded(course, student) == NOTEBOOK


def test_a_name_in_utf_8_that_does_not_say_so_is_read(course, tmp_path):
    """As PHP's archives have it."""
    path = tmp_path / "php.zip"
    name = "José-María Núñez Ortega_1_assignsubmission_file_/smoothing.ipynb"
    Archive(path).add("@" * len(name.encode()))
    path.write_bytes(path.read_bytes().replace(b"@" * len(name.encode()), name.encode()))
    assert collect(course, NAME, path).taken == ["jose"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("Sam Smith_1_assignsubmission_file_/smoothing.ipynb", "any of sam1, sam2"),
        ("turingalan_999_5678_smoothing.ipynb", "no student of this name, number 999,"),
        ("Alan Turing_101_assignsubmission_file_/smoothing.ipynb", "no student of this name is"),
        ("anon_8Rtx2_5678_smoothing.ipynb", "anonymously"),
        ("smoothing.ipynb", "not one that Canvas or Moodle gives"),
        ("lovelaceada_101_5678_smoothing.zip", "archive in the archive"),
        ("../../../lovelaceada_101_5678_smoothing.ipynb", "not one that Canvas or Moodle gives"),
    ],
)
def test_what_belongs_to_nobody_for_certain_is_named(course, archive, entry, reason):
    done = collect(course, NAME, archive.add(entry).path)
    assert done.taken == [] and submitted(course) == {}
    assert len(done.refused) == 1 and reason in next(iter(done.refused.values()))


def test_two_people_of_one_student_are_both_refused(course, archive):
    archive.add(MOODLE).add("Lovelace Ada_9_assignsubmission_file_/smoothing.ipynb", b"other")
    done = collect(course, NAME, archive.path)
    assert set(done.refused) == {"Ada Lovelace", "Lovelace Ada"} and not submitted(course)


def test_other_files_are_counted_and_left(course, archive):
    archive.add(CANVAS).add("lovelaceada_101_5679_photo.png").add("__MACOSX/._" + CANVAS)
    archive.add("noetheremmy_102_5_text.html")
    done = collect(course, NAME, archive.path)
    assert (done.taken, done.other, done.refused) == (["ada"], 2, {})


def test_several_notebooks_of_one_student_stay_together(course, archive):
    archive.add("lovelaceada_101_5_smoothing-1.ipynb", b"mine")
    archive.add("lovelaceada_101_6_notes-1.ipynb", b"notes")
    collect(course, NAME, archive.path)
    assert set(submitted(course)) == {f"ada/{NAME}/smoothing.ipynb", f"ada/{NAME}/notes-1.ipynb"}
    assert graded(course, "ada") == b"mine"


def test_two_files_of_one_name_are_refused(course, archive):
    prefix = "Ada Lovelace_5_assignsubmission_file_"
    archive.add(f"{prefix}/a/smoothing.ipynb").add(f"{prefix}/b/smoothing.ipynb", b"other")
    done = collect(course, NAME, archive.path)
    assert done.refused == {"Ada Lovelace": "there are two files called smoothing.ipynb"}


# ---------------------------------------------------------------- strangers' archives


@pytest.mark.parametrize("folder", ["../../x", "/etc", "..", "C:\\x"])
def test_no_path_of_an_archive_is_followed(course, archive, folder, tmp_path):
    before = {p for p in tmp_path.rglob("*") if "course" not in p.parts}
    archive.add(f"{folder}/Ada Lovelace_5_assignsubmission_file_/../../../smoothing.ipynb")
    collect(course, NAME, archive.path)
    assert set(submitted(course)) == {f"ada/{NAME}/{NAME}.ipynb"}
    assert {p for p in tmp_path.rglob("*") if "course" not in p.parts} == before


def test_a_name_that_is_none_becomes_one(course, archive):
    archive.add("Ada Lovelace_5_assignsubmission_file_/.a\n:b.ipynb")
    collect(course, NAME, archive.path)
    assert set(submitted(course)) == {f"ada/{NAME}/a__b.ipynb"}


def test_a_link_is_refused(course, archive):
    archive.add(CANVAS, b"/etc/passwd", mode=stat.S_IFLNK | 0o777)
    assert collect(course, NAME, archive.path).refused == {CANVAS: "it is a link, not a file"}


def test_no_more_of_a_bomb_is_unpacked_than_a_notebook_may_have(course, archive, monkeypatch):
    monkeypatch.setattr(lms_archive, "MAX_NOTEBOOK_BYTES", 1 << 20)
    done = collect(course, NAME, archive.add(CANVAS, bytes(64 << 20)).path)
    assert done.refused == {"lovelaceada": "smoothing.ipynb is larger than 1 MB"}
    assert submitted(course) == {}


def test_all_together_may_not_be_too_much(course, archive, monkeypatch):
    archive.add(CANVAS, b"x" * 600).add("noetheremmy_102_5_smoothing.ipynb", b"x" * 600)
    monkeypatch.setattr(lms_archive, "MAX_BYTES", 1000)
    with pytest.raises(GraderError, match="more than"):
        collect(course, NAME, archive.path)
    monkeypatch.setattr(lms_archive, "MAX_ENTRIES", 1)
    with pytest.raises(GraderError, match="2 files"):
        collect(course, NAME, archive.path)


def test_what_is_damaged_is_said(course, archive, tmp_path):
    (tmp_path / "no.zip").write_bytes(b"no archive")
    with pytest.raises(GraderError, match="cannot be read as a zip archive"):
        collect(course, NAME, tmp_path / "no.zip")
    archive.add(CANVAS, b"0123456789" * 20)
    data = archive.path.read_bytes()
    where = data.index(CANVAS.encode()) + len(CANVAS) + 4
    archive.path.write_bytes(data[:where] + b"\xff\xff" + data[where + 2 :])
    done = collect(course, NAME, archive.path)
    assert "cannot be unpacked" in done.refused["lovelaceada"] and not submitted(course)


# ---------------------------------------------------------------- again and again


def test_the_same_archive_twice_changes_nothing(course, archive):
    archive.add(CANVAS)
    collect(course, NAME, archive.path)
    again = collect(course, NAME, archive.path)
    assert (again.taken, again.unchanged) == ([], ["ada"])


def test_a_newer_submission_takes_the_place_of_an_older_one_and_no_other(course, tmp_path):
    old = Archive(tmp_path / "old.zip").add(MOODLE, b"old", (2026, 3, 1, 8, 0, 0)).path
    new = Archive(tmp_path / "new.zip").add(MOODLE, b"new", (2026, 3, 1, 9, 0, 0)).path
    collect(course, NAME, old)
    earlier = course.timestamp(NAME, "ada")
    assert collect(course, NAME, new).replaced == {"ada": earlier}
    kept = collect(course, NAME, old)
    assert "is not newer" in kept.kept["ada"] and not kept.taken
    assert submitted(course) == {f"ada/{NAME}/{NAME}.ipynb": b"new"}
    assert collect(course, NAME, old, force=True).taken == ["ada"]
    assert submitted(course) == {f"ada/{NAME}/{NAME}.ipynb": b"old"}


def test_what_lies_there_without_a_time_is_kept(course, archive):
    folder = course.root / "submitted/ada" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(b"handed in on paper")
    done = collect(course, NAME, archive.add(CANVAS).path)
    assert "nothing says when" in done.kept["ada"]
    assert submitted(course) == {f"ada/{NAME}/{NAME}.ipynb": b"handed in on paper"}


def test_canvas_says_who_was_late_and_not_when(course, archive):
    """Its archive has the time of the download, which is after the deadline."""
    archive.add(CANVAS, when=AFTER)
    archive.add("noetheremmy_LATE_102_5_smoothing.ipynb", when=AFTER)
    collect(course, NAME, archive.path)
    assert course.timestamp(NAME, "ada") == "2026-03-02 12:00:00.000000 UTC"
    assert course.timestamp(NAME, "emmy") > "2026-03-08"


def test_moodle_says_when(course, archive):
    collect(course, NAME, archive.add(MOODLE, when=AFTER).path)
    assert course.timestamp(NAME, "ada") > "2026-03-08"


def test_an_exact_time_in_the_archive_counts():
    info = zipfile.ZipInfo("a.ipynb", AFTER)
    info.extra = b"\x99\x00\x01\x00x" + b"\x55\x54\x05\x00\x01" + (1772366400).to_bytes(4, "little")
    assert lms_archive._time(info) == datetime(2026, 3, 1, 12, 0)


def test_the_command_lists_what_it_did(course, archive, capsys):
    archive.add(CANVAS).add("turingalan_999_5678_smoothing.ipynb").add("a.txt")
    arguments = ["collect", NAME, "--zip", str(archive.path), "--course", str(course.root)]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert "collected 1, had the same already 0" in said.out and "passed over 1" in said.out
    assert "not collected: 'turingalan': no student of this name" in said.err


def test_a_gradebook_without_students_is_said(tmp_path, archive):
    with pytest.raises(GraderError, match="nbgrader db student import"):
        collect(CourseDirectory(tmp_path / "empty"), NAME, archive.path)
