"""Pages are executed side by side, before Sphinx reads them one after the other.

What comes out goes into the execution cache, where MyST-NB finds it when it reads the page. A page
that fails is left to MyST-NB, which executes it once more and reports the failure in its own words.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from joblib import Parallel, delayed
from jupyter_cache import get_cache
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util import logging

from .contents import Contents
from .internals import (
    CacheBundleIn,
    ExecutionResult,
    JupyterCacheAbstract,
    execution_settings,
    read_notebook,
    single_nb_execution,
)

MOST_AT_A_TIME = 4  # each may hold a TensorFlow, so it is memory that counts

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("env-before-read-docs", execute_pages)


def execute_pages(app: Sphinx, env, docnames: list[str]) -> None:
    """Execute the pages about to be read whose results the cache doesn't have, if there are several."""
    settings = execution_settings(env)
    if settings.execution_mode != "cache":
        return
    cache = get_cache(settings.execution_cache_path)
    found = notebooks(env, last_first(app, docnames))
    todo = {path: notebook for path, notebook in found if not known(cache, notebook)}
    jobs = min(os.cpu_count() or 1, MOST_AT_A_TIME, len(todo))
    if jobs < 2:
        return
    logger.info("executing %d pages, %d at a time", len(todo), jobs)
    # the work is in the kernels, so threads do
    parallel = Parallel(n_jobs=jobs, backend="threading", return_as="generator_unordered")
    runs = parallel(
        delayed(executed)(path, notebook, settings.execution_timeout)
        for path, notebook in todo.items()
    )
    for number, (path, result) in enumerate(runs, start=1):
        said = "executed" if result.err is None else "failed:"
        logger.info("%s %s (%d of %d) in %.0f s", said, path.stem, number, len(todo), result.time)
        if result.err is None:
            keep(cache, path, result)


def last_first(app: Sphinx, docnames: list[str]) -> list[str]:
    """From the end of the contents: the networks grow, and what takes longest has to start first."""
    order = Contents(Path(app.srcdir)).pages
    return sorted(docnames, key=lambda name: order.index(name) if name in order else -1)[::-1]


def notebooks(env, docnames: Iterable[str]) -> Iterable[tuple[Path, NotebookNode]]:
    """The pages that are notebooks, read as MyST-NB reads them."""
    for docname in docnames:
        path = Path(env.doc2path(docname))
        if notebook := read_notebook(env, path):
            yield path, notebook


def known(cache: JupyterCacheAbstract, notebook: NotebookNode) -> bool:
    """Whether the cache has the results of a notebook."""
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def executed(path: Path, notebook: NotebookNode, timeout: int) -> tuple[Path, ExecutionResult]:
    """A notebook's results, and how long they took."""
    result = single_nb_execution(
        notebook,
        cwd=str(path.parent),
        timeout=timeout,
        allow_errors=False,
        extra_arguments=["--log-level=ERROR"],  # a kernel warns that its messages aren't encrypted
    )
    return path, result


def keep(cache: JupyterCacheAbstract, path: Path, result: ExecutionResult) -> None:
    """Put results into the cache."""
    data = {"execution_seconds": result.time}
    bundle = CacheBundleIn(result.nb, str(path), data=data)
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
