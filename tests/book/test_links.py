"""Links that lead out of the book are well written; whether they answer, `make links` asks."""

from __future__ import annotations

import pytest

from tests.book.links import fault, outward


@pytest.mark.book
def test_links_out_of_the_book_are_well_written(page):
    assert {a: fault(a) for a in outward(page) if fault(a)} == {}


@pytest.mark.parametrize(
    "address",
    [
        "https://doi.org/10.1162/neco.1997.9.8.1735",
        "https://user.github.io/a/~b/?c=d%20e#f",
        "http://127.0.0.1:8000/hub/user-redirect/lab",
    ],
)
def test_good_addresses_pass(address):
    assert fault(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https:/example.org/",
        "https://example/",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://example.org/50%",
        "https://example.org//page",
        "https://example.org:port/",
        "https://someone@example.org/",
        "javascript:alert(1)",
        "mailto:someone",
    ],
)
def test_ill_written_addresses_are_found(address):
    assert fault(address)
