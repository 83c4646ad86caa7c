"""Pictures of every page of the built book, light and dark, wide and narrow, for the eye.

python -m tests.book.screenshots FOLDER
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.book.conftest import HTML, chromium, listed_pages
from tests.book.weighing import TO_THE_END

WIDTHS = (1440, 390)
MODES = ("light", "dark")
TALLEST = 16_000  # pixels: Chromium draws no more in one picture


def shoot(browser: Browser, folder: Path) -> int:
    """Write one PNG for each page, width and mode; give their number."""
    number = 0
    for mode, width in product(MODES, WIDTHS):
        viewport = {"width": width, "height": 900}
        context = browser.new_context(viewport=viewport, color_scheme=mode)
        page = context.new_page()
        for name in listed_pages():
            page.goto((HTML / f"{name}.html").as_uri())
            page.evaluate(TO_THE_END)  # pictures are lazy
            page.evaluate("window.scrollTo(0, 0)")
            page.wait_for_load_state("networkidle")
            height = page.evaluate("document.documentElement.scrollHeight")
            clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
            path = folder / f"{name.replace('/', '-')}-{width}-{mode}.png"
            # on the way to its height the window is narrow for a moment, and what slides then would be
            # caught half-way
            page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")
            number += 1
        context.close()
    return number


def main(folder: str) -> None:
    if not HTML.is_dir():
        sys.exit("the book isn't built: make book")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        print(f"{shoot(chromium(playwright), target)} pictures in {target}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
