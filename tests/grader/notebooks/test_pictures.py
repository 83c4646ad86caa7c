"""Pictures that students paste: kept within a limit, or named with the reason why they are not there."""

from __future__ import annotations

import base64
import json
import re

import nbformat
import pytest

from grader.notebooks import pictures
from grader.notebooks.merge import merge, read_cells
from grader.notebooks.safe_html import cell2html
from tests.grader.pictures import SVG, gif, jpeg, png

FIELDS = {"grade_id": "w", "grade": True, "solution": True, "locked": False, "points": 2}
RELEASE = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "w",
            "metadata": {"nbgrader": {**FIELDS, "schema_version": 3, "cell_type": "markdown"}},
            "source": "*Your answer here*",
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
SHOWN = {"image/png": png(), "image/jpeg": jpeg(), "image/gif": gif()}
HUGE = 60_000
REFUSED = {
    "drawing": ({"image/svg+xml": SVG}, "only PNG, JPEG and GIF"),
    "no picture": ({"text/html": "PHNjcmlwdD4="}, "only PNG, JPEG and GIF"),
    "nothing": ({}, "only PNG, JPEG and GIF"),
    "damaged": ({"image/png": "&&&&"}, "damaged"),
    "other kind": ({"image/png": jpeg()}, "damaged"),
    "cut off": ({"image/jpeg": jpeg()[:8]}, "damaged"),
    "no size": ({"image/png": png(0, 0)}, "damaged"),
    "unfolds png": ({"image/png": png(HUGE, HUGE, rows=1)}, "million pixels"),
    "unfolds jpeg": ({"image/jpeg": jpeg(HUGE, HUGE)}, "million pixels"),
    "unfolds gif": ({"image/gif": gif(HUGE, HUGE)}, "million pixels"),
    "weighs": ({"image/png": png() + "A" * pictures.MAX_CHARACTERS}, "7 MB together"),
}


def handed_in(source: str, attachments: object = None) -> dict:
    """The graded notebook's cell of a written answer."""
    cell = {
        "cell_type": "markdown",
        "metadata": {"nbgrader": FIELDS},
        "source": source,
        "attachments": attachments,
    }
    (graded,) = merge(RELEASE, read_cells(json.dumps({"cells": [cell]}).encode()))["cells"]
    return graded


def images(cell: dict) -> list[str]:
    return re.findall(r'<img alt="[^"]*" src="(data:[^"]*)">', cell2html(cell))


@pytest.mark.parametrize("kind", SHOWN)
def test_a_pasted_picture_is_kept_and_shown(kind):
    cell = handed_in("See ![photo.x](attachment:photo.x)!", {"photo.x": {kind: SHOWN[kind]}})
    assert images(cell) == [f"data:{kind};base64,{SHOWN[kind]}"]
    nbformat.validate(nbformat.from_dict({**RELEASE, "cells": [cell]}))


@pytest.mark.parametrize(
    "source",
    [
        "![x](attachment:my%20photo.png)",
        "![x](<attachment:my photo.png>)",
        '<img src="attachment:my photo.png" width="900" onerror="alert(1)">',
    ],
)
def test_jupyter_writes_a_picture_in_several_ways(source):
    lines = [png()[:20] + "\n", png()[20:]]
    assert len(images(handed_in(source, {"my photo.png": {"image/png": lines}}))) == 1


def test_a_picture_in_the_text_itself_costs_none_of_the_text():
    after = "And this is what I say about it."
    for source in (
        f"![x](data:image/png;base64,{png()})",
        f"<img src='data:image/png;base64,{png()}'>",
        f"![x][its address]\n\n[its address]: data:image/png;base64,{png()}",
    ):
        cell = handed_in(f"{source}\n\n{after}")
        assert len(images(cell)) == 1
        assert after in cell2html(cell)
        assert len(cell["source"]) < 100


def test_large_pictures_leave_room_for_the_text_after_them():
    large = base64.b64encode(base64.b64decode(png()) + bytes(2_000_000)).decode()
    cell = handed_in(f"![x](data:image/png;base64,{large})\n\nafter it")
    assert len(images(cell)) == 1
    assert "after it" in cell2html(cell)
    assert "submitted" not in cell["metadata"]


@pytest.mark.parametrize("name", REFUSED)
def test_every_other_picture_is_named_with_the_reason(name):
    bundle, reason = REFUSED[name]
    cell = handed_in("![my picture](attachment:a.b)", {"a.b": bundle})
    page = cell2html(cell)
    assert images(cell) == []
    assert "Picture “my picture” left out" in page
    assert reason in page
    assert len(json.dumps(cell)) < 1000


@pytest.mark.parametrize(
    "source",
    ["![x](attachment:gone.png)", "![x](photo.png)", "![x](https://example.org/x.png)", "<img>"],
)
@pytest.mark.parametrize("attachments", [None, {}, [], "x", {"gone.png": None}, {"a": {"b": 3}}])
def test_what_is_not_there_is_said_and_stops_nothing(source, attachments):
    page = cell2html(handed_in(source, attachments))
    assert "left out" in page
    assert "<img" not in page


def test_the_limit_is_the_notebooks():
    weight = pictures.MAX_CHARACTERS // 3
    heavy = base64.b64encode(base64.b64decode(png()) + bytes(weight * 3 // 4)).decode()
    names = [f"{n}.png" for n in range(4)]
    source = "\n".join(f"![{name}](attachment:{name})" for name in names)
    cell = handed_in(source, {name: {"image/png": heavy} for name in names})
    assert len(images(cell)) == 2
    assert cell2html(cell).count("left out") == 2


def test_pictures_that_nothing_shows_are_not_kept():
    assert "attachments" not in handed_in("no picture", {"a.png": {"image/png": png()}})
