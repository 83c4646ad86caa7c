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
phone, desktop : Lighthouse's marks for performance.

Then one line for each explorer, and one for the fields of the rest of its page:

keys   : the number of keys that were pressed, each in the controls that heed it.
slowest : milliseconds of the main thread for the slowest of them (its median), until what it did is
    shown; then the key and the control.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, sync_playwright

from tests.book.conftest import CHAPTERS, HTML, chromium, serving
from tests.book.lighthouse import audit
from tests.book.weighing import SLOWED, TO_THE_END, weigh

GOALS = {"elements": 6000, "kB": 1500, "gzipped": 350, "work": 5.0, "phone": 90, "desktop": 95}
QUICK = 50  # milliseconds that a key may take
CONTROLS = ":is(button, input, select, textarea, summary, [tabindex='0'])"
# The keys that a control heeds, by what it is; what holds for the first selector holds.
KEYS = {
    "textarea, [type=text], [type=search]": ("a", "Space", "Backspace"),
    "[type=range]": ("ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End"),
    "select": ("ArrowDown", "ArrowUp"),
    "[type=checkbox], [type=radio]": ("Space",),
    "[role=application]": (
        *("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "+", "-", "Delete", "Enter"),
    ),
    "*": ("Enter", "Space", "ArrowRight", "ArrowLeft"),
}
# What a control is called, and what it is: its kin are as slow as it is.
NAME = (
    "e => (e.labels?.[0] || e).textContent.trim().slice(0, 30) || e.getAttribute('role') || e.name"
)
KIND = "e => [e.tagName, e.type, e.parentElement.className, e.classList[0]].join()"
TIMES = 5  # that a key is pressed: the median counts
# The frame that shows what a key did has been drawn.
SHOWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class Press:
    """A key in a control, and the milliseconds of work that it was."""

    taken: float
    key: str
    control: str


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

    def presses(self, place: Locator) -> Iterator[Press]:
        """Every key in the controls of a place; of kindred controls the first and the last."""
        for control in self.unlike(place):
            if not control.is_visible() or control.is_disabled():
                continue
            name = control.evaluate(NAME)
            for key in heeded(control):
                if not control.is_visible() or control.is_disabled():
                    break
                control.focus()
                self.page.evaluate(SHOWN)
                taken = median(self.one_press(key) for _ in range(TIMES))
                yield Press(1000 * taken, key, name)

    @staticmethod
    def unlike(place: Locator) -> list[Locator]:
        """A place's controls, of each kind the first and the last."""
        kinds: dict[str, list[Locator]] = {}
        for control in place.locator(CONTROLS).all():
            kinds.setdefault(control.evaluate(KIND), []).append(control)
        return [control for kin in kinds.values() for control in kin[:: max(len(kin) - 1, 1)]]

    def one_press(self, key: str) -> float:
        """The seconds of work of one press."""
        before = self.taken()
        self.page.keyboard.press(key)
        self.page.evaluate(SHOWN)
        return self.taken() - before


def heeded(control: Locator) -> tuple[str, ...]:
    """The keys that a control heeds."""
    kind = next(kind for kind in KEYS if control.evaluate("(e, kind) => e.matches(kind)", kind))
    return KEYS[kind]


def measured(browser: Browser, address: str, *, lighthouse: bool) -> dict[str, float]:
    """All numbers of one page."""
    light, dark = (weigh(browser, address, mode) for mode in ("light", "dark"))
    slowed = Slowed(browser)
    found = {
        "elements": max(light.elements, dark.elements),
        "kB": max(light.size, dark.size) / 1000,
        "gzipped": max(light.gzipped, dark.gzipped) / 1000,
        "work": slowed.work(address),
    }
    slowed.page.close()
    if lighthouse:
        with tempfile.TemporaryDirectory() as folder:
            for form in ("phone", "desktop"):
                report = audit(address, Path(folder, "report.json"), form)
                found[form] = 100 * report["categories"]["performance"]["score"]
    return found


def pressed(browser: Browser, address: str) -> Iterator[tuple[str, list[Press]]]:
    """The presses in each explorer of a page, and in the fields that are in none."""
    slowed = Slowed(browser)
    slowed.work(address)
    for place in slowed.page.locator("[data-explorer]").all():
        yield place.get_attribute("data-explorer"), list(slowed.presses(place))
    yield "(the page)", list(slowed.presses(slowed.page.locator(".quiz")))
    slowed.page.close()


def line(name: str, found: dict[str, float]) -> str:
    """One row of the table of pages."""
    numbers = (
        f"{value:10.1f}" if key == "work" else f"{value:10.0f}" for key, value in found.items()
    )
    return f"{name:16}" + "".join(numbers)


def row(page: str, explorer: str, presses: list[Press]) -> str:
    """One row of the table of explorers."""
    slowest = max(presses, key=lambda press: press.taken)
    where = f"{slowest.key} in “{slowest.control}”"
    return f"{page:16}{explorer:18}{len(presses):6}{slowest.taken:9.0f}  {where}"


def pages(browser: Browser, home: str, names: list[str], *, lighthouse: bool) -> None:
    """Print the table of pages."""
    for number, name in enumerate(names):
        found = measured(browser, f"{home}/chapters/{name}.html", lighthouse=lighthouse)
        if number == 0:
            print(f"{'':16}" + "".join(f"{key:>10}" for key in found))
            print(f"{'goal':16}" + "".join(f"{GOALS[key]:>10}" for key in found), flush=True)
        print(line(name, found), flush=True)


def explorers(browser: Browser, home: str, names: list[str]) -> None:
    """Print the table of explorers."""
    print(f"\n{'':34}{'keys':>6}{'slowest':>9}\n{'goal':34}{'':6}{QUICK:9}")
    for name in names:
        for explorer, presses in pressed(browser, f"{home}/chapters/{name}.html"):
            if presses:
                print(row(name, explorer, presses), flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.book.measure")
    parser.add_argument("chapters", nargs="*", default=["intro", *CHAPTERS])
    parser.add_argument("--lighthouse", action="store_true")
    asked = parser.parse_args()
    if not HTML.is_dir():
        sys.exit("the book isn't built: make book")
    with sync_playwright() as playwright, serving(HTML) as home:
        browser = chromium(playwright)
        pages(browser, home, asked.chapters, lighthouse=asked.lighthouse)
        explorers(browser, home, asked.chapters)


if __name__ == "__main__":
    main()
