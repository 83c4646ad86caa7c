"""What a published book says of itself to search engines, to those who share it, and to the lost."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
import yaml
from coursebook import published
from coursebook.contents import Contents
from PIL import Image

from course.first_cell import ADDRESS
from tests.book.conftest import ROOT, parsed

SETTINGS = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]
HOME = os.environ.get(ADDRESS, SETTINGS["course_book_url"]).rstrip("/") + "/"
PAGES = Contents(ROOT).pages


def home(monkeypatch, configured: str, environment: str | None = None) -> str:
    config = SimpleNamespace(course_book_url=configured)
    monkeypatch.delenv(ADDRESS, raising=False)
    if environment is not None:
        monkeypatch.setenv(ADDRESS, environment)
    published.name_home(None, config)
    return config.html_baseurl


def test_a_book_is_at_home_where_its_configuration_or_the_environment_says(monkeypatch):
    assert home(monkeypatch, "https://a.example/book") == "https://a.example/book/"
    assert home(monkeypatch, "https://a.example", "https://b.example/") == "https://b.example/"


def test_a_book_that_is_published_nowhere_says_nothing_of_it(monkeypatch):
    assert home(monkeypatch, "https://a.example", "") == ""
    context: dict = {}
    app = SimpleNamespace(config=SimpleNamespace(html_baseurl=""))
    published.add_card(app, "chapters/intro", "page.html", context, object())
    assert context == {}


def test_the_picture_shows_the_sentence_that_turns(tmp_path):
    words, verdicts = published.reading()
    assert len(words) == len(verdicts) and "but" in words
    published.draw_card(tmp_path / "share.png")
    with Image.open(tmp_path / "share.png") as image:
        assert image.size == published.SIZE
    assert (tmp_path / "share.png").stat().st_size < 100_000


@pytest.mark.book
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_where_it_is_at_home_and_what_it_is_about(html, name):
    head = parsed(html / f"{name}.html").head
    assert head.find("link", rel="canonical")["href"] == f"{HOME}{name}.html"
    card = {tag["property"]: tag["content"] for tag in head.find_all("meta", property=True)}
    title = parsed(html / f"{name}.html").h1.get_text().rstrip("#")
    assert card["og:title"] == title
    assert card["og:url"] == f"{HOME}{name}.html"
    assert card["og:description"] == head.find("meta", attrs={"name": "description"})["content"]
    assert len(card["og:description"]) > 40, "it describes"
    assert card["og:image"].startswith(HOME)
    assert (html / card["og:image"].removeprefix(HOME)).is_file()


@pytest.mark.book
def test_who_is_lost_finds_the_way_back_from_any_depth(html):
    page = parsed(html / "404.html")
    for link in page.find_all("a"):
        address = link["href"]
        assert address.startswith("/"), "the page is shown under the address that doesn't exist"
        assert (html / address[len("/" + HOME.split("/", 3)[3]) :]).is_file()


@pytest.mark.book
def test_old_browsers_find_an_icon(html):
    with Image.open(html / "favicon.ico") as image:
        assert image.info["sizes"] == set(published.ICON_SIZES)
