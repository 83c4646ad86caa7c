"""What a build says, what it remembers of its warnings, and what it says where a tool is missing."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from coursebook import node, progress
from coursebook.rebuild_after_warnings import WarningsSeen
from sphinx.errors import ExtensionError


@pytest.fixture
def app(tmp_path) -> SimpleNamespace:
    (tmp_path / "environment.pickle").touch()
    return SimpleNamespace(config=SimpleNamespace(suppress_warnings=["myst"]), doctreedir=tmp_path)


def said(level: int, **more: str) -> logging.LogRecord:
    return logging.makeLogRecord({"name": "sphinx.x", "levelno": level, "msg": "so"} | more)


@pytest.mark.parametrize(
    ("records", "kept"),
    [
        ([], True),
        ([said(logging.INFO)], True),
        ([said(logging.WARNING, type="myst", subtype="header")], True),
        ([said(logging.WARNING, type="course", subtype="quiz")], False),
        ([said(logging.ERROR)], False),
    ],
    ids=["nothing", "progress", "suppressed", "warning", "error"],
)
def test_a_build_that_warned_is_not_built_upon(app, records, kept):
    seen = WarningsSeen(app)
    logger = logging.Logger("sphinx")
    logger.addHandler(seen)
    for record in records:
        logger.handle(record)
    seen.drop_environment(app, None)
    assert (app.doctreedir / "environment.pickle").is_file() is kept


def test_a_build_that_failed_is_not_built_upon(app):
    WarningsSeen(app).drop_environment(app, ValueError())
    assert not (app.doctreedir / "environment.pickle").is_file()


def test_tools_are_silent_and_warnings_are_heard(caplog):
    copied = said(logging.INFO, type="misc", subtype="copy_overwrite")
    assert not progress.is_news(copied)
    assert progress.is_news(said(logging.INFO))
    progress.setup(None)
    caplog.set_level(logging.INFO)
    logging.getLogger("fontTools.subset").info("maxp pruned")
    logging.getLogger("fontTools.subset").warning("no such table")
    assert [record.message for record in caplog.records] == ["no such table"]


def test_missing_packages_of_node_are_a_fault_with_its_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(node, "SCRIPTS", tmp_path)
    with pytest.raises(ExtensionError, match="npm ci --prefix chapters/_extension/node"):
        node.run("drawings.mjs", [])


def test_a_script_that_fails_says_why():
    with pytest.raises(ExtensionError, match=r"(?s)drawings.mjs: .*nowhere.svg"):
        node.run("drawings.mjs", ["nowhere.svg"])


def test_a_drawing_that_is_no_drawing_is_a_fault(tmp_path):
    (tmp_path / "a.svg").write_text("<svg><g></svg>")
    with pytest.raises(ExtensionError, match=r"drawings.mjs: "):
        node.run("drawings.mjs", [str(tmp_path / "a.svg")])
