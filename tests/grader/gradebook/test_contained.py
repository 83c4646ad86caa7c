"""What a student writes is painted inside its box and nowhere else: in feedback and in formgrader.

Each page is drawn twice, the second time with what stands in the box made invisible. Its place on the page
stays the same, so whatever differs outside the box was painted by its content.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from grader.batch import autograde
from grader.gradebook.feedback import feedback
from tests.grader.classroom import Classroom

pytestmark = [pytest.mark.sandbox, pytest.mark.browser, pytest.mark.slow]
NAME, WRITTEN = "smoothing", "written-the-price"
PILE = "\N{COMBINING LONG STROKE OVERLAY}\N{COMBINING CYRILLIC MILLIONS SIGN}" * 60
RAISED = r"\overset{\raisebox{9em}{\text{14 of 14}}}{" * 4 + "x" + "}" * 4
TRICKS = {
    "rule": r"$\rule{9em}{9em}$",
    "rules": r"$$\rule{9em}{9.9em}$$" * 4,
    "raised-rule": r"$\rule[9em]{9em}{9em}$",
    "smash": r"$\smash{\rule{9em}{9em}}$ $\smash{\begin{matrix}" + r"1\\" * 60 + r"\end{matrix}}$",
    "raisebox": r"$\raisebox{9em}{14 of 14 points}$",
    "raised-again": f"${RAISED}$",
    "lowered": r"$\raisebox{-0.9em}{\raisebox{-0.9em}{\raisebox{-0.9em}{x}}}$",
    "negative-space": r"$\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\!\text{14 of 14}$",
    "kern": "$" + r"\kern-0.9em" * 40 + "x$",
    "hspace": "$" + r"\hspace{-0.9em}" * 40 + "x$",
    "lap": r"$\mathllap{\text{14 of 14 points}}x$ $\mathrlap{\text{14 of 14 points}}$",
    "overset": r"$" + r"\overset{x}{" * 60 + "x" + "}" * 60 + "$",
    "power": r"$" + "x^{" * 80 + "x" + "}" * 80 + "$",
    "huge": r"$\Huge\Huge\Huge X$ $\Bigg(\Bigg($",
    "wide": "$$" + "x + " * 300 + "x$$",
    "wide-word": "x" * 800,
    "phantom": r"$\vphantom{\rule{1em}{9em}}\hphantom{\rule{9em}{1em}}x$",
    "mathml": "<math><mpadded height='0' depth='0' voffset='5em' lspace='-20em'><mtext>14 of 14"
    "</mtext></mpadded></math>",
    "style": "<div style='position: fixed; top: 0; left: 0; z-index: 9; font-size: 9em'>14</div>",
    "closing": "</div></div></section></main><h1>14 of 14 points</h1>",
    "pile": "a" + PILE,
    "pile-heading": f"# a{PILE}",
    "shadow": "<p style='box-shadow: 0 0 0 999px red; outline: 99em solid red'>x</p>",
    "table": "<table style='margin: -99em'><tr><td>14 of 14 points</td></tr></table>",
    "spanning": "<table><tr><td colspan='999' rowspan='9999' width='9999' height='9999'>14</table>",
    "many-columns": "|" + "a|" * 400 + "\n|" + "-|" * 400 + "\n",
    "nested": "".join("  " * depth + "- 14 of 14\n" for depth in range(60)),
    "right-to-left": "\u202e\u2067stniop 41 fo 41 " * 20,
    "picture": "<img width='9999' height='9999' src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' >",
}
SHOUTS = f"# {PILE} a{PILE}\nprint('a{PILE}')"
STUDENT, WIDTH = "mal", 900


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    """Tricks in the written answer, in texts of one's own, in code and in what it puts out."""
    room = Classroom(tmp_path_factory.mktemp("contained"), NAME)
    notebook = room.with_answer(
        "blend", f"def blend(old, new, share):\n    raise ValueError('b{PILE}')"
    )
    room.cell(notebook, WRITTEN)["source"] = "\n\n".join(TRICKS.values())
    for trick in reversed(TRICKS.values()):
        own = {"metadata": {}, "cell_type": "markdown", "source": trick}
        notebook["cells"].insert(0, own)
    code = {"metadata": {}, "cell_type": "code", "source": SHOUTS, "outputs": []}
    notebook["cells"].insert(0, code)
    room.submit(STUDENT, notebook)
    assert autograde(room.course, NAME).failed == {}
    return room


