"""What a zygote found out at its start, kept for the next one, which starts in two thirds of the time.

Which modules typical work imports on the way, and matplotlib's list of fonts, depend on what is
installed and on the profile, and on nothing else. No student's code has run when a zygote tells of
them. They lie in the user's cache folder; one that can't be read or written is done without, and what
is out of date costs time only: the modules are imported when they are wanted, as anywhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

from .profile import Profile

MOST = 20  # files that are kept: of profiles and environments


def recall(profile: Profile, sandbox: str, packages: list[Path]) -> str:
    """Return what an earlier start in this environment found out, as JSON; empty if there was none."""
    try:
        text = _path(profile, sandbox, packages).read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError, RuntimeError):  # the last: a user without a home
        return ""
    return text if isinstance(found, dict) and {"modules", "files"} <= found.keys() else ""


def keep(profile: Profile, sandbox: str, packages: list[Path], found: object) -> None:
    """Keep for the next start what this one found out."""
    with contextlib.suppress(OSError, RuntimeError):
        path = _path(profile, sandbox, packages)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
        ) as stream:
            json.dump(found, stream)
        Path(stream.name).replace(path)
        by_age = sorted(path.parent.glob("*.json"), key=lambda p: p.stat().st_mtime)
        for old in by_age[:-MOST]:
            old.unlink()


def _path(profile: Profile, sandbox: str, packages: list[Path]) -> Path:
    """Of a file whose name changes with all that the findings depend on.

    The times of the folders of installed packages change when one is installed.
    """
    times = [(str(folder), folder.stat().st_mtime_ns) for folder in packages]
    told = repr((profile, sandbox, sys.executable, sys.version, times))
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "grader-zygotes" / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.json"
