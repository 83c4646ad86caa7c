"""Small changes of the reference that give the student's numbers, put in words and never in code.

Each change is what a student might have written in its place: another operator, axis, index, sign,
constant or name, a term or a call left out. What is said names the arguments of the specification that
stand in the changed part, since the student knows them; nothing else of the reference is shown.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from types import CodeType
from typing import Any

from grader.checks import without_docstring
from grader.judging.difference import as_array
from grader.judging.evidence import Evidence, Finding
from grader.judging.reference import Namespace, answer, namespace, reference_source, same
from grader.judging.words import listed
from grader.sandbox.inside.wire import Answer

MOST = 700
"""Changes of one function that are tried, the plainest first."""
VARIED = 6
FEW = 40  # where one call of the reference is long
TURNS = 20_000
PARTS = 4

_SYMBOLS = {
    ast.Add: "added", ast.Sub: "subtracted", ast.Mult: "multiplied", ast.Div: "divided",
    ast.MatMult: "multiplied as matrices", ast.FloorDiv: "divided without remainder",
    ast.Mod: "reduced to the remainder of a division", ast.Pow: "raised to a power",
}  # fmt: skip
_INSTEAD: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.Sub), ast.FloorDiv: (ast.Mult, ast.Div), ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,),
}  # fmt: skip
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "less than", ast.LtE: "at most", ast.Gt: "greater than", ast.GtE: "at least",
    ast.Eq: "equal to", ast.NotEq: "different from",
}  # fmt: skip
_OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE), ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE), ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
}  # fmt: skip
_FAMILIES = (
    ("sum", "mean", "max", "min", "prod", "median"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("tanh", "sigmoid"),
    ("exp", "exp2", "expm1"),
    ("log", "log2", "log10", "log1p"),
    ("cdf", "pdf"),
    ("zeros", "ones"),
    ("sort", "argsort"),
    ("floor", "ceil", "round"),
)
_CALLED = {
    "sum": "a sum", "mean": "a mean", "max": "the largest", "min": "the smallest", "prod": "a product",
    "median": "a median", "maximum": "the larger of two", "minimum": "the smaller of two",
    "argmax": "the place of the largest", "argmin": "the place of the smallest", "tanh": "a tanh",
    "sigmoid": "a sigmoid", "exp": "the exponential", "exp2": "a power of 2", "expm1": "exp minus 1",
    "log": "the natural logarithm", "log2": "the logarithm to base 2",
    "log10": "the logarithm to base 10", "log1p": "the logarithm of 1 plus the number",
    "cdf": "the distribution function", "pdf": "the density", "zeros": "zeros", "ones": "ones",
    "sort": "the sorted numbers", "argsort": "the places of the sorted numbers",
    "floor": "rounding down", "ceil": "rounding up", "round": "rounding", "sqrt": "a square root",
    "abs": "the absolute value", "sorted": "sorting", "set": "a set", "reversed": "the reverse order",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change: its label, what it does in words, and the changed function."""

    label: str
    words: str
    code: CodeType


def one(evidence: Evidence) -> Finding | None:
    """The first change that gives all that the student's function gives."""
    return _first(evidence, _affordable(evidence))


def of(evidence: Evidence, source: str, most: int) -> Finding | None:
    """The first of some changes of another function than the reference, such as a known mistake."""
    changes = _changes(evidence.check.function, source, most)
    return _first(evidence, tuple(c for c in changes if not c.words.startswith("a step")))


def _first(evidence: Evidence, changes: tuple[Change, ...]) -> Finding | None:
    for change in changes:
        scope = _scope(evidence, change)
        if all(
            _agrees(evidence, scope, number, given) for number, given in _telling_first(evidence)
        ):
            return Finding("change", f"change:{change.label}", _sentence(change))
    return None


