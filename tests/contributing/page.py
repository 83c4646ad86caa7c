"""CONTRIBUTING.md as a list of things to do, done in a copy of the checkout."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
BLOCK = re.compile(r"^(`{3,})\w*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
ORDER = re.compile(
    r"In `(?P<replace>\S+)`, replace|(?P<by>by)|At the end of `(?P<append>\S+)`, add"
    r"|Write `(?P<write>\S+)`:"
)
Step = Callable[[Path], None]


def section(title: str) -> str:
    """What stands below a heading."""
    parts = re.split(r"^## (.*)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    # a heading inside a block is the text of a file
    merged: dict[str, str] = {}
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        last = next(reversed(merged), "")
        if last and merged[last].count("````") % 2:
            merged[last] += f"## {heading}\n{text}"
        else:
            merged[heading] = text
    return merged[title]


def touches(title: str) -> set[str]:
    """The files that a section promises to touch."""
    (paragraph,) = re.findall(r"^Touches.*?(?=\n\n)", section(title), re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`(\S+?)`", paragraph))


def steps(title: str) -> Iterator[Step]:
    """What a section says is to be done, in its order. A block that no order introduces is an error."""
    text, end, old = section(title), 0, None
    for block in BLOCK.finditer(text):
        said = text[end : block.start()].strip().splitlines()
        end = block.end()
        if text[block.start() :].startswith("```bash"):
            for line in block[2].splitlines():
                yield command(line)
            continue
        order = ORDER.fullmatch(said[-1]) if said else None
        assert order, f"what is to be done with this?\n{block[0]}"
        if order["replace"]:
            old = (order["replace"], block[2])
        elif order["by"]:
            assert old
            yield replaced(*old, block[2])
        elif order["append"]:
            yield appended(order["append"], block[2])
        else:
            yield written(order["write"], block[2])


def command(line: str) -> Step:
    def run(root: Path) -> None:
        words = shlex.split(line)
        assert words[0] == ".venv/bin/python", line
        done = subprocess.run(
            [sys.executable, *words[1:]], cwd=root, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"

    return run


def replaced(file: str, old: str, new: str) -> Step:
    def run(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times in {file}:\n{old}"
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return run


def appended(file: str, new: str) -> Step:
    def run(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        (root / file).write_text(text + new, encoding="utf-8")

    return run


def written(file: str, text: str) -> Step:
    def run(root: Path) -> None:
        assert not (root / file).exists(), file
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")

    return run
