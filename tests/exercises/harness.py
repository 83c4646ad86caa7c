"""Judges implementations in this process: what the sandbox does, without the sandbox."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import Assignment, Case, Check
from grader.judging.evidence import Context
from grader.judging.judge import answers_of, judge
from grader.sandbox.inside.wire import Answer
from grader.submission import Verdict

DESCENTS = ("lasso_fit", "sparse_fit")
"""Functions whose references go through their data hundreds of times: each question takes seconds."""


def marks_of(assignment: Assignment, check: Check) -> list[pytest.MarkDecorator]:
    """What a test of this check has to say of itself."""
    keras = [pytest.mark.tensorflow] if assignment.profile == "keras" else []
    return keras + ([pytest.mark.slow] if check.function in DESCENTS else [])


def verdict(assignment: Assignment, check: Check, source: str, seed: int = 0) -> Verdict:
    """The verdict on a function given as source, which may be asked again; its helpers are right."""
    cases = check.draw(np.random.default_rng(seed))

    def ask(cases: list[Case]) -> list[Answer]:
        return answers_of(assignment, check, source, cases)

    return judge(assignment, check, cases, ask(cases), context=Context(source, (), ask))
