"""What a zygote's start found out is used by the next, and done without where it can't be kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.assignments import profile
from grader.sandbox import cache
from grader.sandbox.pool import Zygote
from grader.sandbox.process import StudentProcess

pytestmark = pytest.mark.slow
sealed = pytest.param("bubblewrap", marks=pytest.mark.sandbox)
SMALL = replace(profile("numpy"), preload=("matplotlib.font_manager",))
NOTHING = {"modules": [], "files": {}}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "grader-zygotes"


def said(profile, sandbox: str, source: str) -> str:
    with Zygote(profile, sandbox) as zygote, StudentProcess(zygote, profile.limits) as student:
        return "".join(output["text"] for output in student.run(source))


@pytest.mark.parametrize("sandbox", ["none", sealed])
def test_the_second_start_knows_what_the_first_found_out(sandbox, folder):
    rehearsing = replace(SMALL, rehearse=("import colorsys",))
    question = "import os, sys; print('colorsys' in sys.modules)"
    assert said(rehearsing, sandbox, question) == "True\n"
    [kept] = folder.iterdir()
    found = kept.read_text(encoding="utf-8")
    assert "colorsys" in found
    assert "fontlist" in found
    kept.write_text(found.replace("colorsys", "chunk"), encoding="utf-8")
    assert said(rehearsing, sandbox, question) == "False\n"
    assert [path.name for path in folder.iterdir()] == [kept.name]


def test_cells_are_rehearsed_once(tmp_path):
    count = tmp_path / "count"
    rehearsing = replace(SMALL, rehearse=(f"print('x', file=open({str(count)!r}, 'a'))",))
    for _ in range(3):
        assert said(rehearsing, "none", "print(1)") == "1\n"
    assert count.read_text() == "x\n"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        assert said(SMALL, "none", "print(1)") == "1\n"


def test_a_user_without_a_home_has_no_cache(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", classmethod(lambda cls: _homeless()))
    cache.keep(SMALL, "none", [], NOTHING)
    assert cache.recall(SMALL, "none", []) == ""


def _homeless():
    raise RuntimeError("Could not determine home directory.")


def test_a_damaged_cache_is_done_without(folder):
    said(SMALL, "none", "print(1)")
    [kept] = folder.iterdir()
    kept.write_text('{"modules": ["nu', encoding="utf-8")
    assert said(SMALL, "none", "print(1)") == "1\n"


def test_whatever_is_installed_later_is_found_out_anew(tmp_path):
    packages = tmp_path / "site-packages"
    packages.mkdir()
    cache.keep(SMALL, "none", [packages], NOTHING)
    assert cache.recall(SMALL, "none", [packages])
    assert not cache.recall(SMALL, "bubblewrap", [packages])
    (packages / "new.dist-info").mkdir()
    assert not cache.recall(SMALL, "none", [packages])


def test_few_are_kept(tmp_path, folder):
    for number in range(cache.MOST + 5):
        cache.keep(replace(SMALL, name=str(number)), "none", [Path(tmp_path)], NOTHING)
    assert len(list(folder.iterdir())) == cache.MOST
