"""Pages are made anew when this extension or their scripts change, not only when their sources do.

Sphinx compares settings with those of the last build: a changed "env" setting has every page read
again, a changed "html" setting has every page written again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.application import Sphinx

EXTENSION = Path(__file__).parent
CHAPTERS = EXTENSION.parents[1]


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    extension = state_of(EXTENSION, "*.py")
    # On every page are the table of contents and the checksums of scripts and style sheets.
    toc = state_of(CHAPTERS.parent, "_toc.yml", deep=False)
    assets = state_of(CHAPTERS / "_static", "*.*s") + state_of(CHAPTERS / "_explorers", "*.*s")
    app.add_config_value("course_extension", extension, "env", types=(str,))
    app.add_config_value("course_assets", toc + assets, "html", types=(str,))


def state_of(folder: Path, pattern: str, *, deep: bool = True) -> str:
    """A short name for the contents of a folder's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern) if deep else folder.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
