"""The files for Canvas and Moodle hold nbgrader's own points, for everybody, under the right name."""

from __future__ import annotations

import csv
import io

import pytest

from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.leavers import come_back, leave
from hub.grades import main


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> CourseDirectory:
    """A gradebook with two assignments: ada is late, bea's answer in words waits, cal did nothing."""
    from nbgrader.api import Gradebook

    course = CourseDirectory(tmp_path_factory.mktemp("course"))
    with Gradebook(course.db_url, course.api.coursedir.course_id) as book:
        book.add_student("ada", first_name="Ada", last_name="Lovelace", lms_user_id="101")
        book.add_student("bea", first_name="=Bea", last_name="", email="Bea@uni.example")
        book.add_student("cal", first_name="Cal", last_name="Calculus", lms_user_id="103")
        for name, maximum in (("lstm", 14), ("search", 6)):
            book.add_assignment(name)
            book.add_notebook(name, name)
            book.add_grade_cell("check", name, name, max_score=maximum, cell_type="code")
        book.add_grade_cell("words", "search", "search", max_score=4, cell_type="markdown")
        _hand_in(book, "ada", "lstm", {"check": 12.5}, penalty=2)
        _hand_in(book, "bea", "lstm", {"check": 1}, penalty=5)
        _hand_in(book, "ada", "search", {"check": 6, "words": 3})
        _hand_in(book, "bea", "search", {"check": 6, "words": None})
    return course


def _hand_in(book, student, name, scores, penalty=0.0):
    submission = book.add_submission(name, student)
    submission.notebooks[0].late_submission_penalty = penalty
    for grade in submission.notebooks[0].grades:
        score = scores[grade.name]
        grade.auto_score, grade.needs_manual_grade = score, score is None
    book.db.commit()


def export(capsys, course, *arguments) -> list[dict[str, str]]:
    assert main([*arguments, "--course", str(course.root)]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_the_points_are_those_of_nbgraders_own_export(course, capsys, tmp_path):
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    plugin = CsvExportPlugin(to=str(tmp_path / "nbgrader.csv"))
    with Gradebook(course.db_url, course.api.coursedir.course_id) as book:
        plugin.export(book)
    with (tmp_path / "nbgrader.csv").open() as stream:
        theirs = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(stream)}
    ours = {row["Username"]: row for row in export(capsys, course, "moodle")}
    assert float(ours["ada"]["lstm"]) == float(theirs["ada", "lstm"]["score"]) == 10.5
    assert float(ours["bea"]["lstm"]) == float(theirs["bea", "lstm"]["score"]) == 0, (
        "never below zero"
    )
    assert float(ours["ada"]["search"]) == float(theirs["ada", "search"]["score"]) == 9


def test_what_waits_or_was_not_handed_in_is_empty(course, capsys):
    assert main(["moodle", "--course", str(course.root)]) == 0
    captured = capsys.readouterr()
    rows = {row["Username"]: row for row in csv.DictReader(io.StringIO(captured.out))}
    assert rows["bea"]["search"] == "", "not six points that a person will still raise"
    assert "search of bea waits" in captured.err
    assert (rows["cal"]["lstm"], rows["cal"]["search"]) == ("", "")


def test_canvas_has_its_five_columns_and_the_row_of_possible_points(course, capsys):
    rows = export(capsys, course, "canvas", "lstm", "--title", "lstm=LSTM (4711)")
    assert list(rows[0]) == [
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        "LSTM (4711)",
    ]
    assert rows[0]["Student"].strip() == "Points Possible"
    assert float(rows[0]["LSTM (4711)"]) == 14
    ada = next(row for row in rows if row["ID"] == "101")
    assert (ada["Student"], ada["SIS Login ID"]) == ("Lovelace, Ada", "ada")
    assert ada["LSTM (4711)"] == "10.5"


def test_a_name_is_no_formula_in_a_spreadsheet(course, capsys):
    names = [row["Student"] for row in export(capsys, course, "canvas")]
    assert "'=Bea" in names
    assert not any(name.startswith("=") for name in names)


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1)
    Points Possible,,,,,10
