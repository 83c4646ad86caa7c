"""The mean that runs along agrees with that of pandas."""

import numpy as np
import pandas as pd
import pytest

from solutions.chaptername import running_mean


@pytest.mark.parametrize("x", [np.array([3.0]), np.arange(7), np.linspace(-2, 5, 11) ** 2])
def test_it_agrees_with_the_expanding_mean_of_pandas(x):
    before = x.copy()
    expected = pd.Series(x).expanding().mean().to_numpy()
    np.testing.assert_allclose(running_mean(x), expected)
    np.testing.assert_array_equal(x, before)
