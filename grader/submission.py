"""The values that travel: what is to be graded, what one check decided, what grading gave."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that command a terminal, or turn the direction of what follows."""


@dataclass(frozen=True)
class Named:
    """A mistake that an instructor has named during a term.

    Attributes
    ----------
    label, hint, source : str
        As of a `grader.checks.Misconception`; the source defines the function.
    """

    function: str
    label: str
    hint: str
    source: str


@dataclass(frozen=True)
class Submission:
    """What grading one submission depends on: all of it, and nothing else.

    Attributes
    ----------
    release : str
        Text of the release notebook.
    data : bytes or None
        Bytes of the submitted notebook, None where there is none that can be read.
    seed : str
        The course's seed; with assignment and student it fixes the hidden inputs.
    made_of : mapping of str to str
        Digests of what else decides the grade, by its name for people: the checks, the
        reference, the engine, the packages' versions, the data; see `digest.made_of`.
    name : str
        Under which the notebook was found, where that isn't the released name.
    others : tuple of str
        Names of several notebooks, where nothing says which of them counts; then there is no `data`.
    named : tuple of Named
        Mistakes that are known besides those of the checks.
    """

    assignment: str
    student: str
    release: str
    data: bytes | None
    seed: str
    made_of: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    others: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()

    def parts(self) -> dict[str, str]:
        """A digest of each thing that the grade depends on."""
        names = [name.encode("utf-8", "replace") for name in (self.name, *self.others)]
        data = [] if self.data is None else [self.data]
        fields = [part.encode() for known in self.named for part in vars(known).values()]
        return {
            "the submission": _digest(*names, b"data", *data),
            "the release": _digest(self.release.encode()),
            "the seed": _digest(self.seed.encode()),
            **({"the named mistakes": _digest(*fields)} if fields else {}),
            **self.made_of,
        }


def fingerprint(submission: Submission) -> str:
    """Changes when anything that the grade depends on was changed."""
    parts = sorted(submission.parts().items())
    return _digest(*(text.encode() for pair in parts for text in pair))


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What one check decided.

    Attributes
    ----------
    share : float
        Of the points, from 0 to 1.
    hint : str
        Why it is not 1, in words for the student; empty where it is.
    misconception : str or None
        The label of the mistake, if it has one.
    kind : str
        How it was found: "known", "error", "relation", "experiment", "change" or "both"; ""
        where nothing was.
    unanswered : str
        "" where there were answers to judge; else why there were none: "unwritten" (the stub
        is still there), "undefined" (no such name), "stopped" or "unreadable".
    aided : tuple of str
        The functions for which right ones stood in, since the student's own are wrong:
        so this function is judged on its own work.
    follows : str
        The function whose mistake this one follows from, or may; empty if none.
    behaviour : str
        Where nothing explains a wrong answer, a digest of what the function does on inputs
        that are the same for everybody; see `judging.behaviour`.
    """

    function: str
    points: float
    share: float
    hint: str = ""
    misconception: str | None = None
    unanswered: str = ""
    kind: str = ""
    aided: tuple[str, ...] = ()
    follows: str = ""
    behaviour: str = ""

    def __post_init__(self) -> None:
        # it may quote what the student's process said, and is shown on pages and in terminals
        object.__setattr__(self, "hint", _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", self.hint))

    @property
    def score(self) -> float:
        """The points, to four digits after the point."""
        return round(self.share * self.points, 4)

    @property
    def status(self) -> str:
        """One of "right", "partly" and "wrong", or the reason why there was nothing to judge."""
        if self.unanswered:
            return self.unanswered
        if self.share == 1:
            return "right"
        return "partly" if self.share else "wrong"


@dataclass(frozen=True)
class Graded:
    """What grading gave: the notebook to record, and what it cost."""

    student: str
    notebook: str
    verdicts: list[Verdict]
    note: str = ""
    cost: dict[str, float] = field(default_factory=dict)
