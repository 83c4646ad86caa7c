"""What a wrong answer does, as a digest: whoever gives the same answers has probably made the same mistake.

A student's hidden inputs are drawn for that student alone. So a function whose mistake nothing explains
is asked once more, on probes: inputs that are the same for everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from grader.checks import Case, Check
from grader.judging.transforms import WEAK
from grader.sandbox.inside.wire import Answer, Unsupported
from grader.submission import Verdict

GENERIC = (
    "experiment:", "change:own-", "relation:only-", *(f"relation:{key}" for key in sorted(WEAK)),
)  # fmt: skip
"""Kinds of label that say where a mistake shows and not which one it is."""
LENGTH = 16  # characters of a digest: more than a class can have different ones


def worth_asking(check: Check, verdict: Verdict) -> bool:
    """Whether probes may tell what kind of mistake this is.

    Not for a property check: where no single answer is right, equal ones mean nothing.

    Parameters
    ----------
    check : Check
        Of the function.
    verdict : Verdict
        On it.

    Returns
    -------
    bool
        True for a wrong answer that nothing explains.
    """
    label = verdict.misconception
    unexplained = label is None or any(part.startswith(GENERIC) for part in label.split("+"))
    wrong = verdict.status == "wrong" and not verdict.follows
    return check.judge is None and wrong and unexplained


def probes(assignment: str, check: Check) -> list[Case]:
    """The inputs that everybody's function is asked.

    Parameters
    ----------
    assignment : str
        Its name.
    check : Check
        Which draws them.

    Returns
    -------
    list of Case
        Cases that are fixed by the names of assignment and function.
    """
    key = hashlib.sha256(f"probes|{assignment}|{check.function}".encode()).digest()
    return check.draw(np.random.default_rng(int.from_bytes(key[:16], "little")))


def behaviour(answers: Sequence[Answer]) -> str:
    """A digest of answers by value: the same for answers that agree in six digits.

    A list counts as an array or a tuple, a NumPy scalar or a whole number as a float, what is below
    1e-9 as zero. Of an exception its class counts, not its text; of what a call changed, the names.
    """
    text = "\n".join(map(_of_answer, answers))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:LENGTH]


def _of_answer(answer: Answer) -> str:
    did = f"raises {answer.raised[0]}" if answer.raised else _of_value(answer.value)
    return f"{did} changes {sorted(answer.changed)}"


def _of_value(value: object) -> str:
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{round(float(value), 9) + 0.0:.6g}"  # + 0.0: there are two zeros
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_of_value, value))}]"
    if isinstance(value, dict):
        pairs = sorted((_of_value(key), _of_value(item)) for key, item in value.items())
        return f"{{{','.join(f'{key}:{item}' for key, item in pairs)}}}"
    if isinstance(value, Unsupported):
        return f"<{value.type_name}>"
    return repr(value)
