"""A figure's SVG loses bytes on its way into the book, and nothing that can be seen."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from coursebook.postprocessing import drawings
from coursebook.postprocessing.images import size_of
from PIL import Image

from course import figures

mpl.use("Agg")
SCALE = 4  # pixels to a CSS pixel


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> tuple[Path, Path]:
    """A figure with what the book's figures have, as Matplotlib wrote it, and made smaller."""
    import matplotlib.pyplot as plt

    folder = tmp_path_factory.mktemp("drawings")
    with mpl.rc_context():
        figures.use()
        fig, (left, right) = plt.subplots(1, 2)
        x = np.linspace(0, 1, 200)
        left.plot(x, np.sin(9 * x), label="$x_t^2$")
        left.fill_between(x, np.sin(9 * x) - 0.2, np.sin(9 * x) + 0.2, alpha=0.3)
        left.legend()
        right.scatter(x[::9], x[::9] ** 2, c=x[::9], s=40)
        right.contour(np.outer(x, x), levels=4, extent=(0, 1, 0, 1))
        right.annotate("here", (0.5, 0.5), (0.2, 0.8), arrowprops={"arrowstyle": "-|>"})
        fig.savefig(folder / "before.svg")
        plt.close(fig)
    shutil.copyfile(folder / "before.svg", folder / "after.svg")
    drawings.shrink([folder / "after.svg"])
    return folder / "before.svg", folder / "after.svg"


def test_a_figure_gets_smaller_and_keeps_its_size_on_the_page(drawn):
    before, after = drawn
    assert after.stat().st_size < 0.7 * before.stat().st_size
    np.testing.assert_allclose(size_of(after), size_of(before), atol=0.01)


def test_it_is_known_for_done(drawn):
    before, after = drawn
    assert before.read_bytes().startswith(drawings.AS_WRITTEN)
    assert not after.read_bytes().startswith(drawings.AS_WRITTEN)


def test_the_same_figure_gives_the_same_bytes(drawn, tmp_path):
    again = tmp_path / "again.svg"
    shutil.copyfile(drawn[0], again)
    drawings.shrink([again])
    assert again.read_bytes() == drawn[1].read_bytes()


def test_the_letters_keep_their_outlines(drawn):
    """Each character is a path of its own, used wherever it stands."""
    letters = [len(re.findall(r"<use\b", path.read_text("utf-8"))) for path in drawn]
    assert letters[0] == letters[1] > 20


@pytest.mark.browser
def test_nothing_that_can_be_seen_is_lost(browser, drawn):
    """Four times enlarged, no pixel in ten thousand differs by more than an edge's smoothing."""
    page = browser.new_page(device_scale_factor=SCALE)
    before, after = (pixels(page, path) for path in drawn)
    page.close()
    assert before.std() > 10, "something is drawn"
    assert (np.abs(before - after).max(axis=2) > 64).mean() < 1e-4


def pixels(page, path: Path) -> np.ndarray:
    page.goto(path.as_uri())
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), dtype=float)
