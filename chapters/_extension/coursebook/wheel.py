"""The built book carries the wheel of the package ``course``, for notebooks that are taken away.

``{wheel}`the package``` is a link to it. Its bytes are the same whenever the same sources are built.
"""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

from docutils import nodes
from flit_core.wheel import make_wheel_in
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from course.first_cell import FOLDER, wheel_name

WHEN = "1767225600"  # 1 January 2026, for all files in it


def build(root: Path, folder: Path) -> Path:
    """Build the wheel of a checkout into a folder, in the place of an earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    when = os.environ.get("SOURCE_DATE_EPOCH", WHEN)
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=when):
        made: Path = make_wheel_in(root / "pyproject.toml", folder).file
    return made


def carry(app: Sphinx, exception: Exception | None) -> None:
    """Put the wheel beside the pages of a book that was built."""
    root = Path(app.srcdir)
    own = (root / "pyproject.toml").is_file()  # a book of the tests has no package
    if own and exception is None and app.builder.format == "html":
        build(root, Path(app.outdir, FOLDER))


class Wheel(SphinxRole):
    """A link to the wheel that the book carries."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link, relative to the page."""
        up = "../" * self.env.docname.count("/")
        address = f"{up}{FOLDER}/{wheel_name(Path(self.env.srcdir))}"
        return [nodes.reference("", self.text, refuri=address)], []


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_config_value(
        "course_book_url", "", "html", types=(str,)
    )  # read by course/first_cell.py
    app.add_role("wheel", Wheel())
    app.connect("build-finished", carry)
