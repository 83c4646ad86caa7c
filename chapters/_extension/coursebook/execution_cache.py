"""Executed pages are cached, but never beyond the code and the data that they ran with.

jupyter-cache knows a page by its own cells only. Here each state of everything else that a page's
results depend on gets its own cache, named by a fingerprint. As Sphinx reads every page anew when
the cache's path changes, no page can keep results of other code or other data.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

KEPT = 3  # caches: the present one, and two to go back to (the real tweets, the shipped ones)

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("config-inited", choose_cache)


def choose_cache(app: Sphinx, config: Config) -> None:
    """Use the cache of results that fits what the pages import as it is now."""
    caches = Path(app.outdir).parent / ".jupyter_cache"
    cache = caches / fingerprint(Path(app.srcdir))
    cache.mkdir(parents=True, exist_ok=True)
    os.utime(cache)
    prune(caches)
    config.nb_execution_cache_path = str(cache)


def prune(caches: Path) -> None:
    """Drop all caches but the youngest."""
    by_age = sorted(filter(Path.is_dir, caches.iterdir()), key=lambda path: path.stat().st_mtime)
    for old in by_age[:-KEPT]:
        logger.info("dropping the execution cache %s", old.name)
        shutil.rmtree(old)


def fingerprint(root: Path) -> str:
    """A short name for the state of the code, the packages, Python and the tweets."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sources(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in tweets():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def sources(root: Path) -> Iterable[Path]:
    """``course`` with the corpus that it ships, measured results that pages show, pinned packages."""
    for path in sorted((root / "course").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
    yield from sorted((root / "tests").glob("*/results.json"))
    if (root / "requirements.txt").is_file():
        yield root / "requirements.txt"


def tweets() -> Iterable[Path]:
    """The file that ``$GOP_TWEETS`` names, or the one in the folder that it names."""
    path = Path(os.environ.get("GOP_TWEETS", ""))
    for file in (path, path / "Sentiment.csv"):
        if file.is_file():
            yield file
