"""The release notebook is the skeleton: a submission gives nothing but the source of its cells."""

from __future__ import annotations

import json

import pytest

from grader.notebooks.merge import (
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_DRAWN,
    MAX_DRAWN_PAGE,
    UnreadableSubmission,
    is_shown,
    merge,
    read_cells,
)


def code(source, grade_id=None, **roles):
    fields = {"grade_id": grade_id, "grade": False, "solution": False, "locked": False, **roles}
    return {
        "cell_type": "code",
        "metadata": {"nbgrader": fields} if grade_id else {},
        "source": source,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}],
        "execution_count": 3,
    }


RELEASE = {
    "cells": [
        code("import numpy as np", "setup", locked=True),
        code("def f(): ...", "f", solution=True),
        code("assert f()", "check-f", grade=True, locked=True, points=2),
        code("plot(f)"),
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def merged(*cells):
    data = json.dumps({"cells": list(cells), "nbformat": 4}).encode()
    return [c["source"] for c in merge(RELEASE, read_cells(data))["cells"]]


def test_answers_are_taken_and_nothing_else():
    assert merged(
        code("import evil", "setup", solution=True),
        code("def f(): return 1", "f"),
        code("assert True", "check-f", grade=True, points=1000),
    ) == ["import numpy as np", "def f(): return 1", "assert f()", "plot(f)"]


def test_points_and_outputs_come_from_the_release():
    data = json.dumps({"cells": [code("x", "check-f", grade=True, points=1000)]}).encode()
    cell = merge(RELEASE, read_cells(data))["cells"][2]
    assert cell["metadata"]["nbgrader"]["points"] == 2
    assert cell["outputs"] == []


def test_the_students_own_cells_stay_where_they_stood():
    assert merged(
        code("import math", None),
        code("a = 1", "setup"),
        code("def helper(): ...", None),
        code("def f(): return helper()", "f"),
        code("f()", None),
    ) == [
        "import math",
        "import numpy as np",
        "def helper(): ...",
        "def f(): return helper()",
        "f()",
        "assert f()",
        "plot(f)",
    ]


def test_of_a_split_answer_cell_both_parts_run_in_order():
    assert merged(code("def g(): ...", "f"), code("def f(): return g()", "f"))[1:3] == [
        "def g(): ...",
        "def f(): return g()",
    ]


def test_a_missing_answer_cell_says_so():
    assert merged(code("x = 1", None)) == [
        "x = 1",
        "import numpy as np",
        "# (this answer cell was missing from the submission)",
        "assert f()",
        "plot(f)",
    ]


def test_untouched_cells_of_the_release_do_not_stand_twice():
    assert merged(code("plot(f)", None)).count("plot(f)") == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "No notebook was found"),
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"[]", "no list of cells"),
        (b'{"worksheets": []}', "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (json.dumps({"cells": [{}] * (MAX_CELLS + 1)}).encode(), "cells; at most"),
        (b" " * (21 << 20), "larger than"),
    ],
)
def test_what_cannot_be_read_is_explained_to_the_student(data, says):
    with pytest.raises(UnreadableSubmission, match=says):
        read_cells(data)


@pytest.mark.parametrize(
    "cell",
    [
        None,
        5,
        "text",
        {"cell_type": "raw", "source": "x"},
        {"cell_type": ["code"], "source": "x"},
        {"cell_type": "code", "source": 7, "metadata": "no dict"},
        {"cell_type": "code", "source": [1, {}], "metadata": {"nbgrader": {"grade_id": ["f"]}}},
    ],
)
def test_odd_cells_do_no_harm(cell):
    assert merged(cell, code("def f(): return 2", "f"))[1] == "def f(): return 2"


def test_lone_surrogates_do_not_break_the_graded_notebook():
    text = json.dumps({"cells": [code("x = '\ud800'", "f")]}).encode()
    merge(RELEASE, read_cells(text))["cells"][1]["source"].encode("utf-8")


def test_line_ends_of_windows_are_no_change():
    release = {**RELEASE, "cells": [code("a = 1\nb = 2")]}
    data = json.dumps({"cells": [code("a = 1\r\nb = 2")]}).encode()
    assert [c["source"] for c in merge(release, read_cells(data))["cells"]] == ["a = 1\nb = 2"]


def shows(source, id=None, **cell):
    made = code(source) | {"metadata": {"tags": ["show"]}, **cell}
    return made | {"id": id} if id else made