def by_parts(evidence: Evidence) -> Finding | None:
    """A change for each of the wrong entries of a dict, or of the wrong items of a tuple."""
    names = wrong_parts(evidence)
    if not 0 < len(names) <= PARTS or not all(_varied(evidence, name) for name in names):
        return None
    found: dict[Any, Change] = {}
    for change in _affordable(evidence):
        scope = _scope(evidence, change)
        left = [name for name in names if name not in found]
        for number, given in _telling_first(evidence):
            wrong = answer(evidence.check, scope, evidence.cases[number])
            if wrong.raised or type(wrong.value) is not type(evidence.expected[number].value):
                left = []
            left = [name for name in left if _part_agrees(evidence, wrong, given, name)]
            if not left:
                break
        found |= dict.fromkeys(left, change)
        if len(found) == len(names):
            break
    if len(found) < len(names):
        return None
    different = list(dict.fromkeys(found[name] for name in names))
    if len(different) > 2:
        return None
    texts = []
    for change in different:
        own = [
            repr(n) if isinstance(n, str) else f"item {n + 1}" for n in names if found[n] is change
        ]
        texts.append(f"For {' and '.join(own)}: {_sentence(change)}")
    labels = sorted({f"change:{change.label}" for change in different})
    kind = "change" if len(different) == 1 else "both"
    return Finding(kind, "+".join(labels), " ".join(texts))


def _affordable(evidence: Evidence) -> tuple[Change, ...]:
    """Fewer changes where a call is long; counted in lines, so that it is the same on every machine."""
    changes = _changes(*_key(evidence))
    return changes[:FEW] if evidence.long else changes


def _sentence(change: Change) -> str:
    return f"your result is what one gets if {change.words}."


def _key(evidence: Evidence) -> tuple[str, str]:
    return evidence.check.function, reference_source(evidence.assignment, evidence.check)


def _scope(evidence: Evidence, change: Change) -> Namespace:
    scope = dict(namespace(evidence.assignment, evidence.check, "pass"))
    scope["_turn"] = _counter()
    exec(change.code, scope)
    return scope


def _counter() -> Callable[[], None]:
    """To be called in each turn of a loop: a change can make it endless."""
    left = TURNS

    def turn() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise RuntimeError("endless")

    return turn


def _telling_first(evidence: Evidence) -> list[tuple[int, Answer]]:
    return [(number, evidence.answers[number]) for number in evidence.telling_first]


def _agrees(evidence: Evidence, scope: Namespace, number: int, given: Answer) -> bool:
    return same(evidence.check, answer(evidence.check, scope, evidence.cases[number]), given)


def parts_of(value: object) -> dict[Any, object] | None:
    """The items of a dict or tuple by key or place; None for other values."""
    if isinstance(value, dict):
        return value
    return dict(enumerate(value)) if isinstance(value, tuple) else None


def wrong_parts(evidence: Evidence) -> list[Any]:
    """The entries of a dict or items of a tuple that are wrong, where all cases have the same ones."""
    names: dict[Any, bool] = {}
    for wanted, given in zip(evidence.expected, evidence.answers, strict=True):
        if wanted.raised or given.raised:
            return []
        rights = parts_of(wanted.value)
        value = tuple(given.value) if isinstance(given.value, list) else given.value
        givens = parts_of(value)
        if rights is None or givens is None or set(rights) != set(givens):
            return []
        for name, right in rights.items():
            names[name] = names.get(name, True) and evidence.equal(right, givens[name])
    return [name for name, fine in names.items() if not fine]


def _varied(evidence: Evidence, name: Any) -> bool:
    """Whether a part has so many different numbers that chance does not bring them."""
    values: set[object] = set()
    for given in evidence.answers:
        part = as_array((parts_of(given.value) or dict(enumerate(given.value)))[name])  # type: ignore[arg-type]
        if part is None:
            return False
        values |= set(part.ravel().tolist())
    return len(values) >= VARIED


def _part_agrees(evidence: Evidence, wrong: Answer, given: Answer, name: Any) -> bool:
    wrongs, givens = parts_of(wrong.value), parts_of(given.value)
    if wrongs is None or givens is None or name not in wrongs:
        return False
    return evidence.equal(wrongs[name], givens[name])


# ---------------------------------------------------------------- the changes


