"""Prints the book: `python -m coursebook.pdf HTML FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from .printing import print_book

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m coursebook.pdf", description="Print the book.")
    parser.add_argument("html", type=Path, help="the folder of the built book")
    parser.add_argument("file", type=Path, help="the PDF to write")
    parser.add_argument("--offer", action="store_true", help="copy it into the book, and link it")
    given = parser.parse_args()
    print_book(given.html, given.file, offered=given.offer)
