"""One change of a student's own code that makes it right: where it belongs, and of what sort it is.

The changed functions run where the student's own runs, behind the same walls. What is said is the line
and the sort of the mistake, never what should stand there.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from grader.judging.changes import called, edits_of, put_item, set_field
from grader.judging.difference import as_array
from grader.judging.evidence import Evidence, Finding
from grader.judging.reference import answer, namespace, reference_source, wrong_source
from grader.sandbox.inside.wire import Answer

MOST = 500
"""Changes of one function that are tried; fewer of a long one, for they are sent as text."""
MOST_TEXT = 250_000
FEW = 150  # where one call is long
SURVIVORS = 8  # that are right in the first case are asked about all the others
KEYS = 10  # of one function that are tried in each other's place
LARGE = 50  # a number that may stand for infinity
TURNS = 5_000
LINE = 70
_LOOP = re.compile(r"^( *)(?:for|while) .*:$", re.MULTILINE)

Edit = tuple[str, Callable[[], None], Callable[[], None]]
"""A label, how to make the change, and how to take it back."""


@dataclass(frozen=True)
class Repair:
    """A changed function, and how to make the change and take it back."""

    label: str
    source: str
    tree: ast.Module
    do: Callable[[], None]
    undo: Callable[[], None]

    def hint(self, lines: list[str]) -> str:
        """Where the change stands in these lines and of what sort it is."""
        node, lost = self._place()
        line = " ".join(lines[node.lineno - 1].split())
        line = line if len(line) <= LINE else line[: LINE - 3].rstrip() + "..."
        what = _WORDS.get(self.label) or _of_calls(self.label)
        what = what if lost else what.replace("the number {lost}", "a number")
        named = what.format(lost=f"`{lost}`" if lost else "something")
        return f"in line {node.lineno} of your cell, `{line}`, {named}"

    def _place(self) -> tuple[ast.stmt, str]:
        """The first statement that the change touches, and the only word that is lost in it."""
        before = list(_statements(self.tree))
        self.do()
        try:
            after = list(_statements(self.tree))
        finally:
            self.undo()
        for number, (node, text, words) in enumerate(before):
            if number >= len(after) or after[number][1] != text:
                lost = list((words - after[number][2]).elements()) if number < len(after) else []
                return node, lost[0] if len(lost) == 1 and len(lost[0]) <= 20 else ""
        return before[-1][0], ""


def repair(evidence: Evidence) -> Finding | None:
    """The first change that makes the function right in every case, or leaves a known mistake."""
    first = _first_wrong(evidence)
    if first is None or evidence.context.ask_changed is None:
        return None
    found = list(_repairs(evidence))
    if not found:
        return None
    case = evidence.cases[first]
    answers = evidence.context.ask_changed([case] * len(found), [each.source for each in found])
    if len(answers) != len(found):
        return None
    right = [
        each
        for each, given in zip(found, answers, strict=True)
        if _does(evidence, evidence.expected[first], given)
    ]
    whole = _in_every_case(evidence, [(each, evidence.expected) for each in right[:SURVIVORS]])
    if whole is not None:
        where = whole.hint(evidence.context.source.splitlines())
        text = f"{where}; everything else in your function is right."
        return Finding("change", f"change:own-{whole.label}", text)
    return _beside_known(evidence, first, found, answers)


def _beside_known(
    evidence: Evidence, first: int, found: list[Repair], answers: list[Answer]
) -> Finding | None:
    if evidence.long:
        return None
    reference = reference_source(evidence.assignment, evidence.check)
    for known in evidence.check.misconceptions:
        scope = namespace(evidence.assignment, evidence.check, wrong_source(known, reference))
        wrong = answer(evidence.check, scope, evidence.cases[first])
        if wrong.raised or _does(evidence, evidence.expected[first], wrong):
            continue
        fitting = [
            each
            for each, given in zip(found, answers, strict=True)
            if each.label in _EXACT and _does(evidence, wrong, given)
        ]
        if not fitting:
            continue
        wrongs = [answer(evidence.check, scope, case) for case in evidence.cases]
        both = _in_every_case(evidence, [(each, wrongs) for each in fitting[:SURVIVORS]])
        if both is not None:
            besides = both.hint(evidence.context.source.splitlines())
            hint = f"There are two mistakes. {known.hint} Besides, {besides}."
            return Finding("both", f"{known.label}+change:own-{both.label}", hint)
    return None


def _first_wrong(evidence: Evidence) -> int | None:
    for number in evidence.telling_first:
        wanted, given = evidence.expected[number], evidence.answers[number]
        if not evidence.right[number] and not wanted.raised and not given.raised:
            return number
    return None


def _does(evidence: Evidence, wanted: Answer, given: Answer) -> bool:
    if wanted.raised:
        return bool(given.raised) and wanted.raised[0] in given.raised
    return not given.raised and evidence.equal(wanted.value, given.value)


def _in_every_case(
    evidence: Evidence, candidates: list[tuple[Repair, list[Answer]]]
) -> Repair | None:
    if not candidates or evidence.context.ask_changed is None:
        return None
    cases = [case for _ in candidates for case in evidence.cases]
    sources = [each.source for each, _ in candidates for _ in evidence.cases]
    answers = evidence.context.ask_changed(cases, sources)
    if len(answers) != len(cases):
        return None
    rest = iter(answers)
    for each, wanted in candidates:
        given = [next(rest) for _ in evidence.cases]
        if all(_does(evidence, w, g) for w, g in zip(wanted, given, strict=True)):
            return each
    return None


# ---------------------------------------------------------------- the changed functions


def _repairs(evidence: Evidence) -> Iterator[Repair]:
    """The changes of the functions in the student's cell, the asked function's first."""
    try:
        tree = ast.parse(evidence.context.source)
    except (SyntaxError, ValueError):
        return
    name = evidence.check.function
    others = {check.function for check in evidence.assignment.checks} - {name}
    functions = {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name not in others
    }
    if name not in functions:
        return
    left = FEW if evidence.long else MOST
    text = MOST_TEXT
    whole = all(_whole(each.value) for each in evidence.expected if not each.raised)
    asked = functions.pop(name)
    for function in [asked, *functions.values()]:
        for found in _of_function(function):
            if whole and found.label in _CURVED:
                continue
            yield found
            left, text = left - 1, text - len(found.source)
            if not left or text < 0:
                return


def _whole(value: object) -> bool:
    """Whether there is no number with decimals in a value."""
    if isinstance(value, dict):
        return all(map(_whole, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_whole, value))
    array = as_array(value)
    return array is None or array.dtype.kind != "f"


def _of_function(function: ast.FunctionDef) -> Iterator[Repair]:
    tree = ast.Module([function], [])
    seen = {ast.unparse(tree)}
    for label, do, undo in _edits(tree):
        do()
        try:
            text = ast.unparse(ast.fix_missing_locations(tree))
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue
        finally:
            undo()
        if text not in seen:
            seen.add(text)
            yield Repair(label, _guarded(text), tree, do, undo)


def _edits(tree: ast.Module) -> Iterator[Edit]:
    """The changes in their order: what takes nothing away and adds nothing comes first."""
    yield from _moves(tree)
    yield from _replacements(tree)
    edits = list(edits_of(tree))
    for label, words, do, undo in sorted(edits, key=lambda edit: edit[0] != "comparison"):
        if words.endswith("taken for 0"):
            label = "constant-to-0"
        if label not in ("argument-ignored", "arguments-swapped"):
            yield label, do, undo
    yield from _missing(tree)


Statement = tuple[ast.stmt, str, Counter[str]]


def _statements(tree: ast.Module) -> Iterator[Statement]:
    """Each statement, its own text without what is nested in it, and the words in that."""
    for depth, node in [(0, tree.body[0]), *_in_order(tree.body[0])]:
        own = [
            child
            for name, value in ast.iter_fields(node)
            if name not in ("body", "orelse", "finalbody", "handlers")
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]
        words: Counter[str] = Counter()
        for child in own:
            for part in ast.walk(child):
                if isinstance(part, ast.Name):
                    words[part.id] += 1
                elif isinstance(part, ast.Constant):
                    words[repr(part.value)] += 1
                elif isinstance(part, ast.Attribute):
                    words[part.attr] += 1
        text = f"{depth} {type(node).__name__} " + "|".join(map(ast.dump, own))
        yield node, text, words


def _in_order(node: ast.AST, depth: int = 1) -> Iterator[tuple[int, ast.stmt]]:
    """All statements below a node with how deep they stand, as they are written."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        for child in block if isinstance(block, list) else []:
            if isinstance(child, ast.stmt):
                yield depth, child
                yield from _in_order(child, depth + 1)


