"""A build that warned of something is no ground for the next one to stand on.

Sphinx reads only what has changed, so that a page whose code failed yesterday, and that nobody has
touched, would pass without a word today. After a warning all pages are read again; what was
executed well is in the cache.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", drop_old_reports)
    app.connect("build-finished", drop_environment)


def drop_old_reports(app: Sphinx) -> None:
    """myst-nb's reports of failed cells stay where they are when the cell is mended."""
    shutil.rmtree(Path(app.outdir, "reports"), ignore_errors=True)


def drop_environment(app: Sphinx, exception: Exception | None) -> None:
    if exception or app._warncount:
        Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)
