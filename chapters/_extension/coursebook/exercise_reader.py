"""Prints what the exercises ask, as JSON: python exercise_reader.py ROOT NAME...

A program of its own, so that neither the reference solutions nor what they import is ever loaded
into the process that writes the book. It prints names, points and numbers, and no code.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import jupytext


def asked(root: Path, name: str) -> dict:
    """Minutes, checks in the sheet's order with the step that they belong to, written answers."""
    found = importlib.import_module(f"exercises.{name}.checks").ASSIGNMENT
    checks = {
        check.function: {
            "function": check.function,
            "points": check.points,
            "mistakes": len(check.misconceptions),
            "step": "",
        }
        for check in found.checks
    }
    written, step = [], ""
    for cell in jupytext.read(root / "exercises" / name / f"{name}.md").cells:
        if cell.cell_type == "markdown":
            headings = [line[3:].strip() for line in cell.source.splitlines() if line[:3] == "## "]
            step = headings[-1] if headings else step
        for tag in cell.metadata.get("tags", []):
            if tag.removeprefix("check-") in checks and tag.startswith("check-"):
                checks[tag.removeprefix("check-")]["step"] = step
        if answer := cell.metadata.get("written"):
            written.append({"id": answer["id"], "points": answer["points"], "step": step})
    return {"minutes": found.minutes, "checks": list(checks.values()), "written": written}


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    sys.path.insert(0, folder)
    print(json.dumps({name: asked(Path(folder), name) for name in names}))
