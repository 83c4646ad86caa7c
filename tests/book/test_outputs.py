"""An empty result leaves no frame; one that can be seen stays."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from coursebook.postprocessing import outputs

EMPTY = '<pre style="white-space:pre"></pre>'


@pytest.mark.parametrize(
    ("content", "stays"),
    [
        (EMPTY, False),
        ("<div> \n </div>", False),
        ("<pre>Model: sequential</pre>", True),
        ('<img src="figure.svg" alt="A figure">', True),
        ("<script>draw()</script>", True),
    ],
)
def test_only_what_can_be_seen_stays(content, stays):
    page = BeautifulSoup(f'<div class="output text_html">{content}</div>', "html.parser")
    outputs.apply(page, None)
    assert bool(page.select(".output")) is stays
