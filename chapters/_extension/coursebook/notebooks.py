"""The notebook that a page offers for download holds the page's results.

myst-nb writes it with results only where it has just run the page; results that came from the cache
it puts on the page and not into the notebook. Here they are put in before the theme copies it. Its
texts become plain Markdown, its first cell installs what is missing, and its cells get names that don't
change from build to build.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from sphinx.application import Sphinx

from .plain import Book, plain_cells, quoted_results, with_first_cell

BEFORE_THE_THEME = 400


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    book = Book(Path(app.srcdir))
    app.connect("html-page-context", partial(complete, book), priority=BEFORE_THE_THEME)


def complete(book: Book, app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Complete the notebook that a page offers for download."""
    path = Path(app.outdir).parent / "jupyter_execute" / f"{pagename}.ipynb"
    if not path.is_file():
        return
    notebook = nbformat.read(path, as_version=4)
    cache = get_cache(app.config.nb_execution_cache_path)
    with suppress(KeyError):  # a page that isn't run
        _, notebook = cache.merge_match_into_notebook(notebook)
    if "plain" not in notebook.metadata:  # a page that is written again keeps its notebook
        results = quoted_results(notebook.cells)
        cells = plain_cells(book, pagename, notebook.cells, results)
        notebook.cells = with_first_cell(book, cells)
        notebook.metadata["plain"] = True
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    notebook.metadata.pop("source_map", None)
    nbformat.write(notebook, path)
