"""Explains errors where they are: in a cell that does not run, and in a function that raises."""

from __future__ import annotations

import ast
import builtins
import difflib
import io
import re
import tokenize
from collections.abc import Iterable

import numpy as np

from grader.checks import Check
from grader.judging.conditions import condition
from grader.judging.difference import as_array, plain
from grader.judging.evidence import CellError, Context, Evidence, Finding
from grader.judging.words import listed, short, where, without_values
from grader.sandbox.inside.wire import Answer, Unsupported

CURLY = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u201a": "'"}
SIGNS = {"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00d7": "*", "\u00b7": "*", "\u00f7": "/"}
SIGNS |= {"\u2264": "<=", "\u2265": ">=", "\u2260": "!="}
LEFT_OUT = (
    "`{name}` gets its value in a cell that only shows something. When your notebook is graded, only"
    " the imports, functions and plain values of such a cell are run: make `{name}` in a cell of your"
    " own."
)
MERGE = re.compile(r"^(<{7}|={7}|>{7})( |$)")


def unanswered(check: Check, given: Answer, context: Context) -> tuple[str, Finding] | None:
    """Why there is no function to judge, for programs and for people."""
    if given.raised[:1] == ("NotImplementedError",):
        return "unwritten", Finding("", "", f"`{check.function}` has not been written yet.")
    if given.raised[:1] == ("NameError",) and f"'{check.function}'" in given.message:
        finding = (
            _syntax(check, context)
            or _stopped(check, context)
            or _misnamed(check, context)
            or Finding(
                "",
                "",
                f"The notebook defines no `{check.function}`. Was its cell renamed or deleted, or did"
                " it stop with an error?",
            )
        )
        return "undefined", finding
    return None


# ---------------------------------------------------------------- the cell


def _syntax(check: Check, context: Context) -> Finding | None:
    """What Python cannot read in the answer's cell, with line and character."""
    lines = context.source.splitlines()
    error = _syntax_error(context)
    if error is None:
        return None
    head = f"Python cannot read the cell of `{check.function}`: "
    label, text = _explained(error, lines)
    return Finding("error", f"error:{label}", head + text)


def _syntax_error(context: Context) -> SyntaxError | None:
    named = {"SyntaxError", "IndentationError", "TabError"}
    if context.errors and not any(error.name in named for error in context.errors):
        return None  # it ran, and something else happened
    try:
        ast.parse(context.source)
    except SyntaxError as error:
        magic = re.search(r"^\s*[%!]", context.source, re.MULTILINE)
        return error if context.errors or not magic else None
    except ValueError:  # a null byte
        return SyntaxError("it contains a null byte, which stands for no character")
    return None


def _explained(error: SyntaxError, lines: list[str]) -> tuple[str, str]:
    for number, line in enumerate(lines, start=1):
        if MERGE.match(line):
            return "merge-mark", (
                f"line {number} is a merge marker (`{line[:7]}`). Decide on one of the two"
                " versions there, and delete the other one and the markers."
            )
    number = error.lineno or 1
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    for table, label, what in (
        (CURLY, "curly-quote", "a curly quote"),
        (SIGNS, "sign", "the sign"),
    ):
        for column, character in enumerate(line, start=1):
            if character in table:
                shown = f" {character}" if table is SIGNS else ""
                return label, (
                    f"line {number} has {what}{shown}, at character {column}. Type a plain"
                    f" {table[character]} in its place."
                )
    place = f"line {number}"
    if error.offset:
        place += f", character {error.offset}"
    message = error.msg or "it is not valid"
    if isinstance(error, TabError) or "inconsistent use of tabs" in message:
        return "tabs", f"line {number} mixes tabs and spaces. Indent with spaces only."
    if isinstance(error, IndentationError):
        return "indentation", f"{place}: {short(message)}. Look at how far the lines are indented."
    if found := re.match(r"'(.)' was never closed", message):
        return "bracket", f"the bracket {found[1]} that opens in {place}, is never closed."
    if "unmatched" in message or "does not match" in message:
        return (
            "bracket",
            f"{place}: there is one bracket too many, or one of the wrong kind ({short(message)}).",
        )
    if "unterminated" in message:
        return "string", f"{place}: a quotation mark is opened and never closed."
    if "invalid syntax" in message and (opened := _never_closed(lines)):
        row, column, bracket = opened
        text = (
            f"the bracket {bracket} that opens in line {row}, character {column}, is never closed."
        )
        return "bracket", text
    if "expected ':'" in message:
        return "colon", f"{place}: a colon is missing."
    return "syntax", f"{place}: {short(message)}."


