"""Judges implementations in this process: what the sandbox does, without the sandbox."""

from __future__ import annotations

import ast
import importlib
import signal
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from grader.checks import Assignment, Check
from grader.judging.evidence import Context
from grader.judging.judge import answers_of, judge
from grader.submission import Verdict


def verdict(assignment: Assignment, check: Check, source: str, seed: int = 0) -> Verdict:
    """The verdict on a function given as source; the functions it calls are the reference's."""
    cases = check.draw(np.random.default_rng(seed))

    def ask(cases):
        return answers_of(assignment, check, source, cases)

    return judge(assignment, check, cases, ask(cases), context=Context(source, (), ask))


@contextmanager
def time_limit(seconds: int):
    """TimeoutError instead of an endless loop."""

    def stop(*_):
        raise TimeoutError(f"still running after {seconds} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def styles(assignment: str) -> dict[str, dict[str, str]]:
    """function -> style -> source, from `tests/exercises/<assignment>/styles.py`.

    A style is a function `<function>__<style>` (or a variable) there, renamed to the contract's name.
    """
    module = importlib.import_module(f"tests.exercises.{assignment}.styles")
    text = Path(module.__file__).read_text(encoding="utf-8")
    preamble, found = [], {}
    for node in ast.parse(text).body:
        name = getattr(node, "name", None)
        if isinstance(node, ast.Assign):
            name = node.targets[0].id
        if name is None or "__" not in name:
            if isinstance(node, ast.Import | ast.ImportFrom):
                preamble.append(ast.unparse(node))
            continue
        function, style = name.split("__")
        source = ast.unparse(node).replace(name, function)
        found.setdefault(function, {})[style] = "\n".join([*preamble, source])
    return found


def equivalents(assignment: str) -> dict[str, dict[str, str]]:
    """function -> mutant -> why it is the same function, from `<assignment>/equivalents.py`."""
    return importlib.import_module(f"tests.exercises.{assignment}.equivalents").EQUIVALENT
