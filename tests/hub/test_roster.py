"""The roster: who is in the class, who has left, and what each logs in with."""

from __future__ import annotations

import pytest

from hub.members import DEMO, ClassError
from hub.roster import Entry, Roster

CLASS = [{"name": "iris", "role": "instructor"}, {"name": "ada", "role": "student"}]


@pytest.fixture
def roster(tmp_path) -> Roster:
    roster = Roster(tmp_path / "class.json")
    roster.start(CLASS, demo=False)
    return roster


def names(roster: Roster, everybody: bool = False) -> list[str]:
    return [entry.name for entry in roster.entries(everybody)]


def test_who_left_is_kept_and_comes_back(roster):
    roster.leave("ada")
    assert names(roster) == ["iris"] and names(roster, everybody=True) == ["iris", "ada"]
    assert roster.named("ada") is None and roster.by_login("ada") is None
    with pytest.raises(ClassError, match="restore ada"):
        roster.add(Entry("ada", "student"))
    roster.restore("ada")
    assert names(roster) == ["iris", "ada"]


def test_a_changed_login_leads_to_the_same_name(roster):
    roster.change_login("ada", "lovelace")
    assert roster.by_login("lovelace").name == "ada" and roster.by_login("ada") is None
    with pytest.raises(ClassError, match="the login of two members"):
        roster.change_login("ada", "iris")
    with pytest.raises(ClassError, match="the login of two members"):
        roster.add(Entry("lovelace", "student"))
    assert names(roster) == ["iris", "ada"], "nothing is half changed"


def test_a_class_list_that_is_read_again_undoes_nothing(roster):
    """Members come by a list or by a command; neither takes back what the other did."""
    roster.add(Entry("lin", "student"))
    roster.change_login("lin", "lin2")
    roster.leave("ada")
    roster.start([*CLASS, {"name": "bea", "role": "student", "email": "b@example.org"}], demo=False)
    roster.start([{"name": "lin", "role": "student", "first_name": "Lin"}], demo=False)
    assert names(roster) == ["iris", "lin", "bea"]
    assert roster.by_login("lin2").first_name == "Lin"


def test_another_class_begins_anew(roster):
    roster.start(DEMO, demo=True)
    assert names(roster, everybody=True) == ["instructor", "ada", "lin"] and roster.demo


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda roster: roster.leave("iris"), "no instructor"),
        (lambda roster: roster.leave("nobody"), "not a member"),
        (lambda roster: roster.add(Entry("iris", "student")), "already"),
        (lambda roster: roster.add(Entry("../x", "student")), "not a user name"),
        (lambda roster: roster.add(Entry("bea", "teacher")), "the role is one of"),
        (lambda roster: roster.change_login("ada", "A da"), "not a user name"),
    ],
)
def test_what_cannot_be_is_refused(roster, change, says):
    before = roster.path.read_text()
    with pytest.raises(ClassError, match=says):
        change(roster)
    assert roster.path.read_text() == before