def _never_closed(lines: list[str]) -> tuple[int, int, str] | None:
    """Line, character and kind of the last bracket that is open at the end, strings aside."""
    opened: list[tuple[int, int, str]] = []
    pairs = {")": "(", "]": "[", "}": "{"}
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            if token.string in "([{" and token.type == tokenize.OP:
                opened.append((token.start[0], token.start[1] + 1, token.string))
            elif token.string in pairs and token.type == tokenize.OP:
                if not opened or opened[-1][2] != pairs[token.string]:
                    return None
                opened.pop()
    except (tokenize.TokenError, SyntaxError):
        pass
    return opened[-1] if opened else None


def _stopped(check: Check, context: Context) -> Finding | None:
    for error in context.errors:
        text = f"{error.name}: {without_values(error.message)}" if error.message else error.name
        line = _line_of(error)
        place = f" in line {line}" if line else ""
        hint = f"The cell of `{check.function}` stopped{place} before it was defined: {text}."
        if found := re.search(r"name '(\w+)' is not defined", error.message):
            near = _near(found[1], _names(context.source))
            if found[1] in context.left_out:
                hint += f" {LEFT_OUT.format(name=found[1])}"
            elif near:
                hint += f" Did you mean `{near}`?"
        return Finding("error", "error:cell", hint.replace("..", "."))
    return None


def _line_of(error: CellError) -> int | None:
    found = re.findall(r"^-+> (\d+) ", error.traceback, re.MULTILINE)
    return int(found[0]) if found else None


def _misnamed(check: Check, context: Context) -> Finding | None:
    """The cell defines another name than the one asked for."""
    try:
        body = ast.parse(context.source).body
    except (SyntaxError, ValueError):
        return None
    names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    for node in body:
        if isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    near = difflib.get_close_matches(check.function, names, 1, 0.6)
    if not near:
        return None
    hint = (
        f"The cell defines `{near[0]}`; it should be called `{check.function}`, letter by letter."
    )
    return Finding("error", "error:misnamed", hint)


# ---------------------------------------------------------------- the function


def raised(evidence: Evidence) -> Finding | None:
    """An exception where a value is due, or the other way round."""
    for case, wanted, given in zip(
        evidence.cases, evidence.expected, evidence.answers, strict=True
    ):
        if given.raised and not wanted.raised:
            label, text = _cause(evidence, given)
            text = _when(evidence) + text
            return Finding("error", f"error:{label}", text[:1].upper() + text[1:])
        if wanted.raised:
            finding = _wrong_exception(evidence, where(evidence.check.inputs(case)), wanted, given)
            if finding:
                return finding
    return None


def _when(evidence: Evidence) -> str:
    """Which cases raise, where not all do."""
    failing = [bool(given.raised) for given in evidence.answers]
    due = [not wanted.raised for wanted in evidence.expected]
    if all(f for f, d in zip(failing, due, strict=True) if d):
        return ""
    first = failing.index(True)
    return where(evidence.check.inputs(evidence.cases[first]))


def _wrong_exception(
    evidence: Evidence, place: str, wanted: Answer, given: Answer
) -> Finding | None:
    kind = wanted.raised[0]
    if given.raised:
        if kind in given.raised:
            return None
        text = (
            f"a {kind} should be raised for these inputs; yours raised {_stop(text_of(given), '')}"
        )
        if given.raised[0] == "AssertionError":
            text += " An `assert` is no substitute: `raise` the error that is asked for."
        elif "exceptions must derive" in given.message:
            text += (
                f" What is raised has to be an exception: raise {kind}(...) with the text in it."
            )
        return Finding("error", "error:wrong-exception", place + text)
    if isinstance(given.value, Unsupported) and given.value.type_name.endswith(
        ("Error", "Exception")
    ):
        text = f"you return the {given.value.type_name}. Errors are not returned: `raise` it."
        return Finding("error", "error:exception-returned", place + text)
    text = f"a {kind} should be raised for these inputs, but your function returned a value."
    return Finding("error", "error:not-raised", place + text)


def text_of(given: Answer) -> str:
    """The exception as its author sees it, kept short."""
    text, name = without_values(given.message), _kind_of(given)
    return f"{name}: {text}" if text else f"{name}."


def _kind_of(given: Answer) -> str:
    """The exception's name; a class can be given any text for one, such as the values of the inputs."""
    name = given.raised[0]
    digits = sum(letter.isdigit() for letter in name)
    return name if name.isidentifier() and len(name) <= 60 and digits <= 3 else "Exception"


