"""What the assignments ask, read from ``exercises`` by a program of its own.

Importing the checks imports the reference solutions and, for two of them, TensorFlow. So the answer
is kept until a file of theirs changes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

READER = Path(__file__).with_name("reader.py")


def assignments(app: Sphinx, names: Iterable[str]) -> dict[str, dict]:
    """By name: minutes, checks (function, points, mistakes, step), written (id, points, step)."""
    root = Path(app.srcdir)
    names = [name for name in names if (root / "exercises" / name / "checks.py").is_file()]
    state = fingerprint(root, names)
    kept = Path(app.outdir).parent / ".exercises.json"
    if kept.is_file():
        earlier = json.loads(kept.read_text("utf-8"))
        if earlier["state"] == state:
            return earlier["assignments"]
    found = read(root, names)
    kept.write_text(json.dumps({"state": state, "assignments": found}), "utf-8")
    return found


def read(root: Path, names: list[str]) -> dict[str, dict]:
    command = [sys.executable, str(READER), str(root), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExtensionError(
            f"the teaching guide can't read the assignments {', '.join(names)}:\n"
            + done.stderr.strip()[-2000:]
        )
    return json.loads(done.stdout)


def fingerprint(root: Path, names: list[str]) -> str:
    digest = hashlib.sha256(" ".join(names).encode() + READER.read_bytes())
    for path in sources(root, names):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def sources(root: Path, names: Iterable[str]) -> Iterable[Path]:
    """The files that say what the assignments ask."""
    for name in names:
        yield from sorted((root / "exercises" / name).glob("*.py"))
        yield root / "exercises" / name / f"{name}.md"
        yield root / "solutions" / f"{name}.py"
