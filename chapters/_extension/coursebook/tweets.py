"""Which tweets the book is built with is settled once, before any page runs.

Left to themselves, pages would each try a download, and one that succeeds between two pages would
leave a book of two data sets. So the build looks in the order of ``course.tweets.load`` and names
what it found to all kernels; the caches of executed pages then go by that file's contents.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("config-inited", lambda app, config: settle(Path(app.srcdir)), priority=400)


def settle(root: Path) -> None:
    """Set ``$GOP_TWEETS`` to an absolute path, if this is the course."""
    given = os.environ.get("GOP_TWEETS")
    shipped = root / "course" / "data" / "tweets.csv"
    if given:
        path = Path(given).expanduser().resolve()
    elif shipped.is_file():
        path = find_download(root) or shipped
    else:
        return
    os.environ["GOP_TWEETS"] = str(path)
    logger.info("tweets: %s", path.name if path == shipped else path)


def find_download(root: Path) -> Path | None:
    """An earlier download of the real tweets, or a new one, or None where there is no network."""
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    from course import kaggle

    try:
        return kaggle.cached() or kaggle.download()
    except kaggle.DownloadError as error:
        logger.info("no download of the real tweets: %s", error)
        return None
