"""What a build says: what it is doing, and not what each of its tools thinks of that."""

from __future__ import annotations

import logging

from sphinx.application import Sphinx

from .internals import COPY_LOGGER

TALKATIVE = ("fontTools",)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(COPY_LOGGER).addFilter(is_news)


def is_news(record: logging.LogRecord) -> bool:
    """Style sheets are made smaller after they are copied, so that each build copies them anew."""
    return getattr(record, "subtype", "") != "copy_overwrite"
