"""How long pages take, and how quickly explorers answer, on a processor that is slowed down four times.

    python -m tests.book.measure                    all chapters of the built book
    python -m tests.book.measure lstm tweets        these only
    python -m tests.book.measure --lighthouse       with Lighthouse's marks for performance (slow)

The times are this machine's, and tell nothing while it is busy; so they are printed, and no test asks
for them. Prints one line for each chapter:

elements, kB, gzipped : see `weighing.Weight`; the larger of light and dark.
work   : seconds of the main thread until the page is there and has been scrolled to its end.
key    : the longest that any key, pressed in any control of its explorers, took to be shown, in ms.
phone, desktop : Lighthouse's marks for performance.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.book.conftest import CHAPTERS, HTML, chromium, serving
from tests.book.lighthouse import audit
from tests.book.weighing import SLOWED, TO_THE_END, weigh

GOALS = {"work": 5.0, "key": 50, "phone": 90, "desktop": 95}
CONTROLS = ".explorer :is(button, input, select, [tabindex='0'])"
KEYS = ("ArrowRight", "ArrowLeft", "Home", "End", "a", "Enter")
# From the press to the frame that shows what it did
TIMED = """() => {
  window.keyed = [];
  addEventListener("keydown", event => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.keyed.push(performance.now() - pressed);
      channel.port2.postMessage(0);
    });
  }, true);
}"""


def slowed(browser: Browser, address: str) -> tuple[Page, float]:
    """The page, opened on a slow processor and read to its end, and the seconds of work that it was."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address)
    page.evaluate(TO_THE_END)
    page.wait_for_load_state("networkidle")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return page, next(m["value"] for m in metrics if m["name"] == "TaskDuration")


def slowest_key(page: Page) -> float:
    """Milliseconds; 0 where the page has no explorer."""
    page.evaluate(TIMED)
    controls = page.locator(CONTROLS).locator("visible=true")
    for number in range(controls.count()):
        control = controls.nth(number)
        if not control.is_visible() or control.is_disabled():
            continue
        control.focus()
        for key in KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(60)
    return max(page.evaluate("window.keyed"), default=0.0)


def measured(browser: Browser, address: str, *, lighthouse: bool) -> dict[str, float]:
    """All numbers of one page."""
    light, dark = (weigh(browser, address, mode) for mode in ("light", "dark"))
    page, work = slowed(browser, address)
    found = {
        "elements": max(light.elements, dark.elements),
        "kB": max(light.size, dark.size) / 1000,
        "gzipped": max(light.gzipped, dark.gzipped) / 1000,
        "work": work,
        "key": slowest_key(page),
    }
    page.close()
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
