"""Exports and class lists are read as they come: delimiters, encodings, decimals."""

from __future__ import annotations

import csv
import io

import pytest

from grader.errors import GraderError
from hub.spreadsheets import Form, parse, read, write

ROWS = [["Student", "Login", "Quiz"], ["Lovelace, Ada", "ada", "7.5"], ["Žižka; Jan", "žan", "10"]]


def text(delimiter: str = ",", decimal: str = ".") -> str:
    stream = io.StringIO(newline="")
    rows = [[*row[:2], row[2].replace(".", decimal)] for row in ROWS]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def rows_of(sheet) -> list[list[str]]:
    return [sheet.columns, *([row[name] for name in sheet.columns] for row in sheet.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_and_encoding_gives_the_same_table(delimiter, encoding):
    sheet = parse(text(delimiter).encode(encoding), "x.csv")
    assert rows_of(sheet) == ROWS
    assert sheet.form == Form(delimiter, ".")


def test_a_file_that_says_its_delimiter_is_believed():
    assert rows_of(parse(b"sep=;\r\n" + text(";").encode(), "x.csv")) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_decimal_commas_are_seen(delimiter):
    assert parse(text(delimiter, ",").encode(), "x.csv").form == Form(delimiter, ",")


def test_the_code_page_of_windows_is_read():
    assert parse("Name;Login\r\nJosé Peña;jose\r\n".encode("cp1252"), "x").rows == [
        {"Name": "José Peña", "Login": "jose"}
    ]


def test_short_lines_empty_lines_and_heads_with_spaces_do_no_harm():
    sheet = parse(b" name , role\n\nada\n , \n", "x.csv")
    assert sheet.rows == [{"name": "ada", "role": ""}]


def test_what_is_no_text_is_said_and_nothing_is_an_empty_table():
    with pytest.raises(GraderError, match="cannot be read as CSV"):
        parse(b"\xff\xfea", "x.csv")
    assert parse(b"", "x.csv").columns == []


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(GraderError, match="cannot be read: No such file"):
        read(tmp_path / "none.csv")


def test_what_is_written_in_a_form_is_read_in_it():
    stream = io.StringIO(newline="")
    write(stream, ROWS, Form(";", ","))
    assert rows_of(parse(stream.getvalue().encode(), "x.csv")) == ROWS
