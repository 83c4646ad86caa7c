"""All names of libraries that this extension uses and that their documentation doesn't promise.

They may go or change with any release, so they come from here and from nowhere else. Where a name is
gone, the import that fails says who needs it; what changed, ``tests/book/test_internals.py`` says.

Besides names there are shapes that no library promises: the classes and files of the themes
(``postprocessing``, held by ``test_pages``, ``test_styles`` and ``test_axe``), the theme's
``header_buttons`` (``launch``, held by ``test_pages``), myst-nb's folder ``jupyter_execute`` and its
mark on glued results (``plain``, ``notebooks``, held by ``test_plain`` and ``test_pages``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract  # parallel_execution
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution  # parallel_execution
from myst_nb.core.read import create_nb_reader  # parallel_execution
from myst_nb.sphinx_ import NbMetadataCollector  # teaching
from nbformat import NotebookNode
from sphinx.application import (
    ENV_PICKLE_FILENAME,  # rebuild_after_warnings
    Sphinx,
)
from sphinx.environment import BuildEnvironment
from sphinx.jinja2glue import BuiltinTemplateLoader  # postprocessing
from sphinx.util.logging import NAMESPACE as SPHINX_LOGGER  # rebuild_after_warnings, progress
from sphinx.util.logging import is_suppressed_warning  # rebuild_after_warnings
from sphinx.util.math import get_node_equation_number  # math_renderer
from sphinx_external_toc.parsing import parse_toc_yaml  # contents

__all__ = [
    "COPY_LOGGER",
    "ENV_PICKLE_FILENAME",
    "SPHINX_LOGGER",
    "BuiltinTemplateLoader",
    "CacheBundleIn",
    "ExecutionResult",
    "JupyterCacheAbstract",
    "execution_settings",
    "get_node_equation_number",
    "index_entries",
    "is_suppressed_warning",
    "parse_toc_yaml",
    "pictures_of_pages",
    "read_notebook",
    "seconds_of_a_run",
    "single_nb_execution",
    "written_pictures",
]

COPY_LOGGER = f"{SPHINX_LOGGER}.sphinx.util.osutil"  # says which files are copied over others


def execution_settings(env: BuildEnvironment) -> Any:
    """myst-nb's settings as it understood them (``execution_mode``, ``execution_timeout`` ...)."""
    return env.mystnb_config


def read_notebook(env: BuildEnvironment, path: Path) -> NotebookNode | None:
    """A page as the notebook that myst-nb will see, or None for a page that is no notebook."""
    text = path.read_text("utf-8")
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
    return reader and reader.read(text)


def seconds_of_a_run(env: BuildEnvironment, docname: str) -> float | None:
    """How long a page's cells took when they were last run; None where none was run."""
    run = NbMetadataCollector.get_exec_data(env, docname)
    return run and run["runtime"]


def index_entries(env: BuildEnvironment) -> Iterable[list[tuple]]:
    """Each page's entries in the index: kind, value and three more, to be changed in place."""
    return env.get_domain("index").entries.values()


def pictures_of_pages(env: BuildEnvironment) -> Iterator[str]:
    """The names that the pages' pictures get in the book's folder of pictures."""
    return (name for _pages, name in env.images.values())


def written_pictures(app: Sphinx) -> dict[str, Path]:
    """Where each picture comes from, by the name that it gets in the book."""
    return {name: Path(app.srcdir, source) for source, name in app.builder.images.items()}