def test_a_picture_cell_that_was_played_with_still_only_shows():
    release = {**RELEASE, "cells": [*RELEASE["cells"], shows("plot(f)", "picture")]}
    played = [*RELEASE["cells"], shows("plot(f, colour='red')", "picture")]
    data = json.dumps({"cells": played}).encode()
    last = merge(release, read_cells(data))["cells"][-1]
    assert last["source"] == "plot(f, colour='red')"
    assert is_shown(last)
    assert last["outputs"] == []


def test_a_picture_cell_that_was_moved_is_where_the_student_put_it():
    release = {**RELEASE, "cells": [*RELEASE["cells"], shows("plot(f)", "picture")]}
    data = json.dumps({"cells": [shows("plot(f)", "picture"), *RELEASE["cells"]]}).encode()
    cells = merge(release, read_cells(data))["cells"]
    assert [is_shown(cell) for cell in cells] == [True, False, False, False, False]


def test_a_cell_of_ones_own_is_none_that_shows_whatever_its_tags():
    release = {**RELEASE, "cells": [*RELEASE["cells"], shows("plot(f)", "picture")]}
    own = shows("def helper(): ...", "copied")
    data = json.dumps({"cells": [shows("plot(f)", "picture"), own]}).encode()
    cells = merge(release, read_cells(data))["cells"]
    [helper] = [cell for cell in cells if cell["source"] == "def helper(): ..."]
    assert not is_shown(helper)


def test_a_cell_without_id_that_is_marked_as_a_picture_stays_one():
    """Notebooks of Colab have no ids, so nobody can say whether it was released."""
    data = json.dumps({"cells": [shows("plot(f, colour='red')")]}).encode()
    cells = merge(RELEASE, read_cells(data))["cells"]
    [played] = [cell for cell in cells if "red" in cell["source"]]
    assert is_shown(played)


def cells_of(*cells):
    return merge(RELEASE, read_cells(json.dumps({"cells": list(cells)}).encode()))["cells"]


def about(cell):
    return cell["metadata"].get("submitted", {})


def words(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def test_a_long_answer_is_read_in_full():
    long = "data = '" + "x" * (MAX_CELL_CHARACTERS - 100) + "'\ndef f(): return data"
    answer = cells_of(code(long, "f"))[1]
    assert answer["source"] == long
    assert about(answer) == {}


@pytest.mark.parametrize("kind", ["answer", "own code", "own text"])
def test_where_something_is_cut_it_is_said(kind):
    long = "x" * (MAX_CELL_CHARACTERS + 1)
    if kind == "answer":
        cut = cells_of(code(long, "f"))[1]
    else:
        cut = cells_of(code(long) if kind == "own code" else words(long))[0]
    assert about(cut)["characters"] == len(long)
    assert cut["source"].startswith("x" * MAX_CELL_CHARACTERS + "\n")
    note = cut["source"][MAX_CELL_CHARACTERS:]
    assert "up to here" in note
    assert f"{len(long):,} characters" in note
    if kind != "own text":
        compile(note, "note", "exec")


def test_the_answers_are_read_first_when_there_is_too_much():
    own = [code(f"# {n}" + "x" * MAX_CELL_CHARACTERS) for n in range(8)]
    cells = cells_of(*own, code("def f(): return 1", "f"))
    assert [about(cell) for cell in cells if cell["source"] == "def f(): return 1"] == [{}]
    assert sum(len(cell["source"]) for cell in cells) < MAX_CHARACTERS + 2000
    assert sum("characters" in about(cell) for cell in cells) == len(own)


def test_long_texts_are_shown_as_they_were_written():
    short, long = words("x" * MAX_DRAWN), words("x" * (MAX_DRAWN + 1))
    assert not about(cells_of(short)[0]).get("as_written")
    assert about(cells_of(long)[0])["as_written"]


def test_a_page_draws_so_much_and_no_more():
    many = [words(f"{n} " + "x" * (MAX_DRAWN - 10)) for n in range(20)]
    drawn = [cell for cell in cells_of(*many)[:20] if not about(cell).get("as_written")]
    assert sum(len(cell["source"]) for cell in drawn) <= MAX_DRAWN_PAGE
    assert len(drawn) == MAX_DRAWN_PAGE // (MAX_DRAWN - 7)


def test_the_students_own_cells_can_be_told_from_the_releases():
    cells = cells_of(words("mine"), code("y = 1"), code("def f(): ...", "f"))
    assert [about(cell).get("own") for cell in cells[:2]] == [True, True]
    assert all(not about(cell) for cell in cells[2:])
