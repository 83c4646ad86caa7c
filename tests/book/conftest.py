"""What the tests of the book share: the built book, its pages, and a browser to open them with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from coursebook.contents import Contents

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
EXTENSION = ROOT / "chapters" / "_extension"
OTHER_PAGES = ["search", "genindex"]
CHAPTERS = Contents(ROOT).chapters


def listed_pages() -> list[str]:
    """The pages of ``_toc.yml``, which is there before the book is, and those that Sphinx adds."""
    return [*Contents(ROOT).pages, *OTHER_PAGES]


def missing(what: str, remedy: str) -> None:
    """Skip for want of a tool; on the machine that checks every change that is a failure."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what}: {remedy}")


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the built book."""
    if not (HTML / "index.html").is_file():
        pytest.fail("the book isn't built: make book")
    return HTML


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def served(html: Path) -> Iterator[str]:
    """The address of the book on a server of this machine."""
    with serving(html) as address:
        yield address


def chromium(playwright: Playwright) -> Browser:
    """Headless Chromium for a command; tests have the fixture `browser`."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


@pytest.fixture(params=listed_pages())
def page_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(html: Path, page_name: str) -> BeautifulSoup:
    return parsed(html / f"{page_name}.html")


_parsed: dict[Path, BeautifulSoup] = {}


def parsed(path: Path) -> BeautifulSoup:
    """A page's HTML; parsed once, so tests must not change it."""
    if path not in _parsed:
        _parsed[path] = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return _parsed[path]