@pytest.fixture(scope="module")
def opened(browser, room):
    """Opens the student's page, in feedback or in formgrader."""
    from nbgrader.server_extensions.formgrader import handlers

    (feedback_page,) = feedback(room.course, NAME)
    page = browser.new_page(viewport={"width": WIDTH, "height": 700})

    def serve(route):
        _, _, path = route.request.url.partition("/formgrader/static/")
        file = Path(handlers.static_path, path)
        if path and file.suffix == ".css" and file.is_file():
            route.fulfill(path=file)
        elif route.request.url.endswith(STUDENT):
            route.fulfill(body=formgrader_page(room), content_type="text/html")
        else:
            route.abort()

    def show(where: str):
        page.unroute_all()
        if where == "feedback":
            page.goto(feedback_page.as_uri())
        else:
            page.route("**/*", serve)
            page.goto(f"http://formgrader.test/{STUDENT}", wait_until="load")
        return page

    yield show
    page.close()


def formgrader_page(room: Classroom, student: str = STUDENT) -> str:
    """The page on which the instructor marks, as nbgrader's extension renders it."""
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers
    from traitlets.config import Config

    config = Config(room.course.api.config)
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    about = {
        "assignment_id": NAME,
        "notebook_id": NAME,
        "submission_id": "1",
        "index": 0,
        "total": 1,
        "base_url": "http://formgrader.test",
        "student": student,
        "last_name": "",
        "first_name": "",
        "notebook_path": "",
    }
    filename = str(room.course.autograded(NAME, student))
    page: str
    page, _ = HTMLExporter(config=config).from_filename(filename, resources=about)
    return page


def painted(page) -> np.ndarray:
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip)))
    return np.asarray(picture.convert("RGB")).astype(int)


BOXES = {
    "feedback": ".rendered, main pre, .results p, .verdict p",
    "formgrader": ".rendered, .input_area, .output_subarea",
}
LOOSE = "* { contain: none !important; overflow: visible !important; }"
HIDDEN = """
  .hidden-box, .hidden-box * { color: transparent !important; }
  .hidden-box * { visibility: hidden !important; }
"""


def painted_outside(page, selector: str) -> list[tuple[int, int]]:
    """Where the content of boxes paints outside of them: of every second one, then of the others.

    So a neighbour's box is outside too.
    """
    page.add_style_tag(content=HIDDEN)
    before, places = painted(page), []
    for turn in (0, 1):
        boxes = page.evaluate(
            """([selector, turn]) => [...document.querySelectorAll(selector)].filter((e, n) => {
                 e.classList.toggle('hidden-box', n % 2 == turn);
                 return n % 2 == turn;
               }).map(e => {
                 const r = e.getBoundingClientRect();
                 return [r.left + scrollX, r.top + scrollY, r.right + scrollX, r.bottom + scrollY];
               })""",
            [selector, turn],
        )
        assert len(boxes) > len(TRICKS) // 2, selector
        after = painted(page)
        assert before.shape == after.shape, "hiding moves nothing"
        differs = (before != after).any(axis=2)
        assert differs.any(), "what is in the boxes can be seen"
        for left, top, right, bottom in boxes:
            differs[int(top) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = False
        places += [(int(x), int(y)) for y, x in np.argwhere(differs)[:5]]
    return places


@pytest.mark.parametrize("where", BOXES)
def test_everything_stays_in_its_box(opened, where):
    assert painted_outside(opened(where), BOXES[where]) == []


@pytest.mark.parametrize("where", BOXES)
def test_the_probe_would_see_it(opened, where):
    """Without the styles, tricks do paint where they must not."""
    page = opened(where)
    page.add_style_tag(content=LOOSE)
    assert painted_outside(page, BOXES[where])


def test_formgrader_does_not_set_equations_that_nothing_here_draws(room):
    page = formgrader_page(room)
    drawn = page.count('class="rendered')
    assert drawn == page.count('class="rendered tex2jax_ignore"') > len(TRICKS)
