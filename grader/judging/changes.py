"""Small changes."""

from __future__ import annotations

from grader.judging.evidence import Evidence, Finding


def one(evidence: Evidence) -> Finding | None:
    return None


def by_parts(evidence: Evidence) -> Finding | None:
    return None
