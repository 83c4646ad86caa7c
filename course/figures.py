"""The look of the book's figures, and the way data from a page's code reaches its explorers.

A figure is an SVG with a clear background, drawn the same at every build. For dark pages the book
redraws it: the colours named here have their lightness turned round, and all others stay (those of a heat
map mean something), so every colour here is legible both ways. What is written on a heat map is plain
"black".
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.patches import FancyArrowPatch

if TYPE_CHECKING:
    from IPython.display import HTML
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray

COLOURS = {
    "blue": "#1e4fbb",
    "orange": "#bd5711",
    "green": "#0a8552",
    "purple": "#5b1266",
    "red": "#d81150",
    "brown": "#6f4707",
    "grey": "#5d6971",
}
"""Name to colour, in the order in which lines take them.

Chosen by search for a contrast of 4.5 in light and in dark mode, so that letters may have them too,
and so that the closest two are as far apart as can be for readers who lack one kind of cone.
"""

INK = "#1f2933"
FAINT = "#aab4be"

DARK_PAPER = "#12171d"
"""The background of dark pages, which white becomes."""

_HUE_ROTATE = ((-0.574, 1.430, 0.144), (0.426, 0.430, 0.144), (0.426, 1.430, -0.856))
"""The matrix of `hue-rotate(180deg)` (W3C, Filter Effects 1)."""

STYLE = {
    "figure.figsize": (6.4, 3.5),
    "figure.facecolor": "none",
    "figure.constrained_layout.use": True,
    "axes.facecolor": "none",
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=list(COLOURS.values())),
    "grid.color": FAINT,
    "grid.alpha": 0.45,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
    "text.color": INK,
    "font.family": "sans-serif",
    # The font that Matplotlib brings: the same outlines on every machine.
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "legend.frameon": False,
    "legend.fontsize": 10.5,
    "lines.linewidth": 1.9,
    "lines.markersize": 5,
    "image.cmap": "cividis",
    "savefig.facecolor": "none",
    "savefig.transparent": True,
    # Letters as outlines: no font needs to be installed. A fixed salt: the same identifiers every time.
    "svg.fonttype": "path",
    "svg.hashsalt": "recurrent-networks-course",
}


def use() -> None:
    """Give all later figures of this process the book's style, and inline ones as SVG."""
    mpl.rcParams.update(STYLE)  # type: ignore[arg-type]  # its keys are typed one by one
    if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        # The inline backend crops to what is drawn; the date would differ at every build.
        set_matplotlib_formats("svg", metadata={"Date": None})


def arrow(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str = INK,
    *,
    bend: float = 0.0,
    shrink: float = 0.0,
    dashed: bool = False,
) -> None:
    """Draw an arrow of a diagram.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    start, end : (float, float)
        Its ends, in the units of the axes.
    colour : str
        "#rrggbb".
    bend : float
        How far its middle lies off the straight line, as a share of its length.
    shrink : float
        The points by which it is shorter at either end.
    dashed : bool
        Whether its line is dashed.
    """
    drawn = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        mutation_scale=12,
        connectionstyle=f"arc3,rad={bend}",
        shrinkA=shrink,
        shrinkB=shrink,
        color=colour,
        lw=1.6,
        ls="--" if dashed else "-",
    )
    ax.add_patch(drawn)


def band(ax: Axes, x: ArrayLike, runs: NDArray[Any], name: str, colour: str) -> None:
    """Draw the median of several runs as a line, and their range as a band.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    x : array (T,)
        The places on the x-axis.
    runs : array (R, T)
        R runs.
    name : str
        What the legend calls them.
    colour : str
        A name in `COLOURS`.
    """
    tone = COLOURS[colour]
    ax.fill_between(x, runs.min(axis=0), runs.max(axis=0), color=tone, alpha=0.18, lw=0)
    ax.plot(x, np.median(runs, axis=0), color=tone, label=name)


def in_dark(colour: str) -> str:
    """What a colour of the figures becomes on a dark page.

    Its lightness is turned round and its hue stays: inverted, then rotated by half a circle.

    Parameters
    ----------
    colour : str
        "#rrggbb".

    Returns
    -------
    str
        "#rrggbb".
    """
    inverted = [1 - int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    mixed = (sum(f * c for f, c in zip(row, inverted, strict=True)) for row in _HUE_ROTATE)
    return "#" + "".join(f"{round(255 * min(max(value, 0), 1)):02x}" for value in mixed)


def redrawn_dark(svg: str) -> str:
    """A figure of the book as it is shown on a dark page.

    Parameters
    ----------
    svg : str
        The drawing.

    Returns
    -------
    str
        The same with the figures' own colours, and white, in their dark form.
    """
    dark = {colour: in_dark(colour) for colour in (*COLOURS.values(), INK, FAINT)}
    dark |= {"#fff": DARK_PAPER, "#ffffff": DARK_PAPER}
    return re.sub(
        r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b",
        lambda found: dark.get(found[0].lower(), found[0]),
        svg,
    )


def page_data(name: str, data: Any) -> HTML:
    """Data for an explorer, as the last value of a cell: JSON that the page carries unseen.

    Parameters
    ----------
    name : str
        The element's id, by which the explorer's `kit.data(name)` finds it.
    data : object
        What `json.dumps` takes; NumPy arrays and numbers become lists and numbers.

    Returns
    -------
    IPython.display.HTML
        The element.

    Raises
    ------
    ValueError
        For NaN or infinity, which JSON doesn't have.
    TypeError
        For an object that JSON can't hold, as :func:`as_plain` says.
    """
    from IPython.display import HTML

    text = json.dumps(data, default=as_plain, allow_nan=False, separators=(",", ":"))
    # "</script>" in a text would end the element early.
    text = text.replace("<", "\\u003c")
    return HTML(f'<script type="application/json" id="{name}">{text}</script>')


def as_plain(value: Any) -> Any:
    """NumPy's arrays and scalars as Python's own, for `json`.

    Parameters
    ----------
    value : object
        What `json` can't write by itself.

    Returns
    -------
    list or scalar
        The same values.

    Raises
    ------
    TypeError
        For anything that has no `tolist`.
    """
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"page_data can't write {type(value).__name__}: give lists, numbers, strings")
