"""Known mistakes: alone, two at a time, and with a relation on top; compared by value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from grader.checks import Check, Misconception, without_docstring
from grader.judging import changes
from grader.judging.difference import difference
from grader.judging.evidence import Evidence, Finding
from grader.judging.reference import (
    answer,
    answers_of,
    namespace,
    reference_source,
    same,
    wrong_source,
)
from grader.judging.relations import comparison, pairs_of, relation
from grader.sandbox.inside.wire import Answer

MOST_CHANGES = 80

_ON_TOP = (
    "transposed", "axes", "flattened", "squeezed", "extra-axis", "sign", "factor", "offset:plus-1:",
    "offset:minus-1:", "swapped", "one-item-only", "more-than-asked", "without-", "one-more-",
    "truncated", "values-without-keys", "type",
)  # fmt: skip
"""Relations that a second mistake may bring: others make too much alike."""


def alone(evidence: Evidence) -> Finding | None:
    """The first known mistake that does all that the student's function does."""
    for known, source in _sources(evidence):
        if _gives(evidence, source):
            return Finding("known", known.label, known.hint)
    return None


def in_part(evidence: Evidence) -> Finding | None:
    """The first known mistake that gives the same wherever both give something.

    One that raises where the student's function doesn't, or the other way round, or that has other side
    effects, is the same mistake in other clothes; but a wrong value has to speak for it.
    """
    for known, source in _sources(evidence):
        scope = namespace(evidence.assignment, evidence.check, source)
        telling, agree = 0, True
        for number in evidence.telling_first:
            wanted, given = evidence.expected[number], evidence.answers[number]
            wrong = answer(evidence.check, scope, evidence.cases[number])
            if wrong.raised or given.raised:
                agree = not wanted.raised or bool(wrong.raised) == bool(given.raised)
            else:
                agree = evidence.equal(wrong.value, given.value)
                telling += wanted.raised != () or not evidence.equal(wanted.value, wrong.value)
            if not agree:
                break
        if agree and telling >= 2:
            return Finding("known", known.label, known.hint)
    return None


def two(evidence: Evidence) -> Finding | None:
    """Two known mistakes that together give what the student's function gives."""
    if evidence.long:
        return None
    reference = reference_source(evidence.assignment, evidence.check)
    for one, other, source in _pairs(evidence.check, reference):
        if _gives(evidence, source):
            hint = f"There are two mistakes. {one.hint} And: {other.hint}"
            return Finding("both", "+".join(sorted((one.label, other.label))), hint)
    return None


def with_change(evidence: Evidence) -> Finding | None:
    """A known mistake and a small change of it that together give what the student's function gives."""
    if evidence.long:
        return None
    for known, source in _sources(evidence):
        found = changes.of(evidence, source, MOST_CHANGES)
        if found is not None:
            hint = f"There are two mistakes. {known.hint} Besides, {found.hint}"
            return Finding("both", f"{known.label}+{found.label}", hint)
    return None


def with_relation(evidence: Evidence) -> Finding | None:
    """A known mistake, and what it gives related to the student's answer."""
    if evidence.long:
        return None
    by = comparison(evidence)
    for known, source in _sources(evidence):
        answers = answers_of(evidence.assignment, evidence.check, source, evidence.cases)
        if any(a.raised and not w.raised for a, w in zip(answers, evidence.expected, strict=True)):
            continue
        found = relation(pairs_of(evidence, [each.value for each in answers]), by)
        if found is not None and not found.weak and found.kind == "relation":
            what = found.label.removeprefix("relation:")
            if what == "reversed":  # read the other way round, too: the same mistake
                return Finding("known", known.label, known.hint)
            if not what.startswith(_ON_TOP):
                continue
            hint = f"There are two mistakes. {known.hint} Apart from that, {found.hint}"
            return Finding("both", f"{known.label}+{found.label}", hint)
    return None


def _sources(evidence: Evidence) -> Iterator[tuple[Misconception, str]]:
    reference = reference_source(evidence.assignment, evidence.check)
    for known in evidence.check.misconceptions:
        yield known, wrong_source(known, reference)


@cache
def _pairs(check: Check, reference: str) -> tuple[tuple[Misconception, Misconception, str], ...]:
    """Every two known mistakes that are changes of the reference and don't touch each other."""
    plain = without_docstring(reference)
    changing = [known for known in check.misconceptions if known.change]
    found = []
    for number, one in enumerate(changing):
        for other in changing[number + 1 :]:
            source = plain
            for old, new in (*one.change, *other.change):
                if source.count(old) != 1:
                    break
                source = source.replace(old, new)
            else:
                found.append((one, other, source))
    return tuple(found)


def _gives(evidence: Evidence, source: str) -> bool:
    """Whether the function that `source` defines gives these answers; most don't in the first case."""
    check = evidence.check
    scope = namespace(evidence.assignment, check, source)
    alike = True
    for number in evidence.telling_first:
        given = evidence.answers[number]
        wrong = answer(check, scope, evidence.cases[number])
        if not same(check, wrong, given):
            return False
        alike = alike and _differs_in_type(check, evidence.expected[number], wrong, given)
    return alike


def _differs_in_type(check: Check, wanted: Answer, wrong: Answer, given: Answer) -> bool:
    """Where a known mistake is one of type alone, the student's has to be the same one."""
    if wrong.raised or wanted.raised or not check.promises:
        return True
    if difference(wanted.value, wrong.value, check.rtol, check.atol) is not None:
        return True
    problems = [
        difference(wanted.value, each.value, check.rtol, check.atol, "", check.promises)
        for each in (wrong, given)
    ]
    return problems[0] == problems[1]