def _cause(evidence: Evidence, given: Answer) -> tuple[str, str]:
    """A label, and where and why the function stopped."""
    name, message = _kind_of(given), given.message
    place = f" at `{short(given.line, 80)}`" if given.line else ""
    for kind, explain in _EXPLANATIONS:
        if kind in given.raised and (found := explain(evidence, given, message)):
            label, text = found
            if label == "shapes" and place:
                return label, f"your function raised {name}{place}. {text}"
            return label, f"your function raised {_stop(text_of(given), place)} {text}"
    common = next((each for each in given.raised if hasattr(builtins, each)), "Exception")
    label = common.removesuffix("Error").lower() or "exception"
    return label, f"your function raised {_stop(text_of(given), place)}"


def _stop(text: str, place: str) -> str:
    """The text with the place in it, as a sentence."""
    if place:
        return f"{text if text.endswith('...') else text.rstrip('.')}{place}."
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _name(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    if found := re.search(r"name '(\w+)' is not defined", message):
        if found[1] in evidence.context.left_out:
            return "name-in-a-picture", LEFT_OUT.format(name=found[1])
        near = _near(found[1], _names(evidence.context.source) | set(evidence.cases[0]))
        return "name", (
            f"There is no `{found[1]}`; did you mean `{near}`?"
            if near
            else f"Nothing is called `{found[1]}`: give it a value first, or import it."
        )
    return None


def _unbound(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    return "unbound", (
        "The name is used before it has a value: what is assigned anywhere in a function is its own"
        " variable, and here it has none yet."
    )


def _key(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    key = message.strip("'\"")
    keys = {
        str(k) for value in evidence.cases[0].values() if isinstance(value, dict) for k in value
    }
    near = _near(key, keys)
    if near:
        return "key", f"There is no such key; did you mean {near!r}?"
    return "key", "A dict was asked for a key that it doesn't have."


def _attribute(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    if message.startswith("'NoneType' object"):
        return "none", "A value there is None: does a function that you call return nothing?"
    if found := re.match(r"module '([\w.]+)' has no attribute '(\w+)'", message):
        return "attribute", f"There is no `{found[2]}` in {found[1]}."
    if found := re.match(r"'(\w+)' object has no attribute '(\w+)'", message):
        return "attribute", f"A value of type {found[1]} has no `{found[2]}`."
    return None


def _casting(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    if "output from" not in message:
        return None
    return "int-in-place", (
        "Operators such as `*=` write into the array itself: an array of ints takes no floats, and the"
        " caller's array would change. Write `x = x * ...`, which makes a new one."
    )


def _type(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    if re.search(rf"\b{evidence.check.function}\(\) (got|takes|missing)", message):
        return "signature", (
            "Your function doesn't take the arguments that the sheet gives: leave the line with `def` as it"
            " was given."
        )
    if "only length-1 arrays" in message or "only 0-dimensional arrays" in message:
        return "scalar-function", (
            "A function for single numbers (such as those of `math`) was given an array; NumPy has one"
            " for arrays."
        )
    if re.search(r"unsupported operand type\(s\) for .*'list'", message):
        return "lists", "Python cannot calculate with lists: make arrays of them first."
    if "NoneType" in message:
        return "none", "A value there is None: does a function that you call return nothing?"
    if "is not callable" in message:
        return "call", "Something is called that is not a function: did you mean square brackets?"
    if "unhashable" in message:
        return "unhashable", "A list or array cannot be a key of a dict or an item of a set."
    if "exceptions must derive" in message:
        return "raise", "What is raised has to be an exception, not a text."
    return None


def _value(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    shapes = f" {given.shapes}." if given.shapes else ""
    if "matmul" in message or "not aligned" in message:
        alike = re.fullmatch(r"`.*` is (\(.*\)) and `.*` is (\(.*\))", given.shapes)
        text = (
            f"The shapes don't fit a matrix product:{shapes}"
            if shapes
            else (
                "The shapes don't fit a matrix product: the last axis of the left one has to be as"
                " long as the first axis of the right one."
            )
        )
        if alike and alike[1] == alike[2]:
            text += " Entry by entry, numbers are multiplied by `*`."
        return "shapes", text
    if "could not be broadcast" in message:
        return "shapes", f"The shapes don't fit together:{shapes}" if shapes else (
            "The shapes don't fit together: print the `shape` of both sides."
        )
    if "must match" in message and "dimension" in message:
        return (
            "shapes",
            f"The shapes of what is joined there don't fit:{shapes}"
            if shapes
            else (
                "The shapes of what is joined there don't fit: print them, and look at the axis."
            ),
        )
    if "truth value of an array" in message:
        return "truth-value", (
            "An array is neither true nor false as a whole: compare single numbers, or use np.where or a"
            " mask."
        )
    if "inhomogeneous" in message:
        return "ragged", "The rows have different lengths, and no array can be made of them."
    return None


def _index(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    if "too many indices" in message:
        return "index", "The array has fewer axes than you give indices."
    if "only integers" in message:
        return (
            "index",
            "Places are numbered with ints, and there is something else in the brackets.",
        )
    if "out of" in message:
        return (
            "index",
            "An index points past the end: counting starts at 0 and ends before the length.",
        )
    if not message:  # of a function that was lent a right helper, an error's text is kept back
        return "index", (
            "There is no such place: either an index is too large (counting starts at 0 and ends before"
            " the length), or there are more indices than the array has axes."
        )
    return None


def _division(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    return "zero-division", "Something is divided by zero there: treat that case by itself."


def _recursion(evidence: Evidence, given: Answer, message: str) -> tuple[str, str] | None:
    return "recursion", "The function calls itself endlessly."


_EXPLANATIONS = (
    ("UnboundLocalError", _unbound),
    ("NameError", _name),
    ("KeyError", _key),
    ("AttributeError", _attribute),
    ("UFuncTypeError", _casting),
    ("TypeError", _type),
    ("IndexError", _index),
    ("ZeroDivisionError", _division),
    ("RecursionError", _recursion),
    ("ValueError", _value),
)


def _names(source: str) -> set[str]:
    """Names that the student's cell knows, as far as it can be read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    found = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    found |= {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    found |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return found | {name for name in dir(builtins) if not name.startswith("_")}


def _near(name: str, names: Iterable[str]) -> str | None:
    names = sorted(set(names) - {name})
    same = [each for each in names if each.lower() == name.lower()]
    near = same or difflib.get_close_matches(name, names, 1, 0.7)
    return near[0] if near else None


# ---------------------------------------------------------------- side effects and odd values


def nothing_returned(evidence: Evidence) -> Finding | None:
    """None where a value is due."""
    pairs = [
        (wanted, given)
        for wanted, given in zip(evidence.expected, evidence.answers, strict=True)
        if not wanted.raised and wanted.value is not None
    ]
    if not pairs or any(given.raised or not _empty(w.value, given.value) for w, given in pairs):
        return None
    source = evidence.context.source
    if "return" not in source and re.search(r"\bprint\(", source):
        hint = "Your function prints its result and returns nothing. Give it back with `return`:"
        hint += " what is printed is lost to the code that calls it."
    elif source and "return" not in source:
        hint = "Your function has no `return`, so it gives None."
    else:
        hint = "Your function returns None: a `return` is missing, or has nothing behind it."
    return Finding("error", "error:nothing-returned", hint)


def nothing_returned_there(evidence: Evidence) -> Finding | None:
    """None in some cases, where the wrong ones have something in common."""
    nothing = [
        given.value is None and not given.raised and not wanted.raised and wanted.value is not None
        for wanted, given in zip(evidence.expected, evidence.answers, strict=True)
    ]
    wrong = [not right for right in evidence.right]
    if not any(nothing) or any(bad and not none for bad, none in zip(wrong, nothing, strict=True)):
        return None
    found = condition(evidence, nothing)
    where_so = f"where {found[1]}" if found else "in some cases"
    hint = f"Your function returns None {where_so}: does each way through it end with a `return`?"
    return Finding("error", "error:nothing-returned", hint)


def _empty(right: object, value: object) -> bool:
    """None, or in a dict that the check's call makes, None wherever the right one has a value."""
    if isinstance(value, dict) and isinstance(right, dict) and value.keys() == right.keys():
        parts = list(value.values())
        return any(part is None for part in parts) and all(p is None or p is False for p in parts)
    return value is None


def changed_arguments(evidence: Evidence) -> Finding | None:
    """An argument that is not what it was."""
    names = list(dict.fromkeys(name for given in evidence.answers for name in given.changed))
    if not names:
        return None
    hint = f"your function changes its argument {listed(names)}. Work on a copy: the caller still"
    hint += " needs it."
    return Finding("error", "error:argument-changed", hint)


def odd_value(evidence: Evidence) -> Finding | None:
    """A result of a kind that nothing can be compared with: a generator, say."""
    if (found := _odd_parts(evidence)) is not None:
        return found
    kinds = {
        given.value.type_name for given in evidence.answers if isinstance(given.value, Unsupported)
    }
    if not kinds or not all(
        isinstance(given.value, Unsupported) for given in evidence.answers if not given.raised
    ):
        return None
    name = short(min(kinds), 60)
    if name in (
        "generator",
        "map",
        "zip",
        "filter",
        "dict_keys",
        "dict_values",
        "dict_items",
        "range",
    ):
        hint = f"Your function returns a {name}, which is only a promise of values: put list(...)"
        hint += " around it."
        if name == "generator":
            hint = "Your function is a generator (it says `yield`): collect the values and `return`"
            hint += " them."
        return Finding("error", "error:generator", hint)
    names = {"dict": "a dict", "list": "a list", "tuple": "a tuple", "str": "a string"}
    wanted = names.get(type(plain(evidence.expected[0].value)).__name__, "numbers")
    hint = f"Your function returns a value of type {name}; it should return {wanted}."
    return Finding("error", "error:type-of-result", hint)


def _odd_parts(evidence: Evidence) -> Finding | None:
    """Values of such a kind inside of a list, a tuple or a dict, in every case."""
    kinds = [_kinds_within(given.value) for given in evidence.answers if not given.raised]
    if not kinds or not all(kinds):
        return None
    name = short(min(set().union(*kinds)), 60)
    hint = f"Your result holds values of type {name}, which cannot be compared. Put plain"
    hint += " numbers, lists or arrays there."
    return Finding("error", "error:type-of-parts", hint)


def holds_unsupported(value: object) -> bool:
    """Whether something in a value could not cross from the student's process."""
    return isinstance(value, Unsupported) or bool(_kinds_within(value))


def _kinds_within(value: object) -> set[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        return set()
    own = {each.type_name for each in value if isinstance(each, Unsupported)}
    return own.union(*map(_kinds_within, value))


def not_finite(evidence: Evidence) -> Finding | None:
    """Right wherever there is a finite number, and nan or inf in the other places."""
    said: list[str] = []
    for wanted, given in zip(evidence.expected, evidence.answers, strict=True):
        if wanted.raised or given.raised:
            return None
        right, value = as_array(wanted.value), as_array(given.value)
        if right is None or value is None or right.shape != value.shape or value.dtype.kind != "f":
            return None
        odd = ~np.isfinite(value) & np.isfinite(right.astype(float))
        if not evidence.equal(right[~odd], value[~odd]):
            return None
        if odd.any():
            said += given.warnings
    for words, label, text in _NOT_FINITE:
        if any(words in each for each in said):
            hint = f"your result is right except where it is nan or inf: {text}"
            return Finding("error", f"error:not-finite-{label}", hint)
    return None


_NOT_FINITE = (
    ("overflow encountered in exp", "exp", "there an exponential is too large for a float."),
    ("overflow", "overflow", "there a number is too large for a float."),
    ("divide by zero", "divided", "there something is divided by 0."),
    ("invalid value encountered in divide", "divided", "there 0 is divided by 0."),
    ("invalid value encountered in log", "log", "there is a logarithm of a negative number."),
    ("invalid value encountered in sqrt", "root", "there is a square root of a negative number."),
)


def constant(evidence: Evidence) -> Finding | None:
    """One and the same number everywhere, in every case, where the right numbers differ."""
    pairs = [
        (as_array(wanted.value), as_array(given.value))
        for wanted, given in zip(evidence.expected, evidence.answers, strict=True)
        if not wanted.raised and not given.raised
    ]
    rights: set[object] = set()
    givens: set[object] = set()
    for right, value in pairs:
        if right is None or value is None or {right.dtype.kind, value.dtype.kind} - set("fiu"):
            return None
        rights |= set(right.ravel().tolist())
        givens |= set(value.ravel().tolist())
    if len(pairs) < 2 or len(givens) != 1 or len(rights) < 2:
        return None
    hint = "your result is one and the same number everywhere, whatever the arguments are."
    return Finding("relation", "relation:constant", hint)


def warned(evidence: Evidence) -> Finding | None:
    """A warning where the contract forbids them."""
    if not evidence.check.silent:
        return None
    for case, given in zip(evidence.cases, evidence.answers, strict=True):
        if given.warnings:
            text = "the result came with a warning, and none is allowed here: "
            place = where(evidence.check.inputs(case))
            return Finding(
                "error", "error:warning", f"{place}{text}{without_values(given.warnings[0])}"
            )
    return None
