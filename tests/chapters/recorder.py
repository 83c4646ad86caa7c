"""Keeps what a page's claims are told and what they say, while the page's code runs.

A claim is a function whose name ends with ``_in_words``: it is given numbers and returns what they
show. `install` is called in the kernel before a page's first cell, `write` after its last one. What
is kept is written as JSON in a form that `decoded` turns back into the very same values.
"""

from __future__ import annotations

import ast
import functools
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

CLAIM = "_in_words"
WATCH = "_watched_claim"  # what the decorator is called in the page's namespace

kept: list[dict[str, Any]] = []


def install(shell: Any) -> None:
    """From now on, keep all calls of claims that cells of this IPython shell define."""
    shell.user_ns[WATCH] = watched
    shell.ast_transformers.append(Decorate())


def write(path: str) -> None:
    """Write what was kept."""
    Path(path).write_text(json.dumps(kept), encoding="utf-8")


class Decorate(ast.NodeTransformer):
    """Put the decorator over each definition of a claim."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if node.name.endswith(CLAIM):
            decorator = ast.Name(WATCH, ast.Load())
            node.decorator_list.insert(0, ast.copy_location(decorator, node))
        return node


def watched(claim: Callable[..., str]) -> Callable[..., str]:
    """The claim, whose calls are kept."""
    signature = inspect.signature(claim)

    @functools.wraps(claim)
    def call(*args: Any, **kwargs: Any) -> str:
        said = claim(*args, **kwargs)
        given = signature.bind(*args, **kwargs).arguments
        told = {name: encoded(value) for name, value in given.items()}
        entry = {"claim": claim.__name__, "told": told, "said": said}
        if entry not in kept:
            kept.append(entry)
        return said

    return call


def encoded(value: Any) -> Any:
    """The value as JSON has it. Raises TypeError for what no claim should be told."""
    if isinstance(value, np.generic):
        return encoded(value.item())
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [encoded(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [encoded(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[encoded(key), encoded(item)] for key, item in value.items()]}
    if isinstance(value, np.ndarray):
        return {"array": value.tolist()}
    if isinstance(value, pd.Series):
        return {"series": [encoded(list(value.index)), value.tolist()]}
    if isinstance(value, pd.DataFrame):
        axes = encoded(list(value.index)), encoded(list(value.columns))
        return {"frame": [*axes, value.to_numpy().tolist()]}
    raise TypeError(f"a claim is told numbers and names, not {type(value).__name__}")


def decoded(value: Any) -> Any:
    """What `encoded` was given."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "tuple":
        return tuple(decoded(content))
    if kind == "dict":
        return {decoded(key): decoded(item) for key, item in content}
    if kind == "array":
        return np.array(content)
    if kind == "series":
        return pd.Series(content[1], index=labels(content[0]))
    return pd.DataFrame(content[2], index=labels(content[0]), columns=labels(content[1]))


def labels(content: Any) -> pd.Index:
    names = decoded(content)
    if names and isinstance(names[0], tuple):
        return pd.MultiIndex.from_tuples(names)
    return pd.Index(names)
