"""What views show, and what of it may be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub import view
from hub.members import Member
from hub.places import CHECKOUT, State


@pytest.fixture
def state(tmp_path) -> State:
    return State(tmp_path)


def written(state: State, role: str) -> set[Path]:
    member = Member("iris", role, 1, 1, state.home("iris"))
    shown = {show.inside: show.writable for show in view.shown(member, state)}  # the last one holds
    return {inside for inside, writable in shown.items() if writable}


def test_exercises_are_changed_on_the_hub_by_whom_its_operator_lets(state):
    rooms = {CHECKOUT / "exercises", CHECKOUT / "solutions"}
    assert written(state, "instructor").isdisjoint(rooms)
    state.editable.touch()
    assert rooms <= written(state, "instructor")
    assert written(state, "student").isdisjoint(rooms)
    everything = {path for path in written(state, "instructor") if path.is_relative_to(CHECKOUT)}
    assert everything == rooms, "and nothing else of the checkout"
