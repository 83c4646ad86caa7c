"""Scripts that hold up a page, or that it never uses; settings that are there three times.

The theme loads Font Awesome twice, as a script of half a megabyte and as a font, and the whole
search index on every page, for a search-as-you-type that is off. Most scripts block the page while
they load, though none of them is needed before the page is there. On the search page, results come
with excerpts, for which browsers may not fetch a page from disk.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

UNUSED = ("scripts/fontawesome.js",)
ONLY_FOR_SEARCHING = ("searchtools.js", "language_data.js", "searchindex.js")
# Inline scripts set its options, and inline scripts can't wait.
AT_ONCE = ("documentation_options.js",)
NO_EXCERPTS_FROM_DISK = (
    'if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;'
)


def mend(page: BeautifulSoup, app: Sphinx) -> None:
    unused = UNUSED + ONLY_FOR_SEARCHING
    if page.find(id="search-results"):
        unused = UNUSED
        script = page.new_tag("script")
        script.string = NO_EXCERPTS_FROM_DISK
        page.head.append(script)
    for script in page.find_all("script", src=True):
        name = script["src"].partition("?")[0]
        if name.endswith(unused):
            script.decompose()
        elif not name.endswith(AT_ONCE):
            script["defer"] = "defer"
    drop_repeated(page)


def drop_repeated(page: BeautifulSoup) -> None:
    """Keep the first of equal inline scripts, and the last word on the viewport."""
    seen = set()
    for script in page.head.find_all("script", src=False):
        if script.string in seen:
            script.decompose()
        seen.add(script.string)
    for meta in page.head.find_all("meta", attrs={"name": "viewport"})[:-1]:
        meta.decompose()
