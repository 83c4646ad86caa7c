"""A build that warned of something is no ground for the next one to stand on.

Sphinx reads only what has changed, so that a page whose code failed yesterday, and that nobody has
touched, would pass without a word today. After a warning all pages are read again; what was
executed well is in the cache.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from .internals import ENV_PICKLE_FILENAME, SPHINX_LOGGER, is_suppressed_warning


class WarningsSeen(logging.Handler):
    """Notes whether Sphinx or an extension has warned of anything that isn't suppressed."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app
        self.any = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of a warning that is not suppressed."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if not is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings):
            self.any = True

    def drop_environment(self, app: Sphinx, exception: Exception | None) -> None:
        """Let the next build read every page again, if this one warned."""
        if exception or self.any:
            Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    seen = WarningsSeen(app)
    logging.getLogger(SPHINX_LOGGER).addHandler(seen)
    app.connect("builder-inited", drop_old_reports)
    app.connect("build-finished", seen.drop_environment)


def drop_old_reports(app: Sphinx) -> None:
    """myst-nb's reports of failed cells stay where they are when the cell is put right."""
    shutil.rmtree(Path(app.outdir, "reports"), ignore_errors=True)
