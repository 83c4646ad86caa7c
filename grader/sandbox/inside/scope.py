"""The names that a check's call finds: the check's own, and of the student's only those it asks for.

A notebook may bind any name: `from numpy import *`, `min = 1e-5`, `type = "LSTM"`. That is between the
student and the student's own functions; the code of a check must not notice.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from types import CodeType

_BUILT_IN = dict(vars(builtins))  # as they are before any of a student's code has run


def scope(
    prepare: CodeType,
    evaluate: CodeType,
    inputs: Mapping[str, object],
    theirs: Mapping[str, object],
) -> dict[str, object]:
    """The names for one call, after the setup has run among them.

    Parameters
    ----------
    prepare : code
        The setup of the check. It finds the built-in names and nothing else.
    evaluate : code
        The call. Besides, it finds the inputs, and of `theirs` what is none of all these.
    inputs : mapping of str to object
        Of the case.
    theirs : mapping of str to object
        The names of the notebook; what the functions among them find is not touched.

    Returns
    -------
    dict of str to object
        To evaluate the call in.
    """
    names: dict[str, object] = {"__builtins__": dict(_BUILT_IN), "__name__": "check"}
    exec(prepare, names)
    names.update(inputs)
    for name in _wanted(evaluate):
        if name not in names and name not in _BUILT_IN and name in theirs:
            names[name] = theirs[name]
    return names


def _wanted(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:  # lambdas, comprehensions
        if isinstance(part, CodeType):
            yield from _wanted(part)
