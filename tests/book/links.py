"""The links of the built book that lead out of it, each with the pages that it stands on.

python -m tests.book.links      lists them; `make links` also asks whether the other side answers
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from tests.book.conftest import HTML, listed_pages, parsed

HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
ALLOWED = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)  # RFC 3986
HUB = "127.0.0.1"  # where a hub of one's own runs, unless the build is told another


def outward(page: BeautifulSoup) -> Iterator[str]:
    """Addresses with a scheme, in the order of the page."""
    for link in page.find_all("a", href=True):
        if urlsplit(link["href"]).scheme:
            yield link["href"]


def fault(address: str) -> str:
    """What is wrong with an address as it is written, or nothing."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        return str(error)
    if not ALLOWED.fullmatch(address) or re.search(r"%(?![0-9A-Fa-f]{2})", address):
        return "has a character that must be written as %.."
    if host == HUB:
        return ""
    if parts.scheme != "https":
        return "is not https"
    if parts.username or not HOST.fullmatch(host):
        return f"{host!r} is no host"
    if "//" in parts.path:
        return "has an empty part in its path"
    return ""


def main() -> None:
    if not HTML.is_dir():
        sys.exit("the book isn't built: make book")
    found = defaultdict(list)
    for name in listed_pages():
        for address in dict.fromkeys(outward(parsed(HTML / f"{name}.html"))):
            found[address].append(name)
    for address, names in sorted(found.items()):
        print(address, " ".join(names))


if __name__ == "__main__":
    main()
