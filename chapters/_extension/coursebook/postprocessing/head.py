"""Scripts that hold up a page, or that it never uses; settings that are there three times.

The theme loads Font Awesome twice, as a script of half a megabyte and as a font, and the whole
search index on every page, for a search-as-you-type that is off. Most scripts block the page while
they load, though none of them is needed before the page is there.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

UNUSED = ("scripts/fontawesome.js",)
ONLY_FOR_SEARCHING = ("searchtools.js", "language_data.js", "searchindex.js")
# Files that serve only what some pages have, by a selector of that.
ONLY_FOR = {
    "sphinx-design.min.css": "[class^='sd-'], [class*=' sd-']",
    "design-tabs.js": ".sd-tab-set",
    "togglebutton.css": ".toggle, .admonition.dropdown",
    "togglebutton.js": ".toggle, .admonition.dropdown",
    "copybutton.css": "div.highlight pre",
    "copybutton.js": "div.highlight pre",
    "clipboard.min.js": "div.highlight pre",
    "temml.css": "math",
}
# Inline scripts set its options, and inline scripts can't wait.
AT_ONCE = ("documentation_options.js",)


def apply(page: BeautifulSoup, app: Sphinx) -> None:
    """Drop scripts that a page does not use, and defer the others."""
    unused = UNUSED + ONLY_FOR_SEARCHING
    if page.find(id="search-results"):
        unused = UNUSED
    unused += tuple(file for file, served in ONLY_FOR.items() if not page.select_one(served))
    for element in page.select("script[src], link[href]"):
        name = element.get("src", element.get("href")).partition("?")[0]
        if name.endswith(unused):
            element.decompose()
        elif element.name == "script" and not name.endswith(AT_ONCE):
            element["defer"] = "defer"
    drop_repeated(page)
    # Until a script finds out what the reader wants, and where none runs, there are colours.
    page.html["data-theme"] = "light"


def drop_repeated(page: BeautifulSoup) -> None:
    """Keep the first of equal inline scripts, and the last word on the viewport."""
    seen = set()
    for script in page.head.find_all("script", src=False):
        if script.string in seen:
            script.decompose()
        seen.add(script.string)
    for meta in page.head.find_all("meta", attrs={"name": "viewport"})[:-1]:
        meta.decompose()
