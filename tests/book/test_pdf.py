"""The PDF of the book: all of it, in order, on numbered pages, with nothing cut off."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata

import pytest
import yaml
from coursebook.pdf import offer, pages
from pypdf import PdfReader

from tests.book.conftest import EXTENSION, ROOT, listed_pages, parsed

PAGES = listed_pages()[:-2]  # without those that Sphinx adds


@pytest.fixture(scope="module")
def book(html) -> pages.Book:
    return pages.Book(html, ROOT)


@pytest.mark.book
def test_all_links_inside_the_document_lead_somewhere(book):
    document = book.document()
    names = re.findall(r'\sid="([^"]+)"', document)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', document)) <= set(names)
    assert re.findall(r'href="(?!#|https://|file:|mailto:)[^"]+"', document) == []


@pytest.mark.book
def test_the_contents_have_every_page_in_the_order_of_the_book(book, html):
    titles = [entry.title for entry in book.entries if entry.level == 1]
    for title, name in zip(titles, PAGES, strict=True):
        heading = parsed(html / f"{name}.html").select_one("article h1").get_text()
        assert heading.startswith(title)
    captions = [
        part["caption"] for part in yaml.safe_load((ROOT / "_toc.yml").read_text())["parts"]
    ]
    assert [entry.title for entry in book.entries if entry.level == 0] == captions


@pytest.fixture(scope="module")
def printed(html, tmp_path_factory) -> tuple[PdfReader, str]:
    """The PDF, and what was said while it was made, by a process with a browser of its own."""
    file = tmp_path_factory.mktemp("pdf") / "book.pdf"
    done = subprocess.run(
        [sys.executable, "-m", "coursebook.pdf", html, file],
        env=os.environ | {"PYTHONPATH": str(EXTENSION)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return PdfReader(file), done.stderr


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.slow
def test_the_pdf_has_every_chapter_on_the_page_that_its_contents_say(printed, book):
    reader, _ = printed
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    outline = [item.title for item in flat(reader.outline)]
    first = {name.removeprefix("/"): dest for name, dest in reader.named_destinations.items()}
    contents = " ".join(texts[1:6])
    for entry in book.entries:
        if entry.anchor:
            number = reader.get_destination_page_number(first[entry.anchor]) + 1
            assert squeezed(entry.title) in squeezed(texts[number - 1]), entry
            assert squeezed(f"{entry.title}{number}") in squeezed(contents), entry
    for entry in book.entries:
        if entry.level == 1:
            assert any(squeezed(entry.title) in squeezed(title) for title in outline)
    # A page's number is the first thing that its content stream draws.
    assert [n for n, text in enumerate(texts, start=1) if not text.startswith(f"{n} ")] == [1]


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.slow
def test_the_pdf_has_every_figure_whole(printed, html):
    """None is taller than a page (it stays on one) or reaches over the edge."""
    reader, said = printed
    assert said == ""
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for name in PAGES:
        for caption in parsed(html / f"{name}.html").select("figcaption .caption-number"):
            assert squeezed(caption.get_text()) in text


def squeezed(text: str) -> str:
    """Without spaces and ligatures, of which a PDF has its own."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def flat(outline: list) -> list:
    return [item for part in outline for item in (flat(part) if isinstance(part, list) else [part])]


def test_the_first_page_offers_the_pdf_only_where_it_is(tmp_path):
    (tmp_path / "chapters").mkdir()
    page = tmp_path / "chapters" / "intro.html"
    page.write_text(f"<main>{offer.PLACE}</main>")
    offer.link(tmp_path)
    assert "href" not in page.read_text()
    (tmp_path / offer.NAME).touch()
    offer.link(tmp_path)
    assert f'<a href="../{offer.NAME}">' in page.read_text()
    assert "hidden" not in page.read_text()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("#gate", "#lstm--gate"),
        ("bptt.html", "#bptt--top"),
        ("bptt.html#clip", "#bptt--clip"),
        ("../chapters/bptt.html#clip", "#bptt--clip"),
        ("https://doi.org/10.1/x", "https://doi.org/10.1/x"),
        ("../_assignments/lstm.ipynb", ""),
        ("../slides/lstm.html", ""),
        ("../genindex.html", ""),
        ("http://127.0.0.1:8000/hub", ""),
    ],
)
def test_links_are_seen_from_the_one_document(address, expected):
    assert pages.inside(address, "lstm") == expected