"Lovelace, Ada",101,s1,ada@uni.example,A,7
"Bea",102,s2,bea,A,8
"Calculus, Cal",103,s3,c,B,9
"Student, Test",104,,test,B,
"""


def test_rows_are_found_in_canvas_own_export_by_name_or_noted_id(course, capsys, tmp_path):
    """ada and cal by the id noted in the gradebook, bea by the login; the test student has no row."""
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8-sig")
    rows = export(capsys, course, "canvas", "lstm", "--roster", str(tmp_path / "canvas.csv"))
    assert [(row["ID"], row["Section"], row["lstm"]) for row in rows[1:]] == [
        ("101", "A", "10.5"),
        ("102", "A", "0"),
        ("103", "B", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("delimiter", "decimal"), [(";", ","), ("\t", "."), (",", ".")])
def test_canvas_export_is_read_and_answered_as_it_comes(
    course, capsys, tmp_path, delimiter, decimal, encoding
):
    rows = [[cell.replace("7", f"7{decimal}5") if cell == "7" else cell for cell in row]
            for row in csv.reader(io.StringIO(CANVAS))]  # fmt: skip
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path = tmp_path / "canvas.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    assert main(["canvas", "lstm", "--roster", str(path), "--course", str(course.root)]) == 0
    written = csv.reader(io.StringIO(capsys.readouterr().out), delimiter=delimiter)
    assert [(row[1], row[4], row[5]) for row in list(written)[2:]] == [
        ("101", "A", f"10{decimal}5"),
        ("102", "A", "0"),
        ("103", "B", ""),
    ]


def test_the_test_student_is_nobody_whatever_they_are_called(course, capsys, tmp_path):
    text = CANVAS.replace("104,,test", "104,,ada").replace("ada@uni", "a@uni")
    (tmp_path / "canvas.csv").write_text(text)
    rows = export(capsys, course, "canvas", "lstm", "--roster", str(tmp_path / "canvas.csv"))
    assert [row["ID"] for row in rows[1:]] == ["101", "102", "103"]


def test_moodle_rows_are_found_by_address_whatever_its_case(course, capsys, tmp_path):
    (tmp_path / "moodle.csv").write_text(
        "First name,Last name,ID number,Email address\nAda,L,101,a@uni.example\n"
        "Bea,,,bea@uni.example\n"
    )
    rows = export(capsys, course, "moodle", "lstm", "--roster", str(tmp_path / "moodle.csv"))
    assert [(row["Email address"], row["lstm"]) for row in rows] == [
        ("a@uni.example", "10.5"),
        ("bea@uni.example", "0"),
    ]


def test_no_grade_is_lost_without_a_word(course, capsys, tmp_path):
    (tmp_path / "short.csv").write_text("Username\nada\n")
    arguments = ["moodle", "--roster", str(tmp_path / "short.csv"), "--course", str(course.root)]
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert "no row for bea" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["moodle", "gru"], "no assignment gru; it has: lstm, search"),
        (["canvas", "--title", "lstm"], "ASSIGNMENT=TITLE"),
        (["canvas", "--roster", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["canvas", "--roster", __file__], "has none of the columns"),
    ],
)
def test_a_mistake_is_named(course, capsys, arguments, told):
    assert main([*arguments, "--course", str(course.root)]) == 1
    assert told in capsys.readouterr().err


def test_who_left_is_in_no_file_and_blocks_none(course, capsys, tmp_path):
    """The learning management system has no row for them any more."""
    roster = tmp_path / "canvas.csv"
    roster.write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section\n"Lovelace, Ada",101,,ada,\n"Cal",103,,cal,\n'
    )
    assert main(["canvas", "--course", str(course.root), "--roster", str(roster)]) == 1
    assert "has no row for bea" in capsys.readouterr().err
    leave(course, "bea")
    try:
        rows = export(capsys, course, "canvas", "--roster", str(roster))
        assert [row["SIS Login ID"] for row in rows] == ["", "ada", "cal"]
        assert "bea" not in {row["Username"] for row in export(capsys, course, "moodle")}
    finally:
        come_back(course, "bea")
    assert "bea" in {row["Username"] for row in export(capsys, course, "moodle")}
