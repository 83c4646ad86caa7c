"""Reads class lists and exports as they come from Canvas, Moodle and spreadsheets.

These write commas, semicolons or tabs, UTF-8 with or without a mark, UTF-16, or the code page of Windows,
and decimals with a point or a comma. What is sent back in the same form is what they read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from grader.errors import GraderError

DELIMITERS = ",;\t"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATOR = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
COMMA_DECIMAL = re.compile(r"\d+,\d+")
POINT_DECIMAL = re.compile(r"\d+\.\d+")
MOST = 64 << 20  # bytes


@dataclass(frozen=True)
class Form:
    """How a file is written: its delimiter and its decimal mark."""

    delimiter: str = ","
    decimal: str = "."


@dataclass(frozen=True)
class Sheet:
    """A table that was read: the names of its columns, its rows, and its form."""

    columns: list[str]
    rows: list[dict[str, str]]
    form: Form


def read(path: Path) -> Sheet:
    """Read a file with a line of heads.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Sheet
        Each row has a text, maybe empty, for every column; empty lines are passed over.

    Raises
    ------
    GraderError
        Where it can't be read as such a table.
    """
    try:
        if path.stat().st_size > MOST:
            raise GraderError(f"{path} is larger than {MOST >> 20} MiB: is it the export?")
        data = path.read_bytes()
    except OSError as error:
        raise GraderError(f"{path} cannot be read: {error.strerror}") from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Sheet:
    """As `read`, of a file's bytes.

    Parameters
    ----------
    data : bytes
        What is in the file.
    name : str
        Of the file, for errors.

    Returns
    -------
    Sheet
        As from `read`.

    Raises
    ------
    GraderError
        Where it can't be read as such a table.
    """
    try:
        text = _decoded(data)
        first, _, rest = text.partition("\n")
        told = SEPARATOR.fullmatch(first.strip("\r"))  # as Excel writes and reads it
        text = rest if told else text
        delimiter = told[1] if told else _delimiter(text)
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (UnicodeDecodeError, csv.Error) as error:
        raise GraderError(f"{name} cannot be read as CSV: {error}") from error
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        return Sheet([], [], Form())
    columns = [cell.strip() for cell in lines[0]]
    rows = [
        dict(zip(columns, [*line, *[""] * (len(columns) - len(line))], strict=False))
        for line in lines[1:]
    ]
    return Sheet(columns, rows, Form(delimiter, _decimal(lines[1:])))


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    if data[1:2] == b"\0" or data[:1] == b"\0":  # UTF-16 without a mark: its heads are ASCII
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise
        return data.decode("cp1252")  # what Excel on Windows calls CSV


def _delimiter(text: str) -> str:
    """That which makes the most columns of the heads; a comma where none does."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    counts = {mark: len(next(csv.reader([head], delimiter=mark))) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: counts[mark])


def _decimal(lines: Iterable[list[str]]) -> str:
    """A comma where numbers are written with it, and none with a point."""
    cells = [cell.strip() for line in lines for cell in line]
    if any(POINT_DECIMAL.fullmatch(cell) for cell in cells):
        return "."
    return "," if any(COMMA_DECIMAL.fullmatch(cell) for cell in cells) else "."


def write(stream: TextIO, table: Iterable[Iterable[str]], form: Form | None = None) -> None:
    """Write a table in a form.

    Parameters
    ----------
    stream : TextIO
        Opened with `newline=""`.
    table : iterable of rows of str
        The heads first.
    form : Form, optional
        Commas and points unless it is given.
    """
    csv.writer(stream, delimiter=(form or Form()).delimiter).writerows(table)
