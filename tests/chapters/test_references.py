"""The bibliography is what the pages cite, and nothing else."""

from __future__ import annotations

import re

from pybtex.database import parse_file

from tests.chapters.page import ROOT

CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def test_every_entry_is_cited_and_every_citation_has_an_entry():
    entries = set(parse_file(ROOT / "chapters" / "references.bib").entries)
    cited = {
        key.strip()
        for path in (ROOT / "chapters").glob("*.md")
        for keys in CITED.findall(path.read_text("utf-8"))
        for key in keys.split(",")
    }
    assert entries == cited