@cache
def _changes(function: str, source: str, most: int = MOST) -> tuple[Change, ...]:
    """The changes of a function that compile, each different text once."""
    tree = ast.parse(without_docstring(source))
    if not tree.body or not isinstance(tree.body[0], ast.FunctionDef):
        return ()
    _count_turns(tree)
    found: list[Change] = []
    seen = {ast.dump(tree)}
    for label, words, do, undo in edits_of(tree):
        do()
        try:
            text = ast.dump(tree)
            if text not in seen:
                seen.add(text)
                ast.fix_missing_locations(tree)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # such as a number that is called
                    code = compile(tree, f"<{function}>", "exec")
                found.append(Change(label, words, code))
        except (SyntaxError, ValueError, TypeError):
            pass
        finally:
            undo()
        if len(found) >= most:
            break
    return tuple(found)


def _count_turns(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.While | ast.For):
            node.body.insert(0, ast.parse("_turn()").body[0])
    ast.fix_missing_locations(tree)


Edit = tuple[str, str, Callable[[], None], Callable[[], None]]


def set_field(node: Any, name: str, value: object) -> tuple[Callable[[], None], Callable[[], None]]:
    """How to set a field of a node, and how to set it back."""
    old = getattr(node, name)
    return (lambda: setattr(node, name, value)), (lambda: setattr(node, name, old))


def put_item(
    items: list[Any], index: int, value: Any
) -> tuple[Callable[[], None], Callable[[], None]]:
    """How to put an item in the place of another, and how to put the old one back."""
    old = items[index]
    return (lambda: items.__setitem__(index, value)), (lambda: items.__setitem__(index, old))


