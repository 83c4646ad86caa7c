"""What could not be written is kept, as far as there is room for it."""

from __future__ import annotations

from grader.service.kept import Kept


def test_the_newest_of_each_is_kept_until_it_is_dropped():
    kept = Kept(len)
    assert kept.get("ada") is None and "ada" not in kept
    kept.put("ada", "one")
    kept.put("ada", "two")
    assert kept.get("ada") == "two" and "ada" in kept
    kept.drop("ada")
    kept.drop("ada")
    assert "ada" not in kept


def test_where_there_is_too_much_the_oldest_go():
    kept = Kept(len, most=10)
    for name in ("ada", "bea", "cal"):
        kept.put(name, "1234")
    assert [name in kept for name in ("ada", "bea", "cal")] == [False, True, True]
    kept.put("dan", "more than there is room for")
    assert not any(name in kept for name in ("ada", "bea", "cal", "dan"))
