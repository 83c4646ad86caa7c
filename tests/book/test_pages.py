"""The built pages, read as HTML: complete, self-contained, described, and without an error."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from coursebook.contents import Contents
from coursebook.postprocessing import outputs
from coursebook.postprocessing.icons import icons_in
from fontTools.ttLib import TTFont

from course.first_cell import TAG
from tests.book.conftest import OTHER_PAGES, ROOT, parsed

pytestmark = pytest.mark.book

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
STUDENTS_REPOSITORY = CONFIG["sphinx"]["config"]["course_student_repository"]
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src"}
LINKS_THAT_LOAD = {"stylesheet", "preload", "icon", "modulepreload", "prefetch"}
SMALLEST = 0.6  # of a drawing's own size, at which its letters can still be read
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


def loaded(page: BeautifulSoup) -> list[str]:
    """The addresses that a browser fetches for the page by itself."""
    found = [
        element[attribute]
        for tag, attribute in LOADING.items()
        for element in page.find_all(tag)
        if element.get(attribute)
    ]
    found += [link["href"] for link in page.find_all("link") if LINKS_THAT_LOAD & set(link["rel"])]
    inline = [tag.string or "" for tag in page.find_all("style")]
    inline += [tag["style"] for tag in page.find_all(style=True)]
    return found + [address for text in inline for address in css_addresses(text)]


def css_addresses(text: str) -> list[str]:
    return [first or second for first, second in IN_CSS.findall(text)]


def words(element) -> str:
    return element.get_text(" ", strip=True)


def is_local(address: str) -> bool:
    parts = urlsplit(address)
    return address.startswith("data:") or not (parts.scheme or parts.netloc)


def file_of(address: str, page_path: Path) -> Path:
    path = unquote(urlsplit(address).path)
    return (page_path.parent / path).resolve() if path else page_path.resolve()


def test_nothing_is_loaded_from_another_host(page):
    assert [address for address in loaded(page) if not is_local(address)] == []


def test_style_sheets_load_nothing_from_another_host(html):
    sheets = list(html.glob("_static/**/*.css"))
    assert sheets
    for sheet in sheets:
        outside = [a for a in css_addresses(sheet.read_text("utf-8")) if not is_local(a)]
        assert outside == [], sheet


def test_everything_that_a_page_loads_is_there(html, page, page_name):
    path = html / f"{page_name}.html"
    files = [file_of(a, path) for a in loaded(page) if not a.startswith("data:")]
    assert [file for file in files if not file.is_file()] == []


def test_links_inside_the_book_lead_somewhere(html, page, page_name):
    """Pages, files for download, and the anchors on them."""
    path = html / f"{page_name}.html"
    broken = []
    for link in page.find_all("a", href=True):
        address = link["href"]
        if not is_local(address):
            continue
        target, anchor = file_of(address, path), unquote(urlsplit(address).fragment)
        if not target.is_file() or (anchor and not has_anchor(target, anchor)):
            broken.append(address)
    assert broken == []


def has_anchor(target: Path, anchor: str) -> bool:
    return target.suffix == ".html" and parsed(target).find(id=anchor) is not None


def test_every_image_has_an_alternative_and_a_size(page):
    """Pictures of a page's content say what they show; a logo beside its name may be silent."""
    for image in page.find_all("img"):
        assert "alt" in image.attrs, image
        assert image.get("width") and image.get("height"), image
    for image in page.select("article img"):
        assert len(image["alt"]) > 10, image


