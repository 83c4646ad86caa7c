"""What a page costs: its elements, what it loads, and what work that is for a slow processor.

Elements and bytes are the same on every machine, so a test holds them to ``BUDGET``. Times are this
machine's; ``measure`` prints them.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from playwright.sync_api import Browser, Response

SLOWED = 4  # times: what Lighthouse takes for a phone of the middle class
PACKED = (".woff", ".woff2", ".png", ".jpg", ".webp", ".ico")  # a server sends them as they are
ELEMENTS = "document.querySelectorAll('*').length"
# Lazy pictures come when they are near the window.
TO_THE_END = """async () => {
  const pause = () => new Promise(resolve => setTimeout(resolve, 60));
  for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
    window.scrollTo(0, y);
    await pause();
  }
  await Promise.all([...document.images].filter(image => image.checkVisibility())
    .map(image => image.decode().catch(() => null)));
}"""


@dataclass(frozen=True)
class Weight:
    """A page in one mode, read to its end.

    elements : in the document, after its scripts have run.
    size     : bytes of the page and of all that it loads: style sheets, scripts, pictures, fonts.
    gzipped  : the same as a server sends them, in gzip what isn't packed already.
    """

    elements: int
    size: int
    gzipped: int


BUDGET = Weight(elements=6_000, size=1_500_000, gzipped=350_000)


def weigh(browser: Browser, address: str, mode: str = "light") -> Weight:
    """Weigh a page as it is loaded afresh and scrolled to its end."""
    bodies: dict[str, bytes] = {}

    def keep(response: Response) -> None:
        if response.ok and not response.url.startswith("data:"):
            responses.append(response)

    responses: list[Response] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=mode)
    page = context.new_page()
    page.on("response", keep)
    page.goto(address)
    page.evaluate(TO_THE_END)
    page.wait_for_load_state("networkidle")
    for response in responses:
        bodies[response.url] = response.body()
    elements = page.evaluate(ELEMENTS)
    context.close()
    return Weight(
        elements, sum(map(len, bodies.values())), sum(sent(*item) for item in bodies.items())
    )


def sent(address: str, body: bytes) -> int:
    """The bytes that go over the line."""
    packed = address.partition("?")[0].endswith(PACKED)
    return len(body) if packed else len(gzip.compress(body, mtime=0))
