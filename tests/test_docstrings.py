"""One format of docstrings, NumPy's, in all rooms; and what one room takes from another says all.

That every public thing has a docstring, ruff's rules see to.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from numpydoc.hooks.validate_docstrings import process_file

from tests import docstrings
from tests.docstrings import (
    arguments,
    documented,
    has_sections,
    needs_sections,
    shared,
    shortcomings,
)

# A section whose name numpydoc doesn't know is a warning of its parser.
pytestmark = pytest.mark.filterwarnings("error")

FORM = {
    "GL06": "an unknown section",
    "GL07": "sections in another order than NumPy's",
    "PR02": "a parameter that isn't there",
    "PR03": "parameters in another order than the function's",
    "PR04": "a parameter without a type",
    "PR07": "a parameter without a word",
    "PR10": "no space before the colon",
    "RT03": "something returned without a word",
}
"""Of numpydoc's checks those that say whether what is there has the format, not how much is there."""
OLD = re.compile(r"^ *(\*{0,2}\w+(?:, \w+)*) *: +\S.*")
"""A line of an argument outside a section."""


def test_what_another_room_takes_says_what_it_wants_gives_and_raises():
    found = {
        name: shortcomings(node)
        for name, node in shared(docstrings.modules())
        if isinstance(node, docstrings.Function) and needs_sections(node)
    }
    assert len(found) >= 40
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_what_another_room_takes_has_a_docstring():
    assert [
        name for name, node in shared(docstrings.modules()) if not ast.get_docstring(node)
    ] == []


def test_sections_are_whole_wherever_they_stand():
    found = {
        name: shortcomings(node)
        for name, node in documented(docstrings.modules())
        if isinstance(node, docstrings.Function) and has_sections(node)
    }
    assert len(found) >= 150
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.slow
def test_numpydoc_finds_no_fault_in_the_form():
    assert [
        fault for module in docstrings.modules().values() for fault in faults(module.path)
    ] == []


def test_attributes_are_those_that_the_class_has():
    for name, node in documented(docstrings.modules()):
        if isinstance(node, ast.ClassDef):
            described = [
                a for e in docstrings.parsed(node)["Attributes"] for a in e.name.split(", ")
            ]
            assert set(described) <= docstrings.fields(node), name


def test_no_argument_is_described_outside_a_section():
    found = {name: described_in_prose(node) for name, node in documented(docstrings.modules())}
    assert {name: lines for name, lines in found.items() if lines} == {}


def faults(path: Path) -> list[list[str]]:
    """What numpydoc says against the form of a file's docstrings: place, name, code, words."""
    return process_file(path, {"checks": set(FORM), "exclude": None, "overrides": {}})


def described_in_prose(node: docstrings.Documented) -> list[str]:
    """Lines such as "low, high : two numbers" about what the node takes or has."""
    doc = docstrings.parsed(node)
    own = docstrings.fields(node) if isinstance(node, ast.ClassDef) else arguments(node)
    lines = [OLD.match(line) for line in (*doc["Summary"], *doc["Extended Summary"])]
    return [line[0] for line in lines if line and set(line[1].split(", ")) <= set(own)]


RIGHT = '''
def share(part, whole, *, digits=2):
    """A part of a whole.

    Parameters
    ----------
    part, whole : float
        Two numbers.
    digits : int
        To which the share is rounded.

    Returns
    -------
    float
        The share.
    """
'''


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("part, whole : float", "part, hole : float", "PR02"),
        ("part, whole : float", "whole, part : float", "PR03"),
        ("digits : int", "digits", "PR04"),
        ("        Two numbers.\n", "", "PR07"),
        ("digits : int", "digits: int", "PR10"),
        ("        The share.\n", "", "RT03"),
    ],
)
def test_a_fault_of_form_is_found(right, wrong, code, tmp_path):
    file = tmp_path / "module.py"
    file.write_text(RIGHT)
    assert faults(file) == []
    assert right in RIGHT
    file.write_text(RIGHT.replace(right, wrong, 1))
    assert code in {fault[2] for fault in faults(file)}


@pytest.mark.parametrize("line", ["digits : as many", "    part, whole: numbers", "*more : text"])
def test_a_description_outside_a_section_is_found(line):
    source = f'def share(part, whole, *more, digits=2):\n    """A part.\n\n{line}\n    """'
    (node,) = ast.parse(source).body
    assert described_in_prose(node) == [line.strip()]
    (node,) = ast.parse(source.replace(line, "Nothing: it is a part.")).body
    assert described_in_prose(node) == []
