"""How long pages take, and how quickly explorers answer, on a processor that is slowed down four times.

    make bench PART=book                            everything, with Lighthouse
    python -m tests.book.measure                    all chapters of the built book
    python -m tests.book.measure lstm tweets        these only
    python -m tests.book.measure --lighthouse       with Lighthouse's marks for performance (slow)

With PYTHONPATH=chapters/_extension, as the book's own tools have it.
The times are this machine's: they are printed, and no test asks for them. Work is counted in the
processor's time, which other work only blurs; Lighthouse's marks tell little on a busy machine.

Prints one line for each chapter:

elements, kB, gzipped : see `weighing.Weight`; the larger of light and dark.
work   : seconds of the main thread until the page is there and has been scrolled to its end.
key    : milliseconds of the main thread for the slowest key (its median) in any control of the page's
    explorers, until what it did is shown.
phone, desktop : Lighthouse's marks for performance.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.book.conftest import CHAPTERS, HTML, chromium, serving
from tests.book.lighthouse import audit
from tests.book.weighing import SLOWED, TO_THE_END, weigh

GOALS = {"work": 5.0, "key": 50, "phone": 90, "desktop": 95}
CONTROLS = ".explorer :is(button, input, select, [tabindex='0'])"
KEYS = (
    "ArrowRight",
    "ArrowLeft",
    "a",
    "Enter",
)  # Home and End scroll the page, which is the browser's work
TIMES = 5  # that a key is pressed: the median counts
# The frame that shows what a key did has been drawn.
SHOWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Slowed:
    """A page on a slow processor, and the processor's time that its main thread has taken."""

    def __init__(self, browser: Browser) -> None:
        """An empty page."""
        self.page = browser.new_page(viewport={"width": 1440, "height": 900})
        self._session = self.page.context.new_cdp_session(self.page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})

    def taken(self) -> float:
        """Seconds, since the page was opened."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    def work(self, address: str) -> float:
        """Open a page and read it to its end; the seconds of work that it was."""
        self.page.goto(address)
        self.page.evaluate(TO_THE_END)
        self.page.wait_for_load_state("networkidle")
        return self.taken()

    def slowest_key(self) -> float:
        """The milliseconds of work of the slowest key; 0 where the page has no explorer."""
        slowest = 0.0
        controls = self.page.locator(CONTROLS).locator("visible=true")
        for number in range(controls.count()):
            control = controls.nth(number)
            if not control.is_visible() or control.is_disabled():
                continue
            control.focus()
            self.page.evaluate(SHOWN)
            for key in KEYS:
                slowest = max(slowest, median(self.one_press(key) for _ in range(TIMES)))
        return 1000 * slowest

    def one_press(self, key: str) -> float:
        """The seconds of work of one press."""
        before = self.taken()
        self.page.keyboard.press(key)
        self.page.evaluate(SHOWN)
        return self.taken() - before


def measured(browser: Browser, address: str, *, lighthouse: bool) -> dict[str, float]:
    """All numbers of one page."""
    light, dark = (weigh(browser, address, mode) for mode in ("light", "dark"))
    slowed = Slowed(browser)
    found = {
        "elements": max(light.elements, dark.elements),
        "kB": max(light.size, dark.size) / 1000,
        "gzipped": max(light.gzipped, dark.gzipped) / 1000,
        "work": slowed.work(address),
        "key": slowed.slowest_key(),
    }
    slowed.page.close()
    if lighthouse:
        with tempfile.TemporaryDirectory() as folder:
            for form in ("phone", "desktop"):
                report = audit(address, Path(folder, "report.json"), form)
                found[form] = 100 * report["categories"]["performance"]["score"]
    return found


def line(name: str, found: dict[str, float]) -> str:
    """One row of the table."""
    numbers = (
        f"{value:10.1f}" if key == "work" else f"{value:10.0f}" for key, value in found.items()
    )
    return f"{name:16}" + "".join(numbers)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.book.measure")
    parser.add_argument("chapters", nargs="*", default=CHAPTERS)
    parser.add_argument("--lighthouse", action="store_true")
    asked = parser.parse_args()
    if not HTML.is_dir():
        sys.exit("the book isn't built: make book")
    with sync_playwright() as playwright, serving(HTML) as home:
        browser = chromium(playwright)
        for number, name in enumerate(asked.chapters):
            found = measured(browser, f"{home}/chapters/{name}.html", lighthouse=asked.lighthouse)
            if number == 0:
                print(f"{'':16}" + "".join(f"{key:>10}" for key in found))
                goals = ({"elements": "6000", "kB": "1500", "gzipped": "350"} | GOALS).get
                print(f"{'goal':16}" + "".join(f"{goals(key)!s:>10}" for key in found), flush=True)
            print(line(name, found), flush=True)


if __name__ == "__main__":
    main()