def test_figures_are_drawings(page):
    """SVG stays sharp, and is drawn once for light pages and once for dark ones."""
    sources = [image["src"] for image in page.select(".cell_output img")]
    assert [source for source in sources if not source.endswith(".svg")] == []
    light = [image["src"] for image in page.select(".cell_output img.on-light")]
    dark = [image["src"] for image in page.select(".cell_output img.on-dark")]
    assert sorted(sources) == sorted(light + dark)
    assert dark == [source.removesuffix(".svg") + ".dark.svg" for source in light]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_drawings_can_be_read(browser, html, page_name, width):
    """On dark pages as they were drawn, without ground or filter; on a phone not too small."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark")
    page.goto((html / f"{page_name}.html").as_uri())
    drawings = page.locator(".cell_output img.on-dark")
    for ground, made_other, share in drawings.evaluate_all(
        """images => images.map(image => {
          const style = getComputedStyle(image);
          return [style.backgroundColor, style.filter, image.clientWidth / image.getAttribute("width")];
        })"""
    ):
        assert (ground, made_other) == ("rgba(0, 0, 0, 0)", "none")
        assert share > SMALLEST
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.close()
    assert wide <= 0, "drawings scroll, and not the page"


def test_no_cell_and_no_formula_failed(html, page):
    assert page.select(".traceback, .output.stderr, .system-message, .temml-error") == []
    assert list(html.glob("reports/**/*.err.log")) == []


def test_no_result_is_an_empty_frame(page):
    assert [str(each) for each in page.select("div.output") if outputs.is_empty(each)] == []


def test_a_page_says_what_it_is(page):
    assert page.html["lang"] == "en-GB"
    assert len(page.title.string) > 5
    assert len(page.find("meta", attrs={"name": "description"})["content"]) > 20
    assert len(page.find_all("meta", attrs={"name": "viewport"})) == 1
    assert len(page.select("article h1, .bd-search-container h1")) == 1


def test_identifiers_are_unique(page):
    names = [element["id"] for element in page.find_all(id=True)]
    assert sorted(names) == sorted(set(names))


def test_a_page_downloads_as_a_notebook(html, page, page_name):
    if page_name in OTHER_PAGES:
        pytest.skip("made by Sphinx, has no source")
    link = page.select_one("a.btn-download-notebook-button")
    path = file_of(link["href"], html / f"{page_name}.html")
    notebook = json.loads(path.read_text("utf-8"))
    assert notebook["nbformat"] == 4
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code = [cell for cell in code if TAG not in cell["metadata"].get("tags", [])]
    assert all(cell["execution_count"] for cell in code), "the notebook holds its results"


def test_a_page_opens_on_the_hub_on_binder_and_on_colab(page, page_name):
    """Each opens the page's notebook in the students' repository."""
    if page_name in OTHER_PAGES:
        pytest.skip("made by Sphinx, has no source")
    links = {words(a): a["href"] for a in page.select(".dropdown-launch-buttons a")}
    if page_name not in Contents(ROOT).students_pages:
        assert not links, "the students' repository doesn't have it"
        return
    students = STUDENTS_REPOSITORY.split("github.com/")[1]
    assert links["Colab"].endswith(f"/github/{students}/blob/main/{page_name}.ipynb")
    assert f"/gh/{students}/main?" in links["Binder"]
    assert quote(STUDENTS_REPOSITORY, safe="") in links["JupyterHub"]
    assert quote(f"lab/tree/{page_name}.ipynb", safe="") in links["Binder"]
    assert "/hub/user-redirect/git-pull?" in links["JupyterHub"]
    assert quote(f"{page_name}.ipynb", safe="") in links["JupyterHub"]


def test_the_repository_button_leads_to_the_students_repository(page):
    assert page.select_one(".btn-source-repository-button")["href"] == STUDENTS_REPOSITORY


def test_no_page_and_no_script_of_the_book_names_the_repository_with_the_solutions(html):
    """Nor any notebook, style or index: a reader who follows every address there is comes to no answer."""
    own = CONFIG["repository"]["url"]
    project = own.split("github.com/")[1].encode()
    assert own != STUDENTS_REPOSITORY
    files = [path for path in html.rglob("*") if path.is_file()]
    named = [str(p.relative_to(html)) for p in files if project in p.read_bytes().lower()]
    assert len(files) > 100 and named == []


def test_every_choice_of_a_quiz_has_its_word(page):
    for quiz in page.select(".quiz"):
        inputs = [choice["id"] for choice in quiz.select("fieldset input")]
        answers = {item["data-for"]: item for item in quiz.select(".quiz-answers li")}
        assert set(inputs) == set(answers)
        for answer in answers.values():
            repeated = answer.select_one(".quiz-repeated")
            assert len(words(answer)) - len(words(repeated)) > len("Right: ") + 5, answer


def test_every_icon_is_in_the_fonts(html, page):
    """The fonts are cut down to the icons in use: an icon left out would be an empty box."""
    css = (html / "_static/styles/pydata-sphinx-theme.css").read_text("utf-8")
    fonts = [TTFont(path).getBestCmap() for path in html.glob("_static/vendor/**/*.woff")]
    assert fonts
    for icon in page.select("i[class*='fa-'], span[class*='fa-']"):
        sizes = {"fa-solid", "fa-regular", "fa-brands", "fa-lg", "fa-fw"}
        for name in {c for c in icon["class"] if c.startswith("fa-")} - sizes:
            rule = re.search(rf"\.{name}:{{1,2}}before[^{{]*\{{content:[^}}]*", css)
            assert rule, name
            (character,) = icons_in(rule[0])
            assert any(character in font for font in fonts), name


def test_the_front_door_leads_to_the_first_page(html):
    door = parsed(html / "index.html")
    target = door.find("a")["href"]
    assert (html / target).is_file()
    assert door.find("meta", attrs={"http-equiv": "refresh"})["content"].endswith(f"url={target}")
    assert door.html["lang"] and door.title.string


@pytest.mark.browser
@pytest.mark.parametrize(("mode", "other"), [("light", "dark"), ("dark", "light")])
def test_without_scripts_a_page_has_the_readers_colours(browser, html, mode, other):
    context = browser.new_context(java_script_enabled=False, color_scheme=mode)
    page = context.new_page()
    page.goto((html / "chapters/lstm.html").as_uri())
    box, drawing = page.locator(".objectives"), page.locator(f".cell_output img.on-{mode}").first
    ground, text = box.evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    )
    assert ground not in (text, "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), "the box has its tint"
    assert drawing.is_visible() and not page.locator(f"img.on-{other}").first.is_visible()
    context.close()


@pytest.mark.browser
def test_the_reader_sees_where_she_is(browser, html):
    """The contents on the right follow; the logo and the search on the left stay."""
    page = browser.new_page(viewport={"width": 1440, "height": 700})
    page.goto((html / "chapters/tweets.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "document.querySelector('#what-it-got-wrong').scrollIntoView({behavior: 'instant'})"
    )
    here = page.locator(".bd-sidebar-secondary .nav-link.active", has_text="What it got wrong")
    here.wait_for(timeout=5_000)
    page.wait_for_timeout(200)
    for seen in (
        here,
        page.locator(".bd-sidebar-primary .logo"),
        page.locator(".bd-sidebar-primary .search-button-field"),
        page.locator(".bd-sidebar-primary .current.active > a").last,
    ):
        box = seen.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 700
    page.close()
