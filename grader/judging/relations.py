"""How a wrong answer is related to the right one, where one relation holds in every case."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.checks import Case
from grader.judging.difference import as_array, plain, shown
from grader.judging.evidence import Evidence, Finding, Letters, sizes
from grader.judging.transforms import WEAK, Key, changes_of, factors, sentence, undoings_of
from grader.judging.words import axis_name

Array = npt.NDArray[Any]

ENOUGH = 3.0
"""How much has to speak for a relation: a number with decimals counts 1, a whole one by its digits."""
SINGLE = 1e-3  # float32 keeps seven digits; sums and differences lose some of them
RESULT = "your result"
FIRST_ITEMS = "relation:first-items-right"
"""The label of the weakest relation: what the wrong cases have in common says more."""


@dataclass(frozen=True)
class Pair:
    """The right value and the student's, of one case."""

    right: Any
    given: Any
    case: Case


@dataclass(frozen=True)
class Comparison:
    """What relations need to know beside the values."""

    equal: Callable[[object, object], bool]
    rtol: float
    atol: float
    letters: Letters
    documented: str = ""


def comparison(evidence: Evidence) -> Comparison:
    """What a relation looks at: both answers, flat, and the specification's words."""
    function = getattr(evidence.assignment.reference, evidence.check.function, None)
    check = evidence.check
    documented = (getattr(function, "__doc__", None) or "") if callable(function) else ""
    return Comparison(evidence.equal, check.rtol, check.atol, evidence.letters, documented)


def pairs_of(evidence: Evidence, expected: Iterable[object] | None = None) -> list[Pair]:
    """The pairs in which both sides have a value; `expected` in place of the reference's."""
    values = [wanted.value for wanted in evidence.expected] if expected is None else list(expected)
    return [
        Pair(value, given.value, case)
        for value, wanted, given, case in zip(
            values, evidence.expected, evidence.answers, evidence.cases, strict=True
        )
        if not wanted.raised and not given.raised
    ]


def relation(pairs: list[Pair], by: Comparison, it: str = RESULT) -> Finding | None:
    """The relation that holds in every pair, if one does and enough speaks for it."""
    if not pairs or all(by.equal(pair.right, pair.given) for pair in pairs):
        return None
    pairs = [Pair(plain(p.right), plain(p.given), p.case) for p in pairs]
    rights = [pair.right for pair in pairs]
    return (
        _as_text(pairs, it)
        or _wrapped(pairs, by, it)
        or (_of_dicts(pairs, by, it) if all(isinstance(r, dict) for r in rights) else None)
        or (_of_tuples(pairs, by, it) if all(isinstance(r, tuple) for r in rights) else None)
        or (_of_nested(pairs, by, it) if all(map(_nested, rights)) else None)
        or _of_arrays(pairs, by, it)
        or (_of_tuples(pairs, by, it) if all(isinstance(r, list) for r in rights) else None)
        or (_of_strings(pairs, by, it) if all(isinstance(r, str) for r in rights) else None)
    )


def _found(label: str, hint: str, weak: bool = False) -> Finding:
    return Finding("relation", f"relation:{label}", hint, weak)


# ---------------------------------------------------------------- what is around the values


