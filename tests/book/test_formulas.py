"""Mathematics in pages: what Temml writes, and that the font of the book has its letters."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from coursebook.math_renderer import FormulaError, Temml
from coursebook.postprocessing import code, formulas
from fontTools.ttLib import TTFont

from tests.book.conftest import ROOT

FONT = ROOT / "chapters" / "_static" / "math" / "latinmodern-math.otf"


@pytest.fixture(scope="module")
def temml():
    temml = Temml()
    yield temml
    temml.stop()


def test_a_formula_is_mathml_of_a_few_elements(temml):
    math = BeautifulSoup(temml.mathml(r"h_t = o_t * \tanh(C_t)", display=True), "html.parser").math
    assert math["display"] == "block"
    assert len(math.find_all(True)) < 20
    assert "tanh" in math.get_text()


def test_sized_brackets_stand_close_to_what_they_hold(temml):
    math = BeautifulSoup(temml.mathml(r"\bigl[ x \bigr]", display=False), "html.parser")
    assert [(mo["lspace"], mo["rspace"]) for mo in math.select("mo")] == [("0em", "0em")] * 2


def test_a_formula_that_is_wrong_is_an_error_and_the_next_one_is_none(temml):
    with pytest.raises(FormulaError, match="notacommand"):
        temml.mathml(r"\notacommand", display=False)
    assert temml.mathml("x", display=False).startswith("<math")


def test_letters_are_kept_upright_and_slanted():
    found = formulas.characters_in(["<p>z</p><math><mi>h</mi>\n<mo>&lt;</mo><mi>λ</mi></math>"])
    assert {chr(code) for code in found} == {"h", "ℎ", "<", "λ", "𝜆", "\n"}


def test_only_the_letters_in_use_stay_in_the_font(tmp_path):
    small = tmp_path / "small.woff"
    small.write_bytes(
        formulas.subset_of(FONT, {ord("x"), ord("("), 0x1D465}, formulas.WITHOUT_DOTS)
    )
    font = TTFont(small)
    assert set(font.getBestCmap()) == {ord("x"), ord("("), ord(")"), 0x1D465}, (
        "brackets are mirrored"
    )
    assert "MATH" in font, "brackets grow by it"
    assert small.stat().st_size < FONT.stat().st_size / 50


@pytest.mark.book
def test_the_books_font_has_every_letter_of_its_formulas(html):
    font = TTFont(html / "_static" / "math" / "latinmodern-math.woff").getBestCmap()
    whole = TTFont(FONT).getBestCmap()
    pages = (path.read_text("utf-8") for path in html.rglob("*.html"))
    letters = formulas.characters_in(pages)
    assert {chr(letter) for letter in letters & set(whole) - set(font)} == set()
    foreign = {letter for letter in letters - set(whole) if not chr(letter).isspace()}
    assert {chr(letter) for letter in foreign} <= {"\u2061"}, "function application shows nothing"


def test_code_has_elements_for_colours_only():
    page = BeautifulSoup(
        '<div class="highlight"><pre><span></span><span class="n">a</span><span class="w"> </span>'
        '<span class="o">=</span> <span class="mi">1</span><span class="p">)</span></pre></div>',
        "html.parser",
    )
    text = page.get_text()
    code.apply(page, None)
    assert [span["class"] for span in page.select("span")] == [["o"], ["mi"]]
    assert page.get_text() == text


@pytest.mark.book
def test_what_has_no_element_has_no_colour_of_its_own(html):
    css = (html / "_static" / "pygments.css").read_text("utf-8")
    for theme in ("light", "dark"):
        start = rf'^html\[data-theme="{theme}"\] \.highlight '
        text = re.search(start + r"\{.*color: (#\w+) \}", css, re.MULTILINE)[1]
        for name in code.PLAIN:
            own = re.search(start + rf"\.{name} \{{ (.*?) \}}", css, re.MULTILINE)
            assert own[1].lower() == f"color: {text}".lower()
