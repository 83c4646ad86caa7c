"""Words for results, chosen by the results themselves, so that a page says what its numbers say.

A page gives its numbers to small functions of its own, which pick the sentence; what several of them
need is here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["above", "glue", "listed", "points", "put", "recorded", "scientific", "side", "signed"]

MINUS = "\u2212"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def side(difference: float, noise: float) -> str:
    """'ahead', 'behind', or 'level' where the difference is no larger than the noise.

    Raises ValueError where `noise` is negative or a number is nan: nothing can be said then.
    """
    if not noise >= 0 or difference != difference:
        raise ValueError(f"no judgement on a difference of {difference} with a noise of {noise}")
    if abs(difference) <= noise:
        return "level"
    return "ahead" if difference > 0 else "behind"


def points(share: float, *, signed: bool = False) -> str:
    """A difference of shares in percentage points, as in "2.6", "−0.7" or, signed, "+2.6"."""
    text = f"{100 * share:{'+' if signed else ''}.1f}"
    if float(text) == 0:  # neither "-0.0" nor "+0.0"
        text = "0.0"
    return text.replace("-", MINUS)


def signed(number: float) -> str:
    """A number with two decimals and its sign, as in "+0.31" or "−0.07"."""
    return f"{number:+.2f}".replace("-", MINUS)


def scientific(number: float) -> str:
    """A number as a page prints it: 3.1e-07 becomes 3.1 · 10⁻⁷, and 0.15 stays as it is."""
    if 0.1 <= number < 1000:
        return f"{number:.2g}"
    digits, exponent = f"{number:.1e}".split("e")
    return f"{digits}\u00a0·\u00a010{str(int(exponent)).translate(RAISED)}"


def above(difference: float) -> str:
    """How one share compares with another, as in "2.6 points above" or "0.7 points below"."""
    return f"{points(abs(difference))} points {'above' if difference >= 0 else 'below'}"


def recorded(part: str) -> dict[str, Any] | None:
    """What `make bench PART=...` has kept for a part; None where a page is read without the course."""
    path = Path("../tests/bench/results.json")
    return json.loads(path.read_text(encoding="utf-8")).get(part) if path.is_file() else None


def listed(names: Sequence[str]) -> str:
    """The names as they stand in a sentence: "a", "a and b", "a, b and c"."""
    *front, last = names
    return f"{', '.join(front)} and {last}" if front else last


def glue(name: str, value: object, display: bool = True) -> None:
    """Stand in for MyST-NB's `glue` where a chapter is a notebook, and no book is being built.

    Parameters
    ----------
    name : str
        The name under which the book's sentences quote the result; of no use here.
    value : object
        The result.
    display : bool
        Whether it is shown below the cell, too.
    """
    if display:
        from IPython.display import display as show

        show(value)


def put(**values: object) -> None:
    """Keep results under the names by which a page's sentences quote them, and show none of them.

    Where no book is being built, nothing is kept.

    Parameters
    ----------
    **values : object
        Name to result.
    """
    try:
        from myst_nb import glue as keep
    except ImportError:
        keep = glue
    for name, value in values.items():
        keep(name, value, display=False)
