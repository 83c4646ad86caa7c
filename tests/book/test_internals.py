"""What the extension uses of libraries without a promise: each is looked at, and its user is named.

A failure here says what an upgrade has broken, before a build says it in its own words.
"""

from __future__ import annotations

import ast
import inspect
from importlib.metadata import version
from types import SimpleNamespace

import pytest
from coursebook import internals

from tests.book.conftest import EXTENSION

# Each name: its distribution, who needs it and what for, the parameters that are passed to it.
NAMES = {
    "BuiltinTemplateLoader": ("Sphinx", "postprocessing: pages are changed as they are rendered", None),
    "CacheBundleIn": ("jupyter-cache", "parallel_execution: fills the cache", ("nb", "uri", "data")),
    "ENV_PICKLE_FILENAME": ("Sphinx", "rebuild_after_warnings: the file to delete", None),
    "ExecutionResult": ("jupyter-cache", "parallel_execution: nb, time and err", ("nb", "time", "err")),
    "JupyterCacheAbstract": ("jupyter-cache", "parallel_execution: asks and fills the cache", None),
    "SPHINX_LOGGER": ("Sphinx", "rebuild_after_warnings: hears the warnings", None),
    "get_node_equation_number": ("Sphinx", "math_renderer: numbers of equations", ("writer", "node")),
    "is_suppressed_warning": (
        "Sphinx",
        "rebuild_after_warnings: which warnings don't count",
        ("warning_type", "sub_type", "suppress_warnings"),
    ),
    "parse_toc_yaml": ("sphinx-external-toc", "contents: reads _toc.yml", ("path",)),
    "single_nb_execution": (
        "jupyter-cache",
        "parallel_execution: runs a page",
        ("nb", "cwd", "timeout", "allow_errors", "kwargs"),
    ),
}  # fmt: skip
OURS = {"execution_settings", "index_entries", "pictures_of_pages", "read_notebook"}
OURS |= {"seconds_of_a_run", "written_pictures", "COPY_LOGGER"}

# Modules of those libraries whose contents are documented; everything else goes through internals.
LIBRARIES = (
    "sphinx",
    "sphinxcontrib",
    "sphinx_external_toc",
    "myst_nb",
    "myst_parser",
    "jupyter_cache",
)
LIBRARIES += ("jupyter_book", "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_togglebutton")
DOCUMENTED = {
    ("sphinx.addnodes", "index"), ("sphinx.addnodes", "pending_xref"),
    ("sphinx.application", "Sphinx"), ("sphinx.config", "Config"),
    ("sphinx.environment", "BuildEnvironment"), ("sphinx.errors", "ExtensionError"),
    ("sphinx.locale", "_"), ("sphinx.roles", "XRefRole"),
    ("sphinx.transforms", "SphinxTransform"),
    ("sphinx.transforms.post_transforms", "SphinxPostTransform"),
    ("sphinx.util", "logging"), ("sphinx.util.docutils", "SphinxDirective"),
    ("sphinx.util.docutils", "SphinxRole"), ("sphinx.util.nodes", "make_refnode"),
    ("jupyter_cache", "get_cache"),
}  # fmt: skip
SOURCES = sorted(EXTENSION.rglob("coursebook/**/*.py"))


def broken(name: str) -> str:
    distribution, use, _ = NAMES[name]
    return f"{distribution} {version(distribution)} has changed {name}, which serves {use}"


def test_the_list_is_whole():
    assert set(internals.__all__) == set(NAMES) | OURS


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_there_and_takes_what_it_is_given(name):
    found, parameters = getattr(internals, name, None), NAMES[name][2]
    assert found is not None, broken(name)
    if parameters:
        assert set(parameters) <= set(inspect.signature(found).parameters), broken(name)


def test_templates_are_made_and_rendered_as_we_override_it():
    loader = internals.BuiltinTemplateLoader
    assert list(inspect.signature(loader.init).parameters)[:2] == ["self", "builder"]
    assert list(inspect.signature(loader.render).parameters) == ["self", "template", "context"]


def test_the_cache_has_the_methods_that_we_call():
    for method, parameter in {
        "match_cache_notebook": "nb",
        "merge_match_into_notebook": "nb",
        "cache_notebook_bundle": "check_validity",
    }.items():
        found = getattr(internals.JupyterCacheAbstract, method)
        assert parameter in inspect.signature(found).parameters, broken("JupyterCacheAbstract")


def test_a_warning_is_suppressed_by_its_kind_or_both_names():
    suppressed = internals.is_suppressed_warning
    assert suppressed("myst", "header", ["myst.header"]) and suppressed("myst", "any", ["myst"])
    assert not suppressed("myst", "header", ["myst.other"])
    assert not suppressed("", "", ["myst"])


def test_sphinx_logs_below_the_names_that_we_listen_to():
    from sphinx.util import logging, osutil

    assert logging.getLogger("x").logger.name == f"{internals.SPHINX_LOGGER}.x"
    assert logging.getLogger(osutil.__name__).logger.name == internals.COPY_LOGGER
    assert "subtype='copy_overwrite'" in inspect.getsource(osutil.copyfile)


def test_a_page_is_read_as_the_notebook_that_myst_nb_sees(tmp_path):
    from myst_nb.core.config import NbParserConfig
    from myst_parser.config.main import MdParserConfig

    env = SimpleNamespace(myst_config=MdParserConfig(), mystnb_config=NbParserConfig())
    page = tmp_path / "page.md"
    page.write_text(
        "---\njupytext:\n  text_representation:\n    format_name: myst\n"
        "kernelspec:\n  name: python3\n  display_name: P\n---\n# A\n\n```{code-cell}\n1 + 1\n```\n"
    )
    read = internals.read_notebook(env, page)
    assert [cell.cell_type for cell in read.cells] == ["markdown", "code"]
    page.write_text("# A page\n")
    assert internals.read_notebook(env, page) is None
    settings = internals.execution_settings(env)
    assert {"execution_mode", "execution_timeout", "execution_cache_path"} <= set(vars(settings))


def test_the_seconds_of_a_run_are_where_myst_nb_keeps_them():
    metadata = {"page": {"exec_data": {"runtime": 2.5}}, "other": {}}
    env = SimpleNamespace(nb_metadata=metadata)
    assert internals.seconds_of_a_run(env, "page") == 2.5
    assert internals.seconds_of_a_run(env, "other") is None


def imports(tree: ast.AST) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level:
            found |= {(node.module, alias.name) for alias in node.names}
    return {(module, name) for module, name in found if module.split(".")[0] in LIBRARIES}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(EXTENSION).as_posix())
def test_whatever_is_not_documented_comes_from_internals(path):
    tree = ast.parse(path.read_text("utf-8"))
    if path.name != "internals.py":
        assert imports(tree) - DOCUMENTED == set()
    private = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and getattr(node.value, "id", "") not in ("self", "cls")
    }
    assert private == set(), "a private attribute of something else"


def test_the_extension_patches_no_library():
    """It sets settings (of Sphinx) and no function or method of others."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign):
                targets = [t for t in node.targets if isinstance(t, ast.Attribute)]
                modules = {getattr(t.value, "id", "") for t in targets}
                assert not modules & {"sphinx", "myst_nb"}, path
