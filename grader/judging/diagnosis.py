"""Looks for the mistake behind a wrong answer: the first that explains every case is said.

In this order: a known mistake; an error or a side effect, explained where it is; a relation to the
right answer, of the whole or of what one argument adds; an experiment that makes the answer right, and
a small change of the reference that gives the same; two known mistakes, or one and a relation; a change
of the student's own code that makes it right; a known mistake and a change. One mistake stands before
two, and what it is before where it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.judging import changes, errors, experiments, known, repairs
from grader.judging.conditions import condition
from grader.judging.difference import difference, kind, plain
from grader.judging.evidence import Evidence, Finding
from grader.judging.relations import FIRST_ITEMS, comparison, pairs_of, relation
from grader.judging.words import where


def diagnose(evidence: Evidence) -> Finding | None:
    """The mistake in words, or None where nothing explains all that was seen."""
    found = _first(
        evidence,
        known.alone,
        errors.nothing_returned,
        errors.nothing_returned_there,
        errors.odd_value,
        _raises,
    )
    if found is not None:
        return found
    if _values_right(evidence):
        return _side_effect(evidence)
    if (found := _of_type(evidence)) is not None:
        return found
    found = _of_values(evidence)
    if found is None or found.weak or "experiment:" in found.label:
        effect = errors.changed_arguments(evidence)
        found = effect or found
    if found is None:
        return None
    return _with_side_effect(evidence, replace(found, hint=_sentence(found.hint)))


def _first(evidence: Evidence, *rungs: Callable[[Evidence], Finding | None]) -> Finding | None:
    for rung in rungs:
        if (found := rung(evidence)) is not None:
            return found
    return None


def _raises(evidence: Evidence) -> Finding | None:
    """An exception where none is due, or none where one is; with what else is wrong, if it is known."""
    found = errors.raised(evidence)
    if found is None:
        return None
    also = known.in_part(evidence)
    if also is None:
        return found
    if found.label == "error:not-raised":
        return Finding("both", f"{also.label}+{found.label}", f"{also.hint} And: {found.hint}")
    return also


def _values_right(evidence: Evidence) -> bool:
    return all(
        evidence.agree(wanted.value, given.value)
        for wanted, given in zip(evidence.expected, evidence.answers, strict=True)
        if not wanted.raised and not given.raised
    )


def _of_type(evidence: Evidence) -> Finding | None:
    """Right values, but not of the type that the specification promises."""
    check = evidence.check
    for wanted, given in zip(evidence.expected, evidence.answers, strict=True):
        if not wanted.raised and not given.raised and not evidence.equal(wanted.value, given.value):
            return None
    for case, wanted, given in zip(
        evidence.cases, evidence.expected, evidence.answers, strict=True
    ):
        if not wanted.raised and not evidence.agree(wanted.value, given.value):
            problem = difference(
                wanted.value, given.value, check.rtol, check.atol, "the result", check.promises
            )
            hint = f"{where(check.inputs(case))}{problem}"
            return Finding("relation", "relation:type", hint)
    return None


def _side_effect(evidence: Evidence) -> Finding | None:
    found = errors.changed_arguments(evidence)
    if found is not None:
        first = next(i for i, given in enumerate(evidence.answers) if given.changed)
        place = where(evidence.check.inputs(evidence.cases[first]))
        return replace(found, hint=place + found.hint)
    return errors.warned(evidence)


def _with_side_effect(evidence: Evidence, found: Finding) -> Finding:
    effect = errors.changed_arguments(evidence)
    if effect is None or effect.label in found.label:
        return found
    return Finding(
        "both", f"{found.label}+{effect.label}", f"{found.hint} And: {_sentence(effect.hint)}"
    )


def _of_values(evidence: Evidence) -> Finding | None:
    """What explains wrong values: one mistake before two, and what it is before where it shows."""
    found = _first(evidence, known.in_part, errors.not_finite, _relation, _relation_where_wrong)
    if found is not None and not found.weak:
        return found
    if (again := _first(evidence, experiments.again, experiments.by_share)) is not None:
        return again
    if found is None or found.label == FIRST_ITEMS:
        found = experiments.common_property(evidence) or found
    tried = [
        each
        for rung in (experiments.experiment, experiments.unused, changes.one)
        if (each := rung(evidence)) is not None
    ]
    exact = any(each.kind != "experiment" or ":floats-" in each.label for each in tried)
    constant = errors.constant(evidence)
    if not exact and constant is None:  # much gives a constant, if two mistakes may be put together
        if (both := _first(evidence, known.with_relation, known.two)) is not None:
            return both
        alone = (
            () if tried else (known.with_change, changes.by_parts)
        )  # they explain all, or nothing
        further = _first(evidence, repairs.repair, *alone)
        if further is not None and further.label.startswith("change:own-"):
            tried = [each for each in tried if not experiments.of_an_end(each)]  # it says it all
        tried += [further] if further is not None else []
    tried.reverse()  # what a change says is exact, what an experiment says is where to look
    if found is not None:
        tried.insert(0, found)
    if not tried:
        return constant or _of_kind(evidence)
    if len(tried) == 1:
        return tried[0]
    hint = " ".join(_sentence(each.hint) for each in tried)
    return Finding("both", "+".join(each.label for each in tried), hint)


def _of_kind(evidence: Evidence) -> Finding | None:
    """In each case another sort of value, or another shape, than the one that is asked for."""
    problems = set()
    for wanted, given in zip(evidence.expected, evidence.answers, strict=True):
        if wanted.raised or given.raised:
            continue
        right, value = plain(wanted.value), plain(given.value)
        if isinstance(right, np.ndarray) and isinstance(value, np.ndarray):
            problems.add("shape" if right.shape != value.shape else "")
        else:
            problems.add(
                f"{kind(right)}, but is {kind(value)}" if type(right) is not type(value) else ""
            )
    if "" in problems or not problems:
        return None
    if problems == {"shape"}:
        right, value = evidence.expected[0].value, evidence.answers[0].value
        shapes = [np.asarray(each).shape for each in (value, right)]
        letters = evidence.letters.of_result(len(shapes[1]))
        asked = f"({', '.join(letters)}), here " if letters else ""
        text = f"your result has another shape in each case: {shapes[0]} where"
        text += f" {asked}{shapes[1]} is asked for."
        return Finding("relation", "relation:shape", text)
    if all(isinstance(plain(w.value), int | float) for w in evidence.expected if not w.raised):
        text = f"your result should be a number, but is {kind(evidence.answers[0].value)}."
    else:
        text = f"your result should be {kind(evidence.expected[0].value)}, but is"
        text += f" {kind(evidence.answers[0].value)}."
    return Finding("relation", "relation:kind", text)


def _relation(evidence: Evidence) -> Finding | None:
    return relation(pairs_of(evidence), comparison(evidence))


def _relation_where_wrong(evidence: Evidence) -> Finding | None:
    """A relation in the wrong cases, where something tells them from the right ones."""
    wrong = [not right for right in evidence.right]
    found = condition(evidence, wrong)
    if found is None:
        return None
    _, words = found
    pairs = [pair for pair in pairs_of(evidence) if not evidence.agree(pair.right, pair.given)]
    what = relation(pairs, comparison(evidence))
    if what is None or what.weak:
        return None
    return replace(what, hint=f"where {words}, {what.hint}")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
