"""Lighthouse gives the served book full marks for accessibility, best practices and SEO.

Its number for performance is printed and not asserted: on a machine that does other things as well,
it tells of the machine (``python -m tests.book.measure --lighthouse`` measures it). What makes pages
quick is tested where it can be counted (their weight, sized images, scripts that wait).
"""

from __future__ import annotations

import json

import pytest

from tests.book.conftest import CHAPTERS, missing
from tests.book.lighthouse import LIGHTHOUSE, audit

pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.slow]

FULL_MARKS = ("accessibility", "best-practices", "seo")
PAGES = [
    "chapters/intro",
    *(f"chapters/{name}" for name in CHAPTERS),
    "chapters/glossary",
    "slides/lstm",
]


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_has_nothing_to_find(served, name, tmp_path, capsys):
    if not LIGHTHOUSE.is_file():
        missing("no Lighthouse", "make tools (npm ci --prefix tests/book)")
    result = audit(f"{served}/{name}.html", tmp_path / "report.json")
    scores = {key: round(100 * part["score"]) for key, part in result["categories"].items()}
    with capsys.disabled():
        print(f" {name}: {scores}")
    assert {key: scores[key] for key in FULL_MARKS} == dict.fromkeys(FULL_MARKS, 100), faults(
        result
    )


def faults(result: dict) -> list[str]:
    """What cost marks, in Lighthouse's own words and with the places."""
    found = []
    for category in FULL_MARKS:
        for reference in result["categories"][category]["auditRefs"]:
            audit = result["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                places = audit.get("details", {}).get("items", [])[:3]
                found.append(f"{audit['id']}: {audit['title']}: {json.dumps(places)[:600]}")
    return found
