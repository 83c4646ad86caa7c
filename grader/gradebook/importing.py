"""Imports nbgrader without what takes longest and is needed by nothing here: 1.9 s of 2.7."""

from __future__ import annotations

import sys
import threading
from types import ModuleType
from typing import Any

# nbgrader's package imports these itself, for Jupyter's server to find, and with them all its commands
EXTENSIONS = ("assignment_list", "course_list", "formgrader", "validate_assignment")
_PLACE = "nbgrader.server_extensions."
_importing = threading.Lock()


def import_nbgrader() -> None:
    """Import the package nbgrader; its modules can then be imported as ever, its extensions too.

    To be called before the first of them is imported: then that takes as long as that module does.
    """
    with _importing:
        if "nbgrader" in sys.modules:
            return
        modules: dict[str, Any] = sys.modules
        # jsonschema wants it for one kind of address that no notebook has; it takes 1.4 s to import
        modules.setdefault("rfc3987_syntax", None)
        for name in EXTENSIONS:
            extension: Any = ModuleType(name)
            extension.load_jupyter_server_extension = _refuse
            modules[_PLACE + name] = extension
        try:
            import nbgrader  # noqa: F401
        finally:
            for name in EXTENSIONS:
                del modules[_PLACE + name]


def _refuse(app: object) -> None:
    raise RuntimeError("a process that grades serves no pages of Jupyter")