def _slots(tree: ast.AST) -> Iterator[tuple[Any, Callable[[Any], tuple[Any, Any]]]]:
    """Every expression below a node, with a way to put another into its place."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, ast.expr):
                yield value, partial(set_field, parent, name)
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, ast.expr):
                        yield item, partial(put_item, value, index)


def edits_of(tree: ast.Module) -> Iterator[Edit]:
    """The changes in their order: what students do most comes first."""
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    arguments = [each.arg for each in definition.args.args]
    slots = [
        (node, put)
        for node, put in _slots(definition)
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Store)
    ]
    for rule in (
        _left_out, _sigmoids, _operators, _calls, _transposes, _axes, _constants, _comparisons, _slices,
        _statements, _names, _keys,
    ):  # fmt: skip
        yield from rule(definition, slots, arguments)


Slots = list[tuple[Any, Callable[[Any], tuple[Any, Any]]]]


def _about(node: ast.AST, arguments: list[str]) -> str:
    """The arguments (and the keys of parameters) that stand in a part, for people."""
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in arguments]
    names += [
        n.value
        for n in ast.walk(node)
        if isinstance(n, ast.Constant)
        and isinstance(n.value, str)
        and re.fullmatch(r"\w+", n.value)
    ]
    names = list(dict.fromkeys(names))
    return listed(names[:3]) if names else ""


def _with(node: ast.AST, arguments: list[str]) -> str:
    about = _about(node, arguments)
    return f" (the one with {about})" if about else ""


def _left_out(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node, put in slots:
        if isinstance(node, ast.BinOp):
            noun = {
                ast.Add: "term",
                ast.Sub: "term",
                ast.Mult: "factor",
                ast.MatMult: "factor",
            }.get(type(node.op), "part")
            if isinstance(node.op, ast.Div):
                yield (
                    "division-left-out",
                    f"a division is left out{_with(node.right, arguments)}",
                    *put(node.left),
                )
            elif isinstance(node.op, ast.Pow):
                yield (
                    "power-left-out",
                    f"a power is left out{_with(node.left, arguments)}",
                    *put(node.left),
                )
            else:
                words = f"a {noun} is left out"
                yield f"{noun}-left-out", words + _with(node.right, arguments), *put(node.left)
                new = (
                    node.right
                    if not isinstance(node.op, ast.Sub)
                    else ast.UnaryOp(ast.USub(), node.right)
                )
                yield f"{noun}-left-out", words + _with(node.left, arguments), *put(new)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield (
                "minus-left-out",
                f"a minus sign is left out{_with(node, arguments)}",
                *put(node.operand),
            )
        elif isinstance(node, ast.Call):
            name = called(node)
            if len(node.args) == 1 and name not in ("range", "len", "enumerate", "zip"):
                said = _CALLED.get(name, "a step")
                yield (
                    f"{name}-left-out",
                    f"{said} is left out{_with(node, arguments)}",
                    *put(node.args[0]),
                )
            if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name):
                said = _CALLED.get(name, "a step")
                yield f"{name}-left-out", f"{said} is left out", *put(node.func.value)
            if name == "range" and len(node.args) == 1:
                shorter = ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))
                yield (
                    "last-turn-left-out",
                    "the last turn of a loop is left out",
                    *put_item(node.args, 0, shorter),
                )
                both = [ast.Constant(1), node.args[0]]
                yield (
                    "first-turn-left-out",
                    "the first turn of a loop is left out",
                    *set_field(node, "args", both),
                )


def _sigmoids(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    """What stands in place of 1 / (1 + exp(-x)) that is written out."""
    for node, put in slots:
        inner = _in_sigmoid(node)
        if inner is None:
            continue
        about = _with(inner, arguments)
        yield "sigmoid-left-out", f"a sigmoid is left out{about}", *put(inner)
        for name, said in (("tanh", "a tanh"), ("exp", "the exponential")):
            call = ast.Call(_of_numpy(name), [inner], [])
            yield (
                f"{name}-for-sigmoid",
                f"{said} is taken where a sigmoid is meant{about}",
                *put(call),
            )
        exps = ast.Call(_of_numpy("exp"), [inner], [])
        options = [
            ast.keyword("axis", ast.Constant(-1)),
            ast.keyword("keepdims", ast.Constant(True)),
        ]
        sums = ast.Call(_of_numpy("sum"), [exps], options)
        said = f"a softmax is used where a sigmoid is meant{about}"
        yield "softmax-for-sigmoid", said, *put(ast.BinOp(exps, ast.Div(), sums))


def _of_numpy(name: str) -> ast.Attribute:
    return ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())


def _in_sigmoid(node: ast.AST) -> ast.expr | None:
    """The x of 1 / (1 + np.exp(-x))."""

    def is_1(part: ast.AST) -> bool:
        return isinstance(part, ast.Constant) and part.value == 1

    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and is_1(node.left)):
        return None
    below = node.right
    if not (isinstance(below, ast.BinOp) and isinstance(below.op, ast.Add) and is_1(below.left)):
        return None
    power = below.right
    if not (isinstance(power, ast.Call) and called(power) == "exp" and len(power.args) == 1):
        return None
    minus = power.args[0]
    if isinstance(minus, ast.UnaryOp) and isinstance(minus.op, ast.USub):
        return minus.operand
    return None


def _operators(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node, put in slots:
        if isinstance(node, ast.BinOp):
            about = _about(node, arguments)
            among = f" (where {about} {'stand' if ' and ' in about else 'stands'})" if about else ""
            for other in _INSTEAD.get(type(node.op), ()):
                words = f"something is {_SYMBOLS[other]} that has to be"
                words += f" {_SYMBOLS[type(node.op)]}{among}"
                yield "operator", words, *set_field(node, "op", other())
            if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
                new = ast.BinOp(node.right, node.op, node.left)
                yield "sides", f"the two sides of an operation change places{among}", *put(new)
    for node in ast.walk(definition):
        if isinstance(node, ast.AugAssign):
            plain = ast.Assign([node.target], node.value)
            block = _block_of(definition, node)
            if block is not None:
                yield (
                    "overwritten",
                    "each turn of a loop overwrites what has to be added up",
                    *put_item(block, block.index(node), plain),
                )


def _calls(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node, _ in slots:
        if not isinstance(node, ast.Call):
            continue
        name = called(node)
        for family in _FAMILIES:
            for other in family if name in family else ():
                if other == name:
                    continue
                said = f"{_CALLED[other]} is taken where {_CALLED[name]} is meant"
                said += _with(node, arguments)
                if isinstance(node.func, ast.Attribute):
                    yield f"{other}-for-{name}", said, *set_field(node.func, "attr", other)
                elif isinstance(node.func, ast.Name):
                    yield f"{other}-for-{name}", said, *set_field(node.func, "id", other)
        if name == "norm" and len(node.args) == 2:
            yield "other-norm", "the wrong norm is used", *set_field(node, "args", node.args[:1])


def _transposes(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node, put in slots:
        if isinstance(node, ast.Attribute) and node.attr == "T":
            said = f"a transpose is left out{_with(node, arguments)}"
            yield "transpose-left-out", said, *put(node.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            for side in ("left", "right"):
                part = getattr(node, side)
                if isinstance(part, ast.Name | ast.Subscript):
                    new = ast.Attribute(part, "T", ast.Load())
                    said = f"a matrix is transposed that should not be{_with(part, arguments)}"
                    yield "transposed-too-much", said, *set_field(node, side, new)


def _axes(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node in ast.walk(definition):
        if not isinstance(node, ast.Call):
            continue
        for keyword in node.keywords:
            if keyword.arg == "axis":
                for axis in (0, 1, 2, -1, None):
                    where = "all axes together" if axis is None else f"axis {axis}"
                    said = f"{_CALLED.get(called(node), 'a step')} goes over {where}"
                    yield "axis", said, *set_field(keyword, "value", ast.Constant(axis))
            elif keyword.arg == "keepdims":
                yield (
                    "keepdims",
                    "an axis is dropped that has to be kept",
                    *set_field(keyword, "value", ast.Constant(False)),
                )


def _constants(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    places = _places(definition, arguments)
    for node, _ in slots:
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int):
            for new in dict.fromkeys((node.value + 1, node.value - 1, 0, 1, 2)):
                if new != node.value:
                    said = f"a {node.value} in the formula is taken for {new}"
                    said = places.get(id(node), said)
                    yield "constant", said, *set_field(node, "value", new)
        elif isinstance(node.value, float):
            for value in (node.value * 2, node.value / 2, -node.value, 1.0, 0.0):
                said = "a number in the formula is a different one"
                if not value and abs(node.value) >= 1:
                    said = "a number in the formula is taken for 0"
                yield "constant", said, *set_field(node, "value", value)


def _places(definition: Any, arguments: list[str]) -> dict[int, str]:
    """Of each number that stands in square brackets, what another one there would take."""
    found: dict[int, str] = {}
    for node in ast.walk(definition):
        if not isinstance(node, ast.Subscript):
            continue
        inner = node.slice.operand if isinstance(node.slice, ast.UnaryOp) else node.slice
        about = _about(node.value, arguments)
        of = f" of {about}" if about else ""
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            found[id(inner)] = f"another size{of} is used instead of the one that belongs there"
        else:
            found[id(inner)] = f"another item{of} is used instead of the one that belongs there"
    return found


def _comparisons(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node, put in slots:
        if isinstance(node, ast.Compare):
            for index, old in enumerate(node.ops):
                for other in _OTHERS.get(type(old), ()):
                    said = f"“{_COMPARED[other]}” is tested where “{_COMPARED[type(old)]}” is meant"
                    said += _with(node, arguments)
                    yield "comparison", said, *put_item(node.ops, index, other())
        elif isinstance(node, ast.BoolOp):
            turned: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "and-or", "`and` and `or` are mixed up", *set_field(node, "op", turned)
        elif isinstance(node, ast.IfExp):
            about = _with(node.test, arguments)
            yield "case-left-out", f"one of two cases is left out{about}", *put(node.body)
            yield "case-left-out", f"one of two cases is left out{about}", *put(node.orelse)


def _slices(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node in ast.walk(definition):
        if isinstance(node, ast.Slice):
            for edge, said in (("lower", "start"), ("upper", "end"), ("step", "step")):
                if getattr(node, edge) is not None:
                    yield (
                        "slice",
                        f"the {said} of a slice is left out",
                        *set_field(node, edge, None),
                    )
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name | ast.BinOp):
            for operator, said in ((ast.Add, "late"), (ast.Sub, "early")):
                new = ast.BinOp(node.slice, operator(), ast.Constant(1))
                words = f"an index points one place too {said}{_with(node.value, arguments)}"
                yield "index", words, *set_field(node, "slice", new)


def _statements(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    for node in ast.walk(definition):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if not isinstance(block, list):
                continue
            for index, statement in enumerate(block):
                if isinstance(statement, ast.AugAssign | ast.Expr) or (
                    isinstance(statement, ast.Assign) and node is not definition
                ):
                    about = _with(statement, arguments)
                    yield (
                        "step-left-out",
                        f"a step is left out{about}",
                        *put_item(block, index, ast.Pass()),
                    )
                if isinstance(statement, ast.If):
                    about = _with(statement.test, arguments)
                    for value in (True, False):
                        said = "always" if value else "never"
                        yield (
                            "condition",
                            f"a case that has to be told apart is {said} taken{about}",
                            *set_field(statement, "test", ast.Constant(value)),
                        )
                if index + 1 < len(block) and isinstance(node, ast.For):
                    swapped = [*block[:index], block[index + 1], statement, *block[index + 2 :]]
                    yield (
                        "steps-swapped",
                        "two steps of a loop are in the wrong order",
                        *set_field(node, name, swapped),
                    )
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            turned = ast.Call(
                ast.Name("reversed", ast.Load()),
                [ast.Call(ast.Name("list", ast.Load()), [node.iter], [])],
                [],
            )
            yield "backwards", "a loop runs in the reverse order", *set_field(node, "iter", turned)


def _names(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    listing = definition.args.args
    for i in range(len(listing)):
        for j in range(i + 1, len(listing)):
            order = list(listing)
            order[i], order[j] = order[j], order[i]
            said = f"`{listing[i].arg}` and `{listing[j].arg}` are mixed up"
            yield "arguments-swapped", said, *set_field(definition.args, "args", order)
    loads = [
        (node, put)
        for node, put in slots
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    local = {
        node.id
        for node in ast.walk(definition)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    known = [*arguments, *sorted(local - set(arguments))]
    owners, sized = _owners(definition), _sized(definition)
    for node, put in loads:
        if node.id not in known:
            continue
        for other in known:
            if other == node.id or owners.get(id(node)) == other:
                continue
            if node.id in arguments and other in arguments:
                said = f"`{other}` is used where `{node.id}` belongs"
                if id(node) in sized:
                    said = f"a size of `{other}` is taken where a size of `{node.id}` belongs"
            elif other in arguments:
                said = f"`{other}` is used where a value that was computed from it belongs"
            elif node.id in arguments:
                said = f"`{node.id}` is not used where it belongs"
            else:
                said = "one intermediate result is taken for another"
            yield "name", said, *put(ast.Name(other, ast.Load()))
        if node.id in arguments:
            zero = ast.BinOp(ast.Constant(0), ast.Mult(), ast.Name(node.id, ast.Load()))
            yield "argument-ignored", f"`{node.id}` is taken for 0 in one place", *put(zero)


def _sized(definition: Any) -> set[int]:
    """The names of which only the sizes are used in their place."""
    return {
        id(node.value)
        for node in ast.walk(definition)
        if isinstance(node, ast.Attribute) and node.attr in ("shape", "size", "ndim")
    } | {
        id(node.args[0])
        for node in ast.walk(definition)
        if isinstance(node, ast.Call) and called(node) == "len" and len(node.args) == 1
    }


def _owners(definition: Any) -> dict[int, str]:
    """Of each name that is handed to a method, whose method it is: a list must not hold itself."""
    found: dict[int, str] = {}
    for node in ast.walk(definition):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name):
                found |= {id(n): owner.id for a in node.args for n in ast.walk(a)}
    return found


def _keys(definition: Any, slots: Slots, arguments: list[str]) -> Iterator[Edit]:
    strings = [
        (node, put)
        for node, put in slots
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    values = list(dict.fromkeys(str(node.value) for node, _ in strings))
    values = [value for value in values if len(value) <= 12]
    for node, _ in strings:
        own = str(node.value)
        for other in values:
            if other != own:
                said = f"`{other}` is used where `{own}` belongs"
                if not (re.fullmatch(r"\w+", other) and re.fullmatch(r"\w+", own)):
                    said = "the wrong text is used"
                yield "key", said, *set_field(node, "value", other)


def called(node: ast.Call) -> str:
    """The name of what is called, without what it belongs to."""
    return str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))


def _block_of(tree: ast.AST, statement: ast.stmt) -> list[Any] | None:
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and statement in block:
                return block
    return None
