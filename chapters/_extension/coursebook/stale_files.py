"""Files of earlier builds: pictures that no page shows now, pages that were renamed or removed.

Sphinx writes and never deletes, and a book that is copied to a server takes everything along.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from .internals import pictures_of_pages
from .postprocessing import dark


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("build-finished", sweep)


def sweep(app: Sphinx, exception: Exception | None) -> None:
    """Delete what no page of the book shows any longer."""
    if exception or app.builder.format != "html":
        return
    for path in [*old_pictures(app), *old_pages(app)]:
        path.unlink()


def old_pictures(app: Sphinx) -> Iterable[Path]:
    """Pictures that no page shows."""
    shown = set(pictures_of_pages(app.env))
    shown |= {name.removesuffix(".svg") + dark.SUFFIX for name in shown if name.endswith(".svg")}
    folder = Path(app.outdir, app.builder.imagedir)
    return [path for path in folder.glob("*") if path.name not in shown]


def old_pages(app: Sphinx) -> Iterable[Path]:
    """Pages and their sources in the folders that hold pages, the topmost apart: it has others."""
    for folder in {Path(name).parent for name in app.env.found_docs} - {Path(".")}:
        for root in (Path(app.outdir), Path(app.outdir, "_sources")):
            for path in (root / folder).glob("*"):
                name = path.relative_to(root).with_suffix("").as_posix()
                if path.is_file() and name not in app.env.found_docs:
                    yield path
