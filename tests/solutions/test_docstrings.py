"""What a docstring of the reference promises the student, held against the function below it.

The modules are read, not imported: the docstrings of the Keras functions cost no TensorFlow.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from tests import docstrings

SOLUTIONS = Path(__file__).parents[2] / "solutions"
WIDTH = 100
"""Characters that a code cell shows without scrolling sideways."""

# A section whose name numpydoc doesn't know is a warning of its parser.
pytestmark = pytest.mark.filterwarnings("error")


def public_functions() -> list[tuple[str, ast.FunctionDef]]:
    """Each public function of each module, with its full name."""
    return [
        (f"{path.stem}.{node.name}", node)
        for path in sorted(SOLUTIONS.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def shortcomings(function: ast.FunctionDef) -> list[str]:
    """What the docstring leaves out, adds, or puts in another order than the function."""
    if ast.get_docstring(function) is None:
        return ["has no docstring"]
    found = docstrings.shortcomings(function)
    found += [f"has a line beyond {WIDTH}" for line in _lines(function) if len(line) > WIDTH]
    return found


def _lines(function: ast.FunctionDef) -> list[str]:
    """The docstring's lines as they stand in the cell."""
    text = ast.get_docstring(function, clean=False) or ""
    return f'    """{text}'.splitlines()


FUNCTIONS = public_functions()


@pytest.mark.parametrize("function", [f for _, f in FUNCTIONS], ids=[name for name, _ in FUNCTIONS])
def test_a_docstring_says_what_the_function_does(function):
    assert shortcomings(function) == []


def test_functions_of_every_chapter_are_read():
    chapters = {name.partition(".")[0] for name, _ in FUNCTIONS}
    assert chapters == {path.stem for path in SOLUTIONS.glob("*.py")} - {"__init__"}


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

    Raises
    ------
    ValueError
        Where there is no whole.
    """
    if not whole:
        raise ValueError("no whole")
    return round(part / whole, digits)
'''


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("part, whole : float", "part : float", "describes ['part', 'digits'], takes"),
        ("part, whole : float", "whole, part : float", "describes ['whole', 'part', 'digits']"),
        ("    digits : int\n", "    decimals : int\n", "describes ['part', 'whole', 'decimals']"),
        ("        Two numbers.\n", "", "says nothing of part"),
        ("    Returns\n    -------\n    float\n        The share.\n", "", "has no section Returns"),
        ("        The share.\n", "", "says nothing of what is returned: float"),
        ("    ValueError\n", "    TypeError\n", "doesn't say that it raises ValueError"),
        ("A part of a whole.", "A part" + 100 * "." + "\n", "has a line beyond 100"),
    ],
)
def test_a_shortcoming_is_named(right, wrong, said):
    assert shortcomings(_only(RIGHT)) == []
    assert right in RIGHT
    assert any(line.startswith(said) for line in shortcomings(_only(RIGHT.replace(right, wrong))))


def test_an_unknown_section_is_refused():
    with pytest.raises(UserWarning, match="Unknown section"):
        shortcomings(_only(RIGHT.replace("    Returns\n    -------\n", "    Gives\n    -----\n")))


def _only(source: str) -> ast.FunctionDef:
    [node] = ast.parse(inspect.cleandoc(source)).body
    assert isinstance(node, ast.FunctionDef)
    return node
