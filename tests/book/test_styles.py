"""Style sheets lose the rules that can't apply, and no other."""

from __future__ import annotations

import pytest
from coursebook.postprocessing import icons, styles

PAGE = (
    '<html data-theme="dark"><h1 class="title"><a class="card show">x</a></h1><i class="fa-rocket">'
)
SCRIPT = 'const added = ["added"]; element.className = "bs-" + kind;'


@pytest.fixture
def kept(tmp_path):
    """What a style sheet keeps for the page and its script, without spaces."""

    def kept(css: str) -> str:
        for name, text in {"a.html": PAGE, "a.js": SCRIPT, "a.css": css}.items():
            (tmp_path / name).write_text(text, "utf-8")
        styles.shrink([tmp_path / "a.css"], [tmp_path / "a.html", tmp_path / "a.js"])
        return "".join((tmp_path / "a.css").read_text("utf-8").split())

    return kept


@pytest.mark.slow
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
        ":root{--stranger:1}",
        ".added{color:red}",
    ],
)
def test_rules_that_may_apply_stay(kept, css):
    assert kept(css) == "".join(css.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("css", "rest"),
    [
        (".stranger{color:red}", ""),
        ("#stranger{color:red}", ""),
        (".card.stranger{color:red}", ""),
        (".stranger,.card{color:red}", ".card{color:red}"),
        ("@media print{.stranger{color:red}}", ""),
        ("@media print{.stranger{top:0}.card{top:1px}}", "@mediaprint{.card{top:1px}}"),
    ],
)
def test_rules_for_what_is_nowhere_go(kept, css, rest):
    assert kept(css) == rest


def test_names_that_scripts_put_together_stay(kept):
    assert kept(".bs-tooltip-auto{top:0}.cs-x{top:0}") == ".bs-tooltip-auto{top:0}"


def test_icons_are_found_as_characters_and_as_codes(kept):
    css = kept('.fa-rocket:before{content:"\\f135"}') + 'a:after{content:"\\f107"}'
    assert icons.icons_in(css) == {0xF135, 0xF107}
