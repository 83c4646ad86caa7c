"""A figure's SVG loses bytes on its way into the book, and nothing that can be seen."""

from __future__ import annotations

import re
from io import StringIO

import matplotlib as mpl
import numpy as np
import pytest
from coursebook.mends import drawings
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from course import figures

mpl.use("Agg")


def outline(path: str) -> list[tuple[str, np.ndarray]]:
    """What fontTools draws for the path data: moves, lines and curves in absolute positions."""
    pen = RecordingPen()
    parse_path(path, pen)
    return [(name, np.array(points, dtype=float)) for name, points in pen.value]


def assert_same_outline(path: str, other: str, tolerance: float) -> None:
    for (name, points), (theirs, positions) in zip(outline(path), outline(other), strict=True):
        assert name == theirs
        np.testing.assert_allclose(points, positions, atol=tolerance)


@pytest.mark.parametrize(
    "path",
    [
        "M 1.5 2.25 \nL 3.123456 -4.5 \nL 3.123456 7 \nz \nM 0.001 0.004 \nL -0.5 0.5 \n",
        "M 10 10 \nQ 12.3456 8 14 10 \nQ 16 12 18 10 \nC 1 2 3 4 5 6 \nz \nL 11 11 \n",
        "M 0 0 \n" + "".join(f"L {0.004 * k:f} {1 / 3:f} \n" for k in range(1, 300)),
    ],
)
def test_relative_paths_draw_the_same(path):
    """To half a hundredth of a point at every position: rounding doesn't add up."""
    found = drawings.relative(path)
    assert len(found) < len(path)
    assert_same_outline(path, found, 0.0051)


def test_a_real_figure_keeps_all_its_outlines():
    import matplotlib.pyplot as plt

    with mpl.rc_context():
        figures.use()
        fig, ax = plt.subplots()
        ax.plot(np.linspace(0, 1, 200), np.sin(np.linspace(0, 9, 200)), label="$x_t^2$")
        ax.legend()
        file = StringIO()
        fig.savefig(file, format="svg")
        plt.close(fig)
    before, after = file.getvalue(), drawings.slim(file.getvalue())
    assert len(after) < 0.75 * len(before)
    paths = [re.findall(r'(?<= d=")[^"]*', svg) for svg in (before, after)]
    for old, new in zip(*paths, strict=True):
        assert_same_outline(old, new, 0.0051)
    assert re.sub(r"<path[^>]*>|\s", "", after) in re.sub(
        r"<path[^>]*>|<!--.*?-->|<metadata>.*?</metadata>|\s", "", before, flags=re.DOTALL
    )


def test_paths_with_other_commands_are_left_alone():
    svg = '<svg><path d="M 1 1 A 2 2 0 0 1 3.123456 3"/></svg>'
    assert drawings.slim(svg) == svg
