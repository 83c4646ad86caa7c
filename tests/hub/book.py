"""The book's extension, which only Sphinx finds by itself."""

from __future__ import annotations

import sys

from hub.places import CHECKOUT

sys.path.append(str(CHECKOUT / "chapters" / "_extension"))

from coursebook import launch

__all__ = ["launch"]
