"""Files as students send them: a right notebook under another name is graded, never guessed at."""

from __future__ import annotations

import json
import os

import nbformat
import pytest

from grader.gradebook import submitted
from grader.notebooks.merge import UnreadableSubmission, read_cells

NAMES = [
    "smoothing (1).ipynb",
    "SMOOTHING.ipynb",
    "smoothing-Copy1.ipynb",
    "Kopie von smoothing.IPYNB",
]
LIMIT = 1000


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "smoothing"
    folder.mkdir()
    return folder


def found(folder) -> submitted.Notebook:
    return submitted.notebook(folder.parent, "smoothing", LIMIT)


@pytest.mark.parametrize("name", NAMES)
def test_the_only_notebook_counts_under_any_name(folder, name):
    (folder / name).write_bytes(b"mine")
    (folder / "timestamp.txt").write_bytes(b"not a notebook")
    assert found(folder) == submitted.Notebook(b"mine", name)


def test_the_released_name_counts_before_any_other(folder):
    (folder / "smoothing.ipynb").write_bytes(b"released")
    (folder / NAMES[0]).write_bytes(b"copy")
    assert found(folder) == submitted.Notebook(b"released")


def test_of_several_under_other_names_none_is_taken(folder):
    for name in NAMES[:2]:
        (folder / name).write_bytes(b"?")
    taken = found(folder)
    assert taken.data is None
    assert set(taken.others) == set(NAMES[:2])
    with pytest.raises(UnreadableSubmission, match=r"2 notebooks in your submission \(SMOOTHING"):
        read_cells(taken.data, taken.others)


def test_hidden_files_and_checkpoints_are_no_notebooks(folder):
    (folder / "._smoothing.ipynb").write_bytes(b"left by macOS")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "smoothing.ipynb").write_bytes(b"old")
    assert found(folder) == submitted.Notebook(None)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_plain_file_is_passed_over(folder, kind, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    strange = folder / "strange.ipynb"
    if kind == "link":
        strange.symlink_to(secret)
    elif kind == "pipe":
        os.mkfifo(strange)
    else:
        strange.mkdir()
    assert found(folder) == submitted.Notebook(None)
    (folder / NAMES[0]).write_bytes(b"mine")
    assert found(folder).data == b"mine"


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "smoothing.ipynb").write_bytes(b"another's")
    (tmp_path / "smoothing").symlink_to(tmp_path / "elsewhere")
    assert submitted.notebook(tmp_path, "smoothing", LIMIT) == submitted.Notebook(None)


def test_a_folder_of_very_many_files_is_not_walked_to_its_end(folder, monkeypatch):
    monkeypatch.setattr(submitted, "MOST_ENTRIES", 3)
    for number in range(10):
        (folder / f"{number}.ipynb").write_bytes(b"?")
    assert len(found(folder).others) == 3


def test_a_notebook_of_the_old_format_is_read():
    new = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])
    old = nbformat.convert(new, 3)
    assert [cell.source for cell in read_cells(json.dumps(old).encode())] == ["x = 1"]


@pytest.mark.parametrize("worksheets", [None, 3, [{"cells": 1}], [{"cells": [{"cell_type": 7}]}]])
def test_a_damaged_notebook_of_the_old_format_is_refused(worksheets):
    data = json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": worksheets}).encode()
    with pytest.raises(UnreadableSubmission):
        read_cells(data)
