"""Printing the book: twice, since only the first copy tells on which page each chapter begins."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader

from . import offer
from .pages import Book

ROOT = Path(__file__).parents[4]
PAPER = {"width": 643, "height": 960}  # CSS pixels of an A4 page inside its margins (print.css)

# What is wider than the paper is made smaller, so that nothing is cut off at its edge.
SHRINK = """() => {
  for (const element of document.querySelectorAll(".formula, table, .output")) {
    const room = element.parentElement.clientWidth;
    const wide = Math.max(element.scrollWidth, element.getBoundingClientRect().width);
    if (wide > room + 1) element.style.zoom = room / wide;
  }
}"""
# Figures that a page can't hold whole, and whatever still reaches over the edge.
CUT = """([width, height]) => {
  const whole = [...document.querySelectorAll("figure, img, .formula, table, pre")];
  return whole.filter(element => {
    const box = element.getBoundingClientRect();
    const tall = box.height > height && element.matches("figure, img, .formula");
    return tall || box.right > width + 2;
  }).map(element => element.closest("[data-page]")?.dataset.page + ": " +
    element.outerHTML.slice(0, 120));
}"""


def print_book(html: Path, file: Path, *, offered: bool) -> None:
    """Write the PDF of the book; say on stderr what couldn't be printed whole.

    Parameters
    ----------
    html : Path
        The folder of the built book.
    file : Path
        To write.
    offered : bool
        Also copy it into the book, and link it from the first page.
    """
    if not (html / "index.html").is_file():
        sys.exit("the book isn't built: make book")
    book = Book(html.resolve(), ROOT)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=PAPER)
        page.emulate_media(media="print", color_scheme="light")
        draft = Path(folder, "draft.pdf")
        cut = print_once(page, book.document(), draft)
        print_once(page, book.document(pages_of(draft)), file)
        browser.close()
    if offered:
        shutil.copyfile(file, html / offer.NAME)
        offer.link(html)
    for what in cut:
        print(f"cut off in {file.name}: {what}", file=sys.stderr)
    print(f"The book on paper: {file}, {len(PdfReader(file).pages)} pages")


def chromium() -> str:
    """The path of the browser that prints; it is asked for where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if program := shutil.which(name):
            return program
    sys.exit("The PDF is printed by Chromium, and none was found: apt-get install chromium")


def print_once(page: Page, document: str, file: Path) -> list[str]:
    """Print the document; what was too wide or too high to be printed whole."""
    source = file.with_suffix(".print.html")
    source.write_text(document, "utf-8")
    page.goto(source.resolve().as_uri(), wait_until="load")
    page.evaluate(SHRINK)
    cut = page.evaluate(CUT, [PAPER["width"], PAPER["height"]])
    page.pdf(path=file, prefer_css_page_size=True, outline=True, tagged=True, print_background=True)
    source.unlink()
    return cut


def pages_of(file: Path) -> dict[str, int]:
    """On which page, counted from 1, each place is that something in the document links to."""
    reader = PdfReader(file)
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None and number >= 0:
            found[name.removeprefix("/")] = number + 1
    return found