def _guarded(text: str) -> str:
    """The function with an end to each of its loops: a change can make one endless."""
    guarded = _LOOP.sub(r"\g<0>\n\g<1>    next(_turns)", text)
    return f"_turns = iter(range({TURNS}))\n{guarded}" if guarded != text else text


# ---------------------------------------------------------------- what students put into wrong places


def _blocks(tree: ast.AST) -> Iterator[tuple[ast.AST, list[ast.stmt]]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield node, block


def _blocks_set(
    *pairs: tuple[list[ast.stmt], list[ast.stmt]],
) -> tuple[Callable[[], None], Callable[[], None]]:
    olds = [(block, list(block)) for block, _ in pairs]

    def do() -> None:
        for block, new in pairs:
            block[:] = new

    def undo() -> None:
        for block, old in olds:
            block[:] = old

    return do, undo


def _moves(tree: ast.Module) -> Iterator[Edit]:
    """Statements too many, or such as belong before, into or behind a loop; turned conditions."""
    for _, block in list(_blocks(tree)):
        for index, statement in enumerate(block):
            if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
                yield "step-left-out", *put_item(block, index, ast.Pass())
    for _, block in list(_blocks(tree)):
        for index, loop in enumerate(block):
            if not isinstance(loop, ast.For | ast.While):
                continue
            head, tail, inner = block[:index], block[index + 1 :], loop.body
            for place, statement in enumerate(inner):
                rest = [each for each in inner if each is not statement]
                if not rest:
                    continue
                if isinstance(statement, ast.Return):
                    yield (
                        "return-in-loop",
                        *_blocks_set((block, [*head, loop, statement, *tail]), (inner, rest)),
                    )
                elif isinstance(statement, ast.Assign):
                    yield (
                        "starts-anew",
                        *_blocks_set((block, [*head, statement, loop, *tail]), (inner, rest)),
                    )
                if place == len(inner) - 1:
                    yield (
                        "each-turn",
                        *_blocks_set((block, [*head, loop, statement, *tail]), (inner, rest)),
                    )
            if tail and not isinstance(tail[0], ast.Return):
                yield (
                    "once",
                    *_blocks_set((block, [*head, loop, *tail[1:]]), (inner, [*inner, tail[0]])),
                )
        for index, statement in enumerate(block):
            if index and not isinstance(statement, ast.Return):
                order = [*block[: index - 1], statement, block[index - 1], *block[index + 1 :]]
                yield "steps-swapped", *_blocks_set((block, order))
            if isinstance(statement, ast.Break):
                yield "stops", *put_item(block, index, ast.Continue())
            if isinstance(statement, ast.If):
                turned = ast.UnaryOp(ast.Not(), statement.test)
                yield "condition-turned", *set_field(statement, "test", turned)
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
                copied = ast.Call(ast.Attribute(statement.value, "copy", ast.Load()), [], [])
                yield "two-names", *set_field(statement, "value", copied)
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                target = statement.targets[0]
                if isinstance(target, ast.Name | ast.Subscript):
                    summed = ast.AugAssign(target, ast.Add(), statement.value)
                    yield (
                        "not-added-up",
                        *put_item(block, index, ast.copy_location(summed, statement)),
                    )


_REDUCING = {
    "sum",
    "mean",
    "max",
    "min",
    "argmax",
    "argmin",
    "prod",
    "std",
    "var",
    "cumsum",
    "norm",
}
_WRAPPED = ("exp", "sqrt", "abs", "tanh")
_CURVED = {"no-exp", "no-sqrt", "no-tanh"}
"""Missing nowhere where all results are whole numbers; an array as long as the exponential of its length
would take seconds, too.
"""


def _replacements(tree: ast.Module) -> Iterator[Edit]:
    """Other orders, bounds, axes and brackets; two names that are mixed up."""
    yield from _names_swapped(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.List | ast.Tuple) and 2 <= len(node.elts) <= 4:
            if isinstance(node.ctx, ast.Load) and not any(
                isinstance(each, ast.Slice) for each in node.elts
            ):
                yield from _orders(node, "elts")
        elif isinstance(node, ast.Slice):
            yield from _bounds(node)
        elif isinstance(node, ast.BinOp):
            yield from _brackets(node)
        elif isinstance(node, ast.Constant) and _is_large(node.value):
            yield "not-enough", *set_field(node, "value", float(node.value) * 1e12)
    yield from _keys_swapped(tree)


def _is_large(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and value >= LARGE


def _names_swapped(tree: ast.Module) -> Iterator[Edit]:
    """Within one statement, every two names (or keys) that stand in it in each other's place."""
    for _, statement in _in_order(tree.body[0]):
        if isinstance(statement, ast.For | ast.While | ast.If | ast.FunctionDef | ast.With):
            continue
        for kind, field in ((ast.Name, "id"), (ast.Constant, "value")):
            nodes = [
                node
                for node in ast.walk(statement)
                if isinstance(node, kind)
                and isinstance(getattr(node, field), str)
                and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
            ]
            names = list(dict.fromkeys(getattr(node, field) for node in nodes))[:6]
            for one, other in itertools.combinations(names, 2):
                yield "names-swapped", *_renamed(nodes, field, {one: other, other: one})


def _keys_swapped(tree: ast.Module) -> Iterator[Edit]:
    """In the whole function, every two keys in each other's place, such as those of two biases."""
    nodes = [
        node.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
    ]
    nodes = [node for node in nodes if isinstance(node.value, str)]
    keys = list(dict.fromkeys(str(node.value) for node in nodes))
    for one, other in itertools.combinations(keys[:KEYS], 2):
        yield "keys-swapped", *_renamed(nodes, "value", {one: other, other: one})


def _renamed(
    nodes: list[Any], field: str, names: dict[str, str]
) -> tuple[Callable[[], None], Callable[[], None]]:
    def do() -> None:
        for node in nodes:
            own = getattr(node, field)
            setattr(node, field, names.get(own, own))

    return do, do  # a swap takes itself back


def _of_call(node: ast.Call) -> Iterator[Edit]:
    name = called(node)
    if name == "range":
        for index, bound in enumerate(node.args[:2]):
            for step in (ast.Add(), ast.Sub()):
                moved = ast.BinOp(bound, step, ast.Constant(1))
                yield "loop-bounds", *put_item(node.args, index, moved)
    if name == "append" and len(node.args) == 1:
        copied = ast.Call(ast.Attribute(node.args[0], "copy", ast.Load()), [], [])
        yield "same-object", *put_item(node.args, 0, copied)
    if len(node.args) in (2, 3):
        yield from _orders(node, "args")
    for keyword in node.keywords:
        rest = [each for each in node.keywords if each is not keyword]
        yield "keyword", *set_field(node, "keywords", rest)
    if name in _REDUCING and not any(each.arg == "axis" for each in node.keywords):
        for axis in (0, 1, -1):
            more = [*node.keywords, ast.keyword("axis", ast.Constant(axis))]
            yield "no-axis", *set_field(node, "keywords", more)
            kept = [*more, ast.keyword("keepdims", ast.Constant(True))]
            yield "no-axis", *set_field(node, "keywords", kept)
    elif name in _REDUCING and not any(each.arg == "keepdims" for each in node.keywords):
        more = [*node.keywords, ast.keyword("keepdims", ast.Constant(True))]
        yield "axis-not-kept", *set_field(node, "keywords", more)


def _orders(node: ast.AST, name: str) -> Iterator[Edit]:
    items = getattr(node, name)
    for i in range(len(items)):
        for j in range(i + 1, len(items)):
            order = list(items)
            order[i], order[j] = order[j], order[i]
            yield "order", *set_field(node, name, order)


def _bounds(node: ast.Slice) -> Iterator[Edit]:
    for edge in ("lower", "upper"):
        bound = getattr(node, edge)
        if bound is None:
            if edge == "lower":
                yield "slice-bounds", *set_field(node, edge, ast.Constant(1))
            else:
                yield "slice-bounds", *set_field(node, edge, ast.Constant(-1))
            continue
        for step in (ast.Add(), ast.Sub()):
            moved = ast.BinOp(bound, step, ast.Constant(1))
            yield "slice-bounds", *set_field(node, edge, moved)


def _brackets(node: ast.BinOp) -> Iterator[Edit]:
    left, right = node.left, node.right

    def do_and_undo(new: tuple[Any, Any, Any]) -> tuple[Callable[[], None], Callable[[], None]]:
        old = (node.left, node.op, node.right)

        def set_to(values: tuple[Any, Any, Any]) -> None:
            node.left, node.op, node.right = values

        return (lambda: set_to(new)), (lambda: set_to(old))

    if isinstance(left, ast.BinOp) and type(left.op) is not type(node.op):
        yield "brackets", *do_and_undo((left.left, left.op, ast.BinOp(left.right, node.op, right)))
        yield "brackets", *do_and_undo((ast.BinOp(left.left, node.op, right), left.op, left.right))
        rest = left.left
        if isinstance(rest, ast.BinOp) and isinstance(left.op, ast.Mult):
            inner = ast.BinOp(ast.BinOp(rest.right, left.op, left.right), node.op, right)
            yield "brackets", *do_and_undo((rest.left, rest.op, inner))
    if isinstance(right, ast.BinOp) and type(right.op) is not type(node.op):
        yield (
            "brackets",
            *do_and_undo((ast.BinOp(left, node.op, right.left), right.op, right.right)),
        )


def _missing(tree: ast.Module) -> Iterator[Edit]:
    """Factors and functions that are missing around a part."""
    for parent in ast.walk(tree):
        if isinstance(parent, ast.arguments | ast.Slice):
            continue
        if isinstance(parent, ast.Call) and called(parent).endswith("_like"):
            continue  # what it is given has no part in the values
        for name, value in ast.iter_fields(parent):
            if name in ("targets", "target", "func", "iter", "slice", "test", "decorator_list"):
                continue
            listed = isinstance(value, list)
            for index, item in enumerate(value if listed else [value]):
                if isinstance(item, ast.Call) and called(item).removesuffix("_like") in _MADE:
                    continue  # what a new array holds is written later: only its type would change
                if isinstance(parent, ast.Assign) and isinstance(item, ast.Name):
                    continue  # two names for one object: something else was changed by it
                if not isinstance(item, ast.Name | ast.BinOp | ast.Call | ast.Subscript):
                    continue
                if not isinstance(getattr(item, "ctx", ast.Load()), ast.Load):
                    continue
                for label, new in _around(item):
                    yield (
                        label,
                        *(put_item(value, index, new) if listed else set_field(parent, name, new)),
                    )


_MADE = ("empty", "zeros", "ones", "full")


def _around(item: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    yield "no-minus", ast.UnaryOp(ast.USub(), item)
    yield "no-factor", ast.BinOp(ast.Constant(2), ast.Mult(), item)
    yield "no-factor", ast.BinOp(item, ast.Div(), ast.Constant(2))
    yield "no-square", ast.BinOp(item, ast.Pow(), ast.Constant(2))
    yield "no-complement", ast.BinOp(ast.Constant(1), ast.Sub(), item)
    for name in _WRAPPED:
        call = ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())
        yield f"no-{name}", ast.Call(call, [item], [])


_WORDS = {
    "return-in-loop": "the `return` stands inside the loop, which ends there in its first turn",
    "starts-anew": "something starts anew in each turn of the loop that has to go on from the turn before",
    "each-turn": "something is done in each turn of the loop that has to be done once, after it",
    "once": "something is done once, after the loop, that has to be done in each of its turns",
    "steps-swapped": "something is done too early or too late: look at the order of the lines here",
    "stops": "the loop stops where it should go on with the next turn",
    "condition-turned": "the two cases are mixed up",
    "not-added-up": "the old value is overwritten; it has to be added to",
    "order": "things are given in the wrong order",
    "slice-bounds": "a slice starts or ends one place off",
    "brackets": "brackets are missing or stand in the wrong place",
    "loop-bounds": "the loop starts or ends one turn off",
    "same-object": "the same object is put into the list each time: what changes it later changes them all",
    "two-names": "a second name is given to the same object: what changes one changes the other",
    "keyword": "{lost} is given and should not be",
    "no-axis": "something goes over all axes that should go over one",
    "axis-not-kept": "an axis is dropped that is needed afterwards",
    "no-minus": "a minus sign is missing",
    "no-factor": "a constant factor is missing",
    "no-square": "a square is missing",
    "no-complement": "one minus something is needed where something itself is taken",
    "no-exp": "an exponential is missing",
    "no-sqrt": "a square root is missing",
    "no-abs": "an absolute value is missing",
    "no-tanh": "a tanh is missing",
    "names-swapped": "two things are mixed up",
    "keys-swapped": "{lost} and another key are mixed up",
    "term-left-out": "there is a term too many",
    "factor-left-out": "there is a factor too many",
    "part-left-out": "there is a part too many",
    "division-left-out": "there is a division too many",
    "power-left-out": "there is a power too many",
    "minus-left-out": "there is a minus sign too many",
    "operator": "an operator is the wrong one",
    "sides": "the two sides of an operation have changed places",
    "overwritten": "something is added up that has to be set anew",
    "other-norm": "the wrong norm is taken",
    "transpose-left-out": "there is a transpose too many",
    "transposed-too-much": "a transpose is missing",
    "axis": "a step goes over the wrong axis",
    "keepdims": "an axis is kept that has to go",
    "not-enough": "the number {lost} is not large enough for what it stands for",
    "constant": "the number {lost} should be another one",
    "constant-to-0": "the number {lost} should be another one",
    "comparison": "the comparison is the wrong one: think of the case of equality, too",
    "and-or": "`and` and `or` are mixed up",
    "case-left-out": "two cases are told apart that should not be",
    "slice": "a slice leaves out what is needed",
    "index": "an index is one place off",
    "step-left-out": "something is done that should not be done",
    "condition": "the condition lets the wrong cases through",
    "backwards": "the loop runs the wrong way round",
    "name": "{lost} stands where another value belongs",
    "key": "{lost} stands where another key belongs",
    "last-turn-left-out": "the loop makes a turn too many at its end",
    "first-turn-left-out": "the loop makes a turn too many at its start",
}  # fmt: skip


_EXACT = {
    "constant", "axis", "sides", "loop-bounds", "slice-bounds", "index", "transposed-too-much",
    "minus-left-out", "transpose-left-out", "condition-turned", "return-in-loop", "no-axis",
}  # fmt: skip
"""Changes after which a known mistake that is left is the student's own: they take nothing away."""


def _of_calls(label: str) -> str:
    if label.endswith("-left-out"):
        return f"`{label.removesuffix('-left-out')}` is called and should not be"
    return f"`{label.partition('-for-')[2]}` is the wrong function"
