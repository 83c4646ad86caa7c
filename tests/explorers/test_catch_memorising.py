"""The explorer catch-memorising counts as the chapter counts, and stops as the reference stops."""

from __future__ import annotations

import numpy as np
import pytest

from solutions.overfitting import early_stopping
from tests.explorers.javascript import call


@pytest.mark.parametrize("count", [1, 7, 8, 250])
def test_bits_come_back_as_they_were_packed(count):
    rng = np.random.default_rng(count)
    values = rng.integers(0, 2, count)
    packed = np.packbits(values).tobytes().hex()
    assert call("catch-memorising", "bits", packed, count) == values.tolist()


def test_repeated_labels_are_counted_apart_from_slips():
    truth, labels = [1, 1, 0, 0, 1], [1, 0, 0, 1, 1]
    says = [1, 0, 1, 0, 0]
    assert call("catch-memorising", "repeated", says, labels, truth) == {
        "right": 1, "rights": 3, "slipped": 1, "slips": 2,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("patience", [1, 3, 5])
def test_the_rule_stops_and_keeps_as_the_reference(seed, patience):
    rng = np.random.default_rng(seed)
    curve = (np.abs(np.linspace(-1, 2, 30)) + rng.normal(0, 0.2, 30)).tolist()
    found = call("catch-memorising", "patience", curve, patience)
    stop, best = early_stopping(curve, patience)
    assert (found["stop"] - 1, found["best"] - 1) == (stop, best), "the page counts epochs from 1"


def test_the_first_of_equal_epochs_is_the_lowest():
    assert call("catch-memorising", "lowest", [3, 1, 2, 1], 4) == 1
    assert call("catch-memorising", "lowest", [3, 1, 2, 0], 3) == 1
