"""Figures come out the same each time and are legible in both modes; data reaches the page whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from io import BytesIO
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest

from course import figures

mpl.use("Agg")

LIGHT, DARK = "#ffffff", "#12171d"  # the pages' backgrounds

# Machado, Oliveira and Fernandes 2009: what remains of linear RGB without one kind of cone.
BLINDNESS = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def rgb(colour: str) -> np.ndarray:
    return np.array(mpl.colors.to_rgb(colour))


def linear(colour: np.ndarray) -> np.ndarray:
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """The contrast ratio of WCAG 2."""
    lighter, darker = sorted(linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, other))[::-1]
    return (lighter + 0.05) / (darker + 0.05)


def in_dark_mode(colour: str) -> np.ndarray:
    return rgb(figures.in_dark(colour))


def lab(colour: np.ndarray) -> np.ndarray:
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = xyz @ linear(colour) / [0.9505, 1.0, 1.089]
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.fixture
def plt():
    import matplotlib.pyplot as pyplot

    with mpl.rc_context():
        figures.use()
        yield pyplot
        pyplot.close("all")


def test_an_arrow_goes_from_its_start_to_its_end(plt):
    _, ax = plt.subplots()
    ax.set(xlim=(0, 3), ylim=(0, 2))
    figures.arrow(ax, (0.5, 1), (2.5, 1.5), figures.COLOURS["red"], dashed=True)
    (drawn,) = ax.patches
    corners = drawn.get_path().vertices
    np.testing.assert_allclose(corners[0], (0.5, 1), atol=1e-6)
    assert np.abs(corners - (2.5, 1.5)).sum(axis=1).min() < 0.02
    np.testing.assert_allclose(drawn.get_edgecolor()[:3], rgb(figures.COLOURS["red"]))
    assert drawn.get_linestyle() == "--"


def test_a_band_spans_the_runs_around_their_median(plt):
    _, ax = plt.subplots()
    figures.band(ax, [1, 2], np.array([[0, 5], [1, 7], [8, 9]]), "errors", "blue")
    (line,), (area,) = ax.lines, ax.collections
    assert line.get_ydata().tolist() == [1, 7] and line.get_label() == "errors"
    corners = area.get_paths()[0].vertices
    assert {(1, 0), (1, 8), (2, 5), (2, 9)} <= {tuple(corner) for corner in corners.tolist()}


def drawing(plt) -> bytes:
    fig, ax = plt.subplots()
    ax.plot([1, 2, 3], [2, 1, 3], label="a line")
    ax.fill_between([1, 2, 3], [1, 1, 1], [2, 3, 2], alpha=0.3)
    ax.legend()
    file = BytesIO()
    fig.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def test_a_figure_is_the_same_bytes_each_time(plt):
    assert drawing(plt) == drawing(plt)


def test_a_figure_is_clear_and_needs_no_font_of_the_reader(plt):
    svg = drawing(plt).decode()
    background = re.search(r'<g id="patch_1">.*?style="([^"]*)"', svg, re.DOTALL)
    assert background is None or "fill: none" in background[1]
    assert "<text" not in svg
    assert "font-family" not in svg


@pytest.mark.parametrize("colour", [figures.INK, *figures.COLOURS.values()])
def test_a_colour_stands_out_from_the_page_in_both_modes(colour):
    """4.5 is WCAG's bound for text."""
    assert contrast(rgb(colour), rgb(LIGHT)) >= 4.5
    assert contrast(in_dark_mode(colour), rgb(DARK)) >= 4.5


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("mode", [rgb, in_dark_mode])
def test_colours_differ_for_the_colour_blind(kind, mode):
    """Lines take their colours in order, and few figures have more than four."""
    seen = {
        name: lab(np.clip(BLINDNESS[kind] @ linear(mode(colour)), 0, 1) ** (1 / 2.2))
        for name, colour in figures.COLOURS.items()
    }
    first = list(seen)[:4]
    for one, other in combinations(seen, 2):
        least = 14 if {one, other} <= set(first) else 9
        assert np.linalg.norm(seen[one] - seen[other]) > least, (one, other)


def test_dark_drawings_turn_the_figures_colours_and_leave_those_of_a_heat_map():
    kept = '<path fill="#fee838"/><path stroke="#000"/><image href="data:image/png;base64,#ffff"/>'
    own = f'<path style="fill: {figures.INK}"/><path stroke="{figures.COLOURS["blue"]}"/>'
    found = figures.redrawn_dark(own + '<path fill="#fff"/>' + kept)
    assert found.endswith(kept)
    assert found.count(figures.DARK_PAPER) == 1
    assert figures.INK not in found and figures.COLOURS["blue"] not in found
    assert figures.in_dark(figures.INK) in found


def test_dark_paper_is_the_pages_own():
    assert figures.DARK_PAPER == DARK


def test_use_works_without_ipython():
    """Scripts and tests draw too."""
    code = (
        "from course import figures; figures.use(); import sys; assert 'IPython' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def content(html) -> tuple[str, object]:
    name, text = re.fullmatch(
        r'<script type="application/json" id="([^"]+)">(.*)</script>', html.data, re.DOTALL
    ).groups()
    assert "<" not in text, "a tag in a text would end the element"
    return name, json.loads(text)


def test_page_data_arrives_as_it_was():
    data = {"words": ["</script><b>", "ümläut", "“quoted”"], "n": 3, "yes": True, "none": None}
    assert content(figures.page_data("my-data", data)) == ("my-data", data)


def test_page_data_takes_numpy():
    data = {"weights": np.arange(6, dtype="float32").reshape(2, 3) / 8, "size": np.int64(5)}
    expected = {"weights": [[0, 0.125, 0.25], [0.375, 0.5, 0.625]], "size": 5}
    assert content(figures.page_data("weights", data))[1] == expected


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), np.array([np.nan])])
def test_page_data_refuses_what_json_has_not(bad):
    with pytest.raises(ValueError, match="JSON"):
        figures.page_data("data", {"x": bad})


def test_page_data_names_the_type_that_it_cannot_write():
    with pytest.raises(TypeError, match="set"):
        figures.page_data("data", {"x": {1, 2}})