def _wrapped(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    """The right value inside a tuple or list, or one item of what is asked for."""
    if all(isinstance(p.given, tuple | list) and len(p.given) for p in pairs):
        lengths = {len(p.given) for p in pairs}
        if not any(
            isinstance(p.right, tuple | list) and len(p.right) == len(p.given) for p in pairs
        ):
            for k in range(min(*lengths, 4) if len(lengths) > 1 else min(lengths.pop(), 4)):
                if all(by.equal(p.right, p.given[k]) for p in pairs) and not _trivial(pairs):
                    return _found(
                        "more-than-asked",
                        f"{it} has more in it than is asked for: its item {k + 1} alone is the answer.",
                    )
    if all(isinstance(p.right, tuple) for p in pairs):
        lengths = {len(p.right) for p in pairs}
        if len(lengths) == 1:
            for k in range(lengths.pop()):
                if all(by.equal(p.right[k], p.given) for p in pairs):
                    return _found(
                        "one-item-only",
                        f"{it} is only item {k + 1} of the tuple that is asked for; the other is"
                        " missing.",
                    )
    return None


def _as_text(pairs: list[Pair], it: str) -> Finding | None:
    """The right values as strings of them."""
    if all(_is_text(pair.right, pair.given) for pair in pairs):
        return _found(
            "as-strings",
            f"{it} has texts where it should have numbers (or other values) that look like them:"
            " an array of mixed values makes strings of all.",
        )
    return None


def _is_text(right: object, given: object) -> bool:
    if isinstance(right, dict) and isinstance(given, dict):
        return right.keys() == given.keys() and all(_is_text(right[k], given[k]) for k in right)
    if isinstance(right, list | tuple) and isinstance(given, list | tuple):
        return len(right) == len(given) and all(map(_is_text, right, given))
    if isinstance(right, np.ndarray) or isinstance(given, np.ndarray):
        return False
    if isinstance(given, str):
        return given in (right, str(right)) or _number(given) == right
    return type(right) is type(given) and right == given


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _trivial(pairs: list[Pair]) -> bool:
    """Whether the right values say nothing: all the same, and that nothing or 0."""
    return all(isinstance(p.right, int | float) and p.right in (0, 1) for p in pairs)


# ---------------------------------------------------------------- dicts


def _of_dicts(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    if not all(isinstance(p.given, dict) for p in pairs):
        return _not_a_dict(pairs, by, it)
    if (found := _keys(pairs, by, it)) is not None:
        return found
    names = list(pairs[0].right)
    if any(list(p.right) != names for p in pairs):
        return _of_numbers_by_key(pairs, by, it)
    parts = {
        name: [Pair(p.right[name], p.given[name], p.case) for p in pairs if name in p.given]
        for name in names
    }
    return _of_parts(parts, by, it, "entry", "entries") or _of_numbers_by_key(pairs, by, it)


def _not_a_dict(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    if not all(isinstance(p.given, tuple | list) for p in pairs):
        return None
    if all(
        len(p.given) == len(p.right)
        and all(by.equal(a, b) for a, b in zip(p.right.values(), p.given, strict=True))
        for p in pairs
    ):
        return _found(
            "values-without-keys",
            f"{it} has the right values, but in a {type(pairs[0].given).__name__}; they belong in a"
            " dict, under their keys.",
        )
    name = type(pairs[0].given).__name__
    return _found("not-a-dict", f"{it} is a {name}; a dict is asked for.", weak=True)


def _keys(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    """What is wrong with the keys, where something is."""
    missing = [key for p in pairs for key in p.right if key not in p.given]
    surplus = [key for p in pairs for key in p.given if key not in p.right]
    if not missing and not surplus:
        return None
    common = all(
        by.equal(p.right[key], p.given[key]) for p in pairs for key in p.right if key in p.given
    )
    missing, surplus = list(dict.fromkeys(missing)), list(dict.fromkeys(surplus))
    told = [key for key in missing if _documented(key, by)]
    lower = {str(key).lower(): key for key in surplus}
    if missing and all(str(key).lower() in lower for key in missing):
        return _found(
            "capitals-of-keys", f"the keys of {it} differ in capitals ({shown(surplus)})."
        )
    if all(_same_items(p.right.items(), [(v, k) for k, v in p.given.items()]) for p in pairs):
        return _found("keys-for-values", f"in {it} keys and values have changed places.")
    rest = "" if common else " Not everything under the other keys is right, either."
    if missing and surplus:
        documented = bool(told) and len(told) == len(missing)
        if len(missing) == 1:
            what = f"the key {shown(told)}" if documented else "a key"
        else:
            what = f"{len(missing)} keys{f' ({shown(told)})' if documented else ''}"
        others = "another" if len(surplus) == 1 else "others"
        place = "its" if len(missing) == 1 else "their"
        return _found(
            "other-keys",
            f"{it} lacks {what}, and has {others} in {place} place ({shown(surplus)}).{rest}",
        )
    if missing:
        names = f" ({shown(told)})" if told and len(told) == len(missing) else ""
        where = "" if all(len(p.given) < len(p.right) for p in pairs) else " in some cases"
        return _found("keys-missing", f"{it} lacks keys{where}{names}.{rest}")
    return _found("keys-too-many", f"{it} has too many keys: {shown(surplus)}.{rest}")


def _documented(key: object, by: Comparison) -> bool:
    return isinstance(key, str) and key in by.documented


def _same_items(one: Iterable[object], other: Iterable[object]) -> bool:
    try:
        return Counter(one) == Counter(other)
    except TypeError:
        return False


def _of_numbers_by_key(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    """Dicts of numbers as arrays, in the order of the keys."""
    arrays = []
    for p in pairs:
        if set(p.right) != set(p.given):
            return None
        right, given = as_array(list(p.right.values())), as_array([p.given[key] for key in p.right])
        if right is None or given is None:
            return None
        arrays.append(Pair(right, given, p.case))
    return _of_arrays(arrays, by, it)


# ---------------------------------------------------------------- several parts


def _of_parts(
    parts: dict[Any, list[Pair]], by: Comparison, it: str, noun: str, plural: str
) -> Finding | None:
    """What is wrong with the entries of a dict or with the items of a tuple."""
    wrong = {
        name: pairs
        for name, pairs in parts.items()
        if not all(by.equal(p.right, p.given) for p in pairs)
    }
    if not wrong:
        return None
    if (found := _swapped(parts, wrong, by, it, noun)) is not None:
        return found
    own = {name: relation(pairs, by, _part(name, noun, it)) for name, pairs in wrong.items()}
    labels = {found.label if found else None for found in own.values()}
    names = _names(list(wrong), noun, plural)
    share = len(wrong) < len(parts)
    if len(labels) == 1 and (label := labels.pop()) is not None:
        several = relation(next(iter(wrong.values())), by, "each of them")
        first = next(iter(own.values()))
        if len(wrong) == 1 or several is None or first is None:
            head = f"only {names} is wrong: " if share else ""
            return None if first is None else replace(first, hint=head + first.hint)
        head = f"only {names} are wrong: " if share else f"{names} are all wrong: "
        return Finding("relation", label, head + several.hint, several.weak)
    strong = [found for found in own.values() if found and not found.weak]
    if len(strong) == len(own) and len(own) <= 2:
        text = " ".join(_capital(found.hint) for found in strong)
        return Finding("both", "+".join(sorted(found.label for found in strong)), text)
    if share:
        of = "" if it == RESULT else f" of {it}"
        told = f" {_capital(strong[0].hint)}" if strong else ""
        verb = "is" if len(wrong) == 1 else "are"
        rest = "the other is right" if len(parts) - len(wrong) == 1 else "the others are right"
        label = f"only-{noun}"
        return _found(label, f"only {names}{of} {verb} wrong; {rest}.{told}", weak=not strong)
    return None


def _part(name: object, noun: str, it: str) -> str:
    of = "" if it == RESULT else f" of {it}"
    return f"the {noun} {name!r}{of}" if noun == "entry" else f"item {name}{of}"


def _names(names: list[Any], noun: str, plural: str) -> str:
    texts = [repr(name) if noun == "entry" else str(name) for name in names[:6]]
    if len(names) > 6:
        texts.append(f"{len(names) - 6} more")
    if len(texts) == 1:
        return f"the {noun} {texts[0]}" if noun == "entry" else f"item {texts[0]}"
    joined = f"{', '.join(texts[:-1])} and {texts[-1]}"
    return f"the {plural} {joined}" if noun == "entry" else f"items {joined}"


def _swapped(
    parts: dict[Any, list[Pair]],
    wrong: dict[Any, list[Pair]],
    by: Comparison,
    it: str,
    noun: str,
) -> Finding | None:
    """Whether what is wrong stands under another name."""
    source: dict[Any, Any] = {}
    for name, pairs in wrong.items():
        for other, theirs in parts.items():
            if other == name:
                continue
            if all(by.equal(t.right, p.given) for p, t in zip(pairs, theirs, strict=True)):
                source[name] = other
                break
    if len(source) < len(wrong) or not _telling([p for pairs in wrong.values() for p in pairs]):
        return None
    names = list(wrong)
    if set(source.values()) == set(names):
        if len(names) == 2:
            text = (
                f"{_names(names, noun, noun + 's' if noun != 'entry' else 'entries')} of {it} have"
            )
            return _found("swapped", f"{text} changed places.")
        return _found("swapped", f"the {noun} {names[0]!r} and others of {it} have changed places.")
    text = " and ".join(
        f"{_part(n, noun, RESULT)} is what {o!r} should be" for n, o in source.items()
    )
    return _found("copied", f"{text}.")


def _of_tuples(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    if not all(isinstance(p.given, list | tuple | np.ndarray) for p in pairs):
        if all(isinstance(p.given, dict) for p in pairs):
            return _found(
                "a-dict", f"{it} is a dict; a {type(pairs[0].right).__name__} is asked for."
            )
        return None
    pairs = [
        replace(p, given=list(p.given)) if isinstance(p.given, np.ndarray) and p.given.ndim else p
        for p in pairs
    ]
    if not all(isinstance(p.given, list | tuple) for p in pairs):
        return None
    lengths = {len(p.right) for p in pairs} | {len(p.given) for p in pairs}
    if all(isinstance(p.right, tuple) for p in pairs) and len(lengths) == 1:
        size = lengths.pop()
        parts = {k + 1: [Pair(p.right[k], p.given[k], p.case) for p in pairs] for k in range(size)}
        return _of_parts(parts, by, it, "item", "items")
    return _of_lists(pairs, by, it)


# ---------------------------------------------------------------- lists of anything


def _of_lists(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    def all_equal(one: Any, other: Any) -> bool:
        return len(one) == len(other) and all(map(by.equal, one, other))

    def holds(test: Callable[[list[Any], list[Any]], bool]) -> bool:
        return all(test(list(p.right), list(p.given)) for p in pairs)

    if not any(len(p.right) > 1 for p in pairs):
        return None
    tests: list[tuple[str, str, Callable[[list[Any], list[Any]], bool]]] = [
        ("reversed", "{it} is in the reverse order.", lambda r, g: all_equal(r[::-1], g)),
        ("last-missing", "{it} lacks its last item.", lambda r, g: all_equal(r[:-1], g)),
        ("first-missing", "{it} lacks its first item.", lambda r, g: all_equal(r[1:], g)),
        ("only-first", "{it} has its first item only. Is there a `return` inside the loop?",
         lambda r, g: all_equal(r[:1], g)),
        ("one-more-last", "{it} has one item too many at the end.", lambda r, g: all_equal(r, g[:-1])),
        ("one-more-first", "{it} has one item too many at the start.", lambda r, g: all_equal(r, g[1:])),
        ("cut", "{it} begins as it should and ends too early.",
         lambda r, g: len(g) <= len(r) and all_equal(r[: len(g)], g)),
        ("too-long", "{it} begins as it should and goes on too long.",
         lambda r, g: len(g) >= len(r) and all_equal(r, g[: len(r)])),
        ("order", "{it} has the right items in another order.", lambda r, g: _permuted(r, g, by)),
        ("items-missing", "{it} lacks items; those that are there are right, and in the right order.",
         lambda r, g: len(g) > 0 and _contained(g, r, by)),
        ("items-too-many", "{it} has all the right items in order, and others between them.",
         lambda r, g: _contained(r, g, by)),
        ("as-strings", "{it} has its items as strings.",
         lambda r, g: len(r) == len(g) and all(isinstance(b, str) and str(a) == b
                                               for a, b in zip(r, g, strict=True))),
    ]  # fmt: skip
    for label, text, test in tests:
        if holds(test):
            return _found(label, text.format(it=it))
    counts = [(len(p.right), len(p.given)) for p in pairs]
    if all(r == g for r, g in counts):
        return _items(pairs, by, it)
    if all(g == 0 for _, g in counts):
        return _found("empty", f"{it} is empty.")
    return None


def _nested(right: object) -> bool:
    """Whether a value is a list of tuples or lists of arrays: places in it are no axes."""
    return (
        isinstance(right, list)
        and len(right) > 0
        and all(isinstance(item, list | tuple) and len(item) > 0 for item in right)
        and all(isinstance(part, np.ndarray) and part.ndim > 0 for item in right for part in item)
    )


def _of_nested(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    """Lists of tuples of arrays; what is said only of where they are right, at the last."""
    pairs = [
        replace(p, given=list(p.given)) if isinstance(p.given, np.ndarray) and p.given.ndim else p
        for p in pairs
    ]
    if not all(isinstance(p.given, list | tuple) for p in pairs):
        return None
    wrong = [p for p in pairs if not by.equal(p.right, p.given)]
    for place, name in ((0, "first"), (-1, "last")):
        if all(by.equal(list(p.right[place]), list(p.given)) for p in wrong):
            return _found(
                f"{name}-only",
                f"{it} is only the {name} item of the list; all of them are asked for.",
            )
    if any(len(p.right) > 1 or len(p.right[0]) > 1 for p in wrong) and all(
        by.equal([list(each) for each in zip(*p.right, strict=False)], p.given) for p in wrong
    ):
        outer, inner = len(wrong[0].right), len(wrong[0].right[0])
        return _found(
            "nested-the-other-way",
            f"{it} is nested the other way round: it has {inner} items of {outer} each in the first of"
            f" the wrong cases, and should have {outer} of {inner} each.",
        )
    return _of_tuples(pairs, by, it) or _right_up_to(wrong, by, it)


def _right_up_to(wrong: list[Pair], by: Comparison, it: str) -> Finding | None:
    """How many items at the start are right in every wrong case, and nothing after them."""
    counts = set()
    for p in wrong:
        fits = [by.equal(r, g) for r, g in zip(p.right, p.given, strict=False)]
        right = fits.index(False) if False in fits else len(fits)
        if not right or any(fits[right:]):
            return None
        counts.add(right)
    count = min(counts)
    what = "the first item is right" if count == 1 else f"the first {count} items are right"
    least = "" if len(counts) == 1 else " at least"
    return _found(
        FIRST_ITEMS.removeprefix("relation:"),
        f"in {it}{least} {what}, and nothing after.",
        weak=True,
    )


def _items(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    """What all items of the lists have in common that are wrong."""
    items = [Pair(r, g, p.case) for p in pairs for r, g in zip(p.right, p.given, strict=True)]
    kinds = {type(item.right) for item in items}
    if len(kinds) == 1 and (kinds <= {tuple, dict} or kinds <= {np.ndarray}):
        return relation(items, by, f"each item of {it}")
    return None


def _permuted(right: list[Any], given: list[Any], by: Comparison) -> bool:
    if len(right) != len(given):
        return False
    left = list(given)
    for item in right:
        for k, other in enumerate(left):
            if by.equal(item, other):
                del left[k]
                break
        else:
            return False
    return True


def _contained(part: list[Any], whole: list[Any], by: Comparison) -> bool:
    rest = iter(whole)
    return all(any(by.equal(item, other) for other in rest) for item in part)


# ---------------------------------------------------------------- arrays and numbers


def _of_arrays(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    arrays: list[tuple[Array, Array, Case]] = []
    for p in pairs:
        right, given = as_array(p.right), as_array(p.given)
        if right is None or given is None or "U" in (right.dtype.kind + given.dtype.kind):
            return None
        arrays.append((right, given, p.case))
    if any("b" in (r.dtype.kind, g.dtype.kind) for r, g, _ in arrays):
        return _of_truth(arrays, it)
    with np.errstate(all="ignore"):
        return _precision(arrays, by, it) or _of_numbers(arrays, by, it)


def _of_truth(arrays: list[tuple[Array, Array, Case]], it: str) -> Finding | None:
    if all(g.dtype.kind == "b" != r.dtype.kind for r, g, _ in arrays):
        return _found("truth-values", f"{it} holds True and False; numbers are asked for.")
    if all(r.dtype.kind == "b" == g.dtype.kind and np.array_equal(r, ~g) for r, g, _ in arrays):
        return _found("not", f"{it} is True where it should be False, and the other way round.")
    return None


def _precision(arrays: list[tuple[Array, Array, Case]], by: Comparison, it: str) -> Finding | None:
    if not any(g.dtype in (np.float32, np.float16) for _, g, _ in arrays):
        return None
    rtol = SINGLE if any(g.dtype == np.float32 for _, g, _ in arrays) else 0.05
    near = all(
        r.shape == g.shape
        and bool(
            np.allclose(r.astype(float), g.astype(float), rtol, rtol * _scale(r), equal_nan=True)
        )
        for r, g, _ in arrays
    )
    if not near:
        return None
    name = next(str(g.dtype) for _, g, _ in arrays if g.dtype in (np.float32, np.float16))
    return _found(
        "single-precision",
        f"{it} is right, but computed in {'single' if name == 'float32' else 'half'} precision"
        f" ({name}), which keeps too few digits. Compute with float64.",
    )


def _scale(array: Array) -> float:
    finite = np.abs(array[np.isfinite(array)].astype(float))
    return float(finite.max()) if finite.size else 1.0


def _of_numbers(arrays: list[tuple[Array, Array, Case]], by: Comparison, it: str) -> Finding | None:
    if all(bool(np.isnan(g.astype(float)).all()) and g.size for _, g, _ in arrays):
        return _found("not-a-number", sentence(("not-a-number",), it, None, 0))
    # what the right numbers are, too, says nothing
    wrong = [(r, g, c) for r, g, c in arrays if not _same(r, g, by)]
    if (
        all(not g.any() and g.size for _, g, _ in arrays)
        and sum(np.count_nonzero(r) for r, _, _ in wrong) >= 2
        and {g.shape for _, g, _ in wrong} != {()}
    ):
        return _found("zeros", sentence(("zeros",), it, None, 0))
    keys: dict[Key, None] | None = None
    for right, given, case in arrays:
        found = dict.fromkeys(_keys_of(right, given, case, by))
        keys = found if keys is None else {key: None for key in keys if key in found}
        if not keys:
            return _other_sums(wrong, by, it) or _fixed_length(arrays, by, it)
    keys = keys or {}
    weight = _weight(wrong)
    for key in sorted(keys, key=lambda key: key[0] in WEAK):
        if weight >= _needed(key):
            axes = max(r.ndim for r, _, _ in arrays)
            letters = by.letters.of_result(axes) if it == RESULT or "each" in it else None
            label = key[0] if key[0] not in ("factor", "offset") else f"{key[0]}:{key[1]}"
            return _found(label.replace(" ", "-"), sentence(key, it, letters, axes), key[0] in WEAK)
    return None


def _other_sums(wrong: list[tuple[Array, Array, Case]], by: Comparison, it: str) -> Finding | None:
    """Shares that sum to 1 along another axis than they should, or over everything."""
    if any(r.shape != g.shape or r.ndim < 2 for r, g, _ in wrong):
        return None
    axes: list[int | None] = [*range(min(r.ndim for r, _, _ in wrong))]
    due = [k for k in axes if all(_sums_to_1(r, k) for r, _, _ in wrong)]
    if len(due) != 1 or all(wrong_axes[0].shape[due[0] or 0] == 1 for wrong_axes in wrong):
        return None
    does = [
        k
        for k in [*axes, None]
        if k not in due and all(_sums_to_1(g, k) and not _sums_to_1(g, due[0]) for _, g, _ in wrong)
    ]
    if len(does) != 1:
        return None
    letters = by.letters.of_result(wrong[0][0].ndim) if it == RESULT else None

    def name(k: int | None) -> str:
        return "all axes together" if k is None else axis_name(k, letters, wrong[0][0].ndim)

    return _found(
        "sums-to-1", f"{it} sums to 1 over {name(does[0])}; it should do so over {name(due[0])}."
    )


def _fixed_length(
    arrays: list[tuple[Array, Array, Case]], by: Comparison, it: str
) -> Finding | None:
    """An axis that always has the same length and should have that of the inputs.

    Nothing can be said of what came out empty: a slice of fixed length ends where its array does.
    """
    full = [(r, g) for r, g, _ in arrays if g.size]
    axes = {each.ndim for pair in full for each in pair}
    if len(axes) != 1 or len(full) < 2:
        return None
    number = axes.pop()
    for axis in range(number):
        due = {r.shape[axis] for r, _, _ in arrays if r.ndim == number}
        lengths = {g.shape[axis] for _, g in full}
        others = all(
            np.delete(r.shape, axis).tolist() == np.delete(g.shape, axis).tolist() for r, g in full
        )
        if len(due) > 1 and len(lengths) == 1 and others and (length := lengths.pop()) > 1:
            letters = by.letters.of_result(number) if it == RESULT else None
            last = axis == number - 1
            key = ("fixed-length", length, -1 if last and letters is None else axis)
            label = "fixed-length" if last else f"fixed-length-{axis}"
            return _found(label, sentence(key, it, letters, number))
    return None


def _sums_to_1(array: Array, axis: int | None) -> bool:
    sums = array.astype(float).sum(axis=axis)
    return bool((array >= 0).all() and np.allclose(sums, 1, rtol=1e-6))


def _needed(key: Key) -> float:
    """Relations that have many chances to hold need more that speaks for them."""
    more = {"any-offset": 3.0, "any-factor": 3.0, "constant": 2.0}
    return ENOUGH * more.get(key[0], 1.0)


def _weight(arrays: list[tuple[Array, Array, Case]]) -> float:
    """How much speaks for a relation: the different numbers by which a chance could be told from it."""
    weight = 0.0
    for right, given, _ in arrays:
        values = given.astype(float).ravel()
        if right.shape == given.shape:
            values = values[(right.astype(float) != given.astype(float)).ravel()]
        values = values[np.isfinite(values)]
        whole = values == np.round(values)
        weight += len(np.unique(np.round(values[~whole], 9)))
        digits = np.log10(1 + np.abs(values[whole])).clip(0, 3) / 3
        weight += min(float(digits.clip(0.34 if right.ndim else 0).sum()), 4.0)
    return weight


def _telling(pairs: list[Pair]) -> bool:
    """Whether the given values are ones that chance does not bring."""
    weight = 0.0
    for pair in pairs:
        array = as_array(pair.given)
        if array is None or array.dtype.kind == "U":
            weight += 1
        else:
            weight += _weight([(np.zeros(array.shape), array, pair.case)])
    return weight >= ENOUGH / 2


def _same(one: Array, other: Array, by: Comparison) -> bool:
    """Equal within the check's tolerance."""
    if one.shape != other.shape:
        return False
    if one.size == 0:
        return True
    a, b = one.astype(float), other.astype(float)
    return bool(
        (
            (np.abs(a - b) <= by.atol + by.rtol * np.abs(a))
            | (a == b)
            | (np.isnan(a) & np.isnan(b))
        ).all()
    )


def _keys_of(right: Array, given: Array, case: Case, by: Comparison) -> Iterable[Key]:
    """Every relation that holds between two arrays."""
    for key, value in changes_of(right):
        if value.shape == given.shape and _same(value, given, by):
            yield key
    for key, value in undoings_of(given):
        if value.shape == right.shape and _same(right, value, by):
            yield key
    for name, value in _inputs(case):
        if value.shape == given.shape and value.size and _same(value, given, by):
            yield ("input", name)
    if right.ndim == given.ndim == 0:
        yield from _by_key(right, given, case)
    if right.shape == given.shape:
        yield from _ends_given(given, case, by)
    reshaped = right.shape != given.shape and right.size == given.size
    if reshaped and _same(right.ravel(), given.ravel(), by):
        yield ("other-shape",)
    if right.ndim == given.ndim and right.size:
        yield from _prefixes(right, given, by)
    if right.shape == given.shape and right.size:
        yield from _factors_of(right, given, case, by)
        yield from _partly(right, given, by)
        if _same(np.sort(right, axis=None), np.sort(given, axis=None), by):
            yield ("permuted",)


def _ends_given(given: Array, case: Case, by: Comparison) -> Iterable[Key]:
    """Whether what stands first or last along an axis is an argument as it was given."""
    for name, value in _inputs(case):
        if value.ndim == 0 or value.ndim != given.ndim - 1 or not value.size:
            continue
        for axis in range(given.ndim):
            for place, index in (("first", 0), ("last", -1)) if given.shape[axis] else ():
                if _same(value, given.take(index, axis=axis), by):
                    yield (f"{place}-is-input", name, axis)


def _by_key(right: Array, given: Array, case: Case) -> Iterable[Key]:
    """What belongs to the right number where that is a key of a dict."""
    for name, value in case.items():
        if isinstance(value, dict) and right.item() in value:
            if value[right.item()] == given.item():
                yield ("value-of-key", name)
            if given.item() == list(value).index(right.item()):
                yield ("place-of-key", name)
            numbers = all(isinstance(key, int | float) for key in value)
            if numbers and given.item() == sorted(value).index(right.item()):
                yield ("place-of-sorted-key", name)


def _prefixes(right: Array, given: Array, by: Comparison) -> Iterable[Key]:
    """Whether one of the two is the start or the end of the other."""
    for k in range(right.ndim):
        short = min(right.shape[k], given.shape[k])
        if short == 0:
            continue
        ends = [array.take(range(short), axis=k) for array in (right, given)]
        if ends[0].shape == ends[1].shape and _same(ends[0], ends[1], by):
            if right.shape[k] <= given.shape[k]:
                yield ("too-long", k)
            if right.shape[k] >= given.shape[k]:
                yield ("too-short", k)


def _inputs(case: Case) -> Iterable[tuple[str, Array]]:
    for name, value in case.items():
        if isinstance(value, dict):
            for key, part in value.items():
                if isinstance(part, np.ndarray):
                    yield f"{name}[{key!r}]", part
        elif (array := as_array(value)) is not None and array.dtype.kind in "fiu":
            yield name, array


def _numbers(case: Case, letters: Letters) -> dict[str, float]:
    """The numbers of a case by which something can be multiplied: its sizes and its numbers."""
    found: dict[str, float] = dict(sizes(case, letters))
    for name, value in case.items():
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            found[f"`{name}`"] = value
    return found


def _factors_of(right: Array, given: Array, case: Case, by: Comparison) -> Iterable[Key]:
    r, g = right.astype(float).ravel(), given.astype(float).ravel()
    numbers = _numbers(case, by.letters)
    if np.isfinite(r).all() and np.isfinite(g).all():
        top = int(np.argmax(np.abs(r)))
        if r[top]:
            ratio = g[top] / r[top]
            if ratio and _same(g, r * ratio, by):
                for words, number in factors(numbers):
                    if abs(number - ratio) <= by.rtol * abs(ratio) * 2:
                        yield ("factor", words)
                yield ("any-factor",)
        elif not g.any():
            for words, _ in factors(numbers):
                yield ("factor", words)
        offset = g[top] - r[top]
        if _same(g, r + offset, by):
            for words, number in _offsets(numbers):
                if abs(number - offset) <= max(by.atol, 1e-9 * abs(offset)):
                    yield ("offset", words)
            yield ("any-offset",)
        if len(g) > 1 and (g == g[0]).all():
            yield ("constant",)


def _offsets(numbers: dict[str, float]) -> Iterable[tuple[str, float]]:
    yield "plus 1: it is one too large", 1.0
    yield "minus 1: it is one too small", -1.0
    yield "plus 2", 2.0
    yield "minus 2", -2.0
    for name, value in numbers.items():
        yield f"plus {name}", value
        yield f"minus {name}", -value
        yield f"plus 2 {name}", 2 * value
        yield f"minus 2 {name}", -2 * value
        yield f"plus {name} squared", value**2
        yield f"minus {name} squared", -(value**2)
    names = list(numbers.items())
    for i, (one, a) in enumerate(names):
        for other, b in names[i + 1 :]:
            yield f"plus {one} times {other}", a * b
            yield f"minus {one} times {other}", -a * b


def _partly(right: Array, given: Array, by: Comparison) -> Iterable[Key]:
    """Which places are right; where an axis has one place, both of a pair hold."""
    if right.ndim:
        r, g = right.ravel(), given.ravel()
        if _same(r[:1], g[:1], by) and not g[1:].any():
            yield ("first-entry-else-0",)
        elif _same(r[:1], g[:1], by) and (r.size == 1 or not _same(r[1:], g[1:], by)):
            yield ("first-entry-right",)
    for k in range(right.ndim):
        length = right.shape[k]
        if length == 0:
            continue
        fits = [_same(right.take(j, axis=k), given.take(j, axis=k), by) for j in range(length)]
        if length == 1:
            if fits[0]:
                yield ("first-right", k)
                yield ("last-right", k)
            else:
                yield ("first-wrong", k)
                yield ("last-wrong", k)
            continue
        if fits[0] and not any(fits[1:]):
            yield ("first-right", k)
        if fits[-1] and not any(fits[:-1]):
            yield ("last-right", k)
        if not fits[0] and all(fits[1:]):
            yield ("first-wrong", k)
        if not fits[-1] and all(fits[:-1]):
            yield ("last-wrong", k)
        if length > 1 and right.shape == given.shape:
            later, sooner = (
                given.take(range(1, length), axis=k),
                right.take(range(length - 1), axis=k),
            )
            if _same(sooner, later, by):
                yield ("shifted-late", k)
            later, sooner = (
                right.take(range(1, length), axis=k),
                given.take(range(length - 1), axis=k),
            )
            if _same(later, sooner, by):
                yield ("shifted-early", k)


# ---------------------------------------------------------------- strings


def _of_strings(pairs: list[Pair], by: Comparison, it: str) -> Finding | None:
    if not all(isinstance(p.given, str) for p in pairs):
        return None
    wrong = [p for p in pairs if p.right != p.given]

    def all_so(test: Callable[[str, str], bool]) -> bool:
        return all(test(p.right, p.given) for p in wrong)

    if all_so(lambda r, g: r.lower() == g.lower()):
        return _found("capitals", f"{it} differs in capitals only.")
    if all_so(lambda r, g: r == g.strip()):
        return _found("ends", f"{it} has white space left at its ends.")
    if all_so(lambda r, g: r.split() == g.split()):
        return _found("white-space", f"{it} differs in white space only.")
    if all_so(lambda r, g: "".join(r.split()) == "".join(g.split())):
        return _found(
            "spaces", f"{it} has spaces where there should be none, or the other way round."
        )
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
