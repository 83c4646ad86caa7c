"""Cells whose weights are set by hand: an answer of parameters, and what reads them out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.checks import Outcome

MOST_UNITS = 8

Parameters = dict[str, np.ndarray]


def parameters_and_readout(
    answer: object, shapes: Callable[[int], dict[str, tuple[int, ...]]], wanted: str
) -> tuple[Parameters, np.ndarray] | Outcome:
    """The two parts of an answer, or what is wrong with its form.

    Parameters
    ----------
    answer : object
        What the student's function has returned.
    shapes : callable
        Of each parameter, for H units.
    wanted : str
        The keys and shapes in words.

    Returns
    -------
    (dict of str to array, array (H,)), or Outcome
        The parameters and the readout, all float; no points and a reason where the answer is none.
    """
    try:
        params, readout = answer  # type: ignore[misc]
        params = {name: np.asarray(value, dtype=float) for name, value in dict(params).items()}
        readout = np.asarray(readout, dtype=float)
    except (TypeError, ValueError):
        return Outcome(0, "Return the dict of parameters and the array `readout`, in this order.")
    found = {name: value.shape for name, value in params.items()}
    if readout.ndim != 1 or found != shapes(readout.size):
        return Outcome(0, wanted)
    finite = all(np.isfinite(value).all() for value in (readout, *params.values()))
    if readout.size > MOST_UNITS or not finite:
        return Outcome(0, f"Use at most {MOST_UNITS} units, and finite numbers.")
    return params, readout
