"""Style sheets lose the rules that can't apply, and no other."""

from __future__ import annotations

import pytest
from coursebook.mends import icons, styles

SEEN = {"card", "title", "fa-rocket", "show"}


def kept(css: str, beginnings: tuple[str, ...] = ()) -> str:
    return "".join(styles.used(css, SEEN, beginnings).split())


@pytest.mark.parametrize(
    "css",
    [
        ".card{color:red}",
        ".card .title:hover,h1>a{color:red}",
        ".card:not(.stranger){color:red}",
        "html[data-theme=dark] .card{--x:calc(1px + 2%)}",
        "@media (min-width:992px){.card{color:red}}",
        "@font-face{font-family:F;src:url(f.woff)}",
        "@keyframes turn{from{top:0}to{top:1px}}",
        "#stranger{color:red}",
        ":root{--stranger:1}",
    ],
)
def test_rules_that_may_apply_stay(css):
    assert kept(css) == "".join(css.split())


@pytest.mark.parametrize(
    ("css", "rest"),
    [
        (".stranger{color:red}", ""),
        (".card.stranger{color:red}", ""),
        (".stranger,.card{color:red}", ".card{color:red}"),
        ("@media print{.stranger{color:red}}", ""),
        ("@media print{.stranger{top:0}.card{top:1px}}", "@mediaprint{.card{top:1px}}"),
        ("/* a word */.card{top:0}", ".card{top:0}"),
    ],
)
def test_rules_for_classes_that_are_nowhere_go(css, rest):
    assert kept(css) == rest


def test_names_that_scripts_put_together_stay():
    assert kept(".bs-tooltip-auto{top:0}.cs-x{top:0}", ("bs-",)) == ".bs-tooltip-auto{top:0}"


def test_icons_are_found_as_characters_and_as_codes():
    css = styles.used('.fa-rocket:before{content:"\\f135"}', SEEN) + 'a:after{content:"\\f107"}'
    assert icons.icons_in(css) == {0xF135, 0xF107}
