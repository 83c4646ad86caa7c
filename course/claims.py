"""Words for results, chosen by the results themselves: what a page says is what its numbers say.

A page gives its numbers to small functions of its own that pick the sentence; what several of them
need stands here.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["above", "glue", "listed", "points", "side"]

MINUS = "\u2212"


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


def above(difference: float) -> str:
    """Where a share stands against another, as in "2.6 points above" or "0.7 points below"."""
    return f"{points(abs(difference))} points {'above' if difference >= 0 else 'below'}"


def listed(names: Sequence[str]) -> str:
    """The names as a sentence has them: "a", "a and b", "a, b and c"."""
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
