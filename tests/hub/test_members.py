"""Who is in the class: what a class list may say, and whom the hub takes for a member."""

from __future__ import annotations

import getpass
import os
import pwd

import pytest

from hub import members
from hub.members import ClassError, Member, as_demo_users, as_one_user, as_system_users, read_class

GOOD = "name,role,first_name,email\niris,instructor,Iris,\nada,student,Ada,ada@example.org\n"


def written(tmp_path, text: str):
    path = tmp_path / "class.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_class_list_with_other_delimiters_in_utf_16_is_read(tmp_path, delimiter):
    path = tmp_path / "class.csv"
    path.write_bytes(GOOD.replace(",", delimiter).encode("utf-16"))
    found = read_class(path)
    assert found == read_class(written(tmp_path, GOOD))


def test_a_class_list_from_a_spreadsheet_is_read(tmp_path):
    """With the mark that spreadsheets put before UTF-8, and spaces around the words."""
    rows = read_class(written(tmp_path, "\ufeff" + GOOD.replace("ada,", " ada ,")))
    assert [(row["name"], row["role"]) for row in rows] == [
        ("iris", "instructor"),
        ("ada", "student"),
    ]
    people = as_one_user(rows, lambda name: tmp_path / name)
    assert people[1].email == "ada@example.org" and people[1].uid == os.getuid()
    assert Member.from_json(people[0].to_json()) == people[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,email\nada,x\n", "only name and role"),
        (GOOD + "../x,student,,\n", "line 4: '../x' is not a user name"),
        (GOOD + "Root,student,,\n", "not a user name"),
        (GOOD + "lin,teacher,,\n", "line 4: the role is one of"),
        (GOOD + "ada,student,,\n", "ada is there more than once"),
        ("name,role\nada,student\n", "no instructor"),
        ("", "no instructor"),
    ],
)
def test_a_class_list_that_is_none_is_refused_by_line(tmp_path, text, says):
    with pytest.raises(ClassError, match=says):
        read_class(written(tmp_path, text))


def test_a_missing_class_list_is_named(tmp_path):
    with pytest.raises(ClassError, match=r"class\.csv: cannot be read"):
        read_class(tmp_path / "class.csv")


def test_root_is_no_member(monkeypatch):
    monkeypatch.setattr(members, "_instructors_group", lambda: 1)
    with pytest.raises(ClassError, match="root"):
        as_system_users([{"name": "root", "role": "instructor"}])
    with pytest.raises(ClassError, match="useradd --create-home nobodyofthatname"):
        as_system_users([{"name": "nobodyofthatname", "role": "student"}])


def test_an_account_of_the_systems_own_is_not_taken_for_the_demos(tmp_path, monkeypatch):
    """A server may well have a real user called ada."""
    monkeypatch.setattr(members, "_require", lambda program: None)
    somebody = next(entry.pw_name for entry in pwd.getpwall() if entry.pw_name != getpass.getuser())
    with pytest.raises(ClassError, match="of its own"):
        as_demo_users([{"name": somebody, "role": "student"}], lambda name: tmp_path / name)
